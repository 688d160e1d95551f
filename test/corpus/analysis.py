"""One run of clang-energy: its report, how it ended and what it used."""
import json
import os
import pathlib
import resource
import signal
import subprocess
import tempfile
import threading
from typing import NamedTuple, Optional


class Outcome(NamedTuple):
    command: list
    status: str              # "ok", "timeout", "crash" (a signal) or "failed"
    exit_code: Optional[int]
    report: Optional[dict]
    messages: str
    cpu_seconds: float
    peak_mb: float


WALL_FACTOR = 6  # a loaded machine must not make a fast analysis late


def text(command, timeout, cwd=None):
    """What a command prints; nothing when it does not end well."""
    try:
        done = subprocess.run(command, cwd=cwd, timeout=timeout * WALL_FACTOR, capture_output=True,
                              check=True)
    except (subprocess.SubprocessError, OSError):
        return ""
    return done.stdout.decode("utf-8", errors="replace")


def run(command, timeout, cwd=None):
    """Runs a command to its end or to `timeout` seconds of processor time (six times as
    much by the clock), then ends it; its JSON comes from --output."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (int(timeout), int(timeout) + 5))

    with tempfile.TemporaryDirectory() as folder:
        report_path = pathlib.Path(folder) / "report.json"
        stderr_path = pathlib.Path(folder) / "stderr"
        full = command + ["--format=json", "--output", str(report_path)]
        with open(stderr_path, "wb") as stderr:
            process = subprocess.Popen(full, cwd=cwd, stdout=subprocess.DEVNULL, stderr=stderr,
                                       preexec_fn=limit)
            late = threading.Event()
            timer = threading.Timer(timeout * WALL_FACTOR, lambda: (late.set(), process.kill()))
            timer.start()
            _, wait_status, used = os.wait4(process.pid, 0)
            timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(wait_status)
        messages = stderr_path.read_text(encoding="utf-8", errors="replace")
        report = None
        try:
            report = json.loads(report_path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            pass
    code = process.returncode
    if late.is_set() or code in (-signal.SIGXCPU, 128 + signal.SIGXCPU):
        status = "timeout"
    elif code < 0 or code >= 128:
        status = "crash"
    else:
        status = "ok" if report is not None else "failed"
    return Outcome(full, status, code, report, messages, used.ru_utime + used.ru_stime,
                   used.ru_maxrss / 1024)
