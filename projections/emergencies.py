"""Which cases were opened in an emergency, those that no review has looked at since first (D4)."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Boolean, Column, Connection, Date, Row, String, Table, Uuid, select, update

from domain.access.emergency import EmergencyAccess
from domain.access.review import Review
from domain.base import Event
from projections.columns import UtcDateTime
from projections.rows import add, beyond
from projections.view import METADATA, Source, View

TABLE = Table(
    "emergencies",
    METADATA,
    Column("reviewed", Boolean, nullable=False, index=True),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("emergency_access", Uuid, primary_key=True),
    Column("case", Uuid, nullable=False, index=True),
    Column("employee", Uuid, nullable=False),
    Column("role", String, nullable=False),
    Column("last_day", Date, nullable=False),
)


class Key(NamedTuple):
    """Where a page ends."""

    reviewed: bool
    opened_at: Any
    emergency_access: UUID


def apply(connection: Connection, event: Event, _position: int) -> None:
    match event:
        case EmergencyAccess.Opened():
            add(
                connection, TABLE, emergency_access=event.originator_id, case=event.case, employee=event.employee,
                role=event.role, last_day=event.last_day, opened_at=event.timestamp, reviewed=False,
            )  # fmt: skip
        case Review.Opened():
            connection.execute(update(TABLE).where(TABLE.c.case == event.case).values(reviewed=True))


VIEW = View("emergencies", "1", Source.CASE_LOG, (TABLE,), apply)


def page(connection: Connection, *, after: Key | None, limit: int) -> Sequence[Row[Any]]:
    """Those that no review has looked at first, in the order they were opened."""
    columns = (TABLE.c.reviewed, TABLE.c.opened_at, TABLE.c.emergency_access)
    query = select(TABLE).order_by(*columns).limit(limit)
    return connection.execute(query.where(beyond(columns, after)) if after else query).all()
