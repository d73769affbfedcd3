"""Follow-ups: the assignee reports, the saksbehandler moves and hands on (M15)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.access.decision import Action
from domain.actors import Role
from domain.decisions.follow_up import CancellingReason, FollowUp
from domain.refusals import Refusal
from domain.sealed import Sealed
from services.command_desk import Outcome
from services.commands.body import Body, Day, Id, KnownUnit, Text
from services.commands.employees import employed
from services.context import Context
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


def progress_follow_up(office: Installation, context: Context, follow_up_id: UUID, body: ProgressFollowUp) -> Outcome:
    """Report how it goes: the assignee, or the saksbehandler."""
    follow_up = _theirs(office, context, follow_up_id, "progress_follow_up")
    follow_up.progress(note=_note(office, follow_up, body.note), by=context.by, at=context.at)
    return _answer(follow_up)


def complete_follow_up(office: Installation, context: Context, follow_up_id: UUID, body: CompleteFollowUp) -> Outcome:
    """Report that it is done: the assignee, or the saksbehandler. The assignee's access to the task ends here."""
    follow_up = _theirs(office, context, follow_up_id, "complete_follow_up")
    note = _note(office, follow_up, body.note) if body.note is not None else None
    follow_up.complete(note=note, by=context.by, at=context.at)
    return _answer(follow_up)


def reassign_follow_up(office: Installation, context: Context, follow_up_id: UUID, body: ReassignFollowUp) -> Outcome:
    """Hand the task on: the saksbehandler, or the leader of the unit it stays in, who sees nothing of the case."""
    follow_up = office.case_log.load(FollowUp, follow_up_id)
    if not (context.actor.role is Role.LEADER and context.actor.unit == follow_up.unit):
        office.gate.permit(context, Action.HANDLE, follow_up.case, purpose="reassign_follow_up")
    context.expect(follow_up)
    follow_up.reassign(assignee=body.assignee, unit=body.unit, by=context.by, at=context.at)
    if employed(office, body.assignee).unit != body.unit:
        raise AssigneeFromAnotherUnitError
    return _answer(follow_up)


def move_follow_up_due_date(
    office: Installation, context: Context, follow_up_id: UUID, body: MoveFollowUpDueDate
) -> Outcome:
    """Move the due date."""
    follow_up = _handled(office, context, follow_up_id, "move_follow_up_due_date")
    follow_up.move_due_date(due_on=body.due_on, today=context.today, by=context.by, at=context.at)
    return _answer(follow_up)


def cancel_follow_up(office: Installation, context: Context, follow_up_id: UUID, body: CancelFollowUp) -> Outcome:
    """Let the task fall away."""
    follow_up = _handled(office, context, follow_up_id, "cancel_follow_up")
    follow_up.cancel(reason=body.reason, by=context.by, at=context.at)
    return _answer(follow_up)


def _theirs(office: Installation, context: Context, follow_up_id: UUID, purpose: str) -> FollowUp:
    """The task, for its assignee (M15) or whoever handles the case."""
    follow_up = office.case_log.load(FollowUp, follow_up_id)
    action = Action.READ if context.actor.id == follow_up.assignee else Action.HANDLE
    office.gate.permit(context, action, follow_up.case, purpose=purpose)
    context.expect(follow_up)
    return follow_up


def _handled(office: Installation, context: Context, follow_up_id: UUID, purpose: str) -> FollowUp:
    follow_up = office.case_log.load(FollowUp, follow_up_id)
    office.gate.permit(context, Action.HANDLE, follow_up.case, purpose=purpose)
    context.expect(follow_up)
    return follow_up


def _note(office: Installation, follow_up: FollowUp, text: str) -> Sealed:
    return office.vault.seal(follow_up.person, follow_up.case, "follow_up.note", text)


def _answer(follow_up: FollowUp) -> Outcome:
    answer = {
        "follow_up": follow_up.id, "state": follow_up.state, "assignee": follow_up.assignee, "due_on": follow_up.due_on,
    }  # fmt: skip
    return Outcome((follow_up,), answer, tagged=follow_up)
