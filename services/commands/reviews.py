"""Confidentiality reviews: the only ground on which a reviewer sees content (C05)."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.access.review import Review, ReviewerOnlyError
from domain.actors import Role
from domain.cases.case import Case
from domain.refusals import NotFoundError
from services.command_desk import Outcome
from services.commands.body import Body, Code, Id
from services.context import Context
from services.installation import Installation


class OpenReview(Body):
    """The case to be reviewed and why, as a code."""

    case: Id
    ground: Annotated[Code, Field(examples=["sample"])]


def open_review(office: Installation, context: Context, body: OpenReview) -> Outcome:
    """Open a review of one case."""
    if context.actor.role is not Role.REVIEWER:
        raise ReviewerOnlyError
    office.case_log.load(Case, body.case)
    review = Review.open(id=uuid4(), case=body.case, ground=body.ground, by=context.by, at=context.at)
    return Outcome((review,), {"review": review.id, "case": body.case}, tagged=review, status=HTTPStatus.CREATED)


def close_review(office: Installation, context: Context, review_id: UUID) -> Outcome:
    """End a review. Nobody but its reviewer may know that there is one."""
    review = office.case_log.load(Review, review_id)
    if review.reviewer != context.actor.id:
        raise NotFoundError
    context.expect(review)
    review.close(by=context.by, at=context.at)
    return Outcome((review,), {"review": review.id}, tagged=review)
