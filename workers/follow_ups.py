"""Follow-ups do not go unnoticed: the assignee is reminded, the unit's leader told (M15, C04)."""

from uuid import UUID

from domain.actors import SERVICE_OG_TILDELING
from domain.cases.case import Case
from domain.decisions.follow_up import FollowUp
from domain.decisions.follow_up_rules import FollowUpState
from domain.decisions.vedtak import Vedtak
from domain.delivery import DropReason, MessageKind
from projections.due_rows import Task
from workers import texts_nb
from workers.deliveries import Letter, NothingToSend, deliver
from workers.job import Job, handles
from workers.people import in_charge_of, is_at_work, leader_of, letter_to


@handles(Task.SEND_REMINDER)
def send_reminder(job: Job) -> None:
    """Remind whoever has the task now; while they are away or gone, whoever is in charge of the case."""
    deliver(job, MessageKind.FOLLOW_UP_REMINDER, _reminder)


@handles(Task.ESCALATE)
def escalate(job: Job) -> None:
    """Record that the leader of the assignee's unit is to be told; the mail follows from that."""
    follow_up = job.office.case_log.load(FollowUp, job.row.subject)
    if follow_up.state is not FollowUpState.IN_FORCE or follow_up.escalated_to is not None:
        return
    to = _leader_who_may_know(job, follow_up) or in_charge_of(job, follow_up.case)
    follow_up.escalate(to=to, today=job.context.today, by=job.context.by, at=job.context.at)
    job.office.case_log.append(follow_up)


@handles(Task.TELL_LEADER)
def tell_leader(job: Job) -> None:
    """Tell the leader that a task is overdue, not what it says."""
    deliver(job, MessageKind.FOLLOW_UP_OVERDUE, _overdue)


@handles(Task.WARN_OF_NOBODY_RESPONSIBLE)
def warn_of_nobody_responsible(job: Job) -> None:
    """Tell whoever is in charge that granted help has nobody to see to it (M15)."""
    deliver(job, MessageKind.NOBODY_RESPONSIBLE, _nobody_responsible)


def _leader_who_may_know(job: Job, follow_up: FollowUp) -> UUID | None:
    """The leader of the assignee's unit, else of Service og tildeling, who is not inhabil in the case (LI1).

    Of care housing nobody else hears (M20).
    """
    if job.office.case_log.load(Case, follow_up.case).care_housing:
        return None
    leaders = (leader_of(job, follow_up.unit), leader_of(job, SERVICE_OG_TILDELING))
    inhabil = job.office.case_log.inhabil_in([follow_up.case])
    return next((leader for leader in leaders if leader is not None and leader not in inhabil), None)


def _reminder(job: Job) -> Letter:
    follow_up = _in_force(job)
    about = (texts_nb.reference(follow_up.id), texts_nb.reference(follow_up.case), follow_up.due_on)
    if is_at_work(job, follow_up.assignee):
        return letter_to(job, follow_up.assignee, texts_nb.reminder(*about))
    return letter_to(job, in_charge_of(job, follow_up.case), texts_nb.reminder_for_another(*about))


def _overdue(job: Job) -> Letter:
    follow_up = _in_force(job)
    words = texts_nb.overdue(texts_nb.reference(follow_up.id), follow_up.due_on)
    return letter_to(job, job.row.recipient, words)


def _nobody_responsible(job: Job) -> Letter:
    """A task under the vedtak has taken the row back; a vedtak that is replaced or a closed case needs none."""
    vedtak = job.office.case_log.load(Vedtak, job.row.subject)
    if not vedtak.facts.in_force or job.office.case_log.load(Case, vedtak.case).closed:
        raise NothingToSend(DropReason.NO_LONGER_DUE)
    words = texts_nb.nobody_responsible(texts_nb.reference(vedtak.id), texts_nb.reference(vedtak.case))
    return letter_to(job, in_charge_of(job, vedtak.case), words)


def _in_force(job: Job) -> FollowUp:
    """Raises `NothingToSend` for a task that is over. A moved date has rows of its own, and takes back the others."""
    follow_up = job.office.case_log.load(FollowUp, job.row.subject)
    if follow_up.state is not FollowUpState.IN_FORCE:
        raise NothingToSend(DropReason.NO_LONGER_DUE)
    return follow_up
