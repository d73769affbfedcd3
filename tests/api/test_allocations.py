"""Allocations over HTTP: the computed order, the group's, and offers in that order."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from domain.group.agenda_item import AgendaItem, InhabilGround
from domain.housing.allocation import Allocation
from domain.housing.dwelling import Dwelling, DwellingState
from domain.housing.waiting_list_entry import WaitingListEntry
from tests.api.decision_givens import (
    NOTICES,
    THREE_YEARS,
    agreed,
    by,
    discussed,
    dwelling,
    inhabil_in,
    offered,
    refused,
    vacancy,
    vacant,
    waiting,
)
from tests.api.office import Caller, Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")


def stored(office: Office, allocation: str) -> Allocation:
    return office.installation.case_log.load(Allocation, UUID(allocation))


def test_M14_opening_an_allocation_reserves_the_dwelling(office: Office) -> None:
    home = vacant(office)
    allocation = office.saksbehandler.do("/allocations", {"dwelling": home})["allocation"]
    reserved = office.installation.case_log.load(Dwelling, UUID(home))
    assert (reserved.state, str(reserved.allocation)) == (DwellingState.RESERVED, allocation)
    assert refused(office.saksbehandler.post("/allocations", {"dwelling": home})) == (409, "dwelling_reserved")


def test_M14_only_a_vacant_dwelling_is_allocated(office: Office) -> None:
    response = office.saksbehandler.post("/allocations", {"dwelling": dwelling(office)})
    assert refused(response) == (409, "dwelling_not_vacant")


def test_M20_a_care_dwelling_is_never_allocated_by_the_group(office: Office) -> None:
    home = dwelling(office, care_housing=True)
    office.saksbehandler.do(f"/dwellings/{home}/vacancy", {"vacant_from": "2027-02-01"})
    head = office.installation.case_log.head()
    response = office.saksbehandler.post("/allocations", {"dwelling": home})
    assert refused(response) == (409, "care_dwelling_not_for_group")
    assert office.installation.case_log.head() == head


def test_B06_the_computed_order_says_what_separates_and_whom_the_dwelling_does_not_fit(office: Office) -> None:
    first, _ = waiting(office, answers={"without_dwelling": True})
    second, _ = waiting(office, answers={"without_dwelling": False})
    too_large, _ = waiting(office, wishes={"rooms_at_least": 4})
    allocation = office.saksbehandler.do("/allocations", {"dwelling": vacant(office)})["allocation"]
    office.carry_forward()
    answer = office.saksbehandler.do(f"/allocations/{allocation}/computed-order")
    assert answer["ranked"] == [
        {"entry": first, "separated_by": None},
        {"entry": second, "separated_by": "without_dwelling"},
    ]
    assert answer["unfit"] == [{"entry": too_large, "reasons": ["too_few_rooms"]}]


def test_M14_a_paused_entry_is_no_candidate(office: Office) -> None:
    paused, _ = waiting(office)
    waits, _ = waiting(office)
    office.saksbehandler.do(f"/waiting-list/{paused}/pause", {"reason": "own_wish"})
    allocation = office.saksbehandler.do("/allocations", {"dwelling": vacant(office)})["allocation"]
    office.carry_forward()
    answer = office.saksbehandler.do(f"/allocations/{allocation}/computed-order")
    assert [place["entry"] for place in answer["ranked"]] == [waits]


def test_M14_an_order_is_computed_of_everybody_on_the_list_however_far_the_views_have_come(office: Office) -> None:
    entry, _ = waiting(office)
    allocation = office.saksbehandler.do("/allocations", {"dwelling": vacant(office)})["allocation"]
    ranked = office.saksbehandler.do(f"/allocations/{allocation}/computed-order")["ranked"]
    assert [place["entry"] for place in ranked] == [entry]


def test_B07_the_groups_order_differs_with_its_reason_and_both_orders_are_kept(office: Office) -> None:
    the = vacancy(office)
    item = discussed(office, the, office.caller("nav"))
    body = {
        "item": item, "entries": the.entries[::-1], "reasons": "Den andre må flytte i morgen.",
        "dissent": "Nav mener den første haster mest.",
    }  # fmt: skip
    assert office.saksbehandler.do(f"/allocations/{the.allocation}/agreed-order", body)["differs"]
    allocation = stored(office, the.allocation)
    assert allocation.agreed is not None
    assert tuple(str(entry) for entry in allocation.agreed.entries) == the.entries[::-1]
    assert tuple(str(entry) for entry in allocation.computations[-1].order.entries) == the.entries
    assert len(allocation.agreed.present) == 2
    assert allocation.agreed.reasons is not None
    assert str(allocation.agreed.reasons.owner) == the.dwelling


def test_M14_the_answer_names_the_candidates_that_the_groups_order_leaves_out(office: Office) -> None:
    the = vacancy(office)
    item = discussed(office, the, office.caller("nav"))
    body = {"item": item, "entries": the.entries[:1], "reasons": "Den andre venter på en annen bolig."}
    answer = office.saksbehandler.do(f"/allocations/{the.allocation}/agreed-order", body)
    assert answer["left_out"] == list(the.entries[1:])


def test_M14_another_order_needs_reasons(office: Office) -> None:
    the = vacancy(office)
    body = {"item": discussed(office, the, office.caller("nav")), "entries": the.entries[::-1]}
    head = office.installation.case_log.head()
    response = office.saksbehandler.post(f"/allocations/{the.allocation}/agreed-order", body)
    assert refused(response) == (409, "order_needs_reasons")
    assert office.installation.case_log.head() == head


def test_M11_one_unit_alone_agrees_on_nothing(office: Office) -> None:
    the = vacancy(office)
    body = {"item": discussed(office, the), "entries": the.entries}
    response = office.saksbehandler.post(f"/allocations/{the.allocation}/agreed-order", body)
    assert refused(response) == (409, "order_not_agreed_together")


def test_M14_an_order_is_agreed_at_the_item_of_this_vacancy(office: Office) -> None:
    the = vacancy(office)
    other = office.saksbehandler.do("/allocations", {"dwelling": vacant(office)})["allocation"]
    item = discussed(office, replace(the, allocation=other), office.caller("nav"))
    body = {"item": item, "entries": the.entries}
    response = office.saksbehandler.post(f"/allocations/{the.allocation}/agreed-order", body)
    assert refused(response) == (409, "not_this_vacancy")


def test_B05_who_is_inhabil_for_one_candidate_is_out_of_the_whole_comparison(office: Office) -> None:
    the, nav = vacancy(office), office.caller("nav")
    body = {"item": discussed(office, the, nav), "entries": the.entries}
    inhabil_in(office, the.cases[1], nav)
    response = office.saksbehandler.post(f"/allocations/{the.allocation}/agreed-order", body)
    assert refused(response)[1] == "inhabil_present"


def inhabil_at(office: Office, item_id: str, caller: Caller) -> None:
    """`caller` is declared inhabil at that item."""
    log = office.installation.case_log
    item = type(log).load(log, AgendaItem, UUID(item_id))
    item.declare_inhabil(
        person=caller.actor.id, unit=caller.actor.unit, ground=InhabilGround.FAMILY, by=by(office.saksbehandler),
        at=office.installation.clock.now(),
    )  # fmt: skip
    log.append(item)


@pytest.mark.parametrize("where", ["in a candidate's case", "at the vacancy's item"])
def test_B05_somebody_declared_inhabil_while_the_order_is_being_stored_is_not_among_those_who_agreed(
    office: Office, where: str
) -> None:
    """The declaration is stored after the command has asked who is inhabil: the save fails, the second try refuses."""
    the, nav = vacancy(office), office.caller("nav")
    item = discussed(office, the, nav)
    load, declared = office.installation.case_log.load, list[str]()

    def meanwhile(kind: Any, id: UUID, **more: Any) -> Any:
        found = load(kind, id, **more)
        if kind is AgendaItem and not declared:
            declared.append(where)
            declare = partial(inhabil_in, office, the.cases[1], nav)
            if where == "at the vacancy's item":
                declare = partial(inhabil_at, office, item, nav)
            with ThreadPoolExecutor(1) as another_request:
                another_request.submit(declare).result()
        return found

    office.installation.case_log.load = meanwhile  # type: ignore[assignment, method-assign]
    try:
        body = {"item": item, "entries": the.entries, "reasons": "Trenger den mest."}
        response = office.saksbehandler.post(f"/allocations/{the.allocation}/agreed-order", body)
    finally:
        del office.installation.case_log.load
    assert refused(response)[1] in ("inhabil_present", "order_not_agreed_together")
    assert stored(office, the.allocation).agreed is None


def test_B05_an_inhabil_saksbehandler_neither_computes_nor_offers(office: Office) -> None:
    the = vacancy(office)
    agreed(office, the)
    inhabil_in(office, the.cases[1], office.saksbehandler)
    office.carry_forward()
    head = office.installation.case_log.head()
    answers = [
        refused(office.saksbehandler.post(f"/allocations/{the.allocation}/{command}", body))
        for command, body in (("computed-order", None), ("offer", {"entry": the.entries[0]}))
    ]
    assert answers == [(403, "not_allowed"), (403, "not_allowed")]
    assert office.installation.case_log.head() == head
    assert [refusal.rules for refusal in office.disclosures("Refused")] == [("LI1_inhabil",)] * 2


def test_M14_nothing_is_offered_before_the_group_has_agreed(office: Office) -> None:
    the = vacancy(office)
    response = office.saksbehandler.post(f"/allocations/{the.allocation}/offer", {"entry": the.entries[0]})
    assert refused(response) == (409, "nothing_agreed")


def test_M14_an_offer_goes_to_the_next_in_order_with_seven_days_to_answer(office: Office) -> None:
    the = vacancy(office)
    agreed(office, the, order=the.entries[::-1])
    response = office.saksbehandler.post(f"/allocations/{the.allocation}/offer", {"entry": the.entries[0]})
    assert refused(response) == (409, "not_next_in_order")
    answer = office.saksbehandler.do(f"/allocations/{the.allocation}/offer", {"entry": the.entries[1]})
    assert answer["answer_by"] == "2027-01-19"


def test_M14_after_a_decline_with_its_reason_the_next_is_asked(office: Office) -> None:
    the = vacancy(office)
    offered(office, the)
    decline = f"/allocations/{the.allocation}/offer/decline"
    assert refused(office.saksbehandler.post(decline, {"reason": "weather"})) == (422, "unknown_code")
    assert office.saksbehandler.do(decline, {"reason": "too_small"})["consequence"] == "keeps_place"
    declined = office.installation.case_log.load(WaitingListEntry, UUID(the.entries[0]))
    assert declined.is_waiting
    office.saksbehandler.do(f"/allocations/{the.allocation}/offer", {"entry": the.entries[1]})
    assert office.saksbehandler.do(f"/allocations/{the.allocation}/offer/acceptance")["state"] == "accepted"


def test_M14_who_has_left_since_is_passed_over(office: Office) -> None:
    the = vacancy(office)
    agreed(office, the)
    office.saksbehandler.do(f"/waiting-list/{the.entries[0]}/leaving", {"reason": "withdrawn"})
    office.saksbehandler.do(f"/allocations/{the.allocation}/offer", {"entry": the.entries[1]})
    assert stored(office, the.allocation).offer is not None


def test_M14_an_offer_lapses_from_the_day_after_the_last_day_to_answer(office: Office) -> None:
    the = vacancy(office)
    offered(office, the)
    lapse = f"/allocations/{the.allocation}/offer/lapse"
    assert refused(office.saksbehandler.post(lapse)) == (409, "answer_date_not_passed")
    office.set_clock(office.installation.clock.now().replace(day=20))
    assert office.saksbehandler.do(lapse)["state"] == "agreed"


def test_M14_an_offer_is_withdrawn_and_the_next_asked(office: Office) -> None:
    the = vacancy(office)
    offered(office, the)
    office.saksbehandler.do(f"/allocations/{the.allocation}/offer/withdrawal", {"reason": "offered_in_error"})
    office.saksbehandler.do(f"/allocations/{the.allocation}/offer", {"entry": the.entries[1]})


def test_M14_nothing_is_taken_back_once_the_lease_is_signed(office: Office) -> None:
    the = vacancy(office)
    offered(office, the)
    office.saksbehandler.do(f"/allocations/{the.allocation}/offer/acceptance")
    office.saksbehandler.do("/tenancies", {"allocation": the.allocation, **THREE_YEARS, **NOTICES})
    withdrawal = f"/allocations/{the.allocation}/offer/withdrawal"
    response = office.saksbehandler.post(withdrawal, {"reason": "lease_not_signed"})
    assert refused(response) == (409, "dwelling_not_reserved")


def test_M14_a_closed_allocation_lets_go_of_the_dwelling(office: Office) -> None:
    the = vacancy(office)
    office.saksbehandler.do(f"/allocations/{the.allocation}/closing", {"reason": "nobody_left"})
    assert office.installation.case_log.load(Dwelling, UUID(the.dwelling)).state is DwellingState.VACANT


def test_M14_only_the_saksbehandler_allocates(office: Office) -> None:
    the = vacancy(office)
    response = office.caller("nav").post(f"/allocations/{the.allocation}/offer", {"entry": the.entries[0]})
    assert refused(response) == (403, "saksbehandler_only")
