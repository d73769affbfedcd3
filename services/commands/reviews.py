"""Confidentiality reviews: the only ground on which a reviewer sees content (C05)."""

from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.access.review import Review, ReviewGround
from domain.cases.case import Case
from services.command_desk import Outcome
from services.commands.body import Body, Day, Id
from services.context import Context
from services.core.duties import REVIEWER, SECOND_PERSON
from services.core.permits.keeping import Holds, Keeps, Owns
from services.core.registry import Area, command
from services.installation import Installation


class OpenReview(Body):
    """The case to be reviewed, why, and until when. Without a last day: as long as the rulebook allows."""

    case: Id
    ground: Annotated[ReviewGround, Field(examples=["sample"])]
    ends_on: Annotated[Day | None, Field(description="The last day of it, in Oslo.")] = None


@dataclass(frozen=True)
class ReviewOpened:
    """The review, the case that it is of, its last day, and whether a second person is to confirm it first."""

    review: UUID
    case: UUID
    ends_on: date
    needs_second_person: bool


@dataclass(frozen=True)
class ReviewConfirmed:
    """The review that a second person agrees to."""

    review: UUID


@dataclass(frozen=True)
class ReviewClosed:
    """The review that is over."""

    review: UUID


def reviewer(review: Review) -> UUID:
    """Whose review it is."""
    return review.reviewer


@command("/reviews", Area.REVIEWS, Holds(REVIEWER), status=HTTPStatus.CREATED)
def open_review(office: Installation, context: Context, _: None, body: OpenReview) -> Outcome[ReviewOpened]:
    """Open a review of one case; only then does its content open to the reviewer.

    A case about care housing opens when a second person has confirmed the review.
    """
    case, days = office.case_log.load(Case, body.case), office.rules(context).choices.review_days
    ends_on = body.ends_on or context.today + timedelta(days=days)
    review = Review.open(
        id=uuid4(), case=case.id, ground=body.ground, ends_on=ends_on, today=context.today, most_days=days,
        care_housing=case.care_housing, by=context.by, at=context.at,
    )  # fmt: skip
    return Outcome((review,), ReviewOpened(review.id, case.id, ends_on, not review.is_confirmed), tagged=review)


@command("/reviews/{review}/confirmation", Area.REVIEWS, Keeps(Review, SECOND_PERSON))
def confirm_review(_office: Installation, context: Context, review: Review) -> Outcome[ReviewConfirmed]:
    """Agree to a review as the second person, who sees nothing by that: another reviewer, or the leader."""
    review.confirm(by=context.by, at=context.at)
    return Outcome((review,), ReviewConfirmed(review.id), tagged=review)


@command("/reviews/{review}/closing", Area.REVIEWS, Owns(Review, reviewer))
def close_review(_office: Installation, context: Context, review: Review) -> Outcome[ReviewClosed]:
    """End a review, and with it the reviewer's access. Nobody but its reviewer may know that there is one."""
    review.close(by=context.by, at=context.at)
    return Outcome((review,), ReviewClosed(review.id), tagged=review)
