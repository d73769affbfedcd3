"""Processes that end together (design D14).

A supervisor starts each process under a watcher (`demo/watched.py`) of its own, which holds the reading end of
a pipe. When the pipe closes, because the supervisor stops, returns, or is killed, the watcher ends its process
and everything that process started: TERM, five seconds, KILL. Nothing is asked of the process itself.

    with Supervisor() as processes:
        processes.start("api", ["husrom", "api"], log=folder / "api.log")
        ...
"""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from signal import SIGTERM, Signals
from types import TracebackType
from typing import Self

WATCHED = Path(__file__).with_name("watched.py")


class Child:
    """One process under its watcher."""

    def __init__(self, name: str, watcher: "subprocess.Popen[bytes]") -> None:
        self.name = name
        self._watcher = watcher

    @property
    def exit_code(self) -> int | None:
        """None while it runs; then its exit status, or 128 + the signal that ended it, as a shell says it."""
        return self._watcher.poll()

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it ends by itself. `timeout` in seconds, then `subprocess.TimeoutExpired`."""
        return self._watcher.wait(timeout)

    def stop(self) -> int:
        """End it and everything it started, in little more than five seconds at the most. May be called again."""
        if self._watcher.stdin is not None:
            self._watcher.stdin.close()
        return self._watcher.wait()


class Supervisor:
    """Starts processes and ends them all, the last started first, when its block or this process ends."""

    def __init__(self) -> None:
        self.children: list[Child] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        log: Path | None = None,
        user: str | None = None,
        stop_signal: Signals = SIGTERM,
        remove: Path | None = None,
    ) -> Child:
        """Start `command` in a session of its own and return at once.

        `log` takes what it prints (appended; this process's own error output if None). `user` is an existing user to
        run as, for root only. `stop_signal` is sent instead of TERM. `remove` is a folder that the watcher deletes
        once all has ended, so that a killed parent leaves no files either.
        """
        options = [f"--signal={stop_signal.value}"]
        options += [f"--user={user}"] if user else []
        options += [f"--remove={remove}"] if remove else []
        with ExitStack() as stack:
            output = stack.enter_context(log.open("ab")) if log else None
            watcher = subprocess.Popen(
                # -P: the folder of the watcher must not become a place to import from.
                [sys.executable, "-P", WATCHED, *options, "--", *command],
                stdin=subprocess.PIPE,
                stdout=output or sys.__stderr__,
                stderr=output or sys.__stderr__,
                env=env,
                cwd=cwd,
                start_new_session=True,
            )
        child = Child(name, watcher)
        self.children.append(child)
        return child

    def ended(self) -> list[Child]:
        """Those that have ended although nobody stopped them."""
        return [child for child in self.children if child.exit_code is not None]

    def stop(self) -> None:
        """End all, the last started first. May be called again; a second Ctrl-C meanwhile ends them all at once."""
        while self.children:
            self.children[-1].stop()
            self.children.pop()
