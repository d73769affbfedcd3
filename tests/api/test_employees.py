"""The directory of employees over HTTP: who is let in, in which seat, and who keeps it (M02, D16)."""

from typing import Any
from uuid import uuid4

import pytest
from httpx2 import Response

from domain.actors import Role
from tests.api import givens
from tests.api.office import Caller, Office

SOMEBODY = {"unit": "nav", "role": "employee", "name": "Ansatt Eksempelsen", "email": "ansatt@eksempel.invalid"}
DIRECTORY = frozenset(
    {"register_employee", "correct_employee", "record_leaving", "record_return", "give_seat", "end_seat"}
)


def refused(response: Response) -> tuple[int, str]:
    return response.status_code, response.json()["type"].removeprefix("/problems/")


def newcomer(unit: str = "nav", role: str = "employee") -> dict[str, Any]:
    return {**SOMEBODY, "employee": str(uuid4()), "unit": unit, "role": role}


def seat(office: Office, who: Caller, unit: str, role: str = "employee", **dates: str) -> str:
    """One more seat for somebody."""
    body = {"unit": unit, "role": role, **dates}
    given: str = office.saksbehandler.do(f"/employees/{who.id}/seats", body)["seat"]
    return given


def test_S1_M02_somebody_who_has_left_does_nothing_any_more_and_it_is_logged(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    colleague, nav = office.caller("service_og_tildeling", Role.SAKSBEHANDLER), talk.group.nav
    assert nav.get(f"/cases/{talk.case}").status_code == 200
    for gone in (colleague, nav):
        office.saksbehandler.do(f"/employees/{gone.id}/leaving")
    head = office.installation.case_log.head()

    answers = [
        colleague.post("/applications", office.application()),
        colleague.post(f"/cases/{talk.case}/responsibility", {"responsible": colleague.id, "reason": "absence"}),
        colleague.post(f"/working-group/members/{nav.id}/release", {"out_from": "2027-01-12"}),
        colleague.post(f"/meetings/{talk.meeting}/closing"),
        nav.get(f"/cases/{talk.case}"),
    ]

    assert [refused(answer) for answer in answers] == [(403, "no_longer_employed")] * 5
    assert office.installation.case_log.head() == head
    stopped = [(event.operation, event.rules, event.by.actor) for event in office.disclosures("RefusedAtDoor")]
    rules, who = ("M02_no_longer_employed",), colleague.actor.id
    assert stopped == [
        ("receive_application", rules, who),
        ("assign_responsibility", rules, who),
        ("release_member", rules, who),
        ("close_meeting", rules, who),
        ("show_case", rules, nav.actor.id),
    ]


def test_D16_who_is_in_no_directory_is_told_that_and_nothing_else_and_it_is_logged(office: Office) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]
    stranger = givens.unregistered(office)

    for answer in (stranger.get(f"/cases/{case}"), stranger.get(f"/cases/{uuid4()}"), stranger.post("/dwellings", {})):
        assert refused(answer) == (403, "no_access_yet")
        assert answer.json()["detail"] == "Du har ikke tilgang til Husrom ennå."
    assert [event.rules for event in office.disclosures("RefusedAtDoor")] == [("D16_in_no_directory",)] * 3


def test_C05_a_reviewer_sees_who_was_stopped_at_the_door(office: Office) -> None:
    stranger, gone = givens.unregistered(office), office.caller("nav")
    office.saksbehandler.do(f"/employees/{gone.id}/leaving")
    for caller in (stranger, gone):
        caller.get("/cases")

    lines = office.caller("personvern", Role.REVIEWER).get("/access-log").json()["items"]

    shown = [(line["what"], line["purpose"], line["unit"], line["role"], line["case"]) for line in lines]
    assert shown == [
        ("refused_at_door", "list_cases", "nav", "employee", None),
        ("refused_at_door", "list_cases", "unknown", None, None),
    ]
    assert lines[0]["actor"] == gone.id
    assert stranger.id not in str(lines)


def test_D16_a_subject_of_any_form_stands_for_whom_it_is_linked_to(office: Office) -> None:
    nav = office.caller("nav")
    subject = "k7Yx-pairwise/0412"
    known_as = givens.unregistered(office, subject)
    assert refused(known_as.get("/meetings")) == (403, "no_access_yet")

    login = office.saksbehandler.do(f"/employees/{nav.id}/logins", {"subject": subject})["login"]
    assert known_as.get("/meetings").status_code == 200
    stored = str([recorded.event for recorded in office.installation.case_log.after(0, 1000)])
    assert subject not in stored

    office.saksbehandler.do(f"/employees/{nav.id}/logins/{login}/unlinking")
    assert refused(known_as.get("/meetings")) == (403, "no_access_yet")


