"""The comparison over HTTP, for those who agree on it: each candidate within consent, until it is settled (M14, B05)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.actors import SERVICE_OG_TILDELING
from domain.housing.allocation import Allocation
from domain.housing.ranking import ComputedOrder, Ranked, Standing
from domain.refusals import NotAllowedError, NotFoundError
from tests.api import givens
from tests.api.decision_givens import inhabil_in
from tests.api.office import Caller, Office

PLACE_ALONE: dict[str, Any] = {
    "entry": None, "case": None, "person": None, "name": None, "registered_on": None, "effective_from": None,
    "facts": [], "need": None, "separated_by": None, "withheld": [],
}  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """A vacancy on the first meeting's agenda, and its candidates in order; the last one has not consented."""

    group: givens.Group
    allocation: str
    item: str
    cases: tuple[str, ...]


@pytest.fixture
def the(office: Office) -> Compared:
    group = givens.called_group(office)
    people = [office.saksbehandler.do("/applications", office.application()) for _ in range(3)]
    for person in people[:2]:
        givens.consent(office, person["case"])
    allocation = givens.vacancy_among(office, *people)
    body = {"matter": "vacancy", "allocation": allocation}
    item = office.saksbehandler.do(f"/meetings/{group.meetings[0]}/agenda-items", body)["item"]
    return Compared(group, allocation, item, tuple(person["case"] for person in people))


def places(caller: Caller, the: Compared) -> list[dict[str, Any]]:
    response = caller.get(f"/allocations/{the.allocation}")
    assert response.status_code == 200, response.text
    shown: list[dict[str, Any]] = response.json()["computed"]["places"]
    return shown


def status(caller: Caller, the: Compared) -> int:
    return caller.get(f"/allocations/{the.allocation}").status_code


def open_meeting(office: Office, the: Compared) -> None:
    office.set_clock(givens.FIRST_MEETING)
    office.saksbehandler.do(f"/meetings/{the.group.meetings[0]}/opening")


def settled(office: Office, the: Compared) -> None:
    """Nav and Service og tildeling have talked about the vacancy and are done."""
    open_meeting(office, the)
    givens.present(office, the.item, the.group.saksbehandler, the.group.nav)
    for step in ("discussion", "discussion/closing"):
        office.saksbehandler.do(f"/agenda-items/{the.item}/{step}")
    office.saksbehandler.do(f"/agenda-items/{the.item}/settlement", {})


def test_M14_a_member_called_to_the_vacancy_sees_who_is_compared_within_consent(office: Office, the: Compared) -> None:
    first, second, third = places(the.group.nav, the)
    assert (first["case"], second["case"]) == the.cases[:2]
    assert {first["name"], second["name"]} == {"Prøve Eksempelsen"}
    assert third == {"place": 3, **PLACE_ALONE}
    looked = office.disclosures("ListViewed")[-1]
    assert {str(case) for case in looked.cases} == set(the.cases[:2])
    assert looked.rules == ("M14_compared_at_item_called_to",)


def test_M14_what_a_unit_is_not_to_hear_is_left_out_of_the_comparison(office: Office, the: Compared) -> None:
    nav, technical = places(the.group.nav, the), places(the.group.tekniske_tjenester, the)
    assert technical[0]["name"] == nav[0]["name"]
    assert technical[1]["separated_by"] is None
    response = the.group.tekniske_tjenester.get(f"/cases/{the.cases[0]}").json()
    assert response["kinds"] == ["household", "housing", "identity"]


def test_M14_the_comparison_opens_no_case_file(office: Office, the: Compared) -> None:
    shown = the.group.nav.get(f"/cases/{the.cases[0]}").json()
    assert shown["applicant"]["name"] == "Prøve Eksempelsen"
    assert shown["applicant"]["address"] is None
    assert (shown["applications"], shown["consent"], shown["pre_assessment"]) == ([], None, None)


def test_M14_who_is_not_called_to_it_does_not_know_it_is_there(office: Office, the: Compared) -> None:
    assert status(office.caller("nav"), the) == 404


