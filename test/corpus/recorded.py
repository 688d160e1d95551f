"""Recorded traces (INDEX.tsv beside them) turned into clang-energy invocations: the
source file, --model, --set and --input that reproduce what was run."""
import csv
import json
import pathlib
import re
from typing import NamedTuple

DTYPES = {"Float": "float32", "Long": "int64", "Bool": "bool", "Int": "int32", "Double": "float64"}


class Recorded(NamedTuple):
    name: str        # "koba_AlexNet"
    repository: str  # "koba-jon/pytorch_cpp"
    file: str
    model: str       # for --model
    settings: dict   # for --set
    inputs: list     # for --input
    trace: pathlib.Path


def input_specs(trace):
    """Shapes with the element type that the first call using the input saw."""
    types = {}
    for op in trace["ops"]:
        for source, dtype in zip(op["in_src"], op["in_dtypes"]):
            if source.startswith("input:"):
                types.setdefault(int(source[6:]), DTYPES[dtype])
    specs = []
    for index, shape in enumerate(trace["input_shapes"]):
        dtype = types.get(index, "float32")
        text = "x".join(map(str, shape))
        specs.append(text if dtype == "float32" else f"{text}:{dtype}")
    return specs


def settings(ctor_args):
    found = re.search(r"\bvm\{(.*)\}\s*$", ctor_args)
    pairs = re.findall(r"([\w-]+)=([^,]*)", found.group(1)) if found else []
    return {key: value.strip() for key, value in pairs if value.strip() != "?"}


def model_expression(class_name, ctor_args):
    """What to construct: the class alone when its constructor takes the parsed command
    line (or nothing), else the class with its arguments as an expression."""
    function = re.match(r"(\w+\(\)) ->", class_name)
    if function:
        return function.group(1)
    local = re.match(r"nn::Sequential (\w+) \(local", class_name)
    if local:
        return local.group(1)
    name = class_name.split(" ")[0]
    values = settings(ctor_args)
    arguments = re.sub(r"\s*vm\{.*\}\s*$", "", ctor_args)
    arguments = re.sub(r"\s*\[.*\]$", "", arguments).strip()
    if arguments in ("", "()") or re.match(r"\(vm\b(?!\[)", arguments):
        return name
    arguments = re.sub(r'vm\["(\w+)"\]\.as<\w+>\(\)', lambda m: values[m.group(1)], arguments)
    arguments = re.sub(r"\b(?!true\b|false\b)[a-z_]+ (?=\d)", "", arguments)  # "vocab 5000"
    return name + arguments


def load(folder):
    folder = pathlib.Path(folder)
    with open(folder / "INDEX.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    result = []
    for row in rows:
        path = folder / row["trace_file"]
        trace = json.loads(path.read_text(encoding="utf-8"))
        result.append(Recorded(path.stem, row["repo"], row["source_file"],
                               model_expression(row["class"], row["ctor_args"]),
                               settings(row["ctor_args"]), input_specs(trace), path))
    return result
