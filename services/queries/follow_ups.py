"""The task inbox: one's own tasks first of all, those that are overdue before the others (M15)."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement

from domain.access.kinds import InformationKind
from domain.decisions.follow_up import FollowUpState
from domain.law.rulebook import DecisionSubject
from projections import task_inbox
from projections.task_inbox import Key
from services.context import Context
from services.gate import SealedFields
from services.installation import Installation
from services.queries.answer import Answer
from services.queries.cases import Whose
from services.queries.listing import Listing, Slice, ViewRow, shown


class FollowUpRow(Answer):
    """One task."""

    follow_up: UUID
    case: UUID
    person: UUID
    name: str | None
    what: str | None
    item: UUID
    assignee: UUID
    unit: str
    due_on: date
    overdue: bool
    state: FollowUpState
    vedtak_track: DecisionSubject | None = Field(description="What a vedtak must grant to put it in force.")
    vedtak: UUID | None
    escalated_to: UUID | None = Field(description="The leader who was told that it is overdue.")


def follow_ups(
    office: Installation, context: Context, *, whose: Whose, case: UUID | None, after: Key | None, limit: int
) -> Slice[FollowUpRow]:
    """One's own tasks that are in force; or all that are not over, in the cases that the actor may see.

    An own task opens no other task in its case (M15).
    """
    wanted: list[ColumnElement[bool]] = [task_inbox.OPEN]
    if whose is Whose.MINE:
        wanted = [task_inbox.IN_FORCE, task_inbox.assigned_to(context.actor.id)]
    if case is not None:
        wanted.append(task_inbox.of_case(case))
    with office.views.connect() as connection:
        listing = Listing(
            view="task_inbox", needs=InformationKind.FOLLOW_UP, fields=_closed,
            read=lambda after, limit: task_inbox.page(connection, *wanted, after=after, limit=limit),
            key=lambda row: Key(row.due_on, row.follow_up),
            show=lambda row, opened: FollowUpRow(**_with_overdue(row, shown(row, opened), context.today)),
            own=lambda row: bool(row.assignee == context.actor.id),
        )  # fmt: skip
        return listing.page(office, context, after, limit)


def _closed(row: ViewRow) -> SealedFields:
    return {"name": row.name, "what": row.what}


def _with_overdue(row: ViewRow, values: dict[str, Any], today: date) -> dict[str, Any]:
    return {**values, "overdue": row.due_on < today and row.state == FollowUpState.IN_FORCE}
