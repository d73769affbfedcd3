"""Putting things on an agenda, and what every command about an item asks first (M09, M10, M18, M20)."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from domain.access.decision import Action
from domain.access.facts import NOBODY
from domain.authority import require_saksbehandler
from domain.cases.case import Case, CaseClosedError
from domain.cases.consent import Consent, consent_id
from domain.cases.consent_facts import ConsentFacts
from domain.cases.pre_assessment import PreAssessment, pre_assessment_id
from domain.group.agenda_item import AddedBy, AgendaItem, CaseFacts, Matter
from domain.group.meeting import Meeting, MeetingState
from domain.housing.allocation import Allocation
from domain.housing.tenancy import Tenancy
from domain.refusals import NotFoundError, WrongStateError
from services.context import Context
from services.installation import Installation


class MeetingOverError(WrongStateError):
    code = "meeting_over"
    rule = "M05"
    missing = "Møtet er avsluttet, avlyst eller har vært."
    next_step = "Velg et møte som ikke har vært ennå."


@dataclass(frozen=True)
class Subject:
    """What an item is about: a case, or a vacancy; and the tenancy, where there is one."""

    matter: Matter
    case: UUID | None = None
    tenancy: UUID | None = None
    allocation: UUID | None = None

    def item_id(self, nth: int) -> UUID:
        """The id of its nth item, the same for everybody: two cannot put the same thing on an agenda at once (M18)."""
        if self.matter in (Matter.LEASE_ENDING, Matter.EXTENSION) and self.tenancy is not None:
            return uuid5(self.tenancy, f"lease on agenda {nth}")
        matter = Matter.NEW_CASE if self.matter.is_new else self.matter
        return uuid5(self.allocation or self.case or NOBODY, f"{matter} on agenda {nth}")


def place_on_agenda(
    office: Installation,
    context: Context,
    meeting: Meeting,
    subject: Subject,
    *,
    added_by: AddedBy,
    instead_of: AgendaItem | None = None,
) -> AgendaItem:
    """A new item on the agenda of `meeting`, not yet stored. `instead_of`: the item that is postponed for it.

    Raises the refusals of `AgendaItem.add`, `CaseClosedError`, and `NotFoundError` for a tenancy or vacancy that is not
    there or is somebody else's.
    """
    if subject.allocation is not None:
        office.case_log.load(Allocation, subject.allocation)
    id, is_already_open = _next_item(office, subject, instead_of)
    return AgendaItem.add(
        id=id, meeting=meeting.id, meeting_date=meeting.day, matter=subject.matter, added_by=added_by,
        case=case_facts(office, context, subject.case, subject.tenancy), consent=consent_facts(office, subject.case),
        pre_assessment_completed=_is_pre_assessed(office, subject.case), tenancy=subject.tenancy,
        allocation=subject.allocation, is_already_open=is_already_open,
        challenge_needs_consent=office.rules(context).choices.challenge_needs_consent, by=context.by, at=context.at,
    )  # fmt: skip


def postponed(office: Installation, context: Context, item: AgendaItem, to_meeting: Meeting) -> AgendaItem:
    """Postpone `item`; gives the item it becomes, for the same save (M18)."""
    item.postpone(to_meeting=to_meeting.id, by=context.by, at=context.at)
    subject = Subject(item.matter, item.case, item.tenancy, item.allocation)
    return place_on_agenda(office, context, to_meeting, subject, added_by=AddedBy.SAKSBEHANDLER, instead_of=item)


def coming_meeting(office: Installation, context: Context, id: UUID) -> Meeting:
    """A meeting that things can be put on. Raises `NotFoundError`, `MeetingOverError`."""
    meeting = office.case_log.load(Meeting, id)
    is_ahead = meeting.state is MeetingState.SCHEDULED and meeting.day >= context.today
    if not (is_ahead or meeting.state is MeetingState.OPEN):
        raise MeetingOverError
    return meeting


def handled_item(office: Installation, context: Context, id: UUID, purpose: str) -> AgendaItem:
    """The item, for who handles its case; one about no single case is for any saksbehandler at Service og tildeling."""
    item = office.case_log.load(AgendaItem, id)
    if item.case is None:
        require_saksbehandler(context.by)
    else:
        office.gate.permit(context, Action.HANDLE, item.case, purpose=purpose)
    context.expect(item)
    return item


def case_facts(office: Installation, context: Context, case_id: UUID | None, tenancy: UUID | None) -> CaseFacts | None:
    """What an agenda needs to know of the case as it stands now. A lease in care housing counts as such (M20)."""
    if case_id is None:
        return None
    case = office.case_log.load(Case, case_id)
    if case.closed:
        raise CaseClosedError()
    is_care_lease = tenancy is not None and _tenancy_of(office, tenancy, case).care_housing
    stays = is_care_lease and office.rules(context).choices.care_leases_stay_with_owner
    return CaseFacts(case.id, case.person, case.care_housing or stays)


def consent_of(office: Installation, case: UUID | None) -> Consent | None:
    """The consent stream of the case."""
    return office.case_log.find(Consent, consent_id(case)) if case else None


def consent_facts(office: Installation, case: UUID | None) -> ConsentFacts | None:
    """The consent as it stands now."""
    consent = consent_of(office, case)
    return consent.facts if consent else None


def _tenancy_of(office: Installation, id: UUID, case: Case) -> Tenancy:
    tenancy = office.case_log.load(Tenancy, id)
    if tenancy.person != case.person:
        raise NotFoundError()
    return tenancy


def _next_item(office: Installation, subject: Subject, instead_of: AgendaItem | None) -> tuple[UUID, bool]:
    """The next free id for the subject, and whether an earlier item about it is still unsettled."""
    nth, is_open = 1, False
    while (earlier := office.case_log.find(AgendaItem, subject.item_id(nth))) is not None:
        is_open = is_open or not (earlier.outcome.settled or (instead_of is not None and earlier.id == instead_of.id))
        nth += 1
    return subject.item_id(nth), is_open


def _is_pre_assessed(office: Installation, case: UUID | None) -> bool:
    assessment = office.case_log.find(PreAssessment, pre_assessment_id(case)) if case else None
    return assessment is not None and assessment.completed
