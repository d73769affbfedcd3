"""Every operation × everybody who may not, with a valid request: refused by its rule, logged, and nothing stored (R18)."""

from collections.abc import Callable

import pytest
from httpx2 import Response

from domain.access.disclosure import Disclosure
from services.core.catalogue import operations
from services.core.duties import REVIEWER, Duty
from services.core.permits.keeping import Owns
from services.core.permits.reading import Audits, ReadsEach
from services.core.registry import Operation
from tests.api.office import Caller, Office
from tests.api.walk.actors import ACTORS
from tests.api.walk.may import may
from tests.api.walk.requests import Request, request
from tests.api.walk.special import special
from tests.api.walk.world import NAME, SECRET, World, world
from tests.feeds import feeds_running

REFUSED = (401, 403, 404)


def ask(caller: Caller, what: Request) -> Response:
    return caller.post(what.path, what.body) if what.method == "POST" else caller.look(what.path)


def wrong(at: World, caller: Caller, operation: Operation) -> str | None:
    """What is wrong with how the caller was answered; None when it is as it should be."""
    office = at.office.installation
    case_head, log_head = office.case_log.head(), office.disclosure_log.head()
    answer = ask(caller, request(operation, at.things, special(at)))
    if isinstance(operation.permit, ReadsEach) and answer.status_code == 200:
        told = [each for each in (NAME, SECRET, *at.cases) if each in answer.text]
        return f"the list tells of {told}" if told else None
    if answer.status_code not in REFUSED:
        return f"{answer.status_code} {answer.text[:200]}"
    if office.case_log.head() != case_head:
        return "refused, and stored something"
    if answer.status_code == 403 and not answer.json()["rule"]:
        return "refused without a rule"
    lines = [recorded.event for recorded in office.disclosure_log.after(log_head, 10)]
    if not any(isinstance(line, Disclosure.Refused | Disclosure.RefusedAtDoor) and line.rules for line in lines):
        return f"{answer.status_code}, and not in the log: {answer.json()['type']}"
    return None


@pytest.mark.parametrize("who", ACTORS)
def test_R18_whoever_may_not_is_refused_with_a_valid_request_and_it_is_logged(office: Office, who: str) -> None:
    at = world(office)
    caller = ACTORS[who](at)
    office.carry_forward()
    asked = [each for each in operations() if not may(who, each)]

    with feeds_running(office.installation):
        found = {each.id: said for each in asked if (said := wrong(at, caller, each)) is not None}

    assert not found, "\n".join(f"{id}: {said}" for id, said in found.items())


PART = {
    "unlink_login", "release_representative", "uninvite_guest", "release_member", "why_before_on_list",
    "await_care_place", "name_stand_in", "end_absence", "confirm_review",
}  # fmt: skip
"""Those that also name a part which the world does not hold, such as a guest of the item."""

RIGHT: dict[str, Callable[[World], Caller]] = {
    "lead": lambda at: at.lead, "reviewer": lambda at: at.reviewer, "leader": ACTORS["leader"]
}  # fmt: skip


def right(operation: Operation) -> str:
    """Who may do it."""
    duty: Duty | None = getattr(operation.permit, "duty", None) or getattr(operation.permit, "first", None)
    if duty is REVIEWER or isinstance(operation.permit, Audits | Owns):
        return "reviewer"
    name = duty.name if isinstance(duty, Duty) else ""
    return "leader" if "leader" in name and "saksbehandler" not in name else "lead"


@pytest.mark.parametrize("who", RIGHT)
def test_R18_the_same_requests_are_valid_for_who_may(office: Office, who: str) -> None:
    at = world(office)
    caller = RIGHT[who](at)
    office.carry_forward()
    asked = [each for each in operations() if right(each) == who]

    with feeds_running(office.installation):
        found = {each.id: ask(caller, request(each, at.things, special(at))) for each in asked}

    wrong = {
        id: answer.text for id, answer in found.items() if answer.status_code in (*REFUSED, 422) and id not in PART
    }
    assert not wrong, "\n".join(f"{id}: {said}" for id, said in wrong.items())
