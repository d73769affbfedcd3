"""Follow-ups over HTTP: the assignee reports, the saksbehandler moves and hands on."""

from uuid import UUID

import pytest

from domain.actors import Role
from domain.decisions.follow_up import FollowUp
from domain.decisions.follow_up_rules import FollowUpState
from tests.api.decision_givens import a_task, applied, concluded, issued, refused
from tests.api.givens import employee
from tests.api.office import Caller, Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")


def task_of(office: Office, assignee: Caller, *, in_force: bool = True) -> str:
    """A task for `assignee`, put in force by its vedtak unless it still waits for it."""
    about = applied(office, "assistance")
    task = a_task(office, about, assignee=assignee)
    conclusion = concluded(office, about, tasks=(task,))
    if in_force:
        issued(office, about, conclusion, "assistance")
    return str(task.id)


def stored(office: Office, id: str) -> FollowUp:
    return office.installation.case_log.load(FollowUp, UUID(id))


def test_M15_the_assignee_reports_and_completes_an_own_task(office: Office) -> None:
    nav = office.caller("nav")
    task = task_of(office, nav)
    nav.do(f"/follow-ups/{task}/progress", {"note": "Har vært på visning."})
    assert nav.do(f"/follow-ups/{task}/completion", {"note": "Ferdig."})["state"] == "completed"


def test_M15_the_assignees_access_ends_when_it_is_done(office: Office) -> None:
    nav = office.caller("nav")
    task = task_of(office, nav)
    nav.do(f"/follow-ups/{task}/completion", {})
    assert refused(nav.post(f"/follow-ups/{task}/progress", {"note": "Mer."})) == (404, "not_found")


def test_M15_a_task_waits_for_its_vedtak(office: Office) -> None:
    nav = office.caller("nav")
    task = task_of(office, nav, in_force=False)
    assert refused(nav.post(f"/follow-ups/{task}/completion", {})) == (404, "not_found")
    response = office.saksbehandler.post(f"/follow-ups/{task}/completion", {})
    assert refused(response) == (409, "wrong_state")


def test_M15_nobody_else_touches_somebodys_task(office: Office) -> None:
    task, stranger = task_of(office, office.caller("nav")), office.caller("nav")
    head = office.installation.case_log.head()
    response = stranger.post(f"/follow-ups/{task}/completion", {})
    assert refused(response) == (404, "not_found")
    assert office.installation.case_log.head() == head


def test_M15_the_saksbehandler_hands_a_task_on_and_the_former_assignee_is_out(office: Office) -> None:
    nav, other = office.caller("nav"), employee(office, "psykisk_helse")
    task = task_of(office, nav)
    body = {"assignee": other.id, "unit": "psykisk_helse"}
    office.saksbehandler.do(f"/follow-ups/{task}/assignee", body)
    assert refused(nav.post(f"/follow-ups/{task}/completion", {})) == (404, "not_found")
    other.do(f"/follow-ups/{task}/completion", {})


def test_M15_a_leader_hands_on_within_the_own_unit_only(office: Office) -> None:
    task = task_of(office, office.caller("nav"))
    leader, colleague = office.caller("nav", Role.LEADER), employee(office, "nav")
    leader.do(f"/follow-ups/{task}/assignee", {"assignee": colleague.id, "unit": "nav"})
    response = leader.post(f"/follow-ups/{task}/assignee", {"assignee": colleague.id, "unit": "psykisk_helse"})
    assert refused(response) == (403, "saksbehandler_only")
    stranger = office.caller("psykisk_helse", Role.LEADER)
    response = stranger.post(f"/follow-ups/{task}/assignee", {"assignee": colleague.id, "unit": "nav"})
    assert refused(response) == (404, "not_found")


def test_M15_the_due_date_moves_but_not_into_the_past(office: Office) -> None:
    task = task_of(office, office.caller("nav"))
    response = office.saksbehandler.post(f"/follow-ups/{task}/due-date", {"due_on": "2027-01-11"})
    assert refused(response) == (409, "task_overdue")
    office.saksbehandler.do(f"/follow-ups/{task}/due-date", {"due_on": "2027-03-01"})
    assert str(stored(office, task).due_on) == "2027-03-01"


def test_M15_the_assignee_does_not_move_the_due_date(office: Office) -> None:
    nav = office.caller("nav")
    task = task_of(office, nav)
    response = nav.post(f"/follow-ups/{task}/due-date", {"due_on": "2027-03-01"})
    assert refused(response) == (403, "not_allowed")


def test_M15_a_task_falls_away_with_a_reason(office: Office) -> None:
    task = task_of(office, office.caller("nav"))
    office.saksbehandler.do(f"/follow-ups/{task}/cancellation", {"reason": "no_longer_needed"})
    assert stored(office, task).state is FollowUpState.CANCELLED
