"""Who is on the waiting list now, as the computation of an order meets them (M14)."""

from uuid import UUID

from domain.housing.allocation import Allocation
from domain.housing.waiting_list_entry import EntryState, WaitingListEntry
from projections import waiting_list
from services.freshness import wait_for_views
from services.installation import Installation


def on_the_list(office: Installation) -> list[WaitingListEntry]:
    """Everybody who waits or has paused. The view only finds them; what counts is what the log says."""
    with office.views.connect() as connection:
        ids = waiting_list.entries(connection)
    entries = (office.case_log.load(WaitingListEntry, id) for id in ids)
    return [entry for entry in entries if entry.state is not EntryState.LEFT]


def waiting_cases(office: Installation, _allocation: Allocation) -> list[UUID]:
    """The cases of everybody who waits now: whom an order that is about to be computed compares."""
    wait_for_views(office, office.case_log.head())
    return [entry.case for entry in on_the_list(office) if entry.is_waiting]


def ranked_cases(_office: Installation, allocation: Allocation) -> list[UUID]:
    """The cases of the candidates in the newest computed order."""
    ranked = allocation.computations[-1].order.ranked if allocation.computations else ()
    return [place.standing.case for place in ranked]
