"""Lists in pages: an opaque cursor points after the last row of the page before, so nothing is skipped or shown twice."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field, TypeAdapter
from pydantic_core import from_json, to_json

from services.queries.listing import Slice
from services.refusals import InvalidCursorError

DEFAULT_LIMIT: Final = 50
MAX_LIMIT: Final = 100
MAX_INTEGER: Final = 2**53 - 1

Item = TypeVar("Item")
Row = TypeVar("Row")
Key = TypeVar("Key", bound=tuple[Any, ...])


class Page(BaseModel, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    next: str | None = Field(default=None, description="Send as `cursor` to get the next page; null on the last.")


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


def page_of(items: Slice[Item]) -> Page[Item]:
    """The page that a query has made."""
    return Page(items=items.items, next=None if items.next is None else encode_cursor(items.next))


def encode_cursor(key: tuple[Any, ...]) -> str:
    """The cursor after a row with this sort key. It holds ids, dates and codes only, never sealed or personal values."""
    return urlsafe_b64encode(to_json(key)).decode().rstrip("=")


def decode_cursor(cursor: str, key_type: type[Key]) -> Key:
    """The sort key in a cursor. Raises InvalidCursorError unless it is exactly of `key_type`."""
    try:
        content = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        if not all(_is_storable(part) for part in from_json(content)):
            raise ValueError
        key = TypeAdapter(key_type).validate_json(content, strict=True)
    except (ValueError, TypeError):
        raise InvalidCursorError from None
    return key


def _is_storable(part: object) -> bool:
    """What both databases can compare with: NUL and giant numbers make one of them fail."""
    if isinstance(part, str):
        return "\x00" not in part
    return part is None or (isinstance(part, int) and abs(part) <= MAX_INTEGER)
