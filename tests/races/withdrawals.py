"""A consent is withdrawn while somebody reads: every read begun after it is refused (R09)."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from random import Random
from threading import Event

from httpx2 import Response

from tests.api.givens import case_ready_for_meeting, on_agenda
from tests.api.office import Caller, Office
from tests.feeds import feeds_running
from tests.races.pairs import Ground, Sent

READERS = 4
READS_AFTERWARDS = 3


def read_and_withdraw(ground: Ground, offices: Sequence[Office], times: int, random: Random) -> Counter[str]:
    """Count the reads `before` and `after` the withdrawal's answer, and those after it that were answered: `mistakes`.

    The feeds run in every other round.
    """
    came = Counter[str]()
    for number in range(times):
        hers = ground.with_a_saksbehandler()
        case = case_ready_for_meeting(hers)
        on_agenda(hers, ground.coming, case)
        withdrawal = Sent(hers.saksbehandler, f"/cases/{case}/consent/withdrawal").by_way_of(random.choice(offices))
        came.update(_round(ground, offices, case, withdrawal, with_feeds=number % 2 == 0))
    return came


def _round(ground: Ground, offices: Sequence[Office], case: str, withdrawal: Sent, *, with_feeds: bool) -> Counter[str]:
    withdrawn, reading = Event(), Event()

    def read(number: int) -> Counter[str]:
        came, office = Counter[str](), offices[number % len(offices)]
        while came["after"] < READS_AFTERWARDS:
            is_after = withdrawn.is_set()
            response = _look(ground.group.nav, office, case)
            came["after" if is_after else "before"] += 1
            came["mistakes"] += is_after and response.is_success
            came["shown before"] += not is_after and response.is_success
            if response.is_success:
                reading.set()
        return came

    with (
        feeds_running(ground.office.installation) if with_feeds else nullcontext(),
        ThreadPoolExecutor(READERS) as people,
    ):
        readers = [people.submit(read, number) for number in range(READERS)]
        assert reading.wait(60), "nobody was shown the case before the withdrawal"
        assert withdrawal.send().is_success
        withdrawn.set()
        return sum((reader.result() for reader in readers), Counter[str]())


def _look(who: Caller, office: Office, case: str) -> Response:
    return office.client.get(f"/api/v1/cases/{case}", headers={"Authorization": f"Bearer {who.token}"})
