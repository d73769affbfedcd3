"""Follow-ups: the assignee reports, the saksbehandler moves and hands on (M15)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.actors import Role
from domain.decisions.follow_up import FollowUp
from domain.decisions.follow_up_rules import CancellingReason, FollowUpState
from domain.refusals import Refusal
from domain.sealed import Sealed
from services.command_desk import Outcome
from services.commands.body import Body, Day, Id, KnownUnit, Text
from services.commands.employees import employed
from services.context import Context
from services.core.permits.casework import Handles
from services.core.permits.door import Door
from services.core.registry import Area, command
from services.installation import Installation


class ProgressFollowUp(Body):
    """How it goes."""

    note: Annotated[Text, Field(examples=["Har vært på visning sammen med søkeren."])]


class CompleteFollowUp(Body):
    """That it is done, with a note if there is more to say."""

    note: Annotated[Text | None, Field(examples=["Søkeren har flyttet inn."])] = None


class ReassignFollowUp(Body):
    """Who has it from now on."""

    assignee: Id
    unit: KnownUnit


class MoveFollowUpDueDate(Body):
    """The new due date; its reminders begin anew."""

    due_on: Day


class CancelFollowUp(Body):
    """Why the task falls away."""

    reason: CancellingReason


class AssigneeFromAnotherUnitError(Refusal):
    code = "assignee_from_another_unit"
    rule = "M15"
    missing = "Den som skal ha oppgaven, arbeider i en annen enhet enn den som er oppgitt."
    next_step = "Oppgi enheten den ansatte arbeider i, eller velg en annen."


@dataclass(frozen=True)
class FollowUpChanged:
    """A task as it is now; `due_on` is an Oslo date."""

    follow_up: UUID
    state: FollowUpState
    assignee: UUID
    due_on: date


def assignee(door: Door, follow_up: FollowUp) -> bool:
    """Whether it is the sender's own task."""
    return door.context.actor.id == follow_up.assignee


def leader_of_its_unit(context: Context, follow_up: FollowUp) -> bool:
    """Whether the sender leads the unit that the task is in. Who hands it on sees nothing of the case."""
    return context.actor.role is Role.LEADER and context.actor.unit == follow_up.unit


@command("/follow-ups/{follow_up}/progress", Area.FOLLOW_UPS, Handles(FollowUp, own=assignee))
def progress_follow_up(
    office: Installation, context: Context, follow_up: FollowUp, body: ProgressFollowUp
) -> Outcome[FollowUpChanged]:
    """Report how an own task goes."""
    follow_up.progress(note=_note(office, follow_up, body.note), by=context.by, at=context.at)
    return _changed(follow_up)


@command("/follow-ups/{follow_up}/completion", Area.FOLLOW_UPS, Handles(FollowUp, own=assignee))
def complete_follow_up(
    office: Installation, context: Context, follow_up: FollowUp, body: CompleteFollowUp
) -> Outcome[FollowUpChanged]:
    """Report that an own task is done. The assignee's access through it ends here."""
    note = _note(office, follow_up, body.note) if body.note is not None else None
    follow_up.complete(note=note, by=context.by, at=context.at)
    return _changed(follow_up)


@command("/follow-ups/{follow_up}/assignee", Area.FOLLOW_UPS, Handles(FollowUp, also=leader_of_its_unit))
def reassign_follow_up(
    office: Installation, context: Context, follow_up: FollowUp, body: ReassignFollowUp
) -> Outcome[FollowUpChanged]:
    """Hand a task on: the saksbehandler, or the leader of the unit it stays in."""
    follow_up.reassign(assignee=body.assignee, unit=body.unit, by=context.by, at=context.at)
    if not any(seat.unit == body.unit for seat in employed(office, body.assignee).seats_on(context.today)):
        raise AssigneeFromAnotherUnitError
    return _changed(follow_up)


@command("/follow-ups/{follow_up}/due-date", Area.FOLLOW_UPS, Handles(FollowUp))
def move_follow_up_due_date(
    _office: Installation, context: Context, follow_up: FollowUp, body: MoveFollowUpDueDate
) -> Outcome[FollowUpChanged]:
    """Move the due date; the reminders begin anew."""
    follow_up.move_due_date(due_on=body.due_on, today=context.today, by=context.by, at=context.at)
    return _changed(follow_up)


@command("/follow-ups/{follow_up}/cancellation", Area.FOLLOW_UPS, Handles(FollowUp))
def cancel_follow_up(
    _office: Installation, context: Context, follow_up: FollowUp, body: CancelFollowUp
) -> Outcome[FollowUpChanged]:
    """Let a task fall away, with a coded reason."""
    follow_up.cancel(reason=body.reason, by=context.by, at=context.at)
    return _changed(follow_up)


def _note(office: Installation, follow_up: FollowUp, text: str) -> Sealed:
    return office.vault.seal(follow_up.person, follow_up.case, "follow_up.note", text)


def _changed(follow_up: FollowUp) -> Outcome[FollowUpChanged]:
    answer = FollowUpChanged(follow_up.id, follow_up.state, follow_up.assignee, follow_up.due_on)
    return Outcome((follow_up,), answer, tagged=follow_up)
