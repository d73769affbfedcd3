"""Plans of meetings over HTTP."""

from datetime import UTC, datetime

from domain.group.meeting import Meeting
from tests.api import givens
from tests.api.office import Office

SPRING = {"year": 2027, "half": 1}


def test_M05_without_dates_the_plan_follows_the_rulebooks_rhythm(office: Office) -> None:
    plan = office.saksbehandler.do("/meeting-plans", SPRING)
    days = [meeting["day"] for meeting in plan["meetings"]]
    assert days == ["2027-01-12", "2027-02-09", "2027-03-09", "2027-04-13", "2027-05-11", "2027-06-08"]


def test_M05_a_date_on_a_public_holiday_moves(office: Office) -> None:
    dates = ["2027-01-12", "2027-02-09", "2027-03-09", "2027-04-13", "2027-05-17", "2027-06-08"]
    plan = office.saksbehandler.do("/meeting-plans", {**SPRING, "dates": dates})
    moved = [meeting for meeting in plan["meetings"] if meeting["moved_because"]]
    assert [(m["wished"], m["day"], m["moved_because"]) for m in moved] == [
        ("2027-05-17", "2027-05-18", "public_holiday")
    ]


def test_M05_the_meetings_are_scheduled_with_the_plan_by_the_clock_in_oslo(office: Office) -> None:
    plan = office.saksbehandler.do("/meeting-plans", {**SPRING, "starts": "09:00", "ends": "11:30"})
    winter, summer = (givens.stored(office, Meeting, plan["meetings"][n]["meeting"]) for n in (0, 5))
    assert (winter.starts_at, winter.ends_at) == (
        datetime(2027, 1, 12, 8, tzinfo=UTC),
        datetime(2027, 1, 12, 10, 30, tzinfo=UTC),
    )
    assert summer.starts_at == datetime(2027, 6, 8, 7, tzinfo=UTC)


def test_M05_a_plan_for_one_meeting_is_no_plan(office: Office) -> None:
    body = {**SPRING, "dates": ["2027-01-12"]}
    givens.assert_refused(office, office.saksbehandler, "/meeting-plans", body, status=409, code="too_few_meetings")


def test_M05_a_half_year_has_one_plan(office: Office) -> None:
    office.saksbehandler.do("/meeting-plans", SPRING)
    givens.assert_refused(office, office.saksbehandler, "/meeting-plans", SPRING, status=409, code="plan_adopted")


def test_M06_only_the_saksbehandler_adopts_a_plan(office: Office) -> None:
    nav = office.caller("nav")
    givens.assert_refused(office, nav, "/meeting-plans", SPRING, status=403, code="saksbehandler_only")


def test_M05_a_plan_is_extended_in_its_half_year(office: Office) -> None:
    plan = office.saksbehandler.do("/meeting-plans", SPRING)["plan"]
    added = office.saksbehandler.do(f"/meeting-plans/{plan}/meetings", {"dates": ["2027-01-26"]})
    assert [meeting["day"] for meeting in added["meetings"]] == ["2027-01-26"]
    assert givens.stored(office, Meeting, added["meetings"][0]["meeting"]).day.isoformat() == "2027-01-26"


def test_M06_every_meeting_calls_those_who_are_members_on_its_date(office: Office) -> None:
    group = givens.appointed_group(office)
    office.saksbehandler.do(f"/working-group/members/{group.nav.id}/release", {"out_from": "2027-02-01"})
    plan = office.saksbehandler.do("/meeting-plans", SPRING)
    office.saksbehandler.do(f"/meeting-plans/{plan['plan']}/calling")
    january, february = (givens.stored(office, Meeting, plan["meetings"][n]["meeting"]) for n in (0, 1))
    assert group.nav.actor.id in {called.member for called in january.called}
    assert group.nav.actor.id not in {called.member for called in february.called}


def test_M06_calling_twice_without_a_change_is_refused(office: Office) -> None:
    group = givens.called_group(office)
    path = f"/meeting-plans/{group.plan}/calling"
    givens.assert_refused(office, office.saksbehandler, path, status=409, code="already_called")


def test_M06_a_group_without_members_calls_nobody(office: Office) -> None:
    guest = givens.employee(office, "botjenesten")
    office.saksbehandler.do("/working-group/members", {"member": guest.id, "valid_from": "2026-12-01"})
    plan = office.saksbehandler.do("/meeting-plans", SPRING)["plan"]
    path = f"/meeting-plans/{plan}/calling"
    givens.assert_refused(office, office.saksbehandler, path, status=409, code="nobody_to_call")
