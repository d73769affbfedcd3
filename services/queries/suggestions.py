"""What by rule belongs on a meeting's agenda and is on none: each with its rule, and what it still lacks (M04, M09, M10, M14, M16–M19).

A suggestion puts nothing on the agenda; the saksbehandler does. Care housing is never among them (M20).
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import Connection, Row

from domain.access.decision import Rule
from domain.access.facts import NOBODY, FactName
from domain.cases.case import Case, CaseClosedError, OpenedBy
from domain.cases.consent import Consent, consent_id
from domain.cases.consent_facts import ConsentMissingError
from domain.cases.pre_assessment import PreAssessment, pre_assessment_id
from domain.group.agenda_item import AgendaItem, Matter
from domain.group.agenda_item.refusals import PreAssessmentMissingError
from domain.group.meeting import Meeting
from domain.housing.allocation import Allocation, AllocationState
from domain.housing.allocation_rules import NothingComputedError
from domain.housing.dwelling import DwellingState
from domain.refusals import Refusal
from domain.sealed import Sealed
from projections import case_overview, dwellings, leases_ending
from projections.case_overview import Stage
from projections.reach import EVERYTHING
from services.context import Context
from services.core.duties import SAKSBEHANDLER
from services.core.permits.reading import ReadsEach
from services.core.registry import Area, query
from services.gate import ListEntry, Opened
from services.installation import Installation
from services.log.streams import Streams
from services.queries.answer import Answer, ListRow

MOST = 2_000
"""How many of each kind are looked at; far more than a meeting can take."""

NOT_YET_TAKEN_UP = (Stage.OPENED, Stage.SUBMITTED, Stage.PRE_ASSESSED, Stage.OFF_AGENDA)

RULES = {
    Matter.NEW_CASE: "M10",
    Matter.SUBMITTED: "M04",
    Matter.EXTENSION: "M19",
    Matter.LEASE_ENDING: "M18",
    Matter.TENANCY_CHALLENGE: "M16",
    Matter.ASSISTANCE_CHALLENGE: "M17",
    Matter.VACANCY: "M14",
}

CHALLENGES = {
    OpenedBy.TENANCY_CHALLENGE: Matter.TENANCY_CHALLENGE,
    OpenedBy.ASSISTANCE_CHALLENGE: Matter.ASSISTANCE_CHALLENGE,
}


class Blocker(Answer):
    """Something that is missing before it can be put on the agenda: the refusal that would come."""

    code: str
    rule: str
    missing: str
    next_step: str


class Suggestion(ListRow):
    """One matter; its fields are what `add_agenda_item` takes."""

    matter: Matter
    rule: str = Field(description="The mandate's rule by which it belongs there.", examples=["M18"])
    case: UUID | None
    person: UUID | None = Field(description="Null for a vacancy, and where the case does not open for the reader.")
    name: str | None
    tenancy: UUID | None
    allocation: UUID | None
    restricted: bool = Field(description="Without consent only Service og tildeling would see it (M18).")
    blocked: list[Blocker] = Field(description="Empty when it can be put on the agenda now.")


class Suggestions(Answer):
    """What the agenda of one meeting may lack."""

    meeting: UUID
    suggestions: list[Suggestion]


@dataclass(frozen=True)
class Found:
    """A matter that no agenda has, before anything of it is opened."""

    matter: Matter
    case: UUID | None = None
    person: UUID | None = None
    name: Sealed | None = None
    tenancy: UUID | None = None
    allocation: UUID | None = None
    restricted: bool = False
    lacks: tuple[type[Refusal], ...] = ()


@query("/meetings/{meeting}/suggestions", Area.MEETINGS, ReadsEach(first=SAKSBEHANDLER))
def list_suggestions(office: Installation, context: Context, _: None, meeting: UUID) -> Suggestions:
    """What by rule belongs on the agenda and is on none, with what each still lacks (M04, M10, M14, M16–M19).

    For a saksbehandler. Names are shown of the cases that open for her.
    """
    coming = office.case_log.load(Meeting, meeting)
    with office.views.connect() as connection:
        found = [
            *_cases(office, context, connection, coming), *_leases(office, context, connection, coming),
            *_vacancies(office, connection),
        ]  # fmt: skip
    return Suggestions(meeting=meeting, suggestions=_shown(office, context, found))


def _shown(office: Installation, context: Context, found: Sequence[Found]) -> list[Suggestion]:
    """All but those the reader is inhabil in; whose case does not open, without saying whom it is about."""
    permits = office.gate.permits(context, [each.case for each in found if each.case])
    inhabil = {case for case, permit in permits.items() if Rule.INHABIL in permit.decision.rules}
    open_ones = [f for f in found if f.case and f.person and permits[f.case].decision.allowed]
    entries = [ListEntry(f.case, f.person, {"name": f.name}) for f in open_ones if f.case and f.person]
    opened = zip(open_ones, office.gate.open_list(context, "suggestions", entries, permits), strict=True)
    seen = {each: texts for each, texts in opened if texts is not None}
    return [_suggestion(each, seen.get(each)) for each in found if each.case not in inhabil]


def _suggestion(found: Found, opened: Opened | None) -> Suggestion:
    values: dict[str, Any] = {**asdict(found), "person": None, "name": None}
    if opened is not None:
        values |= {"person": found.person, "name": opened.texts["name"], "withheld": opened.closed}
    blocked = [
        Blocker(code=lack.code, rule=lack.rule, missing=lack.missing, next_step=lack.next_step) for lack in found.lacks
    ]
    return Suggestion(**{**values, "rule": RULES[found.matter], "blocked": blocked})


def _cases(office: Installation, context: Context, connection: Connection, meeting: Meeting) -> Iterator[Found]:
    """New cases, cases that somebody has submitted, and challenges, that have not been taken up."""
    columns = case_overview.TABLE.c
    rows = case_overview.page(
        connection, columns.stage.in_(NOT_YET_TAKEN_UP), columns.without_group.is_(None),
        columns.opened_by != OpenedBy.LEASE_ENDING, case_overview.is_care_housing(False), reach=EVERYTHING,
        after=None, limit=MOST,
    )  # fmt: skip
    left = [row for row in reversed(rows) if row.conclusion is None or row.stage == Stage.SUBMITTED]
    streams = _streams(office, left)
    for row in left:
        matter = CHALLENGES.get(row.opened_by) or _new_or_submitted(streams.load(Case, row.case))
        lacks = _lacks(office, context, streams, row.case, matter, meeting)
        yield Found(
            matter, row.case, row.person, row.name, row.tenancy if matter in CHALLENGES.values() else None, lacks=lacks
        )


def _new_or_submitted(case: Case) -> Matter:
    return Matter.SUBMITTED if case.submitted_by else Matter.NEW_CASE


def _leases(office: Installation, context: Context, connection: Connection, meeting: Meeting) -> Iterator[Found]:
    """Leases that end within six months of the meeting, and those whose extension is applied for."""
    rows = leases_ending.page(
        connection, reach=EVERYTHING, today=meeting.day, care_housing=False, after=None, limit=MOST
    )
    streams = _streams(office, rows, [row.item for row in rows if row.item])
    for row in rows:
        asked = row.application is not None and row.answer is None
        matter = Matter.EXTENSION if asked else Matter.LEASE_ENDING
        if row.answer is not None or _is_taken_up(streams, row, matter):
            continue
        lacks = _lacks(office, context, streams, row.case, matter, meeting)
        restricted = matter is Matter.LEASE_ENDING and ConsentMissingError in lacks
        if restricted:
            lacks = tuple(lack for lack in lacks if lack is not ConsentMissingError)
        yield Found(matter, row.case, row.person, row.name, row.tenancy, restricted=restricted, lacks=lacks)


def _is_taken_up(streams: Streams, lease: Row[Any], matter: Matter) -> bool:
    """Whether the lease stands on an agenda, or this matter about it has come to its end."""
    item = streams.find(AgendaItem, lease.item) if lease.item else None
    if item is None:
        return False
    return not item.outcome.settled or (item.is_concluded and item.matter is matter)


def _vacancies(office: Installation, connection: Connection) -> Iterator[Found]:
    """Vacant dwellings whose order the group has not agreed on."""
    rows = dwellings.page(connection, state=DwellingState.RESERVED, care_housing=False, after=None, limit=MOST)
    ids = [row.allocation for row in rows if row.allocation]
    if not ids:
        return
    facts = office.case_log.facts.of(ids, NOBODY).facts
    items = {id: facts[id].items_with(FactName.VACANCY_ITEM) for id in ids}
    streams = office.case_log.load_many([*ids, *(item for each in items.values() for item in each)])
    for id in ids:
        allocation = streams.find(Allocation, id)
        if allocation is None or allocation.agreed is not None:
            continue
        if any(not streams.load(AgendaItem, item).outcome.settled for item in items[id]):
            continue
        lacks = (NothingComputedError,) if allocation.state is AllocationState.OPENED else ()
        yield Found(Matter.VACANCY, allocation=allocation.id, lacks=lacks)


def _streams(office: Installation, rows: Sequence[Row[Any]], more: Sequence[UUID] = ()) -> Streams:
    """Each row's case with what it may lack, and `more`; read together."""
    of_cases = (id for row in rows for id in (row.case, consent_id(row.case), pre_assessment_id(row.case)))
    return office.case_log.load_many([*of_cases, *more]) if rows else Streams(())


def _lacks(
    office: Installation, context: Context, streams: Streams, case_id: UUID, matter: Matter, meeting: Meeting
) -> tuple[type[Refusal], ...]:
    """What `AgendaItem.add` would refuse it for, on the day of the meeting."""
    needs_consent = not matter.is_challenge or office.rules(context).choices.challenge_needs_consent
    case, consent = streams.load(Case, case_id), streams.find(Consent, consent_id(case_id))
    assessment = streams.find(PreAssessment, pre_assessment_id(case_id))
    lacks: dict[type[Refusal], bool] = {
        CaseClosedError: case.closed,
        PreAssessmentMissingError: matter.is_new and (assessment is None or not assessment.completed),
        ConsentMissingError: needs_consent and (consent is None or not consent.facts.is_valid_on(meeting.day)),
    }
    return tuple(refusal for refusal, is_so in lacks.items() if is_so)
