"""Nobody leaves with open tasks unnoticed, and what is overdue reaches the unit's leader, without a word of the case (M15)."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.actors import Role
from domain.decisions.follow_up import FollowUp
from tests.api.decision_givens import A_TUESDAY, Applied, a_task, applied, concluded, inhabil_in, issued
from tests.api.givens import by, employee
from tests.api.office import Caller, Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

ROW = {"follow_up", "unit", "assignee", "due_on", "days_overdue", "assignee_left"}


def task_of(office: Office, assignee: Caller, about: Applied | None = None) -> str:
    """A task for `assignee`, in force, due in thirty days."""
    about = about or applied(office, "assistance")
    task = a_task(office, about, assignee=assignee)
    issued(office, about, concluded(office, about, tasks=(task,)), "assistance")
    return str(task.id)


def escalate(office: Office, task: str, leader: Caller) -> None:
    """As the worker does it a week after the due date."""
    follow_up = office.installation.case_log.load(FollowUp, UUID(task))
    at = office.installation.clock.now()
    follow_up.escalate(to=leader.actor.id, today=at.date(), by=by(office.saksbehandler), at=at)
    office.installation.case_log.append(follow_up)


def pass_days(office: Office, days: int) -> datetime:
    to = A_TUESDAY + timedelta(days=days)
    office.set_clock(to)
    return to


def escalated(caller: Caller) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = caller.get("/follow-ups/escalated").json()["items"]
    return rows


def to_hand_on(office: Office) -> list[tuple[str, str]]:
    rows = office.saksbehandler.get("/follow-ups?whose=all&assignee_left=true").json()["items"]
    return [(row["follow_up"], row["assignee_left"]) for row in rows]


def member_of_group(office: Office, **until: str) -> Caller:
    nav = employee(office, "nav")
    office.saksbehandler.do("/working-group/members", {"member": nav.id, "valid_from": "2027-01-01", **until})
    return nav


def test_M15_leaving_is_answered_with_the_open_tasks(office: Office) -> None:
    nav = employee(office, "nav")
    task = task_of(office, nav)
    office.carry_forward()
    assert office.saksbehandler.do(f"/employees/{nav.id}/leaving")["open_tasks"] == [task]


def test_M15_a_task_whose_assignee_has_left_is_on_both_lists_until_it_is_handed_on(office: Office) -> None:
    nav, other, leader = employee(office, "nav"), employee(office, "nav"), office.caller("nav", Role.LEADER)
    task = task_of(office, nav)
    assert (to_hand_on(office), escalated(leader)) == ([], [])
    office.saksbehandler.do(f"/employees/{nav.id}/leaving")
    assert to_hand_on(office) == [(task, "employment")]
    (row,) = escalated(leader)
    assert (row["follow_up"], row["assignee"], row["assignee_left"]) == (task, nav.id, "employment")
    leader.do(f"/follow-ups/{task}/assignee", {"assignee": other.id, "unit": "nav"})
    assert (to_hand_on(office), escalated(leader)) == ([], [])


def test_M15_a_task_that_waits_for_its_vedtak_is_left_behind_as_well(office: Office) -> None:
    nav, about = employee(office, "nav"), applied(office, "assistance")
    task = a_task(office, about, assignee=nav)
    concluded(office, about, tasks=(task,))
    office.carry_forward()
    assert office.saksbehandler.do(f"/employees/{nav.id}/leaving")["open_tasks"] == [str(task.id)]
    assert to_hand_on(office) == [(str(task.id), "employment")]


def test_M15_releasing_a_member_is_answered_with_the_open_tasks_and_lists_them_from_that_day(office: Office) -> None:
    nav, leader = member_of_group(office), office.caller("nav", Role.LEADER)
    task = task_of(office, nav)
    office.carry_forward()
    body = {"out_from": "2027-01-20"}
    assert office.saksbehandler.do(f"/working-group/members/{nav.id}/release", body)["open_tasks"] == [task]
    assert to_hand_on(office) == []
    pass_days(office, 8)
    assert to_hand_on(office) == [(task, "group")]
    assert [row["assignee_left"] for row in escalated(leader)] == ["group"]


def test_M15_a_membership_that_ends_by_its_date_leaves_no_task_behind_unnoticed(office: Office) -> None:
    task = task_of(office, member_of_group(office, valid_to="2027-01-19"))
    assert to_hand_on(office) == []
    pass_days(office, 8)
    assert to_hand_on(office) == [(task, "group")]


def test_M15_whoever_is_appointed_again_has_left_nothing_behind(office: Office) -> None:
    nav = member_of_group(office)
    task_of(office, nav)
    office.saksbehandler.do(f"/working-group/members/{nav.id}/release", {"out_from": "2027-01-12"})
    assert len(to_hand_on(office)) == 1
    office.saksbehandler.do("/working-group/members", {"member": nav.id, "valid_from": "2027-01-12"})
    assert to_hand_on(office) == []


def test_M15_a_task_given_to_somebody_who_had_left_the_group_is_theirs_on_purpose(office: Office) -> None:
    nav, other = member_of_group(office), employee(office, "nav")
    office.saksbehandler.do(f"/working-group/members/{nav.id}/release", {"out_from": "2027-01-12"})
    task = task_of(office, other)
    pass_days(office, 1)
    office.saksbehandler.do(f"/follow-ups/{task}/assignee", {"assignee": nav.id, "unit": "nav"})
    assert to_hand_on(office) == []


def test_M15_a_task_that_is_over_is_left_behind_by_nobody(office: Office) -> None:
    nav = employee(office, "nav")
    task = task_of(office, nav)
    nav.do(f"/follow-ups/{task}/completion", {})
    office.carry_forward()
    assert office.saksbehandler.do(f"/employees/{nav.id}/leaving")["open_tasks"] == []
    assert to_hand_on(office) == []


def test_M15_the_units_leader_sees_what_is_overdue_and_nothing_of_the_case(office: Office) -> None:
    nav, leader, about = employee(office, "nav"), office.caller("nav", Role.LEADER), applied(office, "assistance")
    task = task_of(office, nav, about)
    due_on = date(2027, 2, 11)
    pass_days(office, 37)
    escalate(office, task, leader)
    response = leader.get("/follow-ups/escalated")
    (row,) = response.json()["items"]
    assert row == {
        "follow_up": task, "unit": "nav", "assignee": nav.id, "due_on": str(due_on), "days_overdue": 7,
        "assignee_left": None,
    }  # fmt: skip
    assert not any(trace in response.text for trace in (about.case, about.person, "Prøve", "visning"))


def test_M15_a_task_that_is_moved_done_or_cancelled_leaves_the_leaders_list(office: Office) -> None:
    nav, leader = employee(office, "nav"), office.caller("nav", Role.LEADER)
    moved, done, cancelled = (task_of(office, nav) for _ in range(3))
    pass_days(office, 37)
    for task in (moved, done, cancelled):
        escalate(office, task, leader)
    assert {row["follow_up"] for row in escalated(leader)} == {moved, done, cancelled}
    office.saksbehandler.do(f"/follow-ups/{moved}/due-date", {"due_on": "2027-03-15"})
    nav.do(f"/follow-ups/{done}/completion", {})
    office.saksbehandler.do(f"/follow-ups/{cancelled}/cancellation", {"reason": "no_longer_needed"})
    assert escalated(leader) == []


def test_M15_another_units_leader_sees_only_what_was_escalated_to_her(office: Office) -> None:
    leader = office.caller("service_og_tildeling", Role.LEADER)
    first, second = (task_of(office, employee(office, "nav")) for _ in range(2))
    pass_days(office, 37)
    escalate(office, first, leader)
    escalate(office, second, office.caller("nav", Role.LEADER))
    assert [row["follow_up"] for row in escalated(leader)] == [first]


def test_M15_the_leaders_list_is_for_leaders(office: Office) -> None:
    for caller in (office.saksbehandler, office.caller("nav"), office.caller("personvern", Role.REVIEWER)):
        response = caller.get("/follow-ups/escalated")
        assert (response.status_code, response.json()["type"]) == (403, "/problems/leader_only")


def test_M20_no_other_leader_learns_of_a_task_in_a_case_about_care_housing(office: Office) -> None:
    nav, leader, about = employee(office, "nav"), office.caller("nav", Role.LEADER), applied(office, "care_housing")
    task = a_task(office, about, assignee=nav, track=None)
    at = office.installation.clock.now()
    follow_up = FollowUp.assign(
        task=task, case=UUID(about.case), person=UUID(about.person), item=UUID(about.case), conclusion=None,
        today=at.date(), by=by(office.saksbehandler), at=at,
    )  # fmt: skip
    office.installation.case_log.append(follow_up)
    office.saksbehandler.do(f"/employees/{nav.id}/leaving")
    assert escalated(leader) == []
    assert to_hand_on(office) == [(str(task.id), "employment")]


def test_LI1_an_inhabil_leader_with_no_other_relation_to_the_case_hears_of_no_task_in_it(office: Office) -> None:
    nav, leader, about = employee(office, "nav"), office.caller("nav", Role.LEADER), applied(office, "assistance")
    task_of(office, nav, about)
    other = task_of(office, nav)
    inhabil_in(office, about.case, leader)
    office.saksbehandler.do(f"/employees/{nav.id}/leaving")
    assert [row["follow_up"] for row in escalated(leader)] == [other]


def test_R08_the_leaders_list_comes_in_pages(office: Office) -> None:
    nav, leader = employee(office, "nav"), office.caller("nav", Role.LEADER)
    tasks = {task_of(office, nav) for _ in range(3)}
    office.saksbehandler.do(f"/employees/{nav.id}/leaving")
    first = leader.get("/follow-ups/escalated?limit=2").json()
    second = leader.get(f"/follow-ups/escalated?limit=2&cursor={first['next']}").json()
    assert {row["follow_up"] for row in (*first["items"], *second["items"])} == tasks
    assert (len(first["items"]), second["next"]) == (2, None)
    assert set(first["items"][0]) == ROW
