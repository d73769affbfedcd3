"""No small number can be read out of a table: neither seen, nor computed from what is shown (LR4, LG1)."""

from collections.abc import Iterator
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.statistics.small_numbers import Figure, Figures, Shown, few, protected

Counts = list[list[int]]

numbers = st.one_of(st.integers(0, 6), st.sampled_from([0, 1, 2, 4, 5, 9, 30]))
tables = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda size: st.lists(st.lists(numbers, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
)


def figures(shown: Figures) -> list[Figure]:
    return [*(figure for row in shown.cells for figure in row), *shown.rows, *shown.columns, shown.all]


def looks_alike(figure: Figure, number: int) -> bool:
    if figure is Shown.HIDDEN:
        return number >= 0
    return 1 <= number <= 4 if figure is Shown.FEW else figure == number


def as_it_is(counts: Counts) -> list[int]:
    rows, columns = [sum(row) for row in counts], [sum(column) for column in zip(*counts, strict=True)]
    return [*(count for row in counts for count in row), *rows, *columns, sum(rows)]


def could_be(counts: Counts, shown: Figures, most: int) -> Iterator[list[int]]:
    """Every table with numbers up to `most` that would look like `shown`, as somebody outside could find them."""
    wanted, width = figures(shown), len(counts[0])
    choices = [
        [n for n in range(most + 1) if looks_alike(figure, n)] if isinstance(figure, Shown) else [figure]
        for figure in wanted[: width * len(counts)]
    ]
    for cells in product(*choices):
        table = [list(cells[start : start + width]) for start in range(0, len(cells), width)]
        found = as_it_is(table)
        if all(looks_alike(figure, number) for figure, number in zip(wanted, found, strict=True)):
            yield found


@given(tables)
def test_LR4_no_number_from_one_to_four_is_shown(counts: Counts) -> None:
    for figure, number in zip(figures(protected(counts)), as_it_is(counts), strict=True):
        assert looks_alike(figure, number)
        assert not (1 <= number <= 4 and figure == number)


small_tables = st.tuples(st.integers(1, 3), st.integers(1, 2)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 6), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


@settings(deadline=None)
@given(small_tables)
@example([[1, 1], [1, 1]])
@example([[1, 0], [0, 5]])
@example([[4, 6], [6, 4]])
@example([[1, 1, 1, 1]])
@example([[3]])
def test_LR4_no_hidden_number_can_be_computed_from_the_rest_of_the_table(counts: Counts) -> None:
    shown = protected(counts)
    alike = list(could_be(counts, shown, most=8))
    for place, figure in enumerate(figures(shown)):
        if isinstance(figure, Shown):
            assert len({table[place] for table in alike}) > 1, (shown, place)


def test_LR4_a_table_without_small_numbers_is_shown_as_it_is() -> None:
    shown = protected([[5, 10], [0, 7]])

    assert (shown.cells, shown.rows, shown.columns, shown.all) == (((5, 10), (0, 7)), (15, 7), (5, 17), 22)


def test_LR4_a_sum_never_gives_its_only_small_number_away() -> None:
    shown = protected([[3, 20, 30], [40, 50, 60]])

    assert shown.cells[0][0] is Shown.FEW
    assert Shown.HIDDEN in (*shown.cells[0][1:], shown.rows[0])
    assert Shown.HIDDEN in (shown.cells[1][0], shown.columns[0])


def test_LR4_little_is_hidden_of_a_large_table() -> None:
    counts = [[40 + 3 * row + column for column in range(6)] for row in range(4)]
    counts[1][2] = 2

    hidden = [figure for figure in figures(protected(counts)) if isinstance(figure, Shown)]

    assert len(hidden) == 4


def test_LR4_a_table_without_rows_is_empty() -> None:
    assert protected([]) == Figures((), (), (), 0)


def test_LR4_a_number_that_stands_alone_is_hidden_from_one_to_four() -> None:
    assert [few(count) for count in range(7)] == [0, "<5", "<5", "<5", "<5", 5, 6]
