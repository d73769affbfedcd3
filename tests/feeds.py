"""The feeds beside an installation, as `husrom feed` runs them."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from threading import Event, Thread
from typing import Final

from demo.patience import HUNG_AFTER
from services.installation import Installation
from services.log.hints import hint_for

SOON: Final = 0.1
"""Seconds after which a feed that hears of nothing looks whether it is to stop."""


@contextmanager
def feeds_running(office: Installation) -> Iterator[None]:
    """Both logs are carried to the views meanwhile, and a read waits for them for as long as that takes.

    One second at most is a promise to people (D10), which a busy machine cannot keep.
    """
    stop, settings = Event(), office.settings
    office.settings = settings.model_copy(update={"read_wait_seconds": HUNG_AFTER})
    with ExitStack() as ends:
        ends.callback(setattr, office, "settings", settings)
        for feed, log in zip(office.feeds, (office.case_log, office.disclosure_log), strict=True):
            hint = ends.enter_context(closing(hint_for(settings, log)))
            run = Thread(target=partial(feed.run, hint, stop.is_set, at_most_seconds=SOON))
            run.start()
            ends.callback(run.join)
        ends.callback(stop.set)
        yield
