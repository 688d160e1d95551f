#!/usr/bin/env python3
"""Compares what clang-energy reconstructed with what LibTorch executed.

    compare.py REPORT.json TRACE.json [--model NAME]

REPORT is `clang-energy --format=json`; TRACE is the output of energy-trace (or a
recorded trace in the same format). Both become a list of `Call`s, both go
through normalise(), and then the operator sequence, the shapes of operands and
results, the MACs of every call, and the totals must be equal. The first difference
is printed with its surroundings. Exit status: 0 equal, 1 different (or the
report has unknowns), 2 usage or unreadable input.
"""
import argparse
import json
import sys
from typing import NamedTuple


class Call(NamedTuple):
    op: str        # "aten::add.Tensor"
    inputs: tuple  # shapes of the defined tensor operands, lists flattened
    outputs: tuple
    macs: int
    where: str     # module path or index, for messages

    def signature(self):
        return (self.op, self.inputs, self.outputs, self.macs)

    def __str__(self):
        macs = f"  {self.macs} MACs" if self.macs else ""
        return f"{self.op} {shapes(self.inputs)} -> {shapes(self.outputs)}{macs}"


class Side(NamedTuple):
    calls: list
    macs: int
    parameters: int
    unknowns: list


def shapes(sizes):
    return "(" + ", ".join("x".join(map(str, s)) or "scalar" for s in sizes) + ")"


def as_shapes(sizes):
    return tuple(("unknown",) if s is None else tuple(s) for s in sizes)


def from_trace(trace):
    calls = []
    for index, op in enumerate(trace["ops"]):
        name = op["op"] + ("." + op["overload"] if op["overload"] else "")
        calls.append(Call(name, as_shapes(op["in"]), as_shapes(op["out"]), op["macs"],
                          f"trace op {index}"))
    return Side(calls, trace["total_macs"], trace["params"], [])


def from_report(report, model=None):
    """The only model of the report, or the one of that name, class or expression."""
    models = report["models"]
    if model is not None:
        models = [m for m in models if model in (m["name"], m.get("class"), m.get("expression"))]
    if len(models) != 1:
        names = ", ".join(m["name"] for m in report["models"]) or "none"
        raise ValueError(f"expected one model in the report, found {len(models)} of: {names}")
    found = models[0]
    calls = []
    for call in found["calls"]:
        one = Call(call["op"], as_shapes(call["inputs"] or []),
                   as_shapes(s for s in call["outputs"] or [] if s is not None),
                   call.get("macs") or 0, place(call))
        calls.extend([one] * call.get("repeat", 1))
    totals = found["totals"]
    unknowns = [u["reason"] for u in found.get("unknowns", [])]
    return Side(calls, totals["macs"], totals["parameters"], unknowns)


def place(call):
    location = call.get("call_location") or call.get("location") or {}
    line = f" at line {location['line']}" if location.get("line") else ""
    return f"module '{call.get('module', '')}'{line}"


# --- normalisation: the one place ------------------------------------------
#
# The same rules for both sides. They undo what LibTorch's C++ front end (not the
# model) does to a call, which differs between versions:
#   t, addmm             -> linear            F::linear with bias, two dimensions
#   t, matmul [, add_]   -> linear            F::linear, other ranks
#   empty_like, fill_, sub_ | div_ -> rsub, rdiv    scalar - tensor, scalar / tensor
#   pad, constant_pad_nd -> _pad_enum         F::pad
# detach, alias and _has_compatible_shallow_copy_type are bookkeeping of
# autograd variables and move nothing.

RENAMED = {"aten::pad": "aten::_pad_enum", "aten::constant_pad_nd": "aten::_pad_enum"}
BOOKKEEPING = {"aten::_has_compatible_shallow_copy_type", "aten::alias", "aten::detach"}


