"""Two installations, on SQLite and on PostgreSQL, that are sent the same commands and must answer alike (D5)."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from domain.actors import Role
from services.api.app import create_app
from services.api.tokens import Verifier
from services.installation import Installation
from services.log.event_log import Recorded
from services.settings import Settings
from tests.api.office import Caller, Office
from tests.projections.test_feed import contents
from tests.servers.postgres import Postgres, running_postgres

PEOPLE = {
    "saksbehandler": ("service_og_tildeling", Role.SAKSBEHANDLER),
    "colleague": ("service_og_tildeling", Role.SAKSBEHANDLER),
    "leader": ("service_og_tildeling", Role.LEADER),
    "psykisk_helse": ("psykisk_helse", Role.EMPLOYEE),
    "nav": ("nav", Role.EMPLOYEE),
    "tekniske_tjenester": ("tekniske_tjenester", Role.EMPLOYEE),
    "botjenesten": ("botjenesten", Role.EMPLOYEE),
    "machine": ("nav", Role.MACHINE),
}
IDS = UUID("7c0b8c6e-51a4-4c4e-8d0d-0c8b4d0c1a55")
ACCEPTED = (200, 201)


@dataclass
class Tally:
    """What the machines did: steps, and refusals by rule and code."""

    steps: Counter[str] = field(default_factory=Counter)
    refusals: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __str__(self) -> str:
        lines = [f"{name}: {number:,}" for name, number in sorted(self.steps.items())]
        told = [f"  {rule or '-'} {code}: {number:,}" for (rule, code), number in sorted(self.refusals.items())]
        return "\n".join([*lines, f"refusals: {self.refusals.total():,}", *told])


@dataclass(frozen=True)
class Ground:
    """What every pair of installations is copied from: empty ones on each database, and one application."""

    folder: Path
    server: Postgres
    template: str
    client: TestClient


@contextmanager
def prepared_ground() -> Iterator[Ground]:
    """Migrate once, start a PostgreSQL server, put the application together."""
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="husrom-machines-")))
        server = stack.enter_context(running_postgres())
        template = stack.enter_context(server.database())
        for settings in (_settings(root / "sqlite"), _settings(root / "postgres", template)):
            with Installation(settings) as office:
                office.migrate()
        client = stack.enter_context(TestClient(create_app(_settings(root / "sqlite"))))
        yield Ground(root / "sqlite", server, template, client)


def _settings(folder: Path, database_url: str | None = None) -> Settings:
    return Settings(demo=True, data_dir=folder, database_url=SecretStr(database_url) if database_url else None)


@dataclass
class Twin:
    """One of the two: its installation and its people."""

    office: Office
    callers: dict[str, Caller]

    def post(self, who: str, path: str, body: Any) -> Any:
        """Send a command as that person."""
        app = self.office.client.app
        assert isinstance(app, FastAPI)
        app.state.office, app.state.verifier = self.office.installation, Verifier(self.office.settings)
        return self.callers[who].post(path, body)


class Twins:
    """The pair. Ids are those of the first; `other` knows what the second calls the same thing."""

    def __init__(self, ground: Ground, tally: Tally) -> None:
        self.tally = tally
        self.other: dict[str, str] = {}
        self._serial = count(1)
        self._closing = ExitStack()
        folder = Path(self._closing.enter_context(tempfile.TemporaryDirectory(prefix="husrom-twins-")))
        shutil.copytree(ground.folder, folder / "sqlite")
        url = self._closing.enter_context(ground.server.database(template=ground.template))
        self.pair = tuple(
            self._twin(settings, ground.client)
            for settings in (_settings(folder / "sqlite"), _settings(folder / "postgres", url))
        )

    def _twin(self, settings: Settings, client: TestClient) -> Twin:
        installation = self._closing.enter_context(Installation(settings))
        office = Office(settings, client, installation)
        callers = {name: office.caller(unit, role, uuid5(IDS, name)) for name, (unit, role) in PEOPLE.items()}
        office.saksbehandler = callers["saksbehandler"]
        return Twin(office, callers)

    def id_of(self, who: str) -> str:
        """That person's id, the same in both."""
        return str(uuid5(IDS, who))

    def set_clock(self, to: datetime) -> None:
        """Move both office clocks on."""
        for twin in self.pair:
            twin.office.set_clock(to)

    def do(self, path: str, body: Any = None, who: str = "saksbehandler") -> dict[str, Any]:
        """A command that must succeed."""
        answer = self.send(path, body, who)
        assert answer is not None, (path, body)
        return answer

    def send(self, path: str, body: Any = None, who: str = "saksbehandler") -> dict[str, Any] | None:
        """Send a command to both, and give the answer; None when it was refused, alike and without a trace."""
        heads = self.heads()
        first = self.pair[0].post(who, path, body)
        second = self.pair[1].post(who, self._translated(path), self._translated(body))
        assert first.status_code < 500, first.text
        assert first.status_code == second.status_code, (path, first.text, second.text)
        answer: dict[str, Any] = first.json()
        if first.status_code in ACCEPTED:
            self.tally.steps["commands accepted"] += 1
            self._learn(answer, second.json())
            assert _without_moments(self._translated(answer)) == _without_moments(second.json()), (
                answer,
                second.json(),
            )
            return answer
        assert answer["type"] == second.json()["type"], (path, answer, second.json())
        assert self.heads() == heads, f"refused, and yet stored: {path} {answer}"
        self.tally.refusals[answer.get("rule") or "", answer["type"].rpartition("/")[2]] += 1
        return None

    def heads(self) -> list[int]:
        """How long the case logs are."""
        return [twin.office.installation.case_log.head() for twin in self.pair]

    def events_after(self, position: int) -> Sequence[Recorded]:
        """What has been recorded since; the second log must have recorded the same kinds of events."""
        first, second = (twin.office.installation.case_log.after(position, 10_000) for twin in self.pair)
        kinds = [[type(each.event).TOPIC for each in log] for log in (first, second)]
        assert kinds[0] == kinds[1]
        return first

    def carry_forward(self) -> None:
        """Carry the views of both to the head of their logs."""
        for twin in self.pair:
            twin.office.carry_forward()

    def views_agree(self) -> None:
        """Rebuilt views equal live ones, on each database, and both databases hold as many rows."""
        self.carry_forward()
        sizes = []
        for twin in self.pair:
            installation = twin.office.installation
            live = contents(installation)
            for feed in installation.feeds:
                for view in feed.views:
                    feed.rebuild(view)
            twin.office.carry_forward()
            assert contents(installation) == live
            sizes.append({table: len(rows) for table, rows in live.items()})
        assert sizes[0] == sizes[1]

    def a_serial(self) -> int:
        """A new number, the same for both."""
        return next(self._serial)

    def close(self) -> None:
        """Give everything back."""
        self._closing.close()

    def _translated(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {self.other.get(name, name): self._translated(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self._translated(each) for each in value]
        if isinstance(value, str):
            return "/".join(self.other.get(part, part) for part in value.split("/"))
        return value

    def _learn(self, first: Any, second: Any) -> None:
        """Remember what the second calls each thing that the first names in the same place."""
        if isinstance(first, dict) and isinstance(second, dict):
            for name in first.keys() & second.keys():
                self._learn(first[name], second[name])
        elif isinstance(first, list) and isinstance(second, list):
            for one, other in zip(first, second, strict=False):
                self._learn(one, other)
        elif isinstance(first, str) and isinstance(second, str) and _is_id(first) and _is_id(second):
            self.other.setdefault(first, second)


def _without_moments(value: Any) -> Any:
    """What is compared: the two clocks tick apart, and a reference follows from an id."""
    if isinstance(value, dict):
        return {
            name: _without_moments(each) for name, each in value.items() if name not in ("reference", "received_at")
        }
    return [_without_moments(each) for each in value] if isinstance(value, list) else value


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
