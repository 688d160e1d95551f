#!/usr/bin/env python3
"""Fails when a file includes what lib/Layers.txt does not allow, naming file and line."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUTSIDE = {"torch", "ATen", "c10", "nlohmann", "Eigen"}


def read_layers():
    layers = {}
    for line in (ROOT / "lib" / "Layers.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name, _, rest = line.partition(":")
            layers[name] = set(rest.split())
    return layers


def sources(folder):
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".h", ".cpp", ".def"):
            yield path


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = re.match(r'\s*#\s*include\s+["<]([^">]+)', line)
        if match:
            yield number, match.group(1)


def check_lib(layers):
    for path in sources(ROOT / "lib"):
        layer = path.relative_to(ROOT / "lib").parts[0]
        if layer not in layers:
            yield f"{path}: folder {layer} is not in Layers.txt"
            continue
        may = layers[layer]
        for number, name in includes(path):
            top = name.split("/")[0]
            where = f"{path}:{number}: "
            if top in layers and top != layer and top not in may:
                yield where + f"{layer} may not include {name}"
            if top == "clang" and "+clang" not in may:
                yield where + f"{layer} is Clang-free"
            if top in ("llvm", "clang") and layer == "Schema":
                yield where + "Schema is C++17 and the standard library only"
            if top in OUTSIDE:
                yield where + f"lib/ never uses {top}"


def check_programs(layers):
    """measure/ links LibTorch, so of lib/ only Schema; fitting/ never Clang."""
    allowed = {"measure": {"Schema"},
               "fitting": {"Schema", "Support", "IR", "Torch", "Cost", "Energy"}}
    for folder, may in allowed.items():
        for path in sources(ROOT / folder):
            for number, name in includes(path):
                top = name.split("/")[0]
                if top in layers and top not in may or top == "clang":
                    yield f"{path}:{number}: {folder} may not include {name}"


def main():
    layers = read_layers()
    bad = [*check_lib(layers), *check_programs(layers)]
    print(*bad, sep="\n")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
