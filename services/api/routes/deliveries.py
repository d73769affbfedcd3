"""Messages on their way out."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import deliveries

router = APIRouter(prefix="/deliveries", tags=["deliveries"], responses=COMMAND_ERRORS)


@router.post("/{delivery}/posting", operation_id="post_delivery", response_model=CommandAnswer)
def post_delivery(delivery: UUID, desk: CommandDesk) -> Response:
    """Record that a message has been posted by hand: no mail address, or a mail that failed or may not have left."""
    return desk.carry_out(deliveries.post_delivery, delivery)
