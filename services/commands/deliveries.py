"""Messages that a person sees to: no mail address, a failed mail, or one that may not have left (D8)."""

from uuid import UUID

from domain.access.decision import Action
from domain.authority import require_saksbehandler
from domain.delivery import Delivery
from services.command_desk import Outcome
from services.context import Context
from services.installation import Installation


def post_delivery(office: Installation, context: Context, delivery_id: UUID) -> Outcome:
    """Record that the message has been posted by hand."""
    require_saksbehandler(context.by)
    delivery = office.case_log.load(Delivery, delivery_id)
    if delivery.message.case is not None:
        office.gate.permit(context, Action.HANDLE, delivery.message.case, purpose="post_delivery")
    context.expect(delivery)
    delivery.posted(by=context.by, at=context.at)
    return Outcome((delivery,), {"delivery": delivery_id, "state": delivery.state}, tagged=delivery)
