"""No lease ends unnoticed: warned of, and on the agenda by itself, with or without an application (M18, B09, LL10)."""

from uuid import UUID

from domain.cases.case import Case, OpenedBy, lease_case_id
from domain.cases.consent import Consent, consent_id
from domain.delivery import DropReason, MessageKind
from domain.group.agenda_item import AgendaItem
from domain.group.agenda_item.facts import AddedBy, CaseFacts, Matter
from domain.group.meeting import Meeting, MeetingState
from domain.housing.tenancy import Tenancy
from projections import due_meetings
from projections.due_leases import ANY_MEETING
from projections.due_rows import Task
from services.commands.care_leases import stays_with_owner
from services.facts.lease_items import lease_items, next_lease_item_id, open_lease_item
from workers import texts_nb
from workers.deliveries import Letter, NothingToSend, deliver
from workers.job import Job, handles
from workers.people import in_charge_of, letter_to, may_have


@handles(Task.WARN_OF_LEASE_END)
def warn_of_end(job: Job) -> None:
    """Tell whoever is in charge that a lease is about to end."""
    deliver(job, MessageKind.LEASE_WARNING, _warning)


@handles(Task.PUT_ON_AGENDA)
def put_on_agenda(job: Job) -> None:
    """Put the lease on the next meeting's agenda, opening its case when nobody has, all in one save.

    Without consent in that case the item is for Service og tildeling alone. The row's turn does not come while no
    meeting is scheduled.
    """
    tenancy = job.office.case_log.load(Tenancy, job.row.subject)
    meeting = _next_meeting(job, tenancy) if _is_to_be_discussed(job, tenancy) else None
    if meeting is None:
        return
    case_id, by, at = job.row.case_id, job.context.by, job.context.at
    consent = job.office.case_log.find(Consent, consent_id(case_id))
    case = job.office.case_log.find(Case, case_id)
    opened = () if case else _opened(job, tenancy)
    item = AgendaItem.add(
        id=next_lease_item_id(job.office, tenancy), meeting=meeting.id, meeting_date=meeting.day,
        matter=Matter.LEASE_ENDING, added_by=AddedBy.RULE,
        case=CaseFacts(case_id, tenancy.person, case is not None and case.care_housing),
        consent=consent.facts if consent else None, tenancy=tenancy.id, by=by, at=at,
    )  # fmt: skip
    meeting.place(item=item.id, by=by, at=at)
    job.office.case_log.append(*opened, item, meeting)


def _is_to_be_discussed(job: Job, tenancy: Tenancy) -> bool:
    """Whether the row's matter still waits: the lease's present end once, having become open-ended, or the household.

    A lease that stands open on an agenda goes on no other (M18); a care dwelling's on none, by choice (M20).
    """
    case_id, log = job.row.case_id, job.office.case_log
    if tenancy.ended_on is not None or _stays(job, tenancy):
        return False
    if open_lease_item(job.office, tenancy) is not None:
        return False
    if tenancy.takeover is not None and tenancy.takeover.case == case_id:
        return not log.items_of(case_id)
    is_this_end = case_id == lease_case_id(tenancy.id, tenancy.ends_on)
    return is_this_end and (tenancy.is_open_ended or not log.items_of(case_id))


def _stays(job: Job, tenancy: Tenancy) -> bool:
    """Whether it is kept by Service og tildeling: a care dwelling's lease by choice, a case about care housing always."""
    case = job.office.case_log.find(Case, job.row.case_id)
    is_about_care = case is not None and case.care_housing
    return is_about_care or stays_with_owner(job.office, job.context, care_housing=tenancy.care_housing)


def _opened(job: Job, tenancy: Tenancy) -> tuple[Case, Consent]:
    """The lease's case, in the hands of whoever had the one it was let in and may have this, and consent to be asked for."""
    by, at = job.context.by, job.context.at
    case = Case.open(
        id=job.row.case_id, person=tenancy.person, opened_by=OpenedBy.LEASE_ENDING, tenancy=tenancy.id, by=by, at=at
    )
    let_in = job.office.case_log.find(Case, tenancy.case)
    had_it = let_in.responsible if let_in is not None else None
    if had_it is not None and may_have(job, had_it, tenancy.person):
        case.assign_responsibility(to=had_it, by=by, at=at)
    return case, Consent.ask(case=case.id, person=tenancy.person, by=by, at=at)


def _next_meeting(job: Job, tenancy: Tenancy) -> Meeting | None:
    """The first scheduled meeting from which this matter has not been taken off."""
    with job.office.views.connect() as connection:
        upcoming = due_meetings.upcoming(connection, after=job.context.at, until=ANY_MEETING)
    items = lease_items(job.office, tenancy)
    tried = {item.meeting for item in items if item.case == job.row.case_id}
    for id in upcoming:
        meeting = job.office.case_log.find(Meeting, id)
        if meeting is not None and meeting.state is MeetingState.SCHEDULED and id not in tried:
            return meeting
    return None


def _warning(job: Job) -> Letter:
    tenancy, case = running_lease(job)
    words = texts_nb.lease_warning(texts_nb.reference(case), tenancy.ends_on)
    return letter_to(job, in_charge_of(job, case, tenancy.case), words)


def running_lease(job: Job) -> tuple[Tenancy, UUID]:
    """The tenancy and the case of the end the row is about. Raises `NothingToSend` when that end is not its own now."""
    tenancy = job.office.case_log.load(Tenancy, job.row.subject)
    case = lease_case_id(tenancy.id, tenancy.ends_on)
    if tenancy.ended_on is not None or case != job.row.case_id:
        raise NothingToSend(DropReason.NO_LONGER_DUE)
    return tenancy, case
