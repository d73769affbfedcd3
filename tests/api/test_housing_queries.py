"""Reading the waiting list, allocations, dwellings and leases."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from domain.cases.application import ApplicationKind
from domain.cases.case import Case
from domain.group.agenda_item import AgendaItem
from domain.housing.waiting_list_entry import LeavingReason, WaitingListEntry
from tests.api.office import Caller, Office
from tests.projections.story import NAV, Story


def nav(office: Office, story: Story) -> Caller:
    return office.caller("nav", id=story.nav)


def waiting(caller: Caller, query: str = "") -> dict[str, Any]:
    page: dict[str, Any] = caller.get(f"/waiting-list{query}").json()
    return page


def several(story: Story, number: int) -> list[WaitingListEntry]:
    """As many as that on the list; the one who came first has waited longest."""
    entries = []
    for _ in range(number):
        entries.append(story.granted_dwelling()[1])
        story.pass_days(1)
    story.office.clock.set(story.at)  # type: ignore[attr-defined]  # the demo's clock can be set
    return entries


def test_B06_the_list_stands_in_the_order_of_the_guidelines_and_says_why(office: Office, story: Story) -> None:
    _, first_come = story.granted_dwelling("Prøve Først", without_dwelling=False)
    _, without = story.granted_dwelling("Prøve Uten", without_dwelling=True)
    rows = waiting(office.saksbehandler)["items"]
    assert [(row["rank"], row["entry"], row["name"]) for row in rows] == [
        (1, str(without.id), "Prøve Uten"), (2, str(first_come.id), "Prøve Først"),
    ]  # fmt: skip
    assert [row["separated_by"] for row in rows] == [None, "without_dwelling"]
    assert rows[0]["facts"][0]["value"] is True


def test_M14_places_are_numbers_so_that_two_comes_before_ten(office: Office, story: Story) -> None:
    entries = several(story, 11)
    rows = waiting(office.saksbehandler)["items"]
    assert [row["rank"] for row in rows] == list(range(1, 12))
    assert [row["entry"] for row in rows] == [str(entry.id) for entry in entries]


def test_M14_places_move_up_when_somebody_leaves_and_nothing_is_skipped(office: Office, story: Story) -> None:
    entries = several(story, 4)
    page = waiting(office.saksbehandler, "?limit=2")
    for entry in entries[:2]:
        entry.leave(reason=LeavingReason.WITHDRAWN, by=story.by, at=story.at)
        story.store(entry)
    rest = waiting(office.saksbehandler, f"?limit=2&cursor={page['next']}")
    assert [(row["rank"], row["entry"]) for row in rest["items"]] == [
        (1, str(entries[2].id)), (2, str(entries[3].id)),
    ]  # fmt: skip


def test_R08_everybody_on_a_page_of_the_list_stands_in_the_log(office: Office, story: Story) -> None:
    entries = several(story, 3)
    waiting(office.saksbehandler)
    logged = office.disclosures("ListViewed")[-1]
    assert set(logged.subjects) == {entry.person for entry in entries}
    assert set(logged.cases) == {entry.case for entry in entries}


def test_D4_the_list_is_empty_for_who_has_nothing_to_do_with_anybody_on_it(office: Office, story: Story) -> None:
    story.granted_dwelling()
    assert waiting(office.caller("tekniske_tjenester")) == {"items": [], "next": None}


def test_M12_a_paused_place_is_no_place(office: Office, story: Story) -> None:
    _, entry = story.granted_dwelling()
    entry.pause(reason="own_wish", by=story.by, at=story.at)  # type: ignore[arg-type]
    story.store(entry)
    assert waiting(office.saksbehandler)["items"] == []


def test_B07_an_allocation_shows_the_computed_order_and_the_groups(office: Office, story: Story) -> None:
    _, second = story.granted_dwelling("Prøve To", without_dwelling=False)
    _, first = story.granted_dwelling("Prøve En", without_dwelling=True)
    allocation = story.allocation(story.dwelling(), second, first)
    story.offer(allocation, first)
    shown = office.saksbehandler.get(f"/allocations/{allocation.id}").json()
    places = shown["computed"]["places"]
    assert [(p["place"], p["name"], p["separated_by"]) for p in places] == [
        (1, "Prøve En", None), (2, "Prøve To", "without_dwelling"),
    ]  # fmt: skip
    assert shown["agreed"]["entries"] == [str(first.id), str(second.id)]
    assert shown["agreed"]["differs"] is False
    assert shown["offered_to"] == str(first.id)


def test_B06_two_candidates_are_compared_with_what_would_swap_them(office: Office, story: Story) -> None:
    _, a = story.granted_dwelling(without_dwelling=True, must_move_soon=False)
    _, b = story.granted_dwelling(without_dwelling=True, must_move_soon=True)
    allocation = story.allocation(story.dwelling(), a, b)
    path = f"/allocations/{allocation.id}/comparison"
    shown = office.saksbehandler.get(f"{path}?a={a.id}&b={b.id}").json()
    assert (shown["ahead"], shown["behind"], shown["by"]) == (str(b.id), str(a.id), "must_move_soon")
    assert shown["equal_on"] == ["without_dwelling"]
    assert (shown["ahead_answer"], shown["behind_answer"]) == (True, False)
    assert office.saksbehandler.get(f"{path}?a={a.id}&b={uuid4()}").status_code == 404


def test_D4_an_allocation_does_not_show_to_who_may_see_none_of_its_candidates(office: Office, story: Story) -> None:
    _, entry = story.granted_dwelling()
    allocation = story.allocation(story.dwelling(), entry)
    assert office.caller("nav").get(f"/allocations/{allocation.id}").status_code == 404


def test_B05_who_is_inhabil_for_one_candidate_sees_nothing_of_the_comparison(office: Office, story: Story) -> None:
    story.members()
    case, one = story.granted_dwelling("Prøve En")
    _, other = story.granted_dwelling("Prøve To")
    allocation = story.allocation(story.dwelling(), one, other)
    item = office.installation.case_log.load(AgendaItem, office.installation.case_log.items_of(case.id)[0])
    item.declare_inhabil(person=story.nav, unit=NAV, ground="family", by=story.by, at=story.at)  # type: ignore[arg-type]
    story.store(item)
    response = nav(office, story).get(f"/allocations/{allocation.id}")
    assert response.status_code == 403
    assert "Prøve" not in response.text


def test_M20_care_dwellings_show_to_service_og_tildeling_only(office: Office, story: Story) -> None:
    ordinary, care = story.dwelling(), story.dwelling(care_housing=True)
    theirs = nav(office, story).get("/dwellings").json()["items"]
    ours = office.saksbehandler.get("/dwellings").json()["items"]
    assert [row["dwelling"] for row in theirs] == [str(ordinary.id)]
    assert {row["dwelling"] for row in ours} == {str(ordinary.id), str(care.id)}


def test_D3_the_list_of_dwellings_says_nothing_of_where_they_are(office: Office, story: Story) -> None:
    story.dwelling()
    assert "Testgata" not in office.saksbehandler.get("/dwellings?state=vacant").text


def lease_ending_in(story: Story, days: int, case: Case | None = None) -> Any:
    return story.lease(
        case or story.case("Prøve Leietaker"), story.dwelling(), ends_on=story.today + timedelta(days=days),
        starts_on=story.today - timedelta(days=1200),
    )  # fmt: skip


def test_M18_every_lease_within_six_months_of_its_end_is_listed_application_or_not(
    office: Office, story: Story
) -> None:
    soon, later, far = (lease_ending_in(story, days) for days in (30, 170, 300))
    applied = story.case("Prøve Søker")
    lease = lease_ending_in(story, 100, applied)
    application = story.application(applied, ApplicationKind.EXTENSION, tenancy=lease.id)
    lease.apply_for_extension(application=application.id, case=applied.id, by=story.by, at=story.at)
    story.store(lease)
    rows = office.saksbehandler.get("/leases-ending").json()["items"]
    assert [row["tenancy"] for row in rows] == [str(t.id) for t in (soon, lease, later)]
    assert [row["application"] for row in rows] == [None, str(application.id), None]
    assert str(far.id) not in str(rows)


def test_M18_a_colleague_sees_that_a_lease_ends_and_not_whose(office: Office, story: Story) -> None:
    lease = lease_ending_in(story, 30)
    colleague = office.caller("service_og_tildeling", role=office.saksbehandler.actor.role)
    (row,) = colleague.get("/leases-ending").json()["items"]
    assert (row["tenancy"], row["ends_on"]) == (str(lease.id), str(lease.ends_on))
    assert (row["case"], row["person"], row["name"]) == (None, None, None)


def test_D4_leases_of_cases_that_do_not_open_are_not_listed_for_the_group(office: Office, story: Story) -> None:
    lease_ending_in(story, 30)
    assert nav(office, story).get("/leases-ending").json() == {"items": [], "next": None}


def test_M19_a_tenancy_shows_where_and_until_when(office: Office, story: Story) -> None:
    lease = lease_ending_in(story, 30)
    response = office.saksbehandler.get(f"/tenancies/{lease.id}")
    shown = response.json()
    assert (shown["address"], shown["name"]) == ("Testgata 9", "Prøve Leietaker")
    assert shown["ends_on"] == str(lease.ends_on)
    assert response.headers["ETag"] == shown["etag"]
    assert "address.street" in office.disclosures("Viewed")[-1].fields
    assert nav(office, story).get(f"/tenancies/{lease.id}").status_code == 404
