"""Somebody is away: who stands in has her cases, and without a stand-in they are on everybody's list (D4)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.actors import SERVICE_OG_TILDELING, Role
from tests.api import givens
from tests.api.care_givens import care_case
from tests.api.decision_givens import A_TUESDAY, a_task, applied, concluded, issued, refused
from tests.api.office import Caller, Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")


@dataclass(frozen=True)
class Colleagues:
    """Who is away, with a case of hers, and two others."""

    absent: Caller
    stand_in: Caller
    third: Caller
    case: str


@pytest.fixture
def the(office: Office) -> Colleagues:
    stand_in, third = (givens.employee(office, SERVICE_OG_TILDELING, Role.SAKSBEHANDLER) for _ in range(2))
    return Colleagues(office.saksbehandler, stand_in, third, applied(office).case)


def days(the: Colleagues, stand_in: Caller | None) -> dict[str, Any]:
    """From today and a week on."""
    dates = {"from_day": "2027-01-12", "last_day": "2027-01-19"}
    return {"absent": the.absent.id, "stand_in": stand_in.id if stand_in else None, **dates}


def waiting(caller: Caller) -> list[str]:
    """The cases without saksbehandler, as somebody sees them."""
    return [row["case"] for row in caller.get("/cases?whose=unassigned").json()["items"]]


def test_D4_who_stands_in_has_the_case_on_those_days_and_no_longer(office: Office, the: Colleagues) -> None:
    assert refused(the.stand_in.get(f"/cases/{the.case}")) == (403, "not_allowed")
    the.absent.do("/absences", days(the, the.stand_in))
    assert the.stand_in.get(f"/cases/{the.case}").status_code == 200
    assert office.disclosures("Viewed")[-1].rules == ("stands_in_for_responsible_saksbehandler",)
    assert [row["case"] for row in the.stand_in.get("/cases").json()["items"]] == [the.case]
    the.stand_in.do(f"/cases/{the.case}/consent/refusal")
    assert refused(the.third.get(f"/cases/{the.case}")) == (403, "not_allowed")
    office.set_clock(A_TUESDAY + timedelta(days=8))
    assert refused(the.stand_in.get(f"/cases/{the.case}")) == (403, "not_allowed")


def test_D4_nobody_names_herself_stand_in(office: Office, the: Colleagues) -> None:
    assert refused(the.stand_in.post("/absences", days(the, the.stand_in))) == (403, "access_for_oneself")
    absence = the.absent.do("/absences", days(the, None))["absence"]
    response = the.stand_in.post(f"/absences/{absence}/stand-in", {"stand_in": the.stand_in.id})
    assert refused(response) == (403, "access_for_oneself")
    the.third.do(f"/absences/{absence}/stand-in", {"stand_in": the.stand_in.id})
    assert the.stand_in.get(f"/cases/{the.case}").status_code == 200


def test_D4_another_stand_in_takes_the_place_and_whoever_is_back_has_her_cases_alone(
    office: Office, the: Colleagues
) -> None:
    absence = the.absent.do("/absences", days(the, the.stand_in))["absence"]
    the.absent.do(f"/absences/{absence}/stand-in", {"stand_in": the.third.id})
    assert refused(the.stand_in.get(f"/cases/{the.case}")) == (403, "not_allowed")
    assert the.third.get(f"/cases/{the.case}").status_code == 200
    the.absent.do(f"/absences/{absence}/ending")
    assert refused(the.third.get(f"/cases/{the.case}")) == (403, "not_allowed")
    assert refused(the.absent.post(f"/absences/{absence}/ending")) == (409, "absence_over")


def test_D4_the_case_of_somebody_who_is_away_without_stand_in_is_on_everybodys_list(
    office: Office, the: Colleagues
) -> None:
    assert waiting(the.third) == []
    absence = the.absent.do("/absences", days(the, None))["absence"]
    (row,) = the.third.get("/cases?whose=unassigned").json()["items"]
    assert (row["case"], row["name"], row["deadline"]) == (the.case, None, "2027-02-12")
    todo = [each for each in the.third.get("/my-day").json()["items"] if each["section"] == "unassigned"]
    assert [(each["case"], each["due_on"]) for each in todo] == [(the.case, "2027-02-12")]
    the.third.do(f"/absences/{absence}/stand-in", {"stand_in": the.stand_in.id})
    assert waiting(the.third) == []


def sections(caller: Caller) -> set[tuple[str, str]]:
    """What is to be done today, and in which case."""
    return {(todo["section"], todo["case"]) for todo in caller.get("/my-day").json()["items"]}


def test_D4_the_deadlines_of_whoever_is_away_are_the_stand_ins_on_those_days_and_no_longer(
    office: Office, the: Colleagues
) -> None:
    def deadlines(caller: Caller) -> set[str]:
        return {row["case"] for row in caller.get("/deadlines").json()["items"]}

    assert deadlines(the.stand_in) == set()
    the.absent.do("/absences", {**days(the, the.stand_in), "from_day": "2027-01-13"})
    assert deadlines(the.stand_in) == set()
    office.set_clock(A_TUESDAY + timedelta(days=7))
    assert (deadlines(the.stand_in), deadlines(the.third)) == ({the.case}, set())
    office.set_clock(A_TUESDAY + timedelta(days=8))
    assert deadlines(the.stand_in) == set()


def test_D4_everything_that_whoever_is_away_would_have_to_do_is_in_the_stand_ins_day(
    office: Office, the: Colleagues
) -> None:
    about, care = applied(office, "assistance"), care_case(office)
    task = replace(a_task(office, about, assignee=the.absent), due_on=date(2027, 1, 21))
    issued(office, about, concluded(office, about, tasks=(task,)), "assistance")
    expected = {("own_task", about.case), ("care_housing", care.case), ("case", the.case)}
    assert expected <= sections(the.absent)
    the.absent.do("/absences", days(the, the.stand_in))
    assert sections(the.stand_in) == sections(the.absent)
    assert sections(the.third) == set()
    (row,) = the.stand_in.get("/follow-ups").json()["items"]
    assert the.stand_in.do(f"/follow-ups/{row['follow_up']}/completion", {})["state"] == "completed"
    office.set_clock(A_TUESDAY + timedelta(days=8))
    assert sections(the.stand_in) == set()


@pytest.mark.parametrize("gone", [True, False])
def test_D4_a_stand_in_who_is_away_herself_or_has_left_stands_in_for_nobody(
    office: Office, the: Colleagues, gone: bool
) -> None:
    the.absent.do("/absences", days(the, the.stand_in))
    assert waiting(the.third) == []
    if gone:
        the.third.do(f"/employees/{the.stand_in.id}/leaving")
    else:
        the.third.do("/absences", {**days(the, None), "absent": the.stand_in.id})
    assert waiting(the.third) == [the.case]


def test_S1_the_case_of_somebody_who_has_left_is_on_everybodys_list_until_it_is_taken(
    office: Office, the: Colleagues
) -> None:
    the.third.do(f"/employees/{the.absent.id}/leaving")
    assert waiting(the.third) == [the.case]
    the.third.do(f"/cases/{the.case}/responsibility", {"responsible": the.third.id, "reason": "substituting"})
    assert waiting(the.third) == []


def test_S1_the_case_of_somebody_who_is_no_longer_saksbehandler_is_on_everybodys_list_until_it_is_taken(
    office: Office, the: Colleagues
) -> None:
    the.third.do(f"/employees/{the.absent.id}/seats", {"unit": "nav", "role": "employee"})
    first = the.third.get(f"/employees/{the.absent.id}").json()["seats"][0]["seat"]
    the.third.do(f"/employees/{the.absent.id}/seats/{first}/ending", {"out_from": "2027-01-12"})
    assert waiting(the.third) == [the.case]


@pytest.mark.parametrize(("unit", "role"), [("nav", Role.LEADER), ("nav", Role.EMPLOYEE)])
def test_D4_nobody_elsewhere_records_who_is_away(office: Office, the: Colleagues, unit: str, role: Role) -> None:
    assert refused(office.caller(unit, role).post("/absences", days(the, None))) == (403, "absence_not_yours")


def test_D4_a_stand_in_is_a_saksbehandler_and_somebody_else(office: Office, the: Colleagues) -> None:
    nav = givens.employee(office, "nav")
    assert refused(the.absent.post("/absences", days(the, nav)))[1] == "not_a_saksbehandler"
    response = the.third.post("/absences", days(the, the.absent))
    assert refused(response)[1] == "stands_in_for_oneself"
    response = the.third.post("/absences", {**days(the, None), "last_day": "2027-01-11"})
    assert refused(response)[1] == "absence_days"
