"""Follow-ups do not go unnoticed: the assignee is reminded, the unit's leader told (M15, C04)."""

from domain.actors import SERVICE_OG_TILDELING
from domain.decisions.follow_up import FollowUp, FollowUpState
from domain.delivery import DropReason, MessageKind
from projections.due_rows import Task
from workers import texts_nb
from workers.deliveries import Letter, NothingToSend, deliver
from workers.job import Job, handles
from workers.people import in_charge_of, leader_of, letter_to


@handles(Task.SEND_REMINDER)
def send_reminder(job: Job) -> None:
    """Remind whoever has the task now."""
    deliver(job, MessageKind.FOLLOW_UP_REMINDER, _reminder)


@handles(Task.ESCALATE)
def escalate(job: Job) -> None:
    """Record that the leader of the assignee's unit is to be told; the mail follows from that."""
    follow_up = job.office.case_log.load(FollowUp, job.row.subject)
    if follow_up.state is not FollowUpState.IN_FORCE or follow_up.escalated_to is not None:
        return
    leader = leader_of(job, follow_up.unit) or leader_of(job, SERVICE_OG_TILDELING)
    to = leader or in_charge_of(job, follow_up.case)
    follow_up.escalate(to=to, today=job.context.today, by=job.context.by, at=job.context.at)
    job.office.case_log.append(follow_up)


@handles(Task.TELL_LEADER)
def tell_leader(job: Job) -> None:
    """Tell the leader that a task is overdue, not what it says."""
    deliver(job, MessageKind.FOLLOW_UP_OVERDUE, _overdue)


def _reminder(job: Job) -> Letter:
    follow_up = _in_force(job)
    words = texts_nb.reminder(texts_nb.reference(follow_up.id), texts_nb.reference(follow_up.case), follow_up.due_on)
    return letter_to(job, follow_up.assignee, words)


def _overdue(job: Job) -> Letter:
    follow_up = _in_force(job)
    words = texts_nb.overdue(texts_nb.reference(follow_up.id), texts_nb.reference(follow_up.case), follow_up.due_on)
    return letter_to(job, job.row.recipient, words)


def _in_force(job: Job) -> FollowUp:
    """Raises `NothingToSend` for a task that is over. A moved date has rows of its own, and takes back the others."""
    follow_up = job.office.case_log.load(FollowUp, job.row.subject)
    if follow_up.state is not FollowUpState.IN_FORCE:
        raise NothingToSend(DropReason.NO_LONGER_DUE)
    return follow_up
