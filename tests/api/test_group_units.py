"""Every unit of the group: who may be several, who stands in, who comes only when asked, and who submits (M02, M03, M04)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.cases.case import Case
from domain.group.meeting import Meeting
from domain.refusals import NotAllowedError
from tests.api import givens
from tests.api.office import Caller, Office

PERMANENT = ("service_og_tildeling", "psykisk_helse", "nav", "tekniske_tjenester")
OTHER_PERMANENT = PERMANENT[1:]
ON_DEMAND = ("integreringstjenesten", "botjenesten")


def submission(office: Office) -> dict[str, Any]:
    number = office.application()["applicant"]["identity_number"]
    return {"person": {"name": "Prøve Innmeldt", "identity_number": number}, "why": "Trenger hjelp med å bo."}


def appoint(office: Office, unit: str, **dates: str) -> Caller:
    member = givens.employee(office, unit)
    office.saksbehandler.do("/working-group/members", {"member": member.id, "valid_from": givens.SINCE, **dates})
    return member


def called_to(office: Office, meeting: str) -> set[str]:
    return {str(called.member) for called in givens.stored(office, Meeting, meeting).called}


@pytest.mark.parametrize("unit", [*PERMANENT, *ON_DEMAND])
def test_M04_every_participating_unit_submits_cases_beforehand(office: Office, unit: str) -> None:
    submitter = office.caller(unit)
    case = submitter.do("/submissions", submission(office))["case"]
    assert givens.stored(office, Case, case).submitted_by == (submitter.actor.id,)


def test_M04_a_unit_outside_the_group_submits_nothing(office: Office) -> None:
    stranger = office.caller("hjemmetjenesten")
    givens.assert_refused(office, stranger, "/submissions", submission(office), status=403, code="not_in_the_group")


@pytest.mark.parametrize("unit", PERMANENT)
def test_M02_every_permanent_unit_may_have_several_representatives_and_all_are_called(
    office: Office, unit: str
) -> None:
    group = givens.called_group(office)
    another = appoint(office, unit)
    office.saksbehandler.do(f"/meeting-plans/{group.plan}/calling")
    assert all(
        called_to(office, meeting) == {another.id, *(member.id for member in group.members)}
        for meeting in group.meetings
    )


@pytest.mark.parametrize("unit", OTHER_PERMANENT)
def test_M02_a_substitute_is_called_and_reads_in_the_members_place(office: Office, unit: str) -> None:
    group = givens.appointed_group(office)
    member = next(each for each in group.members if each.actor.unit == unit)
    substitute = givens.employee(office, unit)
    dates = {"valid_from": "2027-01-01", "valid_to": "2027-01-31"}
    body = {"substitute": substitute.id, "for_member": member.id, **dates}
    office.saksbehandler.do("/working-group/substitutes", body)
    plan = office.saksbehandler.do("/meeting-plans", {"year": 2027, "half": 1})
    january, february = (meeting["meeting"] for meeting in plan["meetings"][:2])
    office.saksbehandler.do(f"/meeting-plans/{plan['plan']}/calling")
    assert (substitute.id in called_to(office, january), member.id in called_to(office, january)) == (True, False)
    assert (substitute.id in called_to(office, february), member.id in called_to(office, february)) == (False, True)
    case = givens.case_ready_for_meeting(office)
    givens.on_agenda(office, january, case)
    office.set_clock(givens.FIRST_MEETING)
    assert givens.may_read(office, substitute, case).decision.opens_case


@pytest.mark.parametrize("unit", OTHER_PERMANENT)
def test_M02_a_membership_with_a_last_day_opens_nothing_after_it(office: Office, unit: str) -> None:
    group = givens.appointed_group(office)
    member = appoint(office, unit, valid_to="2027-01-12")
    plan = office.saksbehandler.do("/meeting-plans", {"year": 2027, "half": 1})
    office.saksbehandler.do(f"/meeting-plans/{plan['plan']}/calling")
    case = givens.case_ready_for_meeting(office)
    givens.on_agenda(office, plan["meetings"][0]["meeting"], case)
    assert len(group.members) == len(PERMANENT)
    office.set_clock(givens.FIRST_MEETING)
    assert givens.may_read(office, member, case).decision.allowed
    office.set_clock(datetime(2027, 1, 13, 9, tzinfo=UTC))
    with pytest.raises(NotAllowedError, match="M02"):
        givens.may_read(office, member, case)


@pytest.mark.parametrize("unit", ON_DEMAND)
def test_M03_a_unit_on_demand_is_not_called_to_the_meeting_and_comes_to_one_item(office: Office, unit: str) -> None:
    group = givens.appointed_group(office)
    guest = appoint(office, unit)
    plan = office.saksbehandler.do("/meeting-plans", {"year": 2027, "half": 1})
    office.saksbehandler.do(f"/meeting-plans/{plan['plan']}/calling")
    first = plan["meetings"][0]["meeting"]
    assert guest.id not in called_to(office, first)
    item = givens.on_agenda(office, first, givens.case_ready_for_meeting(office, "nav", unit))
    givens.on_agenda(office, first, givens.case_ready_for_meeting(office, "nav", unit))
    office.saksbehandler.do(f"/agenda-items/{item}/guests", {"guest": guest.id})
    rows = guest.get(f"/meetings/{first}/agenda").json()["items"]
    assert [row["item"] for row in rows] == [item]
    assert group.saksbehandler.id in called_to(office, first)
