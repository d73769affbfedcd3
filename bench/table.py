"""What was measured, as a table: one line an operation and database."""

import os
import platform
import sqlite3
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from rich.table import Table


@dataclass(frozen=True)
class Row:
    """One line. `ratio`: how many times as long the first takes as the second; of `share`, how much of it is reached."""

    operation: str
    database: str
    husrom: str
    raw: str
    ratio: str


def rate(operation: str, database: str, unit: str, count: int, ours: Sequence[float], raw: Sequence[float]) -> Row:
    """A line about throughput: each timing in `ours` and `raw` (seconds) did `count` units."""
    spent, needed = sum(ours), sum(raw)
    return Row(
        operation,
        database,
        f"{count * len(ours) / spent:,.0f} {unit}/s",
        f"{count * len(raw) / needed:,.0f} {unit}/s",
        f"{spent / needed:.1f}",
    )


def share(operation: str, database: str, count: int, ours: Sequence[float], other: Sequence[float]) -> Row:
    """A line about how much of another service's throughput is reached: each timing (seconds) did `count` requests."""
    mine, its = (count * len(timings) / sum(timings) for timings in (ours, other))
    return Row(operation, database, f"{mine:,.0f} requests/s", f"{its:,.0f} requests/s", f"{mine / its:.2f}")


def latency(operation: str, database: str, ours: Sequence[float], raw: Sequence[float]) -> Row:
    """A line about latency: p50 and p99 of timings in seconds."""
    mine, theirs = _percentiles(ours), _percentiles(raw)
    ratios = " / ".join(f"{a / b:.1f}" for a, b in zip(mine, theirs, strict=True))
    return Row(operation, database, _milliseconds(mine), _milliseconds(theirs), ratios)


def _percentiles(timings: Sequence[float]) -> tuple[float, float]:
    ranks = statistics.quantiles(timings, n=100, method="inclusive")
    return ranks[49], ranks[98]


def _milliseconds(percentiles: tuple[float, float]) -> str:
    return " / ".join(f"{seconds * 1000:.2f}" for seconds in percentiles) + " ms"


def as_table(title: str, second: str, rows: Iterable[Row]) -> Table:
    """The lines as a table. `second`: what the figure is held against."""
    table = Table(title=title, title_justify="left")
    for name in ("operation", "database"):
        table.add_column(name)
    for name in ("Husrom", second, "ratio"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(row.operation, row.database, row.husrom, row.raw, row.ratio)
    return table


def surroundings(postgres: str) -> str:
    """What the figures hang on: cores and versions. `postgres`: the server's version."""
    parts = [
        f"{os.cpu_count()} cores",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"PostgreSQL {postgres}",
        *(f"{name} {version(name)}" for name in ("eventsourcing", "fastapi", "sqlalchemy", "psycopg")),
    ]
    return ", ".join(parts)
