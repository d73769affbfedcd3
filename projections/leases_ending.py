"""Running leases and their ends: each comes up in time, whether or not an extension was applied for (M18, M19, LL6)."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Boolean, Column, Connection, Date, Row, String, Table, Uuid, select, update

from domain.base import Event
from domain.group.agenda_item import AgendaItem, ItemState, Matter
from domain.housing.tenancy import Tenancy
from domain.housing.tenancy.lease_events import LeaseSigned
from domain.law.deadlines import oslo_date
from projections import people
from projections.columns import Json
from projections.reach import Reach
from projections.rows import add, beyond, change, remove
from projections.rules import DatedRules
from projections.view import METADATA, Source, View

TABLE = Table(
    "leases_ending",
    METADATA,
    Column("tenancy", Uuid, primary_key=True),
    Column("case", Uuid, nullable=False, index=True),
    Column("person", Uuid, nullable=False),
    Column("dwelling", Uuid, nullable=False),
    Column("care_housing", Boolean, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False, index=True),
    Column("on_agenda_from", Date, nullable=False),
    Column("warn_on", Json(tuple[date, ...]), nullable=False),
    Column("move_out_demand_by", Date, nullable=False),
    Column("application", Uuid),
    Column("answer", String),
    Column("granted_until", Date),
    Column("item", Uuid, index=True),
    Column("item_state", String),
    Column("move_out_demanded_on", Date),
    Column("takeover_case", Uuid),
)
"""Dates are Oslo dates. `case`: the thread about this end, the lease's first case until there is one (B09).

`on_agenda_from`: the longest warning, from which it belongs on an agenda (M18). `move_out_demand_by`: the last day for
a written demand before the lease may turn open-ended (LL6). `answer`: `granted` or `refused` to `application`.
`item`, `item_state`: where it is or was last on an agenda; the state is `settled` once that came to an end.
`takeover_case`: the case of the latest change in the household, which is no case about the end (LL10).
"""

NOTHING_YET = {
    "application": None, "answer": None, "granted_until": None, "item": None, "item_state": None,
    "move_out_demanded_on": None,
}  # fmt: skip


class Key(NamedTuple):
    """Where a page ends."""

    ends_on: date
    tenancy: UUID


def apply(rules: DatedRules, connection: Connection, event: Event, _position: int) -> None:
    match event:
        case Tenancy.LeaseSigned():
            _sign(rules, connection, event)
        case Tenancy.LeaseExtended():
            new_end = {"case": event.case, **NOTHING_YET, **_dates(rules, event, event.new_end)}
            change(connection, TABLE, event.originator_id, **new_end)
        case Tenancy.Ended() | Tenancy.BecameOpenEnded():
            remove(connection, TABLE, event.originator_id)
        case Tenancy.HouseholdChanged():
            change(connection, TABLE, event.originator_id, takeover_case=event.case)
        case _:
            _extension(connection, event)
            _agenda(connection, event)


def _extension(connection: Connection, event: Event) -> None:
    """Whether an extension is applied for and answered, or moving out demanded instead (M19, LL6)."""
    tenancy: UUID = event.originator_id
    match event:
        case Tenancy.ExtensionAppliedFor() | Tenancy.ExtensionReopened():
            applied = {"application": event.application, "case": event.case, "answer": None, "granted_until": None}
            change(connection, TABLE, tenancy, **applied)
        case Tenancy.ExtensionWithdrawn():
            change(connection, TABLE, tenancy, application=None)
        case Tenancy.ExtensionGranted():
            change(connection, TABLE, tenancy, answer="granted", granted_until=event.new_end)
        case Tenancy.ExtensionRefused():
            change(connection, TABLE, tenancy, answer="refused")
        case Tenancy.MoveOutDemanded():
            change(connection, TABLE, tenancy, move_out_demanded_on=event.demanded_on)


def _agenda(connection: Connection, event: Event) -> None:
    """Where its end stands on an agenda. A change in the household is up there on its own (LL10)."""
    match event:
        case AgendaItem.Added(matter=Matter.LEASE_ENDING | Matter.EXTENSION) if event.tenancy:
            planned = {"item": event.originator_id, "item_state": ItemState.PLANNED, "case": event.case}
            is_about_its_end = TABLE.c.takeover_case.is_distinct_from(event.case)
            connection.execute(update(TABLE).where(TABLE.c.tenancy == event.tenancy, is_about_its_end).values(planned))
        case AgendaItem.Concluded() | AgendaItem.Settled():
            _item(connection, event.originator_id, "settled")
        case AgendaItem.Postponed():
            _item(connection, event.originator_id, ItemState.POSTPONED)
        case AgendaItem.Removed():
            _item(connection, event.originator_id, ItemState.REMOVED)


def _sign(rules: DatedRules, connection: Connection, event: LeaseSigned) -> None:
    add(
        connection, TABLE, tenancy=event.originator_id, case=event.case, person=event.person, dwelling=event.dwelling,
        care_housing=event.care_housing, starts_on=event.terms.starts_on, **_dates(rules, event, event.terms.ends_on),
    )  # fmt: skip


def _dates(rules: DatedRules, event: Event, ends_on: date) -> dict[str, object]:
    deadlines = rules.on(oslo_date(event.timestamp)).deadlines
    return {
        "ends_on": ends_on,
        "on_agenda_from": deadlines.lease_on_agenda_from(ends_on),
        "warn_on": tuple(deadlines.lease_warnings(ends_on).values()),
        "move_out_demand_by": deadlines.move_out_demand_by(ends_on),
    }


def _item(connection: Connection, item: UUID, state: str) -> None:
    connection.execute(update(TABLE).where(TABLE.c.item == item).values(item_state=state))


def view(rules: DatedRules) -> View:
    return View("leases_ending", rules.version_of(3), Source.CASE_LOG, (TABLE,), partial(apply, rules))


def page(
    connection: Connection, *, reach: Reach, today: date, care_housing: bool, after: Key | None, limit: int
) -> Sequence[Row[Any]]:
    """Leases within reach that have come within their longest warning by the Oslo date `today`, those that end first, first.

    Those whose end has passed stay until they are extended or ended. Care dwellings only when asked for (M20).
    """
    columns = (TABLE.c.ends_on, TABLE.c.tenancy)
    named = TABLE.join(people.TABLE, TABLE.c.person == people.TABLE.c.person)
    query = select(TABLE, people.TABLE.c.name).select_from(named).where(TABLE.c.on_agenda_from <= today)
    query = query.where(reach.of(connection, TABLE.c.case))
    if not care_housing:
        query = query.where(TABLE.c.care_housing.is_(False))
    query = query.order_by(*columns).limit(limit)
    return connection.execute(query.where(beyond(columns, after)) if after else query).all()
