"""Lists, a page at a time. Rows that the actor may not see leave no trace: no gap, no count, no cursor (R08)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Row

from domain.access.decision import Rule
from domain.access.kinds import InformationKind
from services.boxes import SealedFields
from services.context import Context
from services.gate import ListEntry, Opened
from services.installation import Installation
from services.permits import Permit

CHUNK = 200
"""How many rows are looked at at a time to fill a page."""

ItemT = TypeVar("ItemT")
KeyT = TypeVar("KeyT", bound=tuple[Any, ...])
ViewRow = Row[Any]
"""A row with at least `case` and `person`."""


@dataclass(frozen=True)
class Slice(Generic[ItemT]):
    """One page: its items, and the sort key to go on from when there is more."""

    items: list[ItemT]
    next: tuple[Any, ...] | None


@dataclass(frozen=True)
class Listing(Generic[KeyT, ItemT]):
    """A list of rows that are about one case each.

    `read`: the rows after a key, in order. `needs`: the kind of information that the rows are. `fields`: the closed
    values of a row. `show`: the item, with what the gate opened. `masked`: the item for a row that the actor may know
    of and not open; without it such rows are left out. `own`: whether a row opens to who has only a task or a
    submission in its case (M04, M15).
    """

    view: str
    read: Callable[[KeyT | None, int], Sequence[ViewRow]]
    key: Callable[[ViewRow], KeyT]
    needs: InformationKind
    fields: Callable[[ViewRow], SealedFields]
    show: Callable[[ViewRow, Opened], ItemT]
    masked: Callable[[ViewRow], ItemT] | None = None
    own: Callable[[ViewRow], bool] = lambda _: False

    def page(self, office: Installation, context: Context, after: KeyT | None, limit: int) -> Slice[ItemT]:
        """The page after that key, and one line in the disclosure log with everybody on it."""
        permits = dict[UUID, Permit]()
        rows = self._visible(office, context, after, limit + 1, permits)
        more = len(rows) > limit
        rows = rows[:limit]
        entries = [self._entry(row) for row, opens in rows if opens]
        opened = iter(office.gate.open_list(context, self.view, entries, permits))
        items = (self._item(row, next(opened) if opens else None) for row, opens in rows)
        shown = [item for item in items if item is not None]
        return Slice(shown, self.key(rows[-1][0]) if more else None)

    def _visible(
        self, office: Installation, context: Context, after: KeyT | None, enough: int, permits: dict[UUID, Permit]
    ) -> list[tuple[ViewRow, bool]]:
        """The next rows that the actor may know of, each with whether it opens by what is decided in `permits`."""
        visible: list[tuple[ViewRow, bool]] = []
        while len(visible) < enough and (rows := self.read(after, CHUNK)):
            new = {row.case for row in rows} - permits.keys()
            permits.update(office.gate.permits(context, new) if new else {})
            visible += [
                (row, opens)
                for row in rows
                if (opens := self._opens(permits, row)) or self._may_be_masked(permits, row.case)
            ]
            after = self.key(rows[-1])
        return visible[:enough]

    def _opens(self, permits: Mapping[UUID, Permit], row: ViewRow) -> bool:
        decision = permits[row.case].decision
        return decision.opens_in_case(self.needs) or (decision.opens(self.needs) and self.own(row))

    def _may_be_masked(self, permits: Mapping[UUID, Permit], case: UUID) -> bool:
        permit: Permit = permits[case]
        return self.masked is not None and Rule.INHABIL not in permit.decision.rules

    def _item(self, row: ViewRow, opened: Opened | None) -> ItemT | None:
        if opened is not None:
            return self.show(row, opened)
        return self.masked(row) if self.masked is not None else None

    def _entry(self, row: ViewRow) -> ListEntry:
        return ListEntry(row.case, row.person, self.fields(row))


def named(row: ViewRow) -> SealedFields:
    """The one closed value that most rows have: what the person is called."""
    return {"name": row.name}


def shown(row: ViewRow, opened: Opened) -> dict[str, Any]:
    """A row's columns with the closed ones opened, null where they stay closed."""
    return {**row._asdict(), **opened.texts}
