"""`python -m bench`: what the system costs beside the raw database, and whether an old log costs more than a young one."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import psycopg
import typer
from rich.console import Console
from rich.progress import Progress

from bench import ageing, appending, commanding, reading, viewing
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


def main(
    long: Annotated[bool, typer.Option(help="Many more rounds, for figures to rely on.")] = False,
    shortest: Annotated[bool, typer.Option(help="Every line once round; the figures mean nothing.")] = False,
) -> None:
    """Measure everything on SQLite and PostgreSQL, each figure beside the raw database in the same run."""
    size = LONG if long else SHORTEST if shortest else QUICK
    console = Console(width=None if Console().is_terminal else 130)
    with (
        tempfile.TemporaryDirectory(prefix="husrom-bench-") as made,
        Progress(console=console, transient=True) as progress,
    ):
        folder = Path(made)
        task = progress.add_task("measuring", total=2 * len(MEASURES) + 2)
        with running_postgres(durable=True, log=folder / "postgres.log") as postgres:
            costs, ages = run(folder, postgres, size, lambda: progress.advance(task))
            around = surroundings(_version(postgres))
    console.print(as_table("Cost beside the raw database writing and reading the same rows", "raw database", costs))
    console.print(as_table(f"Cost with {size.old:,} events in the log against {size.young:,}", "young log", ages))
    console.print(around)


def run(folder: Path, postgres: Postgres, size: Size, done: Callable[[], object]) -> tuple[list[Row], list[Row]]:
    """The lines of both tables. `done` is called after each step."""
    costs, ages = [], []
    for name, measure in MEASURES.items():
        for database in ("SQLite", "PostgreSQL"):
            with _fresh(database, folder / f"{name}_{database.lower()}", postgres) as where:
                costs += list(measure(where, folder, size))
            done()
    for database in ("SQLite", "PostgreSQL"):
        with ExitStack() as stack:
            young, old = (
                stack.enter_context(_fresh(database, folder / f"{age}_{database.lower()}", postgres))
                for age in ("young", "old")
            )
            ages += list(ageing.measure(young, old, size))
        done()
    return costs, ages


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
