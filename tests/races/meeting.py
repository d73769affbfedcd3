"""Races by chance: each pair and each twin sent to two processes at the same moment, again and again (R07)."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random
from threading import Barrier
from uuid import uuid4

from httpx2 import Response

from tests.api.givens import case_ready_for_meeting
from tests.api.office import Office
from tests.races.pairs import Ground, Race, Sent, stored_after_the_change

LATEST = 0.012
"""Seconds by which one of the two may come after the other: about what a command takes."""


def chance(seed: object) -> Random:
    """The same for the same seed, so that a run can be replayed."""
    return Random(str(seed))  # noqa: S311 - to be repeatable, not secret


def at_once(sends: Sequence[Callable[[], Response]], random: Random) -> list[Response]:
    """The answers of requests that are sent at the same moment, give or take a little."""
    start, pauses = Barrier(len(sends)), [random.uniform(0, LATEST) for _ in sends]

    def go(send: Callable[[], Response], pause: float) -> Response:
        start.wait()
        time.sleep(pause)
        return send()

    with ThreadPoolExecutor(len(sends)) as people:
        return list(people.map(go, sends, pauses))


def pair_meets(
    ground: Ground, offices: Sequence[Office], pair: Callable[[Ground], Race], times: int, random: Random
) -> Counter[str]:
    """What came of a pair: `both` were stored in an order that holds, `refused` one of them, or a `mistake`."""
    came = Counter[str]()
    for _ in range(times):
        race, ways = pair(ground), random.sample(offices, len(offices))
        sends = [sent.by_way_of(way).send for sent, way in zip((race.command, race.change), ways, strict=False)]
        command, change = at_once(sends, random)
        if stored_after_the_change(race, command, change):
            came["mistake"] += 1
        elif "race_lost" in change.text or change.is_server_error or command.is_server_error:
            came["unsettled"] += 1
        else:
            came["both" if command.is_success and change.is_success else "refused"] += 1
    return came


def twins_meet(ground: Ground, offices: Sequence[Office], times: int, random: Random) -> Counter[str]:
    """The same withdrawal with the same key by two ways at once: whether the two answers are `alike`."""
    came = Counter[str]()
    hers = ground.with_a_saksbehandler()
    case = case_ready_for_meeting(hers)
    scopes = {"scopes": [{"unit": "nav"}], "given_on": "2026-12-01", "channel": "form"}
    commands = (
        Sent(hers.saksbehandler, f"/cases/{case}/consent/withdrawal"),
        Sent(hers.saksbehandler, f"/cases/{case}/consent", scopes),
    )
    for number in range(times):
        sent, key = commands[number % 2], str(uuid4())
        ways = [sent.by_way_of(office) for office in offices]
        sends = [partial(way.caller.post, way.path, way.body, key=key) for way in ways]
        one, other = at_once(sends, random)
        came["alike" if (one.status_code, one.content) == (other.status_code, other.content) else "different"] += 1
        came["stored" if one.is_success else "refused"] += 1
    return came
