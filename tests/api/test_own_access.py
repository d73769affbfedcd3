"""Over HTTP: whoever would give herself access is refused, and the ground of whoever may is in the log (D4)."""

from typing import Any

import pytest
from httpx2 import Response

from domain.actors import SERVICE_OG_TILDELING, Role
from tests.api import givens
from tests.api.decision_givens import a_task, applied, concluded, issued, refused
from tests.api.givens import employee
from tests.api.office import Caller, Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")


def taken(office: Office) -> list[tuple[Any, ...]]:
    """What anybody has given herself, with the ground."""
    lines = office.disclosures("AccessTaken")
    return [(str(line.by.actor), str(line.scope), line.fact, *line.rules) for line in lines]


def assert_refused_for_oneself(office: Office, response: Response, fact: str) -> None:
    assert refused(response) == (403, "access_for_oneself")
    line = office.disclosures("Refused")[-1]
    assert (line.action, line.rules) == (fact, ("nobody_gives_herself_access",))


def escalated_task(office: Office) -> str:
    """A task at Nav that is in force."""
    about = applied(office, "assistance")
    task = a_task(office, about, assignee=employee(office, "nav"))
    issued(office, about, concluded(office, about, tasks=(task,)), "assistance")
    return str(task.id)


def colleague_of(office: Office) -> Caller:
    return employee(office, SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)


def case_of_nobody(office: Office) -> str:
    """A case that a member submitted: nobody is responsible for it yet."""
    person = {"name": "Prøve Eksempelsen"}
    return str(office.caller("nav").do("/submissions", {"person": person, "why": "Mister boligen."})["case"])


def test_D4_a_leader_does_not_take_a_task_of_the_unit_to_read_it(office: Office) -> None:
    task, leader = escalated_task(office), employee(office, "nav", Role.LEADER)
    head = office.installation.case_log.head()
    response = leader.post(f"/follow-ups/{task}/assignee", {"assignee": leader.id, "unit": "nav"})
    assert_refused_for_oneself(office, response, "task")
    assert office.installation.case_log.head() == head


def test_M15_the_saksbehandler_does_not_hand_a_task_to_herself(office: Office) -> None:
    task = escalated_task(office)
    givens.register(office, office.saksbehandler)
    body = {"assignee": office.saksbehandler.id, "unit": SERVICE_OG_TILDELING}
    assert_refused_for_oneself(office, office.saksbehandler.post(f"/follow-ups/{task}/assignee", body), "task")


def test_D4_a_case_without_saksbehandler_is_taken_and_the_ground_is_logged(office: Office) -> None:
    case, colleague = case_of_nobody(office), colleague_of(office)
    colleague.do(f"/cases/{case}/responsibility", {"responsible": colleague.id})
    assert taken(office) == [(colleague.id, case, "responsible", "case_without_saksbehandler")]


def test_D4_a_case_taken_over_for_a_coded_reason_is_logged_with_that_ground(office: Office) -> None:
    case, colleague = applied(office).case, colleague_of(office)
    response = colleague.post(f"/cases/{case}/responsibility", {"responsible": colleague.id})
    assert refused(response) == (403, "takeover_reason_missing")
    colleague.do(f"/cases/{case}/responsibility", {"responsible": colleague.id, "reason": "urgent"})
    assert taken(office) == [(colleague.id, case, "responsible", "taken_over_on_coded_reason")]


def test_D4_a_case_that_one_opens_needs_no_line_of_its_own(office: Office) -> None:
    applied(office)
    assert taken(office) == []


def test_D4_the_ground_is_logged_once_however_often_the_command_is_sent(office: Office) -> None:
    case, colleague = case_of_nobody(office), colleague_of(office)
    for _ in range(2):
        colleague.post(f"/cases/{case}/responsibility", {"responsible": colleague.id}, key="the-same")
    assert len(taken(office)) == 1


def test_M02_who_keeps_the_group_does_not_appoint_herself_for_another_unit(office: Office) -> None:
    keeper = colleague_of(office)
    office.saksbehandler.do(f"/employees/{keeper.id}/seats", {"unit": "nav", "role": "employee"})
    as_keeper = {"Husrom_Seat": office.saksbehandler.get(f"/employees/{keeper.id}").json()["seats"][0]["seat"]}
    body = {"member": keeper.id, "unit": "nav", "valid_from": "2027-01-12"}
    assert_refused_for_oneself(office, keeper.post("/working-group/members", body, **as_keeper), "member")


def test_C05_a_review_is_logged_with_its_ground(office: Office) -> None:
    case, reviewer = applied(office).case, office.caller("personvernombud", Role.REVIEWER)
    reviewer.do("/reviews", {"case": case, "ground": "sample"})
    assert taken(office) == [(reviewer.id, case, "review", "C05_reviewer_sees_access_log")]


def test_C05_a_reviewer_sees_in_the_access_log_who_took_what(office: Office) -> None:
    case, colleague = case_of_nobody(office), colleague_of(office)
    colleague.do(f"/cases/{case}/responsibility", {"responsible": colleague.id})
    reviewer = office.caller("personvernombud", Role.REVIEWER)
    rows = reviewer.get(f"/access-log?case={case}").json()["items"]
    lines = [(row["what"], row["actor"], row["purpose"]) for row in rows]
    assert ("access_taken", colleague.id, "responsible") in lines
