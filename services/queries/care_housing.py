"""Care housing as Service og tildeling sees it: everybody's needs, who waits for a place, and one case (M20, LO1).

To anybody else there is nothing here: not a row, not a number, not that the list exists. A leader of the unit gets the
counts, with small ones hidden.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar
from uuid import UUID

from pydantic import Field

from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, By, Role
from domain.care.dialogue import CareDialogue, DialogueState, ToldOn
from domain.care.needs import CareHousingKind, CareNeeds, CareService, CareUrgency, NeedsBecauseOf, care_needs_id
from domain.decisions.vedtak_rules import Outcome
from domain.refusals import NotFoundError
from domain.statistics.small_numbers import Figure, Figures, few, protected
from projections import care_housing, case_history
from projections.care_housing import Key, PlaceKey
from services.boxes import SealedFields
from services.context import Context
from services.core.asked import Paged
from services.core.duties import Duty
from services.core.pages import Page, page_of
from services.core.permits.keeping import Holds
from services.core.permits.reading import ReadsCase, ReadsEach
from services.core.registry import Area, query
from services.installation import Installation
from services.permits import Permit
from services.queries.answer import Answer, ETag, ListRow
from services.queries.cases import Whose
from services.queries.listing import Listing, Slice, ViewRow, shown
from services.queries.reading import Reading, read_as
from services.versions import version_of

CodeT = TypeVar("CodeT", bound=StrEnum)


class CareStep(StrEnum):
    """What comes next, as the operation that does it."""

    MAP = "map_care_needs"
    HEAR = "record_care_input"
    PUT_TO_APPLICANT = "hear_applicant"
    DECIDE = "draft_vedtak"
    NOTHING = "nothing"


class CareRow(ListRow):
    """One applicant. What is needed is null until it is mapped."""

    case: UUID
    person: UUID
    name: str | None
    received_on: date | None
    responsible: UUID | None
    housing: CareHousingKind | None
    because_of: tuple[NeedsBecauseOf, ...]
    services: tuple[CareService, ...]
    urgency: CareUrgency | None
    step_free: bool | None
    about_housing: str | None
    about_services: str | None
    open_questions: int = Field(description="Questions to hjemmetjenesten or botjenesten without an answer.")
    unheard: bool = Field(description="Another unit has told something that is not put to the applicant (LH6).")
    outcome: Outcome | None = Field(description="Of the latest vedtak.")
    awaits_place_since: date | None = Field(description="On the waiting list for a place with care day and night.")
    next_step: CareStep


class CareCounts(Answer):
    """How many open applicants need what. To the leader small numbers, and what would give them away, are not told (LG1)."""

    applicants: Figure
    not_mapped: Figure
    housing: dict[CareHousingKind, Figure]
    because_of: dict[NeedsBecauseOf, Figure]
    services: dict[CareService, Figure]
    urgency: dict[CareUrgency, Figure]
    waiting_for_a_place: Figure


class CareQuestion(Answer):
    """One question to another unit."""

    dialogue: UUID
    etag: ETag
    asked: UUID
    unit: str
    question: str | None
    told: tuple[InformationKind, ...] = Field(description="What the question gave away.")
    told_on: ToldOn
    answer_by: date
    state: DialogueState
    answer: str | None


class CareView(Answer):
    """What is known of one applicant's needs, and who has been asked."""

    case: UUID
    etag: ETag | None = Field(description="Of the mapping; null until there is one.")
    housing: CareHousingKind | None = None
    because_of: tuple[NeedsBecauseOf, ...] = ()
    services: tuple[CareService, ...] = ()
    urgency: CareUrgency | None = None
    step_free: bool | None = None
    about_housing: str | None = None
    about_services: str | None = None
    awaits_place_since: date | None = None
    questions: list[CareQuestion]


def _require_caseworker(by: By) -> None:
    if not by.as_actor.is_saksbehandler:
        raise NotFoundError


def _require_counts_reader(by: By) -> None:
    if not (by.as_actor.is_saksbehandler or (by.role is Role.LEADER and by.unit == SERVICE_OG_TILDELING)):
        raise NotFoundError


CASEWORKER: Final = Duty("saksbehandler at Service og tildeling", _require_caseworker)
"""To everybody else the list does not exist (M20)."""

COUNTS_READER: Final = Duty("saksbehandler or leader at Service og tildeling", _require_counts_reader)
"""To everybody else there are no counts (M20)."""


@query("/care-housing/overview", Area.CARE_HOUSING, ReadsEach(first=CASEWORKER))
def list_care_needs(office: Installation, context: Context, _: None, asked: Paged) -> Page[CareRow]:
    """What every open applicant needs: those nobody has mapped first, then the most urgent (M20)."""
    return page_of(overview(office, context, after=asked.after(Key), limit=asked.limit))


def overview(
    office: Installation, context: Context, *, whose: Whose = Whose.ALL, after: Key | None, limit: int
) -> Slice[CareRow]:
    """Every open applicant whose case the actor may see, for who has the duty to; or those in the cases that she has."""
    wanted = [care_housing.is_had_by(context.actor.id, context.today)] if whose is Whose.MINE else []
    with office.views.connect() as connection:
        listing = Listing(
            view="care_housing", needs=InformationKind.HEALTH, fields=_closed, show=_row,
            read=lambda reach, after, limit: care_housing.page(
                connection, *wanted, reach=reach, after=after, limit=limit
            ),
            key=lambda row: Key(row.urgency_order, row.opened_on, row.case),
        )  # fmt: skip
        return listing.page(office, context, after, limit)


