#!/usr/bin/env python3
"""The corpus harness on a small tree of its own, with a stand-in for clang-energy."""
import contextlib
import io
import json
import pathlib
import sys
import tempfile
import textwrap
import unittest
from unittest import mock

import recorded
import roots
import run
import sources

HEADER = """
#pragma once
#include <torch/torch.h>
// struct Commented : torch::nn::Module {};
namespace nn = torch::nn;
struct NetImpl : public nn::Module { NetImpl(int n); torch::Tensor forward(torch::Tensor x); };
TORCH_MODULE(Net);
class Derived final : public NetImpl, private std::vector<int> { };
template <class B> struct Wide : torch::nn::Cloneable<Wide<B>> { void reset() override {} };
struct Plain : Base { };
struct Layers : torch::nn::SequentialImpl { };
"""
SOURCE = '#include "net.h"\nNetImpl::NetImpl(int n) {}\n' \
         'torch::Tensor NetImpl::forward(torch::Tensor x) { return x; }\n'
MAIN = '#include "sub/net.h"\nint main() { Net net(3); }\n'

# Behaves by the file it is given: crash.cpp dies of a signal, slow.cpp never ends.
STAND_IN = """
    import json, os, signal, sys, time
    args = sys.argv[1:]
    if "slow" in args[0]:
        while True: pass
    if "crash" in args[0]:
        os.kill(os.getpid(), signal.SIGSEGV)
    calls = [{"op": "aten::relu", "module": "", "inputs": [[1, 3]], "outputs": [[1, 3]],
              "macs": 0, "repeat": 1}]
    if "--list-models" in args:
        if "owner.cpp" in args[0]:
            here = os.path.join(os.getcwd(), "sub", ".", "part.h")
            print("Part  " + here + ":9:3  class PartImpl, part of Owner")
        sys.exit()
    partial = "net.cpp" in args[0] and "--set" not in args
    model = {"name": "Net", "location": {"file": "net.h", "line": 5},
             "coverage": {"calls": 2, "understood": 1 if partial else 2}, "calls": calls,
             "totals": {"macs": 0, "parameters": 7},
             "unknowns": [{"reason": "no value for | 'n'", "hides_calls": 1}] if partial else []}
    part = {"name": "Part", "location": {"file": "sub/part.h", "line": 9}, "unknowns": []}
    with open(args[args.index("--output") + 1], "w") as file:
        json.dump({"version": 1, "models": [part if "part" in args[0] else model]}, file)
"""


