"""The whole system, started on the embedded default: SQLite, a Redis server, a mail server and every process (D5, D14)."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx2
from pydantic import SecretStr

from demo.office_time import REST, is_at_rest, move_on
from demo.patience import HUNG_AFTER, PAUSE, wait_until
from demo.redis_server import free_port, start_redis
from demo.supervisor import Supervisor
from services.clock import DemoClock
from services.settings import Settings


class StageError(Exception):
    """The system did not come up, or does not come to rest; the message says which part and where its log is."""


@dataclass(frozen=True)
class Stage:
    """Where everything is, and the clock that the play moves."""

    settings: Settings
    folder: Path
    api: str
    mailbox: str
    redis_url: str
    processes: Supervisor
    http: httpx2.Client

    @property
    def clock(self) -> DemoClock:
        return DemoClock(self.settings.office_clock_path)

    def wait_until(self, what: str, holds: Callable[[], bool], *, pause: float = PAUSE) -> None:
        """Wait until `holds()`, looking every `pause` seconds. Raises `StageError` when a process has died or something hangs."""

        def holds_while_all_run() -> bool:
            if holds():
                return True
            if ended := self.processes.ended():
                raise StageError(f"{ended[0].name} ended; see {self.folder / 'logs' / ended[0].name}.log")
            return False

        try:
            wait_until(what, holds_while_all_run, pause=pause)
        except TimeoutError as error:
            raise StageError(f"{error}; the logs are in {self.folder / 'logs'}") from None

    def is_ready(self) -> bool:
        """Log, views and queue can be used."""
        try:
            return self.http.get(f"{self.api}/readyz").status_code == httpx2.codes.OK
        except httpx2.TransportError:
            return False

    def is_at_rest(self) -> bool:
        """The views are at the head of the logs and nothing that is due is still to be done (D13)."""
        return is_at_rest(self.http, f"{self.api}/readyz")

    def come_to_rest(self) -> None:
        """Wait until everything that has happened has had its effects."""
        self.wait_until("the system to come to rest", self.is_at_rest, pause=REST)

    def move_to(self, moment: datetime) -> None:
        """Move the office clock on to `moment` (aware), stopping wherever something falls due on the way (D13)."""
        move_on(self.settings, moment, self.come_to_rest)

    def messages(self) -> list[dict[str, object]]:
        """Every message that the mail server has received, oldest first."""
        received: list[dict[str, object]] = self.http.get(f"{self.mailbox}/messages.json").json()
        return received


@contextmanager
def set_up(folder: Path, *, begins: datetime, database_url: str | None = None) -> Iterator[Stage]:
    """Start the system with its data in `folder` and its office clock at `begins`; end all of it afterwards.

    With `database_url` the logs, views and keys are in that PostgreSQL database instead of SQLite files.
    """
    logs = folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    with Supervisor() as processes, httpx2.Client(timeout=HUNG_AFTER) as http:
        redis_url = start_redis(processes, folder / "redis", log=logs / "redis.log")
        mailbox = _start_mailbox(processes, logs)
        settings = Settings(
            demo=True, data_dir=folder, redis_url=redis_url, smtp_port=mailbox["smtp_port"],
            rulebooks=Path(__file__).parent.parent / "config" / "rulebooks",
            database_url=SecretStr(database_url) if database_url else None,
        )  # fmt: skip
        DemoClock(settings.office_clock_path).set(begins)
        port = free_port()
        stage = Stage(
            settings, folder, f"http://127.0.0.1:{port}", f"http://127.0.0.1:{mailbox['http_port']}", redis_url,
            processes, http,
        )  # fmt: skip
        _start_husrom(stage, port, logs)
        stage.wait_until("the API to be ready", stage.is_ready)
        yield stage


def _start_mailbox(processes: Supervisor, logs: Path) -> dict[str, int]:
    log = logs / "mailbox.log"
    command = [sys.executable, "-m", "demo.mailbox", "--smtp-port", "0", "--http-port", "0"]
    server = processes.start("mailbox", command, log=log)
    wait_until("the mail server", lambda: server.exit_code is not None or log.read_bytes().endswith(b"\n"))
    if server.exit_code is not None:
        raise StageError(f"the mail server did not come up; see {log}")
    ports: dict[str, int] = json.loads(log.read_text(encoding="utf-8").splitlines()[0])
    return ports


def _start_husrom(stage: Stage, port: int, logs: Path) -> None:
    env = {**os.environ, **_environment(stage.settings)}
    husrom = [sys.executable, "-m", "services.cli"]
    migration = stage.processes.start("migrate", [*husrom, "migrate"], env=env, log=logs / "migrate.log")
    if status := migration.wait():
        raise StageError(f"migrate ended with {status}; see {logs / 'migrate.log'}")
    migration.stop()
    stage.processes.children.remove(migration)
    commands = {"api": ["api", "--port", str(port)], "feed": ["feed"], "worker": ["worker"], "beat": ["beat"]}
    for name, arguments in commands.items():
        stage.processes.start(name, [*husrom, *arguments], env=env, log=logs / f"{name}.log")


def _environment(settings: Settings) -> dict[str, str]:
    """The settings as the processes read them."""
    postgres = {"HUSROM_DATABASE_URL": settings.database_url.get_secret_value()} if settings.database_url else {}
    return {
        **postgres,
        "HUSROM_DEMO": "1",
        "HUSROM_DATA_DIR": str(settings.data_dir),
        "HUSROM_REDIS_URL": settings.redis_url,
        "HUSROM_SMTP_PORT": str(settings.smtp_port),
        "HUSROM_RULEBOOKS": str(settings.rulebooks),
        "HUSROM_LOG_LEVEL": "WARNING",
    }
