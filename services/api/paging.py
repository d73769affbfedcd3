"""The page of a list that a hand-written route is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Query

from services.core.asked import DEFAULT_LIMIT
from services.core.pages import MAX_LIMIT, Page, decode_cursor, encode_cursor, page_of

__all__ = ["DEFAULT_LIMIT", "MAX_LIMIT", "Page", "Paging", "decode_cursor", "encode_cursor", "page_of"]

Item = TypeVar("Item")
Row = TypeVar("Row")
Key = TypeVar("Key", bound=tuple[Any, ...])


@dataclass(frozen=True)
class Paging:
    """The page a caller asks for; use as a dependency: `paging: Annotated[Paging, Depends()]`."""

    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many items at most.")] = DEFAULT_LIMIT
    cursor: Annotated[str | None, Query(max_length=600, description="`next` of the page before.")] = None

    def after(self, key_type: type[Key]) -> Key | None:
        """The sort key of the last row already shown, None on the first page. `key_type`: a NamedTuple, as in `page`.

        Raises InvalidCursorError.
        """
        return None if self.cursor is None else decode_cursor(self.cursor, key_type)

    @property
    def fetch(self) -> int:
        """How many rows to read: one more than the page, which tells whether there is a next."""
        return self.limit + 1

    def page(
        self, rows: Sequence[Row], show: Callable[[Row], Item], key: Callable[[Row], tuple[Any, ...]]
    ) -> Page[Item]:
        """The page of the `fetch` rows that were read, each shown by `show`; `key` gives a row's sort key."""
        shown = rows[: self.limit]
        more = len(rows) > self.limit
        return Page(items=[show(row) for row in shown], next=encode_cursor(key(shown[-1])) if more else None)
