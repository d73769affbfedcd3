"""Which events change who may see what: the one place that says so (design D4).

Written beside the events in the same transaction, so that a decision begun after an event's commit knows it.
"""

from datetime import date
from uuid import UUID, uuid5

from domain.access.emergency import EmergencyAccess
from domain.access.facts import EMPLOYEES, WAITING_LIST, FactChange, FactKey, FactName, FactSweep, FactValue
from domain.access.review import Review
from domain.access.running_case import running_case
from domain.base import Event
from domain.cases.application import Application
from domain.cases.case import Case
from domain.cases.consent import Consent
from domain.decisions.follow_up import FollowUp
from domain.group.agenda_item import AgendaItem
from domain.group.agenda_item.events import Added, InhabilDeclared
from domain.group.meeting import Meeting
from domain.group.working_group import Appointment, WorkingGroup
from domain.housing.allocation import Allocation
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.people.absence import Absence
from domain.people.employee import Employee
from domain.people.person import Person
from domain.people.seats import Seat, first_seat

Changes = tuple[FactChange | FactSweep, ...]

opened = FactChange.opened
closed = FactChange.closed


def fact_changes(event: Event) -> Changes:
    """What `event` does to the access facts; nothing for most events."""
    areas = (
        _case,
        _person,
        _review,
        _consent,
        _agenda,
        _comparison,
        _directory,
        _absences,
        _group,
        _tasks,
        running_case,
    )
    return tuple(change for area in areas for change in area(event))


def takes_access(event: Event) -> bool:
    """Whether the event takes away what somebody could see or do: it waits for nothing that stands on that (M09, LI1)."""
    if isinstance(event, Consent.Narrowed | Employee.SeatEnded):
        return True
    return any(
        (change.key.name is FactName.CONSENT and change.value is None)
        or (change.key.name in (FactName.INHABIL, FactName.GONE) and change.value is not None)
        for change in fact_changes(event)
        if isinstance(change, FactChange)
    )


def _case(event: Event) -> Changes:
    case = event.originator_id
    match event:
        case Case.Opened():
            about = opened(FactKey(FactName.CASE, case), FactValue(person=event.person))
            theirs = opened(FactKey(FactName.CASE_OF, event.person, about=case))
            if event.care_housing:
                return (about, theirs, opened(FactKey(FactName.CARE_HOUSING, case)))
            return (about, theirs, opened(_open_case(event.person, case)))
        case Case.ResponsibilityAssigned():
            taken = opened(FactKey(FactName.RESPONSIBLE, case, event.responsible), FactValue(valid_to=event.until))
            if event.replaces is None:
                return (taken,)
            return (closed(FactKey(FactName.RESPONSIBLE, case, event.replaces)), taken)
        case Case.SubmittedToGroup():
            return (opened(FactKey(FactName.SUBMITTED, case, event.submitted_by), FactValue(unit=event.unit)),)
        case Case.Closed():
            return (closed(_open_case(event.person, case)),)
    return ()


def _person(event: Event) -> Changes:
    """What is known of somebody across cases: what they have asked for, and that they were registered twice (LH4)."""
    match event:
        case Application.Received():
            scopes = (event.case, event.person)
            return tuple(opened(FactKey(FactName.APPLICATION, scope, about=event.originator_id)) for scope in scopes)
        case Person.FoundSame() | Person.MatchedByNumber():
            one, other = event.originator_id, event.same_as
            return tuple(
                opened(FactKey(FactName.SAME_PERSON, of, about=is_)) for of, is_ in ((one, other), (other, one))
            )
    return ()


def _review(event: Event) -> Changes:
    match event:
        case EmergencyAccess.Opened():
            days = FactValue(valid_from=event.from_day, valid_to=event.last_day)
            return (opened(FactKey(FactName.EMERGENCY, event.case, event.employee, event.originator_id), days),)
        case Review.Opened(needs_second_person=True):
            return ()
        case Review.Opened() | Review.Confirmed():
            until = FactValue(valid_to=event.ends_on)
            return (opened(FactKey(FactName.REVIEW, event.case, event.reviewer, event.originator_id), until),)
        case Review.Closed():
            return (closed(FactKey(FactName.REVIEW, event.case, event.reviewer, event.originator_id)),)
    return ()


def _consent(event: Event) -> Changes:
    match event:
        case Consent.Given() | Consent.Narrowed():
            value = FactValue(valid_from=event.given_on, valid_to=event.expires_on, scopes=event.scopes)
            return (opened(FactKey(FactName.CONSENT, event.case), value),)
        case Consent.Refused() | Consent.Withdrawn() | Consent.Expired():
            return (closed(FactKey(FactName.CONSENT, event.case)),)
    return ()


