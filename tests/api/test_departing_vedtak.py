"""A vedtak that departs from the group's conclusion: listed for its next meeting, and told there (B08, M08, M13)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api import givens
from tests.api.decision_givens import Applied, inhabil_in, issued
from tests.api.givens import Talk
from tests.api.office import Office
from tests.api.rulebooks import choose

WHY = "Søkeren har fått bolig et annet sted."


@pytest.fixture
def departed(office: Office) -> tuple[Talk, str]:
    """The group recommended a dwelling; the vedtak refuses it, with the reason."""
    return departing(office)


def departing(office: Office) -> tuple[Talk, str]:
    talk, answer = givens.concluded(office)
    case = office.saksbehandler.get(f"/cases/{talk.case}").json()
    about = Applied(case["applications"][0]["application"], talk.case, case["person"])
    vedtak = issued(office, about, answer["conclusion"], "dwelling", "refuse", departs_because=WHY)["vedtak"]
    return talk, vedtak


def listed(office: Office, who: Any, meeting: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = who.get(f"/meetings/{meeting}/departures").json()["items"]
    return rows


def open_next(office: Office, talk: Talk) -> str:
    """The next meeting has begun."""
    office.saksbehandler.do(f"/agenda-items/{talk.item}/minutes", {"facts": "Fakta.", "assessment": "Vurdering."})
    office.set_clock(office.installation.clock.now() + timedelta(days=28))
    office.saksbehandler.do(f"/meetings/{talk.group.meetings[1]}/opening")
    return talk.group.meetings[1]


def test_B08_a_departure_is_listed_for_the_next_meeting_until_it_is_told(
    office: Office, departed: tuple[Talk, str]
) -> None:
    talk, vedtak = departed
    coming = talk.group.meetings[1]
    (row,) = listed(office, office.saksbehandler, coming)
    assert (row["vedtak"], row["departs_because"], row["told_at"]) == (vedtak, WHY, None)
    open_next(office, talk)
    body = {"meeting": coming, "told": [talk.group.saksbehandler.id, talk.group.nav.id]}
    office.saksbehandler.do(f"/vedtak/{vedtak}/departure/telling", body)
    assert [row["told_at"] for row in listed(office, office.saksbehandler, coming)] == [coming]
    assert listed(office, office.saksbehandler, talk.group.meetings[2]) == []


def test_B08_members_who_were_called_to_the_case_read_why_within_the_consent(
    office: Office, departed: tuple[Talk, str]
) -> None:
    talk, _ = departed
    coming = talk.group.meetings[1]
    assert [row["departs_because"] for row in listed(office, talk.group.nav, coming)] == [WHY]
    assert listed(office, talk.group.tekniske_tjenester, coming) == []
    assert listed(office, office.caller("nav"), coming) == []


def test_M08_who_hears_of_a_departure_has_been_told(office: Office, departed: tuple[Talk, str]) -> None:
    talk, vedtak = departed
    before = len(office.disclosures("ToldInMeeting"))
    body = {"meeting": open_next(office, talk), "told": [talk.group.saksbehandler.id, talk.group.nav.id]}
    office.saksbehandler.do(f"/vedtak/{vedtak}/departure/telling", body)
    told = office.disclosures("ToldInMeeting")[before:]
    assert {str(one.told) for one in told} == {talk.group.saksbehandler.id, talk.group.nav.id}
    assert {str(one.meeting) for one in told} == {talk.group.meetings[1]}


def test_B08_the_group_is_told_once_at_a_meeting_that_goes_on(office: Office, departed: tuple[Talk, str]) -> None:
    talk, vedtak = departed
    path, coming = f"/vedtak/{vedtak}/departure/telling", talk.group.meetings[1]
    body = {"meeting": coming, "told": [talk.group.nav.id]}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="meeting_not_open")
    open_next(office, talk)
    stranger = {"meeting": coming, "told": [office.caller("nav").id]}
    givens.assert_refused(office, office.saksbehandler, path, stranger, status=403, code="not_called")
    givens.assert_refused(office, talk.group.nav, path, body, status=403, code="not_allowed")
    office.saksbehandler.do(path, body)
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="departure_already_told")


def test_LI1_who_is_inhabil_in_the_case_does_not_hear_of_it(office: Office, departed: tuple[Talk, str]) -> None:
    talk, vedtak = departed
    body = {"meeting": open_next(office, talk), "told": [talk.group.nav.id]}
    inhabil_in(office, talk.case, talk.group.nav)
    path = f"/vedtak/{vedtak}/departure/telling"
    givens.assert_refused(office, office.saksbehandler, path, body, status=403, code="not_called")


def test_M09_after_a_withdrawal_nobody_else_hears_of_it(office: Office, departed: tuple[Talk, str]) -> None:
    talk, vedtak = departed
    body = {"meeting": open_next(office, talk), "told": [talk.group.nav.id]}
    office.saksbehandler.do(f"/cases/{talk.case}/consent/withdrawal")
    path = f"/vedtak/{vedtak}/departure/telling"
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="consent_missing")
    assert listed(office, talk.group.nav, talk.group.meetings[1]) == []


def test_B08_where_the_municipality_keeps_it_nothing_is_listed_or_told(office: Office) -> None:
    choose(office, departure_is_told_to_group=False)
    talk, vedtak = departing(office)
    assert listed(office, office.saksbehandler, talk.group.meetings[1]) == []
    body = {"meeting": open_next(office, talk), "told": [talk.group.nav.id]}
    path = f"/vedtak/{vedtak}/departure/telling"
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="departures_stay_here")


def test_B08_a_vedtak_that_follows_the_conclusion_is_not_listed(office: Office) -> None:
    talk, answer = givens.concluded(office)
    case = office.saksbehandler.get(f"/cases/{talk.case}").json()
    about = Applied(case["applications"][0]["application"], talk.case, case["person"])
    vedtak = issued(office, about, answer["conclusion"], "dwelling")["vedtak"]
    assert listed(office, office.saksbehandler, talk.group.meetings[1]) == []
    body = {"meeting": open_next(office, talk), "told": [talk.group.nav.id]}
    path = f"/vedtak/{vedtak}/departure/telling"
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="departure_not_for_group")


def test_R08_a_meeting_that_is_not_there_has_no_departures(office: Office) -> None:
    response = office.saksbehandler.get("/meetings/3f2b9c1e-5d0a-4b7e-9c44-0d1f6a2b8e70/departures")
    assert response.status_code == 404
