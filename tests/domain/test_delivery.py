"""A message on its way out: begun once, and each end reached only from where it can be (D8, C03, C04)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.delivery import (
    Delivery,
    DeliverySettledError,
    DeliveryState,
    DropReason,
    Message,
    MessageKind,
    PostReason,
)
from domain.refusals import SaksbehandlerOnlyError
from tests.domain.support import CASE, an_id, at, by_saksbehandler, by_system, events_of, state_of, stored_and_replayed

MESSAGE = Message(MessageKind.FOLLOW_UP_REMINDER, an_id("task"), an_id("kari"), CASE, 1, at())
CLAIMED_UNTIL = at(minute=5)
SYSTEM = by_system()


def begun() -> Delivery:
    return Delivery.start(id=an_id("delivery"), message=MESSAGE, claimed_until=CLAIMED_UNTIL, by=SYSTEM, at=at())


def to_be_posted() -> Delivery:
    return Delivery.to_be_posted(id=an_id("delivery"), message=MESSAGE, reason=PostReason.NO_EMAIL, by=SYSTEM, at=at())


def dropped() -> Delivery:
    return Delivery.drop(id=an_id("delivery"), message=MESSAGE, reason=DropReason.OVERTAKEN, by=SYSTEM, at=at())


Step = Callable[[Delivery], None]

STEPS: dict[str, Step] = {
    "sent": lambda it: it.sent(message_id="<1@eksempel.invalid>", by=SYSTEM, at=at()),
    "failed": lambda it: it.failed(reason="no_such_mailbox", by=SYSTEM, at=at()),
    "defer": lambda it: it.defer(reason="busy", until=at(minute=9), by=SYSTEM, at=at()),
    "retry": lambda it: it.retry(claimed_until=at(minute=20), by=SYSTEM, at=at()),
    "uncertain": lambda it: it.uncertain(by=SYSTEM, at=at()),
    "posted": lambda it: it.posted(by=by_saksbehandler(), at=at()),
}


def after(*steps: str, first: Callable[[], Delivery] = begun) -> Delivery:
    delivery = first()
    for step in steps:
        STEPS[step](delivery)
    return delivery


REACHED: dict[DeliveryState, Delivery] = {
    DeliveryState.BEGUN: after(),
    DeliveryState.DEFERRED: after("defer"),
    DeliveryState.SENT: after("sent"),
    DeliveryState.FAILED: after("failed"),
    DeliveryState.UNCERTAIN: after("uncertain"),
    DeliveryState.TO_BE_POSTED: after(first=to_be_posted),
    DeliveryState.POSTED: after("posted", first=to_be_posted),
    DeliveryState.DROPPED: after(first=dropped),
}

POSSIBLE = {
    DeliveryState.BEGUN: {"sent", "failed", "defer", "uncertain"},
    DeliveryState.DEFERRED: {"retry", "failed"},
    DeliveryState.UNCERTAIN: {"sent", "failed", "posted"},
    DeliveryState.FAILED: {"posted"},
    DeliveryState.TO_BE_POSTED: {"posted"},
}


@pytest.mark.parametrize("state", list(DeliveryState))
def test_D8_a_delivery_comes_back_from_its_events_as_it_was(state: DeliveryState) -> None:
    delivery = REACHED[state]

    assert delivery.state is state
    assert state_of(stored_and_replayed(delivery)) == state_of(delivery)


@pytest.mark.parametrize("state", list(DeliveryState))
@pytest.mark.parametrize("step", STEPS)
def test_D8_each_step_is_taken_only_from_where_it_can_be(state: DeliveryState, step: str) -> None:
    delivery = stored_and_replayed(REACHED[state])

    if step in POSSIBLE.get(state, set()):
        STEPS[step](delivery)
        assert len(events_of(delivery)) == 1
    else:
        with pytest.raises(DeliverySettledError):
            STEPS[step](delivery)
        assert events_of(delivery) == ()


def test_D8_a_message_that_may_have_left_is_never_begun_again_by_itself() -> None:
    assert "retry" not in POSSIBLE[DeliveryState.BEGUN] | POSSIBLE[DeliveryState.UNCERTAIN]


def test_D8_only_a_saksbehandler_says_that_a_letter_is_posted() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        to_be_posted().posted(by=SYSTEM, at=at())


def test_D8_each_attempt_is_counted_and_claimed_anew() -> None:
    delivery = after("defer", "retry")

    assert (delivery.state, delivery.attempts, delivery.claimed_until) == (DeliveryState.BEGUN, 2, at(minute=20))


def test_D8_a_claim_runs_out_at_its_end() -> None:
    assert not begun().has_run_out(CLAIMED_UNTIL - timedelta(seconds=1))
    assert begun().has_run_out(CLAIMED_UNTIL)
    assert not to_be_posted().has_run_out(at(2040))
