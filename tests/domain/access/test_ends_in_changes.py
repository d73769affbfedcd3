"""What the facts say of when access ends: the case over, an absence, an emergency, the day of a meeting (D4, LC1, M03)."""

from datetime import date

import pytest

from domain.access.changes import fact_changes
from domain.access.emergency import EmergencyAccess
from domain.access.facts import EMPLOYEES, FactName, FactSweep, FactValue
from domain.base import Event
from domain.cases.case import Case
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import AppealOutcome
from domain.decisions.reasons_demand import ReasonsDemand
from domain.decisions.vedtak import Vedtak
from domain.group.meeting import Meeting
from domain.housing.tenancy import Tenancy
from domain.people.absence import Absence
from tests.domain.access.test_changes import ANNE, APPEAL, KARI, MEETING, TASK, TENANCY, VEDTAK, closed, key, opened
from tests.domain.support import CASE, an_id
from tests.examples import example


def test_LC1_a_closed_case_that_is_taken_up_again_is_so_until_a_day() -> None:
    until = date(2027, 2, 11)
    event = example(Case.ResponsibilityAssigned, originator_id=CASE, responsible=ANNE, replaces=None, until=until)

    assert fact_changes(event) == (opened(key(FactName.RESPONSIBLE, ANNE), FactValue(valid_to=until)),)


@pytest.mark.parametrize("event_class", [Tenancy.LeaseSigned, Tenancy.LeaseTakenOver, Tenancy.LeaseExtended])
def test_LC1_a_lease_runs_in_the_case_that_it_began_or_goes_on_in(event_class: type[Event]) -> None:
    event = example(event_class, originator_id=TENANCY, case=CASE)

    assert fact_changes(event) == (opened(key(FactName.LEASE, about=TENANCY)),)
    assert fact_changes(example(Tenancy.Ended, originator_id=TENANCY)) == (FactSweep(FactName.LEASE, about=TENANCY),)


def test_LC1_the_time_to_appeal_runs_from_the_vedtak_and_is_broken_off_while_reasons_are_asked_for() -> None:
    about, day = key(FactName.APPEALABLE, about=VEDTAK), date(2027, 2, 1)
    given = example(ReasonsDemand.Given, case=CASE, vedtak=VEDTAK, appeal_deadline=day)

    assert fact_changes(example(Vedtak.Issued, originator_id=VEDTAK, case=CASE)) == (opened(about),)
    notified = example(Vedtak.Notified, originator_id=VEDTAK, case=CASE, appeal_deadline=day)
    assert fact_changes(notified) == (opened(about, FactValue(valid_to=day)),)
    assert fact_changes(example(ReasonsDemand.Demanded, case=CASE, vedtak=VEDTAK)) == (opened(about),)
    assert fact_changes(given) == (opened(about, FactValue(valid_to=day)),)


def test_LC1_an_appeal_runs_until_nobody_has_anything_left_to_do_about_it() -> None:
    about, ids = key(FactName.APPEAL, about=APPEAL), {"originator_id": APPEAL, "case": CASE}
    dismissed = example(Appeal.Dismissed, **ids)
    upheld = example(Appeal.Decided, outcome=AppealOutcome.UPHELD, **ids)
    changed = example(Appeal.Decided, outcome=AppealOutcome.CHANGED_IN_FAVOUR, **ids)

    assert fact_changes(example(Appeal.Received, **ids)) == (opened(about),)
    assert fact_changes(dismissed) == (opened(about, FactValue(valid_to=dismissed.deadline)),)
    assert fact_changes(upheld) == (opened(about, FactValue(valid_to=upheld.dismissal_deadline)),)
    assert fact_changes(changed) == ()
    for over in (Appeal.ReversedByMunicipality, Appeal.CarriedOut, Appeal.Withdrawn):
        assert fact_changes(example(over, **ids)) == (closed(about),)


def test_D4_whoever_stands_in_does_so_on_the_days_of_the_absence() -> None:
    days = {"from_day": date(2027, 1, 12), "last_day": date(2027, 1, 20)}
    value = FactValue(valid_from=days["from_day"], valid_to=days["last_day"], person=ANNE)
    away, kari = (key(name, who, TASK, EMPLOYEES) for name, who in ((FactName.ABSENT, ANNE), (FactName.STAND_IN, KARI)))
    nora = key(FactName.STAND_IN, an_id("nora"), TASK, EMPLOYEES)
    ids = {"originator_id": TASK, "absent": ANNE}

    assert fact_changes(example(Absence.Recorded, stand_in=None, **ids, **days)) == (opened(away, value),)
    recorded = example(Absence.Recorded, stand_in=KARI, **ids, **days)
    assert fact_changes(recorded) == (opened(away, value), opened(kari, value))
    named = example(Absence.StandInNamed, stand_in=nora.subject, replaces=KARI, **ids, **days)
    assert fact_changes(named) == (opened(away, value), closed(kari), opened(nora, value))
    assert fact_changes(example(Absence.Ended, stand_in=KARI, **ids)) == (closed(away), closed(kari))


def test_D4_an_emergency_access_has_its_days() -> None:
    event = example(EmergencyAccess.Opened, originator_id=TASK, case=CASE, employee=KARI)

    days = FactValue(valid_from=event.from_day, valid_to=event.last_day)
    assert fact_changes(event) == (opened(key(FactName.EMERGENCY, KARI, TASK), days),)


@pytest.mark.parametrize("event_class", [Meeting.Scheduled, Meeting.Rescheduled])
def test_M03_a_meeting_has_its_day(event_class: type[Event]) -> None:
    event = example(event_class, originator_id=MEETING, day=date(2027, 1, 12))

    day = FactValue(valid_from=date(2027, 1, 12))
    assert fact_changes(event) == (opened(key(FactName.MEETING_DAY, scope=MEETING), day),)
