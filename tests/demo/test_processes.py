"""`make demo` leaves no process behind, however it ends (D14)."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from demo.patience import wait_until


@pytest.fixture
def demo() -> Iterator["subprocess.Popen[str]"]:
    """The demonstration, up and playing."""
    command = [sys.executable, "-m", "demo"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        assert "Husrom er i gang" in process.stdout.readline()
        yield process
        if process.poll() is None:
            process.kill()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_D14_no_process_outlives_the_demonstration(demo: "subprocess.Popen[str]", how: signal.Signals) -> None:
    """Killed, and ended with Ctrl-C. The supervisor's own tests end it in every other way."""
    descendants = psutil.Process(demo.pid).children(recursive=True)
    names = " ".join(" ".join(process.cmdline()) for process in descendants)
    assert all(
        part in names for part in ("services.cli api", "services.cli feed", "celery", "demo.mailbox", "redis.conf")
    )
    os.kill(demo.pid, how)
    demo.wait()
    wait_until("every process to end", lambda: not any(process.is_running() for process in descendants))
