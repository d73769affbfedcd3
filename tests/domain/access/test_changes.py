"""Every event that changes who may see what, and that no other does (D4)."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

import pytest

from domain.access.changes import fact_changes
from domain.access.facts import EMPLOYEES, WAITING_LIST, FactChange, FactKey, FactName, FactSweep, FactValue
from domain.access.review import Review
from domain.actors import Role, Unit
from domain.base import Event
from domain.cases.case import Case
from domain.cases.consent import Consent
from domain.decisions.follow_up import FollowUp
from domain.group.agenda_item import AgendaItem
from domain.group.meeting import CalledMember, Meeting
from domain.group.working_group import Appointment, WorkingGroup
from domain.housing.allocation import Allocation
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.people.employee import Employee
from domain.people.seats import Seat, first_seat
from tests.domain.support import CASE, NAV, PERSON, an_id
from tests.examples import event_classes, example

ANNE, KARI = an_id("anne"), an_id("kari")
ITEM, MEETING, TASK, REVIEW, ALLOCATION = (an_id(name) for name in ("item", "meeting", "task", "review", "allocation"))
TENANCY, VEDTAK, APPEAL, ENTRY = (an_id(name) for name in ("tenancy", "vedtak", "appeal", "entry"))

opened, closed = FactChange.opened, FactChange.closed


def key(name: FactName, subject: UUID | None = None, about: UUID | None = None, scope: UUID = CASE) -> FactKey:
    nobody = UUID(int=0)
    return FactKey(name, scope, subject or nobody, about or nobody)


WITHOUT_EFFECT = {
    topic
    for topic in (event_class.TOPIC for event_class in event_classes())
    if topic.partition(".")[0]
    not in {"agenda_item", "allocation", "case", "consent", "employee", "follow_up", "absence", "emergency_access", "meeting", "review", "waiting_list_entry", "working_group"}
} - {
    "application.Received", "person.FoundSame", "person.MatchedByNumber", "appeal.CarriedOut", "appeal.Decided", "appeal.Dismissed", "appeal.DismissalAppealed",
    "appeal.Received", "appeal.ReversedByMunicipality", "appeal.Withdrawn", "reasons_demand.Demanded",
    "reasons_demand.Given", "tenancy.Ended", "tenancy.LeaseExtended", "tenancy.LeaseSigned", "tenancy.LeaseTakenOver",
    "vedtak.Issued", "vedtak.Notified",
} | {
    "allocation.Declined", "allocation.Lapsed", "allocation.Offered", "allocation.Opened", "allocation.OrderAgreed",
    "allocation.Withdrawn", "waiting_list_entry.EffectiveDateMoved", "waiting_list_entry.DeclineAssessed", "waiting_list_entry.DeclineReferred",
    "waiting_list_entry.FactsUpdated", "waiting_list_entry.Paused", "waiting_list_entry.Resumed",
    "agenda_item.AttendanceRecorded", "agenda_item.Concluded", "agenda_item.DiscussionClosed",
    "agenda_item.DiscussionOpened", "agenda_item.MinutesReopened", "agenda_item.MinutesWritten",
    "agenda_item.Ordered", "case.AssistanceChallengeReported", "case.DecidedWithoutGroup", "case.ResponsibleMunicipalityAssessed", "consent.Asked", "consent.ReliedOn",
    "follow_up.DueDateMoved", "follow_up.Escalated", "follow_up.Progressed", "meeting.Cancelled", "meeting.Closed",
    "meeting.ItemPlaced",
    "meeting.Opened", "working_group.Established",
    "working_group.UnitsChanged", "employee.DetailsCorrected",
}  # fmt: skip


@pytest.mark.parametrize("event_class", event_classes(), ids=lambda event_class: str(event_class.TOPIC))
def test_D4_somebody_has_decided_of_every_event_whether_it_changes_access(event_class: type[Event]) -> None:
    """A new event must be added to the list above, or change the facts. Neither is decided by accident."""
    in_force: dict[type[Event], dict[str, object]] = {
        FollowUp.Assigned: {"vedtak_track": None}, Review.Opened: {"needs_second_person": False},
    }  # fmt: skip

    changes = fact_changes(example(event_class, **in_force.get(event_class, {})))

    assert bool(changes) is (event_class.TOPIC not in WITHOUT_EFFECT)


def test_M01_an_opened_case_is_there_and_open_for_its_person() -> None:
    event = example(Case.Opened, originator_id=CASE, person=PERSON, care_housing=False)

    assert fact_changes(event) == (
        opened(key(FactName.CASE), FactValue(person=PERSON)),
        opened(key(FactName.CASE_OF, about=CASE, scope=PERSON)),
        opened(key(FactName.OPEN_CASE, about=CASE, scope=PERSON)),
    )


def test_M20_a_care_housing_case_is_marked_and_never_found_by_its_person() -> None:
    event = example(Case.Opened, originator_id=CASE, person=PERSON, care_housing=True)

    assert fact_changes(event) == (
        opened(key(FactName.CASE), FactValue(person=PERSON)),
        opened(key(FactName.CASE_OF, about=CASE, scope=PERSON)),
        opened(key(FactName.CARE_HOUSING)),
    )


def test_D4_responsibility_moves_from_one_to_the_other() -> None:
    first = example(Case.ResponsibilityAssigned, originator_id=CASE, responsible=ANNE, replaces=None, until=None)
    second = example(Case.ResponsibilityAssigned, originator_id=CASE, responsible=KARI, replaces=ANNE, until=None)

    assert fact_changes(first) == (opened(key(FactName.RESPONSIBLE, ANNE)),)
    assert fact_changes(second) == (closed(key(FactName.RESPONSIBLE, ANNE)), opened(key(FactName.RESPONSIBLE, KARI)))


def test_M04_a_submission_and_the_end_of_a_case() -> None:
    submitted = example(Case.SubmittedToGroup, originator_id=CASE, submitted_by=KARI)
    ended = example(Case.Closed, originator_id=CASE, person=PERSON)

    assert fact_changes(submitted) == (opened(key(FactName.SUBMITTED, KARI), FactValue(unit=submitted.unit)),)
    assert fact_changes(ended) == (
        closed(key(FactName.OPEN_CASE, about=CASE, scope=PERSON)),
        opened(key(FactName.CLOSED)),
    )


@pytest.mark.parametrize("event_class", [Consent.Given, Consent.Narrowed])
def test_M09_a_consent_opens_with_its_dates_and_scopes(event_class: type[Consent.Given | Consent.Narrowed]) -> None:
    event = example(event_class, case=CASE)

    value = FactValue(valid_from=event.given_on, valid_to=event.expires_on, scopes=event.scopes)
    assert fact_changes(event) == (opened(key(FactName.CONSENT), value),)


@pytest.mark.parametrize("event_class", [Consent.Refused, Consent.Withdrawn, Consent.Expired])
def test_M09_a_consent_that_is_gone_is_closed(event_class: type[Event]) -> None:
    assert fact_changes(example(event_class, case=CASE)) == (closed(key(FactName.CONSENT)),)


def test_M06_called_in_and_no_longer_called() -> None:
    event = example(
        Meeting.Called, originator_id=MEETING, called=(CalledMember(KARI, NAV),), no_longer=(CalledMember(ANNE, NAV),)
    )

    assert fact_changes(event) == (
        opened(key(FactName.CALLED, KARI, scope=MEETING)),
        closed(key(FactName.CALLED, ANNE, scope=MEETING)),
    )


@pytest.mark.parametrize("restricted", [False, True])
def test_M18_an_item_comes_on_the_agenda_open_or_restricted(restricted: bool) -> None:
    event = example(
        AgendaItem.Added, originator_id=ITEM, case=CASE, meeting=MEETING, allocation=None, restricted=restricted,
        guest_days=30,
    )  # fmt: skip

    at_meeting = opened(key(FactName.MEETING_ITEM, about=ITEM, scope=MEETING))
    on_agenda = opened(key(FactName.AGENDA, MEETING, ITEM), FactValue(days=30))
    mark = opened(key(FactName.RESTRICTED, about=ITEM))
    assert fact_changes(event) == ((at_meeting, on_agenda, mark) if restricted else (at_meeting, on_agenda))


def test_M14_a_vacancy_is_found_from_its_allocation_and_opens_no_case() -> None:
    ids = {"originator_id": ITEM, "case": None, "meeting": MEETING, "allocation": ALLOCATION}
    event = example(AgendaItem.Added, guest_days=14, **ids)

    assert fact_changes(event) == (
        opened(key(FactName.MEETING_ITEM, about=ITEM, scope=MEETING)),
        opened(key(FactName.AGENDA, MEETING, ITEM, scope=ITEM), FactValue(days=14)),
        opened(key(FactName.VACANCY_ITEM, about=ITEM, scope=ALLOCATION)),
    )


def test_M14_an_order_compares_those_in_it_and_nobody_from_an_earlier_one() -> None:
    event = example(Allocation.OrderComputed, originator_id=ALLOCATION)

    first, *_ = (place.standing.case for place in event.order.ranked)
    assert fact_changes(event)[:2] == (
        FactSweep(FactName.COMPARED, about=ALLOCATION),
        opened(key(FactName.COMPARED, about=ALLOCATION, scope=first)),
    )


@pytest.mark.parametrize("event_class", [Allocation.Accepted, Allocation.Closed])
def test_M14_nobody_is_compared_for_a_dwelling_that_is_given_or_gone(event_class: type[Event]) -> None:
    changes = fact_changes(example(event_class, originator_id=ALLOCATION))

    assert changes == (FactSweep(FactName.COMPARED, about=ALLOCATION),)


def test_M14_who_leaves_the_waiting_list_is_compared_no_more() -> None:
    left = example(WaitingListEntry.Left, originator_id=ENTRY, case=CASE)

    assert FactSweep(FactName.COMPARED, scope=CASE) in fact_changes(left)


def test_M14_a_place_is_on_the_waiting_list_from_when_it_is_entered_until_it_is_left() -> None:
    place = key(FactName.WAITING, about=ENTRY, scope=WAITING_LIST)

    assert fact_changes(example(WaitingListEntry.Entered, originator_id=ENTRY)) == (opened(place),)
    assert closed(place) in fact_changes(example(WaitingListEntry.Left, originator_id=ENTRY))


def test_M14_a_settled_vacancy_ends_the_comparison() -> None:
    about_a_vacancy = example(AgendaItem.Settled, originator_id=ITEM, case=None, allocation=ALLOCATION)
    about_a_lease = example(AgendaItem.Settled, originator_id=ITEM, case=CASE, allocation=None)

    assert fact_changes(about_a_vacancy) == (opened(key(FactName.SETTLED, about=ITEM, scope=ITEM)),)
    assert fact_changes(about_a_lease) == ()


def test_M03_a_guest_at_a_vacancy_is_let_in_to_the_item() -> None:
    event = example(AgendaItem.GuestInvited, originator_id=ITEM, case=None, guest=KARI)

    assert fact_changes(event) == (opened(key(FactName.GUEST, KARI, ITEM, scope=ITEM), FactValue(unit=event.unit)),)


@pytest.mark.parametrize("event_class", [AgendaItem.Postponed, AgendaItem.Removed])
def test_M18_an_item_that_leaves_the_agenda_closes_it(event_class: type[Event]) -> None:
    event = example(event_class, originator_id=ITEM, case=CASE, meeting=MEETING)

    assert fact_changes(event) == (
        closed(key(FactName.MEETING_ITEM, about=ITEM, scope=MEETING)),
        closed(key(FactName.AGENDA, MEETING, ITEM)),
    )


def test_M18_a_restriction_comes_and_goes() -> None:
    mark = key(FactName.RESTRICTED, about=ITEM)

    assert fact_changes(example(AgendaItem.Restricted, originator_id=ITEM, case=CASE)) == (opened(mark),)
    assert fact_changes(example(AgendaItem.RestrictionLifted, originator_id=ITEM, case=CASE)) == (closed(mark),)


def test_M03_a_guest_is_invited_and_uninvited_and_the_minutes_end_it() -> None:
    guest = key(FactName.GUEST, KARI, ITEM)

    invited = example(AgendaItem.GuestInvited, originator_id=ITEM, case=CASE, guest=KARI)
    assert fact_changes(invited) == (opened(guest, FactValue(unit=invited.unit)),)
    uninvited = example(AgendaItem.GuestUninvited, originator_id=ITEM, case=CASE, guest=KARI)
    assert fact_changes(uninvited) == (closed(guest),)
    approved = example(AgendaItem.MinutesApproved, originator_id=ITEM, case=CASE)
    assert fact_changes(approved) == (opened(key(FactName.MINUTES_APPROVED, about=ITEM)),)


def test_LI1_inhabil_bars_the_case_or_the_whole_comparison() -> None:
    who = {"originator_id": ITEM, "person": KARI, "substitute": None}
    in_a_case = example(AgendaItem.InhabilDeclared, case=CASE, **who)
    in_a_comparison = example(AgendaItem.InhabilDeclared, case=None, **who)

    assert fact_changes(in_a_case) == (opened(key(FactName.INHABIL, KARI)),)
    assert fact_changes(in_a_comparison) == (opened(key(FactName.INHABIL, KARI, scope=ITEM)),)


def test_LI3_who_stands_in_for_somebody_inhabil_is_let_in_to_that_item() -> None:
    event = example(AgendaItem.InhabilDeclared, originator_id=ITEM, case=CASE, person=KARI, substitute=ANNE)

    assert fact_changes(event) == (
        opened(key(FactName.INHABIL, KARI)),
        opened(key(FactName.SUBSTITUTE, ANNE, ITEM), FactValue(unit=event.unit)),
    )


def test_M02_an_employee_comes_and_goes() -> None:
    came = example(Employee.Registered, originator_id=KARI)
    back = example(Employee.Returned, originator_id=KARI, seat=Seat(an_id("seat"), NAV, Role.EMPLOYEE))
    gone = key(FactName.GONE, KARI, scope=EMPLOYEES)

    assert fact_changes(came) == (
        opened(key(FactName.LOGIN, KARI, scope=KARI)),
        opened(key(FactName.SEAT, KARI, first_seat(KARI), EMPLOYEES), FactValue(unit=came.unit, role=came.role)),
    )
    assert fact_changes(example(Employee.Gone, originator_id=KARI)) == (
        FactSweep(FactName.SEAT, scope=EMPLOYEES, subject=KARI),
        opened(gone),
    )
    assert fact_changes(back) == (
        closed(gone),
        opened(key(FactName.SEAT, KARI, back.seat.id, EMPLOYEES), FactValue(unit=NAV, role=Role.EMPLOYEE)),
    )


def test_D16_a_seat_is_known_with_unit_role_and_dates_until_it_is_ended() -> None:
    seat = Seat(an_id("seat"), NAV, Role.EMPLOYEE, date(2027, 1, 1), date(2027, 12, 31))
    row = key(FactName.SEAT, KARI, seat.id, EMPLOYEES)
    value = FactValue(unit=NAV, role=Role.EMPLOYEE, valid_from=seat.valid_from, valid_to=seat.valid_to)

    given = example(Employee.SeatGiven, originator_id=KARI, seat=seat)
    corrected = example(Employee.SeatCorrected, originator_id=KARI, seat=seat)
    ended = example(Employee.SeatEnded, originator_id=KARI, seat=seat, on=date(2027, 3, 1))
    never_begun = example(Employee.SeatEnded, originator_id=KARI, seat=seat, on=date(2027, 1, 1))

    assert fact_changes(given) == fact_changes(corrected) == (opened(row, value),)
    assert fact_changes(ended) == (opened(row, replace(value, valid_to=date(2027, 2, 28))),)
    assert fact_changes(never_begun) == (closed(row),)


def test_D16_a_login_stands_for_somebody_until_it_is_unlinked() -> None:
    login = an_id("login")
    row = key(FactName.LOGIN, KARI, scope=login)

    assert fact_changes(example(Employee.LoginLinked, originator_id=KARI, login=login)) == (opened(row),)
    assert fact_changes(example(Employee.LoginUnlinked, originator_id=KARI, login=login)) == (closed(row),)


def test_M02_members_and_substitutes_are_known_with_unit_and_dates() -> None:
    member = example(WorkingGroup.MemberAppointed, member=KARI, unit=Unit("nav"))
    substitute = example(WorkingGroup.SubstituteNamed, substitute=KARI, unit=Unit("nav"))
    row = key(FactName.MEMBER, KARI, uuid5(KARI, f"in {member.valid_from}"), EMPLOYEES)
    value = FactValue(unit=NAV, valid_from=member.valid_from, valid_to=member.valid_to)

    assert fact_changes(member) == fact_changes(substitute) == (opened(row, value),)


def test_M02_a_release_ends_what_has_begun_and_takes_away_what_has_not() -> None:
    out_on, later = date(2027, 3, 1), date(2027, 6, 1)
    running, coming = Appointment(KARI, NAV, date(2027, 1, 1), None), Appointment(ANNE, NAV, later, None, KARI)
    event = example(WorkingGroup.MemberReleased, member=KARI, on=out_on, ended=(running, coming))

    left = FactValue(unit=NAV, valid_from=running.valid_from, valid_to=date(2027, 2, 28))
    assert fact_changes(event) == (
        opened(key(FactName.MEMBER, KARI, uuid5(KARI, "in 2027-01-01"), EMPLOYEES), left),
        closed(key(FactName.MEMBER, ANNE, uuid5(ANNE, "in 2027-06-01"), EMPLOYEES)),
    )


def test_M15_a_task_opens_when_it_takes_effect_and_closes_when_it_is_over() -> None:
    task = key(FactName.TASK, KARI, TASK)
    about = {"originator_id": TASK, "case": CASE, "assignee": KARI}
    in_unit = FactValue(unit=NAV)

    for begins in (
        example(FollowUp.Assigned, vedtak_track=None, unit=NAV, **about),
        example(FollowUp.AssignedByVedtak, unit=NAV, **about),
        example(FollowUp.TookEffect, unit=NAV, **about),
    ):
        assert fact_changes(begins) == (opened(task, in_unit),)
    assert fact_changes(example(FollowUp.Assigned, **about)) == ()
    assert fact_changes(example(FollowUp.Completed, **about)) == (closed(task),)
    assert fact_changes(example(FollowUp.Cancelled, **about)) == (closed(task),)


def test_M15_a_task_that_is_handed_on_closes_for_the_one_and_opens_for_the_other() -> None:
    about = {"originator_id": TASK, "case": CASE, "assignee": KARI, "released": ANNE}
    in_force = example(FollowUp.Reassigned, **about, in_force=True)
    planned = example(FollowUp.Reassigned, **about, in_force=False)

    gone = closed(key(FactName.TASK, ANNE, TASK))
    taken = opened(key(FactName.TASK, KARI, TASK), FactValue(unit=in_force.unit))
    assert fact_changes(in_force) == (gone, taken)
    assert fact_changes(planned) == (gone,)


def test_C05_a_review_opens_and_closes_for_its_reviewer() -> None:
    row = key(FactName.REVIEW, KARI, REVIEW)

    ids, until = {"originator_id": REVIEW, "case": CASE, "reviewer": KARI}, date(2027, 2, 1)
    alone = example(Review.Opened, needs_second_person=False, ends_on=until, **ids)
    assert fact_changes(alone) == (opened(row, FactValue(valid_to=until)),)
    assert fact_changes(example(Review.Opened, needs_second_person=True, **ids)) == ()
    confirmed = example(Review.Confirmed, ends_on=until, **ids)
    assert fact_changes(confirmed) == (opened(row, FactValue(valid_to=until)),)
    assert fact_changes(example(Review.Closed, originator_id=REVIEW, case=CASE, reviewer=KARI)) == (closed(row),)