def test_D16_a_login_stands_for_one_employee_only(office: Office) -> None:
    one, other = office.caller("nav"), office.caller("nav")
    office.saksbehandler.do(f"/employees/{one.id}/logins", {"subject": "kari"})

    for subject in ("kari", one.id):
        taken = office.saksbehandler.post(f"/employees/{other.id}/logins", {"subject": subject})
        assert refused(taken) == (409, "login_taken")
    body = newcomer()
    office.saksbehandler.do(f"/employees/{one.id}/logins", {"subject": body["employee"]})
    assert refused(office.saksbehandler.post("/employees", body)) == (409, "login_taken")


def test_D16_an_employee_id_typed_wrong_is_not_a_way_in_for_whose_it_is(office: Office) -> None:
    """The id that somebody was registered under is their first login; it can be taken away like any other."""
    typed_wrong = office.caller("nav")

    office.saksbehandler.do(f"/employees/{typed_wrong.id}/logins/{typed_wrong.id}/unlinking")

    assert refused(typed_wrong.get("/meetings")) == (403, "no_access_yet")


def test_D16_with_several_seats_the_request_says_which(office: Office) -> None:
    nav = office.caller("nav")
    second = seat(office, nav, "psykisk_helse")

    asked = nav.get("/meetings")
    assert refused(asked) == (422, "seat_not_named")
    assert f"Psykisk helse (ansatt): {second}" in asked.json()["detail"]
    assert nav.get("/meetings", **{"Husrom-Seat": second}).status_code == 200


def test_D16_a_seat_that_is_not_ones_own_is_refused_and_logged(office: Office) -> None:
    nav, other = office.caller("nav"), office.caller("psykisk_helse")
    of_another = seat(office, other, "nav")

    for named in (of_another, str(uuid4()), "nav"):
        assert refused(nav.get("/meetings", **{"Husrom-Seat": named})) == (403, "seat_not_yours")
    assert [event.rules for event in office.disclosures("RefusedAtDoor")] == [("D16_seat_not_held",)] * 3


def test_D16_a_seat_opens_from_its_first_day_to_its_last(office: Office) -> None:
    office.set_clock(givens.FIRST_MEETING)
    nav = office.caller("nav")
    first = office.saksbehandler.get(f"/employees/{nav.id}").json()["seats"][0]["seat"]
    office.saksbehandler.do(f"/employees/{nav.id}/seats/{first}/ending", {"out_from": "2027-01-12"})
    assert refused(nav.get("/meetings")) == (403, "no_access_yet")

    seat(office, nav, "psykisk_helse", valid_from="2027-01-13")
    assert refused(nav.get("/meetings")) == (403, "no_access_yet")
    office.set_clock(givens.FIRST_MEETING.replace(day=13))
    assert nav.get("/meetings").status_code == 200


def test_D16_a_machine_is_what_the_directory_says_and_may_what_its_token_says(office: Office) -> None:
    form = office.caller("service_og_tildeling", Role.MACHINE, scopes=frozenset({"receive_application"}))
    person = office.caller("nav", scopes=frozenset({"receive_application"}))

    assert form.post("/applications", office.application()).status_code == 201
    assert refused(form.get("/cases")) == (403, "scope_missing")
    assert refused(person.post("/applications", office.application())) == (403, "saksbehandler_only")


def test_S2_D16_a_leader_keeps_nothing_in_the_directory(office: Office) -> None:
    leader, colleague = office.caller("nav", Role.LEADER), office.caller("service_og_tildeling", Role.SAKSBEHANDLER)

    for path, body in (
        ("/employees", newcomer("service_og_tildeling", "saksbehandler")),
        (f"/employees/{colleague.id}/leaving", None),
        (f"/employees/{colleague.id}/seats", {"unit": "nav", "role": "employee"}),
    ):
        assert refused(leader.post(path, body)) == (403, "directory_not_yours")
    assert refused(leader.get(f"/employees/{colleague.id}")) == (403, "directory_not_yours")


def test_D16_nobody_changes_her_own_seats(office: Office) -> None:
    own = office.saksbehandler
    first = own.get(f"/employees/{own.id}").json()["seats"][0]["seat"]

    for path, body in (
        (f"/employees/{own.id}/seats", {"unit": "nav", "role": "employee"}),
        (f"/employees/{own.id}/seats/{first}/ending", {"out_from": "2027-01-12"}),
        (f"/employees/{own.id}/seats/{first}/corrections", {"unit": "nav", "role": "employee"}),
        (f"/employees/{own.id}/logins", {"subject": "kari"}),
        (f"/employees/{own.id}/leaving", None),
    ):
        assert refused(own.post(path, body)) == (403, "own_entry")


@pytest.mark.parametrize("role", ["leader", "reviewer", "machine", "system"])
def test_D16_a_saksbehandler_makes_nobody_a_leader_or_a_reviewer(office: Office, role: str) -> None:
    somebody = office.caller("nav")

    assert refused(office.saksbehandler.post("/employees", newcomer("nav", role))) == (403, "seat_not_yours_to_give")
    response = office.saksbehandler.post(f"/employees/{somebody.id}/seats", {"unit": "nav", "role": role})
    assert refused(response) == (403, "seat_not_yours_to_give")


