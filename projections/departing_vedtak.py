"""Vedtak that depart from the group's conclusion, for its next meeting to hear of (B08, M13)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, Connection, Date, Row, String, Table, Uuid, or_, select

from domain.base import Event
from domain.decisions.vedtak import Vedtak
from domain.law.deadlines import oslo_date
from projections import people
from projections.columns import SealedText
from projections.reach import Reach
from projections.rows import add, beyond, change
from projections.rules import DatedRules
from projections.view import METADATA, Source, View

TABLE = Table(
    "departing_vedtak",
    METADATA,
    Column("vedtak", Uuid, primary_key=True),
    Column("case", Uuid, nullable=False, index=True),
    Column("person", Uuid, nullable=False),
    Column("subject", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("conclusion", Uuid, nullable=False),
    Column("departs_because", SealedText("vedtak.departs_because"), nullable=False),
    Column("issued_on", Date, index=True),
    Column("told_at", Uuid),
)
"""`issued_on`: Oslo date; null for a draft, and where the municipality does not tell its group. `told_at`: the meeting."""


class Key(NamedTuple):
    """Where a page ends."""

    issued_on: date
    vedtak: UUID


def view(rules: DatedRules) -> View:
    """The view under these rules: only what was issued while the municipality told its group (D11)."""

    def apply(connection: Connection, event: Event, _position: int) -> None:
        vedtak: UUID = event.originator_id
        match event:
            case Vedtak.Drafted() if event.content.departs_because and event.ground.conclusion:
                add(
                    connection, TABLE, vedtak=vedtak, case=event.case, person=event.person, subject=event.subject,
                    outcome=event.outcome, conclusion=event.ground.conclusion,
                    departs_because=event.content.departs_because,
                )  # fmt: skip
            case Vedtak.Issued(departs=True) if _group_is_told(rules, event):
                change(connection, TABLE, vedtak, issued_on=event.issued_on)
            case Vedtak.DepartureTold():
                change(connection, TABLE, vedtak, told_at=event.meeting)

    return View("departing_vedtak", rules.version_of(2), Source.CASE_LOG, (TABLE,), apply)


def _group_is_told(rules: DatedRules, event: Event) -> bool:
    return rules.on(oslo_date(event.timestamp)).choices.departure_is_told_to_group


def page(
    connection: Connection, *, reach: Reach, meeting: UUID, day: date, after: Key | None, limit: int
) -> Sequence[Row[Any]]:
    """What `meeting`, held on that Oslo day, has heard of or is to hear of, within reach: the oldest first."""
    for_it = or_(TABLE.c.told_at == meeting, TABLE.c.told_at.is_(None) & (TABLE.c.issued_on <= day))
    columns = (TABLE.c.issued_on, TABLE.c.vedtak)
    named = TABLE.join(people.TABLE, TABLE.c.person == people.TABLE.c.person)
    query = select(TABLE, people.TABLE.c.name).select_from(named).where(TABLE.c.issued_on.is_not(None), for_it)
    query = query.where(reach.of(connection, TABLE.c.case)).order_by(*columns).limit(limit)
    return connection.execute(query.where(beyond(columns, after)) if after else query).all()
