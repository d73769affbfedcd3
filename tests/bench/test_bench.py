"""Every line of the bench's tables is there; what the figures are is not this test's business."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bench.__main__ import DATABASES, TABLES, Run
from bench.size import SHORTEST
from bench.table import as_table, surroundings
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
ROWS = {
    "costs": {(name, where) for name in COSTS for where in DATABASES},
    "ages": {(name, where) for name in AGES for where in DATABASES},
    "beside": {(name, "PostgreSQL") for name in BESIDE},
}


@pytest.mark.parametrize("name", TABLES)
def test_the_shortest_bench_fills_every_line_of_each_table(name: str, tmp_path: Path, postgres: Postgres) -> None:
    steps: list[None] = []

    rows = list(TABLES[name].measure(Run(tmp_path, postgres, SHORTEST, lambda: steps.append(None))))

    assert {(row.operation, row.database) for row in rows} == ROWS[name]
    assert all(row.husrom and row.raw and row.ratio for row in rows)
    assert len(steps) == TABLES[name].steps


def test_the_bench_says_what_its_figures_hang_on() -> None:
    said = surroundings("18.6")

    assert "cores" in said
    assert "PostgreSQL 18.6" in said


def test_a_table_has_the_figures_of_both_beside_each_other() -> None:
    console = Console(width=120, record=True, file=StringIO())

    console.print(as_table("Cost", "raw database", []))

    assert "raw database" in console.export_text()
