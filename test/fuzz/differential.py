#!/usr/bin/env python3
"""Random models: clang-energy's answer must be LibTorch's.

    differential.py --build-dir BUILD --clang-energy BIN [--seed N] [--count M]
                    [--batch 60] [--work DIR] [--keep DIR] [-- extra arguments]
    differential.py ... --files regressions/*.cpp

For each batch of generated models: LibTorch runs them (compiled once a batch, with
the flags BUILD's compile_commands.json gives for batch.cpp) and clang-energy
analyses the same file. A model that LibTorch ran must be reconstructed with equal
calls, shapes, MACs and parameters and without an error; one that it rejected must
have an error at its lines. Every disagreement is written to --keep as a file of
its own; --files judges such files again, instead of generated models. Exit status: 0 agreement; 1 a disagreement; 2 the batch could not be run.
"""
import argparse
import collections
import concurrent.futures
import json
import pathlib
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "conformance"))
import compare  # noqa: E402
import generate_models  # noqa: E402


class Toolchain:
    """How batch.cpp is compiled in this build, for another batch."""

    def __init__(self, build_dir):
        commands = json.loads((build_dir / "compile_commands.json").read_text())
        entry = next(c for c in commands if c["file"] == str(HERE / "batch.cpp"))
        self.directory = entry["directory"]
        words = entry.get("arguments") or shlex.split(entry["command"])
        keep, skip = [], False
        for word in words:
            if skip or word in ("-o", "-c", "-MF", "-MT"):
                skip = word in ("-o", "-MF", "-MT")
                continue
            if word not in ("-MD", entry["file"]) and not word.endswith(("ccache", "/batch.cpp")) \
                    and not word.startswith("-DENERGY_FUZZ_BATCH"):
                keep.append(word)
        self.command = keep

    def build(self, batch, shared_object):
        subprocess.run(self.command + [f'-DENERGY_FUZZ_BATCH="{batch}"', "-shared",
                                       str(HERE / "batch.cpp"), "-o", str(shared_object)],
                       cwd=self.directory, check=True, timeout=1200)


def trace_batch(args, toolchain, source):
    shared_object = source.with_suffix(".so")
    toolchain.build(source, shared_object)
    done = subprocess.run([args.driver, str(shared_object)], capture_output=True, text=True,
                          timeout=600, check=True)
    shared_object.unlink()
    source.with_suffix(".traces.json").write_text(done.stdout)
    return json.loads(done.stdout)


def analyse_batch(args, source):
    report = source.with_suffix(".report.json")
    done = subprocess.run([args.clang_energy, str(source), "--format=json", "--output", str(report)]
                          + args.extra, capture_output=True, text=True, timeout=600)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"clang-energy ended with {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(report.read_text())


def errors_in(report, lines):
    return [f for f in report["findings"] if f["severity"] == "error" and f.get("location")
            and lines["first_line"] <= f["location"]["line"] <= lines["last_line"]]


def model_in(report, lines):
    """The model `Net` of these lines; other classes there may be parts that it does not use."""
    for model in report["models"]:
        place = model.get("location")
        if (place and lines["first_line"] <= place["line"] <= lines["last_line"]
                and model["class"] == "NetImpl"):
            return model
    return None


def judge(lines, trace, report):
    """(kind, text); kind is "agree" or what is wrong."""
    errors, model = errors_in(report, lines), model_in(report, lines)
    if "error" in trace:
        if errors:
            return "agree", "rejected by both"
        unknowns = (model or {}).get("unknowns")
        if unknowns:
            return "unknown", f"LibTorch: {trace['error']}\nunknown: {unknowns[0]['reason']}"
        return "accepted", f"LibTorch: {trace['error']}\nclang-energy: no error"
    if errors:
        return "rejected", f"LibTorch runs it\nclang-energy: {errors[0]['message']}"
    if model is None:
        return "absent", "no such model in the report"
    ours = compare.from_report({"models": [model]})
    differences = compare.compare(ours, compare.from_trace(trace))
    if not differences:
        return "agree", "equal"
    return ("unknown" if ours.unknowns else "different"), "\n".join(differences)


def keep(args, name, source, lines, text):
    """The model as a file of its own, with what was wrong on top."""
    args.keep.mkdir(parents=True, exist_ok=True)
    rows = source.read_text().split("\n")
    prelude = rows[:rows.index("namespace F = torch::nn::functional;") + 1]
    body = rows[lines["first_line"] - 1:lines["last_line"]]
    note = ["// " + line for line in text.split("\n")] + [f"// input: {lines['input']}"]
    path = args.keep / f"{source.stem}_{name}.cpp"
    path.write_text("\n".join(note + prelude + body) + "\n")
    return path


def run_batch(args, toolchain, source, text, models):
    source.write_text(text)
    traces = trace_batch(args, toolchain, source)
    report = analyse_batch(args, source)
    tally = collections.Counter()
    for name, lines in models.items():
        kind, detail = judge(lines, traces[name], report)
        tally[detail if kind == "agree" else kind] += 1
        if kind != "agree":
            where = keep(args, name, source, lines, f"{kind}: {detail}")
            print(f"{kind}: {where}\n  " + detail.replace("\n", "\n  "), flush=True)
    return tally


def batches(args):
    """(name, (text, models)) of everything that is to be judged."""
    if args.files:
        yield "kept", generate_models.kept(args.files)
        return
    for first in range(0, args.count, args.batch):
        yield f"seed{args.seed}_{first}", generate_models.batch(
            args.seed, first, min(args.batch, args.count - first), args.wrong)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build-dir", type=pathlib.Path, required=True)
    parser.add_argument("--clang-energy", required=True)
    parser.add_argument("--driver", help="default: energy-fuzz-driver of the build")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--batch", type=int, default=60)
    parser.add_argument("--wrong", type=float, default=0.2)
    parser.add_argument("-j", type=int, default=1)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--files", type=pathlib.Path, nargs="+")
    parser.add_argument("extra", nargs="*")
    args = parser.parse_args()
    args.work = args.work.resolve()
    args.work.mkdir(parents=True, exist_ok=True)
    args.keep = args.keep or args.work / "disagreements"
    args.driver = args.driver or str(args.build_dir / "bin" / "energy-fuzz-driver")
    return args


def main():
    args = parse_arguments()
    toolchain = Toolchain(args.build_dir)

    def one(batch):
        name, (text, models) = batch
        return run_batch(args, toolchain, args.work / f"{name}.cpp", text, models)

    total = collections.Counter()
    try:
        with concurrent.futures.ThreadPoolExecutor(args.j) as pool:
            for tally in pool.map(one, batches(args)):
                total += tally
    except (OSError, subprocess.SubprocessError, RuntimeError, ValueError) as error:
        print(f"differential.py: {error}\n{getattr(error, 'stderr', '') or ''}", file=sys.stderr)
        return 2
    agreed = total["equal"] + total["rejected by both"]
    print(f"{'kept' if args.files else f'seed {args.seed}'}, {sum(total.values())} models: "
          + ", ".join(f"{n} {k}" for k, n in total.most_common()))
    return 0 if agreed == sum(total.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
