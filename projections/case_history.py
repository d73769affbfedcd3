"""Where in the log each case is told of: an index, so that a replay of one case need not read the whole log (C05)."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, String, Table, Uuid, select

from domain.base import Event
from domain.cases.case import Case
from domain.housing.allocation import Allocation
from projections.columns import UtcDateTime
from projections.rows import add
from projections.view import METADATA, Source, View

TABLE = Table(
    "case_history",
    METADATA,
    Column("case", Uuid, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("originator", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("topic", String, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
)


def apply(connection: Connection, event: Event, position: int) -> None:
    for case in sorted(set(cases_of(event))):
        add(
            connection, TABLE, case=case, position=position, originator=event.originator_id,
            version=event.originator_version, topic=event.TOPIC, recorded_at=event.timestamp,
        )  # fmt: skip


def cases_of(event: Event) -> Iterable[UUID]:
    """The cases an event tells of: its own, or all that stand in a computed order. Events about a person name none."""
    match event:
        case (
            Case.Opened() | Case.ResponsibilityAssigned() | Case.SubmittedToGroup() | Case.DecidedWithoutGroup()
            | Case.Closed()
        ):  # fmt: skip
            return (event.originator_id,)
        case Allocation.OrderComputed():
            return (place.standing.case for place in event.order.ranked)
        case _:
            case_id: UUID | None = getattr(event, "case", None)
            return (case_id,) if case_id else ()


VIEW = View("case_history", "1", Source.CASE_LOG, (TABLE,), apply)


def of_case(connection: Connection, case: UUID) -> Sequence[Row[Any]]:
    """Every event that tells of the case, in order."""
    return connection.execute(select(TABLE).where(TABLE.c.case == case).order_by(TABLE.c.position)).all()


def streams(connection: Connection, case: UUID, topic: str) -> list[UUID]:
    """The aggregates that an event with that topic began in the case, oldest first."""
    query = select(TABLE.c.originator).where(TABLE.c.case == case, TABLE.c.topic == topic).order_by(TABLE.c.position)
    return list(connection.execute(query).scalars())
