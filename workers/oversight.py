"""Somebody is told at once when a case is opened in an emergency."""

from uuid import UUID

from domain.access.emergency import EmergencyAccess
from domain.actors import SERVICE_OG_TILDELING, Role
from domain.delivery import DropReason, MessageKind
from projections.due_rows import Task
from workers import texts_nb
from workers.deliveries import Letter, NothingToSend, deliver
from workers.job import Job, handles
from workers.people import first_in_role, letter_to


@handles(Task.TELL_OF_EMERGENCY)
def tell_of_emergency(job: Job) -> None:
    """Tell the leader of Service og tildeling, or the reviewer when it is the leader who opened it."""
    deliver(job, MessageKind.EMERGENCY_ACCESS, _opened_in_emergency)


def _opened_in_emergency(job: Job) -> Letter:
    access = job.office.case_log.load(EmergencyAccess, job.row.subject)
    words = texts_nb.opened_in_emergency(
        texts_nb.reference(access.case), access.last_day, by_leader=access.role is Role.LEADER
    )
    return letter_to(job, _to_be_told(job, access), words)


def _to_be_told(job: Job, access: EmergencyAccess) -> UUID:
    """The leader; else the reviewer. Never who opened it, nor anybody inhabil. Raises `NothingToSend` without anybody."""
    leader = None if access.role is Role.LEADER else first_in_role(job, Role.LEADER, SERVICE_OG_TILDELING, access.case)
    told = leader or first_in_role(job, Role.REVIEWER, None, access.case)
    if told is None or told == access.employee:
        raise NothingToSend(DropReason.RECIPIENT_GONE)
    return told
