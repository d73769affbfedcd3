"""The watcher of one process: runs it, and ends it when standard input closes (design D14).

Run by `demo/supervisor.py` as a program: `watched.py --signal=15 [--user=…] [--remove=…] -- command …`. Standard
input is the reading end of the supervisor's pipe; nothing is ever written to it. Exits as the process did.

The watcher adopts every process that its own one leaves behind, also one in a session of its own (as
PostgreSQL's are), so that it can end all of them.
"""

import argparse
import ctypes
import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

import psutil

GRACE = 5.0
"""Seconds between asking and killing."""

STOPS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
"""Signals to the watcher itself, taken as if the pipe had closed."""

PR_SET_CHILD_SUBREAPER = 36


class Watched:
    """The process and whatever it has started."""

    def __init__(self, command: list[str], user: str | None) -> None:
        account = pwd.getpwnam(user) if user else None
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            extra_groups=account and [],
        )
        self.leader = self._process.pid
        self.status: int | None = None

    def reap(self) -> None:
        """Take the exit status of everything that has ended."""
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                if ended[0] == self.leader:
                    self.status = ended[1]

    def alive(self) -> list[psutil.Process]:
        """The process, what it started and what those left behind."""
        self.reap()
        return psutil.Process().children(recursive=True)

    def end(self, stop_signal: int) -> None:
        """Ask the process, so that it can end its own in order; then the rest; kill what is left after five seconds."""
        deadline = time.monotonic() + GRACE
        if self.status is None:
            os.kill(self.leader, stop_signal)
        self._wait_until(deadline, lambda: self.status is not None)
        self._signal_all(signal.SIGTERM)
        self._wait_until(deadline, lambda: not self.alive())
        while self.alive():
            self._signal_all(signal.SIGKILL)
            time.sleep(0.01)

    def _signal_all(self, number: int) -> None:
        for process in self.alive():
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)

    def _wait_until(self, deadline: float, done: Callable[[], bool]) -> None:
        self.reap()
        while not done() and time.monotonic() < deadline:
            time.sleep(0.02)
            self.reap()


def adopt_orphans() -> None:
    """Become the parent of every orphan below. Linux only; elsewhere an orphan in another session is not found."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def arguments() -> argparse.Namespace:
    """The command line, as the supervisor writes it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--signal", type=int, default=signal.SIGTERM)
    parser.add_argument("--user")
    parser.add_argument("--remove")
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


def listen_for_signals() -> int:
    """Return a descriptor that can be read from when a process has ended or the watcher itself is asked to stop."""
    woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(wake)
    for number in (signal.SIGCHLD, *STOPS):
        signal.signal(number, lambda *_: None)
    return woken


def run(command: list[str], user: str | None, stop_signal: int) -> int:
    """Run, watch, end; return the exit status in a shell's manner."""
    woken = listen_for_signals()
    adopt_orphans()
    watched = Watched(command, user)
    while watched.status is None:
        ready, _, _ = select.select([sys.stdin, woken], [], [])
        if sys.stdin in ready or STOPS.intersection(os.read(woken, 64)):
            break
        watched.reap()
    watched.end(stop_signal)
    assert watched.status is not None
    code = os.waitstatus_to_exitcode(watched.status)
    return code if code >= 0 else 128 - code


def main() -> int:
    """Do what the command line says."""
    asked = arguments()
    try:
        return run(asked.command, asked.user, asked.signal)
    except OSError as error:
        print(f"{asked.command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    finally:
        if asked.remove:
            shutil.rmtree(asked.remove, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
