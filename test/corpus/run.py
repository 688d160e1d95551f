#!/usr/bin/env python3
"""Analyses checked-out public repositories with clang-energy, as a fresh clone:
no compile database, no third-party headers.

    run.py --clang-energy BIN --sources DIR [--given FILE] [--traces DIR] [--only REPO]... [-j N]
           [--markdown FILE] [--json FILE] [--strict] [-- extra arguments]

DIR holds one folder for each repository, OWNER__NAME. Every file that defines a
module class is analysed by itself. With --given (given.json) models are analysed
once more with the arguments and inputs that it gives. With --traces every recorded
trace whose repository is there is compared with the reconstruction of the same model.
Prints one table a question. Exit status: 0; 1 with --strict when something
crashed, ran out of time, or differs from a trace without a stated unknown; 2
usage; 77 nothing to analyse (a skip, said aloud).
"""
import argparse
import collections
import concurrent.futures
import json
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "conformance"))
import analysis  # noqa: E402
import compare  # noqa: E402
import given  # noqa: E402
import recorded  # noqa: E402
import roots  # noqa: E402
import sources  # noqa: E402
import tables  # noqa: E402

SKIP = 77


class Unit:
    """One analysed file and what came out."""

    def __init__(self, repository, root, path, outcome, listing=""):
        self.repository, self.root, self.path, self.outcome = repository, root, path, outcome
        self.models = (outcome.report or {}).get("models", [])
        self.parts = roots.parts(listing, root)


class Comparison:
    def __init__(self, item, outcome, result, detail=""):
        self.item, self.outcome, self.result, self.detail = item, outcome, result, detail


def compare_with_trace(item, outcome):
    """equal: everything; totals: MACs and parameters only; unknown: unequal, and the
    report says what it does not know; different: unequal and silent about it; absent:
    no such model in the report."""
    theirs = compare.from_trace(json.loads(item.trace.read_text(encoding="utf-8")))
    if outcome.report is None:
        return Comparison(item, outcome, outcome.status, outcome.messages.strip()[-300:])
    try:
        ours = compare.from_report(outcome.report)
    except ValueError as error:
        return Comparison(item, outcome, "absent", str(error))
    differences = compare.compare(ours, theirs)
    if not differences:
        return Comparison(item, outcome, "equal")
    detail = "\n".join(differences)
    if ours.unknowns:
        return Comparison(item, outcome, "unknown", detail)
    if (ours.macs, ours.parameters) == (theirs.macs, theirs.parameters):
        return Comparison(item, outcome, "totals", detail)
    return Comparison(item, outcome, "different", detail)


def repositories(folder, only):
    found = {p.name.replace("__", "/", 1): p for p in sorted(folder.iterdir()) if p.is_dir()}
    return {name: p for name, p in found.items() if not only or any(o in name for o in only)}


def analyse_files(args, trees, pool):
    """Every file by itself, with the list of its classes."""
    def analyse(job):
        name, tree, path = job
        command = [args.clang_energy, str(path)] + args.extra
        outcome = analysis.run(command, args.timeout, tree.root)
        listing = analysis.text(command + ["--list-models"], args.timeout, tree.root)
        return Unit(name, tree.root, path, outcome, listing)
    return list(pool.map(analyse, [(name, tree, unit.path) for name, tree in trees.items()
                                   for unit in tree.units()]))


def analyse_items(args, places, items, pool):
    """(item, outcome) of models with what is given for each."""
    def analyse(item):
        root = places[item.repository]
        command = given.command(args.clang_energy, root, item) + args.extra
        return item, analysis.run(command, args.timeout, root)
    return list(pool.map(analyse, [i for i in items if i.repository in places]))


WARM_UP = """#include <torch/torch.h>
struct Net : torch::nn::Module { torch::Tensor forward(torch::Tensor x) { return x; } };
"""


