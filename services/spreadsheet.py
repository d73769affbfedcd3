"""Tables for a spreadsheet: CSV that opens right in Norwegian and runs nothing (R12)."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

BYTE_ORDER_MARK = "\ufeff"
"""Without it the spreadsheet most people have reads UTF-8 as something else, and å becomes Ã¥."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table as text: semicolons, since a comma is in Norwegian numbers; every cell inert."""
    sheet = StringIO()
    sheet.write(BYTE_ORDER_MARK)
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow([inert(cell) for cell in header])
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return sheet.getvalue()


def inert(cell: object) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
