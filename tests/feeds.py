"""The feeds beside an installation, as `husrom feed` runs them."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from demo.patience import HUNG_AFTER
from services.installation import Installation


@contextmanager
def feeds_running(office: Installation) -> Iterator[None]:
    """Both logs are carried to the views meanwhile, and a read waits for them for as long as that takes.

    One second at most is a promise to people (D10), which a busy machine cannot keep.
    """
    stop, settings = Event(), office.settings
    office.settings = settings.model_copy(update={"read_wait_seconds": HUNG_AFTER})
    runs = [Thread(target=feed.run, args=(lambda _: stop.wait(0.005), stop.is_set)) for feed in office.feeds]
    for run in runs:
        run.start()
    try:
        yield
    finally:
        stop.set()
        for run in runs:
            run.join()
        office.settings = settings
