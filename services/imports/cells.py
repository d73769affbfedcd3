"""Cells read as what they should be. A problem names the column and what is wrong, never what stood there."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeVar

from domain.refusals import Refusal
from services.imports.table import LONGEST_CELL, Line
from services.spreadsheet import FORMULA

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

MOJIBAKE = re.compile("[ÃÂ][\u0080-\u00bf]")
"""What æ, ø and å look like when UTF-8 was read as Latin-1."""

ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
NORWEGIAN_DAY = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", re.ASCII)
YES_NO = {"ja": True, "nei": False}
REFERENCE = re.compile(r"[0-9A-Za-zÆØÅæøå._/ -]{1,50}")


@dataclass(frozen=True)
class CellProblem:
    """What is wrong in one column of a line; no column when it is the whole line."""

    column: str | None
    code: str
    message: str


class CellError(Exception):
    """A cell is not what it should be."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(code)


@dataclass
class Cells:
    """The cells of one line, and the problems found while they are read."""

    line: Line
    problems: list[CellProblem] = field(default_factory=list)

    def read(self, column: str, parse: Callable[[str], T]) -> T | None:
        """The cell as `parse` reads it; None for an empty cell, and for one that is wrong, which is noted."""
        text = self.line.cells.get(column, "")
        if not text:
            return None
        try:
            return parse(_checked(text))
        except CellError as error:
            self.note(column, error.code, error.message)
        except Refusal as refusal:
            self.refused(refusal, column)
        return None

    def need(self, column: str, parse: Callable[[str], T]) -> T | None:
        """As `read`, and an empty cell is wrong."""
        if not self.line.cells.get(column):
            self.note(column, "cell_missing", "Cellen må fylles ut.")
            return None
        return self.read(column, parse)

    def note(self, column: str | None, code: str, message: str) -> None:
        """Something is wrong with the line."""
        self.problems.append(CellProblem(column, code, message))

    def refused(self, refusal: Refusal, column: str | None = None) -> None:
        """A rule says no to the line."""
        self.note(column, refusal.code, f"{refusal.missing} {refusal.next_step}")


def text(most: int) -> Callable[[str], str]:
    """Reads a text of that many characters at most, which no spreadsheet would take for a formula."""

    def parse(cell: str) -> str:
        if cell.startswith(FORMULA):
            raise CellError("looks_like_formula", "Cellen begynner som en formel i et regneark.")
        return _no_longer_than(cell, most)

    return parse


def reference(cell: str) -> str:
    """Reads a reference of the municipality's own."""
    if not REFERENCE.fullmatch(cell):
        raise CellError("not_a_reference", "En referanse har bokstaver, tall, punktum, skråstrek og bindestrek.")
    return cell


def matching(pattern: str, message: str) -> Callable[[str], str]:
    """Reads what the pattern describes."""

    def parse(cell: str) -> str:
        if not re.fullmatch(pattern, cell):
            raise CellError("not_as_expected", message)
        return cell

    return parse


def number(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number between those two."""

    def parse(cell: str) -> int:
        if not (cell.isascii() and cell.isdigit() and len(cell) <= 6 and least <= int(cell) <= most):
            raise CellError("not_a_number", f"Cellen må være et helt tall fra {least} til {most}.")
        return int(cell)

    return parse


def day(cell: str) -> date:
    """Reads a date as 2027-06-30 or 30.06.2027."""
    found = ISO_DAY.fullmatch(cell) or NORWEGIAN_DAY.fullmatch(cell)
    try:
        read = date(*(int(found[part]) for part in ("year", "month", "day"))) if found else None
    except ValueError:
        read = None
    if read is None or not date(1900, 1, 1) <= read <= date(2200, 1, 1):
        raise CellError("not_a_date", "Datoen finnes ikke. Skriv den som 2027-06-30 eller 30.06.2027.")
    return read


def yes_or_no(cell: str) -> bool:
    """Reads ja or nei."""
    return _one_of(cell, YES_NO)


def word(words: Mapping[str, E]) -> Callable[[str], E]:
    """Reads one of the words."""
    return lambda cell: _one_of(cell, words)


def _one_of(cell: str, words: Mapping[str, T]) -> T:
    if cell.lower() not in words:
        raise CellError("unknown_word", f"Cellen må være en av disse: {', '.join(words)}.")
    return words[cell.lower()]


def _no_longer_than(cell: str, most: int) -> str:
    if len(cell) > most:
        raise CellError("cell_too_long", f"Cellen har flere enn {most} tegn.")
    return cell


def _checked(cell: str) -> str:
    """Raises `CellError` for what no column takes: too long, with control characters, or in the wrong encoding."""
    _no_longer_than(cell, LONGEST_CELL)
    if any(unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co") for character in cell):
        raise CellError("unreadable_cell", "Cellen har tegn eller linjeskift som ikke kan lagres.")
    if all(unicodedata.category(character)[0] in "CZ" for character in cell):
        raise CellError("cell_missing", "Cellen må fylles ut.")
    if MOJIBAKE.search(cell):
        raise CellError("wrong_encoding", "Cellen er lest i feil tegnsett. Lagre filen som UTF-8.")
    return cell
