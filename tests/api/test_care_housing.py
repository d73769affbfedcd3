"""Care housing over HTTP: Service og tildeling maps, asks, decides and keeps its lists; nobody else knows of it (M20)."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from domain.access.disclosure import Disclosure
from domain.actors import Role
from tests.api.care_givens import NEEDS, SECRET, care_case, map_needs, question
from tests.api.decision_givens import Applied, applied, draft_of
from tests.api.givens import (
    assert_refused,
    consent,
    employee,
)
from tests.api.office import Caller, Office


@pytest.fixture(autouse=True)
def _on_a_tuesday(office: Office) -> None:
    office.set_clock(datetime(2027, 1, 12, 9, tzinfo=UTC))


def granted(office: Office, about: Applied) -> str:
    """A vedtak that grants care housing."""
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "care_housing"})
    vedtak: str = office.saksbehandler.do("/vedtak", draft_of(about, None, "care_housing"))["vedtak"]
    office.saksbehandler.do(f"/vedtak/{vedtak}/issue", {"facts_settled": True})
    return vedtak


def notified(office: Office, vedtak: str) -> str:
    """The last day to appeal once the party is told on the Tuesday."""
    body = {"channel": "digital", "notified_on": "2027-01-12"}
    return str(office.saksbehandler.do(f"/vedtak/{vedtak}/notification", body)["appeal_deadline"])


def overview(office: Office, path: str = "overview") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = office.saksbehandler.get(f"/care-housing/{path}").json()["items"]
    return rows


def outsiders(office: Office) -> list[Caller]:
    """Everybody but a saksbehandler at Service og tildeling and a machine."""
    units = ("psykisk_helse", "nav", "tekniske_tjenester", "integreringstjenesten", "botjenesten", "hjemmetjenesten")
    members = [office.caller(unit) for unit in units]
    leaders = [office.caller(unit, Role.LEADER) for unit in (*units, "service_og_tildeling")]
    other = office.caller("nav", Role.SAKSBEHANDLER), office.caller("personvern", Role.REVIEWER)
    return [*members, *leaders, *other, office.caller("service_og_tildeling")]


def test_M20_the_overview_shows_needs_of_housing_and_of_health_and_care_services(office: Office) -> None:
    about = care_case(office)
    map_needs(office, about.case)
    (row,) = overview(office)
    assert (row["case"], row["housing"], row["because_of"]) == (about.case, "round_the_clock_place", ["dementia"])
    assert row["services"] == ["home_nursing", "night_supervision"]
    assert (row["about_housing"], row["about_services"]) == (NEEDS["about_housing"], NEEDS["about_services"])
    assert (row["name"], row["next_step"]) == ("Prøve Eksempelsen", "draft_vedtak")


def test_M20_an_applicant_nobody_has_mapped_stands_first_and_says_so(office: Office) -> None:
    mapped, urgent = care_case(office), care_case(office)
    map_needs(office, mapped.case, urgency="can_wait")
    map_needs(office, urgent.case)
    new = care_case(office)
    assert [row["case"] for row in overview(office)] == [new.case, urgent.case, mapped.case]
    assert overview(office)[0]["next_step"] == "map_care_needs"
    assert overview(office)[0]["housing"] is None


def test_M20_everybody_on_the_overview_stands_in_the_disclosure_log(office: Office) -> None:
    cases = {care_case(office).case for _ in range(3)}
    overview(office)
    (seen,) = [view for view in office.disclosures("ListViewed") if view.view == "care_housing"]
    assert {str(case) for case in seen.cases} == cases


def test_M20_a_colleagues_applicants_are_on_no_overview_but_hers(office: Office) -> None:
    care_case(office)
    assert office.caller("service_og_tildeling", Role.SAKSBEHANDLER).get("/care-housing/overview").json()["items"] == []


def test_M20_a_case_that_is_closed_leaves_the_overview(office: Office) -> None:
    about = care_case(office)
    office.saksbehandler.do(f"/applications/{about.application}/withdrawal")
    office.saksbehandler.do(f"/cases/{about.case}/closing", {"reason": "withdrawn"})
    assert overview(office) == []


def test_M20_a_case_about_an_ordinary_dwelling_is_not_mapped_here(office: Office) -> None:
    about = applied(office, "dwelling")
    path = f"/cases/{about.case}/care-needs"
    assert_refused(office, office.saksbehandler, path, NEEDS, status=409, code="not_care_housing")
    assert office.saksbehandler.get(path).status_code == 404
    assert overview(office) == []


def test_M20_a_mapping_without_a_ground_for_care_housing_is_refused(office: Office) -> None:
    path = f"/cases/{care_case(office).case}/care-needs"
    body = {**NEEDS, "because_of": []}
    assert_refused(office, office.saksbehandler, path, body, status=409, code="care_ground_missing")


def test_M20_a_mapping_builds_on_the_one_that_was_read(office: Office) -> None:
    about = care_case(office)
    map_needs(office, about.case)
    path = f"/cases/{about.case}/care-needs"
    read = office.saksbehandler.get(path).json()["etag"]
    office.saksbehandler.do(path, {**NEEDS, "urgency": "can_wait"}, If_Match=read)
    assert office.saksbehandler.post(path, NEEDS, If_Match=read).status_code == 412


def test_M20_hjemmetjenesten_is_asked_within_the_consent_and_stands_as_told(office: Office) -> None:
    about, nurse = care_case(office), employee(office, "hjemmetjenesten")
    consent(office, about.case, "hjemmetjenesten")
    dialogue = office.saksbehandler.do(f"/cases/{about.case}/care-dialogues", question(nurse))
    (told,) = office.disclosures("ToldInDialogue")
    assert (str(told.case), str(told.told), told.unit_told) == (about.case, nurse.id, "hjemmetjenesten")
    assert told.rules == ("M20_asked_about_care_housing", "consent")
    assert overview(office)[0]["open_questions"] == 1
    answer = {"answer": f"{SECRET}: får tilsyn to ganger om dagen."}
    office.saksbehandler.do(f"/care-dialogues/{dialogue['dialogue']}/answer", answer)
    (shown,) = office.saksbehandler.get(f"/cases/{about.case}/care-needs").json()["questions"]
    assert (shown["state"], shown["answer"]) == ("answered", answer["answer"])
    assert overview(office)[0]["open_questions"] == 0


def answered(office: Office) -> Applied:
    """Hjemmetjenesten has told something about the applicant."""
    about, nurse = care_case(office), employee(office, "hjemmetjenesten")
    map_needs(office, about.case)
    body = question(nurse, told_on="fvl_13b_2")
    dialogue = office.saksbehandler.do(f"/cases/{about.case}/care-dialogues", body)["dialogue"]
    office.saksbehandler.do(f"/care-dialogues/{dialogue}/answer", {"answer": "Får tilsyn."})
    return about


def test_LH6_what_hjemmetjenesten_told_is_put_to_the_applicant_before_the_vedtak(office: Office) -> None:
    about = answered(office)
    assert overview(office)[0]["next_step"] == "hear_applicant"
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "care_housing"})
    vedtak = office.saksbehandler.do("/vedtak", draft_of(about, None, "care_housing"))["vedtak"]
    path, body = f"/vedtak/{vedtak}/issue", {"facts_settled": True}
    assert_refused(office, office.saksbehandler, path, body, status=409, code="facts_were_told")
    office.saksbehandler.do(f"/cases/{about.case}/facts", {"facts": "Hjemmetjenesten sier at du får tilsyn."})
    assert overview(office)[0]["next_step"] == "draft_vedtak"
    office.saksbehandler.do(f"/cases/{about.case}/facts/answer", {"answer": "Det stemmer."})
    assert office.saksbehandler.do(path, {})["outcome"] == "grant"


def test_LH6_nobody_says_that_nothing_was_told_when_hjemmetjenesten_has_answered(office: Office) -> None:
    path = f"/cases/{answered(office).case}/facts/none"
    assert_refused(office, office.saksbehandler, path, status=409, code="facts_were_told")


def test_M20_who_was_asked_is_in_the_access_log_and_in_the_replay(office: Office) -> None:
    about, nurse = care_case(office), employee(office, "hjemmetjenesten")
    body = question(nurse, told_on="fvl_13b_2")
    office.saksbehandler.do(f"/cases/{about.case}/care-dialogues", body)
    reviewer = office.caller("personvern", Role.REVIEWER)
    lines = reviewer.get(f"/access-log?case={about.case}").json()["items"]
    (told,) = [line for line in lines if line["what"] == "told_in_dialogue"]
    assert (told["actor"], told["unit"], told["purpose"]) == (nurse.id, "hjemmetjenesten", "care_dialogue")
    assert told["rules"] == ["M20_asked_about_care_housing", "fvl_13b_2"]


def test_M20_being_asked_opens_nothing_in_the_case(office: Office) -> None:
    about, nurse = care_case(office), employee(office, "hjemmetjenesten")
    body = question(nurse, told_on="fvl_13b_3")
    dialogue = office.saksbehandler.do(f"/cases/{about.case}/care-dialogues", body)["dialogue"]
    for path in (f"/cases/{about.case}", f"/cases/{about.case}/care-needs", "/care-housing/overview"):
        assert nurse.get(path).status_code == 404
    answer = {"answer": "Jeg svarer selv."}
    assert_refused(office, nurse, f"/care-dialogues/{dialogue}/answer", answer, status=404, code="not_found")


def test_LC2_hjemmetjenesten_is_not_asked_beyond_the_consent(office: Office) -> None:
    about, nurse = care_case(office), employee(office, "hjemmetjenesten")
    path = f"/cases/{about.case}/care-dialogues"
    assert_refused(office, office.saksbehandler, path, question(nurse), status=409, code="dialogue_not_consented")
    consent(office, about.case, "botjenesten")
    assert_refused(office, office.saksbehandler, path, question(nurse), status=409, code="dialogue_not_consented")
    assert office.disclosures("ToldInDialogue") == []


def test_M20_no_unit_of_the_group_is_asked_about_care_housing(office: Office) -> None:
    about, nav = care_case(office), employee(office, "nav")
    path, body = f"/cases/{about.case}/care-dialogues", question(nav, told_on="fvl_13b_2")
    assert_refused(office, office.saksbehandler, path, body, status=409, code="not_in_care_dialogue")


def test_M20_a_question_has_its_answer_ahead_of_it(office: Office) -> None:
    about, nurse = care_case(office), employee(office, "hjemmetjenesten")
    body = question(nurse, told_on="fvl_13b_2", answer_by="2027-01-11")
    path = f"/cases/{about.case}/care-dialogues"
    assert_refused(office, office.saksbehandler, path, body, status=422, code="day_too_early")


def test_M20_a_question_is_taken_back_once(office: Office) -> None:
    about, nurse = care_case(office), employee(office, "botjenesten")
    body = question(nurse, told_on="fvl_13b_2")
    dialogue = office.saksbehandler.do(f"/cases/{about.case}/care-dialogues", body)["dialogue"]
    office.saksbehandler.do(f"/care-dialogues/{dialogue}/withdrawal")
    path = f"/care-dialogues/{dialogue}/withdrawal"
    assert_refused(office, office.saksbehandler, path, status=409, code="nothing_is_asked")


def test_LO1_granted_places_are_waited_for_in_order_of_urgency_and_then_of_time(office: Office) -> None:
    first, later, urgent = care_case(office), care_case(office), care_case(office)
    for day, (about, urgency) in enumerate([(first, "can_wait"), (urgent, "at_once"), (later, "can_wait")], start=12):
        office.set_clock(datetime(2027, 1, day, 10, tzinfo=UTC))
        map_needs(office, about.case, urgency=urgency)
        office.saksbehandler.do(f"/cases/{about.case}/care-place", {"vedtak": granted(office, about)})
    rows = overview(office, "waiting-list")
    assert [row["case"] for row in rows] == [urgent.case, first.case, later.case]
    assert rows[1]["awaits_place_since"] == "2027-01-12"


def test_LO1_without_a_vedtak_nobody_waits_for_a_place(office: Office) -> None:
    about, other = care_case(office), care_case(office)
    map_needs(office, about.case)
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "care_housing"})
    draft = office.saksbehandler.do("/vedtak", draft_of(about, None, "care_housing"))["vedtak"]
    path, body = f"/cases/{about.case}/care-place", {"vedtak": draft}
    assert_refused(office, office.saksbehandler, path, body, status=409, code="no_care_place_granted")
    map_needs(office, other.case)
    path = f"/cases/{other.case}/care-place"
    assert_refused(office, office.saksbehandler, path, body, status=404, code="not_found")
    assert overview(office, "waiting-list") == []


def test_LO1_the_list_is_left_when_a_place_is_given(office: Office) -> None:
    about = care_case(office)
    map_needs(office, about.case)
    office.saksbehandler.do(f"/cases/{about.case}/care-place", {"vedtak": granted(office, about)})
    path, body = f"/cases/{about.case}/care-place/leaving", {"reason": "got_a_place"}
    office.saksbehandler.do(path, body)
    assert overview(office, "waiting-list") == []
    assert_refused(office, office.saksbehandler, path, body, status=409, code="care_place_not_awaited")


def test_LO2_care_housing_is_appealed_to_statsforvalteren_within_four_weeks(office: Office) -> None:
    about = care_case(office)
    map_needs(office, about.case)
    vedtak = granted(office, about)
    assert notified(office, vedtak) == "2027-02-09"
    part = office.saksbehandler.get(f"/cases/{about.case}").json()["vedtak"][0]
    assert part["basis"]["appeal_body"]["kind"] == "statsforvalteren"
    deadlines = office.saksbehandler.get("/deadlines?kind=appeal").json()["items"]
    assert [(row["subject"], row["due_on"]) for row in deadlines] == [(vedtak, "2027-02-09")]


def test_M20_to_everybody_else_the_overview_is_not_there(office: Office) -> None:
    about = care_case(office)
    map_needs(office, about.case)
    for caller in outsiders(office):
        for path in ("/care-housing/overview", "/care-housing/waiting-list", f"/cases/{about.case}/care-needs"):
            assert caller.get(path).status_code == 404, (caller.actor, path)


def test_M20_what_others_send_about_care_housing_is_answered_as_if_it_were_not_there(office: Office) -> None:
    about = care_case(office)
    for caller in outsiders(office):
        path = f"/cases/{about.case}/care-needs"
        assert_refused(office, caller, path, NEEDS, status=404, code="not_found")
        body = question(caller, told_on="fvl_13b_2")
        assert_refused(office, caller, f"/cases/{about.case}/care-dialogues", body, status=404, code="not_found")


def test_LG1_the_unit_leader_gets_numbers_and_none_that_a_small_one_can_be_computed_from(office: Office) -> None:
    for _ in range(5):
        map_needs(office, care_case(office).case)
    map_needs(office, care_case(office).case, housing="with_staffing", services=[])
    leader = office.caller("service_og_tildeling", Role.LEADER)
    told = leader.get("/care-housing/counts").json()
    assert told["housing"]["with_staffing"] == "<5"
    assert "x" in (told["applicants"], told["not_mapped"], *told["housing"].values())
    assert told["services"]["home_nursing"] == 5
    exact = office.saksbehandler.get("/care-housing/counts").json()
    assert (exact["applicants"], exact["not_mapped"], exact["urgency"]["at_once"]) == (6, 0, 6)
    assert exact["housing"] == {"without_staffing": 0, "with_staffing": 1, "round_the_clock_place": 5}


def test_M20_no_other_leader_and_no_member_gets_even_the_numbers(office: Office) -> None:
    for caller in outsiders(office):
        if (caller.actor.role, caller.actor.unit) != (Role.LEADER, "service_og_tildeling"):
            assert caller.get("/care-housing/counts").status_code == 404


def test_M20_being_told_in_a_dialogue_is_written_once_however_often_it_is_tried(office: Office) -> None:
    about, nurse = care_case(office), employee(office, "hjemmetjenesten")
    body = question(nurse, told_on="fvl_13b_2")
    answers = [
        office.saksbehandler.post(f"/cases/{about.case}/care-dialogues", body, key="the-same").json() for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert len(office.disclosures(Disclosure.ToldInDialogue.__name__)) == 1


def test_R10_a_look_for_the_needs_of_a_case_that_is_not_there_or_is_an_ordinary_one_leaves_a_line(
    office: Office,
) -> None:
    ordinary = applied(office, "dwelling").case
    for case in (str(uuid4()), ordinary):
        before = len(office.disclosures("Refused"))
        assert office.saksbehandler.get(f"/cases/{case}/care-needs").status_code == 404
        assert len(office.disclosures("Refused")) == before + 1
