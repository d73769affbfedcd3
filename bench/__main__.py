"""`python -m bench`: what the system costs beside the raw database, a young log and a plain service, and where it goes."""

import tempfile
from pathlib import Path
from typing import Annotated

import psycopg
import typer
from rich.console import Console
from rich.progress import Progress

from bench.size import LONG, QUICK, SHORTEST
from bench.table import surroundings
from bench.tables import PARTS, Run
from demo.postgres_server import Postgres, running_postgres


def main(
    parts: Annotated[list[str] | None, typer.Argument(help=f"{', '.join(PARTS)}; all when none is named.")] = None,
    long: Annotated[bool, typer.Option(help="Many more rounds, for figures to rely on.")] = False,
    shortest: Annotated[bool, typer.Option(help="Every line once round; the figures mean nothing.")] = False,
) -> None:
    """Measure each figure beside another in the same run: the raw database, a young log, a plain service."""
    size = LONG if long else SHORTEST if shortest else QUICK
    wanted = parts or list(PARTS)
    if unknown := sorted(set(wanted) - set(PARTS)):
        raise typer.BadParameter(f"no such part: {', '.join(unknown)}")
    console = Console(width=None if Console().is_terminal else 130)
    with (
        tempfile.TemporaryDirectory(prefix="husrom-bench-") as made,
        Progress(console=console, transient=True) as progress,
    ):
        folder = Path(made)
        task = progress.add_task("measuring", total=sum(PARTS[name].steps for name in wanted))
        with running_postgres(durable=True, log=folder / "postgres.log") as postgres:
            run = Run(folder, postgres, size, lambda: progress.advance(task))
            tables = [PARTS[name].table(run) for name in wanted]
            around = surroundings(_version(postgres))
    for table in tables:
        console.print(table)
    console.print(around)


def _version(postgres: Postgres) -> str:
    with psycopg.connect(postgres.url) as connection:
        return str(connection.info.parameter_status("server_version"))


if __name__ == "__main__":
    typer.run(main)
