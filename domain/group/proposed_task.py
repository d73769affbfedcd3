"""A task as the group shares it out: who does what, by when (M07, M15). It becomes a FollowUp."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.actors import EmployeeId, Unit
from domain.law.rulebook import DecisionSubject
from domain.refusals import Refusal
from domain.sealed import Named, Sealed


class TasksMissingError(Refusal):
    code = "tasks_missing"
    rule = "M07"
    missing = "Ingen oppgaver er fordelt."
    next_step = "Oppgi hvem som gjør hva videre, fra hvilken enhet og med hvilken frist."


class TaskOverdueError(Refusal):
    code = "task_overdue"
    rule = "M15"
    missing = "Fristen for en oppgave er allerede ute."
    next_step = "Sett en frist som er i dag eller senere."


@dataclass(frozen=True)
class ProposedTask:
    """One task. `id` becomes the follow-up's; `due_on` is an Oslo date.

    `vedtak_track`: what a vedtak must grant to put it in force; None when it starts at once.
    """

    id: UUID
    assignee: EmployeeId
    unit: Unit
    due_on: date
    what: Annotated[Sealed, Named("follow_up.task")]
    vedtak_track: DecisionSubject | None = None


def require_tasks(tasks: tuple[ProposedTask, ...], on: date, *, needed: bool) -> None:
    """Raise `TasksMissingError` when tasks are needed and none given, `TaskOverdueError` for one due before `on`."""
    if needed and not tasks:
        raise TasksMissingError()
    if any(task.due_on < on for task in tasks):
        raise TaskOverdueError()
