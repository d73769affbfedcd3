"""How an application, or a part of it, ends without a vedtak (LH4, LH5, M12, M13)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.cases.application import (
    Application,
    ApplicationAnsweredError,
    ApplicationFacts,
    ApplicationKind,
    DuplicateLeavesUnansweredError,
    ForwardedTo,
    ForwardingDateError,
    NotADuplicateError,
    NotWaitingForAnswerError,
    PutAway,
)
from tests.domain.cases.test_application import BOTH, TODAY, received
from tests.domain.support import PERSON, an_id, at, by_saksbehandler, events_of, sealed, state_of, stored_and_replayed

DWELLING, ASSISTANCE, EXTENSION, CARE_HOUSING = ApplicationKind
OTHER = ApplicationFacts(an_id("other"), an_id("other case"), PERSON, BOTH, None, TODAY - timedelta(days=10))


def forward(application: Application, *kinds: ApplicationKind, on: date = TODAY, told: date = TODAY) -> None:
    application.forward(
        kinds=kinds, to=ForwardedTo.ANOTHER_MUNICIPALITY, name=sealed("note.forwarded_to"), forwarded_on=on,
        sender_told_on=told, today=TODAY, by=by_saksbehandler(), at=at(),
    )  # fmt: skip


def withdraw_part(application: Application, kind: ApplicationKind) -> None:
    application.withdraw_part(kind=kind, by=by_saksbehandler(), at=at())


def answer(application: Application, kind: ApplicationKind) -> None:
    application.answer(kind=kind, vedtak=an_id("vedtak"), by=by_saksbehandler(), at=at())


def find_duplicate(application: Application, of: ApplicationFacts = OTHER, *same_people: str) -> None:
    people = frozenset(an_id(name) for name in same_people)
    application.find_duplicate(of=of, same_people=people, by=by_saksbehandler(), at=at())


def test_LH5_what_is_sent_on_is_answered_elsewhere_and_the_rest_here() -> None:
    application = received(*BOTH)

    forward(application, ASSISTANCE)

    assert (application.unanswered, application.closed) == ((DWELLING,), False)
    assert application.put_away == {ASSISTANCE: PutAway.FORWARDED}


def test_LH5_an_application_sent_on_whole_is_over_here() -> None:
    application = received(*BOTH)

    forward(application, *BOTH)

    assert application.closed
    assert application.fell_away


def test_LH5_no_vedtak_is_made_on_what_was_sent_on() -> None:
    application = received(*BOTH)
    forward(application, ASSISTANCE)

    with pytest.raises(ApplicationAnsweredError):
        answer(application, ASSISTANCE)


@pytest.mark.parametrize("kinds", [(), (EXTENSION,), (DWELLING, EXTENSION)], ids=str)
def test_LH5_only_what_waits_for_an_answer_is_sent_on(kinds: tuple[ApplicationKind, ...]) -> None:
    application = received(*BOTH)

    with pytest.raises(NotWaitingForAnswerError):
        forward(application, *kinds)

    assert len(events_of(application)) == 1


@pytest.mark.parametrize("on", [TODAY - timedelta(days=6), TODAY + timedelta(days=1)], ids=str)
def test_LH5_nothing_was_sent_on_or_told_before_it_came_or_in_the_future(on: date) -> None:
    application = received(DWELLING, received_on=TODAY - timedelta(days=5))

    with pytest.raises(ForwardingDateError):
        forward(application, DWELLING, on=on)
    with pytest.raises(ForwardingDateError):
        forward(application, DWELLING, told=on)


def test_M13_one_thing_is_withdrawn_and_the_other_still_waits() -> None:
    application = received(*BOTH)

    withdraw_part(application, DWELLING)

    assert (application.unanswered, application.closed) == ((ASSISTANCE,), False)
    with pytest.raises(ApplicationAnsweredError):
        answer(application, DWELLING)


def test_M13_the_last_thing_withdrawn_closes_the_application() -> None:
    application = received(*BOTH)
    answer(application, DWELLING)

    withdraw_part(application, ASSISTANCE)

    assert application.closed
    assert not application.fell_away


@pytest.mark.parametrize("first", [answer, withdraw_part, forward])
def test_M13_what_is_settled_already_is_not_withdrawn(first: Callable[[Application, ApplicationKind], None]) -> None:
    application = received(*BOTH)
    first(application, DWELLING)

    with pytest.raises(NotWaitingForAnswerError):
        withdraw_part(application, DWELLING)


def test_M12_help_follows_from_being_vanskeligstilt_though_it_was_taken_back() -> None:
    application = received(*BOTH)
    withdraw_part(application, ASSISTANCE)

    answer(application, ASSISTANCE)

    assert application.answers == {ASSISTANCE: an_id("vedtak")}


def test_LH4_a_duplicate_closes_with_a_reference_and_keeps_its_date() -> None:
    application = received(*BOTH)

    find_duplicate(application)

    assert (application.closed, application.duplicate_of, application.received_on) == (True, OTHER.id, TODAY)


@pytest.mark.parametrize(("days", "counts"), [(-10, -10), (0, 0), (3, 0)])
def test_LH4_the_earliest_received_date_counts(days: int, counts: int) -> None:
    kept = received(*BOTH)

    kept.join_duplicate(
        duplicate=replace(OTHER, counts_from=TODAY + timedelta(days=days)), by=by_saksbehandler(), at=at()
    )

    assert (kept.counts_from, kept.received_on) == (TODAY + timedelta(days=counts), TODAY)


def test_LH4_a_duplicate_leaves_nothing_unanswered() -> None:
    application = received(*BOTH)

    with pytest.raises(DuplicateLeavesUnansweredError):
        find_duplicate(application, replace(OTHER, unanswered=(DWELLING,)))

    assert len(events_of(application)) == 1


def test_LH4_a_part_that_is_answered_needs_no_other() -> None:
    application = received(*BOTH)
    answer(application, ASSISTANCE)

    find_duplicate(application, replace(OTHER, unanswered=(DWELLING,)))

    assert application.closed


@pytest.mark.parametrize(
    "other",
    [
        replace(OTHER, id=an_id("application")),
        replace(OTHER, person=an_id("somebody else")),
        replace(OTHER, tenancy=an_id("another lease")),
    ],
    ids=["itself", "somebody else", "another lease"],
)
def test_LH4_only_the_same_request_is_a_duplicate(other: ApplicationFacts) -> None:
    with pytest.raises(NotADuplicateError):
        find_duplicate(received(*BOTH), other)


def test_M01_somebody_registered_twice_can_have_a_duplicate() -> None:
    application = received(*BOTH)

    find_duplicate(application, replace(OTHER, person=an_id("registered twice")), "registered twice")

    assert application.closed


@pytest.mark.parametrize(
    "end",
    [lambda it: forward(it, *BOTH), find_duplicate, lambda it: it.withdraw(by=by_saksbehandler(), at=at())],
    ids=["sent on", "duplicate", "withdrawn"],
)
@pytest.mark.parametrize(
    "step",
    [
        lambda it: answer(it, DWELLING),
        find_duplicate,
        lambda it: it.supplement(text=sealed("housing.supplement"), by=by_saksbehandler(), at=at()),
        lambda it: it.join_duplicate(duplicate=OTHER, by=by_saksbehandler(), at=at()),
        lambda it: it.withdraw(by=by_saksbehandler(), at=at()),
    ],
    ids=["answer", "find duplicate", "supplement", "join duplicate", "withdraw"],
)
def test_C01_nothing_more_happens_to_what_ended_without_a_vedtak(
    end: Callable[[Application], None], step: Callable[[Application], None]
) -> None:
    application = received(*BOTH)
    end(application)

    with pytest.raises(ApplicationAnsweredError):
        step(application)


def test_D2_an_application_with_every_ending_comes_back_from_its_events() -> None:
    application = received(*BOTH, EXTENSION, tenancy=an_id("tenancy"))
    withdraw_part(application, EXTENSION)
    forward(application, ASSISTANCE)
    application.join_duplicate(duplicate=OTHER, by=by_saksbehandler(), at=at())
    find_duplicate(application, replace(OTHER, tenancy=an_id("tenancy")))

    assert state_of(stored_and_replayed(application)) == state_of(application)
