"""Every line of the bench's tables is there; what the figures are is not this test's business."""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bench.parts import DOORS
from bench.size import SHORTEST
from bench.table import Row, as_table, surroundings
from bench.tables import DATABASES, PARTS, Run, ages, costs, plain, profiled
from tests.servers.postgres import Postgres

COSTS = {
    "append, 1 event",
    "append, 3 aggregates",
    "receive application, HTTP, 1 client, p50 / p99",
    "receive application, HTTP, 2 clients, p50 / p99",
    "give consent, HTTP, 1 client, p50 / p99",
    "give consent, HTTP, 2 clients, p50 / p99",
    "feed, 500 events a batch",
    "rebuild of all views",
    "replay, decode and apply",
    "from save to view, p50 / p99",
    "read through the gate, p50 / p99",
}
AGES = {"receive application, p50 / p99", "scan for due work, p50 / p99"}
BESIDE = {"register, HTTP, 2 clients", "read, HTTP, 2 clients", "list, HTTP, 2 clients"}
Measure = Callable[[Run], Iterator[Row]]
ROWS: dict[Measure, set[tuple[str, str]]] = {
    costs: {(name, where) for name in COSTS for where in DATABASES},
    ages: {(name, where) for name in AGES for where in DATABASES},
    plain: {(name, "PostgreSQL") for name in BESIDE},
}


@pytest.mark.parametrize("measure", ROWS)
def test_the_shortest_bench_fills_every_line_of_each_table(
    measure: Measure, tmp_path: Path, postgres: Postgres
) -> None:
    steps: list[None] = []

    rows = list(measure(Run(tmp_path, postgres, SHORTEST, lambda: steps.append(None))))

    assert {(row.operation, row.database) for row in rows} == ROWS[measure]
    assert all(row.husrom and row.raw and row.ratio for row in rows)
    assert len(steps) == PARTS[measure.__name__].steps


def test_the_profile_says_of_each_part_what_it_takes_of_a_request(tmp_path: Path, postgres: Postgres) -> None:
    table = profiled(Run(tmp_path, postgres, SHORTEST, lambda: None))

    console = Console(width=200, record=True, file=StringIO())
    console.print(table)
    said = console.export_text()
    assert all(part in said for part in DOORS)
    assert "register" in said


def test_the_bench_says_what_its_figures_hang_on() -> None:
    said = surroundings("18.6")

    assert "cores" in said
    assert "PostgreSQL 18.6" in said


def test_a_table_has_the_figures_of_both_beside_each_other() -> None:
    console = Console(width=120, record=True, file=StringIO())

    console.print(as_table("Cost", "raw database", []))

    assert "raw database" in console.export_text()
