"""`make demo` leaves no process behind, however it ends (D14)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
import pytest


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


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_D14_no_process_outlives_the_demonstration(demo: "subprocess.Popen[str]", how: signal.Signals) -> None:
    descendants = psutil.Process(demo.pid).children(recursive=True)
    names = " ".join(" ".join(process.cmdline()) for process in descendants)
    assert all(
        part in names for part in ("services.cli api", "services.cli feed", "celery", "demo.mailbox", "redis.conf")
    )
    os.kill(demo.pid, how)
    demo.wait(timeout=30)
    until = time.monotonic() + 15
    while (alive := [p for p in descendants if p.is_running()]) and time.monotonic() < until:
        time.sleep(0.1)
    assert not alive
