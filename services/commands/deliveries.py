"""Messages that a person sees to: no mail address, a failed mail, or one that may not have left (D8)."""

from dataclasses import dataclass
from uuid import UUID

from domain.delivery import Delivery, DeliveryState
from services.command_desk import Outcome
from services.context import Context
from services.core.duties import SAKSBEHANDLER
from services.core.permits.casework import Handles
from services.core.registry import Area, command
from services.installation import Installation


@dataclass(frozen=True)
class DeliveryPosted:
    """The message, and what has become of it."""

    delivery: UUID
    state: DeliveryState


def _case_of(_office: Installation, delivery: Delivery) -> UUID | None:
    return delivery.message.case


@command(
    "/deliveries/{delivery}/posting", Area.DELIVERIES, Handles(Delivery, case_of=_case_of, first=SAKSBEHANDLER)
)  # fmt: skip
def post_delivery(_office: Installation, context: Context, delivery: Delivery) -> Outcome[DeliveryPosted]:
    """Record that a message has been posted by hand: no mail address, or a mail that failed or may not have left."""
    delivery.posted(by=context.by, at=context.at)
    return Outcome((delivery,), DeliveryPosted(delivery.id, delivery.state), tagged=delivery)
