"""The agenda: what is put on it, in which order, with which guests, and how it leaves it (M03, M09, M10, M18, M20)."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.access.decision import Action
from domain.authority import require_saksbehandler
from domain.cases.case import Case
from domain.group.agenda_item import AddedBy, Matter, RemovalReason
from services.command_desk import Outcome
from services.commands.agenda import Subject, coming_meeting, consent_facts, handled_item, place_on_agenda, postponed
from services.commands.body import Body, Id
from services.commands.employees import employed
from services.context import Context
from services.facts.lease_items import require_may_leave
from services.installation import Installation


class AddAgendaItem(Body):
    """What the group is to talk about: a case, or a vacant dwelling with no single case.

    A lease that ends, its extension and challenges in it are about a tenancy too; without one, the case's own.
    """

    matter: Annotated[Matter, Field(examples=["new_case"])]
    case: Id | None = None
    tenancy: Id | None = None
    allocation: Annotated[Id | None, Field(description="The vacancy, when that is the matter.")] = None


class OrderAgendaItem(Body):
    """Its place on the agenda."""

    position: Annotated[int, Field(ge=1, le=500, examples=[1])]


class InviteGuest(Body):
    """Somebody from a unit that is not permanent, for this item only."""

    guest: Id


class PostponeItem(Body):
    """The meeting at which it comes back."""

    to_meeting: Id


class RemoveItem(Body):
    """Why it is taken off without having been settled."""

    reason: Annotated[RemovalReason, Field(examples=["application_withdrawn"])]


def add_agenda_item(office: Installation, context: Context, meeting_id: UUID, body: AddAgendaItem) -> Outcome:
    """Put a matter on the agenda, unless something is missing: each refusal names what, and what to do."""
    subject = _subject(office, context, body)
    meeting = coming_meeting(office, context, meeting_id)
    added_by = AddedBy.SUBMISSION if body.matter is Matter.SUBMITTED else AddedBy.SAKSBEHANDLER
    item = place_on_agenda(office, context, meeting, subject, added_by=added_by)
    answer = {"item": item.id, "meeting": meeting_id, "restricted": item.restricted}
    return Outcome((item, meeting), answer, tagged=item, status=HTTPStatus.CREATED)


def order_agenda_item(office: Installation, context: Context, item_id: UUID, body: OrderAgendaItem) -> Outcome:
    """Give the item its place."""
    item = handled_item(office, context, item_id, "order_agenda_item")
    item.order(position=body.position, by=context.by, at=context.at)
    return Outcome((item,), {"item": item_id, "position": body.position}, tagged=item)


def invite_guest(office: Installation, context: Context, item_id: UUID, body: InviteGuest) -> Outcome:
    """Invite somebody to this one item, within the consent (M03, M09)."""
    item = handled_item(office, context, item_id, "invite_guest")
    unit = employed(office, body.guest).unit
    item.invite_guest(
        guest=body.guest, unit=unit, permanent_units=office.rules(context).units.permanent,
        consent=consent_facts(office, item.case), day=context.today, by=context.by, at=context.at,
    )  # fmt: skip
    return Outcome((item,), {"item": item_id, "guest": body.guest, "unit": unit}, tagged=item)


def uninvite_guest(office: Installation, context: Context, item_id: UUID, guest: UUID) -> Outcome:
    """Take an invitation back, before the guest has been in the room."""
    item = handled_item(office, context, item_id, "uninvite_guest")
    item.uninvite_guest(guest=guest, by=context.by, at=context.at)
    return Outcome((item,), {"item": item_id, "guest": guest}, tagged=item)


def postpone_item(office: Installation, context: Context, item_id: UUID, body: PostponeItem) -> Outcome:
    """Postpone the item; in the same save it stands on the agenda it is postponed to (M18)."""
    item = handled_item(office, context, item_id, "postpone_item")
    to_meeting = coming_meeting(office, context, body.to_meeting)
    later = postponed(office, context, item, to_meeting)
    return Outcome(
        (item, later, to_meeting), {"item": item_id, "becomes": later.id, "meeting": body.to_meeting}, tagged=later
    )


def remove_item(office: Installation, context: Context, item_id: UUID, body: RemoveItem) -> Outcome:
    """Take the item off. An expiring lease leaves only when it no longer expires (M18)."""
    item = handled_item(office, context, item_id, "remove_item")
    require_may_leave(office, item, body.reason)
    item.remove(reason=body.reason, by=context.by, at=context.at)
    return Outcome((item,), {"item": item_id, "reason": body.reason}, tagged=item)


def lift_restriction(office: Installation, context: Context, item_id: UUID) -> Outcome:
    """Open an expiring lease to the group, now that there is consent (M18)."""
    item = handled_item(office, context, item_id, "lift_restriction")
    consent = consent_facts(office, item.case)
    item.lift_restriction(consent=consent, day=context.today, by=context.by, at=context.at)
    return Outcome((item,), {"item": item_id, "restricted": item.restricted}, tagged=item)


def _subject(office: Installation, context: Context, body: AddAgendaItem) -> Subject:
    """What the item is about, once the caller is known to handle it."""
    if body.case is None:
        require_saksbehandler(context.by)
        return Subject(body.matter, None, body.tenancy, body.allocation)
    office.gate.permit(context, Action.HANDLE, body.case, purpose="add_agenda_item")
    tenancy = body.tenancy or office.case_log.load(Case, body.case).tenancy
    return Subject(body.matter, body.case, tenancy, body.allocation)
