"""Appeals: how far each has come, at which body, and whether a new vedtak is still to be made (LK1–LK8)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Row,
    String,
    Table,
    Uuid,
    or_,
    select,
    update,
)

from domain.base import Event
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import OVER, AppealState
from domain.decisions.vedtak import Vedtak
from projections import people
from projections.reach import Reach
from projections.rows import add, beyond, change
from projections.view import METADATA, Source, View

TABLE = Table(
    "appeals",
    METADATA,
    Column("appeal", Uuid, primary_key=True),
    Column("vedtak", Uuid, nullable=False),
    Column("case", Uuid, nullable=False, index=True),
    Column("person", Uuid, nullable=False),
    Column("subject", String, nullable=False),
    Column("body", String, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("late", Boolean, nullable=False),
    Column("copied", Boolean, nullable=False),
    Column("secretary", Uuid),
    Column("forwarded_on", Date),
    Column("decided_on", Date),
    Column("outcome", String),
    Column("awaits_new_vedtak", Boolean, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
)
"""`recorded_at`: position in the log, the order of those received on one day. `late`: came after the last day. `copied`: the party has the municipality's statement (LK6)."""


class Key(NamedTuple):
    """Where a page ends."""

    received_on: date
    recorded_at: int


def apply(connection: Connection, event: Event, position: int) -> None:  # noqa: C901  (a view is one match)
    appeal = event.originator_id
    match event:
        case Appeal.Received():
            add(
                connection, TABLE, appeal=appeal, vedtak=event.vedtak, case=event.case, person=event.person,
                subject=event.subject, body=event.body.kind, received_on=event.received_on, state=AppealState.RECEIVED,
                late=False, copied=False, awaits_new_vedtak=False, recorded_at=position,
            )  # fmt: skip
        case Appeal.FoundLate():
            change(connection, TABLE, appeal, state=AppealState.LATE, late=True)
        case Appeal.AcceptedThoughLate():
            change(connection, TABLE, appeal, state=AppealState.RECEIVED)
        case Appeal.Upheld():
            change(connection, TABLE, appeal, state=AppealState.UPHELD, copied=False)
        case Appeal.StatementCopied():
            change(connection, TABLE, appeal, copied=True)
        case Appeal.ReversedByMunicipality():
            change(connection, TABLE, appeal, state=AppealState.REVERSED)
        case Appeal.Dismissed():
            change(connection, TABLE, appeal, state=AppealState.DISMISSED)
        case Appeal.SecretaryNamed():
            change(connection, TABLE, appeal, secretary=event.secretary)
        case Appeal.Forwarded():
            change(connection, TABLE, appeal, state=AppealState.FORWARDED, forwarded_on=event.forwarded_on)
        case Appeal.Decided():
            change(
                connection, TABLE, appeal, state=AppealState.DECIDED, decided_on=event.decided_on,
                outcome=event.outcome, awaits_new_vedtak=event.outcome.needs_new_vedtak,
            )  # fmt: skip
        case Appeal.DismissalAppealed():
            change(
                connection, TABLE, appeal, state=AppealState.RECEIVED, late=False, body=event.body.kind,
                decided_on=None, outcome=None,
            )  # fmt: skip
        case Appeal.Withdrawn():
            change(connection, TABLE, appeal, state=AppealState.WITHDRAWN)
        case Vedtak.Issued():
            same = (TABLE.c.case == event.case) & (TABLE.c.subject == event.subject)
            connection.execute(update(TABLE).where(same).values(awaits_new_vedtak=False))


VIEW = View("appeals", "2", Source.CASE_LOG, (TABLE,), apply)

OPEN: ColumnElement[bool] = or_(TABLE.c.state.not_in(OVER), TABLE.c.awaits_new_vedtak)
"""Not over, or over with something left for the municipality to do."""


def of_case(case: UUID) -> ColumnElement[bool]:
    return TABLE.c.case == case


def all_in_case(connection: Connection, case: UUID) -> Sequence[Row[Any]]:
    """Every appeal in a case, those that are over too, the oldest first."""
    query = select(TABLE).where(of_case(case)).order_by(TABLE.c.received_on, TABLE.c.recorded_at)
    return connection.execute(query).all()


def page(
    connection: Connection, *wanted: ColumnElement[bool], reach: Reach, after: Key | None, limit: int
) -> Sequence[Row[Any]]:
    """The appeals within reach, the oldest first."""
    columns = (TABLE.c.received_on, TABLE.c.recorded_at)
    named = TABLE.join(people.TABLE, TABLE.c.person == people.TABLE.c.person)
    query = select(TABLE, people.TABLE.c.name).select_from(named).where(*wanted).order_by(*columns).limit(limit)
    query = query.where(reach.of(connection, TABLE.c.case))
    return connection.execute(query.where(beyond(columns, after)) if after else query).all()
