"""Messages on their way out: which were begun, sent, failed, and of which nobody knows (design D8)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, Connection, Integer, Row, String, Table, Uuid, select

from domain.base import Event
from domain.delivery import Delivery, DeliveryState
from projections.columns import UtcDateTime
from projections.rows import add, beyond, change
from projections.view import METADATA, Source, View

TABLE = Table(
    "deliveries",
    METADATA,
    Column("delivery", Uuid, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subject", Uuid, nullable=False),
    Column("recipient", Uuid, nullable=False),
    Column("case", Uuid),
    Column("sequence", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False, index=True),
    Column("state", String, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("reason", String),
    Column("changed_at", UtcDateTime, nullable=False),
)
"""`reason`: the code of why it failed, was put off, dropped or has to be posted. `changed_at`: office time, UTC."""


class Key(NamedTuple):
    """Where a page ends."""

    due_at: datetime
    delivery: UUID


def apply(connection: Connection, event: Event, _position: int) -> None:
    delivery: UUID = event.originator_id
    at = event.timestamp
    match event:
        case Delivery.Begun():
            _add(connection, event, state=DeliveryState.BEGUN, attempts=1, reason=None)
        case Delivery.ToBePosted():
            _add(connection, event, state=DeliveryState.TO_BE_POSTED, attempts=0, reason=event.reason)
        case Delivery.Dropped():
            _add(connection, event, state=DeliveryState.DROPPED, attempts=0, reason=event.reason)
        case Delivery.Sent():
            change(connection, TABLE, delivery, state=DeliveryState.SENT, reason=None, changed_at=at)
        case Delivery.Failed():
            change(connection, TABLE, delivery, state=DeliveryState.FAILED, reason=event.reason, changed_at=at)
        case Delivery.Deferred():
            change(connection, TABLE, delivery, state=DeliveryState.DEFERRED, reason=event.reason, changed_at=at)
        case Delivery.Retried():
            attempts = TABLE.c.attempts + 1
            change(connection, TABLE, delivery, state=DeliveryState.BEGUN, attempts=attempts, changed_at=at)
        case Delivery.Uncertain():
            change(connection, TABLE, delivery, state=DeliveryState.UNCERTAIN, changed_at=at)
        case Delivery.Posted():
            change(connection, TABLE, delivery, state=DeliveryState.POSTED, changed_at=at)


def _add(
    connection: Connection, event: Delivery.Begun | Delivery.ToBePosted | Delivery.Dropped, **values: object
) -> None:
    add(
        connection, TABLE, delivery=event.originator_id, kind=event.kind, subject=event.subject,
        recipient=event.recipient, case=event.case, sequence=event.sequence, due_at=event.due_at,
        changed_at=event.timestamp, **values,
    )  # fmt: skip


VIEW = View("deliveries", "1", Source.CASE_LOG, (TABLE,), apply)


def page(connection: Connection, *, state: DeliveryState | None, after: Key | None, limit: int) -> Sequence[Row[Any]]:
    """Deliveries, the newest due first; only those in `state` when one is given."""
    columns = (TABLE.c.due_at, TABLE.c.delivery)
    query = select(TABLE).order_by(*(column.desc() for column in columns)).limit(limit)
    if state is not None:
        query = query.where(TABLE.c.state == state)
    return connection.execute(query.where(beyond(columns, after, descending=True)) if after else query).all()
