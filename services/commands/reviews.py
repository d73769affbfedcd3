"""Confidentiality reviews: the only ground on which a reviewer sees content (C05)."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.access.review import Review
from domain.cases.case import Case
from services.command_desk import Outcome
from services.commands.body import Body, Code, Id
from services.context import Context
from services.core.duties import REVIEWER
from services.core.permits import Holds, Owns
from services.core.registry import Area, command
from services.installation import Installation


class OpenReview(Body):
    """The case to be reviewed and why, as a code."""

    case: Id
    ground: Annotated[Code, Field(examples=["sample"])]


@dataclass(frozen=True)
class ReviewOpened:
    """The review, and the case that it is of."""

    review: UUID
    case: UUID


@dataclass(frozen=True)
class ReviewClosed:
    """The review that is over."""

    review: UUID


def reviewer(review: Review) -> UUID:
    """Whose review it is."""
    return review.reviewer


@command("/reviews", Area.REVIEWS, Holds(REVIEWER), status=HTTPStatus.CREATED)
def open_review(office: Installation, context: Context, _: None, body: OpenReview) -> Outcome[ReviewOpened]:
    """Open a review of one case; only then does its content open to the reviewer."""
    office.case_log.load(Case, body.case)
    review = Review.open(id=uuid4(), case=body.case, ground=body.ground, by=context.by, at=context.at)
    return Outcome((review,), ReviewOpened(review.id, body.case), tagged=review)


@command("/reviews/{review}/closing", Area.REVIEWS, Owns(Review, reviewer))
def close_review(_office: Installation, context: Context, review: Review) -> Outcome[ReviewClosed]:
    """End a review, and with it the reviewer's access. Nobody but its reviewer may know that there is one."""
    review.close(by=context.by, at=context.at)
    return Outcome((review,), ReviewClosed(review.id), tagged=review)
