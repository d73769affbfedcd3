"""A small language for tests over HTTP: people who call, and the things they register."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import count
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from fastapi.testclient import TestClient
from httpx2 import Response

from domain.actors import SERVICE_OG_TILDELING, Actor, Role, Unit
from domain.people.identity_number import synthetic_number
from services import demo_tokens
from services.clock import DemoClock
from services.installation import Installation
from services.settings import Settings
from tests.directory import enter

SAKSBEHANDLER = Actor(uuid5(NAMESPACE_URL, "husrom:tests:saksbehandler"), SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
_serial = count(1)
CODE = re.compile(r"(?<!«)\b[a-zæøå0-9]+_[a-zæøå0-9_]+")
"""A word that only machines use; a field of the request stands in «»."""


def synthetic_identity_number() -> str:
    """A new synthetic identity number, none of those that an office gives out."""
    return synthetic_number(date(1981, 5, 5), next(_serial) % 800)


def assert_plain_words(problem: dict[str, Any]) -> None:
    """A problem says no code to a person: not of those it is about, and no other (C06)."""
    told = " ".join((problem["title"], problem["detail"], problem["next_step"]))
    assert not CODE.search(told), told
    words = set(re.findall(r"[\w.]+", problem["detail"]))
    assert not words & set(problem.get("codes", [])), problem


@dataclass
class Caller:
    """Somebody with a token, made when it is first shown."""

    actor: Actor
    office: "Office"
    scopes: frozenset[str] = frozenset()
    subject: str | None = None
    """What the token calls them, if not by their id."""

    @cached_property
    def token(self) -> str:
        return demo_tokens.issue(self.office.settings, self.subject or self.actor.id, scopes=self.scopes)

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
        return self.look(path, **headers)

    def look(self, path: str, **headers: str) -> Response:
        """Read, with the views as they are."""
        response = self.office.client.get(
            f"/api/v1{path}", headers={"Authorization": f"Bearer {self.token}", **headers}
        )
        if response.is_client_error:
            assert_plain_words(response.json())
        return response


class Whereabouts(NamedTuple):
    """What an office is reached by."""

    settings: Settings
    client: TestClient
    installation: Installation


class Office:
    """One installation under test."""

    numbers = 0
    """How many identity numbers it has given out."""

    def __init__(self, settings: Settings, client: TestClient, installation: Installation) -> None:
        self._here = Whereabouts(settings, client, installation)

    @property
    def here(self) -> Whereabouts:
        return self._here

    @property
    def settings(self) -> Settings:
        return self.here.settings

    @property
    def client(self) -> TestClient:
        return self.here.client

    @property
    def installation(self) -> Installation:
        return self.here.installation

    @property
    def now(self) -> datetime:
        """What the office clock shows (UTC)."""
        return self.installation.clock.now()

    @cached_property
    def saksbehandler(self) -> Caller:
        """Who does what nobody else is named for; the same person in every office."""
        self.employ(SAKSBEHANDLER)
        return Caller(SAKSBEHANDLER, self)

    def caller(
        self, unit: str, role: Role = Role.EMPLOYEE, id: UUID | None = None, scopes: frozenset[str] = frozenset()
    ) -> Caller:
        """A new person with a token and a seat in the directory, or a machine with scopes."""
        actor = Actor(id or uuid4(), Unit(unit), role)
        self.employ(actor)
        return Caller(actor, self, scopes)

    def employ(self, who: Actor) -> None:
        """See that somebody is in the directory."""
        enter(self.installation, who)

    def set_clock(self, to: datetime) -> None:
        """Move the office clock on."""
        DemoClock(self.settings.office_clock_path).set(to)

    def carry_forward(self) -> None:
        """Carry the views to the head of both logs."""
        for feed in self.installation.feeds:
            for _ in feed.catch_up():
                pass

    def identity_number(self) -> str:
        """A synthetic identity number that is new in this office."""
        self.numbers += 1
        return synthetic_number(date(1980, 5, 5), self.numbers)

    def application(self, **changes: Any) -> dict[str, Any]:
        """A body for an application for a dwelling by a synthetic person."""
        body: dict[str, Any] = {
            "applicant": {
                "name": "Prøve Eksempelsen",
                "identity_number": self.identity_number(),
                "address": "Testveien 1, 0000 Eksempel",
                "email": "prove@eksempel.invalid",
            },
            "kinds": ["dwelling"],
            "received_on": str(self.now.date()),
            "household": {"adults": 1},
            "present_housing": "none",
            "reason": "Har mistet stedet å bo.",
        }
        return {**body, **changes}

    def disclosures(self, name: str) -> list[Any]:
        """Every disclosure of that kind so far, oldest first."""
        events = self.installation.disclosure_log.after(0, 10_000)
        return [recorded.event for recorded in events if type(recorded.event).__name__ == name]
