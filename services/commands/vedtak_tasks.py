"""Follow-up shared out under a vedtak in force, so that nobody's § 6 help is without somebody responsible (M15)."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from domain.actors import Unit
from domain.decisions.vedtak import Vedtak
from services.command_desk import Outcome
from services.commands.tasks import TaskBody, assigned_by_vedtak, proposed_tasks
from services.context import Context
from services.core.permits.casework import Handles
from services.core.registry import Area, command
from services.installation import Installation


class AssignFollowUp(TaskBody):
    """Who follows up what by when; the unit is the assignee's own. It begins at once."""


@dataclass(frozen=True)
class FollowUpAssigned:
    """A task under a vedtak: whose it is, and in which unit."""

    follow_up: UUID
    vedtak: UUID
    assignee: UUID
    unit: Unit


@command("/vedtak/{vedtak}/follow-ups", Area.VEDTAK, Handles(Vedtak), status=HTTPStatus.CREATED)
def assign_follow_up(
    office: Installation, context: Context, vedtak: Vedtak, body: AssignFollowUp
) -> Outcome[FollowUpAssigned]:
    """Share out a task under a granting vedtak, outside a meeting; it begins at once (M15)."""
    tasks = proposed_tasks(office, context, vedtak.person, vedtak.case, (body,))
    (follow_up,) = assigned_by_vedtak(context, vedtak.facts, tasks)
    vedtak.add_follow_up(follow_up=follow_up.id, by=context.by, at=context.at)
    answer = FollowUpAssigned(follow_up.id, vedtak.id, follow_up.assignee, follow_up.unit)
    return Outcome((follow_up, vedtak), answer, tagged=follow_up)
