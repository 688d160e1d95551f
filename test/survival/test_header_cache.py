#!/usr/bin/env python3
"""Whatever happens to the header cache, the answer of clang-energy is the same.

    test_header_cache.py --clang-energy BIN --paper-torch DIR

Each case brings the cache into a state (truncated, stale, on a full disk, being
built by another process, ...), analyses a model and compares the whole report with
the one of a fresh cache. A cache that is built again or not stored is told.
"""
import argparse
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

MODEL = """#include <torch/torch.h>
struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(8, 8))};
  torch::Tensor forward(torch::Tensor x) { return torch::relu(fc(x)); }
};
TORCH_MODULE(Net);
"""
BUILDS, AGAIN, NOT_STORED = "building the header cache", "rebuilding", "is not stored"


class Bench:
    """One folder with a LibTorch of its own, a model and a cache."""

    def __init__(self, folder, program, paper_torch):
        self.folder, self.program = folder, program
        self.torch = folder / "libtorch"
        shutil.copytree(paper_torch, self.torch)
        self.cache = folder / "cache"
        (folder / "net.cpp").write_text(MODEL)

    def start(self, cache="cache", flags=(), environment=None, limit=None):
        command = [self.program, "net.cpp", "--input=2x8", "--format=json", "--libtorch=libtorch", *flags]
        command += [f"--cache-dir={cache}"] if cache else []
        return subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, preexec_fn=limit,
                                env={**os.environ, **(environment or {})})

    @staticmethod
    def finish(process):
        """(report, messages) of a run that has to end with status 0."""
        report, messages = process.communicate(timeout=300)
        assert process.returncode == 0, (process.returncode, messages)
        return report, messages

    def run(self, **how):
        return self.finish(self.start(**how))

    def entry(self, extension):
        return next(self.cache.glob(f"*{extension}"))


def says(messages, *texts):
    for text in texts:
        assert text in messages, f"nothing says '{text}':\n{messages}"


def second_run_builds_nothing(bench):
    report, messages = bench.run()
    assert BUILDS not in messages, messages
    return report


def truncated_image(bench):
    image = bench.entry(".pch")
    os.truncate(image, image.stat().st_size // 2)
    report, messages = bench.run()
    says(messages, AGAIN, "it is damaged")
    return report


def garbage_of_the_same_size(bench):
    image = bench.entry(".pch")
    image.write_bytes(b"\xa5" * image.stat().st_size)
    report, messages = bench.run()
    says(messages, AGAIN, "it is damaged")
    return report


def list_of_files_lost(bench):
    bench.entry(".files").unlink()
    report, messages = bench.run()
    says(messages, BUILDS)
    return report


def header_changed(bench):
    header = bench.torch / "torch" / "torch.h"
    header.write_text(header.read_text() + "\n// changed\n")
    report, messages = bench.run()
    says(messages, AGAIN, "a header changed")
    return report


def other_flags_get_an_entry_of_their_own(bench):
    _, messages = bench.run(flags=["--extra-arg=-D_GLIBCXX_USE_CXX11_ABI=0"])
    says(messages, BUILDS)
    assert len(list(bench.cache.glob("*.pch"))) == 2
    return second_run_builds_nothing(bench)


def directory_that_cannot_be_made(bench):
    (bench.folder / "occupied").write_text("")
    report, messages = bench.run(cache="occupied/cache")
    says(messages, NOT_STORED)
    return report


def home_that_is_read_only(bench):
    # Nothing can be created there, not even by root.
    report, messages = bench.run(cache=None, environment={"HOME": "/proc", "XDG_CACHE_HOME": ""})
    says(messages, NOT_STORED)
    return report


def no_home(bench):
    report, _ = bench.run(cache=None, environment={"HOME": "", "XDG_CACHE_HOME": ""})
    return report


def full_disk(bench):
    shutil.rmtree(bench.cache)

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    report, messages = bench.run(limit=limit)
    says(messages, NOT_STORED)
    left = [p.name for p in bench.cache.iterdir() if p.suffix != ".lock"]
    assert not left, left
    return report


def processes_at_once(bench):
    shutil.rmtree(bench.cache)
    results = [bench.finish(p) for p in [bench.start() for _ in range(4)]]
    assert sum(BUILDS in messages for _, messages in results) == 1, results
    assert len({report for report, _ in results}) == 1
    return results[0][0]


def builder_that_is_killed(bench):
    shutil.rmtree(bench.cache)
    builder = bench.start()
    while not list(bench.cache.glob("*.lock")):
        time.sleep(0.01)
    time.sleep(0.3)
    builder.kill()
    builder.communicate()
    # What a process that was killed while writing leaves behind.
    left = bench.entry(".lock").with_suffix(".pch.01234567.tmp")
    left.write_bytes(b"half an image")
    report, _ = bench.run()
    assert not list(bench.cache.glob("*.tmp")), list(bench.cache.iterdir())
    return report


def entry_that_vanishes_between_runs(bench):
    bench.run()
    shutil.rmtree(bench.cache)
    report, messages = bench.run()
    says(messages, BUILDS)
    return report


CASES = [second_run_builds_nothing, truncated_image, garbage_of_the_same_size, list_of_files_lost,
         header_changed, other_flags_get_an_entry_of_their_own, directory_that_cannot_be_made,
         home_that_is_read_only, no_home, full_disk, processes_at_once, builder_that_is_killed,
         entry_that_vanishes_between_runs]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clang-energy", required=True)
    parser.add_argument("--paper-torch", required=True, type=pathlib.Path)
    args = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(pathlib.Path(name), args.clang_energy, args.paper_torch)
        fresh, messages = bench.run()
        says(messages, BUILDS)
        for case in CASES:
            try:
                assert case(bench) == fresh, "another report than with a fresh cache"
                print(f"ok: {case.__name__}", flush=True)
            except (AssertionError, OSError, subprocess.SubprocessError) as error:
                failed += 1
                print(f"FAILED: {case.__name__}\n  {error}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