def test_D16_the_personnel_machine_keeps_the_directory_and_nothing_else(office: Office) -> None:
    personnel = office.caller("personal", Role.MACHINE, scopes=DIRECTORY)
    too_wide = office.caller("personal", Role.MACHINE, scopes=DIRECTORY | {"list_cases"})

    leader = newcomer("nav", "leader")
    assert personnel.post("/employees", leader).status_code == 201
    assert personnel.post(f"/employees/{leader['employee']}/leaving").status_code == 200
    assert refused(too_wide.post("/employees", newcomer())) == (403, "scope_too_wide")


def test_S2_D16_a_leaving_recorded_by_mistake_is_taken_back(office: Office) -> None:
    nav = office.caller("nav")
    office.saksbehandler.do(f"/employees/{nav.id}/leaving")
    assert refused(nav.get("/meetings")) == (403, "no_longer_employed")

    office.saksbehandler.do(f"/employees/{nav.id}/return", {"unit": "nav", "role": "employee"})

    assert nav.get("/meetings").status_code == 200


def test_D16_a_wrong_entry_is_corrected(office: Office) -> None:
    nav = office.caller("nav")
    entry = office.saksbehandler.get(f"/employees/{nav.id}").json()
    first = entry["seats"][0]["seat"]
    right = {"unit": "psykisk_helse", "role": "employee", "valid_from": "2026-01-01"}

    office.saksbehandler.do(f"/employees/{nav.id}/seats/{first}/corrections", right)
    office.saksbehandler.do(f"/employees/{nav.id}/corrections", {"name": "Rett Navn"})

    corrected = office.saksbehandler.get(f"/employees/{nav.id}").json()
    assert corrected["seats"] == [{"seat": first, **right, "valid_to": None}]
    assert corrected["etag"] != entry["etag"]


def test_D16_who_is_asked_with_several_seats_is_asked_in_one_of_them(office: Office) -> None:
    group = givens.appointed_group(office)
    both = office.caller("botjenesten")
    seat(office, both, "nav")
    body = {"member": both.id, "valid_from": "2026-12-01"}

    assert refused(group.saksbehandler.post("/working-group/members", body)) == (409, "several_seats")
    assert group.saksbehandler.do("/working-group/members", {**body, "unit": "nav"})["unit"] == "nav"


def test_M02_an_employee_leaves_once(office: Office) -> None:
    gone = office.caller("nav")
    office.saksbehandler.do(f"/employees/{gone.id}/leaving")
    givens.assert_refused(
        office, office.saksbehandler, f"/employees/{gone.id}/leaving", None, status=409, code="employee_already_gone"
    )


def test_M02_only_who_keeps_the_directory_records_that_somebody_left(office: Office) -> None:
    colleague = office.caller("nav")
    for somebody in (office.caller("nav").id, str(uuid4())):
        response = colleague.post(f"/employees/{somebody}/leaving")
        assert refused(response) == (403, "directory_not_yours")


def test_S3_M09_a_member_sees_what_the_consent_gives_the_unit_that_she_was_appointed_for(office: Office) -> None:
    talk = givens.item_at_open_meeting(office, "psykisk_helse", "nav")
    member = talk.group.nav
    other = seat(office, member, "tekniske_tjenester")
    own = office.saksbehandler.get(f"/employees/{member.id}").json()["seats"][0]["seat"]

    assert member.get(f"/cases/{talk.case}", **{"Husrom-Seat": own}).status_code == 200
    assert refused(member.get(f"/cases/{talk.case}", **{"Husrom-Seat": other})) == (404, "not_found")
    assert refused(member.get(f"/agenda-items/{talk.item}", **{"Husrom-Seat": other})) == (404, "not_found")


def test_S3_M15_a_task_is_seen_from_the_seat_that_it_was_given_to(office: Office) -> None:
    talk = givens.discussed(office)
    assignee = talk.group.nav
    body = {"assignee": assignee.id, "due_on": "2027-03-01", "what": "Ringer.", "vedtak_track": None}
    path, conclusion = f"/agenda-items/{talk.item}/conclusion", givens.conclusion_body(talk, tasks=[body])
    task = office.saksbehandler.do(path, conclusion)["follow_ups"][0]
    other = seat(office, assignee, "psykisk_helse")
    own = office.saksbehandler.get(f"/employees/{assignee.id}").json()["seats"][0]["seat"]

    for named, expected in ((other, 404), (own, 200)):
        answer = assignee.post(f"/follow-ups/{task}/progress", {"note": "Ringt."}, Husrom_Seat=named)
        assert answer.status_code == expected, answer.text
