"""Hiding small numbers in a table with totals, so that none can be computed from what is shown (LR4, LG1).

One to four is shown as `Shown.FEW`. Where sums would give such a number away, further cells are hidden
(`Shown.HIDDEN`), which says nothing of their size. The table is seen as a graph: lines whose numbers add up are nodes,
numbers are edges. A number is safe when it lies on a cycle along which one can be added and taken away in turn without
any sum or any `FEW` telling: then two tables at least look the same from outside. Where there is none, the cheapest one
is made, by hiding what is in its way.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush

FEWEST_SHOWN = 5


class Shown(StrEnum):
    """What stands in place of a number."""

    FEW = "<5"
    HIDDEN = "x"


Figure = int | Shown
Cell = tuple[int, int]
"""Row and column; `TOTAL` for the line of sums."""

TOTAL = -1
ROW, COLUMN = 0, 1
Line = tuple[int, int]
"""`ROW` or `COLUMN`, and which."""


@dataclass(frozen=True)
class Figures:
    """A table as it may be shown: its cells by row, the sums of its rows and of its columns, and of all."""

    cells: tuple[tuple[Figure, ...], ...]
    rows: tuple[Figure, ...]
    columns: tuple[Figure, ...]
    all: Figure


def protected(counts: Sequence[Sequence[int]]) -> Figures:
    """The table of `counts`, rows of equal length, none under 0, with its totals, as it may be shown."""
    numbers = _with_totals(counts)
    marks = {cell: Shown.FEW for cell, number in numbers.items() if 1 <= number < FEWEST_SHOWN}
    while more := next((found for cell in sorted(marks) if (found := _in_the_way(cell, numbers, marks))), ()):
        marks |= dict.fromkeys(more, Shown.HIDDEN)
    shown: Mapping[Cell, Figure] = {**numbers, **marks}
    rows, columns = range(len(counts)), range(len(counts[0]) if counts else 0)
    return Figures(
        cells=tuple(tuple(shown[row, column] for column in columns) for row in rows),
        rows=tuple(shown[row, TOTAL] for row in rows), columns=tuple(shown[TOTAL, column] for column in columns),
        all=shown[TOTAL, TOTAL],
    )  # fmt: skip


def few(count: int) -> Figure:
    """A number that stands alone."""
    return Shown.FEW if 1 <= count < FEWEST_SHOWN else count


def _with_totals(counts: Sequence[Sequence[int]]) -> dict[Cell, int]:
    numbers = {(r, c): count for r, row in enumerate(counts) for c, count in enumerate(row)}
    numbers |= {(r, TOTAL): sum(row) for r, row in enumerate(counts)}
    numbers |= {(TOTAL, c): sum(column) for c, column in enumerate(zip(*counts, strict=True))}
    return {**numbers, (TOTAL, TOTAL): sum(map(sum, counts))}


def _in_the_way(cell: Cell, numbers: Mapping[Cell, int], marks: Mapping[Cell, Shown]) -> tuple[Cell, ...]:
    """What has to be hidden for `cell` to be safe: nothing when it is, else the rest of its cheapest cycle."""
    ways = (_cheapest(cell, step, numbers, marks) for step in (1, -1) if _can_move(cell, step, numbers, marks))
    return min(ways)[1]


def _cheapest(
    cell: Cell, step: int, numbers: Mapping[Cell, int], marks: Mapping[Cell, Shown]
) -> tuple[int, tuple[Cell, ...]]:
    """The way from the cell's column back to its row on which others make up for `step` in it, and what it costs.

    Leaving a column takes the opposite of what came in by the row, and the other way round. There is always one: over
    the sums.
    """
    waiting: list[tuple[int, tuple[Cell, ...], Line]] = [(0, (), (COLUMN, cell[1]))]
    seen: set[Line] = set()
    while waiting:
        cost, hidden, line = heappop(waiting)
        if line == (ROW, cell[0]):
            return cost, hidden
        if line in seen:
            continue
        seen.add(line)
        side, _ = line
        for other, to in _others(cell, line, numbers):
            moves = -step if side == COLUMN else step
            if _can_move(other, moves, numbers, marks):
                heappush(waiting, (cost, hidden, to))
            elif numbers[other] + _real(other, moves) >= 0:
                heappush(waiting, (cost + _cost(other, numbers, marks), (*hidden, other), to))
    raise AssertionError("the sums lead back from anywhere")


def _others(cell: Cell, line: Line, numbers: Mapping[Cell, int]) -> Iterator[tuple[Cell, Line]]:
    """The other numbers of `line`, each with the line on its other side."""
    side, number = line
    for other in numbers:
        if other != cell and other[side] == number:
            yield other, (1 - side, other[1 - side])


def _can_move(cell: Cell, step: int, numbers: Mapping[Cell, int], marks: Mapping[Cell, Shown]) -> bool:
    """Whether the number could be one more or less than it is (`step`, as its line counts it), for all that is shown."""
    moved = numbers[cell] + _real(cell, step)
    match marks.get(cell):
        case Shown.FEW:
            return 1 <= moved < FEWEST_SHOWN
        case Shown.HIDDEN:
            return moved >= 0
    return False


def _real(cell: Cell, step: int) -> int:
    """`step` as the number itself counts it: a sum stands in its line against what it is the sum of."""
    return -step if TOTAL in cell and cell != (TOTAL, TOTAL) else step


def _cost(cell: Cell, numbers: Mapping[Cell, int], marks: Mapping[Cell, Shown]) -> int:
    """What is lost by hiding the number: a sum more than a number, a large one more than a small one, a zero most."""
    if cell in marks:
        return 50
    return (1000 if numbers[cell] == 0 else 100 + numbers[cell]) * (2 if TOTAL in cell else 1)