def _agenda(event: Event) -> Changes:
    item = event.originator_id
    match event:
        case Meeting.Scheduled() | Meeting.Rescheduled():
            return (opened(FactKey(FactName.MEETING_DAY, item), FactValue(valid_from=event.day)),)
        case Meeting.Called():
            return (
                *(opened(FactKey(FactName.CALLED, item, called.member)) for called in event.called),
                *(closed(FactKey(FactName.CALLED, item, called.member)) for called in event.no_longer),
            )
        case AgendaItem.Added():
            return _added(event, item)
        case AgendaItem.Postponed() | AgendaItem.Removed():
            off_meeting = closed(FactKey(FactName.MEETING_ITEM, event.meeting, about=item))
            return (off_meeting, closed(FactKey(FactName.AGENDA, event.case or item, event.meeting, item)))
        case AgendaItem.Restricted() if event.case:
            return (opened(FactKey(FactName.RESTRICTED, event.case, about=item)),)
        case AgendaItem.RestrictionLifted() if event.case:
            return (closed(FactKey(FactName.RESTRICTED, event.case, about=item)),)
        case AgendaItem.GuestInvited():
            return (opened(FactKey(FactName.GUEST, event.case or item, event.guest, item), FactValue(unit=event.unit)),)
        case AgendaItem.GuestUninvited():
            return (closed(FactKey(FactName.GUEST, event.case or item, event.guest, item)),)
        case AgendaItem.InhabilDeclared():
            return _inhabil(event, event.case or item)
        case AgendaItem.MinutesApproved():
            return (opened(FactKey(FactName.MINUTES_APPROVED, event.case or item, about=item)),)
    return ()


def _added(event: Added, item: UUID) -> Changes:
    at_meeting = opened(FactKey(FactName.MEETING_ITEM, event.meeting, about=item))
    key = FactKey(FactName.AGENDA, event.case or item, event.meeting, item)
    on_agenda = opened(key, FactValue(days=event.guest_days))
    if event.allocation:
        return (at_meeting, on_agenda, opened(FactKey(FactName.VACANCY_ITEM, event.allocation, about=item)))
    if event.restricted and event.case:
        return (at_meeting, on_agenda, opened(FactKey(FactName.RESTRICTED, event.case, about=item)))
    return (at_meeting, on_agenda)


def _inhabil(event: InhabilDeclared, scope: UUID) -> Changes:
    """Out of the case or the comparison; whoever takes the place is let in to this item (LI1, LI3)."""
    out = opened(FactKey(FactName.INHABIL, scope, event.person))
    if event.substitute is None:
        return (out,)
    stands_in = FactKey(FactName.SUBSTITUTE, scope, event.substitute, event.originator_id)
    return (out, opened(stands_in, FactValue(unit=event.unit)))


def _comparison(event: Event) -> Changes:
    """Candidates are compared from the order they stand in until it is settled, done with, or theirs no more (M14)."""
    match event:
        case Allocation.OrderComputed():
            allocation = event.originator_id
            cases = dict.fromkeys(place.standing.case for place in event.order.ranked)
            compared = (opened(FactKey(FactName.COMPARED, case, about=allocation)) for case in cases)
            return (FactSweep(FactName.COMPARED, about=allocation), *compared)
        case Allocation.Accepted() | Allocation.Closed():
            return (FactSweep(FactName.COMPARED, about=event.originator_id),)
        case WaitingListEntry.Entered():
            return (opened(FactKey(FactName.WAITING, WAITING_LIST, about=event.originator_id)),)
        case WaitingListEntry.Left():
            place = FactKey(FactName.WAITING, WAITING_LIST, about=event.originator_id)
            return (closed(place), FactSweep(FactName.COMPARED, scope=event.case))
        case AgendaItem.Settled() if event.allocation:
            return (opened(FactKey(FactName.SETTLED, event.originator_id, about=event.originator_id)),)
    return ()


