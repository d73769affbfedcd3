"""Two things timed in turn, so that a machine that slows down slows both (never one after the other)."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

Action = Callable[[], object]


@dataclass
class Pairs:
    """Timings in seconds, one of each a round."""

    ours: list[float] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)


def timed(action: Action) -> float:
    """How many seconds it takes."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def in_turn(rounds: int, ours: Action, raw: Action, *, warm_up: int = 2) -> Pairs:
    """Time both `rounds` times, now one first and now the other. The first `warm_up` rounds do not count."""
    pairs = Pairs()
    for number in range(-warm_up, rounds):
        order = [(ours, pairs.ours), (raw, pairs.raw)]
        for action, timings in order if number % 2 else reversed(order):
            seconds = timed(action)
            if number >= 0:
                timings.append(seconds)
    return pairs


def in_turn_together(rounds: int, ours: Sequence[Action], raw: Sequence[Action], *, burst: int = 5) -> Pairs:
    """As `in_turn`, with all of `ours` at the same time and then all of `raw`, each `burst` times in a round."""
    pairs = Pairs()
    with ThreadPoolExecutor(len(ours)) as clients:
        for _ in range(rounds):
            for actions, timings in ((ours, pairs.ours), (raw, pairs.raw)):
                bursts = clients.map(lambda action: [timed(action) for _ in range(burst)], actions)
                timings.extend(seconds for one in bursts for seconds in one)
    return pairs
