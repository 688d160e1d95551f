#!/usr/bin/env python3
"""Speed and memory of clang-energy as ratios to `clang++ -fsyntax-only` of the same file.

usage: speed.py --clang-energy BIN [--clang clang++-19] [--repeat N] [--files N] [--check]

Prints one Markdown table. Times are CPU seconds (user and system, children included), so that
another process on the machine disturbs them little; the shortest of the repetitions counts.
--check exits with 1 when a limit of the table is missed. Needs the real LibTorch: without
it the program says so and exits with 77.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
INCLUDES = ["/usr/include/torch/csrc/api/include"]


class Cost:
    def __init__(self, seconds, megabytes):
        self.seconds, self.megabytes = seconds, megabytes


def run(words, ok=(0, 1)):
    """One run: its CPU seconds and peak memory."""
    pid = os.posix_spawnp(words[0], words, dict(os.environ), file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) not in ok:
        sys.exit("'%s' failed with %d" % (" ".join(words), os.waitstatus_to_exitcode(status)))
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def best(words, repeat):
    costs = [run(words) for _ in range(repeat)]
    return Cost(min(c.seconds for c in costs), max(c.megabytes for c in costs))


def stages(words, repeat):
    """Seconds by stage of --time-report; the run with the shortest total."""
    best_times = None
    for _ in range(repeat):
        text = subprocess.run(words + ["--time-report"], capture_output=True, text=True).stderr
        times = {name: float(s) for name, s in re.findall(r"^(\w+) +([\d.]+) s", text, re.M)}
        if best_times is None or sum(times.values()) < sum(best_times.values()):
            best_times = times
    return best_times


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--clang-energy", required=True)
    parser.add_argument("--clang", default="clang++-19")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    if not os.path.exists(INCLUDES[0] + "/torch/torch.h"):
        print("skipped: no LibTorch in " + INCLUDES[0])
        return 77
    plain = [given.clang, "-std=c++17", "-fsyntax-only"] + ["-isystem" + d for d in INCLUDES]
    rows, failed = [], []

    def row(what, against, value, limit, unit="x"):
        rows.append("| %s | %s | %.3g %s | %.3g %s |" % (what, against, value, unit, limit, unit))
        if value > limit:
            failed.append(what)

    work = tempfile.mkdtemp(prefix="energy-speed")
    try:
        # Away from any compile database, as in a fresh clone.
        model = shutil.copy(os.path.join(ROOT, "docs", "examples", "vgg16.cpp"), work)
        mnist = shutil.copy(os.path.join(HERE, "Inputs", "mnist.cpp"), work)
        resnet = shutil.copy(os.path.join(ROOT, "test", "conformance", "models", "resnet50.cpp"), work)
        with open(resnet, "a") as file:
            file.write("""
int main() {
  models::ResNet50 net(std::array<int64_t, 4>{3, 4, 6, 3});
  net.forward(torch::randn({1, 3, 224, 224}));
}
""")
        energy = [given.clang_energy, "--cache-dir=" + os.path.join(work, "cache")]
        compiler = {f: best(plain + [f], 1) for f in (model, mnist)}
        first = run(energy + [model])
        row("first analysis ever", "clang++ %.1f s" % compiler[model].seconds,
            first.seconds / compiler[model].seconds, 0.9)
        later = best(energy + [model], given.repeat)
        row("later analysis, a model alone: %.2f s" % later.seconds,
            "clang++ %.1f s" % compiler[model].seconds,
            later.seconds / compiler[model].seconds, 1 / 50)
        loop = best(energy + [mnist], given.repeat)
        row("later analysis, with a training loop: %.2f s" % loop.seconds,
            "clang++ %.1f s" % compiler[mnist].seconds,
            loop.seconds / compiler[mnist].seconds, 1 / 40)
        row("peak memory, later analyses", "clang++ %.0f MB" % compiler[model].megabytes,
            max(later.megabytes, loop.megabytes), 250, "MB")
        times = stages(energy + [resnet], given.repeat)
        row("interpretation, cost, energy and checks of ResNet50",
            "parsing %.3f s" % times["parsing"],
            100 * (times["interpreting"] + times["estimating"]) / times["parsing"], 10, "%")
        many = []
        for i in range(given.files):
            many.append(os.path.join(work, "m%02d" % i, "vgg16.cpp"))
            os.mkdir(os.path.dirname(many[-1]))
            shutil.copy(model, many[-1])
        all_files = run(energy + ["-j2"] + many)
        row("%d files, -j2: %.1f s" % (given.files, all_files.seconds),
            "%d x one file" % given.files,
            all_files.seconds / (given.files * later.seconds), 1.2)
    finally:
        shutil.rmtree(work)
    print("| | against | measured | at most |\n| --- | --- | --- | --- |")
    print("\n".join(rows))
    if failed and given.check:
        print("missed: " + "; ".join(failed))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
