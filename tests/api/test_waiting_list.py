"""The waiting list over HTTP: facts, dates, pauses, and ways off it."""

from uuid import UUID

import pytest

from domain.housing.waiting_list_entry import EntryState, LeavingReason, WaitingListEntry
from tests.api.decision_givens import refused, waiting
from tests.api.office import Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

SOURCE = "6f1c1c58-6d5b-4d7e-9a52-0c8d6a8d3c11"


def stored(office: Office, entry: str) -> WaitingListEntry:
    return office.installation.case_log.load(WaitingListEntry, UUID(entry))


def test_M14_the_saksbehandler_alone_adds_facts(office: Office) -> None:
    entry, _ = waiting(office)
    body = {"answers": {"must_move_soon": True}, "need": {"adults": 1, "rooms_at_least": 2}, "source": SOURCE}
    assert refused(office.caller("nav").post(f"/waiting-list/{entry}/facts", body)) == (404, "not_found")
    office.saksbehandler.do(f"/waiting-list/{entry}/facts", body)
    assert [(fact.criterion, fact.value) for fact in stored(office, entry).facts] == [("must_move_soon", True)]


def test_M14_an_answer_is_of_the_kind_the_criterion_asks_for(office: Office) -> None:
    entry, _ = waiting(office)
    head = office.installation.case_log.head()
    body = {"answers": {"must_move_soon": 3}, "need": {"adults": 1}, "source": SOURCE}
    response = office.saksbehandler.post(f"/waiting-list/{entry}/facts", body)
    assert refused(response) == (409, "wrong_kind_of_answer")
    assert office.installation.case_log.head() == head


def test_M14_the_effective_date_moves_with_a_reason_and_registration_stays(office: Office) -> None:
    entry, _ = waiting(office)
    body = {"effective_from": "2026-10-01", "because": "Søknaden lå for lenge hos en annen enhet."}
    office.saksbehandler.do(f"/waiting-list/{entry}/effective-date", body)
    moved = stored(office, entry)
    assert (str(moved.effective_from), str(moved.registered_on)) == ("2026-10-01", "2027-01-12")


def test_M14_a_paused_entry_comes_back_with_its_dates(office: Office) -> None:
    entry, _ = waiting(office)
    before = stored(office, entry).effective_from
    assert office.saksbehandler.do(f"/waiting-list/{entry}/pause", {"reason": "own_wish"})["state"] == "paused"
    assert office.saksbehandler.do(f"/waiting-list/{entry}/resumption")["state"] == "waiting"
    assert stored(office, entry).effective_from == before


def test_M14_nothing_is_resumed_that_was_not_paused(office: Office) -> None:
    entry, _ = waiting(office)
    assert refused(office.saksbehandler.post(f"/waiting-list/{entry}/resumption")) == (409, "wrong_state")


def test_M14_who_withdraws_leaves_the_list_with_the_reason(office: Office) -> None:
    entry, _ = waiting(office)
    office.saksbehandler.do(f"/waiting-list/{entry}/leaving", {"reason": "withdrawn"})
    left = stored(office, entry)
    assert (left.state, left.left_because) == (EntryState.LEFT, LeavingReason.WITHDRAWN)


@pytest.mark.parametrize("reason", ["lease", "new_vedtak"])
def test_M14_a_lease_or_a_new_vedtak_takes_somebody_off_by_itself_only(office: Office, reason: str) -> None:
    entry, _ = waiting(office)
    response = office.saksbehandler.post(f"/waiting-list/{entry}/leaving", {"reason": reason})
    assert refused(response) == (422, "invalid_input")


def test_D4_a_colleague_does_not_handle_another_ones_entry(office: Office) -> None:
    entry, _ = waiting(office)
    colleague = office.caller("service_og_tildeling", office.saksbehandler.actor.role)
    response = colleague.post(f"/waiting-list/{entry}/pause", {"reason": "own_wish"})
    assert refused(response) == (403, "not_allowed")
