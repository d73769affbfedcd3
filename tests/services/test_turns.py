"""Those who lost a race in one case go one at a time from then on; who takes access away goes first (R07)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from time import sleep
from uuid import uuid4

import pytest

from demo.patience import HUNG_AFTER
from services.turns import Turns

CASE, OTHER = uuid4(), uuid4()
LONG, NO_TIME = HUNG_AFTER, 0.0


@contextmanager
def somebody_has_the_turn(turns: Turns) -> Iterator[Event]:
    """Somebody else has it, until the event is set or the test ends."""
    has_it, done = Event(), Event()

    def hold() -> None:
        with turns.turn(CASE):
            has_it.set()
            assert done.wait(LONG)

    with ThreadPoolExecutor(1) as somebody:
        holding = somebody.submit(hold)
        assert has_it.wait(LONG)
        try:
            yield done
        finally:
            done.set()
            holding.result()


def until_so_many_wait(turns: Turns, number: int) -> None:
    """Come back when `number` wait. Time decides nothing: it is looked at again until it is so."""
    while turns.waiting(CASE) < number:
        sleep(0.001)


def test_R07_the_turn_comes_at_once_when_nobody_is_before() -> None:
    turns = Turns(LONG)
    for _ in range(2):
        with turns.turn(CASE) as came:
            assert came


def test_R07_who_goes_first_goes_before_all_who_wait_and_the_others_in_the_order_they_came() -> None:
    turns, order = Turns(LONG), list[str]()

    def take(name: str, *, ahead: bool) -> None:
        with turns.turn(CASE, ahead=ahead):
            order.append(name)

    with ThreadPoolExecutor(4) as people, somebody_has_the_turn(turns) as done:
        waiting = []
        for count, (name, ahead) in enumerate((("first", False), ("second", False), ("withdrawal", True)), 1):
            waiting.append(people.submit(take, name, ahead=ahead))
            until_so_many_wait(turns, count)
        done.set()
        for each in waiting:
            each.result()

    assert order == ["withdrawal", "first", "second"]


def test_R07_who_waits_in_one_case_holds_up_nobody_in_another() -> None:
    turns = Turns(NO_TIME)
    with somebody_has_the_turn(turns), turns.turn(OTHER) as came:
        assert came


@pytest.mark.parametrize("ahead", [True, False])
def test_D21_every_wait_for_a_turn_has_an_end(ahead: bool) -> None:
    turns = Turns(NO_TIME)
    with somebody_has_the_turn(turns), turns.turn(CASE, ahead=ahead) as came:
        assert not came
    with turns.turn(CASE) as came:
        assert came


def test_R07_a_turn_that_ends_in_a_refusal_passes_on() -> None:
    turns = Turns(NO_TIME)
    with pytest.raises(KeyError), turns.turn(CASE):
        raise KeyError
    with turns.turn(CASE) as came:
        assert came


def test_R07_nothing_is_kept_of_a_case_where_nobody_waits() -> None:
    turns = Turns(NO_TIME)
    with somebody_has_the_turn(turns), turns.turn(CASE):
        pass
    assert turns.waiting(CASE) == 0
