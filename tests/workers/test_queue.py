"""Celery's own worker and beat on a real queue (D8)."""

import base64
import os
import re
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from signal import SIGKILL
from threading import Thread
from urllib.parse import urlsplit

import psutil
import pytest
from redis import Redis

from demo import patience
from demo.mailbox import Mailbox
from demo.redis_server import free_port, redis_command
from demo.supervisor import Child, Supervisor
from domain.delivery import Delivery
from projections.due_rows import outstanding
from services.settings import Settings
from tests.conftest import Installation
from tests.workers.mail_servers import SILENCE, answering
from tests.workers.workplace import NAME, Workplace, address_of, workplace
from workers.app import broker_url

ROOT = Path(__file__).parents[2]
OPTIONS = {"worker": ("--concurrency=1", "--without-gossip", "--without-mingle"), "beat": ()}


class Services:
    """Workers and beats for one workplace."""

    def __init__(self, supervisor: Supervisor, settings: Settings, log: Path) -> None:
        self._supervisor = supervisor
        self.log = log
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), **_as_environment(settings)}

    def start(self, name: str) -> Child:
        """Start what `husrom worker` and `husrom beat` become, without the seconds that those take to import the API."""
        command = [sys.executable, "-m", "celery", "-A", "workers.app", name, *OPTIONS[name]]
        return self._supervisor.start(name, command, env=self._environment, cwd=ROOT, log=self.log)


def _as_environment(settings: Settings) -> dict[str, str]:
    names = ("demo", "data_dir", "redis_url", "smtp_port", "claim_seconds")
    environment = {f"HUSROM_{name.upper()}": str(getattr(settings, name)) for name in names}
    if settings.database_url is not None:
        environment["HUSROM_DATABASE_URL"] = settings.database_url.get_secret_value()
    return environment


@contextmanager
def running(
    database: Installation, redis_url: str, smtp: Mailbox, *, smtp_port: int | None = None
) -> Iterator[tuple[Workplace, Services]]:
    """A workplace whose claims last a second and a half, and what starts its processes."""
    settings = Settings(demo=True, **database, redis_url=redis_url, smtp_port=smtp_port or smtp.port, claim_seconds=1.5)
    with workplace(settings, smtp) as at_work, Supervisor() as supervisor:
        yield at_work, Services(supervisor, settings, settings.data_dir / "services.log")


def wait_until(at_work: Workplace, holds: Callable[[], bool]) -> None:
    """Carry the views forward until it holds."""

    def holds_now() -> bool:
        at_work.carry_forward()
        return holds()

    patience.wait_until("what is due", holds_now)


def nothing_is_due(at_work: Workplace) -> bool:
    at_work.carry_forward()
    with at_work.office.views.connect() as connection:
        return outstanding(connection, at_work.now) == 0


def test_D8_two_beats_and_a_queue_wiped_again_and_again_still_send_each_message_once(
    tmp_path: Path, postgres_url: str, redis_url: str, smtp: Mailbox
) -> None:
    database = Installation(data_dir=tmp_path, database_url=postgres_url)
    with running(database, redis_url, smtp) as (at_work, services), Redis.from_url(redis_url) as queue:
        members = [at_work.employ() for _ in range(12)]
        at_work.meeting(date(2027, 2, 9), *members)
        at_work.application()
        at_work.carry_forward()
        passed = watched(redis_url)
        for name in ("worker", "beat", "beat"):
            services.start(name)
        for expected in (1, 5, 9):
            wait_until(at_work, lambda: len(smtp.messages) >= expected)  # noqa: B023  (called in this turn only)
            queue.flushall()
        wait_until(at_work, lambda: nothing_is_due(at_work))
        received = sorted(message.recipients[0] for message in smtp.messages)
        assert len(received) == len(set(received)) == 13
        assert {address_of(member) for member in members} < set(received)

        # What went through the queue: the rows' ids, and nothing of anybody.
        seen = "\n".join(passed)
        assert any(str(row.id) in seen for row in at_work.rows())
        for secret in (*NAME.split(), "eksempel.invalid", members[0].hex, str(members[0]), "mistet"):
            assert secret not in seen
        written = services.log.read_text()
        assert '"event": "delivery"' in written
        assert not any(secret in written for secret in (*NAME.split(), "eksempel.invalid", members[0].hex))


def test_D8_a_worker_killed_while_it_sends_leaves_an_uncertain_delivery_that_nobody_repeats(
    tmp_path: Path, redis_url: str, smtp: Mailbox
) -> None:
    with (
        answering(data=SILENCE) as (port, taken),
        running({"data_dir": tmp_path}, redis_url, smtp, smtp_port=port) as (at_work, services),
    ):
        at_work.application()
        at_work.carry_forward()
        services.start("beat")
        services.start("worker")
        wait_until(at_work, lambda: len(taken) == 1)
        kill_the_worker()
        services.start("worker")
        wait_until(at_work, lambda: bool(at_work.events(Delivery.Uncertain)))
        wait_until(at_work, lambda: nothing_is_due(at_work))
        time.sleep(2.5)
        assert len(taken) == 1
        assert at_work.events(Delivery.Sent) == []


def test_D8_a_worker_hears_the_bell_again_after_the_queue_was_restarted(tmp_path: Path, smtp: Mailbox) -> None:
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    with Supervisor() as servers, running({"data_dir": tmp_path}, url, smtp) as (at_work, services):
        command = [redis_command(), "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(tmp_path)]
        queue = servers.start("redis", command, log=tmp_path / "redis.log")
        services.start("worker")
        services.start("beat")
        at_work.application()
        wait_until(at_work, lambda: len(smtp.messages) == 1)
        queue.stop()
        at_work.application()
        servers.start("redis", command, log=tmp_path / "redis.log")
        wait_until(at_work, lambda: len(smtp.messages) == 2)


@pytest.mark.parametrize(
    ("ours", "celerys"),
    [
        ("redis://:secret@127.0.0.1:6379/2", "redis://:secret@127.0.0.1:6379/2"),
        ("rediss://queue.example.invalid:6379/0", "rediss://queue.example.invalid:6379/0"),
        ("unix:///run/queue.sock?db=3", "redis+socket:///run/queue.sock?virtual_host=3"),
        ("unix://:secret@/run/queue.sock", "redis+socket://:secret@/run/queue.sock"),
    ],
)
def test_D8_the_queue_has_one_address_for_everybody(ours: str, celerys: str) -> None:
    assert broker_url(ours) == celerys


def kill_the_worker() -> None:
    """`kill -9` for the worker that this test process has started, and its children, all at once."""
    processes = [p for p in psutil.Process().children(recursive=True) if "workers.app" in p.cmdline()]
    for process in processes:
        if "worker" in process.cmdline():
            process.send_signal(SIGKILL)


def watched(redis_url: str) -> list[str]:
    """Everything that is said to the queue from now on, with every message's body in clear."""
    url = urlsplit(redis_url)
    passed: list[str] = []
    connection = socket.create_connection((url.hostname, url.port))
    connection.sendall(f"AUTH {url.password}\r\nMONITOR\r\n".encode())

    def listen() -> None:
        with connection, connection.makefile("r", encoding="latin-1") as lines, suppress(OSError):
            for line in lines:
                passed.extend((line, *bodies(line)))

    Thread(target=listen, daemon=True).start()
    return passed


def bodies(command: str) -> Iterator[str]:
    """The bodies of the messages in one command."""
    for body in re.findall(r'"body\\*": \\*"([A-Za-z0-9+/=]+)', command):
        yield base64.b64decode(body).decode()
