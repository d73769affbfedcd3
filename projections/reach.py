"""The rows of a view that one reader may see, chosen in the view's own query (design D17)."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, Column, ColumnElement, Connection, Uuid, and_, bindparam, false, func, or_, select, true


@dataclass(frozen=True)
class Reach:
    """The cases that a reader may see something of in a list.

    `whole`: those whose every row she may see. `in_part`: those of which she may see only what is her own: a task, a
    submission (M04, M15). `has_end`: false where a list has a row for everything there is.
    """

    whole: frozenset[UUID]
    in_part: frozenset[UUID] = frozenset()
    has_end: bool = True

    def of(
        self, connection: Connection, case: Column[UUID], *, own: ColumnElement[bool] | None = None
    ) -> ColumnElement[bool]:
        """Whether a row is within reach. `case`: the column with its case; `own`: whether a row is the reader's own."""
        if not self.has_end:
            return true()
        whole = _among(connection, case, self.whole)
        if own is None or not self.in_part:
            return whole
        return or_(whole, and_(own, _among(connection, case, self.in_part)))


EVERYTHING = Reach(frozenset(), has_end=False)


def _among(connection: Connection, column: Column[UUID], ids: Collection[UUID]) -> ColumnElement[bool]:
    """Whether a column holds one of the ids: one parameter, however many they are."""
    if not ids:
        return false()
    if connection.dialect.name == "postgresql":
        return column == func.any(bindparam(None, list(ids), type_=ARRAY(Uuid)))
    found = func.json_each(json.dumps([id.hex for id in ids])).table_valued("value")
    return column.in_(select(found.c.value))
