"""An agenda item in each of its stages, and the people around it."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from domain.access.facts import ConsentScope
from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, By, Unit
from domain.cases.consent_facts import ConsentFacts, ConsentState
from domain.group.agenda_item import AddedBy, AgendaItem, CaseFacts, InhabilGround, Matter, Presence
from domain.group.meeting import CalledMember
from domain.group.proposed_task import ProposedTask
from tests.domain.support import (
    CASE,
    NAV,
    PERSON,
    PSYKISK_HELSE,
    TEKNISKE_TJENESTER,
    an_id,
    at,
    by_saksbehandler,
    sealed,
)

MEETING, NEXT_MEETING = an_id("meeting"), an_id("next meeting")
DAY = date(2027, 1, 12)
ELEVEN, NOON = at(hour=11), at(hour=12)
TENANCY, ALLOCATION = an_id("tenancy"), an_id("allocation")
PERMANENT = (SERVICE_OG_TILDELING, PSYKISK_HELSE, NAV, TEKNISKE_TJENESTER)

ANNE, KARI, OLA, PER = an_id("saksbehandler"), an_id("nav"), an_id("psykisk_helse"), an_id("tekniske_tjenester")
CALLED = (
    CalledMember(ANNE, SERVICE_OG_TILDELING),
    CalledMember(KARI, NAV),
    CalledMember(OLA, PSYKISK_HELSE),
    CalledMember(PER, TEKNISKE_TJENESTER),
)
ORDINARY = CaseFacts(CASE, PERSON, care_housing=False)
CARE_HOUSING = CaseFacts(CASE, PERSON, care_housing=True)


def consent(*units: Unit, state: ConsentState = ConsentState.GIVEN, expires_on: date | None = None) -> ConsentFacts:
    """A consent given the year before, for Nav and psykisk helse unless other units are named."""
    scopes = tuple(ConsentScope(unit, (InformationKind.HOUSING,)) for unit in units or (NAV, PSYKISK_HELSE))
    return ConsentFacts(an_id("consent"), state, scopes, date(2026, 12, 1), expires_on)


def an_item(
    matter: Matter = Matter.NEW_CASE,
    *,
    case: CaseFacts | None = ORDINARY,
    given: ConsentFacts | None = None,
    without_consent: bool = False,
    pre_assessment_completed: bool = True,
    tenancy: UUID | None = TENANCY,
    allocation: UUID | None = None,
    added_by: AddedBy = AddedBy.SAKSBEHANDLER,
    is_already_open: bool = False,
    challenge_needs_consent: bool = True,
    by: By | None = None,
) -> AgendaItem:
    return AgendaItem.add(
        id=an_id("item"), meeting=MEETING, meeting_date=DAY, matter=matter, added_by=added_by, case=case,
        consent=None if without_consent else given or consent(),
        pre_assessment_completed=pre_assessment_completed, tenancy=tenancy, allocation=allocation,
        is_already_open=is_already_open, challenge_needs_consent=challenge_needs_consent,
        by=by or by_saksbehandler(), at=at(2027, 1, 5),
    )  # fmt: skip


def a_vacancy() -> AgendaItem:
    return an_item(Matter.VACANCY, case=None, without_consent=True, allocation=ALLOCATION)


def a_restricted_lease() -> AgendaItem:
    return an_item(Matter.LEASE_ENDING, without_consent=True)


def attend(
    item: AgendaItem,
    person: UUID,
    presence: Presence = Presence.PRESENT,
    when: datetime = ELEVEN,
    *,
    given: ConsentFacts | None = None,
    inhabil_elsewhere: tuple[UUID, ...] = (),
    called: tuple[CalledMember, ...] = CALLED,
) -> None:
    item.record_attendance(
        person=person, presence=presence, called=called, consent=given or consent(), day=DAY,
        inhabil_elsewhere=inhabil_elsewhere, by=by_saksbehandler(), at=when,
    )  # fmt: skip


def with_people(item: AgendaItem, *people: UUID) -> AgendaItem:
    for person in people or (ANNE, KARI):
        attend(item, person)
    return item


def open_discussion(
    item: AgendaItem,
    when: datetime = ELEVEN,
    *,
    case: CaseFacts | None = ORDINARY,
    given: ConsentFacts | None = None,
    without_consent: bool = False,
    least_units: int = 2,
    inhabil_elsewhere: tuple[UUID, ...] = (),
) -> AgendaItem:
    item.open_discussion(
        case=case, consent=None if without_consent else given or consent(), day=DAY, least_units=least_units,
        inhabil_elsewhere=inhabil_elsewhere, by=by_saksbehandler(), at=when,
    )  # fmt: skip
    return item


def close_discussion(item: AgendaItem, when: datetime = NOON) -> AgendaItem:
    item.close_discussion(by=by_saksbehandler(), at=when)
    return item


def a_discussed_item(matter: Matter = Matter.NEW_CASE) -> AgendaItem:
    """Discussed from eleven to twelve by Service og tildeling and Nav."""
    return close_discussion(open_discussion(with_people(an_item(matter))))


def declare(
    item: AgendaItem, person: UUID = KARI, unit: Unit = NAV, substitute: UUID | None = None, hour: int = 11
) -> None:
    item.declare_inhabil(
        person=person, unit=unit, ground=InhabilGround.FAMILY, substitute=substitute, by=by_saksbehandler(),
        at=at(hour=hour, minute=30),
    )  # fmt: skip


class Task(NamedTuple):
    """What a test says of a task; the rest is ordinary."""

    unit: Unit = NAV
    due_on: date = date(2027, 2, 1)
    case: UUID | None = CASE


def task(*of: Task) -> tuple[ProposedTask, ...]:
    return tuple(
        ProposedTask(an_id(f"task {n}"), KARI, t.unit, t.due_on, sealed("follow_up.task", t.case))
        for n, t in enumerate(of or (Task(),))
    )
