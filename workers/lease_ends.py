"""What the law makes of a lease that nobody did anything about: the open-ended trap, and a notice that lapses (LL6, LL8)."""

from domain.delivery import DropReason, MessageKind
from domain.housing.tenancy import Tenancy
from domain.law.deadlines import months_after
from projections.due_rows import Task
from workers import texts_nb
from workers.deliveries import Letter, NothingToSend, deliver
from workers.job import Job, handles
from workers.leases import running_lease
from workers.people import in_charge_of, letter_to


@handles(Task.WARN_OF_MOVE_OUT_DEMAND)
def warn_of_move_out_demand(job: Job) -> None:
    """Tell whoever is in charge while moving out can still be demanded in time (LL6)."""
    deliver(job, MessageKind.MOVE_OUT_WARNING, _move_out_warning)


@handles(Task.BECOME_OPEN_ENDED)
def become_open_ended(job: Job) -> None:
    """Record that the lease has no end any more, once the last day for a written demand has passed (LL6)."""
    tenancy = job.office.case_log.load(Tenancy, job.row.subject)
    months = job.office.rules(job.context).deadlines.open_ended_after_months
    last_day = months_after(tenancy.ends_on, months, job.office.working_days)
    if tenancy.open_ended_from is not None and job.context.today > last_day:
        tenancy.become_open_ended(today=job.context.today, last_day=last_day, by=job.context.by, at=job.context.at)
        job.office.case_log.append(tenancy)


@handles(Task.TELL_OF_OPEN_ENDED)
def tell_of_open_ended(job: Job) -> None:
    """Tell whoever is in charge that the lease has become open-ended (LL6)."""
    deliver(job, MessageKind.LEASE_OPEN_ENDED, _open_ended)


@handles(Task.LAPSE_NOTICE)
def lapse_notice(job: Job) -> None:
    """Record that a protested notice has fallen away (LL8)."""
    tenancy = job.office.case_log.load(Tenancy, job.row.subject)
    notice = tenancy.notice
    is_disputed = tenancy.ended_on is None and notice is not None and notice.is_disputed
    if is_disputed and notice is not None and notice.action_by is not None and notice.action_by < job.context.today:
        tenancy.lapse_notice(today=job.context.today, by=job.context.by, at=job.context.at)
        job.office.case_log.append(tenancy)


@handles(Task.TELL_OF_LAPSED_NOTICE)
def tell_of_lapsed_notice(job: Job) -> None:
    """Tell whoever is in charge that the notice has fallen away (LL8)."""
    deliver(job, MessageKind.NOTICE_LAPSED, _notice_lapsed)


def _move_out_warning(job: Job) -> Letter:
    """Raises `NothingToSend` when moving out was demanded, or the lease has another end."""
    tenancy, case = running_lease(job)
    if tenancy.open_ended_from is None:
        raise NothingToSend(DropReason.NO_LONGER_DUE)
    demand_by = job.office.rules(job.context).deadlines.move_out_demand_by(tenancy.ends_on)
    words = texts_nb.move_out_warning(texts_nb.reference(case), tenancy.ends_on, demand_by)
    return letter_to(job, in_charge_of(job, case, tenancy.case), words)


def _open_ended(job: Job) -> Letter:
    tenancy, case = running_lease(job)
    words = texts_nb.lease_open_ended(texts_nb.reference(case), tenancy.ends_on)
    return letter_to(job, in_charge_of(job, case, tenancy.case), words)


def _notice_lapsed(job: Job) -> Letter:
    tenancy = job.office.case_log.load(Tenancy, job.row.subject)
    words = texts_nb.notice_lapsed(texts_nb.reference(tenancy.case))
    return letter_to(job, in_charge_of(job, tenancy.case), words)
