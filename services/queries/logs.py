"""What is looked at from outside the casework: who has seen what (C05), and which messages have gone out (D8)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import Connection, Row

from domain.actors import Role
from domain.delivery import DeliveryState, MessageKind
from domain.paper import PaperKind
from projections import access_log, deliveries, papers
from services.context import Context
from services.core.asked import Paged
from services.core.duties import REVIEWER, SAKSBEHANDLER
from services.core.pages import Page, page_of
from services.core.permits.keeping import Holds
from services.core.registry import Area, query
from services.installation import Installation
from services.queries.answer import Answer
from services.queries.listing import Slice


class AccessRow(Answer):
    """One line: somebody saw, was told of, or was refused one case, or was stopped at the door. Never what it said."""

    position: int = Field(description="In the disclosure log.")
    disclosure: UUID
    what: str = Field(
        description="viewed, list_viewed, exported, told_in_meeting, told_in_dialogue, refused, refused_at_door, addressed, "
        "access_taken or out_of_place.",
        examples=["told_in_meeting"],
    )
    case: UUID | None
    actor: UUID = Field(description="Who learned it, or was refused.")
    unit: str
    role: Role | None
    at: datetime
    purpose: str = Field(description="The query, the list, the stated reason, or the operation that never ran.")
    rules: tuple[str, ...] = Field(description="Why it was allowed or refused.")
    subjects: tuple[UUID, ...] = Field(description="Everybody whose data it was.")
    fields: tuple[str, ...] = Field(description="Permanent names of what was opened.")
    meeting: UUID | None
    item: UUID | None
    decided_at: int = Field(description="The position in the case log at which it was decided.")


class DeliveryRow(Answer):
    """One message. What it says is made when it is sent and is not kept."""

    delivery: UUID
    kind: MessageKind
    subject: UUID = Field(description="The meeting, application, follow-up or tenancy it is about.")
    recipient: UUID
    case: UUID | None
    sequence: int
    due_at: datetime
    state: DeliveryState = Field(description="uncertain: begun, and nobody knows whether it left.")
    attempts: int
    reason: str | None = Field(description="The code of why it failed, was put off, was dropped or is to be posted.")
    changed_at: datetime
    paper: UUID | None = Field(
        default=None, description="The receipt as a letter, when one is made to be posted (LH1)."
    )


class AskedAccesses(Paged):
    """Which lines."""

    case: UUID | None = Field(default=None, description="Only what is about this case.")


class AskedDeliveries(Paged):
    """Which messages."""

    state: DeliveryState | None = Field(default=None, description="Only deliveries in this state.")


@query("/access-log", Area.REVIEWS, Holds(REVIEWER))
def list_accesses(office: Installation, context: Context, _: None, asked: AskedAccesses) -> Page[AccessRow]:
    """Who saw, was told or was refused what, the newest first; for reviewers (C05, M08).

    Looking at them is itself in the log.
    """
    case, limit = asked.case, asked.limit
    if case is not None:
        office.gate.audit(context, case)
    with office.views.connect() as connection:
        rows = access_log.page(connection, case=case, after=asked.after(access_log.Key), limit=limit + 1)
    if case is None and rows:
        shown = [row for row in rows[:limit] if row.case is not None]
        subjects = (UUID(subject) for row in shown for subject in row.subjects)
        office.gate.audit_list(context, (row.case for row in shown), subjects)
    last = rows[limit - 1] if len(rows) > limit else None
    items = [AccessRow.model_validate(row) for row in rows[:limit]]
    return page_of(Slice(items, access_log.Key(last.position, last.line) if last else None))


@query("/deliveries", Area.DELIVERIES, Holds(SAKSBEHANDLER))
def list_deliveries(office: Installation, _context: Context, _: None, asked: AskedDeliveries) -> Page[DeliveryRow]:
    """Messages and what became of them, the newest due first; also those of which nobody knows (D8).

    Any saksbehandler may see that something did not arrive.
    """
    limit, after = asked.limit, asked.after(deliveries.Key)
    with office.views.connect() as connection:
        rows = deliveries.page(connection, state=asked.state, after=after, limit=limit + 1)
        letters = _letters(connection, rows)
    items = [DeliveryRow.model_validate({**row._mapping, "paper": letters.get(row.delivery)}) for row in rows[:limit]]
    more = len(rows) > limit
    return page_of(Slice(items, deliveries.Key(items[-1].due_at, items[-1].delivery) if more else None))


def _letters(connection: Connection, rows: Sequence[Row[Any]]) -> dict[UUID, UUID]:
    """By delivery, the letter that says the same as the message."""
    receipts = {row.delivery: row.subject for row in rows if row.kind == MessageKind.APPLICATION_RECEIPT}
    made = papers.newest_about(connection, PaperKind.RECEIPT, receipts.values())
    return {delivery: made[about] for delivery, about in receipts.items() if about in made}
