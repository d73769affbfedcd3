"""A confidentiality review: the only ground on which a reviewer sees content (C05)."""

import pytest

from domain.access.review import Review, ReviewClosedError, ReviewerOnlyError
from domain.actors import SERVICE_OG_TILDELING, By, Role
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


def opened() -> Review:
    return Review.open(id=an_id("review"), case=CASE, ground="sample", by=REVIEWER, at=at())


def test_C05_a_reviewer_opens_a_review_of_one_case() -> None:
    review = opened()

    assert (review.case, review.reviewer, review.closed) == (CASE, REVIEWER.actor, False)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.REVIEWER])
def test_C05_nobody_else_does_whatever_the_role(role: Role) -> None:
    with pytest.raises(ReviewerOnlyError):
        Review.open(id=an_id("review"), case=CASE, ground="sample", by=by(role, SERVICE_OG_TILDELING, role), at=at())


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
