"""What the bench measures, as rows and as tables."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from bench import ageing, appending, beside, commanding, profile, reading, viewing
from bench.ground import Ground, ground
from bench.size import Size
from bench.table import Row, as_table
from demo.postgres_server import Postgres

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


def profiled(run: Run) -> Table:
    """Where the CPU of Husrom and of the plain service goes, on PostgreSQL."""
    with _fresh("PostgreSQL", run.folder / "profile", run.postgres) as where:
        table = profile.as_table(dict(profile.profiles(where, run.folder, run.size)))
    run.done()
    return table


@contextmanager
def _fresh(database: str, folder: Path, postgres: Postgres) -> Iterator[Ground]:
    if database == "SQLite":
        with ground(database, folder) as where:
            yield where
    else:
        with postgres.database() as url, ground(database, folder, url) as where:
            yield where


def _costs(run: Run) -> Table:
    return as_table("Cost beside the raw database writing and reading the same rows", "raw database", costs(run))


def _ages(run: Run) -> Table:
    title = f"Cost with {run.size.old:,} events in the log against {run.size.young:,}"
    return as_table(title, "young log", ages(run))


def _plain(run: Run) -> Table:
    return as_table("Throughput beside a plain service that protects nothing", "plain service", plain(run))


@dataclass(frozen=True)
class Part:
    """A table of the bench, and in how many steps it is measured."""

    table: Callable[[Run], Table]
    steps: int


PARTS = {
    "costs": Part(_costs, len(DATABASES) * len(MEASURES)),
    "ages": Part(_ages, len(DATABASES)),
    "plain": Part(_plain, 1),
    "profile": Part(profiled, 1),
}
