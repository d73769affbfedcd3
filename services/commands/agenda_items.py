"""The agenda: what is put on it, in which order, with which guests, and how it leaves it (M03, M09, M10, M18, M20)."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.access.decision import Action
from domain.actors import Unit
from domain.authority import require_saksbehandler
from domain.cases.case import Case
from domain.group.agenda_item import AddedBy, AgendaItem, Matter, RemovalReason
from services.command_desk import Outcome
from services.commands.agenda import Subject, coming_meeting, consent_facts, place_on_agenda, postponed
from services.commands.body import Body, Id, SeatUnit
from services.commands.employees import seat_of
from services.context import Context
from services.core.permits.casework import Handles
from services.core.permits.keeping import DecidesItself
from services.core.registry import Area, command
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

    position: Annotated[int, Field(ge=1, le=500, description="1 is taken up first.", examples=[1])]


class InviteGuest(Body):
    """Somebody from a unit that is not permanent, for this item only."""

    guest: Id
    unit: SeatUnit = None


class PostponeItem(Body):
    """The meeting at which it comes back."""

    to_meeting: Id


class RemoveItem(Body):
    """Why it is taken off without having been settled."""

    reason: Annotated[RemovalReason, Field(examples=["application_withdrawn"])]


@dataclass(frozen=True)
class ItemAdded:
    """An item on the agenda. `restricted`: it shows only to Service og tildeling (M18)."""

    item: UUID
    meeting: UUID
    restricted: bool


@dataclass(frozen=True)
class ItemOrdered:
    """An item, and its place on the agenda."""

    item: UUID
    position: int


@dataclass(frozen=True)
class GuestInvited:
    """Who is invited to an item, and from which unit."""

    item: UUID
    guest: UUID
    unit: Unit


@dataclass(frozen=True)
class GuestUninvited:
    """Whose invitation to an item is taken back."""

    item: UUID
    guest: UUID


@dataclass(frozen=True)
class ItemPostponed:
    """An item, and the one it becomes at the other meeting."""

    item: UUID
    becomes: UUID
    meeting: UUID


@dataclass(frozen=True)
class ItemRemoved:
    """An item that was taken off the agenda, and why."""

    item: UUID
    reason: RemovalReason


@dataclass(frozen=True)
class RestrictionLifted:
    """An item, and whether it shows only to Service og tildeling."""

    item: UUID
    restricted: bool


@command(
    "/meetings/{meeting}/agenda-items", Area.MEETINGS,
    DecidesItself("what is put on the agenda is about a case, or about a vacancy and no case"),
    status=HTTPStatus.CREATED,
)  # fmt: skip
def add_agenda_item(
    office: Installation, context: Context, _: None, meeting: UUID, body: AddAgendaItem
) -> Outcome[ItemAdded]:
    """Put a matter on the agenda: never care housing (M20), not without consent (M09) or pre-assessment (M10).

    Each refusal names what is missing, and what to do.
    """
    subject = _subject(office, context, body)
    coming = coming_meeting(office, context, meeting)
    added_by = AddedBy.SUBMISSION if body.matter is Matter.SUBMITTED else AddedBy.SAKSBEHANDLER
    item = place_on_agenda(office, context, coming, subject, added_by=added_by)
    return Outcome((item, coming), ItemAdded(item.id, coming.id, item.restricted), tagged=item)


@command("/agenda-items/{item}/position", Area.AGENDA_ITEMS, Handles(AgendaItem))
def order_agenda_item(
    _office: Installation, context: Context, item: AgendaItem, body: OrderAgendaItem
) -> Outcome[ItemOrdered]:
    """Give the item its place on the agenda."""
    item.order(position=body.position, by=context.by, at=context.at)
    return Outcome((item,), ItemOrdered(item.id, body.position), tagged=item)


@command("/agenda-items/{item}/guests", Area.AGENDA_ITEMS, Handles(AgendaItem))
def invite_guest(office: Installation, context: Context, item: AgendaItem, body: InviteGuest) -> Outcome[GuestInvited]:
    """Invite somebody from a unit on demand to this item only, until its minutes are approved (M03).

    Within the consent (M09).
    """
    unit = seat_of(office, context, body.guest, body.unit).unit
    item.invite_guest(
        guest=body.guest, unit=unit, permanent_units=office.rules(context).units.permanent,
        consent=consent_facts(office, item.case), day=context.today, by=context.by, at=context.at,
    )  # fmt: skip
    return Outcome((item,), GuestInvited(item.id, body.guest, unit), tagged=item)


@command("/agenda-items/{item}/guests/{guest}/withdrawal", Area.AGENDA_ITEMS, Handles(AgendaItem))
def uninvite_guest(_office: Installation, context: Context, item: AgendaItem, guest: UUID) -> Outcome[GuestUninvited]:
    """Take an invitation back, before the guest has been in the room (M03)."""
    item.uninvite_guest(guest=guest, by=context.by, at=context.at)
    return Outcome((item,), GuestUninvited(item.id, guest), tagged=item)


@command("/agenda-items/{item}/postponement", Area.AGENDA_ITEMS, Handles(AgendaItem))
def postpone_item(
    office: Installation, context: Context, item: AgendaItem, body: PostponeItem
) -> Outcome[ItemPostponed]:
    """Postpone the item; it stands on the other meeting's agenda at once (M18)."""
    to_meeting = coming_meeting(office, context, body.to_meeting)
    later = postponed(office, context, item, to_meeting)
    answer = ItemPostponed(item.id, later.id, to_meeting.id)
    return Outcome((item, later, to_meeting), answer, tagged=later)


@command("/agenda-items/{item}/removal", Area.AGENDA_ITEMS, Handles(AgendaItem))
def remove_item(office: Installation, context: Context, item: AgendaItem, body: RemoveItem) -> Outcome[ItemRemoved]:
    """Take the item off the agenda; a lease that still expires stays (M18)."""
    require_may_leave(office, item, body.reason)
    item.remove(reason=body.reason, by=context.by, at=context.at)
    return Outcome((item,), ItemRemoved(item.id, body.reason), tagged=item)


@command("/agenda-items/{item}/restriction/lifting", Area.AGENDA_ITEMS, Handles(AgendaItem))
def lift_restriction(office: Installation, context: Context, item: AgendaItem) -> Outcome[RestrictionLifted]:
    """Open an expiring lease to the group once there is consent (M18)."""
    consent = consent_facts(office, item.case)
    item.lift_restriction(consent=consent, day=context.today, by=context.by, at=context.at)
    return Outcome((item,), RestrictionLifted(item.id, item.restricted), tagged=item)


def _subject(office: Installation, context: Context, body: AddAgendaItem) -> Subject:
    """What the item is about, once the caller is known to handle it."""
    if body.case is None:
        require_saksbehandler(context.by)
        return Subject(body.matter, None, body.tenancy, body.allocation)
    office.gate.permit(context, Action.HANDLE, body.case, purpose="add_agenda_item")
    tenancy = body.tenancy or office.case_log.load(Case, body.case).tenancy
    return Subject(body.matter, body.case, tenancy, body.allocation)
