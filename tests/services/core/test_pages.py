"""Lists come in pages; a cursor is opaque, and anything else than one is refused (R12)."""

from base64 import urlsafe_b64encode
from datetime import date
from typing import NamedTuple
from uuid import UUID

import pytest
from hypothesis import given, strategies

from services.core.asked import Paged
from services.core.pages import decode_cursor, encode_cursor, page_of
from services.queries.listing import Slice
from services.refusals import InvalidCursorError

NO_ROWS: list[int] = []


class ByDay(NamedTuple):
    day: date
    id: UUID


class ByName(NamedTuple):
    name: str
    number: int


class ByNumber(NamedTuple):
    number: int


def of(json: str) -> str:
    return urlsafe_b64encode(json.encode()).decode()


@given(day=strategies.dates(), id=strategies.uuids())
def test_a_cursor_gives_back_the_sort_key_it_was_made_of(day: date, id: UUID) -> None:
    assert decode_cursor(encode_cursor(ByDay(day, id)), ByDay) == ByDay(day, id)


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "!",
        "æøå",
        "a",
        "AAAA",
        of("[]"),
        of("null"),
        of("3"),
        of('{"a": 1}'),
        of('["2027-01-01"]'),
        of('["2027-01-01", "no uuid"]'),
        of(f'["2027-02-30", "{UUID(int=7)}"]'),
        of(f'["2027-01-01", "{UUID(int=7)}", 1]'),
        of("[" * 50_000),
        of('[NaN, "x"]'),
    ],
)
def test_R12_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidCursorError):
        decode_cursor(cursor, ByDay)


@pytest.mark.parametrize("json", ['["\\u0000", 1]', f'["a", {2**63}]', '["\\ud800", 1]'])
def test_R12_a_cursor_never_carries_what_a_database_cannot_compare(json: str) -> None:
    with pytest.raises(InvalidCursorError):
        decode_cursor(of(json), ByName)


@given(cursor=strategies.text(max_size=60))
def test_R12_no_text_at_all_breaks_the_reading_of_a_cursor(cursor: str) -> None:
    with pytest.raises(InvalidCursorError):
        decode_cursor(cursor, ByDay)


@pytest.mark.parametrize("limit", [1, 2, 3, 10, 11])
def test_page_after_page_shows_every_row_once(limit: int) -> None:
    rows = list(range(10))
    seen: list[int] = []
    cursor: str | None = None

    while True:
        after = Paged(limit=limit, cursor=cursor).after(ByNumber)
        left = [row for row in rows if after is None or row > after.number]
        page = page_of(Slice(left[:limit], ByNumber(left[limit - 1]) if len(left) > limit else None))
        seen += page.items
        if (cursor := page.next) is None:
            break

    assert seen == rows


def test_an_empty_list_is_one_empty_page() -> None:
    page = page_of(Slice(NO_ROWS, None))

    assert (page.items, page.next) == ([], None)
