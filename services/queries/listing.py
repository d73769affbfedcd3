"""Lists, a page at a time. Rows that the actor may not see leave no trace: no gap, no count, no cursor (R08)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Row

from domain.access.decision import Rule
from domain.access.kinds import InformationKind
from projections.reach import EVERYTHING, Reach
from services.boxes import SealedFields
from services.context import Context
from services.gate import ListEntry, Opened
from services.installation import Installation
from services.permits import Permit

ItemT = TypeVar("ItemT")
KeyT = TypeVar("KeyT", bound=tuple[Any, ...])
ViewRow = Row[Any]
"""A row with at least `case` and `person`."""
Chosen = tuple[Sequence[ViewRow], Mapping[UUID, Permit]]
"""Rows, and what was decided about the case of each."""


@dataclass(frozen=True)
class Slice(Generic[ItemT]):
    """One page: its items, and the sort key to go on from when there is more."""

    items: list[ItemT]
    next: tuple[Any, ...] | None


@dataclass(frozen=True)
class Listing(Generic[KeyT, ItemT]):
    """A list of rows that are about one case each.

    `read`: the rows within a reach after a key, in order. `needs`: the kind of information that the rows are. `fields`:
    the closed values of a row. `show`: the item, with what the gate opened. `masked`: the item for a row that does not
    open, in a list that has a row for everything there is; without it the reader sees those within her reach (D17).
    `opens_in_part`: whether a row opens to who sees a part of its case only, such as an own submission.
    """

    view: str
    read: Callable[[Reach, KeyT | None, int], Sequence[ViewRow]]
    key: Callable[[ViewRow], KeyT]
    needs: InformationKind
    fields: Callable[[ViewRow], SealedFields]
    show: Callable[[ViewRow, Opened], ItemT]
    masked: Callable[[ViewRow], ItemT] | None = None
    opens_in_part: bool = True

    def page(self, office: Installation, context: Context, after: KeyT | None, limit: int) -> Slice[ItemT]:
        """The page after that key, and one line in the disclosure log with everybody on it whose row opens.

        Which rows there are, whether each opens, and what opens of it, stand on the same decision.
        """
        choose = self._within_reach if self.masked is None else self._known_of
        rows, permits = choose(office, context, after, limit + 1)
        more, rows = len(rows) > limit, rows[:limit]
        opening = [row for row in rows if self._opens(permits[row.case])]
        entries = [ListEntry(row.case, row.person, self.fields(row)) for row in opening]
        opened = office.gate.open_list(context, self.view, entries, permits)
        texts = {self.key(row): each for row, each in zip(opening, opened, strict=True)}
        items = (self._item(row, texts.get(self.key(row))) for row in rows)
        return Slice([item for item in items if item is not None], self.key(rows[-1]) if more else None)

    def _within_reach(self, office: Installation, context: Context, after: KeyT | None, enough: int) -> Chosen:
        """The next rows that the reader may see: the query of the view returns no others."""
        permits = office.gate.reach(context)
        return self.read(reach_of(permits, self.needs), after, enough), permits

    def _known_of(self, office: Installation, context: Context, after: KeyT | None, enough: int) -> Chosen:
        """The next rows that there are, but for those in cases that the reader is inhabil in (LI1)."""
        known, permits, more = list[ViewRow](), dict[UUID, Permit](), True
        while len(known) < enough and more and (rows := self.read(EVERYTHING, after, enough)):
            permits.update(office.gate.permits(context, {row.case for row in rows} - permits.keys()))
            known += [row for row in rows if Rule.INHABIL not in permits[row.case].decision.rules]
            after, more = self.key(rows[-1]), len(rows) == enough
        return known[:enough], permits

    def _opens(self, permit: Permit) -> bool:
        decision = permit.decision
        return decision.opens_in_case(self.needs) or (self.opens_in_part and decision.opens(self.needs))

    def _item(self, row: ViewRow, opened: Opened | None) -> ItemT | None:
        if opened is not None:
            return self.show(row, opened)
        return self.masked(row) if self.masked is not None else None


def reach_of(permits: Mapping[UUID, Permit], needs: InformationKind) -> Reach:
    """The cases among these whose rows open, when rows are of the kind `needs`: all of them, or the reader's own."""
    opening = {case for case, permit in permits.items() if permit.decision.opens(needs)}
    whole = frozenset(case for case in opening if permits[case].decision.opens_in_case(needs))
    return Reach(whole, frozenset(opening) - whole)


def named(row: ViewRow) -> SealedFields:
    """The one closed value that most rows have: what the person is called."""
    return {"name": row.name}


def shown(row: ViewRow, opened: Opened) -> dict[str, Any]:
    """A row's columns with the closed ones opened, null and named where they stay closed."""
    return {**row._asdict(), **opened.texts, "withheld": opened.closed}
