#!/usr/bin/env python3
"""clang-energy on hostile and broken programs: it ends by itself within the limits,
with a right exit status and a message, without a crash, and executes nothing.

    test_survival.py --clang-energy BIN [--case NAME]... [-- extra arguments]
"""
import argparse
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time

from cases import CASES

CPU_SECONDS = 25      # each case takes a fraction of it
SECONDS = 200         # a machine that does other things beside
MEMORY = 2 << 30      # bytes of address space beyond which something grows without limit
WARM_UP = "#include <torch/torch.h>\nstruct N : torch::nn::Module {};\n"


def limit():
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def run(args, folder, source):
    command = [args.clang_energy, str(source), "--input", "2x4", "--explain-unknowns", *args.extra]
    begin = time.monotonic()
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS,
                              preexec_fn=limit)
    except subprocess.TimeoutExpired:
        return None, f"not finished after {SECONDS} s", SECONDS
    text = (done.stdout + done.stderr).decode("utf-8", errors="replace")
    return done.returncode, text, time.monotonic() - begin


def judge(name, folder, code, text):
    """What is wrong, or None."""
    _, statuses, expected = CASES[name]
    if code is None:
        return text
    if code < 0 or code >= 128:
        late = " (CPU time)" if code in (-signal.SIGXCPU, -signal.SIGKILL) else ""
        return f"ended by a signal{late} ({code}):\n{text[-3000:]}"
    if code not in statuses:
        return f"exit status {code}, expected one of {statuses}:\n{text[-3000:]}"
    if "Stack dump" in text or "Assertion" in text:
        return text[-3000:]
    if expected and expected not in text:
        return f"nothing says '{expected}':\n{text[-3000:]}"
    if (folder / "survival-was-executed").exists():
        return "the analysed program was executed"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clang-energy", required=True)
    parser.add_argument("--case", action="append")
    parser.add_argument("extra", nargs="*")
    args = parser.parse_args()
    failed = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        warm = folder / "warm-up.cpp"
        warm.write_text(WARM_UP)
        subprocess.run([args.clang_energy, str(warm), *args.extra], capture_output=True, timeout=300)
        for case in args.case or CASES:
            source = folder / f"{case}.cpp"
            source.write_text(CASES[case][0], encoding="latin-1")
            code, text, seconds = run(args, folder, source)
            wrong = judge(case, folder, code, text)
            print(f"{'FAILED' if wrong else 'ok'}: {case} (status {code}, {seconds:.1f} s)", flush=True)
            if wrong:
                failed.append(case)
                print("  " + wrong.replace("\n", "\n  "), flush=True)
    print(f"{len(failed)} failed: {', '.join(failed)}" if failed else "all survived")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
