"""One item: on the agenda, in the room, in the minutes (M03, M07–M11, M16–M18)."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import agenda_items, conclusions, discussions, minutes

router = APIRouter(prefix="/agenda-items", tags=["agenda items"], responses=COMMAND_ERRORS)


@router.post("/{item}/position", operation_id="order_agenda_item", response_model=CommandAnswer)
def order_agenda_item(item: UUID, body: agenda_items.OrderAgendaItem, desk: CommandDesk) -> Response:
    """Give the item its place on the agenda."""
    return desk.carry_out(agenda_items.order_agenda_item, item, body)


@router.post("/{item}/guests", operation_id="invite_guest", response_model=CommandAnswer)
def invite_guest(item: UUID, body: agenda_items.InviteGuest, desk: CommandDesk) -> Response:
    """Invite somebody from a unit on demand to this item only, until its minutes are approved (M03)."""
    return desk.carry_out(agenda_items.invite_guest, item, body)


@router.post("/{item}/guests/{guest}/withdrawal", operation_id="uninvite_guest", response_model=CommandAnswer)
def uninvite_guest(item: UUID, guest: UUID, desk: CommandDesk) -> Response:
    """Take an invitation back (M03)."""
    return desk.carry_out(agenda_items.uninvite_guest, item, guest)


@router.post("/{item}/postponement", operation_id="postpone_item", response_model=CommandAnswer)
def postpone_item(item: UUID, body: agenda_items.PostponeItem, desk: CommandDesk) -> Response:
    """Postpone the item; it stands on the other meeting's agenda at once (M18)."""
    return desk.carry_out(agenda_items.postpone_item, item, body)


@router.post("/{item}/removal", operation_id="remove_item", response_model=CommandAnswer)
def remove_item(item: UUID, body: agenda_items.RemoveItem, desk: CommandDesk) -> Response:
    """Take the item off the agenda; a lease that still expires stays (M18)."""
    return desk.carry_out(agenda_items.remove_item, item, body)


@router.post("/{item}/restriction/lifting", operation_id="lift_restriction", response_model=CommandAnswer)
def lift_restriction(item: UUID, desk: CommandDesk) -> Response:
    """Open an expiring lease to the group once there is consent (M18)."""
    return desk.carry_out(agenda_items.lift_restriction, item)


@router.post("/{item}/attendance", operation_id="record_attendance", response_model=CommandAnswer)
def record_attendance(item: UUID, body: discussions.RecordAttendance, desk: CommandDesk) -> Response:
    """Note who is in the room for this item; whoever hears it discussed is recorded as told (M08)."""
    return desk.carry_out(discussions.record_attendance, item, body)


@router.post("/{item}/inhabil", operation_id="declare_inhabil", response_model=CommandAnswer)
def declare_inhabil(item: UUID, body: discussions.DeclareInhabil, desk: CommandDesk) -> Response:
    """Declare oneself inhabil, or as saksbehandler somebody else; their reading of the case stops at once (LI1, B05)."""
    return desk.carry_out(discussions.declare_inhabil, item, body)


@router.post("/{item}/discussion", operation_id="open_discussion", response_model=CommandAnswer)
def open_discussion(item: UUID, desk: CommandDesk) -> Response:
    """Begin to talk about it: together (M11), within the consent (M09); everybody present is recorded as told (M08)."""
    return desk.carry_out(discussions.open_discussion, item)


@router.post("/{item}/discussion/closing", operation_id="close_discussion", response_model=CommandAnswer)
def close_discussion(item: UUID, desk: CommandDesk) -> Response:
    """Stop talking about it."""
    return desk.carry_out(discussions.close_discussion, item)


@router.post(
    "/{item}/conclusion", operation_id="reach_conclusion", response_model=CommandAnswer,
    status_code=status.HTTP_201_CREATED,
)  # fmt: skip
def reach_conclusion(item: UUID, body: conclusions.ReachConclusion, desk: CommandDesk) -> Response:
    """Record what the group came to, with the tasks it shared out (M11, M12, M15)."""
    return desk.carry_out(conclusions.reach_conclusion, item, body)


@router.post("/{item}/settlement", operation_id="settle_item", response_model=CommandAnswer)
def settle_item(item: UUID, body: minutes.SettleItem, desk: CommandDesk) -> Response:
    """Record what a lease that ends, a challenge or a vacancy came to (M14, M16, M17, M18)."""
    return desk.carry_out(minutes.settle_item, item, body)


@router.post("/{item}/minutes", operation_id="write_minutes", response_model=CommandAnswer)
def write_minutes(item: UUID, body: minutes.WriteMinutes, desk: CommandDesk) -> Response:
    """Write this item's minutes, facts apart from assessment (M07, LP2)."""
    return desk.carry_out(minutes.write_minutes, item, body)


@router.post("/{item}/minutes/approval", operation_id="approve_minutes", response_model=CommandAnswer)
def approve_minutes(item: UUID, body: minutes.ApproveMinutes, desk: CommandDesk) -> Response:
    """Approve the minutes; guests' access ends (M03)."""
    return desk.carry_out(minutes.approve_minutes, item, body)


@router.post("/{item}/minutes/reopening", operation_id="reopen_minutes", response_model=CommandAnswer)
def reopen_minutes(item: UUID, body: minutes.ReopenMinutes, desk: CommandDesk) -> Response:
    """Write approved minutes anew; the approved revision stays (M07)."""
    return desk.carry_out(minutes.reopen_minutes, item, body)
