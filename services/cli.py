"""`husrom`: the commands that run an installation. Docker Compose and `make demo` use the same ones.

Each command imports what it runs when it is asked for: beat needs no API, and an import costs seconds.
"""

import os
import signal
import sys
import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, NoReturn
from uuid import UUID

import structlog
import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Column, Table

from services import cli_employees
from services.clock import DemoClock
from services.logging import configure_logging
from services.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from projections.feed import Feed
    from services.installation import Installation
    from services.log.hints import Wait

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)
app.add_typer(cli_employees.app, name="employee")
log = structlog.get_logger()


@app.command()
def migrate() -> None:
    """Create the tables of logs, keys and views. Run once before the others start."""
    with _office() as office:
        office.migrate()


@app.command()
def api(host: str = "127.0.0.1", port: int = 8000, fd: int | None = None) -> None:
    """Serve the HTTP API."""
    import uvicorn

    from services.api.app import create_app

    settings = _settings()
    uvicorn.run(
        create_app(settings), host=host, port=port, fd=fd, access_log=False, log_config=None, server_header=False
    )


@app.command()
def operations() -> None:
    """List everything that can be done or asked, with who may and what the answer is.

    A table on a screen. Elsewhere a line for each, with tabs between, to search in.
    """
    from services.core import catalogue

    rows = [
        (one.id, one.method, f"/api/v1{one.path}", str(one.permit), one.result_name)
        for one in sorted(catalogue.operations(), key=lambda one: (one.area, one.path, one.method))
    ]
    screen = Console()
    if not screen.is_terminal:
        for row in rows:
            print("\t".join(row))
        return
    table = Table(*(Column(name, overflow="fold") for name in ("Operation", "Method", "Path", "Permit", "Result")))
    for row in rows:
        table.add_row(*row)
    screen.print(table)


@app.command()
def feed() -> None:
    """Carry both logs to the views until stopped."""
    from services.log.hints import hint_for

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with _office() as office:
        runs = [
            threading.Thread(target=_carry, args=(each, hint_for(office.settings, source), stop))
            for each, source in zip(office.feeds, (office.case_log, office.disclosure_log), strict=True)
        ]
        for run in runs:
            run.start()
        for run in runs:
            run.join()


def _carry(carrier: "Feed", wait: "Wait", stop: threading.Event) -> None:
    """Run one feed until stopped; a database that goes away is waited for, not died of."""
    from eventsourcing.persistence import PersistenceError
    from sqlalchemy.exc import SQLAlchemyError

    while not stop.is_set():
        try:
            carrier.run(wait, stop.is_set)
        except (PersistenceError, SQLAlchemyError):
            log.warning("feed_waits_for_database")
            stop.wait(1.0)


@app.command()
def rebuild_access() -> None:
    """Write the access facts anew from the case log, in one transaction; whoever saves meanwhile waits."""
    with _office() as office:
        office.case_log.rebuild_access_facts()


@app.command()
def rebuild(
    views: Annotated[list[str] | None, typer.Argument(help="Views by name; all when none is named.")] = None,
) -> None:
    """Empty views and fill them again from the logs."""
    with _office() as office:
        known = {view.name for each in office.feeds for view in each.views}
        if unknown := sorted(set(views or ()) - known):
            raise typer.BadParameter(f"no such view: {', '.join(unknown)}. Known: {', '.join(sorted(known))}")
        for each in office.feeds:
            for view in each.views:
                if not views or view.name in views:
                    each.rebuild(view)
            with Progress() as progress:
                task = progress.add_task(each.views[0].source.value if each.views else "", total=each.log.head())
                for read in each.catch_up():
                    progress.advance(task, read)


@app.command()
def worker(concurrency: int = 1) -> None:
    """Run a Celery worker: deliveries and what else falls due."""
    _exec_celery("worker", "--concurrency", str(concurrency), "--without-gossip", "--without-mingle")


@app.command()
def beat() -> None:
    """Run Celery beat: look for what is due."""
    _exec_celery("beat")


@app.command()
def token(employee: UUID, hours: float = 12.0) -> None:
    """Issue a bearer token for somebody in the directory. Demo settings only."""
    from services import demo_tokens

    try:
        typer.echo(demo_tokens.issue(_settings(), employee, lifetime=timedelta(hours=hours)))
    except demo_tokens.DemoOnlyError as error:
        _fail(str(error))


@app.command()
def clock(to: Annotated[datetime, typer.Argument(formats=["%Y-%m-%dT%H:%M:%S%z"])]) -> None:
    """Set the office clock. Demo settings only."""
    settings = _settings()
    if not settings.demo:
        _fail("the office clock can be set under HUSROM_DEMO=1 only")
    DemoClock(settings.office_clock_path).set(to)


def _exec_celery(*arguments: str) -> None:
    """Become Celery. It is named here, not imported: services do not know the workers (import contracts)."""
    _settings()
    os.execv(sys.executable, [sys.executable, "-m", "celery", "-A", "workers.app", *arguments])  # noqa: S606  (no shell)


def _office() -> "Installation":
    from services.installation import Installation

    return Installation(_settings())


def _settings() -> Settings:
    try:
        settings = load_settings()
    except SettingsError as error:
        _fail(str(error))
    configure_logging(settings.log_level)
    return settings


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    app()
