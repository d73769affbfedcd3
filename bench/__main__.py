"""`python -m bench`: what the system costs beside the raw database, a young log, and a plain service."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import psycopg
import typer
from rich.console import Console
from rich.progress import Progress

from bench import ageing, appending, beside, commanding, reading, viewing
from bench.ground import Ground, ground
from bench.size import LONG, QUICK, SHORTEST, Size
from bench.table import Row, as_table, surroundings
from demo.postgres_server import Postgres, running_postgres

Measure = Callable[[Ground, Path, Size], Iterator[Row]]

MEASURES: dict[str, Measure] = {
    "append": appending.measure,
    "commands": commanding.measure,
    "feed": viewing.measure_feed,
    "replay": reading.measure_replay,
    "delay": viewing.measure_delay,
    "gate": reading.measure_gate,
}


DATABASES = ("SQLite", "PostgreSQL")


def main(
    tables: Annotated[list[str] | None, typer.Argument(help="costs, ages, beside; all when none is named.")] = None,
    long: Annotated[bool, typer.Option(help="Many more rounds, for figures to rely on.")] = False,
    shortest: Annotated[bool, typer.Option(help="Every line once round; the figures mean nothing.")] = False,
) -> None:
    """Measure each figure beside another in the same run: the raw database, a young log, a plain service."""
    size = LONG if long else SHORTEST if shortest else QUICK
    wanted = tables or list(TABLES)
    if unknown := sorted(set(wanted) - set(TABLES)):
        raise typer.BadParameter(f"no such table: {', '.join(unknown)}")
    console = Console(width=None if Console().is_terminal else 130)
    with (
        tempfile.TemporaryDirectory(prefix="husrom-bench-") as made,
        Progress(console=console, transient=True) as progress,
    ):
        folder = Path(made)
        task = progress.add_task("measuring", total=sum(TABLES[name].steps for name in wanted))
        with running_postgres(durable=True, log=folder / "postgres.log") as postgres:
            run = Run(folder, postgres, size, lambda: progress.advance(task))
            measured = {name: list(TABLES[name].measure(run)) for name in wanted}
            around = surroundings(_version(postgres))
    for name, rows in measured.items():
        console.print(as_table(TABLES[name].title.format(size=size), TABLES[name].second, rows))
    console.print(around)


@dataclass(frozen=True)
class Run:
    """One run of the bench. `done` is called after each step."""

    folder: Path
    postgres: Postgres
    size: Size
    done: Callable[[], object]


def costs(run: Run) -> Iterator[Row]:
    """Each measure on each database, beside the raw database."""
    for name, measure in MEASURES.items():
        for database in DATABASES:
            with _fresh(database, run.folder / f"{name}_{database.lower()}", run.postgres) as where:
                yield from measure(where, run.folder, run.size)
            run.done()


def ages(run: Run) -> Iterator[Row]:
    """The old log beside the young one."""
    for database in DATABASES:
        with ExitStack() as stack:
            young, old = (
                stack.enter_context(_fresh(database, run.folder / f"{age}_{database.lower()}", run.postgres))
                for age in ("young", "old")
            )
            yield from ageing.measure(young, old, run.size)
        run.done()


def plain(run: Run) -> Iterator[Row]:
    """Husrom beside the plain service, on PostgreSQL as in production."""
    with _fresh("PostgreSQL", run.folder / "beside", run.postgres) as where:
        yield from beside.measure(where, run.folder, run.size)
    run.done()


@dataclass(frozen=True)
class Measured:
    """A table: its title (may name sizes), what its figures are held against, how it is measured, in how many steps."""

    title: str
    second: str
    measure: Callable[[Run], Iterator[Row]]
    steps: int


TABLES: dict[str, Measured] = {
    "costs": Measured(
        "Cost beside the raw database writing and reading the same rows", "raw database", costs,
        len(DATABASES) * len(MEASURES),
    ),
    "ages": Measured(
        "Cost with {size.old:,} events in the log against {size.young:,}", "young log", ages, len(DATABASES)
    ),
    "beside": Measured("Throughput beside a plain service that protects nothing", "plain service", plain, 1),
}  # fmt: skip


@contextmanager
def _fresh(database: str, folder: Path, postgres: Postgres) -> Iterator[Ground]:
    if database == "SQLite":
        with ground(database, folder) as where:
            yield where
    else:
        with postgres.database() as url, ground(database, folder, url) as where:
            yield where


def _version(postgres: Postgres) -> str:
    with psycopg.connect(postgres.url) as connection:
        return str(connection.info.parameter_status("server_version"))


if __name__ == "__main__":
    typer.run(main)
