#!/usr/bin/env python3
"""Replays every distinct operator call of recorded LibTorch runs through the
op table: result types and multiply-accumulates must be what LibTorch had.

usage: check_traces.py OP_TABLE TRACE_DIR
Exits with 77 (skipped) when the traces are not there.
"""
import glob
import json
import os
import re
import subprocess
import sys

CODES = {"Bool": "b8", "Byte": "u8", "Char": "i8", "Short": "i16", "Int": "i32", "Long": "i64",
         "Half": "f16", "BFloat16": "bf16", "Float": "f32", "Double": "f64",
         "ComplexFloat": "c64", "ComplexDouble": "c128"}
SCALAR_TYPES = ["uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64",
                None, "complex64", "complex128", "bool"]
# An argument whose recorded value is a tensor stands in in_names, not here.
NOT_ARGUMENTS = ("tensor", "tensors")


def tensor(sizes, dtype):
    return CODES[dtype] + "[" + ",".join(map(str, sizes)) + "]"


def value(name, v):
    if v is None:
        return "None"
    if isinstance(v, bool):
        return "true" if v else "false"
    if name == "dtype" and isinstance(v, int):
        return "dtype:" + SCALAR_TYPES[v]
    if isinstance(v, str):
        return '"' + v + '"'
    if isinstance(v, list):
        return "[" + ",".join(value("", item) for item in v) + "]"
    return repr(v)


def line(op):
    args, lists = {}, {}
    for name, sizes, dtype in zip(op["in_names"], op["in"], op["in_dtypes"]):
        item = re.fullmatch(r"(\w+)\[(\d+)\]", name)
        if item:
            lists.setdefault(item[1], {})[int(item[2])] = tensor(sizes, dtype)
        else:
            args[name] = tensor(sizes, dtype)
    for name, items in lists.items():
        args[name] = "[" + ",".join(items.get(i, "None") for i in range(max(items) + 1)) + "]"
    for name, v in op["args"].items():
        if name not in args and v not in NOT_ARGUMENTS:
            args[name] = value(name, v)
    # A trace writes 6.0 as 6; here the result's type is all that tells them apart.
    if op["op"] == "aten::full" and op["out_dtypes"] == ["Float"]:
        args["fill_value"] = repr(float(op["args"]["fill_value"]))
    overload = "." + op["overload"] if op["overload"] else ""
    return op["op"] + overload + "".join(f" {k}={v}" for k, v in args.items())


def expected(op):
    results = "".join(" " + tensor(s, d) for s, d in zip(op["out"], op["out_dtypes"]))
    return f"->{results} macs={op['macs']}"


def main():
    table, traces = sys.argv[1:]
    files = sorted(glob.glob(os.path.join(traces, "*.json")))
    if not files:
        print(f"skipped: no traces in '{traces}'")
        return 77
    calls = {}
    for name in files:
        with open(name) as f:
            for op in json.load(f)["ops"]:
                calls.setdefault(line(op), (expected(op), os.path.basename(name)))
    answers = subprocess.run([table, "--evaluate"], input="\n".join(calls) + "\n", text=True,
                             capture_output=True, check=True).stdout.splitlines()
    wrong = 0
    for (call, (want, where)), got in zip(calls.items(), answers, strict=True):
        if got != want:
            wrong += 1
            print(f"{where}: {call}\n  LibTorch: {want}\n  table:    {got}")
    print(f"{len(calls)} distinct calls of {len(files)} traces, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
