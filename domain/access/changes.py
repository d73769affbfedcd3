"""Which events change who may see what: the one place that says so (design D4).

Written beside the events in the same transaction, so that a decision begun after an event's commit knows it.
"""

from datetime import date
from uuid import UUID, uuid5

from domain.access.facts import EMPLOYEES, FactChange, FactKey, FactName, FactValue
from domain.access.review import Review
from domain.base import Event
from domain.cases.case import Case
from domain.cases.consent import Consent
from domain.decisions.follow_up import FollowUp
from domain.group.agenda_item import AgendaItem
from domain.group.agenda_item.events import Added
from domain.group.meeting import Meeting
from domain.group.working_group import Appointment, WorkingGroup
from domain.people.employee import Employee

Changes = tuple[FactChange, ...]

opened = FactChange.opened
closed = FactChange.closed


def fact_changes(event: Event) -> Changes:
    """What `event` does to the access facts; nothing for most events."""
    for area in (_case, _consent, _agenda, _people, _tasks):
        if changes := area(event):
            return changes
    return ()


def _case(event: Event) -> Changes:
    case = event.originator_id
    match event:
        case Case.Opened():
            about = opened(FactKey(FactName.CASE, case), FactValue(person=event.person))
            if event.care_housing:
                return (about, opened(FactKey(FactName.CARE_HOUSING, case)))
            return (about, opened(_open_case(event.person, case)))
        case Case.ResponsibilityAssigned():
            taken = opened(FactKey(FactName.RESPONSIBLE, case, event.responsible))
            if event.replaces is None:
                return (taken,)
            return (closed(FactKey(FactName.RESPONSIBLE, case, event.replaces)), taken)
        case Case.SubmittedToGroup():
            return (opened(FactKey(FactName.SUBMITTED, case, event.submitted_by)),)
        case Case.Closed():
            return (closed(_open_case(event.person, case)),)
        case Review.Opened():
            return (opened(FactKey(FactName.REVIEW, event.case, event.reviewer, event.originator_id)),)
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
        case Meeting.Called():
            return (
                *(opened(FactKey(FactName.CALLED, item, called.member)) for called in event.called),
                *(closed(FactKey(FactName.CALLED, item, called.member)) for called in event.no_longer),
            )
        case AgendaItem.Added():
            return _added(event, item)
        case AgendaItem.Postponed() | AgendaItem.Removed():
            off_meeting = closed(FactKey(FactName.MEETING_ITEM, event.meeting, about=item))
            if event.case is None:
                return (off_meeting,)
            return (off_meeting, closed(FactKey(FactName.AGENDA, event.case, event.meeting, item)))
        case AgendaItem.Restricted() if event.case:
            return (opened(FactKey(FactName.RESTRICTED, event.case, about=item)),)
        case AgendaItem.RestrictionLifted() if event.case:
            return (closed(FactKey(FactName.RESTRICTED, event.case, about=item)),)
        case AgendaItem.GuestInvited() if event.case:
            return (opened(FactKey(FactName.GUEST, event.case, event.guest, item)),)
        case AgendaItem.GuestUninvited() if event.case:
            return (closed(FactKey(FactName.GUEST, event.case, event.guest, item)),)
        case AgendaItem.InhabilDeclared():
            return (opened(FactKey(FactName.INHABIL, event.case or item, event.person)),)
        case AgendaItem.MinutesApproved() if event.case:
            return (opened(FactKey(FactName.MINUTES_APPROVED, event.case, about=item)),)
    return ()


def _added(event: Added, item: UUID) -> Changes:
    at_meeting = opened(FactKey(FactName.MEETING_ITEM, event.meeting, about=item))
    if event.allocation:
        return (at_meeting, opened(FactKey(FactName.VACANCY_ITEM, event.allocation, about=item)))
    if event.case is None:
        return (at_meeting,)
    on_agenda = opened(FactKey(FactName.AGENDA, event.case, event.meeting, item))
    restricted = opened(FactKey(FactName.RESTRICTED, event.case, about=item))
    return (at_meeting, on_agenda, restricted) if event.restricted else (at_meeting, on_agenda)


def _people(event: Event) -> Changes:
    match event:
        case Employee.Registered():
            key = FactKey(FactName.EMPLOYEE, EMPLOYEES, event.originator_id)
            return (opened(key, FactValue(unit=event.unit, role=event.role)),)
        case Employee.Gone():
            was = closed(FactKey(FactName.EMPLOYEE, EMPLOYEES, event.originator_id))
            return (was, opened(FactKey(FactName.GONE, EMPLOYEES, event.originator_id)))
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
        case FollowUp.Assigned(vedtak_track=None):
            return (opened(FactKey(FactName.TASK, event.case, event.assignee, task)),)
        case FollowUp.TookEffect():
            return (opened(FactKey(FactName.TASK, event.case, event.assignee, task)),)
        case FollowUp.Reassigned():
            gone = closed(FactKey(FactName.TASK, event.case, event.released, task))
            taken = opened(FactKey(FactName.TASK, event.case, event.assignee, task))
            return (gone, taken) if event.in_force else (gone,)
        case FollowUp.Completed() | FollowUp.Cancelled():
            return (closed(FactKey(FactName.TASK, event.case, event.assignee, task)),)
    return ()


def _open_case(person: UUID, case: UUID) -> FactKey:
    return FactKey(FactName.OPEN_CASE, person, about=case)


def _appointment(member: UUID, valid_from: str) -> FactKey:
    return FactKey(FactName.MEMBER, EMPLOYEES, member, uuid5(member, f"in {valid_from}"))


def _shortened(appointment: Appointment, out_on: date) -> FactChange:
    """What is left of an appointment of somebody who is out from that date."""
    key = _appointment(appointment.member, str(appointment.valid_from))
    left = appointment.released(out_on)
    if left is None:
        return closed(key)
    return opened(key, FactValue(unit=left.unit, valid_from=left.valid_from, valid_to=left.valid_to))
