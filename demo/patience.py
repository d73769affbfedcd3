"""How long anything here is waited for: as long as it takes, up to one limit that tells slow from hung.

A machine may be many times too busy. The demonstration, the bench and the tests get slower by that, and nothing else.
"""

import time
from collections.abc import Callable
from typing import Final, TypeVar

HUNG_AFTER: Final = 900.0
"""Seconds after which something that has not happened counts as hung. pytest stops a test after as long (pyproject)."""

PAUSE: Final = 0.02
"""Seconds between two looks."""


T = TypeVar("T")


def wait_until(what: str, look: Callable[[], T], enough: Callable[[T], object] = bool, *, pause: float = PAUSE) -> T:
    """What `look` gives once it is `enough`; it is asked again every `pause` seconds until then.

    Raises `TimeoutError`, which names `what` was waited for, after `HUNG_AFTER`.
    """
    hung = time.monotonic() + HUNG_AFTER
    while not enough(seen := look()):
        if time.monotonic() > hung:
            raise TimeoutError(f"waited {HUNG_AFTER:.0f} s for {what}")
        time.sleep(pause)
    return seen