class Tree(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        self.write("corpus/me__net/sub/net.h", HEADER)
        self.write("corpus/me__net/sub/net.cpp", SOURCE)
        self.write("corpus/me__net/main.cpp", MAIN)
        self.write("tool.py", "#!" + sys.executable + "\n" + textwrap.dedent(STAND_IN))
        (self.root / "tool.py").chmod(0o755)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run_harness(self, *extra):
        argv = ["run.py", "--clang-energy", str(self.root / "tool.py"),
                "--sources", str(self.root / "corpus"), *extra]
        out, err = io.StringIO(), io.StringIO()
        with mock.patch.object(sys, "argv", argv), contextlib.redirect_stdout(out), \
                contextlib.redirect_stderr(err):
            code = run.main()
        return code, out.getvalue(), err.getvalue()


class Sources(Tree):
    def test_classes_and_units(self):
        tree = sources.SourceTree(self.root / "corpus/me__net")
        self.assertEqual(list(tree.classes.values()), [["NetImpl", "Derived", "Wide", "Layers"]])
        units = {u.path.name: u.classes for u in tree.units()}
        # net.cpp implements NetImpl and is the nearest includer for the others.
        self.assertEqual(units, {"net.cpp": ("Derived", "Layers", "NetImpl", "Wide")})

    def test_header_without_a_source(self):
        (self.root / "corpus/me__net/sub/net.cpp").unlink()
        (self.root / "corpus/me__net/main.cpp").unlink()
        tree = sources.SourceTree(self.root / "corpus/me__net")
        self.assertEqual([u.path.name for u in tree.units()], ["net.h"])


class Recorded(unittest.TestCase):
    def test_command_line_model(self):
        text = "(vm, dev) vm{eta=0, nc=3, network=B0, pred=?}"
        self.assertEqual(recorded.settings(text), {"eta": "0", "nc": "3", "network": "B0"})
        self.assertEqual(recorded.model_expression("DDIMImpl", text), "DDIMImpl")

    def test_expressions(self):
        expect = {("Net", "()"): "Net", ("G", "(100)"): "G(100)",
                  ("A", '(9, vm["k"].as<size_t>()) vm{k=5}'): "A(9, 5)",
                  ("D", "(2,vocab 50,max_len 5,true)"): "D(2,50,5,true)",
                  ("make() -> nn::Sequential", "()"): "make()",
                  ("nn::Sequential G (local of main)", "n=3"): "G",
                  ("torch::nn::Linear (local of main)", "(4,1)"): "torch::nn::Linear(4,1)"}
        for (name, arguments), expression in expect.items():
            self.assertEqual(recorded.model_expression(name, arguments), expression)

    def test_input_types_come_from_their_use(self):
        trace = {"input_shapes": [[1, 3], [7]],
                 "ops": [{"in_src": ["param:w", "input:1"], "in_dtypes": ["Float", "Long"]}]}
        self.assertEqual(recorded.input_specs(trace), ["1x3", "7:int64"])


class Harness(Tree):
    def test_best_reconstruction_counts(self):
        self.write("corpus/me__net/own.cpp", "struct A : torch::nn::Module {};")
        code, out, _ = self.run_harness()
        self.assertEqual(code, 0)
        row = [c.strip() for c in out.splitlines()[4].split("|")][1:-1]
        self.assertIn("| me/net", out)
        self.assertEqual(row[1:10], ["5", "2", "1", "1", "0", "0", "0", "0", "2/2"], row)

    def row(self, out):
        return [c.strip() for c in out.splitlines()[4].split("|")][4:10]

    def test_what_is_given_completes(self):
        _, out, _ = self.run_harness()
        self.assertEqual(self.row(out), ["1", "0", "0", "0", "1", "0"])
        self.write("given.json", json.dumps([{
            "repository": "me/net", "file": "sub/net.cpp", "model": "Net", "settings": {"n": 3},
            "inputs": ["1x3"]}]))
        _, out, _ = self.run_harness("--given", str(self.root / "given.json"))
        self.assertEqual(self.row(out), ["1", "0", "1", "0", "0", "0"])

    def test_verdicts(self):
        whole = {"calls": 2, "understood": 2}
        for model, expected in (
                ({"coverage": whole, "unknowns": []}, "complete"),
                ({"coverage": {}, "unknowns": [], "outputs": [None]}, "none"),
                ({"coverage": {}, "unknowns": [], "outputs": [{"shape": [1]}]}, "complete"),
                ({"coverage": whole, "unknowns": [{"reason": "n"}]}, "partial"),
                ({"coverage": whole, "unknowns": [{"reason": "shape error above"}]}, "rejected")):
            self.assertEqual(roots.verdict(model), expected)

    def test_part_of_a_model_in_another_file(self):
        self.write("corpus/me__net/sub/part.cpp", "struct Part : torch::nn::Module {};")
        _, out, _ = self.run_harness()
        self.assertEqual(self.row(out), ["2", "0", "0", "0", "1", "1"])
        self.write("corpus/me__net/owner.cpp", "struct Owner : torch::nn::Module {};")
        _, out, _ = self.run_harness()
        self.assertEqual(self.row(out)[0], "1")

    def test_reasons_are_ranked(self):
        _, out, _ = self.run_harness()
        self.assertIn("no value for \\| 'n'", out)

    def test_crash_and_time_out(self):
        self.write("corpus/me__net/crash.cpp", "struct A : torch::nn::Module {};")
        self.write("corpus/me__net/slow.cpp", "struct B : torch::nn::Module {};")
        code, _, err = self.run_harness("--timeout", "1")
        self.assertEqual(code, 0)
        code, _, err = self.run_harness("--timeout", "1", "--strict")
        self.assertEqual(code, 1)
        self.assertRegex(err, "crash: .*crash.cpp")
        self.assertRegex(err, "timeout: .*slow.cpp")

    def compare(self, ops, params):
        self.write("traces/INDEX.tsv",
                   "trace_file\trepo\tsource_file\tclass\tctor_args\n"
                   "t.json\tme/net\tmain.cpp\tNet\t(3)\n")
        self.write("traces/t.json", json.dumps(
            {"ops": ops, "total_macs": 0, "params": params, "input_shapes": [[1, 3]]}))
        return self.run_harness("--traces", str(self.root / "traces"), "--strict")

    RELU = {"op": "aten::relu", "overload": "", "in": [[1, 3]], "out": [[1, 3]], "macs": 0,
            "in_src": [], "in_dtypes": []}

    def test_equal_trace(self):
        code, out, _ = self.compare([self.RELU], 7)
        self.assertEqual(code, 0)
        self.assertIn("Not equal: none", out)

    def test_silent_difference_fails(self):
        code, out, err = self.compare([self.RELU], 8)
        self.assertEqual(code, 1)
        self.assertIn("Not equal: t (different)", out)
        self.assertIn("different: t", err)

    def test_equal_totals_of_another_sequence(self):
        code, out, _ = self.compare([self.RELU, self.RELU], 7)
        self.assertEqual(code, 0)
        self.assertIn("Not equal: t (totals)", out)

    def test_absent_folder_is_a_loud_skip(self):
        argv = ["run.py", "--clang-energy", "x", "--sources", str(self.root / "nowhere")]
        err = io.StringIO()
        with mock.patch.object(sys, "argv", argv), contextlib.redirect_stderr(err):
            self.assertEqual(run.main(), run.SKIP)
        self.assertIn("SKIPPED", err.getvalue())


if __name__ == "__main__":
    unittest.main()
