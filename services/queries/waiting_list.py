"""The waiting list in the order that today's guidelines give; the places are counted, never stored (M14, B06)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import Field

from domain.access.kinds import InformationKind
from domain.housing.fit import HousingNeed
from domain.housing.ranking import CriterionFact, rank
from projections import waiting_list
from projections.reach import Reach
from services.context import Context
from services.core.asked import Paged
from services.core.pages import Page, page_of
from services.core.permits.reading import ReadsEach
from services.core.registry import Area, query
from services.installation import Installation
from services.queries.answer import ListRow
from services.queries.listing import Listing, ViewRow, named, shown
from services.refusals import InvalidCursorError


class Key(NamedTuple):
    """Where a page ends: the entry, wherever it stands by then, and even when it has left."""

    entry: UUID


class WaitingRow(ListRow):
    """One place on the list, and what puts it there."""

    rank: int = Field(description="Counted from the first, among everybody who waits.", examples=[2])
    entry: UUID
    case: UUID
    person: UUID
    name: str | None
    vedtak: UUID
    registered_on: date = Field(description="When the application was registered.")
    effective_from: date = Field(description="The date that counts where waiting time does.")
    facts: tuple[CriterionFact, ...] = Field(
        description="The answers to the guidelines' criteria, each with its source."
    )
    need: HousingNeed
    separated_by: str | None = Field(
        description="The criterion that puts the one before ahead; null for the first.", examples=["without_dwelling"]
    )
    to_assess: str | None = Field(
        description="The reason of a decline that waits for the saksbehandler's assessment (LV5).", examples=["other"]
    )


@query("/waiting-list", Area.WAITING_LIST, ReadsEach())
def list_waiting(office: Installation, context: Context, _: None, asked: Paged) -> Page[WaitingRow]:
    """The waiting list in the order of today's guidelines, each place with its reasons (M14, B06).

    A cursor counts only for who may see the entry it points after.
    """
    after = asked.after(Key)
    with office.views.connect() as connection:
        rows = {row.entry: row for row in waiting_list.waiting(connection, and_entry=after.entry if after else None)}
    if after is not None and not _may_go_on(office, context, rows.get(after.entry)):
        raise InvalidCursorError
    order = _Order(office, context, rows)
    listing = Listing(
        view="waiting_list", needs=InformationKind.ASSESSMENT, fields=named, read=order.after,
        key=lambda row: Key(row.entry),
        show=lambda row, opened: WaitingRow(**{**shown(row, opened), **order.place(row.entry)}),
    )  # fmt: skip
    return page_of(listing.page(office, context, after, asked.limit))


def _may_go_on(office: Installation, context: Context, row: ViewRow | None) -> bool:
    """Whether the actor can have been shown the row that a page ended at: a cursor tells of nobody else (R08)."""
    if row is None:
        return False
    return office.gate.permits(context, [row.case])[row.case].decision.opens_in_case(InformationKind.ASSESSMENT)


class _Order:
    """Everybody who waits, in order; with the entry that a page ended at, which may have left the list since."""

    def __init__(self, office: Installation, context: Context, rows: dict[UUID, ViewRow]) -> None:
        criteria, standings = office.rules(context).ranking, (waiting_list.standing(row) for row in rows.values())
        self._rows = [rows[place.standing.entry] for place in rank(criteria=criteria, standings=standings)]
        waiting = [waiting_list.standing(row) for row in self._rows if waiting_list.waits(row)]
        places = enumerate(rank(criteria=criteria, standings=waiting), start=1)
        self._places = {
            place.standing.entry: {"rank": number, "separated_by": place.separated_by} for number, place in places
        }

    def place(self, entry: UUID) -> dict[str, Any]:
        return self._places[entry]

    def after(self, reach: Reach, key: Key | None, limit: int) -> Sequence[ViewRow]:
        entries = [row.entry for row in self._rows]
        start = 0 if key is None else entries.index(key.entry) + 1
        waiting = (row for row in self._rows[start:] if row.entry in self._places)
        return [row for row in waiting if row.case in reach.whole][:limit]
