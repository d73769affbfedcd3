"""Where in the log each case is told of: an index, so that a replay of one case need not read the whole log (C05)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, Row, Select, String, Table, Uuid, func, select

from domain.base import Event, HusromAggregate
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
    # How one kind of aggregate stood is read without the rest of the log.
    Index("case_history_topic", "topic", "position"),
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
            | Case.ResponsibleMunicipalityAssessed() | Case.Closed()
        ):  # fmt: skip
            return (event.originator_id,)
        case Allocation.OrderComputed():
            return (place.standing.case for place in event.order.ranked)
        case _:
            case_id: UUID | None = getattr(event, "case", None)
            return (case_id,) if case_id else ()


VIEW = View("case_history", "2", Source.CASE_LOG, (TABLE,), apply)


def of_case(connection: Connection, case: UUID) -> Sequence[Row[Any]]:
    """Every event that tells of the case, in order."""
    return connection.execute(select(TABLE).where(TABLE.c.case == case).order_by(TABLE.c.position)).all()


def streams(connection: Connection, case: UUID, topic: str) -> list[UUID]:
    """The aggregates that an event with that topic began in the case, oldest first."""
    query = select(TABLE.c.originator).where(TABLE.c.case == case, TABLE.c.topic == topic).order_by(TABLE.c.position)
    return list(connection.execute(query).scalars())


def streams_by_topic(connection: Connection, case: UUID, *topics: str) -> Mapping[str, list[UUID]]:
    """The aggregates that an event with each of these topics began in the case, oldest first."""
    query = select(TABLE.c.topic, TABLE.c.originator).where(TABLE.c.case == case, TABLE.c.topic.in_(topics))
    found: dict[str, list[UUID]] = {topic: [] for topic in topics}
    for row in connection.execute(query.order_by(TABLE.c.position)):
        found[row.topic].append(row.originator)
    return found


def first(connection: Connection, case: UUID, stream: UUID, topic: str) -> Row[Any] | None:
    """The first event with that topic in a stream that belongs to the case."""
    query = select(TABLE).where(TABLE.c.case == case, TABLE.c.originator == stream, TABLE.c.topic == topic)
    return connection.execute(query.order_by(TABLE.c.position).limit(1)).one_or_none()


def as_they_stood(connection: Connection, kind: type[HusromAggregate], position: int) -> Sequence[Row[Any]]:
    """The last event of each stream of one kind of aggregate, as the log stood at `position`."""
    return connection.execute(last_events(kind, position)).all()


def last_events(kind: type[HusromAggregate], position: int) -> Select[Any]:
    """The query for them."""
    of_kind = TABLE.c.topic.in_(_topics(kind))
    last = select(func.max(TABLE.c.position)).where(of_kind, TABLE.c.position <= position).group_by(TABLE.c.originator)
    return select(TABLE).where(of_kind, TABLE.c.position.in_(last))


def _topics(kind: type[HusromAggregate]) -> list[str]:
    events = (each for name in dir(kind) if isinstance(each := getattr(kind, name), type) and issubclass(each, Event))
    return sorted({event.TOPIC for event in events if hasattr(event, "TOPIC")})
