"""What a decline, or no answer, does to the place on the list: as the guidelines say, and never the loss of it by itself."""

from uuid import UUID

import pytest

from domain.housing.referred_decline import ReferredDecline
from domain.housing.waiting_list_entry import EntryState, LeavingReason, WaitingListEntry
from domain.law.waiting_list_guidelines import DeclineConsequence
from tests.api.decision_givens import Vacancy, offered, refused, vacancy
from tests.api.givens import assert_refused
from tests.api.office import Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

BECAUSE = "Søkeren vil bo nær skolen til barna."


def entry(office: Office, the: Vacancy) -> WaitingListEntry:
    return office.installation.case_log.load(WaitingListEntry, UUID(the.entries[0]))


def declined(office: Office, reason: str) -> tuple[Vacancy, dict[str, str]]:
    the = vacancy(office)
    offered(office, the)
    return the, office.saksbehandler.do(f"/allocations/{the.allocation}/offer/decline", {"reason": reason})


def test_M14_every_reason_of_the_guidelines_has_the_consequence_they_give_it(office: Office) -> None:
    rules = office.installation.rulebooks.oldest_first[-1]
    for number, reason in enumerate(rules.decline_reasons):
        the = vacancy(office, candidates=1)
        offered(office, the)
        path = f"/allocations/{the.allocation}/offer/decline"
        assert office.saksbehandler.do(path, {"reason": reason.code})["consequence"] == reason.consequence
        waits_for_assessment = reason.consequence is DeclineConsequence.SAKSBEHANDLER_ASSESSES
        assert (entry(office, the).to_assess is not None, entry(office, the).is_waiting) == (waits_for_assessment, True)
        office.saksbehandler.do(f"/waiting-list/{the.entries[0]}/leaving", {"reason": "withdrawn"})
        assert number < 20


def test_M14_a_good_reason_keeps_the_place_and_changes_nothing(office: Office) -> None:
    the, answer = declined(office, "too_small")
    assert answer["consequence"] == "keeps_place"
    assert (entry(office, the).to_assess, entry(office, the).version) == (None, 1)


def test_LV5_a_decline_left_to_the_saksbehandler_stands_on_the_list_until_she_has_assessed_it(office: Office) -> None:
    the, answer = declined(office, "other")
    assert answer["consequence"] == "saksbehandler_assesses"
    assert entry(office, the).to_assess == ReferredDecline(allocation=UUID(the.allocation), reason="other")
    row = next(r for r in office.saksbehandler.get("/waiting-list").json()["items"] if r["entry"] == the.entries[0])
    assert row["to_assess"] == "other"
    body = {"outcome": "keeps_place", "because": BECAUSE}
    answer = office.saksbehandler.do(f"/waiting-list/{the.entries[0]}/decline-assessment", body)
    assert (answer["state"], entry(office, the).to_assess) == ("waiting", None)


def test_LV5_a_place_ends_after_a_decline_only_when_the_saksbehandler_says_so_and_why(office: Office) -> None:
    the, _ = declined(office, "no_longer_needed")
    body = {"outcome": "leaves", "because": "Søkeren har kjøpt egen bolig."}
    office.saksbehandler.do(f"/waiting-list/{the.entries[0]}/decline-assessment", body)
    left = entry(office, the)
    assert (left.state, left.left_because) == (EntryState.LEFT, LeavingReason.LAPSED)


def test_LV5_nothing_is_assessed_that_was_not_left_to_the_saksbehandler(office: Office) -> None:
    the, _ = declined(office, "too_small")
    path, body = f"/waiting-list/{the.entries[0]}/decline-assessment", {"outcome": "leaves", "because": BECAUSE}
    assert_refused(office, office.saksbehandler, path, body, status=409, code="no_decline_to_assess")


def test_D4_a_colleague_does_not_assess_another_ones_decline(office: Office) -> None:
    the, _ = declined(office, "other")
    colleague = office.caller("service_og_tildeling", office.saksbehandler.actor.role)
    path, body = f"/waiting-list/{the.entries[0]}/decline-assessment", {"outcome": "leaves", "because": BECAUSE}
    assert_refused(office, colleague, path, body, status=403, code="not_allowed")
    assert refused(office.caller("nav").post(path, body)) == (404, "not_found")


def test_M14_an_offer_that_nobody_answered_has_the_consequence_of_that_reason(office: Office) -> None:
    the = vacancy(office)
    offered(office, the)
    office.set_clock(office.installation.clock.now().replace(day=20))
    answer = office.saksbehandler.do(f"/allocations/{the.allocation}/offer/lapse")
    assert answer["consequence"] == "saksbehandler_assesses"
    assert entry(office, the).to_assess == ReferredDecline(allocation=UUID(the.allocation), reason="no_answer")
