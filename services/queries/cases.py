"""The list of cases (M01, M20)."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement

from domain.access.kinds import InformationKind
from domain.case import OpenedBy
from domain.consent_facts import ConsentState
from projections import case_overview
from projections.case_overview import Key, Stage
from services.context import Context
from services.installation import Installation
from services.queries.answer import Answer
from services.queries.listing import Listing, Slice, named, shown


class Whose(StrEnum):
    """Which rows a list is about."""

    MINE = "mine"
    ALL = "all"


class CaseRow(Answer):
    """One case in the list."""

    case: UUID
    person: UUID
    name: str | None
    opened_by: OpenedBy
    opened_on: date
    care_housing: bool
    responsible: UUID | None
    stage: Stage = Field(description="The last milestone it has passed.")
    consent: ConsentState
    consent_expires_on: date | None
    pre_assessed: bool
    received_on: date | None = Field(description="When the latest application came in.")
    without_group: str | None = Field(description="The recorded ground for deciding it without the group.")
    meeting: UUID | None = Field(description="The meeting it is or was last up at.")
    conclusion: UUID | None


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
            view="case_overview", needs=InformationKind.IDENTITY, fields=named, show=_show,
            read=lambda after, limit: case_overview.page(connection, *wanted, after=after, limit=limit),
            key=lambda row: Key(row.opened_on, row.case),
        )  # fmt: skip
        return listing.page(office, context, after, limit)


def _show(row: Any, opened: Any) -> CaseRow:
    return CaseRow(**shown(row, opened))
