#!/usr/bin/env python3
"""Replays what LibTorch executed through our operator rules.

Every operator call of every recorded trace (a folder of JSON files, one a
model) must get the recorded result sizes, types and multiply-accumulates.
Prints the differences; exits with 77 when there is no folder of traces.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys

SKIP = 77
CODES = {"Bool": "b8", "Byte": "u8", "Char": "i8", "Short": "i16", "Int": "i32", "Long": "i64",
         "Half": "f16", "BFloat16": "bf16", "Float": "f32", "Double": "f64",
         "ComplexFloat": "c64", "ComplexDouble": "c128"}
# c10::ScalarType, in which the traces give dtype arguments.
DTYPES = {0: "uint8", 1: "int8", 2: "int16", 3: "int32", 4: "int64", 5: "float16", 6: "float32",
          7: "float64", 9: "complex64", 10: "complex128", 11: "bool", 15: "bfloat16"}


def split_arguments(schema):
    """The arguments of a schema as a list of (name, type)."""
    text = schema[schema.index("(") + 1:schema.rindex(") ->")]
    parts, depth, part = [], 0, ""
    for char in text:
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += char
    parts.append(part)
    arguments = []
    for part in (p.strip() for p in parts):
        if part and part != "*":
            kind, name = part.split("=")[0].rsplit(" ", 1)
            arguments.append((name, kind))
    return arguments


def tensor_text(sizes, dtype):
    return f"{CODES[dtype]}[{','.join(map(str, sizes))}]"


def value_text(value, kind, float_result):
    """JSON does not tell 1 from 1.0: the schema does, and for a Scalar the
    result's type, because LibTorch's own calls pass matching numbers."""
    if value is None:
        return "None"
    if isinstance(value, bool):
        return "true" if value else "false"
    if kind.startswith("ScalarType"):
        return "dtype:" + DTYPES[value]
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        element = kind.split("[")[0]
        return "[" + ",".join(value_text(v, element, float_result) for v in value) + "]"
    if isinstance(value, int) and not (kind.startswith("float") or
                                       (kind.startswith("Scalar") and float_result)):
        return str(value)
    text = repr(float(value))
    return text if re.search(r"[.en]", text) else text + ".0"


def tensor_arguments(op):
    """Tensor operands by argument; "hx[1]" is the second one of the list hx."""
    arguments = {}
    for name, sizes, dtype in zip(op["in_names"], op["in"], op["in_dtypes"]):
        match = re.fullmatch(r"(\w+)\[(\d+)\]", name)
        text = tensor_text(sizes, dtype)
        if not match:
            arguments[name] = text
            continue
        items = arguments.setdefault(match[1], [])
        items += ["None"] * (int(match[2]) - len(items)) + [text]
    return {n: "[" + ",".join(t) + "]" if isinstance(t, list) else t
            for n, t in arguments.items()}


def line_of(op, schemas):
    name = op["op"] + ("." + op["overload"] if op["overload"] else "")
    if name not in schemas:
        return None, name
    tensors = tensor_arguments(op)
    float_result = bool(op["out_dtypes"]) and op["out_dtypes"][0] in ("Float", "Double", "Half")
    text = name
    for argument, kind in split_arguments(schemas[name]):
        if argument in tensors:
            text += f" {argument}={tensors[argument]}"
        elif argument in op["args"]:
            text += f" {argument}={value_text(op['args'][argument], kind, float_result)}"
        elif kind == "Tensor?":
            text += f" {argument}=None"
    results = "".join(" " + tensor_text(s, t) for s, t in zip(op["out"], op["out_dtypes"]))
    return f"{text} ->{results}\t{op['macs']}", name


def collect(folder, schemas):
    """Distinct lines of all traces, and the operators that have no row."""
    lines, missing, calls = set(), {}, 0
    for path in sorted(folder.glob("*.json")):
        for op in json.loads(path.read_text())["ops"]:
            calls += 1
            line, name = line_of(op, schemas)
            if line is None:
                missing[name] = missing.get(name, 0) + 1
            else:
                lines.add(line)
    return sorted(lines), missing, calls


def read_schemas(op_table):
    table = subprocess.run([op_table], stdout=subprocess.PIPE, text=True, check=True).stdout
    schemas = (line[len("schema "):] for line in table.splitlines() if line.startswith("schema "))
    return {s[:s.index("(")]: s for s in schemas}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--op-table", required=True)
    parser.add_argument("--replay", required=True)
    parser.add_argument("--traces", required=True, type=pathlib.Path)
    args = parser.parse_args()
    if not any(args.traces.glob("*.json")):
        print(f"SKIPPED: no traces in '{args.traces}'", file=sys.stderr)
        return SKIP
    lines, missing, calls = collect(args.traces, read_schemas(args.op_table))
    for name, count in sorted(missing.items()):
        print(f"no row for '{name}' ({count} calls)")
    print(f"{calls} recorded calls, {len(lines)} different ones")
    run = subprocess.run([args.replay], input="".join(l + "\n" for l in lines), text=True)
    return 1 if missing or run.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