def _directory(event: Event) -> Changes:
    """Who signs in as whom, and in which seats they sit (D16)."""
    employee = event.originator_id
    match event:
        case Employee.Registered():
            first = Seat(first_seat(employee), event.unit, event.role)
            return (opened(_login(employee, employee)), _seated(employee, first))
        case Employee.SeatGiven() | Employee.SeatCorrected():
            return (_seated(employee, event.seat),)
        case Employee.SeatEnded():
            left = event.seat.ended(event.on)
            return (_seated(employee, left) if left else closed(_seat(employee, event.seat)),)
        case Employee.LoginLinked():
            return (opened(_login(event.login, employee)),)
        case Employee.LoginUnlinked():
            return (closed(_login(event.login, employee)),)
        case Employee.Gone():
            seats = FactSweep(FactName.SEAT, scope=EMPLOYEES, subject=employee)
            return (seats, opened(FactKey(FactName.GONE, EMPLOYEES, employee)))
        case Employee.Returned():
            return (closed(FactKey(FactName.GONE, EMPLOYEES, employee)), _seated(employee, event.seat))
    return ()


def _absences(event: Event) -> Changes:
    """Who is away, and who stands in, on which days."""
    absence = event.originator_id
    match event:
        case Absence.Recorded() | Absence.StandInNamed():
            days = FactValue(valid_from=event.from_day, valid_to=event.last_day, person=event.absent)
            away = opened(FactKey(FactName.ABSENT, EMPLOYEES, event.absent, absence), days)
            stands_in = (opened(_stand_in(event.stand_in, absence), days),) if event.stand_in else ()
            replaces = event.replaces if isinstance(event, Absence.StandInNamed) else None
            return (away, *((closed(_stand_in(replaces, absence)),) if replaces else ()), *stands_in)
        case Absence.Ended():
            back = closed(FactKey(FactName.ABSENT, EMPLOYEES, event.absent, absence))
            return (back, *((closed(_stand_in(event.stand_in, absence)),) if event.stand_in else ()))
    return ()


def _group(event: Event) -> Changes:
    match event:
        case WorkingGroup.MemberAppointed():
            value = FactValue(unit=event.unit, valid_from=event.valid_from, valid_to=event.valid_to)
            return (opened(_appointment(event.member, str(event.valid_from)), value),)
        case WorkingGroup.SubstituteNamed():
            value = FactValue(unit=event.unit, valid_from=event.valid_from, valid_to=event.valid_to)
            return (opened(_appointment(event.substitute, str(event.valid_from)), value),)
        case WorkingGroup.MemberReleased():
            return tuple(_shortened(appointment, event.on) for appointment in event.ended)
    return ()


def _tasks(event: Event) -> Changes:
    """The assignee sees the task from when it is in force (M15) until it is done, cancelled or handed on."""
    task = event.originator_id
    match event:
        case FollowUp.Assigned(vedtak_track=None) | FollowUp.AssignedByVedtak() | FollowUp.TookEffect():
            return (opened(FactKey(FactName.TASK, event.case, event.assignee, task), FactValue(unit=event.unit)),)
        case FollowUp.Reassigned():
            gone = closed(FactKey(FactName.TASK, event.case, event.released, task))
            taken = opened(FactKey(FactName.TASK, event.case, event.assignee, task), FactValue(unit=event.unit))
            return (gone, taken) if event.in_force else (gone,)
        case FollowUp.Completed() | FollowUp.Cancelled():
            return (closed(FactKey(FactName.TASK, event.case, event.assignee, task)),)
    return ()


def _open_case(person: UUID, case: UUID) -> FactKey:
    return FactKey(FactName.OPEN_CASE, person, about=case)


def _stand_in(employee: UUID, absence: UUID) -> FactKey:
    return FactKey(FactName.STAND_IN, EMPLOYEES, employee, absence)


def _login(login: UUID, employee: UUID) -> FactKey:
    return FactKey(FactName.LOGIN, login, employee)


def _seat(employee: UUID, seat: Seat) -> FactKey:
    return FactKey(FactName.SEAT, EMPLOYEES, employee, seat.id)


def _seated(employee: UUID, seat: Seat) -> FactChange:
    value = FactValue(unit=seat.unit, role=seat.role, valid_from=seat.valid_from, valid_to=seat.valid_to)
    return opened(_seat(employee, seat), value)


def _appointment(member: UUID, valid_from: str) -> FactKey:
    return FactKey(FactName.MEMBER, EMPLOYEES, member, uuid5(member, f"in {valid_from}"))


def _shortened(appointment: Appointment, out_on: date) -> FactChange:
    """What is left of an appointment of somebody who is out from that date."""
    key = _appointment(appointment.member, str(appointment.valid_from))
    left = appointment.released(out_on)
    if left is None:
        return closed(key)
    return opened(key, FactValue(unit=left.unit, valid_from=left.valid_from, valid_to=left.valid_to))
