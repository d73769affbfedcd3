"""How the play is told: scenes, lines and expectations, each shown as it happens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx2
from rich.console import Console

from demo.patience import wait_until
from demo.people import Employee
from demo.stage import Stage
from services import demo_tokens

CREATED = (httpx2.codes.OK, httpx2.codes.CREATED)


class ExpectationError(Exception):
    """The play expected something else of the system."""


@dataclass
class Theatre:
    """The stage, the audience's screen, and how many expectations have held."""

    stage: Stage
    screen: Console
    held: int = 0
    position: str | None = None
    tokens: dict[Employee, str] = field(default_factory=dict)

    def scene(self, number: int, title: str) -> None:
        """Open a scene."""
        self.screen.rule(f"[bold]{number}. {title}", align="left")

    def expect(self, holds: object, what: str) -> None:
        """Show `what` and count it, or stop the play."""
        if not holds:
            raise ExpectationError(what)
        self.held += 1
        self.screen.print(f"  [green]✓[/green] {what}")

    def as_(self, employee: Employee) -> "Role":
        """Speak as that employee."""
        if employee not in self.tokens:
            self.tokens[employee] = demo_tokens.issue(self.stage.settings, employee.id)
        return Role(self, employee, self.tokens[employee])


@dataclass(frozen=True)
class Role:
    """An employee as an HTTP client."""

    theatre: Theatre
    employee: Employee
    token: str

    def do(self, path: str, body: Mapping[str, Any] | None = None, **headers: str) -> dict[str, Any]:
        """Send a command that must succeed, and give its answer."""
        response = self._post(path, body, headers)
        if response.status_code not in CREATED:
            raise ExpectationError(f"POST {path} by {self.employee.unit}: {response.status_code} {response.text}")
        self.theatre.position = response.headers["Husrom-Position"]
        answer: dict[str, Any] = response.json()
        return answer

    def is_refused(self, path: str, body: Mapping[str, Any] | None, code: str, what: str) -> None:
        """Send a command that must be refused for the reason `code`, and show the reason given."""
        problem = self._post(path, body, {}).json()
        refused = problem.get("type") == f"/problems/{code}"
        self.theatre.expect(refused, f"{what}: «{problem.get('detail', problem)}» ({problem.get('rule')})")

    def get(self, path: str, **query: str) -> Any:
        """Read, at least as fresh as the play's last command."""
        response = self._get(path, query)
        if response.status_code != httpx2.codes.OK:
            raise ExpectationError(f"GET {path} by {self.employee.unit}: {response.status_code} {response.text}")
        return response.json()

    def file(self, path: str) -> bytes:
        """Read a file, as it is."""
        response = self._get(path, {})
        if response.status_code != httpx2.codes.OK:
            raise ExpectationError(f"GET {path} by {self.employee.unit}: {response.status_code} {response.text}")
        return response.content

    def may_not_read(self, path: str, status: int, what: str) -> None:
        """A read that must be refused with that status."""
        self.theatre.expect(self._get(path, {}).status_code == status, f"{what}: {status}")

    def _get(self, path: str, query: Mapping[str, str]) -> httpx2.Response:
        fresh = {"Husrom-At-Least": self.theatre.position} if self.theatre.position else {}
        headers = {"Authorization": f"Bearer {self.token}", **fresh}
        stage = self.theatre.stage
        url = f"{stage.api}/api/v1{path}"
        return _answered(lambda: stage.http.get(url, params=dict(query), headers=headers))

    def _post(self, path: str, body: Mapping[str, Any] | None, headers: Mapping[str, str]) -> httpx2.Response:
        sent = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": str(uuid4()), **headers}
        stage = self.theatre.stage
        return _answered(lambda: stage.http.post(f"{stage.api}/api/v1{path}", json=body, headers=sent))


def _answered(ask: Callable[[], httpx2.Response]) -> httpx2.Response:
    """The answer, asked for again while it is “wait some seconds and ask again” (503); a command has its key."""
    return wait_until("an answer", ask, lambda answer: answer.status_code != httpx2.codes.SERVICE_UNAVAILABLE)
