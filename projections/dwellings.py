"""The municipality's dwellings: what they are like and whether they are vacant. Where they are stays sealed."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Boolean, Column, Connection, Date, Integer, Row, String, Table, Uuid, select

from domain.base import Event
from domain.housing.dwelling import Dwelling, DwellingFacts, DwellingState
from projections.columns import SealedText
from projections.rows import add, beyond, change
from projections.view import METADATA, Source, View

TABLE = Table(
    "dwellings",
    METADATA,
    Column("dwelling", Uuid, primary_key=True),
    Column("address", SealedText("address.street"), nullable=False),
    Column("area", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("rooms", Integer, nullable=False),
    Column("square_metres", Integer, nullable=False),
    Column("floor", Integer, nullable=False),
    Column("step_free", Boolean, nullable=False),
    Column("care_housing", Boolean, nullable=False),
    Column("lift", Boolean),
    Column("pets", Boolean),
    Column("state", String, nullable=False),
    Column("vacant_from", Date),
    Column("allocation", Uuid),
    Column("tenancy", Uuid),
)


class Key(NamedTuple):
    """Where a page ends."""

    area: str
    dwelling: UUID


def apply(connection: Connection, event: Event, _position: int) -> None:
    dwelling: UUID = event.originator_id
    match event:
        case Dwelling.Registered():
            values = {**_facts(event.facts), "state": DwellingState.REGISTERED}
            add(connection, TABLE, dwelling=dwelling, address=event.address, **values)
        case Dwelling.Changed():
            change(connection, TABLE, dwelling, address=event.address, **_facts(event.facts))
        case Dwelling.BecameVacant():
            vacant = {"state": DwellingState.VACANT, "vacant_from": event.vacant_from, "tenancy": None}
            change(connection, TABLE, dwelling, **vacant)
        case Dwelling.Reserved():
            change(connection, TABLE, dwelling, state=DwellingState.RESERVED, allocation=event.allocation)
        case Dwelling.Released():
            change(connection, TABLE, dwelling, state=DwellingState.VACANT, allocation=None)
        case Dwelling.Let():
            let = {"state": DwellingState.LET, "tenancy": event.tenancy, "allocation": None, "vacant_from": None}
            change(connection, TABLE, dwelling, **let)
        case Dwelling.TakenOutOfUse():
            change(connection, TABLE, dwelling, state=DwellingState.OUT_OF_USE, vacant_from=None)


def _facts(facts: DwellingFacts) -> dict[str, object]:
    return dict(vars(facts))


VIEW = View("dwellings", "2", Source.CASE_LOG, (TABLE,), apply)


def page(
    connection: Connection, *, state: DwellingState | None, care_housing: bool, after: Key | None, limit: int
) -> Sequence[Row[Any]]:
    """Dwellings by area; care housing only when asked for (M20)."""
    columns = (TABLE.c.area, TABLE.c.dwelling)
    query = select(TABLE).order_by(*columns).limit(limit)
    if state is not None:
        query = query.where(TABLE.c.state == state)
    if not care_housing:
        query = query.where(TABLE.c.care_housing.is_(False))
    return connection.execute(query.where(beyond(columns, after)) if after else query).all()