def warm_up(args):
    """Builds the header cache, which no file's time limit or cost should pay for."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "warm-up.cpp"
        source.write_text(WARM_UP, encoding="utf-8")
        outcome = analysis.run([args.clang_energy, str(source)] + args.extra, timeout=300)
    if outcome.status != "ok":
        print(f"run.py: the warm-up ended as '{outcome.status}':\n{outcome.messages[-1000:]}",
              file=sys.stderr)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clang-energy", required=True)
    parser.add_argument("--sources", type=pathlib.Path, required=True)
    parser.add_argument("--traces", type=pathlib.Path)
    parser.add_argument("--given", type=pathlib.Path, help="arguments and inputs of models")
    parser.add_argument("--only", action="append", help="part of a repository's name")
    parser.add_argument("--only-traces", action="store_true")
    parser.add_argument("-j", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=10, help="seconds of processor time a file")
    parser.add_argument("--markdown", type=pathlib.Path)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--details", action="store_true", help="print every difference and every incomplete model")
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("extra", nargs="*")
    return parser.parse_args()


def failures(units, comparisons):
    bad = [f"{u.outcome.status}: {u.path}" for u in units
           if u.outcome.status in ("crash", "timeout")]
    bad += [f"{c.result}: {c.item.name}" for c in comparisons
            if c.result in ("crash", "timeout", "different")]
    return bad


def save(path, units, models, comparisons):
    rows = [{"repository": u.repository, "file": str(u.path), "status": u.outcome.status,
             "cpu_seconds": round(u.outcome.cpu_seconds, 3), "peak_mb": round(u.outcome.peak_mb)}
            for u in units]
    found = [{"repository": m.repository, "file": str(m.file), "name": m.name, "alone": m.alone,
              "verdict": m.verdict, "coverage": m.model.get("coverage"),
              "unknowns": m.model.get("unknowns", [])} for m in models]
    traces = [{"trace": c.item.name, "result": c.result, "detail": c.detail,
               "command": c.outcome.command} for c in comparisons]
    path.write_text(json.dumps({"units": rows, "models": found, "traces": traces}, indent=1),
                    encoding="utf-8")


def print_details(models, comparisons):
    for m in models:
        if m.verdict == "complete":
            continue
        coverage = m.model.get("coverage", {})
        print(f"\n{m.file}: {m.name}: {m.verdict}, {coverage.get('understood', 0)} of "
              f"{coverage.get('calls', 0)} calls understood")
        for unknown in m.model.get("unknowns", [])[:5]:
            give = f" (give {unknown['give']})" if unknown.get("give") else ""
            print(f"  {unknown['reason']}{give}")
    for c in comparisons:
        if c.result != "equal":
            print(f"\n{c.item.name}: {c.result}\n  {' '.join(c.outcome.command)}\n{c.detail}")


def main():
    args = parse_arguments()
    # Analyses run inside the repositories.
    args.clang_energy = str(pathlib.Path(args.clang_energy).resolve())
    if not args.sources.is_dir():
        print(f"SKIPPED: no folder of repositories at '{args.sources}'", file=sys.stderr)
        return SKIP
    places = repositories(args.sources, args.only)
    if not places:
        print(f"SKIPPED: no repository in '{args.sources}'", file=sys.stderr)
        return SKIP
    trees = {} if args.only_traces else {n: sources.SourceTree(p) for n, p in places.items()}

    warm_up(args)

    with concurrent.futures.ThreadPoolExecutor(args.j) as pool:
        units = analyse_files(args, trees, pool)
        items = given.load(args.given) if args.given and trees else []
        extra = [Unit(item.repository, places[item.repository], places[item.repository] / item.file,
                      outcome) for item, outcome in analyse_items(args, places, items, pool)]
        traces = recorded.load(args.traces) if args.traces else []
        comparisons = [compare_with_trace(item, outcome)
                       for item, outcome in analyse_items(args, places, traces, pool)]
    counts = collections.Counter({name: tree.class_count() for name, tree in trees.items()})
    models = roots.find(units, extra)
    text = tables.render(units, models, comparisons, counts)
    print(text)
    if args.details:
        print_details(models, comparisons)
    if args.markdown:
        args.markdown.write_text(text + "\n", encoding="utf-8")
    if args.json:
        save(args.json, units, models, comparisons)
    bad = failures(units + extra, comparisons)
    if bad:
        print("\n".join(["", f"{len(bad)} that must not be:"] + bad), file=sys.stderr)
    return 1 if bad and args.strict else 0


if __name__ == "__main__":
    sys.exit(main())
