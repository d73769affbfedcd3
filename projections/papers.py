"""The papers that were made: which, about what, when. What they say is neither here nor in the log."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Date, Integer, Row, String, Table, Uuid, select

from domain.base import Event
from domain.paper import Paper, PaperKind
from projections.columns import Json
from projections.rows import add
from projections.view import METADATA, Source, View

TABLE = Table(
    "papers",
    METADATA,
    Column("paper", Uuid, primary_key=True),
    Column("case", Uuid, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("about", Uuid, nullable=False),
    Column("recipient", String, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("kinds", Json(tuple[str, ...]), nullable=False),
    Column("position", BigInteger, nullable=False),
)
"""`kinds`: the kinds of information in it. `size` in bytes."""


def apply(connection: Connection, event: Event, position: int) -> None:
    match event:
        case Paper.Made():
            printed = event.printed
            add(
                connection, TABLE, paper=event.originator_id, case=event.case, kind=event.kind, about=event.about,
                recipient=event.recipient, made_on=event.made_on, pages=printed.pages, size=printed.size,
                kinds=printed.kinds, position=position,
            )  # fmt: skip


VIEW = View("papers", "1", Source.CASE_LOG, (TABLE,), apply)


def of_case(connection: Connection, case: UUID) -> Sequence[Row[Any]]:
    """The papers of a case, the newest first."""
    return connection.execute(select(TABLE).where(TABLE.c.case == case).order_by(TABLE.c.position.desc())).all()


def newest_about(connection: Connection, kind: PaperKind, about: Collection[UUID]) -> dict[UUID, UUID]:
    """The newest paper of that kind about each of these things, where one is made."""
    query = select(TABLE.c.about, TABLE.c.paper).where(TABLE.c.kind == kind, TABLE.c.about.in_(about))
    return {row.about: row.paper for row in connection.execute(query.order_by(TABLE.c.position))}
