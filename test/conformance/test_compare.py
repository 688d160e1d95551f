#!/usr/bin/env python3
"""compare.py on reports made from a trace: the equal one is equal, and every
kind of deviation is found."""
import copy
import unittest

import compare


def op(name, overload, inputs, outputs, macs=0):
    return {"op": name, "overload": overload, "in": inputs, "out": outputs, "macs": macs}


TRACE = {
    "ops": [
        op("aten::conv2d", "", [[1, 3, 8, 8], [4, 3, 3, 3], [4]], [[1, 4, 6, 6]], 3888),
        op("aten::relu_", "", [[1, 4, 6, 6]], [[1, 4, 6, 6]]),
        op("aten::view", "", [[1, 4, 6, 6]], [[1, 144]]),
        op("aten::t", "", [[10, 144]], [[144, 10]]),
        op("aten::addmm", "", [[10], [1, 144], [144, 10]], [[1, 10]], 1440),
        op("aten::empty_like", "", [[1, 10]], [[1, 10]]),
        op("aten::fill_", "Scalar", [[1, 10]], [[1, 10]]),
        op("aten::sub_", "Tensor", [[1, 10], [1, 10]], [[1, 10]]),
    ],
    "total_macs": 5328,
    "params": 1562,
}


def report():
    calls = []
    for one in TRACE["ops"]:
        name = one["op"] + ("." + one["overload"] if one["overload"] else "")
        calls.append({"op": name, "module": "net", "inputs": copy.deepcopy(one["in"]),
                      "outputs": copy.deepcopy(one["out"]),
                      "macs": one["macs"], "repeat": 1, "location": {"line": 7}})
    model = {"name": "Net", "class": "NetImpl", "expression": "Net(1)", "calls": calls,
             "totals": {"macs": 5328, "parameters": 1562}, "unknowns": []}
    return {"version": 1, "models": [model]}


def differences(changed):
    return compare.compare(compare.from_report(changed), compare.from_trace(TRACE))


class Compare(unittest.TestCase):
    def setUp(self):
        self.report = report()
        self.model = self.report["models"][0]
        self.calls = self.model["calls"]

    def test_equal(self):
        self.assertEqual(differences(self.report), [])

    def test_linear_call_equals_its_expansion(self):
        self.calls[3:5] = [{**self.calls[4], "op": "aten::linear",
                            "inputs": [[1, 144], [10, 144], [10]]}]
        self.assertEqual(differences(self.report), [])

    def test_batched_linear(self):
        x, y, w = [2, 5, 144], [2, 5, 10], [10, 144]
        steps = [compare.Call("aten::t", ((10, 144),), ((144, 10),), 0, ""),
                 compare.Call("aten::matmul", (tuple(x), (144, 10)), (tuple(y),), 14400, ""),
                 compare.Call("aten::add_.Tensor", (tuple(y), (10,)), (tuple(y),), 0, "")]
        with_bias = [("aten::linear", (tuple(x), tuple(w), (10,)), (tuple(y),), 14400)]
        self.assertEqual([c.signature() for c in compare.normalise(steps)], with_bias)
        without = [("aten::linear", (tuple(x), tuple(w)), (tuple(y),), 14400)]
        self.assertEqual([c.signature() for c in compare.normalise(steps[:2])], without)

    def test_reversed_subtraction(self):
        self.calls[5:8] = [{**self.calls[7], "op": "aten::rsub.Scalar", "inputs": [[1, 10]]}]
        self.assertEqual(differences(self.report), [])

    def test_repeat_counts(self):
        self.calls[1]["repeat"] = 2
        self.assertIn("call 2 differs", differences(self.report)[0])

    def test_missing_call(self):
        del self.calls[1]
        text = differences(self.report)[0]
        self.assertIn("call 1 differs (4 calls against 5)", text)
        self.assertIn("LibTorch: aten::relu_ (1x4x6x6) -> (1x4x6x6)", text)
        self.assertIn("module 'net' at line 7", text)

    def test_call_left_out_at_the_end(self):
        del self.calls[5:]
        self.assertIn("clang-energy: end", differences(self.report)[0])

    def test_wrong_overload(self):
        self.calls[1]["op"] = "aten::relu"
        self.assertIn("call 1 differs", differences(self.report)[0])

    def test_wrong_shape(self):
        self.calls[0]["outputs"] = [[1, 4, 6, 5]]
        self.assertIn("call 0 differs", differences(self.report)[0])

    def test_wrong_operand(self):
        self.calls[0]["inputs"][1] = [4, 3, 3, 5]
        self.assertIn("call 0 differs", differences(self.report)[0])

    def test_wrong_macs(self):
        self.calls[0]["macs"] += 1
        self.assertIn("call 0 differs", differences(self.report)[0])

    def test_totals(self):
        self.model["totals"] = {"macs": 5329, "parameters": 1561}
        found = differences(self.report)
        self.assertEqual(len(found), 2)
        self.assertIn("5329 against LibTorch's 5328", found[0])
        self.assertIn("1561 against LibTorch's 1562", found[1])

    def test_an_unknown_is_never_equal(self):
        self.model["unknowns"] = [{"reason": "no row for 'frob'"}]
        self.assertIn("no row for 'frob'", differences(self.report)[0])

    def test_choice_of_model(self):
        other = copy.deepcopy(self.model)
        other["name"] = "Other"
        self.report["models"].append(other)
        with self.assertRaises(ValueError):
            compare.from_report(self.report)
        self.assertEqual(compare.from_report(self.report, "Other").parameters, 1562)


if __name__ == "__main__":
    unittest.main()
