"""Moving the office clock on, as the play does and as `day` in docs/journeys.md does (D13).

`python -m demo.office_time URL` moves a running demonstration's clock to each time in Norway that it reads from
standard input (`2030-01-07 09:00`), and prints a line when the demonstration, whose API answers at URL, has come to rest.
"""

import sys
from collections.abc import Callable
from datetime import datetime

import httpx2
from sqlalchemy import create_engine

from demo.moments import moment
from demo.patience import HUNG_AFTER, wait_until
from projections import due_rows
from services.clock import DemoClock
from services.settings import Settings, Store, load_settings

REST = 0.1
"""Seconds between two looks whether the system has come to rest: each look is a request."""


def move_on(settings: Settings, to: datetime, come_to_rest: Callable[[], None]) -> None:
    """Move the clock to `to` (aware), stopping wherever something falls due on the way; it never goes back."""
    clock = DemoClock(settings.office_clock_path)
    come_to_rest()
    while (due := _next_due(settings, clock.now())) is not None and due <= to:
        clock.set(due)
        come_to_rest()
    if to > clock.now():
        clock.set(to)
    come_to_rest()


def _next_due(settings: Settings, now: datetime) -> datetime | None:
    engine = create_engine(settings.sqlalchemy_url(Store.VIEWS))
    try:
        with engine.connect() as connection:
            return due_rows.next_moment(connection, now)
    finally:
        engine.dispose()


def is_at_rest(http: httpx2.Client, ready: str) -> bool:
    """Whether the views are at the head of the logs and nothing that is due is still to be done, says `ready` (a URL)."""
    answer = http.get(ready).json()
    return bool(answer["lag"] == 0 and answer["due"] == 0)


def main(ready: str) -> None:
    """Move a running demonstration's clock each time a line says so; its API answers at `ready`."""
    with httpx2.Client(timeout=HUNG_AFTER) as http:
        for line in sys.stdin:
            day, clock = line.split()
            print(_moved(moment(day, clock), http, ready), flush=True)


def _moved(to: datetime, http: httpx2.Client, ready: str) -> str:
    """Nothing once all that fell due is done; otherwise what went wrong."""
    try:
        move_on(load_settings(), to, lambda: _come_to_rest(http, ready))
    except TimeoutError as error:
        return str(error)
    return ""


def _come_to_rest(http: httpx2.Client, ready: str) -> None:
    wait_until("the demonstration to come to rest", lambda: is_at_rest(http, ready), pause=REST)


if __name__ == "__main__":
    main(*sys.argv[1:])
