"""A CSV as lines of named cells. Whatever is wrong is said by line and column; a cell's text is never repeated."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from services.refusals import InvalidInputError

MOST_LINES = 2_000
LONGEST_CELL = 1_000
BYTE_ORDER_MARK = "\ufeff"


class ImportUnreadableError(InvalidInputError):
    code = "import_unreadable"
    missing = "Filen kan ikke leses som en tabell."
    next_step = "Lagre den som CSV i UTF-8 med overskrifter på første linje, slik docs/import.md beskriver."


class ImportTooLongError(InvalidInputError):
    code = "import_too_long"
    missing = f"Filen har flere enn {MOST_LINES} linjer."
    next_step = "Del den i flere filer, og send dem hver for seg."


@dataclass(frozen=True)
class Line:
    """One line after the headings: its number in the file, and its cells by heading. `cells` is empty when `broken`."""

    number: int
    cells: dict[str, str]
    broken: bool = False


def lines_of(text: str, *, required: Sequence[str], optional: Sequence[str]) -> list[Line]:
    """The lines of a CSV with these headings in any order, separated by semicolon or comma; empty lines are left out.

    Raises `ImportUnreadableError`, `ImportTooLongError`.
    """
    rows = _rows(text.removeprefix(BYTE_ORDER_MARK))
    first = next(rows, None)
    headings = [cell.strip().lower() for cell in first[1]] if first else []
    _require_headings(headings, required, optional)
    lines: list[Line] = []
    for number, cells in rows:
        if len(lines) == MOST_LINES:
            raise ImportTooLongError
        is_whole = len(cells) == len(headings)
        lines.append(Line(number, dict(zip(headings, cells, strict=False)) if is_whole else {}, broken=not is_whole))
    return lines


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that holds something, with the number of the line it begins on."""
    if "\ufffd" in text:
        raise ImportUnreadableError("Tegnsettet er ikke UTF-8.")
    heading = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=";" if ";" in heading else ",", strict=True)
    begins_on = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins_on, [cell.strip() for cell in cells]
            begins_on = reader.line_num + 1
    except csv.Error:
        raise ImportUnreadableError(f"Linje {begins_on} er ikke gyldig CSV.") from None


def _require_headings(headings: list[str], required: Sequence[str], optional: Sequence[str]) -> None:
    """An unknown heading is named by its place: a file without headings begins with somebody's data."""
    known = {*required, *optional}
    strange = [place for place, heading in enumerate(headings, start=1) if heading not in known]
    if strange:
        raise ImportUnreadableError(f"Ukjent overskrift i kolonne {', '.join(map(str, strange))}.")
    if len(set(headings)) != len(headings):
        raise ImportUnreadableError("En overskrift står to ganger.")
    if missing := [heading for heading in required if heading not in headings]:
        raise ImportUnreadableError(f"Disse overskriftene mangler: {', '.join(missing)}.")
