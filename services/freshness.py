"""How fresh the views are: waiting for what the logs already hold (design D10)."""

import time

from projections.feed import Feed
from services.installation import Installation
from services.log.reads import note_whole_log
from services.refusals import ViewsBehindError

PAUSE_SECONDS = 0.01


def wait_for_views(office: Installation, position: int) -> None:
    """Wait until the views of the case log have come as far as `position`; one second at most.

    A command that asks this decides on what the views say, so it is stored only if nothing has been stored since (R07).
    Raises `ViewsBehindError`.
    """
    note_whole_log()
    _wait(office, office.feeds[0], position)


def wait_for_access_log(office: Installation) -> None:
    """Wait until the views of the disclosure log hold everything that is in it; one second at most.

    Raises `ViewsBehindError`.
    """
    _wait(office, office.feeds[1], office.disclosure_log.head())


def _wait(office: Installation, feed: Feed, position: int) -> None:
    deadline = time.monotonic() + office.settings.read_wait_seconds
    while min(feed.positions().values(), default=0) < position:
        if time.monotonic() >= deadline:
            raise ViewsBehindError
        time.sleep(PAUSE_SECONDS)