@query("/care-housing/waiting-list", Area.CARE_HOUSING, ReadsEach(first=CASEWORKER))
def list_care_waiting_list(office: Installation, context: Context, _: None, asked: Paged) -> Page[CareRow]:
    """Who waits for a place with care day and night: the most urgent first, then by the vedtak's date (LO1)."""
    with office.views.connect() as connection:
        listing = Listing(
            view="care_waiting_list", needs=InformationKind.HEALTH, fields=_closed, show=_row,
            read=lambda reach, after, limit: care_housing.waiting(connection, reach=reach, after=after, limit=limit),
            key=lambda row: PlaceKey(row.urgency_order, row.awaits_place_since, row.case),
        )  # fmt: skip
        return page_of(listing.page(office, context, asked.after(PlaceKey), asked.limit))


@query("/care-housing/counts", Area.CARE_HOUSING, Holds(COUNTS_READER))
def count_care_needs(office: Installation, context: Context, _: None) -> CareCounts:
    """How many need what. The unit's leader sees it too, with small numbers hidden (M20, LR4)."""
    with office.views.connect() as connection:
        rows = care_housing.everybody(connection)
    told, figures = (_exactly, _in_full) if context.actor.is_saksbehandler else (few, protected)
    table = figures(_by_housing_and_urgency(rows))
    return CareCounts(
        applicants=table.all, not_mapped=table.rows[-1],
        housing=dict(zip(CareHousingKind, table.rows, strict=False)),
        urgency=dict(zip(CareUrgency, table.columns, strict=False)),
        because_of=_each(NeedsBecauseOf, (code for row in rows for code in row.because_of), told),
        services=_each(CareService, (code for row in rows for code in row.services), told),
        waiting_for_a_place=told(sum(row.awaits_place_since is not None for row in rows)),
    )  # fmt: skip


@query("/cases/{case}/care-needs", Area.CARE_HOUSING, ReadsCase(purpose="care_needs"))
def show_care_needs(office: Installation, context: Context, permit: Permit) -> CareView:
    """One applicant's needs, and what hjemmetjenesten and botjenesten were asked and answered. Logged (D3, M20)."""
    case = permit.case
    if not permit.facts.is_care_housing:
        office.gate.refuse(context, permit, purpose="care_needs")
    needs = office.case_log.find(CareNeeds, care_needs_id(case))
    with office.views.connect() as connection:
        asked = case_history.streams(connection, case, CareDialogue.InputAsked.TOPIC)
    dialogues = [office.case_log.load(CareDialogue, id) for id in asked]

    def build(reading: Reading) -> CareView:
        seen = reading.sees(InformationKind.HEALTH)
        return CareView(
            case=case, questions=[_question(dialogue, reading) for dialogue in dialogues if seen],
            **_needs(needs if seen else None, reading),
        )  # fmt: skip

    return read_as(office, context, permit, build, purpose="care_needs")


def _by_housing_and_urgency(rows: Sequence[ViewRow]) -> list[list[int]]:
    """How many need which kind of home how soon; in the last row and column those nobody has mapped."""
    found = Counter((row.housing, row.urgency) for row in rows)
    return [[found[housing, urgency] for urgency in (*CareUrgency, None)] for housing in (*CareHousingKind, None)]


def _in_full(counts: Sequence[Sequence[int]]) -> Figures:
    rows, columns = tuple(map(sum, counts)), tuple(map(sum, zip(*counts, strict=True)))
    return Figures(cells=tuple(map(tuple, counts)), rows=rows, columns=columns, all=sum(rows))


def _exactly(count: int) -> Figure:
    return count


def _each(codes: type[CodeT], found: Iterable[str], told: Callable[[int], Figure]) -> dict[CodeT, Figure]:
    """How often each of `codes` is `found`, as far as that is told. One applicant may have several."""
    counted = Counter(found)
    return {code: told(counted[code]) for code in codes}


def _closed(row: ViewRow) -> SealedFields:
    return {"name": row.name, "about_housing": row.about_housing, "about_services": row.about_services}


def _row(row: ViewRow, opened: Any) -> CareRow:
    return CareRow(**shown(row, opened), next_step=_next_step(row))


def _next_step(row: ViewRow) -> CareStep:
    if row.outcome is not None:
        return CareStep.NOTHING
    if row.housing is None:
        return CareStep.MAP
    if row.open_questions:
        return CareStep.HEAR
    return CareStep.PUT_TO_APPLICANT if row.unheard else CareStep.DECIDE


def _needs(needs: CareNeeds | None, reading: Reading) -> dict[str, Any]:
    if needs is None:
        return {"etag": None}
    found = needs.found
    return {
        "etag": version_of(needs), "housing": found.housing, "because_of": found.because_of,
        "services": found.services, "urgency": found.urgency, "step_free": found.step_free,
        "about_housing": reading.text(needs.about_housing), "about_services": reading.text(needs.about_services),
        "awaits_place_since": needs.awaits_place_since,
    }  # fmt: skip


def _question(dialogue: CareDialogue, reading: Reading) -> CareQuestion:
    return CareQuestion(
        dialogue=dialogue.id, etag=version_of(dialogue), asked=dialogue.asked, unit=dialogue.unit,
        question=reading.text(dialogue.question), told=dialogue.told, told_on=dialogue.told_on,
        answer_by=dialogue.answer_by, state=dialogue.state, answer=reading.text(dialogue.answer),
    )  # fmt: skip
