"""Tables for a spreadsheet run nothing and read right (R12)."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.spreadsheet import BYTE_ORDER_MARK, csv_text, inert

cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_R12_a_cell_that_a_spreadsheet_would_take_for_a_formula_is_made_inert(start: str) -> None:
    assert inert(f"{start}1+1") == f"'{start}1+1"


@given(st.lists(cells, min_size=1, max_size=5))
def test_R12_no_cell_of_any_table_begins_a_formula_and_none_is_lost(row: list[str]) -> None:
    text = csv_text(["en"] * len(row), [row])

    assert text.startswith(BYTE_ORDER_MARK)
    (_, found) = csv.reader(StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), delimiter=";")
    assert not [cell for cell in found if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert [cell.removeprefix("'") for cell in found] == [cell.removeprefix("'") for cell in row]


def test_R12_nothing_is_an_empty_cell() -> None:
    assert (inert(None), inert(0), inert("<5")) == ("", "0", "<5")
