"""Confidentiality reviews and the replay of knowledge (C05, B01)."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import reviews

router = APIRouter(prefix="/reviews", tags=["reviews"], responses=COMMAND_ERRORS)


@router.post("", operation_id="open_review", response_model=CommandAnswer, status_code=status.HTTP_201_CREATED)
def open_review(body: reviews.OpenReview, desk: CommandDesk) -> Response:
    """Open a review of one case; only then does its content open to the reviewer."""
    return desk.carry_out(reviews.open_review, body)


@router.post("/{review}/closing", operation_id="close_review", response_model=CommandAnswer)
def close_review(review: UUID, desk: CommandDesk) -> Response:
    """End a review, and with it the reviewer's access."""
    return desk.carry_out(reviews.close_review, review)
