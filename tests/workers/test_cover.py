"""Who hears of it when somebody is away or has left: whoever can act (D4, M02, C04)."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from domain.actors import SERVICE_OG_TILDELING, By, Role
from domain.delivery import Delivery, DropReason
from domain.law.deadlines import oslo_date
from domain.people.absence import Absence
from domain.people.employee import Employee
from tests.workers.workplace import Workplace, text_of


def leave(at_work: Workplace, who: UUID) -> None:
    employee = at_work.office.case_log.load(Employee, who)
    colleague = By(uuid4(), SERVICE_OG_TILDELING, Role.SAKSBEHANDLER, uuid4(), uuid4())
    employee.leave(by=colleague, at=at_work.now)
    at_work.save(employee)


def test_M02_nothing_is_sent_to_somebody_who_has_left_and_who_is_in_charge_of_the_case_hears_of_the_task(
    at_work: Workplace,
) -> None:
    assignee = at_work.employ()
    at_work.task(assignee, date(2027, 2, 10))
    leave(at_work, assignee)
    at_work.on(date(2027, 2, 7))
    (told,) = at_work.mail_to(at_work.saksbehandler)
    assert "har sluttet" in text_of(told.mail)
    assert at_work.mail_to(assignee) == []


def test_M02_nothing_is_sent_when_everybody_who_could_act_has_left(at_work: Workplace) -> None:
    assignee = at_work.employ()
    at_work.task(assignee, date(2027, 2, 10))
    for who in (assignee, at_work.saksbehandler):
        leave(at_work, who)
    at_work.on(date(2027, 2, 7))
    (dropped,) = at_work.events(Delivery.Dropped)
    assert dropped.reason is DropReason.RECIPIENT_GONE
    assert at_work.mailbox.messages == []


def stays_away(at_work: Workplace, who: UUID, stand_in: UUID | None) -> None:
    """From today until the end of the year."""
    today = oslo_date(at_work.now)
    absence = Absence.record_days(
        id=uuid4(), absent=who, from_day=today, last_day=date(2027, 12, 31), stand_in=stand_in, today=today,
        by=at_work.by, at=at_work.now,
    )  # fmt: skip
    at_work.save(absence)


def test_D4_a_task_of_somebody_away_is_told_to_whoever_has_the_case(at_work: Workplace) -> None:
    assignee = at_work.employ(SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
    at_work.task(assignee, date(2027, 2, 10))
    stays_away(at_work, assignee, None)
    at_work.on(date(2027, 2, 7))
    assert [len(at_work.mail_to(who)) for who in (assignee, at_work.saksbehandler)] == [0, 1]


def test_D4_a_deadline_is_not_told_to_a_stand_in_who_is_away_herself(at_work: Workplace) -> None:
    leader = at_work.employ(SERVICE_OG_TILDELING, Role.LEADER)
    stand_in = at_work.employ(SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
    at_work.application()
    stays_away(at_work, at_work.saksbehandler, stand_in)
    stays_away(at_work, stand_in, None)
    at_work.on(date(2027, 1, 30))
    assert [len(at_work.mail_to(who)) for who in (stand_in, leader)] == [0, 1]


def test_D4_where_no_leader_is_registered_a_deadline_is_told_to_a_saksbehandler_who_is_at_work(
    at_work: Workplace,
) -> None:
    first = at_work.employ(SERVICE_OG_TILDELING, Role.SAKSBEHANDLER, id=UUID(int=9))
    here = at_work.employ(SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
    at_work.application()
    for who in (at_work.saksbehandler, first):
        stays_away(at_work, who, None)
    at_work.on(date(2027, 1, 30))
    assert [len(at_work.mail_to(who)) for who in (first, here)] == [0, 1]


@pytest.mark.parametrize("named", [True, False])
def test_D4_a_deadline_of_somebody_away_is_told_to_the_stand_in_or_else_to_the_leader(
    at_work: Workplace, named: bool
) -> None:
    leader = at_work.employ(SERVICE_OG_TILDELING, Role.LEADER)
    stand_in = at_work.employ(SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
    at_work.application()
    stays_away(at_work, at_work.saksbehandler, stand_in if named else None)
    at_work.on(date(2027, 1, 30))
    assert [len(at_work.mail_to(who)) for who in (stand_in, leader)] == [int(named), int(not named)]
    assert at_work.mail_to(at_work.saksbehandler) == []
