"""Who is on the waiting list now, as the computation of an order meets them (M14)."""

from uuid import UUID

from domain.housing.allocation import Allocation
from domain.housing.waiting_list_entry import WaitingListEntry
from services.installation import Installation


def on_the_list(office: Installation) -> list[WaitingListEntry]:
    """Everybody who waits or has paused."""
    ids = office.case_log.waiting_list()
    entries = office.case_log.load_many(ids)
    return [entries.load(WaitingListEntry, id) for id in ids]


def waiting_cases(office: Installation, _allocation: Allocation) -> list[UUID]:
    """The cases of everybody who waits now: whom an order that is about to be computed compares."""
    return [entry.case for entry in on_the_list(office) if entry.is_waiting]


def ranked_cases(_office: Installation, allocation: Allocation) -> list[UUID]:
    """The cases of the candidates in the newest computed order."""
    ranked = allocation.computations[-1].order.ranked if allocation.computations else ()
    return [place.standing.case for place in ranked]
