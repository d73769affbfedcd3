"""Looking at orders: why one before another and what would swap them, what if, and one candidate's own reasons."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.decisions.vedtak_rules import Outcome
from domain.housing.allocation import Allocation
from services.rulebooks import Rulebooks, read_rulebook
from tests.api.decision_givens import (
    A_TUESDAY,
    Vacancy,
    agreed,
    applied,
    concluded,
    drafted,
    inhabil_in,
    issued,
    offered,
    refused,
    vacancy,
    vacant,
    waiting,
)
from tests.api.givens import assert_refused
from tests.api.office import Caller, Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

FIRST_RULES = Path(__file__).parents[2] / "config" / "rulebooks" / "2026-01-01.toml"
NEXT_DAY = date(2027, 1, 13)


def why(caller: Caller, the: Vacancy, first: int = 0, second: int = 1) -> Any:
    pair = f"first={the.entries[first]}&second={the.entries[second]}"
    return caller.get(f"/allocations/{the.allocation}/why?{pair}")


def new_guidelines(office: Office, folder: Path) -> None:
    """From tomorrow another file applies, in which whoever must move soon goes first."""
    text = FIRST_RULES.read_text(encoding="utf-8")
    text = text.replace('"2026-01-01"', '"2027-01-13"').replace("valid_from = 2026-01-01", "valid_from = 2027-01-13")
    first, second = 'code = "without_dwelling"', 'code = "must_move_soon"'
    text = text.replace(first, "code = X").replace(second, first).replace("code = X", second)
    (folder / "new.toml").write_text(text, encoding="utf-8")
    new = read_rulebook(folder / "new.toml")
    office.installation.rulebooks = Rulebooks.of(*office.installation.rulebooks.oldest_first, new)


def heads(office: Office) -> int:
    return office.installation.case_log.head()


def test_B06_why_names_what_separates_with_the_events_the_guidelines_and_what_would_swap_them(office: Office) -> None:
    the = vacancy(office)
    shown = why(office.saksbehandler, the, 1, 0).json()
    assert (shown["by"], shown["text"]) == ("without_dwelling", "Er uten bolig eller bor midlertidig")
    assert shown["ahead"]["event"] == {"aggregate": the.entries[0], "version": 1}
    assert (shown["ahead"]["answer"], shown["behind"]["answer"]) == (True, False)
    assert shown["rulebook_version"] == "2026-01-01"
    alone_enough = the.entries[1] < the.entries[0]
    changes = [(change["entry"], change["criterion"], change["to"]) for change in shown["swaps"]]
    assert changes == (
        [(the.entries[1], "without_dwelling", True), (the.entries[0], "without_dwelling", False)]
        if alone_enough
        else []
    )
    assert shown["no_single_change_swaps"] is not alone_enough


def test_B06_a_fact_that_was_changed_later_is_shown_as_it_was_when_the_order_was_computed(office: Office) -> None:
    the = vacancy(office)
    office.set_clock(A_TUESDAY + timedelta(minutes=5))
    source = str(uuid4())
    body = {"answers": {"without_dwelling": True}, "need": {"adults": 1}, "source": source}
    office.saksbehandler.do(f"/waiting-list/{the.entries[0]}/facts", body)
    then = why(office.saksbehandler, the).json()["ahead"]
    office.saksbehandler.do(f"/allocations/{the.allocation}/computed-order")
    now = why(office.saksbehandler, the).json()["ahead"]
    assert (then["event"]["version"], now["event"]["version"]) == (1, 2)
    assert (then["source"] != source, now["source"] == source) == (True, True)


def test_B06_two_alike_are_told_what_single_change_would_do(office: Office) -> None:
    first, _ = waiting(office, answers={"without_dwelling": True})
    second, _ = waiting(office, answers={"without_dwelling": True})
    path = f"/waiting-list/why?area=centre&rooms=2&first={first}&second={second}"
    shown = office.saksbehandler.get(path).json()
    assert shown["by"] == "entry_id"
    assert "effective_date" in {change["criterion"] for change in shown["swaps"]}
    assert any(change["to"] is None for change in shown["swaps"])


def test_B06_who_may_not_see_both_is_told_nothing(office: Office) -> None:
    the = vacancy(office)
    assert refused(why(office.caller("nav"), the)) == (404, "not_found")
    unknown = office.saksbehandler.get(f"/allocations/{the.allocation}/why?first={the.entries[0]}&second={uuid4()}")
    assert refused(unknown) == (404, "not_found")


def test_B06_who_is_not_in_the_order_is_not_compared_and_the_answer_says_where_to_look(office: Office) -> None:
    large, _ = waiting(office, wishes={"rooms_at_least": 5})
    the = vacancy(office)
    path = f"/allocations/{the.allocation}/why?first={the.entries[0]}&second={large}"
    assert refused(office.saksbehandler.get(path)) == (409, "not_in_order")


def test_B05_who_is_inhabil_for_one_sees_no_order_at_all(office: Office) -> None:
    the = vacancy(office)
    inhabil_in(office, the.cases[1], office.saksbehandler)
    entry = the.entries[0]
    answers = [
        refused(office.saksbehandler.get(path))
        for path in (
            f"/dwellings/{the.dwelling}/proposal",
            "/waiting-list/proposal?area=centre&rooms=2",
            f"/allocations/{the.allocation}/reasons?entry={entry}",
        )
    ]
    assert answers == [(403, "not_allowed")] * 3
    assert refused(why(office.saksbehandler, the))[0] == 403


def test_M14_a_proposal_stores_no_event_and_stands_in_the_log_as_a_list(office: Office) -> None:
    first, _ = waiting(office, answers={"without_dwelling": True})
    second, _ = waiting(office, answers={"without_dwelling": False})
    home = vacant(office)
    before = heads(office)
    shown = office.saksbehandler.get(f"/dwellings/{home}/proposal").json()
    assert [(place["place"], place["entry"], place["was"]) for place in shown["places"]] == [
        (1, first, 1), (2, second, 2),
    ]  # fmt: skip
    assert shown["places"][0]["name"] == "Prøve Eksempelsen"
    assert heads(office) == before
    assert (office.disclosures("ListViewed")[-1].view, len(office.disclosures("ListViewed")[-1].subjects)) == (
        "proposal", 2,
    )  # fmt: skip


def test_B06_everybody_on_the_list_has_a_place_or_every_reason_why_not(office: Office) -> None:
    paused, _ = waiting(office)
    large, _ = waiting(office, wishes={"rooms_at_least": 4, "areas": ["north"]})
    crowd, _ = waiting(office, household={"adults": 2, "children": 2, "children_part_time": 1})
    fits, _ = waiting(office)
    office.saksbehandler.do(f"/waiting-list/{paused}/pause", {"reason": "own_wish"})
    shown = office.saksbehandler.get("/waiting-list/proposal?area=centre&rooms=2").json()
    assert [place["entry"] for place in shown["places"]] == [fits]
    assert {row["entry"]: set(row["reasons"]) for row in shown["not_in_order"]} == {
        paused: {"paused"}, large: {"too_few_rooms", "other_area"}, crowd: {"household_too_large"},
    }  # fmt: skip


def test_M14_lift_and_pets_count_where_they_are_known(office: Office) -> None:
    entry, _ = waiting(office, wishes={"lift": True, "pets": True})
    profile = "/waiting-list/proposal?area=centre&rooms=2&floor=3"
    known = office.saksbehandler.get(f"{profile}&lift=false&pets=false").json()
    assert known["not_in_order"] == [{"entry": entry, "reasons": ["no_lift", "no_pets"]}]
    assert office.saksbehandler.get(profile).json()["places"][0]["entry"] == entry


def test_M14_what_if_an_answer_changed_shows_the_new_places_and_the_old(office: Office) -> None:
    first, _ = waiting(office, answers={"without_dwelling": True})
    second, _ = waiting(office, answers={"without_dwelling": False, "must_move_soon": True})
    before = heads(office)
    path = f"/waiting-list/proposal?area=centre&rooms=2&entry={second}&criterion=without_dwelling&answer=true"
    shown = office.saksbehandler.get(path).json()
    assert [(place["entry"], place["was"]) for place in shown["places"]] == [(second, 2), (first, 1)]
    assert heads(office) == before


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("criterion=without_dwelling&answer=true", "what_if_incomplete"),
        ("entry={entry}&criterion=without_dwelling&answer=maybe", "what_if_incomplete"),
        ("entry={entry}&criterion=effective_date&answer=soon", "what_if_incomplete"),
        ("entry={entry}&criterion=shoe_size&answer=42", "unknown_criterion"),
        ("guidelines_on=2001-01-01", "no_guidelines_then"),
    ],
)
def test_M14_a_what_if_that_says_nothing_is_refused(office: Office, query: str, code: str) -> None:
    entry, _ = waiting(office)
    path = f"/waiting-list/proposal?area=centre&rooms=2&{query.format(entry=entry)}"
    assert refused(office.saksbehandler.get(path)) == (422, code)


def test_M14_only_the_saksbehandler_tries_orders_out(office: Office) -> None:
    home = vacant(office)
    for path in (f"/dwellings/{home}/proposal", "/waiting-list/proposal?area=centre&rooms=2"):
        assert refused(office.caller("nav").get(path)) == (403, "saksbehandler_only")


def test_D11_new_guidelines_give_another_order_from_their_date_and_an_agreed_one_keeps_its_version(
    office: Office, tmp_path: Path
) -> None:
    homeless, _ = waiting(office, answers={"without_dwelling": True, "must_move_soon": False})
    moving, _ = waiting(office, answers={"without_dwelling": False, "must_move_soon": True})
    home = vacant(office)
    allocation = office.saksbehandler.do("/allocations", {"dwelling": home})["allocation"]
    office.carry_forward()
    office.saksbehandler.do(f"/allocations/{allocation}/computed-order")
    the = Vacancy(home, allocation, (homeless, moving), ())
    agreed(office, the)
    new_guidelines(office, tmp_path)
    tried = office.saksbehandler.get(f"/dwellings/{home}/proposal?guidelines_on=2027-01-13").json()
    assert [(p["entry"], p["was"]) for p in tried["places"]] == [(moving, 2), (homeless, 1)]
    office.set_clock(A_TUESDAY + timedelta(days=1))
    today = office.saksbehandler.get(f"/dwellings/{home}/proposal").json()
    assert (today["rulebook_version"], today["places"][0]["entry"]) == ("2027-01-13", moving)
    kept = why(office.saksbehandler, the).json()
    assert (kept["ahead"]["entry"], kept["rulebook_version"]) == (homeless, "2026-01-01")


def test_B07_computing_anew_adds_an_order_and_removes_none(office: Office, tmp_path: Path) -> None:
    the = vacancy(office)
    agreed(office, the)
    new_guidelines(office, tmp_path)
    office.set_clock(A_TUESDAY + timedelta(days=1))
    office.carry_forward()
    office.saksbehandler.do(f"/allocations/{the.allocation}/computed-order")
    found = office.installation.case_log.load(Allocation, UUID(the.allocation))
    assert [each.rulebook_version for each in found.computations] == ["2026-01-01", "2027-01-13"]
    assert found.agreed is not None
    assert [str(entry) for entry in found.agreed.entries] == list(the.entries)


def test_LW1_the_reasons_for_one_candidate_name_nobody_else(office: Office) -> None:
    the = vacancy(office, candidates=3)
    offered(office, the)
    office.saksbehandler.do(f"/allocations/{the.allocation}/offer/decline", {"reason": "too_small"})
    response = office.saksbehandler.get(f"/allocations/{the.allocation}/reasons?entry={the.entries[0]}")
    shown = response.json()
    assert (shown["computed_place"], shown["candidates"], shown["agreed_place"]) == (1, 3, 1)
    assert (shown["rulebook_version"], shown["group_departed"]) == ("2026-01-01", False)
    assert (shown["answers"][0]["criterion"], shown["answers"][0]["answer"]) == ("without_dwelling", True)
    assert shown["answers"][0]["event"] == {"aggregate": the.entries[0], "version": 1}
    assert shown["offer"] == {"state": "declined", "reason": "too_small"}
    others = [*the.entries[1:], *the.cases[1:], "Prøve"]
    assert not [other for other in others if other in response.text]
    assert office.disclosures("Viewed")[-1].purpose == "allocation_reasons"


def test_LW1_the_reasons_say_where_the_group_departed_from_the_computed_order(office: Office) -> None:
    the = vacancy(office)
    agreed(office, the, order=the.entries[::-1])
    shown = office.saksbehandler.get(f"/allocations/{the.allocation}/reasons?entry={the.entries[0]}").json()
    assert (shown["computed_place"], shown["agreed_place"], shown["group_departed"]) == (1, 2, True)


def test_LW1_who_was_in_no_order_is_told_every_reason(office: Office) -> None:
    large, _ = waiting(office, wishes={"rooms_at_least": 5})
    the = vacancy(office)
    shown = office.saksbehandler.get(f"/allocations/{the.allocation}/reasons?entry={large}").json()
    assert (shown["computed_place"], shown["not_in_order"]) == (None, ["too_few_rooms"])


def test_LW1_reasons_open_with_the_case_and_to_nobody_else(office: Office) -> None:
    the = vacancy(office)
    path = f"/allocations/{the.allocation}/reasons?entry={the.entries[0]}"
    assert refused(office.caller("nav").get(path)) == (404, "not_found")
    colleague = office.caller("service_og_tildeling", office.saksbehandler.actor.role)
    assert refused(colleague.get(path)) == (403, "not_allowed")
    later, _ = waiting(office)
    assert refused(office.saksbehandler.get(path.replace(the.entries[0], later))) == (404, "not_found")


def test_M14_a_place_shows_both_dates_with_the_events_that_said_so(office: Office) -> None:
    entry, _ = waiting(office)
    body = {"effective_from": "2026-10-01", "because": "Søknaden lå for lenge hos en annen enhet."}
    office.saksbehandler.do(f"/waiting-list/{entry}/effective-date", body)
    shown = office.saksbehandler.get(f"/waiting-list/{entry}").json()
    assert (shown["registered_on"], shown["registered_by"]["version"]) == ("2027-01-12", 1)
    assert (shown["effective_from"], shown["effective_by"]["version"]) == ("2026-10-01", 2)
    assert shown["facts"][0]["event"] == {"aggregate": entry, "version": 1}
    assert refused(office.caller("nav").get(f"/waiting-list/{entry}")) == (404, "not_found")


def again(office: Office, person_of: str, **placement: Any) -> dict[str, Any]:
    """The same person applies anew and is granted a dwelling."""
    number = {"identity_number": person_of, "name": "Prøve Eksempelsen"}
    about = applied(office, "dwelling", applicant=number)
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    return issued(office, about, conclusion, "dwelling", issue={"placement": placement})


def test_M14_a_new_place_after_leaving_counts_from_its_own_registration_and_shows_the_old_one(office: Office) -> None:
    body = office.application()
    number = body["applicant"]["identity_number"]
    old = again(office, number)["waiting_list_entry"]
    office.saksbehandler.do(f"/waiting-list/{old}/leaving", {"reason": "withdrawn"})
    office.set_clock(A_TUESDAY + timedelta(days=30))
    new = again(office, number)["waiting_list_entry"]
    shown = office.saksbehandler.get(f"/waiting-list/{new}").json()
    assert (shown["registered_on"], shown["effective_from"]) == ("2027-02-11", "2027-02-11")
    assert shown["earlier"] == [
        {"entry": old, "registered_on": "2027-01-12", "effective_from": "2027-01-12", "left_because": "withdrawn"}
    ]


def test_M14_another_date_from_the_start_takes_a_reason_and_is_an_event_of_its_own(office: Office) -> None:
    number = office.application()["applicant"]["identity_number"]
    placement = {"effective_from": "2026-10-01", "effective_because": "Sto på listen fram til i høst."}
    entry = again(office, number, **placement)["waiting_list_entry"]
    shown = office.saksbehandler.get(f"/waiting-list/{entry}").json()
    assert (shown["registered_on"], shown["effective_from"]) == ("2027-01-12", "2026-10-01")
    assert (shown["registered_by"]["version"], shown["effective_by"]["version"]) == (1, 2)


def test_M14_another_date_from_the_start_without_a_reason_is_refused(office: Office) -> None:
    about = applied(office, "dwelling")
    vedtak = drafted(office, about, concluded(office, about, dwelling=Outcome.GRANT), "dwelling")
    body = {"placement": {"effective_from": "2026-10-01"}}
    path = f"/vedtak/{vedtak}/issue"
    assert_refused(office, office.saksbehandler, path, body, status=409, code="effective_date_reason_missing")


def test_M14_a_new_vedtak_never_drops_a_moved_date_in_silence(office: Office) -> None:
    about = applied(office, "dwelling")
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    first = issued(office, about, conclusion, "dwelling")
    move = {"effective_from": "2026-10-01", "because": "Søknaden lå hos feil kommune."}
    office.saksbehandler.do(f"/waiting-list/{first['waiting_list_entry']}/effective-date", move)
    new = drafted(office, about, conclusion, "dwelling", replaces=first["vedtak"], reversal_ground="not_to_detriment")
    body: dict[str, Any] = {"replaced_because": "Husstanden er blitt større."}
    path = f"/vedtak/{new}/issue"
    assert_refused(office, office.saksbehandler, path, body, status=409, code="effective_date_unsaid")
    placement = {"effective_from": "2026-10-01", "effective_because": "Datoen fra det gamle vedtaket står."}
    entry = office.saksbehandler.do(path, {**body, "placement": placement})["waiting_list_entry"]
    assert office.saksbehandler.get(f"/waiting-list/{entry}").json()["effective_from"] == "2026-10-01"


def test_D11_the_limits_of_fit_come_from_the_rulebook_of_the_day(office: Office) -> None:
    crowd, _ = waiting(office, household={"adults": 2, "children": 3})
    rules = office.installation.rulebooks.oldest_first[0]
    roomy = replace(rules, version="roomy", valid_from=NEXT_DAY, fit=replace(rules.fit, persons_per_room=3))
    office.installation.rulebooks = Rulebooks.of(rules, roomy)
    path = "/waiting-list/proposal?area=centre&rooms=2"
    assert office.saksbehandler.get(path).json()["not_in_order"][0]["reasons"] == ["household_too_large"]
    office.set_clock(A_TUESDAY + timedelta(days=1))
    assert office.saksbehandler.get(path).json()["places"][0]["entry"] == crowd
