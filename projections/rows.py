"""The few things that views do to their rows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, false, insert, or_, update


def add(connection: Connection, table: Table, **values: Any) -> None:
    """A new row."""
    connection.execute(insert(table), values)


def change(connection: Connection, table: Table, id: UUID, **values: Any) -> None:
    """Change the row with that id, which stands in the table's first column; nothing when there is none."""
    connection.execute(update(table).where(_id(table) == id).values(**values))


def remove(connection: Connection, table: Table, id: UUID) -> None:
    """Take away the row with that id; nothing when there is none."""
    connection.execute(delete(table).where(_id(table) == id))


def beyond(
    columns: Sequence[ColumnElement[Any]], key: Sequence[Any], *, descending: bool = False
) -> ColumnElement[bool]:
    """Whether a row comes after `key` when rows are sorted by `columns`: the condition of the next page."""
    condition: ColumnElement[bool] = false()
    for column, value in reversed(list(zip(columns, key, strict=True))):
        further = column < value if descending else column > value
        condition = or_(further, and_(column == value, condition))
    return condition


def _id(table: Table) -> ColumnElement[UUID]:
    return table.columns[0]
