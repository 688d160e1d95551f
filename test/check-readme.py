#!/usr/bin/env python3
"""check-readme.py CLANG_ENERGY [ARGS...]: README.md shows what the program really prints.

Runs the command that README shows and compares its output with the block below it. Figures that
change when a device profile is fitted anew (joules, shares, watt hours) are compared only for being
there. With UPDATE_README=1 in the environment, the block is written instead.
"""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"(```\n\$ clang-energy (--summary docs/examples/vgg16\.cpp)\n)(.*?)(```\n)", re.S)


def without_joules(text):
    text = re.sub(r"(< )?[\d.]+ [munk]?(J|Wh|%)", "#", text)
    text = re.sub(r"[\d.]+ to #", "# to #", text)
    return re.sub(r"[ -]+", " ", text)


def main(command):
    readme = README.read_text()
    block = BLOCK.search(readme)
    if not block:
        sys.exit("README.md shows no output of clang-energy")
    run = subprocess.run(command + block[2].split(), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if os.environ.get("UPDATE_README"):
        README.write_text(readme[: block.start(3)] + run.stdout + readme[block.end(3):])
        return 0
    shown, printed = without_joules(block[3]).splitlines(), without_joules(run.stdout).splitlines()
    for number, (a, b) in enumerate(zip(shown + [""] * len(printed), printed + [""] * len(shown)), 1):
        if a != b:
            print(f"line {number} of the output differs\n  README:  {a}\n  program: {b}\n"
                  "run again with UPDATE_README=1 when the program is right")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
