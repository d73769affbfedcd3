"""An offer that nobody answers in time lapses by itself, and its saksbehandler hears of it (M14, LV5)."""

from domain.delivery import DropReason, MessageKind
from domain.housing.allocation import Allocation, AllocationState
from projections.due_rows import Task
from services.commands import declines
from workers import texts_nb
from workers.deliveries import Letter, NothingToSend, deliver
from workers.job import Job, handles
from workers.people import in_charge_of, letter_to


@handles(Task.LAPSE_OFFER)
def lapse_offer(job: Job) -> None:
    """Record that the offer has lapsed, and what the guidelines make of no answer. The next in order can be asked."""
    allocation = job.office.case_log.load(Allocation, job.row.subject)
    offer = allocation.offer
    if allocation.state is AllocationState.OFFERED and offer is not None and offer.answer_by < job.context.today:
        rules = job.office.rules(job.context)
        job.office.case_log.append(*declines.lapsed(job.office, job.context, rules, allocation))


@handles(Task.TELL_OF_LAPSE)
def tell_of_lapse(job: Job) -> None:
    """Tell whoever is in charge of the case that was asked."""
    deliver(job, MessageKind.OFFER_LAPSED, _lapse)


def _lapse(job: Job) -> Letter:
    """Raises `NothingToSend` when the allocation has been closed since."""
    allocation = job.office.case_log.load(Allocation, job.row.subject)
    if allocation.state is AllocationState.CLOSED:
        raise NothingToSend(DropReason.NO_LONGER_DUE)
    words = texts_nb.offer_lapsed(texts_nb.reference(allocation.id), texts_nb.reference(job.row.case_id))
    return letter_to(job, in_charge_of(job, job.row.case_id), words)
