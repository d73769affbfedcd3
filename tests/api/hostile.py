"""An installation that is sent whatever a generator thinks of, and what must hold after each answer (R12)."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from schemathesis import Case
from schemathesis.core.transport import Response
from schemathesis.python.asgi import get_client
from starlette.types import Receive, Scope, Send

from domain.actors import Role
from tests.api.office import Caller, Office, assert_plain_words

Sent = Case[Any]
"""One generated request."""

PROBLEM = "application/problem+json"
NOT_FOR_YOU = (403, 404)


@dataclass(frozen=True)
class Heads:
    """How long both logs are."""

    case_log: int
    disclosure_log: int


@dataclass
class World:
    """One installation, the people who call it, and the ids that its answers have named so far."""

    office: Office
    app: FastAPI
    random: random.Random
    known: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    callers: list[Caller] = field(init=False)
    http_only: Any = field(init=False)

    def __post_init__(self) -> None:
        """The saksbehandler most of the time; others so that the gate refuses as well. And something to work on."""
        others = (
            ("nav", Role.EMPLOYEE),
            ("service_og_tildeling", Role.REVIEWER),
            ("service_og_tildeling", Role.LEADER),
        )
        self.http_only = self._http_only
        self.callers = [self.office.saksbehandler] * 6 + [self.office.caller(unit, role) for unit, role in others]
        for kinds in (["dwelling"], ["assistance"], ["care_housing"]):
            self._remember(self.office.saksbehandler.do("/applications", self.office.application(kinds=kinds)))

    @property
    def heads(self) -> Heads:
        return Heads(self.office.installation.case_log.head(), self.office.installation.disclosure_log.head())

    def has_case(self, case: Sent) -> bool:
        """Whether the case in the address is there."""
        return case.path_parameters.get("case") in self.known["case"]

    def call(self, case: Sent) -> Response:
        """Send what was generated as one of the callers, most of it about things that are there."""
        self._aim(case)
        headers = {"Authorization": f"Bearer {self.random.choice(self.callers).token}"}
        # Nearly always a key: without one, every command would end at the same refusal.
        if self.random.random() < 0.95:
            headers["Idempotency-Key"] = str(uuid4())
        with get_client(self.http_only) as client:
            response = case.call(session=client, headers=headers)
        if response.status_code in (200, 201) and response.headers["content-type"] == ["application/json"]:
            self._remember(response.json())
        return response

    async def _http_only(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The application without its lifespan: the office is open already."""
        if scope["type"] == "http":
            await self.app(scope, receive, send)

    def _aim(self, case: Sent) -> None:
        """Put the ids of things that are there where ids go, four times in five."""
        for values in (case.path_parameters, case.body):
            if isinstance(values, dict):
                for name in (name for name in values if name in self.known):
                    if isinstance(values[name], str) and self.random.random() < 0.8:
                        values[name] = self.random.choice(self.known[name])

    def _remember(self, answer: object) -> None:
        for name, id in _ids_in(answer):
            self.known[name].append(id)


def _ids_in(answer: object) -> Iterator[tuple[str, str]]:
    """Every UUID in an answer, with the name it stands under."""
    if isinstance(answer, list):
        for part in answer:
            yield from _ids_in(part)
    if isinstance(answer, dict):
        for name, value in answer.items():
            if isinstance(value, str) and _is_uuid(value):
                yield name, value
            yield from _ids_in(value)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def check_refusal(world: World, case: Sent, response: Response, before: Heads) -> None:
    """A refusal is a problem that says what and what next, and leaves no event; refused access leaves one line."""
    after = world.heads
    assert response.headers["content-type"] == [PROBLEM], response.text
    # A HEAD request is answered without its content.
    problem = response.json() if response.content else {"title": "-", "detail": "-", "next_step": "-"}
    assert all(problem[word].strip() for word in ("title", "detail", "next_step")), problem
    assert_plain_words(problem)
    assert problem.get("status", response.status_code) == response.status_code
    assert after.case_log == before.case_log, "a refused command left an event"
    lines = after.disclosure_log - before.disclosure_log
    assert lines <= (1 if response.status_code in NOT_FOR_YOU else 0), f"{lines} lines in the disclosure log"
    if problem.get("type") == "/problems/not_found" and "case" in case.path_parameters and not world.has_case(case):
        assert lines == 1, "a refused access left no line"
