"""The list of cases (M01, M20)."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement

from domain.access.kinds import InformationKind
from domain.cases.case import OpenedBy
from domain.cases.consent_facts import ConsentState
from projections import case_overview
from projections.case_overview import Key, Stage
from services.boxes import SealedFields
from services.context import Context
from services.core.asked import Paged
from services.core.pages import Page, page_of
from services.core.permits.reading import ReadsEach
from services.core.registry import Area, query
from services.gate import Opened
from services.installation import Installation
from services.queries.answer import ListRow
from services.queries.listing import Listing, Slice, ViewRow, shown


class Whose(StrEnum):
    """Which rows a list is about."""

    MINE = "mine"
    ALL = "all"


class WhoseCases(StrEnum):
    """Which cases the list is about."""

    MINE = "mine"
    ALL = "all"
    UNASSIGNED = "unassigned"
    """Nobody at work has them: nobody yet, or somebody who has left or is away without stand-in. Every saksbehandler sees
    that they are there, and what is due."""


class CaseRow(ListRow):
    """One case in the list. Who has only a task or a submission in it sees whom it is about (M04, M15)."""

    case: UUID
    person: UUID | None = Field(description="Null where the case does not open for the reader.")
    name: str | None
    care_housing: bool
    opened_by: OpenedBy | None = None
    opened_on: date | None = None
    responsible: UUID | None = None
    stage: Stage | None = Field(default=None, description="The last milestone it has passed.")
    consent: ConsentState | None = None
    consent_expires_on: date | None = None
    pre_assessed: bool | None = None
    received_on: date | None = Field(default=None, description="When the latest application came in.")
    without_group: str | None = Field(
        default=None, description="The recorded ground for deciding it without the group."
    )
    meeting: UUID | None = Field(default=None, description="The meeting it is or was last up at.")
    conclusion: UUID | None = None
    deadline: date | None = Field(default=None, description="The next deadline that runs in it.")
    nothing_left: bool | None = Field(
        default=None, description="Whether all that was applied for is withdrawn, sent on or answered in another case."
    )


class AskedCases(Paged):
    """Which cases the list is to show."""

    whose: WhoseCases = Field(
        default=WhoseCases.MINE,
        description="For a saksbehandler: her own cases, all she may see, or those nobody is responsible for.",
    )
    care_housing: bool | None = Field(default=None, description="Only cases about care housing, or none of them.")
    closed: bool = Field(default=False, description="Whether to show closed cases too.")


@query("/cases", Area.CASES, ReadsEach())
def list_cases(office: Installation, context: Context, _: None, asked: AskedCases) -> Page[CaseRow]:
    """The cases that the caller may see, the newest first. Care housing only at Service og tildeling (M20)."""
    return page_of(
        cases(
            office, context, whose=asked.whose, care_housing=asked.care_housing, closed=asked.closed,
            after=asked.after(Key), limit=asked.limit,
        )
    )  # fmt: skip


def cases(
    office: Installation, context: Context, *, whose: WhoseCases, care_housing: bool | None, closed: bool, after: Key | None,
    limit: int,
) -> Slice[CaseRow]:  # fmt: skip
    """The cases that the actor may see, the newest first. For a saksbehandler hers only, unless she asks for others."""
    wanted: list[ColumnElement[bool]] = [] if closed else [case_overview.OPEN]
    unassigned = whose is WhoseCases.UNASSIGNED and context.actor.is_saksbehandler
    if context.actor.is_saksbehandler and whose is not WhoseCases.ALL:
        nobodys, hers = (
            case_overview.is_had_by_nobody(context.today),
            case_overview.is_had_by(context.actor.id, context.today),
        )
        wanted.append(nobodys if unassigned else hers)
    if care_housing is not None:
        wanted.append(case_overview.is_care_housing(care_housing))
    with office.views.connect() as connection:
        listing = Listing(
            view="case_overview", needs=InformationKind.IDENTITY, fields=_names,
            show=lambda row, opened: _show(context, row, opened),
            read=lambda reach, after, limit: case_overview.page(
                connection, *wanted, reach=reach, after=after, limit=limit
            ),
            key=lambda row: Key(row.opened_on, row.case), masked=_unopened if unassigned else None,
        )  # fmt: skip
        return listing.page(office, context, after, limit)


def _names(row: ViewRow) -> SealedFields:
    return {"name": row.name, "registered_name": row.registered_name}


def _show(context: Context, row: ViewRow, opened: Opened) -> CaseRow:
    """All of it to whom the case opens; else whom it is about, to who submitted them in their own words (M04)."""
    decision = opened.decision
    if decision.opens_case:
        return CaseRow(**shown(row, opened), nothing_left=case_overview.has_nothing_left(row))
    own_words = row.registered_by == context.actor.id and not decision.opens(InformationKind.CONTACT)
    name = opened.texts["registered_name" if own_words else "name"]
    return CaseRow(case=row.case, person=row.person, care_housing=row.care_housing, name=name, withheld=opened.closed)


def _unopened(row: ViewRow) -> CaseRow:
    """That it waits for somebody, and since when; not whom it is about."""
    return CaseRow(
        case=row.case, person=None, name=None, care_housing=row.care_housing, opened_by=row.opened_by,
        opened_on=row.opened_on, stage=row.stage, deadline=row.deadline,
    )  # fmt: skip
