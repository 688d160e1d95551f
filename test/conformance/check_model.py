#!/usr/bin/env python3
"""One model of Models.def: LibTorch's trace must equal clang-energy's graph.

    check_model.py NAME --trace-tool energy-trace --clang-energy clang-energy
                   [--work DIR] [-- extra arguments of clang-energy]

Leaves NAME.trace.json and NAME.report.json in the work directory. Exit status as
compare.py's.
"""
import argparse
import json
import pathlib
import subprocess
import sys

import compare

MODELS = pathlib.Path(__file__).resolve().parent / "models"


def listed(trace_tool, name):
    rows = subprocess.run([trace_tool, "--list"], check=True, capture_output=True, text=True)
    for row in rows.stdout.splitlines():
        fields = row.split("\t")
        if fields[0] == name:
            return fields[1:]
    raise ValueError(f"no model '{name}' in Models.def")


def analyse(args, file, inputs, expression, report):
    command = [args.clang_energy, str((MODELS / file).resolve()), "--model", expression,
               "--format=json", "--output", str(report)]
    for spec in inputs.split(";"):
        command += ["--input", spec]
    command += args.extra
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if done.returncode not in (0, 1):  # 1: findings, which a model may well have
        raise ValueError(f"{' '.join(command)}\nended with status {done.returncode}:\n"
                         + done.stderr[-2000:])
    return done.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("name")
    parser.add_argument("--trace-tool", required=True)
    parser.add_argument("--clang-energy", required=True)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("."))
    # argparse before 3.12 gives up on "--" after options.
    end = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    args = parser.parse_args(sys.argv[1:end])
    args.extra = sys.argv[end + 1:]
    args.work.mkdir(parents=True, exist_ok=True)
    trace = args.work / f"{args.name}.trace.json"
    report = args.work / f"{args.name}.report.json"
    try:
        file, inputs, expression = listed(args.trace_tool, args.name)
        subprocess.run([args.trace_tool, args.name, str(trace)], check=True)
        messages = analyse(args, file, inputs, expression, report)
        ours = compare.from_report(json.loads(report.read_text()))
    except (ValueError, OSError, KeyError, subprocess.SubprocessError) as error:
        print(f"{args.name}: {error}", file=sys.stderr)
        return 2
    theirs = compare.from_trace(json.loads(trace.read_text()))
    differences = compare.compare(ours, theirs)
    if differences:
        print(f"{args.name}:\n" + "\n".join(differences))
        print(messages[-2000:], file=sys.stderr)
        return 1
    print(f"{args.name}: equal: {len(theirs.calls)} calls, {theirs.macs} MACs, "
          f"{theirs.parameters} parameters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
