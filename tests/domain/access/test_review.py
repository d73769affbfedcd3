"""A confidentiality review: the only ground on which a reviewer sees content (C05)."""

from datetime import date, timedelta

import pytest

from domain.access.review import (
    Review,
    ReviewClosedError,
    ReviewDaysError,
    ReviewerOnlyError,
    ReviewGround,
    SecondPersonError,
)
from domain.actors import SERVICE_OG_TILDELING, By, Role, Unit
from tests.domain.support import (
    CASE,
    an_id,
    at,
    by,
    by_saksbehandler,
    last_event,
    state_of,
    stored_and_replayed,
)

REVIEWER = by("reviewer", SERVICE_OG_TILDELING, Role.REVIEWER)


TODAY = date(2027, 1, 12)
LEADER = by("leader", SERVICE_OG_TILDELING, Role.LEADER)
OTHER_REVIEWER = by("another reviewer", SERVICE_OG_TILDELING, Role.REVIEWER)


def opened(*, who: By = REVIEWER, days: int = 30, care_housing: bool = False) -> Review:
    return Review.open(
        id=an_id("review"), case=CASE, ground=ReviewGround.SAMPLE, ends_on=TODAY + timedelta(days=days), today=TODAY,
        most_days=60, care_housing=care_housing, by=who, at=at(),
    )  # fmt: skip


@pytest.mark.parametrize("days", [-1, 61])
def test_C05_a_review_has_an_end_that_is_not_far_off(days: int) -> None:
    with pytest.raises(ReviewDaysError):
        opened(days=days)


@pytest.mark.parametrize("who", [LEADER, OTHER_REVIEWER])
def test_C05_a_second_person_confirms_the_review_of_care_housing(who: By) -> None:
    review = opened(care_housing=True)

    review.confirm(by=who, at=at())

    assert isinstance(last_event(review), Review.Confirmed)


@pytest.mark.parametrize("who", [REVIEWER, by_saksbehandler(), by("nav", Unit("nav"), Role.LEADER)])
def test_C05_nobody_is_ones_own_second_person_and_not_everybody_may_be(who: By) -> None:
    with pytest.raises(SecondPersonError):
        opened(care_housing=True).confirm(by=who, at=at())


def test_C05_a_review_of_another_case_needs_no_second_person() -> None:
    review = opened()
    review.confirm(by=LEADER, at=at())

    assert isinstance(last_event(review), Review.Opened)


def test_C05_what_is_over_is_not_confirmed() -> None:
    review = opened(care_housing=True)
    review.close(by=REVIEWER, at=at())

    with pytest.raises(ReviewClosedError):
        review.confirm(by=LEADER, at=at())


def test_C05_a_reviewer_opens_a_review_of_one_case() -> None:
    review = opened()

    assert (review.case, review.reviewer, review.closed) == (CASE, REVIEWER.actor, False)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.REVIEWER])
def test_C05_nobody_else_does_whatever_the_role(role: Role) -> None:
    with pytest.raises(ReviewerOnlyError):
        opened(who=by(role, SERVICE_OG_TILDELING, role))


def test_C05_closing_it_says_whose_access_ends() -> None:
    review = opened()

    review.close(by=REVIEWER, at=at())

    event = last_event(review)
    assert isinstance(event, Review.Closed)
    assert (event.case, event.reviewer, review.closed) == (CASE, REVIEWER.actor, True)


@pytest.mark.parametrize("who", [by_saksbehandler(), by("another reviewer", SERVICE_OG_TILDELING, Role.REVIEWER)])
def test_C05_only_its_reviewer_closes_it(who: By) -> None:
    with pytest.raises(ReviewerOnlyError):
        opened().close(by=who, at=at())


def test_C05_a_review_ends_once() -> None:
    review = opened()
    review.close(by=REVIEWER, at=at())

    with pytest.raises(ReviewClosedError):
        review.close(by=REVIEWER, at=at())


def test_D2_a_review_comes_back_from_its_events_as_it_was() -> None:
    review = opened()
    review.close(by=REVIEWER, at=at())

    assert state_of(stored_and_replayed(review)) == state_of(review)
