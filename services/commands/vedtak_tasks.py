"""Follow-up shared out under a vedtak in force, so that nobody's § 6 help is without somebody responsible (M15)."""

from http import HTTPStatus
from uuid import UUID

from services.command_desk import Outcome
from services.commands.tasks import TaskBody, assigned_by_vedtak, proposed_tasks
from services.commands.vedtak_grounds import handled_vedtak
from services.context import Context
from services.installation import Installation


class AssignFollowUp(TaskBody):
    """Who follows up what by when; the unit is the assignee's own. It begins at once."""


def assign_follow_up(office: Installation, context: Context, vedtak_id: UUID, body: AssignFollowUp) -> Outcome:
    """Share out a task outside a meeting, under a vedtak that grants something and is in force."""
    vedtak = handled_vedtak(office, context, vedtak_id, "assign_follow_up")
    tasks = proposed_tasks(office, vedtak.person, vedtak.case, (body,))
    (follow_up,) = assigned_by_vedtak(context, vedtak.facts, tasks)
    vedtak.add_follow_up(follow_up=follow_up.id, by=context.by, at=context.at)
    answer = {"follow_up": follow_up.id, "vedtak": vedtak.id, "assignee": follow_up.assignee, "unit": follow_up.unit}
    return Outcome((follow_up, vedtak), answer, tagged=follow_up, status=HTTPStatus.CREATED)
