"""Where measurements take place: an installation with its processes on one database, and the raw database beside it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
from pydantic import SecretStr

from bench.raw import Raw
from demo.patience import HUNG_AFTER, wait_until
from demo.redis_server import free_port
from demo.supervisor import Child, Supervisor
from domain.actors import SERVICE_OG_TILDELING, Actor, Role
from domain.people.identity_number import synthetic_number
from services import demo_tokens
from services.context import Context
from services.installation import Installation
from services.operating import as_operator
from services.settings import Settings

BIRTHDAYS = 20_000
API = ("services.cli", "api")
FEED = ("services.cli", "feed")
ROOT = Path(__file__).parent.parent
SAKSBEHANDLER = Actor(uuid4(), SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)


@dataclass(frozen=True)
class Ground:
    """An installation on one database, and the same tables beside it for the raw database."""

    database: str
    office: Installation
    raw: Raw
    serial: Iterator[int] = field(default_factory=count)

    def context(self) -> Context:
        """A request by the saksbehandler, now."""
        return Context(SAKSBEHANDLER, uuid4(), uuid4(), self.office.clock.now())

    def application(self) -> dict[str, Any]:
        """The body of an application by a new synthetic person."""
        individual, day = divmod(next(self.serial), BIRTHDAYS)  # a day's first number is found soonest
        return {
            "applicant": {
                "name": "Prøve Eksempelsen",
                "identity_number": synthetic_number(date(1960, 1, 1) + timedelta(days=day), individual),
                "address": "Testveien 1, 0000 Eksempel",
                "email": "prove@eksempel.invalid",
            },
            "kinds": ["dwelling"],
            "received_on": str(self.context().today),
            "household": {"adults": 1},
            "present_housing": "none",
            "reason": "Har mistet stedet å bo og sover hos venner.",
            "economy": "Har fast inntekt og noe gjeld.",
        }


@contextmanager
def ground(database: str, folder: Path, url: str | None = None) -> Iterator[Ground]:
    """A fresh installation in `folder`, on PostgreSQL when `url` names a database there."""
    address = SecretStr(url) if url else None
    own = Settings(demo=True, data_dir=folder / "husrom", database_url=address, schema_prefix=f"h_{folder.name}")
    other = Settings(demo=True, data_dir=folder / "raw", database_url=address, schema_prefix=f"r_{folder.name}")
    with Installation(own) as office:
        office.migrate()
        as_operator(office, "register_employee", {}, _saksbehandler())
        yield Ground(database, office, Raw.beside(office, other))


def _saksbehandler() -> dict[str, object]:
    return {
        "employee": SAKSBEHANDLER.id, "unit": SAKSBEHANDLER.unit, "role": SAKSBEHANDLER.role,
        "name": "Prøve Saksbehandler", "email": "saksbehandler@eksempel.invalid",
    }  # fmt: skip


class ServerEndedError(Exception):
    """A server that was to be measured did not come up."""


@contextmanager
def running(where: Ground, folder: Path, *module: str) -> Iterator[Child]:
    """A module with its arguments, in a process of its own with the installation's settings."""
    command, log = [sys.executable, "-m", *module], folder / f"{'_'.join(module[:2])}.log"
    with Supervisor() as processes:
        yield processes.start(module[0], command, env=_environment(where.office.settings), cwd=ROOT, log=log)


@contextmanager
def serving(where: Ground, folder: Path, *module: str) -> Iterator[str]:
    """As `running`, for what takes a port. Gives its address (host:port) once it answers.

    Raises `ServerEndedError` for one that ends instead.
    """
    address = f"127.0.0.1:{free_port()}"
    with running(where, folder, *module, "--port", address.rpartition(":")[2]) as server:
        wait_until(f"an answer from {address}", lambda: server.exit_code is not None or _answers(f"http://{address}"))
        if server.exit_code is not None:
            raise ServerEndedError(f"{' '.join(module)} ended with {server.exit_code}; its log is in {folder}")
        yield address


def headers(where: Ground) -> dict[str, str]:
    """Of one command by the saksbehandler."""
    return {"Authorization": f"Bearer {demo_tokens.issue(where.office.settings, SAKSBEHANDLER.id)}"}


def _environment(settings: Settings) -> dict[str, str]:
    url = settings.database_url
    return {
        **os.environ,
        "HUSROM_DEMO": "1",
        "HUSROM_DATA_DIR": str(settings.data_dir),
        "HUSROM_SCHEMA_PREFIX": settings.schema_prefix,
        "HUSROM_LOG_LEVEL": "WARNING",
        **({"HUSROM_DATABASE_URL": url.get_secret_value()} if url else {}),
    }


def _answers(address: str) -> bool:
    try:
        httpx2.get(address, timeout=HUNG_AFTER)
    except httpx2.TransportError:
        return False
    return True
