"""The access log: who saw, was told or was refused, one line for each case (M08, B01, C05). Follows the disclosure log."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Row, Select, String, Table, Uuid, select

from domain.access.disclosure import Disclosure
from domain.actors import UNKNOWN_UNIT
from domain.base import Event
from projections.columns import Json, UtcDateTime
from projections.rows import add, beyond
from projections.view import METADATA, Source, View

TABLE = Table(
    "access_log",
    METADATA,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("line", BigInteger, primary_key=True, autoincrement=False),
    Column("disclosure", Uuid, nullable=False),
    Column("what", String, nullable=False, index=True),
    Column("case", Uuid, index=True),
    Column("actor", Uuid, nullable=False),
    Column("unit", String, nullable=False),
    Column("role", String),
    Column("correlation", Uuid, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("purpose", String, nullable=False),
    Column("rules", Json(tuple[str, ...]), nullable=False),
    Column("subjects", Json(tuple[str, ...]), nullable=False),
    Column("fields", Json(tuple[str, ...]), nullable=False),
    Column("meeting", Uuid),
    Column("item", Uuid),
    Column("decided_at", BigInteger, nullable=False),
)
"""`position`: in the disclosure log. `actor`: who learned it, or was refused. `decided_at`: position in the case log.

`role` is unknown for somebody told in the room, `at` is then when it began; and for a sign-in that stands for nobody.
"""

OUT_OF_PLACE = "out_of_place"
"""A text that stayed closed, since it was not closed for the place it stands in (D17): nobody saw it."""


class Key(NamedTuple):
    """Where a page ends."""

    position: int
    line: int


def apply(connection: Connection, event: Event, position: int) -> None:
    match event:
        case Disclosure.Viewed():
            values = {"purpose": event.purpose, "subjects": _codes(event.subjects), "fields": event.fields}
            _write(connection, event, position, "viewed", case=event.case, **values)
        case Disclosure.ListViewed():
            values = {"purpose": event.reason or event.view, "subjects": _codes(event.subjects)}
            for line, case in enumerate(event.cases):
                _write(connection, event, position, "list_viewed", line=line, case=case, **values)
        case Disclosure.ToldInMeeting():
            _write(
                connection, event, position, "told_in_meeting", case=event.case, actor=event.told,
                unit=event.unit_told, role=None, at=event.told_from, purpose="meeting", subjects=_codes(event.subjects),
                meeting=event.meeting, item=event.item,
            )  # fmt: skip
        case Disclosure.ToldInDialogue():
            _write(
                connection, event, position, "told_in_dialogue", case=event.case, actor=event.told,
                unit=event.unit_told, role=None, purpose="care_dialogue", subjects=_codes(event.subjects),
                fields=tuple(event.kinds),
            )  # fmt: skip
        case Disclosure.Exported():
            values = {"purpose": event.purpose, "subjects": _codes(event.subjects), "fields": event.fields}
            _write(connection, event, position, "exported", case=event.case, **values)
        case Disclosure.Refused():
            _write(connection, event, position, "refused", case=event.case, purpose=event.purpose)
        case Disclosure.RefusedAtDoor():
            unknown = {"role": None} if event.by.unit == UNKNOWN_UNIT else {}
            _write(connection, event, position, "refused_at_door", case=None, purpose=event.operation, **unknown)
        case Disclosure.Addressed():
            values = {"subjects": _codes(event.subjects), "fields": event.fields}
            _write(connection, event, position, "addressed", case=event.case, purpose="delivery", **values)
        case Disclosure.AccessTaken():
            values = {"purpose": event.fact, "subjects": _codes(event.subjects)}
            _write(connection, event, position, "access_taken", case=event.case, **values)
        case Disclosure.FoundOutOfPlace():
            values = {"subjects": _codes((event.owner,)), "fields": event.fields}
            _write(connection, event, position, OUT_OF_PLACE, case=event.case, purpose=OUT_OF_PLACE, **values)


Told = (
    Disclosure.Viewed | Disclosure.ListViewed | Disclosure.ToldInMeeting | Disclosure.ToldInDialogue
    | Disclosure.Exported | Disclosure.Refused | Disclosure.RefusedAtDoor | Disclosure.Addressed
    | Disclosure.AccessTaken | Disclosure.FoundOutOfPlace
)  # fmt: skip


def _write(connection: Connection, event: Told, position: int, what: str, **values: Any) -> None:
    by = event.by
    usual: dict[str, Any] = {
        "line": 0, "actor": by.actor, "unit": by.unit, "role": by.role, "at": event.happened_at, "subjects": (),
        "fields": (),
    }  # fmt: skip
    add(
        connection, TABLE, position=position, disclosure=event.originator_id, what=what, correlation=by.correlation,
        rules=event.rules, decided_at=event.decided_at, **{**usual, **values},
    )  # fmt: skip


def _codes(ids: Sequence[UUID]) -> tuple[str, ...]:
    return tuple(str(id) for id in ids)


VIEW = View("access_log", "5", Source.DISCLOSURE_LOG, (TABLE,), apply)


def page(connection: Connection, *, case: UUID | None, after: Key | None, limit: int) -> Sequence[Row[Any]]:
    """The newest lines first; only those about `case` when one is given."""
    columns = (TABLE.c.position, TABLE.c.line)
    query = select(TABLE).order_by(*(column.desc() for column in columns)).limit(limit)
    if case is not None:
        query = query.where(TABLE.c.case == case)
    return connection.execute(query.where(beyond(columns, after, descending=True)) if after else query).all()


OUT_OF_PLACE_FOR = timedelta(days=7)
"""How long such a text is spoken of after somebody last met it: once it is put right, nobody meets it again."""


def out_of_place(connection: Connection, now: datetime) -> Sequence[Row[Any]]:
    """The texts that were met out of place lately, each place once: `case`, `subjects` (whose they are) and `fields`."""
    lately = (TABLE.c.what == OUT_OF_PLACE, TABLE.c.at > now - OUT_OF_PLACE_FOR)
    query: Select[Any] = select(TABLE.c.case, TABLE.c.subjects, TABLE.c.fields).where(*lately).distinct()
    return connection.execute(query).all()


def of_case_by(connection: Connection, case: UUID, moment: datetime) -> Sequence[Row[Any]]:
    """Every line about the case up to `moment` (aware), oldest first: what a replay shows (B01)."""
    query = select(TABLE).where(TABLE.c.case == case, TABLE.c.at <= moment)
    return connection.execute(query.order_by(TABLE.c.position, TABLE.c.line)).all()
