#!/usr/bin/env python3
"""Runs the real energy-measure with the fake and the modelled meter.

    run_test.py ENERGY_MEASURE TEST        one of the tests below, by name

Each test is a function; a failed assertion is a failed test.
"""
import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = ""
SWEEPS = pathlib.Path(__file__).resolve().parent / "sweeps.txt"


def command(output, *extra, meter="fake"):
    return [PROGRAM, "run", "--meter", meter, "--threads", "1", "--models", "none", "--sweeps", str(SWEEPS),
            "--max-windows", "3", "--output", str(output), *extra]


def run(*arguments, status=0, stdin=""):
    done = subprocess.run(arguments, capture_output=True, text=True, input=stdin)
    assert done.returncode == status, f"status {done.returncode}, not {status}\n{done.stdout}{done.stderr}"
    return done.stdout, done.stderr


def peak_bytes():
    """Of memory in any program that this test ran."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def records(output, kind=None):
    lines = [json.loads(line) for line in output.read_text().splitlines()]
    return [line for line in lines if kind in (None, line["kind"])]


def samples_are_complete(folder):
    output = folder / "a.jsonl"
    _, progress = run(*command(output, "--limit", "40"))
    assert "40/40  0 s left" in progress, progress
    header, *_ = records(output)
    assert header["protocol"]["pinning"] == "pinned" or header["protocol"]["pinning"].startswith("failed: "), header
    assert header["kind"] == "header" and header["format"] == 1, header
    assert header["meter"]["basis"] == "fake", header
    assert header["meter"]["read_cost_s"] < 0.01 * header["protocol"]["window_s"], header
    found = records(output, "sample")
    assert len(found) == 40, len(found)
    for sample in found:
        assert not sample["void"] and sample["energy_j"] > 0 and sample["duration_s"] > 0, sample
        assert "->" in sample["op"], sample
        # The fake's power: however busy the machine, a window's ends are known to 1 % or it is not kept.
        assert abs(sample["power_w"] - 50) < 2, sample
        assert abs(sample["energy_j"] / sample["duration_s"] - 50) < 2, sample
        assert sample["inplace"] == ("_ " in sample["op"]), sample
    assert {s["op"].split()[0] for s in found} >= {"aten::conv2d", "aten::linear"}


def forward_backward(folder):
    output = folder / "a.jsonl"
    run(*command(output, "--phase", "forward_backward", "--limit", "120"))
    found = records(output, "sample")
    assert found and all(s["phase"] == "forward_backward" for s in found)
    skipped = records(output, "skip")  # in-place ones cannot be
    assert skipped and all("in-place" in s["reason"] for s in skipped), skipped
    # Running statistics have no gradient, the rest of batch norm has.
    assert any(s["op"].startswith("aten::batch_norm") for s in found)


def killed_runs_resume(folder):
    output = folder / "a.jsonl"
    running = subprocess.Popen(command(output), stderr=subprocess.DEVNULL)
    while not output.exists() or len(output.read_text().splitlines()) < 8:
        assert running.poll() is None, "ended before it was killed"
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    before = len(records(output, "sample"))
    with output.open("a") as file:
        file.write('{"kind":"sample","op":"aten::re')  # what a crash leaves
    run(*command(output, "--limit", "60"))
    ops = [s["op"] for s in records(output, "sample")]
    assert len(ops) == 60 and len(set(ops)) == 60, (before, len(ops), len(set(ops)))


def ctrl_c_ends_in_order(folder):
    output = folder / "a.jsonl"
    running = subprocess.Popen(command(output), stderr=subprocess.DEVNULL)
    while not output.exists() or len(output.read_text().splitlines()) < 5:
        assert running.poll() is None, "ended before it was interrupted"
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=60) == 130
    assert records(output)[-1]["kind"] == "end", records(output)[-1]
    assert records(output)[-1]["reason"] == "interrupted"


def no_counter_is_status_3(folder):
    empty = folder / "root"
    empty.mkdir()
    hidden = ["--root", str(empty), "--nvml", "libdoes-not-exist.so.1"]
    output = folder / "a.jsonl"
    _, text = run(PROGRAM, "run", "--output", str(output), *hidden, status=3)
    assert "no energy counter can be used" in text, text
    assert not output.exists()
    text, _ = run(PROGRAM, "doctor", *hidden, status=3)
    assert "verdict: no energy counter" in text, text


def modelled_is_marked(folder):
    output = folder / "a.jsonl"
    run(*command(output, "--limit", "3", "--watts", "65", "--window", "0.05", "--warmup", "0.01", "--idle",
                 "0.05", meter="model"))
    assert records(output)[0]["meter"]["basis"] == "modelled"
    assert records(output)[0]["meter"]["watts"] == 65
    run(*command(folder / "b.jsonl", meter="model"), status=3)  # without --watts


def too_large_is_skipped(folder):
    sweeps = folder / "large.txt"
    # The second is small until the operator makes its result.
    sweeps.write_text("sweep aten::relu self=f32[N:{300000000}]\n"
                      "sweep aten::repeat self=f32[N:{1000}] repeats=[R:{4000000}]\n")
    output = folder / "a.jsonl"
    run(*command(output, "--sweeps", str(sweeps), "--max-memory", "1G"))
    skipped = {s["op"].split()[0]: s["reason"] for s in records(output, "skip")}
    assert "aten::repeat" in skipped and "memory" in skipped["aten::repeat"], skipped
    assert not records(output, "sample")
    assert peak_bytes() < 2**30, peak_bytes()


class InjectedRapl(threading.Thread):
    """A package zone below root at 50 W that wraps two seconds after it starts."""

    RANGE_UJ = 262_143_328_850

    def __init__(self, root):
        super().__init__(daemon=True)
        zone = root / "sys/class/powercap/intel-rapl:0"
        zone.mkdir(parents=True)
        (zone / "name").write_text("package-0\n")
        (zone / "max_energy_range_uj").write_text(f"{self.RANGE_UJ}\n")
        self.file = os.open(zone / "energy_uj", os.O_WRONLY | os.O_CREAT)
        self.stuck = threading.Event()
        self.wrapped = False
        self.begin = time.monotonic()
        self.turn()

    def turn(self):
        joules = (time.monotonic() - self.begin) * 50
        total = self.RANGE_UJ - 100_000_000 + int(joules * 1e6)
        self.wrapped = total > self.RANGE_UJ
        os.pwrite(self.file, b"%015d\n" % (total % (self.RANGE_UJ + 1)), 0)  # one write: never half a number

    def run(self):
        while not self.stuck.wait(0.002):
            self.turn()


def injected_rapl(folder):
    """A counter below --root that wraps, and then stands still."""
    root = folder / "root"
    rapl = InjectedRapl(root)
    rapl.start()
    output = folder / "a.jsonl"
    running = subprocess.Popen(command(output, "--root", str(root), "--limit", "3", "--idle", "0.2", meter="powercap"),
                               stderr=subprocess.DEVNULL)
    while not output.exists() or len(output.read_text().splitlines()) < 2:
        assert running.poll() is None, "ended before a sample was there"
        time.sleep(0.01)
    assert rapl.wrapped
    rapl.stuck.set()
    assert running.wait() == 0
    header, *_ = records(output, "header")
    assert header["meter"]["basis"] == "measured" and header["meter"]["counts"] == "package", header
    first, *_, last = records(output, "sample")
    # A window is kept from nine tenths of what is aimed at, which is 1 s or more.
    aimed = header["protocol"]["window_s"]
    assert aimed >= 1 and abs(first["power_w"] - 50) < 10 and first["window_s"] >= 0.9 * aimed, first
    assert last["void"] and last["energy_j"] is None and last["lost_windows"] == 3, last
    assert "'package-0' stood still" in last["reason"], last
    assert records(output)[-1]["void"] >= 1, records(output)[-1]


def dtypes_and_threads(folder):
    output = folder / "a.jsonl"
    run(*command(output, "--dtype", "float32,float64,bfloat16", "--threads", "1,2", "--ops", "relu_,linear", "--limit", "60"))
    found = records(output, "sample")
    assert {s["threads"] for s in found} == {1, 2}, found
    kinds = {s["op"].split(" -> ")[1].split("[")[0] for s in found}
    assert kinds == {"f32", "f64", "bf16"}, kinds  # of the results, as LibTorch gave them


def foreign_load_is_marked(folder):
    """Another process computes: more than nothing is foreign, and less than 4096 CPUs is not."""
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        for limit in ("0", "4096"):
            _, text = run(*command(folder / limit, "--limit", "2", "--foreign", limit, "--window", "0.2"))
            assert ("warning: other processes use" in text) == (limit == "0"), text
    finally:
        busy.kill()
        busy.wait()
    marked, unmarked = records(folder / "0", "sample"), records(folder / "4096", "sample")
    assert all(s["foreign"] and s["foreign_cpus"] > 0 for s in marked), marked
    assert not any(s["foreign"] for s in unmarked), unmarked


def known_work_with_the_modelled_meter(folder):
    """The test of the meter runs; how it ends on a busy machine is not this test's business."""
    done = subprocess.run([PROGRAM, "known-work", "--meter", "model", "--watts", "65", "--threads", "1", "--window",
                           "0.1"], capture_output=True, text=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["work"] for r in found] == ["fma", "stream"], done
    assert all(r["basis"] == "modelled" and r["large_j"] > r["small_j"] > 0 for r in found), found
    assert done.returncode == (0 if all(r["passed"] for r in found) else 1), done
    run(PROGRAM, "known-work", "--root", str(folder), status=3)  # never modelled unasked


