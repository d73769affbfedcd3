"""Tasks as they are shared out at a meeting, and the follow-ups they become (M07, M15)."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.decisions.follow_up import FollowUp
from domain.decisions.follow_up_rules import CancellingReason, FollowUpState
from domain.decisions.vedtak_rules import VedtakFacts
from domain.group.agenda_item import AgendaItem
from domain.group.proposed_task import ProposedTask
from domain.law.rulebook import DecisionSubject
from services.commands.body import Body, Day, Id, SeatUnit, Text
from services.commands.employees import seat_of
from services.context import Context
from services.installation import Installation


class TaskBody(Body):
    """One task that begins at once: who does what, by when. The unit is the assignee's own."""

    assignee: Id
    unit: SeatUnit = None
    due_on: Day
    what: Annotated[Text, Field(examples=["Avtaler hjemmebesøk."])]

    @property
    def begins_with(self) -> DecisionSubject | None:
        """What a vedtak must grant to put the task in force; None when it begins at once."""
        return None


class TaskAfterVedtakBody(TaskBody):
    """One task, and the vedtak that puts it in force (M15)."""

    vedtak_track: Annotated[
        DecisionSubject | None,
        Field(description="What must be granted first; null when the task begins at once.", examples=["assistance"]),
    ]

    @property
    def begins_with(self) -> DecisionSubject | None:
        return self.vedtak_track


def proposed_tasks(
    office: Installation, context: Context, person: UUID, case: UUID, bodies: Iterable[TaskBody]
) -> tuple[ProposedTask, ...]:
    """The tasks with what they say sealed. Raises as `seat_of` for an assignee."""
    return tuple(
        ProposedTask(
            id=uuid4(), assignee=body.assignee, due_on=body.due_on,
            unit=seat_of(office, context, body.assignee, body.unit).unit,
            what=office.vault.seal(person, case, "follow_up.task", body.what), vedtak_track=body.begins_with,
        )
        for body in bodies
    )  # fmt: skip


def assigned(
    context: Context,
    item: AgendaItem,
    *,
    case: UUID,
    person: UUID,
    conclusion: UUID | None,
    tasks: tuple[ProposedTask, ...],
) -> tuple[FollowUp, ...]:
    """The follow-ups that the tasks become, for the save in which they are shared out."""
    return tuple(
        FollowUp.assign(
            task=task, case=case, person=person, item=item.id, conclusion=conclusion, today=context.today,
            by=context.by, at=context.at,
        )
        for task in tasks
    )  # fmt: skip


def assigned_by_vedtak(context: Context, vedtak: VedtakFacts, tasks: tuple[ProposedTask, ...]) -> tuple[FollowUp, ...]:
    """The follow-ups that the tasks become under a granting vedtak, outside a meeting; they begin at once."""
    return tuple(
        FollowUp.assign_by_vedtak(task=task, vedtak=vedtak, today=context.today, by=context.by, at=context.at)
        for task in tasks
    )


def replaced(office: Installation, context: Context, tasks: tuple[ProposedTask, ...]) -> tuple[FollowUp, ...]:
    """The open follow-ups of a superseded conclusion, cancelled. Those that a vedtak put in force go with the vedtak."""
    follow_ups = [office.case_log.load(FollowUp, task.id) for task in tasks]
    is_open = (FollowUpState.PLANNED, FollowUpState.IN_FORCE)
    to_cancel = tuple(f for f in follow_ups if f.state in is_open and f.vedtak is None)
    for follow_up in to_cancel:
        follow_up.cancel(reason=CancellingReason.REPLACED, by=context.by, at=context.at)
    return to_cancel
