"""A small language for tests over HTTP: people who call, and the things they register."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from fastapi.testclient import TestClient
from httpx2 import Response, codes

from domain.actors import SERVICE_OG_TILDELING, Actor, Role, Unit
from domain.people.identity_number import synthetic_number
from services import demo_tokens
from services.clock import DemoClock
from services.installation import Installation
from services.settings import Settings
from tests.directory import enter

_serial = count(1)
CODE = re.compile(r"(?<!«)\b[a-zæøå0-9]+_[a-zæøå0-9_]+")
"""A word that only machines use; a field of the request stands in «»."""


def synthetic_identity_number() -> str:
    """A new synthetic identity number."""
    return synthetic_number(date(1980, 5, 5), next(_serial) % 800)


def assert_plain_words(problem: dict[str, Any]) -> None:
    """A problem says no code to a person: not of those it is about, and no other (C06)."""
    told = " ".join((problem["title"], problem["detail"], problem["next_step"]))
    assert not CODE.search(told), told
    words = set(re.findall(r"[\w.]+", problem["detail"]))
    assert not words & set(problem.get("codes", [])), problem


@contextmanager
def feeds_running(installation: Installation) -> Iterator[None]:
    """The feeds run, as they do beside the API."""
    stop = threading.Event()
    runs = [
        threading.Thread(target=feed.run, args=(lambda _: time.sleep(0.005), stop.is_set))
        for feed in installation.feeds
    ]
    for run in runs:
        run.start()
    try:
        yield
    finally:
        stop.set()
        for run in runs:
            run.join()


def once_views_are_fresh(ask: Callable[[], Response]) -> Response:
    """The answer of `ask`, asked again for as long as it is that the views lag: feeds that run get there (D10)."""
    while (response := ask()).status_code == codes.SERVICE_UNAVAILABLE:
        time.sleep(0.01)
    return response


@dataclass
class Caller:
    """Somebody with a token."""

    actor: Actor
    token: str
    office: "Office"

    @property
    def id(self) -> str:
        return str(self.actor.id)

    def post(self, path: str, body: Any = None, *, key: str | None = None, **headers: str) -> Response:
        """Send a command; underscores in header names become hyphens."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        response = self.office.client.post(
            f"/api/v1{path}",
            json=body,
            headers={"Authorization": f"Bearer {self.token}", "Idempotency-Key": key or str(uuid4()), **sent},
        )
        if response.is_client_error:
            assert_plain_words(response.json())
        return response

    def do(self, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        """Send a command that must succeed, and give its answer."""
        response = self.post(path, body, **headers)
        assert response.status_code in (200, 201), response.text
        answer: dict[str, Any] = response.json()
        return answer

    def get(self, path: str, **headers: str) -> Response:
        """Read, after the views have been carried to the head of both logs."""
        self.office.carry_forward()
        response = self.office.client.get(
            f"/api/v1{path}", headers={"Authorization": f"Bearer {self.token}", **headers}
        )
        if response.is_client_error:
            assert_plain_words(response.json())
        return response


@dataclass
class Office:
    """One installation under test."""

    settings: Settings
    client: TestClient
    installation: Installation
    saksbehandler: Caller = field(init=False)

    def __post_init__(self) -> None:
        self.saksbehandler = self.caller(SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)

    def caller(
        self, unit: str, role: Role = Role.EMPLOYEE, id: UUID | None = None, scopes: frozenset[str] = frozenset()
    ) -> Caller:
        """A new person with a token and a seat in the directory, or a machine with scopes."""
        actor = Actor(id or uuid4(), Unit(unit), role)
        enter(self.installation, actor)
        return Caller(actor, demo_tokens.issue(self.settings, actor.id, scopes=scopes), self)

    def set_clock(self, to: datetime) -> None:
        """Move the office clock on."""
        DemoClock(self.settings.office_clock_path).set(to)

    def carry_forward(self) -> None:
        """Carry the views to the head of both logs."""
        for feed in self.installation.feeds:
            for _ in feed.catch_up():
                pass

    def application(self, **changes: Any) -> dict[str, Any]:
        """A body for an application for a dwelling by a synthetic person."""
        body: dict[str, Any] = {
            "applicant": {
                "name": "Prøve Eksempelsen",
                "identity_number": synthetic_identity_number(),
                "address": "Testveien 1, 0000 Eksempel",
                "email": "prove@eksempel.invalid",
            },
            "kinds": ["dwelling"],
            "received_on": str(self.installation.clock.now().date()),
            "household": {"adults": 1},
            "present_housing": "none",
            "reason": "Har mistet stedet å bo.",
        }
        return {**body, **changes}

    def disclosures(self, name: str) -> list[Any]:
        """Every disclosure of that kind so far, oldest first."""
        events = self.installation.disclosure_log.after(0, 10_000)
        return [recorded.event for recorded in events if type(recorded.event).__name__ == name]