def linear(calls, at):
    """The linear call that starts with the transposition calls[at], and its length."""
    if at + 1 >= len(calls) or len(calls[at].inputs) != 1:
        return None
    weight, product = calls[at], calls[at + 1]
    if product.op == "aten::addmm" and product.inputs[2:] == weight.outputs:
        bias, x = product.inputs[0], product.inputs[1]
        return product._replace(op="aten::linear", inputs=(x, weight.inputs[0], bias)), 2
    if product.op != "aten::matmul" or product.inputs[1:] != weight.outputs:
        return None
    call = product._replace(op="aten::linear", inputs=(product.inputs[0], weight.inputs[0]))
    add = calls[at + 2] if at + 2 < len(calls) else None
    if (add and add.op == "aten::add_.Tensor" and add.inputs[0] == product.outputs[0]
            and add.inputs[1] == weight.inputs[0][:1]):
        return call._replace(inputs=call.inputs + (add.inputs[1],)), 3
    return call, 2


def reversed_operator(calls, at):
    """`scalar - tensor` and `scalar / tensor`."""
    ops = [c.op for c in calls[at:at + 3]]
    if ops[:1] != ["aten::empty_like"] or ops[1:2] != ["aten::fill_.Scalar"] or len(ops) < 3:
        return None
    name = {"aten::sub_.Tensor": "aten::rsub.Scalar", "aten::div_.Tensor": "rdiv"}.get(ops[2])
    last = calls[at + 2]
    if not name or not calls[at].outputs or not calls[at].inputs or \
            last.inputs != (calls[at].outputs[0], calls[at].inputs[0]):
        return None
    return last._replace(op=name, inputs=calls[at].inputs), 3


def normalise(calls):
    result, at = [], 0
    while at < len(calls):
        call = calls[at]
        if call.op in BOOKKEEPING:
            at += 1
            continue
        found = None
        if call.op == "aten::t":
            found = linear(calls, at)
        elif call.op == "aten::empty_like":
            found = reversed_operator(calls, at)
        if found:
            result.append(found[0])
            at += found[1]
            continue
        result.append(call._replace(op=RENAMED.get(call.op, call.op)))
        at += 1
    return result


# --- comparison ----------------------------------------------------------------

CONTEXT = 3


def first_difference(ours, theirs):
    for index in range(max(len(ours), len(theirs))):
        if (index >= len(ours) or index >= len(theirs)
                or ours[index].signature() != theirs[index].signature()):
            return index
    return None


def describe(ours, theirs, index):
    lines = []
    for i in range(max(0, index - CONTEXT), index):
        lines.append(f"    {i}: {ours[i]}")
    for label, side in (("clang-energy", ours), ("LibTorch", theirs)):
        text = f"{side[index]}  [{side[index].where}]" if index < len(side) else "end"
        lines.append(f"  > {index}: {label}: {text}")
    for i in range(index + 1, min(index + 1 + CONTEXT, max(len(ours), len(theirs)))):
        for label, side in (("clang-energy", ours), ("LibTorch", theirs)):
            if i < len(side):
                lines.append(f"    {i}: {label}: {side[i]}")
    return "\n".join(lines)


def compare(ours, theirs):
    """The differences as texts, the most telling first; empty when equal."""
    differences = []
    left, right = normalise(ours.calls), normalise(theirs.calls)
    index = first_difference(left, right)
    if index is not None:
        differences.append(f"call {index} differs ({len(left)} calls against {len(right)}):\n"
                           + describe(left, right, index))
    if ours.macs != theirs.macs:
        differences.append(f"total MACs: {ours.macs} against LibTorch's {theirs.macs}")
    if ours.parameters != theirs.parameters:
        differences.append(f"parameters: {ours.parameters} against LibTorch's {theirs.parameters}")
    if ours.unknowns:
        differences.append(f"{len(ours.unknowns)} unknowns, the first: {ours.unknowns[0]}")
    return differences


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("report")
    parser.add_argument("trace")
    parser.add_argument("--model", help="name, class or expression of the model in the report")
    args = parser.parse_args()
    try:
        with open(args.report, encoding="utf-8") as file:
            ours = from_report(json.load(file), args.model)
        with open(args.trace, encoding="utf-8") as file:
            theirs = from_trace(json.load(file))
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"compare.py: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    differences = compare(ours, theirs)
    if differences:
        print("\n".join(differences))
        return 1
    print(f"equal: {len(ours.calls)} calls, {ours.macs} MACs, {ours.parameters} parameters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