def test_M14_where_nobody_has_consented_there_are_only_places(office: Office) -> None:
    group = givens.called_group(office)
    allocation = givens.vacancy_among(office, office.saksbehandler.do("/applications", office.application()))
    body = {"matter": "vacancy", "allocation": allocation}
    office.saksbehandler.do(f"/meetings/{group.meetings[0]}/agenda-items", body)
    shown = group.nav.get(f"/allocations/{allocation}").json()
    assert shown["computed"]["places"] == [{"place": 1, **PLACE_ALONE}]


def test_M09_a_withdrawal_leaves_the_place_and_takes_the_rest(office: Office, the: Compared) -> None:
    office.saksbehandler.do(f"/cases/{the.cases[0]}/consent/withdrawal")
    first, second, _ = places(the.group.nav, the)
    assert first == {"place": 1, **PLACE_ALONE}
    assert second["case"] == the.cases[1]


def test_B05_inhabil_for_one_candidate_sees_none_of_them(office: Office, the: Compared) -> None:
    inhabil_in(office, the.cases[2], the.group.nav)
    assert status(the.group.nav, the) == 403
    with pytest.raises(NotAllowedError, match="B05_inhabil_for_one_compared"):
        givens.may_read(office, the.group.nav, the.cases[0])
    assert the.group.nav.get(f"/agenda-items/{the.item}").status_code == 403


def test_B05_inhabil_declared_at_the_item_ends_it_at_once(office: Office, the: Compared) -> None:
    the.group.nav.do(f"/agenda-items/{the.item}/inhabil", {"ground": "family"})
    assert status(the.group.nav, the) == 403
    assert the.group.nav.get(f"/meetings/{the.group.meetings[0]}/agenda").json()["items"] == []
    with pytest.raises(NotAllowedError):
        givens.may_read(office, the.group.nav, the.cases[0])
    assert status(the.group.psykisk_helse, the) == 200


def test_LI3_a_substitute_at_the_vacancy_compares_in_the_inhabils_place(office: Office, the: Compared) -> None:
    substitute = givens.employee(office, "nav")
    body = {"person": the.group.nav.id, "ground": "family", "substitute": substitute.id}
    office.saksbehandler.do(f"/agenda-items/{the.item}/inhabil", body)
    assert places(substitute, the)[0]["case"] == the.cases[0]
    open_meeting(office, the)
    givens.present(office, the.item, the.group.saksbehandler, substitute)
    office.saksbehandler.do(f"/agenda-items/{the.item}/discussion")
    rules = {line.rules for line in office.disclosures("ToldInMeeting") if str(line.told) == substitute.id}
    assert rules == {("M08_in_the_room", "LI3_substitute_at_item_until_minutes_approved")}


def test_M03_a_guest_at_the_vacancy_compares_there_and_sees_nothing_else(office: Office, the: Compared) -> None:
    other = givens.on_agenda(office, the.group.meetings[0], givens.case_ready_for_meeting(office))
    guest = givens.employee(office, "botjenesten")
    office.saksbehandler.do(f"/agenda-items/{the.item}/guests", {"guest": guest.id})
    assert places(guest, the)[0]["case"] == the.cases[0]
    rows = guest.get(f"/meetings/{the.group.meetings[0]}/agenda").json()["items"]
    assert [row["item"] for row in rows] == [the.item]
    assert guest.get(f"/agenda-items/{other}").status_code == 404


def test_M14_the_comparison_is_over_when_the_item_is_settled(office: Office, the: Compared) -> None:
    settled(office, the)
    assert status(the.group.nav, the) == 404
    with pytest.raises(NotFoundError):
        givens.may_read(office, the.group.nav, the.cases[0])


def test_M08_whoever_is_in_the_room_is_told_of_those_who_have_consented(office: Office, the: Compared) -> None:
    settled(office, the)
    told = {(str(line.told), str(line.case)) for line in office.disclosures("ToldInMeeting")}
    owner, nav = the.group.saksbehandler.id, the.group.nav.id
    assert told == {(owner, case) for case in the.cases} | {(nav, case) for case in the.cases[:2]}


