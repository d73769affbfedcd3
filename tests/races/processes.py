"""Two API processes, as they are started in production, on one PostgreSQL server."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import httpx2
from fastapi.testclient import TestClient
from pydantic import SecretStr

from demo.postgres_server import running_postgres
from demo.redis_server import free_port
from demo.supervisor import Supervisor
from services.installation import Installation
from services.settings import Settings
from tests.api.office import Office
from tests.races.pairs import Ground, prepared

PROCESSES = 2
ANSWERED_WITHIN = 60.0


@dataclass(frozen=True)
class Field:
    """The ground, and the same office by way of each process."""

    ground: Ground
    offices: tuple[Office, ...]


@contextmanager
def two_processes() -> Iterator[Field]:
    """Everything fresh, and gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="husrom-races-")))
        url = stack.enter_context(stack.enter_context(running_postgres(log=folder / "postgres.log")).database())
        settings = Settings(demo=True, data_dir=folder, database_url=SecretStr(url))
        installation = stack.enter_context(Installation(settings))
        installation.migrate()
        processes = stack.enter_context(Supervisor())
        addresses = [_started(processes, settings, url, number) for number in range(PROCESSES)]
        offices = [Office(settings, stack.enter_context(_client(each)), installation) for each in addresses]
        yield Field(prepared(offices[0]), tuple(offices))


def _started(processes: Supervisor, settings: Settings, url: str, number: int) -> str:
    port, log = free_port(), settings.data_dir / f"api-{number}.log"
    env = {
        **os.environ, "HUSROM_DEMO": "1", "HUSROM_DATA_DIR": str(settings.data_dir), "HUSROM_DATABASE_URL": url,
        "HUSROM_RULEBOOKS": str(settings.rulebooks), "HUSROM_LOG_LEVEL": "WARNING",
    }  # fmt: skip
    processes.start(
        f"api-{number}", [sys.executable, "-m", "services.cli", "api", "--port", str(port)], env=env, log=log
    )
    address = f"http://127.0.0.1:{port}"
    while not _answers(address):
        assert not processes.ended(), log.read_text(encoding="utf-8")
        time.sleep(0.05)
    return address


def _answers(address: str) -> bool:
    try:
        return httpx2.get(f"{address}/healthz").status_code == httpx2.codes.OK
    except httpx2.TransportError:
        return False


def _client(address: str) -> TestClient:
    """Over the network, what the tests' client is within one process: both are the same kind of client."""
    limits = httpx2.Limits(max_connections=100, max_keepalive_connections=100)
    return cast(TestClient, httpx2.Client(base_url=address, timeout=ANSWERED_WITHIN, limits=limits))
