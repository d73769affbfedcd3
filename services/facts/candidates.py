"""Who is on the waiting list now, as the computation of an order meets them (M14)."""

from domain.housing.waiting_list_entry import EntryState, WaitingListEntry
from projections import waiting_list
from services.installation import Installation


def on_the_list(office: Installation) -> list[WaitingListEntry]:
    """Everybody who waits or has paused. The view only finds them; what counts is what the log says."""
    with office.views.connect() as connection:
        ids = waiting_list.entries(connection)
    entries = (office.case_log.load(WaitingListEntry, id) for id in ids)
    return [entry for entry in entries if entry.state is not EntryState.LEFT]
