"""Lists in pages: an opaque cursor points after the last row of the page before, so nothing is skipped or shown twice."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel, Field, TypeAdapter
from pydantic_core import from_json, to_json

from services.queries.listing import Slice
from services.refusals import InvalidCursorError

MAX_LIMIT: Final = 100
MAX_INTEGER: Final = 2**53 - 1

Item = TypeVar("Item")
Key = TypeVar("Key", bound=tuple[Any, ...])


class Page(BaseModel, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    next: str | None = Field(default=None, description="Send as `cursor` to get the next page; null on the last.")


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
