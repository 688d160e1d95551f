"""One run of clang-energy: its report, how it ended and what it used."""
import json
import os
import pathlib
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


def run(command, timeout, cwd=None):
    """Runs a command to its end or to the time limit, then ends it; its JSON comes
    from --output."""
    with tempfile.TemporaryDirectory() as folder:
        report_path = pathlib.Path(folder) / "report.json"
        stderr_path = pathlib.Path(folder) / "stderr"
        full = command + ["--format=json", "--output", str(report_path)]
        with open(stderr_path, "wb") as stderr:
            process = subprocess.Popen(full, cwd=cwd, stdout=subprocess.DEVNULL, stderr=stderr)
            late = threading.Event()
            timer = threading.Timer(timeout, lambda: (late.set(), process.kill()))
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
    if late.is_set():
        status = "timeout"
    elif code < 0 or code >= 128:
        status = "crash"
    else:
        status = "ok" if report is not None else "failed"
    return Outcome(full, status, code, report, messages, used.ru_utime + used.ru_stime,
                   used.ru_maxrss / 1024)