def dry_run_measures_nothing(folder):
    output = folder / "a.jsonl"
    text, _ = run(*command(output, "--dry-run", "--time", "1m"))
    assert "configurations, about" in text and "fit the budget of 60 s" in text, text
    assert not output.exists()


def check_judges(folder):
    good = ("schema aten::relu(Tensor self) -> Tensor\n"
            "sample aten::conv2d input=f32[1,3,8,8] weight=f32[4,3,3,3] -> f32[1,4,6,6]\n"
            "sample aten::conv2d input=f32[1,2,8,8] weight=f32[4,3,3,3] -> error\n"
            "sample aten::nonzero self=f32[3]\n"
            "sample aten::index.Tensor self=f32[5,6] indices=[None,i64[3]] -> f32[5,3]\n")
    text, _ = run(PROGRAM, "check", stdin=good)
    assert "5 passed, 0 failed" in text, text
    bad = ("schema aten::relu(Tensor selves) -> Tensor\n"
           "sample aten::relu self=f32[2] -> f32[3]\n"
           "sample aten::relu self=f32[2] -> error\n"
           "sample aten::relu self=f32[2] other=1 -> f32[2]\n"
           "sample aten::conv2d input=f32[1,2,8,8] weight=f32[4,3,3,3] -> f32[1]\n"
           "sample aten::relu self=f32[ -> f32[2]\n"
           "sample aten::relu self=f32[99999999999] -> f32[99999999999]\n"
           "nonsense\n x\n")
    text, _ = run(PROGRAM, "check", stdin=bad, status=1)
    assert "0 passed, 8 failed" in text, text
    assert "LibTorch: aten::relu(Tensor self) -> Tensor" in text, text
    absent = "schema aten::no_such(Tensor self) -> Tensor\n"
    assert "absent" in run(PROGRAM, "check", stdin=absent, status=1)[0]
    run(PROGRAM, "check", "--allow-absent", stdin=absent)


