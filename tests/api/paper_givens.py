"""Papers as tests read them: what one says, and that it is too early for one."""

from typing import Any

from tests.api.givens import assert_refused
from tests.api.office import Office
from tests.services.papers import printed


def made(office: Office, case: str, kind: str, about: str, **more: Any) -> str:
    """What a paper of that kind says."""
    body = {"kind": kind, "about": about, **more}
    paper = office.saksbehandler.do(f"/cases/{case}/papers", body)["paper"]
    response = office.saksbehandler.get(f"/papers/{paper}")
    assert response.status_code == 200, response.text
    return printed.words(response.content)


def assert_says(text: str, *wanted: dict[str, str]) -> None:
    lacking = [rule for elements in wanted for rule, element in elements.items() if element not in text]
    assert lacking == [], text


def assert_too_early(office: Office, case: str, kind: str, about: str, code: str, status: int = 409) -> None:
    body = {"kind": kind, "about": about}
    assert_refused(office, office.saksbehandler, f"/cases/{case}/papers", body, status=status, code=code)
