"""Moving the office clock on, as the play does and as `day` in docs/journeys.md does (D13).

`python -m demo.office_time 2030-01-07 09:00` moves a running demonstration's clock to that time in Norway.
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


def main(day: str, clock: str, ready: str) -> None:
    """Move a running demonstration's clock; its API answers at `ready`."""
    with httpx2.Client(timeout=HUNG_AFTER) as http:
        move_on(load_settings(), moment(day, clock), lambda: _come_to_rest(http, ready))


def _come_to_rest(http: httpx2.Client, ready: str) -> None:
    try:
        wait_until("the demonstration to come to rest", lambda: is_at_rest(http, ready))
    except TimeoutError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
