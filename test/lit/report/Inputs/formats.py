"""formats.py DOCUMENT FORMAT: reads the document as a program would and checks what it says
of trouble.cpp and nowhere.cpp."""
import csv
import html.parser
import json
import sys
import xml.etree.ElementTree

text = open(sys.argv[1], encoding="utf-8", newline="").read()
ODD = 'a<b>&"c",d'


def sarif():
    run, = json.loads(text)["runs"]
    rules = {r["id"] for r in run["tool"]["driver"]["rules"]}
    results = run["results"]
    assert results and all(r["ruleId"] in rules for r in results)
    error, = [r for r in results if r["level"] == "error"]
    assert error["locations"][0]["physicalLocation"]["region"]["startLine"] == 14
    prints = [r["partialFingerprints"]["clangEnergy/v1"] for r in results]
    assert len(set(prints)) == len(prints)
    note, = run["invocations"][0]["toolExecutionNotifications"]
    assert note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "nowhere.cpp"


def gitlab():
    rows = json.loads(text)
    assert {r["severity"] for r in rows} == {"major", "minor"}
    assert all(r["location"]["path"] == "trouble.cpp" and r["fingerprint"] for r in rows)
    assert 14 in [r["location"]["lines"]["begin"] for r in rows]


def checkstyle():
    root = xml.etree.ElementTree.fromstring(text.encode())
    found = {f.get("name"): [e.get("severity") for e in f] for f in root}
    assert found == {"trouble.cpp": ["warning", "warning", "error"], "nowhere.cpp": ["error"]}, found


def junit():
    suite = xml.etree.ElementTree.fromstring(text.encode())[0]
    cases = list(suite)
    assert int(suite.get("tests")) == len(cases)
    assert len(suite.findall("testcase/failure")) == int(suite.get("failures")) == 1
    assert len(suite.findall("testcase/error")) == int(suite.get("errors")) == 1


def jsonl():
    head, *rest = [json.loads(line) for line in text.splitlines()]
    assert head["version"] == 1 and head["device"] == head["devices"][0]
    kinds = [next(iter(r)) for r in rest]
    assert kinds == ["model"] * 2 + ["finding"] * 3 + ["failure"], kinds
    assert rest[0]["model"]["totals"]["macs"] == 64


def csv_():
    rows = list(csv.DictReader(text.splitlines()))
    assert {r["device"] for r in rows} == {"xeon-gold-5120-2s", "raptorlake"}
    assert ODD in {r["layer"] for r in rows}
    good = rows[0]
    assert (good["macs"], good["parameters"], good["inputs"]) == ("64", "72", "1x8")
    assert float(good["low_j"]) <= float(good["energy_j"]) <= float(good["high_j"])
    wrong = next(r for r in rows if r["layer"] == ODD)
    assert wrong["energy_j"] == "" and wrong["macs"] == ""


def html_():
    class Reader(html.parser.HTMLParser):
        tags, words = [], ""

        def handle_starttag(self, tag, attributes):
            self.tags += [] if tag == "meta" else [tag]

        def handle_endtag(self, tag):
            assert self.tags.pop() == tag, tag

        def handle_data(self, data):
            self.words += data
    reader = Reader()
    reader.feed(text)
    assert not reader.tags and ODD in reader.words


{"csv": csv_, "html": html_}.get(sys.argv[2], globals().get(sys.argv[2]))()
