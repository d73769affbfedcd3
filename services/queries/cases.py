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
from services.context import Context
from services.gate import Opened
from services.installation import Installation
from services.queries.answer import Answer
from services.queries.listing import Listing, Slice, ViewRow, named, shown


class Whose(StrEnum):
    """Which rows a list is about."""

    MINE = "mine"
    ALL = "all"


class CaseRow(Answer):
    """One case in the list. Who has only a task or a submission in it sees whom it is about (M04, M15)."""

    case: UUID
    person: UUID
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


def cases(
    office: Installation, context: Context, *, whose: Whose, care_housing: bool | None, closed: bool, after: Key | None,
    limit: int,
) -> Slice[CaseRow]:  # fmt: skip
    """The cases that the actor may see, the newest first. For a saksbehandler hers only, unless she asks for all."""
    wanted: list[ColumnElement[bool]] = [] if closed else [case_overview.OPEN]
    if whose is Whose.MINE and context.actor.is_saksbehandler:
        wanted.append(case_overview.responsible_is(context.actor.id))
    if care_housing is not None:
        wanted.append(case_overview.is_care_housing(care_housing))
    with office.views.connect() as connection:
        listing = Listing(
            view="case_overview", needs=InformationKind.IDENTITY, fields=named, show=_show, own=lambda _: True,
            read=lambda after, limit: case_overview.page(connection, *wanted, after=after, limit=limit),
            key=lambda row: Key(row.opened_on, row.case),
        )  # fmt: skip
        return listing.page(office, context, after, limit)


def _show(row: ViewRow, opened: Opened) -> CaseRow:
    if opened.decision.opens_case:
        return CaseRow(**shown(row, opened))
    return CaseRow(case=row.case, person=row.person, care_housing=row.care_housing, **opened.texts)
