"""Processes that end together (design D14), shown with real processes, stubborn ones among them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from demo.patience import wait_until
from demo.supervisor import Supervisor

REPORT = "import os, pathlib, signal, sys, time; pathlib.Path(sys.argv[1], str(os.getpid())).touch(); "
OBEDIENT = REPORT + "time.sleep(600)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + REPORT + "time.sleep(600)"
BUSY = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + REPORT + "\nwhile True: pass"
FAMILY = (
    "import subprocess, sys\n"
    f"for new_session in (False, True): subprocess.Popen([sys.executable, '-c', {STUBBORN!r}, sys.argv[1]], "
    "start_new_session=new_session)\n" + OBEDIENT
)
LEAVES_ORPHAN = (
    "import subprocess, sys\n"
    f"subprocess.Popen([sys.executable, '-c', {STUBBORN!r}, sys.argv[1]], start_new_session=True)\n" + REPORT + "\n"
    "while len(os.listdir(sys.argv[1])) < 2: time.sleep(0.02)"
)

PARENT = """
import signal, sys, time
from pathlib import Path
from demo.supervisor import Supervisor
# A shell that runs the suite in the background has had Ctrl-C ignored, and children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
with Supervisor() as processes:
    for number, source in enumerate(sys.argv[2:]):
        processes.start(str(number), [sys.executable, "-c", source, sys.argv[1]])
    time.sleep(600)
"""


def pids_in(folder: Path, count: int) -> list[int]:
    """The ids that `count` started processes left in `folder`, when all of them have."""
    return wait_until(
        f"{count} processes to come up",
        lambda: [int(path.name) for path in folder.iterdir()],
        lambda pids: len(pids) >= count,
    )


def until_gone(pids: list[int]) -> None:
    """Wait until none of these processes runs."""
    wait_until(f"{pids} to end", lambda: not any(runs(pid) for pid in pids))


def runs(pid: int) -> bool:
    """Whether there is such a process, and it is more than an entry that nobody has read."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where started processes leave their ids."""
    (tmp_path / "pids").mkdir()
    return tmp_path / "pids"


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    """A supervisor in this process."""
    with Supervisor() as started:
        yield started


def python(source: str, folder: Path) -> list[str | Path]:
    """A command that runs `source`."""
    return [sys.executable, "-c", source, folder]


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_D14_no_process_is_left_when_the_parent_ends_in_whatever_way(ending: signal.Signals, folder: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, folder, OBEDIENT, BUSY, FAMILY],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    pids = pids_in(folder, count=5)

    parent.send_signal(ending)
    parent.wait()

    until_gone(pids)


def test_D14_no_process_is_left_when_the_parents_whole_group_is_killed(folder: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, folder, OBEDIENT, STUBBORN],
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    pids = pids_in(folder, count=2)

    os.killpg(parent.pid, signal.SIGKILL)
    parent.wait()

    until_gone(pids)


def test_D14_one_that_obeys_is_ended_at_once(supervisor: Supervisor, folder: Path) -> None:
    child = supervisor.start("obedient", python(OBEDIENT, folder))
    pids = pids_in(folder, count=1)

    # Had the five seconds of grace been waited out, it would have been killed.
    assert child.stop() == 128 + signal.SIGTERM
    until_gone(pids)


def test_D14_the_watcher_can_be_told_to_end_with_another_signal(supervisor: Supervisor, folder: Path) -> None:
    child = supervisor.start("obedient", python(OBEDIENT, folder), stop_signal=signal.SIGUSR1)
    pids_in(folder, count=1)

    assert child.stop() == 128 + signal.SIGUSR1


def test_D14_what_a_process_leaves_behind_is_ended_with_it(supervisor: Supervisor, folder: Path) -> None:
    child = supervisor.start("leaves an orphan", python(LEAVES_ORPHAN, folder))

    code = child.wait()

    assert code == 0
    until_gone(pids_in(folder, count=2))


def test_D14_one_that_ended_by_itself_is_named_with_its_exit_status(supervisor: Supervisor, folder: Path) -> None:
    supervisor.start("stays", python(OBEDIENT, folder))
    child = supervisor.start("fails", [sys.executable, "-c", "raise SystemExit(3)"])

    assert child.wait() == 3
    assert [ended.name for ended in supervisor.ended()] == ["fails"]


def test_D14_a_command_that_is_not_there_ends_at_once_and_says_so(supervisor: Supervisor, tmp_path: Path) -> None:
    log = tmp_path / "log"

    child = supervisor.start("nothing", [tmp_path / "no-such-program"], log=log)

    assert child.wait() == 127
    assert "no-such-program: No such file" in log.read_text()


def test_D14_a_folder_given_to_the_watcher_is_deleted_after_the_end(supervisor: Supervisor, folder: Path) -> None:
    child = supervisor.start("obedient", python(OBEDIENT, folder), remove=folder)
    pids_in(folder, count=1)

    child.stop()

    assert not folder.exists()


def test_D14_a_watcher_that_is_itself_asked_to_stop_ends_its_process(supervisor: Supervisor, folder: Path) -> None:
    child = supervisor.start("obedient", python(OBEDIENT, folder))
    pids = pids_in(folder, count=1)
    parent = psutil.Process(pids[0]).parent()
    assert parent is not None

    parent.terminate()

    assert child.wait() == 128 + signal.SIGTERM
    until_gone(pids)
