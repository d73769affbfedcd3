"""The waiting list: who stands on it, since when, and the facts that place them (M12, M14).

A place has no number here. It is counted when somebody reads, from the rules of that day.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Date, Row, String, Table, Uuid, or_, select

from domain.base import Event
from domain.housing.fit import HousingNeed
from domain.housing.ranking import CriterionFact, Standing
from domain.housing.waiting_list_entry import EntryState, WaitingListEntry
from projections import people
from projections.columns import Json
from projections.rows import add, change
from projections.view import METADATA, Source, View

TABLE = Table(
    "waiting_list",
    METADATA,
    Column("entry", Uuid, primary_key=True),
    Column("case", Uuid, nullable=False),
    Column("person", Uuid, nullable=False, index=True),
    Column("vedtak", Uuid, nullable=False),
    Column("registered_on", Date, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("facts", Json(tuple[CriterionFact, ...]), nullable=False),
    Column("need", Json(HousingNeed), nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("because", String),
    Column("to_assess", String),
)
"""`because`: the code of why it is paused or has left. `to_assess`: of a decline that waits for a saksbehandler (LV5)."""


def apply(connection: Connection, event: Event, _position: int) -> None:
    entry: UUID = event.originator_id
    match event:
        case WaitingListEntry.Entered():
            add(
                connection, TABLE, entry=entry, case=event.case, person=event.person, vedtak=event.vedtak,
                registered_on=event.registered_on, effective_from=event.effective_from, facts=event.facts,
                need=event.need, state=EntryState.WAITING,
            )  # fmt: skip
        case WaitingListEntry.FactsUpdated():
            change(connection, TABLE, entry, facts=event.facts, need=event.need)
        case WaitingListEntry.EffectiveDateMoved():
            change(connection, TABLE, entry, effective_from=event.effective_from)
        case WaitingListEntry.Paused():
            change(connection, TABLE, entry, state=EntryState.PAUSED, because=event.reason)
        case WaitingListEntry.Resumed():
            change(connection, TABLE, entry, state=EntryState.WAITING, because=None)
        case WaitingListEntry.DeclineReferred():
            change(connection, TABLE, entry, to_assess=event.reason)
        case WaitingListEntry.DeclineAssessed():
            change(connection, TABLE, entry, to_assess=None)
        case WaitingListEntry.Left():
            change(connection, TABLE, entry, state=EntryState.LEFT, because=event.reason, to_assess=None)


VIEW = View("waiting_list", "2", Source.CASE_LOG, (TABLE,), apply)


def waiting(connection: Connection, *, and_entry: UUID | None = None) -> Sequence[Row[Any]]:
    """Everybody who waits, in no order; `and_entry` too, whatever its state."""
    named = TABLE.join(people.TABLE, TABLE.c.person == people.TABLE.c.person)
    wanted = or_(TABLE.c.state == EntryState.WAITING, TABLE.c.entry == and_entry)
    return connection.execute(select(TABLE, people.TABLE.c.name).select_from(named).where(wanted)).all()


def of_person(connection: Connection, person: UUID) -> Sequence[UUID]:
    """The ids of every place that person has ever had, by registration date."""
    query = select(TABLE.c.entry).where(TABLE.c.person == person)
    return connection.scalars(query.order_by(TABLE.c.registered_on, TABLE.c.entry)).all()


def standing(row: Row[Any]) -> Standing:
    """The row as the ranking takes it."""
    return Standing(
        entry=row.entry, case=row.case, person=row.person, registered_on=row.registered_on,
        effective_from=row.effective_from, facts=row.facts,
    )  # fmt: skip


def waits(row: Row[Any]) -> bool:
    """Whether the row is among the candidates."""
    return bool(row.state == EntryState.WAITING)