def bad_command_lines_are_status_2(folder):
    for arguments in (["frob"], ["run", "--frob"], ["run", "--device", "abacus"],
                      ["run", "--dry-run", "--models", "none", "--sweeps", str(folder / "none.txt")]):
        run(PROGRAM, *arguments, status=2)


def thousand_configurations(folder):
    """1,000 small configurations in under five minutes and under 2 GB."""
    output = folder / "a.jsonl"
    start = time.time()
    run(*command(output, "--per-row", "80", "--limit", "1000"))
    seconds = time.time() - start
    print(f"{len(records(output, 'sample'))} samples, {seconds:.0f} s, peak memory {peak_bytes() / 2**20:.0f} MiB")
    assert len(records(output, "sample")) == 1000
    assert seconds < 300, seconds
    assert peak_bytes() < 2 * 2**30, peak_bytes()


def whole_models(folder):
    """A small example model, whole and call by call."""
    output = folder / "a.jsonl"
    names, _ = run(PROGRAM, "models")
    assert "densenet_small" in names.split(), names
    (folder / "none.txt").write_text("")
    run(*command(output, "--sweeps", str(folder / "none.txt"), "--models", "lstm_classifier"))
    model, = records(output, "model")
    assert model["energy_j"] > 0 and model["parts"], model
    assert len(records(output, "sample")) == len(model["parts"])
    additivity, = records(output, "additivity")
    assert additivity["missing_parts"] == 0 and additivity["ratio"] > 0, additivity


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        globals()[sys.argv[2]](pathlib.Path(folder))