def test_M08_who_came_into_the_order_during_the_talk_was_talked_about_too(office: Office, the: Compared) -> None:
    open_meeting(office, the)
    givens.present(office, the.item, the.group.saksbehandler, the.group.nav)
    office.saksbehandler.do(f"/agenda-items/{the.item}/discussion")
    newcomer = office.saksbehandler.do("/applications", office.application())
    givens.consent(office, newcomer["case"])
    order = recomputed_with(office, the, newcomer)
    body = {"item": the.item, "entries": [str(entry) for entry in order]}
    office.saksbehandler.do(f"/allocations/{the.allocation}/agreed-order", body)
    told = [str(line.told) for line in office.disclosures("ToldInMeeting") if str(line.case) == newcomer["case"]]
    assert set(told) == {the.group.saksbehandler.id, the.group.nav.id}


def recomputed_with(office: Office, the: Compared, newcomer: dict[str, Any]) -> tuple[UUID, ...]:
    """The order with one more candidate, at its end."""
    allocation: Allocation = givens.stored(office, Allocation, the.allocation)
    before, today = allocation.computations[-1], givens.BEFORE.date()
    standing = Standing(
        entry=uuid4(), case=UUID(newcomer["case"]), person=UUID(newcomer["person"]), registered_on=today,
        effective_from=today, facts=(),
    )  # fmt: skip
    ranked = (*before.order.ranked, Ranked(standing=standing, separated_by=None))
    order, by = ComputedOrder(ranked=ranked, unfit=()), givens.by(office.saksbehandler)
    allocation.compute(order=order, rulebook_version=before.rulebook_version, by=by, at=office.installation.clock.now())
    office.installation.case_log.append(allocation)
    return order.entries


def test_M07_the_minutes_of_a_vacancy_hold_general_reasons_and_nobodys_case(office: Office, the: Compared) -> None:
    settled(office, the)
    body = {"facts": "To rom i første etasje.", "assessment": "Den som venter uten bolig, går foran."}
    office.saksbehandler.do(f"/agenda-items/{the.item}/minutes", body)
    office.saksbehandler.do(f"/agenda-items/{the.item}/minutes/approval", {"revision": 1})
    shown = office.saksbehandler.get(f"/agenda-items/{the.item}").json()
    assert shown["minutes"] == [{"revision": 1, "approved": True, "in_force": True, **body}]
    assert (shown["case"], shown["person"]) == (None, None)
    assert office.disclosures("ListViewed")[-1].view == "vacancy_item"
    # A member sees the item until its minutes are approved; a stranger never does.
    assert the.group.nav.get(f"/agenda-items/{the.item}").status_code == 403
    assert office.caller("nav").get(f"/agenda-items/{the.item}").status_code == 404


def test_M03_a_guest_reads_the_minutes_of_a_vacancy_until_they_are_approved(office: Office, the: Compared) -> None:
    guest = givens.employee(office, "botjenesten")
    office.saksbehandler.do(f"/agenda-items/{the.item}/guests", {"guest": guest.id})
    settled(office, the)
    office.saksbehandler.do(f"/agenda-items/{the.item}/minutes", {"facts": "To rom.", "assessment": "Haster mest."})
    assert guest.get(f"/agenda-items/{the.item}").json()["minutes"][0]["assessment"] == "Haster mest."
    office.saksbehandler.do(f"/agenda-items/{the.item}/minutes/approval", {"revision": 1})
    assert guest.get(f"/agenda-items/{the.item}").status_code == 403


def test_B05_an_inhabil_saksbehandler_sees_nothing_of_the_vacancy(office: Office, the: Compared) -> None:
    inhabil_in(office, the.cases[1], office.saksbehandler)
    assert office.saksbehandler.actor.unit == SERVICE_OG_TILDELING
    assert office.saksbehandler.get(f"/agenda-items/{the.item}").status_code == 403
    assert status(office.saksbehandler, the) == 403
