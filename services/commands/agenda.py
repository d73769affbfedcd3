"""Putting things on an agenda (M09, M10, M18, M20)."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from domain.access.facts import NOBODY
from domain.cases.case import Case, CaseClosedError, lease_case_id
from domain.cases.consent import Consent, consent_id
from domain.cases.consent_facts import ConsentFacts
from domain.cases.pre_assessment import PreAssessment, pre_assessment_id
from domain.group.agenda_item import AddedBy, AgendaItem, CaseFacts, ItemState, Matter
from domain.group.meeting import Meeting, MeetingOverError, MeetingState
from domain.housing.allocation import Allocation
from domain.housing.tenancy import Tenancy
from domain.refusals import NotFoundError
from services.context import Context
from services.facts.case_applications import require_something_to_decide
from services.installation import Installation

LEASE_MATTERS = (Matter.LEASE_ENDING, Matter.EXTENSION)


@dataclass(frozen=True)
class Subject:
    """What an item is about: a case, or a vacancy; and the tenancy, where there is one."""

    matter: Matter
    case: UUID | None = None
    tenancy: UUID | None = None
    allocation: UUID | None = None

    @property
    def is_about_the_lease(self) -> bool:
        """Its end and its extension are one matter."""
        return self.matter in LEASE_MATTERS and self.tenancy is not None

    def item_id(self, nth: int) -> UUID:
        """The id of its nth item, the same for everybody: two cannot put the same thing on an agenda at once (M18)."""
        if self.is_about_the_lease:
            return uuid5(self.tenancy or NOBODY, f"lease on agenda {nth}")
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
    """A new item on the agenda of `meeting`, both to be stored in one save: then the meeting cannot close without it.

    `instead_of`: the item that is postponed for it.

    Raises the refusals of `AgendaItem.add`, `CaseClosedError`, and `NotFoundError` for a tenancy or vacancy that is not
    there or is somebody else's.
    """
    if subject.allocation is not None:
        office.case_log.load(Allocation, subject.allocation)
    require_something_to_decide(office, subject.case, subject.matter)
    id, is_there = _next_item(office, subject, meeting, instead_of)
    meeting.place(item=id, by=context.by, at=context.at)
    choices = office.rules(context).choices
    return AgendaItem.add(
        id=id, meeting=meeting.id, meeting_date=meeting.day, matter=subject.matter, added_by=added_by,
        case=case_facts(office, context, subject.case, subject.tenancy), consent=consent_facts(office, subject.case),
        pre_assessment_completed=_is_pre_assessed(office, subject.case), tenancy=subject.tenancy,
        allocation=subject.allocation, is_already_open=is_there,
        challenge_needs_consent=choices.challenge_needs_consent, guest_days=choices.guest_days_after_meeting,
        by=context.by, at=context.at,
    )  # fmt: skip


def postponed(office: Installation, context: Context, item: AgendaItem, to_meeting: Meeting) -> AgendaItem:
    """Postpone `item`; gives the item it becomes, for the same save as both meetings' (M18).

    What it takes to be on an agenda is asked anew, on the day of the other meeting: consent that has expired by then
    is none (M09).
    """
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


def _next_item(
    office: Installation, subject: Subject, meeting: Meeting, instead_of: AgendaItem | None
) -> tuple[UUID, bool]:
    """The next free id for the subject, and whether the same matter stands open on an agenda, or on this one (M18)."""
    earlier = list(_by_rule(office, subject))
    nth = 1
    while (item := office.case_log.find(AgendaItem, subject.item_id(nth))) is not None:
        earlier.append(item)
        nth += 1
    others = (item for item in earlier if instead_of is None or item.id != instead_of.id)
    return subject.item_id(nth), any(_stands_in_the_way(item, meeting) for item in others)


def _stands_in_the_way(earlier: AgendaItem, meeting: Meeting) -> bool:
    """Unsettled anywhere; or taken up already at the same meeting, which decides a matter once."""
    is_off = earlier.state in (ItemState.POSTPONED, ItemState.REMOVED)
    return not earlier.outcome.settled or (earlier.meeting == meeting.id and not is_off)


def _by_rule(office: Installation, subject: Subject) -> Iterator[AgendaItem]:
    """What stands on an agenda about the same lease in the case of its end, as put there by the rule (M18)."""
    if subject.tenancy is None or not subject.is_about_the_lease:
        return
    tenancy = office.case_log.find(Tenancy, subject.tenancy)
    cases = {subject.case, lease_case_id(tenancy.id, tenancy.ends_on) if tenancy else None} - {None}
    for item in (
        office.case_log.load(AgendaItem, id) for case in cases if case for id in office.case_log.items_of(case)
    ):
        if item.tenancy == subject.tenancy and item.matter in LEASE_MATTERS:
            yield item


def _is_pre_assessed(office: Installation, case: UUID | None) -> bool:
    assessment = office.case_log.find(PreAssessment, pre_assessment_id(case)) if case else None
    return assessment is not None and assessment.completed
