"""No lease ends unnoticed: warned of, and on the agenda by itself, with or without an application (M18, B09)."""

from uuid import UUID, uuid5

from domain.cases.case import Case, OpenedBy, lease_case_id
from domain.cases.consent import Consent, consent_id
from domain.delivery import DropReason, MessageKind
from domain.group.agenda_item import AgendaItem
from domain.group.agenda_item.facts import AddedBy, CaseFacts, Matter
from domain.group.meeting import Meeting, MeetingState
from domain.housing.tenancy import Tenancy
from projections import due_rows
from projections.due_rows import Task
from workers import texts_nb
from workers.deliveries import Letter, NothingToSend, deliver
from workers.job import Job, handles
from workers.people import in_charge_of, letter_to


@handles(Task.WARN_OF_LEASE_END)
def warn_of_end(job: Job) -> None:
    """Tell whoever is in charge that a lease is about to end."""
    deliver(job, MessageKind.LEASE_WARNING, _warning)


@handles(Task.PUT_ON_AGENDA)
def put_on_agenda(job: Job) -> None:
    """Put the lease on the next meeting's agenda, opening its case when nobody has, all in one save.

    Without consent in that case the item is for Service og tildeling alone. The row's turn does not come while no
    meeting is scheduled before the lease ends.
    """
    log = job.office.case_log
    tenancy = log.load(Tenancy, job.row.subject)
    case_id = lease_case_id(tenancy.id, tenancy.ends_on)
    is_settled = tenancy.ended_on is not None or tenancy.care_housing or case_id != job.row.case_id
    if is_settled or log.items_of(case_id):
        return
    meeting = _next_meeting(job, tenancy)
    if meeting is None:
        return
    case = log.find(Case, case_id)
    consent = log.find(Consent, consent_id(case_id))
    opened = () if case else _opened(job, tenancy)
    item = AgendaItem.add(
        id=_item_id(case_id, meeting.id), meeting=meeting.id, meeting_date=meeting.day, matter=Matter.LEASE_ENDING,
        added_by=AddedBy.RULE, case=CaseFacts(case_id, tenancy.person, care_housing=tenancy.care_housing),
        consent=consent.facts if consent else None, tenancy=tenancy.id, by=job.context.by, at=job.context.at,
    )  # fmt: skip
    log.append(*opened, item)


def _opened(job: Job, tenancy: Tenancy) -> tuple[Case, Consent]:
    """The lease's case, in the hands of whoever had the one it was let in, and consent to be asked for."""
    by, at = job.context.by, job.context.at
    case = Case.open(
        id=job.row.case_id, person=tenancy.person, opened_by=OpenedBy.LEASE_ENDING, tenancy=tenancy.id, by=by, at=at
    )
    let_in = job.office.case_log.find(Case, tenancy.case)
    if let_in is not None and let_in.responsible is not None:
        case.assign_responsibility(to=let_in.responsible, by=by, at=at)
    return case, Consent.ask(case=case.id, person=tenancy.person, by=by, at=at)


def _next_meeting(job: Job, tenancy: Tenancy) -> Meeting | None:
    """The first scheduled meeting before the lease ends from which the lease has not been taken off."""
    with job.office.views.connect() as connection:
        upcoming = due_rows.upcoming_meetings(connection, after=job.context.at, until=tenancy.ends_on)
    log = job.office.case_log
    for id in upcoming:
        meeting = log.find(Meeting, id)
        is_tried = log.find(AgendaItem, _item_id(job.row.case_id, id)) is not None
        if meeting is not None and meeting.state is MeetingState.SCHEDULED and not is_tried:
            return meeting
    return None


def _item_id(case: UUID, meeting: UUID) -> UUID:
    """One item for each lease and meeting, whoever is first."""
    return uuid5(case, f"lease ending at {meeting}")


def _warning(job: Job) -> Letter:
    """Raises `NothingToSend` when the lease has ended or got another end."""
    tenancy = job.office.case_log.load(Tenancy, job.row.subject)
    case = lease_case_id(tenancy.id, tenancy.ends_on)
    if tenancy.ended_on is not None or case != job.row.case_id:
        raise NothingToSend(DropReason.NO_LONGER_DUE)
    words = texts_nb.lease_warning(texts_nb.reference(case), tenancy.ends_on)
    return letter_to(job, in_charge_of(job, case, tenancy.case), words)
