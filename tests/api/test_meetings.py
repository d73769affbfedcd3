"""Meetings over HTTP."""

from datetime import UTC, datetime

import pytest
from eventsourcing.persistence import IntegrityError

from domain.group.agenda_item import AgendaItem, ItemState
from domain.group.meeting import Meeting, MeetingState
from domain.group.meeting_plan import CancelReason, MeetingPlan
from tests.api import givens
from tests.api.office import Office


def test_M06_a_meeting_is_called_in_again_when_membership_has_changed(office: Office) -> None:
    group = givens.called_group(office)
    another = givens.employee(office, "nav")
    office.saksbehandler.do("/working-group/members", {"member": another.id, "valid_from": "2026-12-01"})
    answer = office.saksbehandler.do(f"/meetings/{group.meetings[0]}/calling")
    assert another.id in answer["called"]
    assert givens.stored(office, Meeting, group.meetings[0]).sequence == 1


def test_M06_a_moved_meeting_moves_in_the_plan_and_in_the_calendars(office: Office) -> None:
    group = givens.called_group(office)
    office.saksbehandler.do(
        f"/meetings/{group.meetings[1]}/move", {"day": "2027-02-11", "starts": "13:00", "ends": "15:00"}
    )
    meeting = givens.stored(office, Meeting, group.meetings[1])
    assert (meeting.starts_at, meeting.sequence) == (datetime(2027, 2, 11, 12, tzinfo=UTC), 1)
    planned = givens.stored(office, MeetingPlan, group.plan).meeting(meeting.id)
    assert planned.day == meeting.day


def test_M05_a_meeting_on_another_day_keeps_its_hours_by_the_clock_in_oslo(office: Office) -> None:
    group = givens.called_group(office)
    office.saksbehandler.do(f"/meetings/{group.meetings[2]}/move", {"day": "2027-03-30"})
    assert givens.stored(office, Meeting, group.meetings[2]).starts_at == datetime(2027, 3, 30, 10, tzinfo=UTC)


def test_M05_a_meeting_does_not_move_to_a_public_holiday(office: Office) -> None:
    group = givens.called_group(office)
    path = f"/meetings/{group.meetings[4]}/move"
    body = {"day": "2027-05-17"}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="not_a_working_day")


def test_D7_a_move_that_builds_on_an_old_version_is_refused(office: Office) -> None:
    group = givens.called_group(office)
    path = f"/meetings/{group.meetings[1]}/move"
    first = office.saksbehandler.post(path, {"day": "2027-02-11"})
    office.saksbehandler.do(path, {"day": "2027-02-12"}, If_Match=first.headers["ETag"])
    stale = office.saksbehandler.post(path, {"day": "2027-02-10"}, If_Match=first.headers["ETag"])
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/stale_version")


def test_M18_a_cancelled_meeting_hands_its_agenda_on_in_the_same_save(office: Office) -> None:
    group = givens.called_group(office)
    item = givens.on_agenda(office, group.meetings[0], givens.case_ready_for_meeting(office))
    path = f"/meetings/{group.meetings[0]}/cancellation"
    givens.assert_refused(
        office, office.saksbehandler, path, {"reason": "collides"}, status=409, code="items_need_a_meeting"
    )
    answer = office.saksbehandler.do(path, {"reason": "collides", "items_to": group.meetings[1]})
    assert [moved["item"] for moved in answer["items"]] == [item]
    later = givens.stored(office, AgendaItem, answer["items"][0]["becomes"])
    assert (str(later.meeting), later.state) == (group.meetings[1], ItemState.PLANNED)
    assert givens.stored(office, AgendaItem, item).state is ItemState.POSTPONED
    assert givens.stored(office, Meeting, group.meetings[0]).state is MeetingState.CANCELLED


def test_M07_a_meeting_does_not_close_while_an_item_has_come_to_no_end(office: Office) -> None:
    talk = givens.discussed(office)
    path = f"/meetings/{talk.meeting}/closing"
    givens.assert_refused(office, office.saksbehandler, path, status=409, code="items_not_settled")
    office.saksbehandler.do(f"/agenda-items/{talk.item}/conclusion", givens.conclusion_body(talk))
    assert office.saksbehandler.do(path)["state"] == "closed"


def test_M07_a_meeting_that_is_closing_loses_to_an_item_that_comes_on_meanwhile(office: Office) -> None:
    group = givens.called_group(office)
    case = givens.case_ready_for_meeting(office)
    office.set_clock(givens.FIRST_MEETING)
    office.saksbehandler.do(f"/meetings/{group.meetings[0]}/opening")
    closing: Meeting = givens.stored(office, Meeting, group.meetings[0])
    closing.close(items=(), by=givens.by(office.saksbehandler), at=givens.FIRST_MEETING)
    givens.on_agenda(office, group.meetings[0], case)
    with pytest.raises(IntegrityError):
        office.installation.case_log.append(closing)
    path = f"/meetings/{group.meetings[0]}/closing"
    givens.assert_refused(office, office.saksbehandler, path, status=409, code="items_not_settled")


def test_M18_an_item_is_not_postponed_to_a_meeting_that_closes_meanwhile(office: Office) -> None:
    group = givens.called_group(office)
    item = givens.on_agenda(office, group.meetings[1], givens.case_ready_for_meeting(office))
    cancelled: Meeting = givens.stored(office, Meeting, group.meetings[0])
    cancelled.cancel(reason=CancelReason.NO_CASES, by=givens.by(office.saksbehandler), at=givens.BEFORE)
    office.saksbehandler.do(f"/agenda-items/{item}/postponement", {"to_meeting": group.meetings[0]})
    with pytest.raises(IntegrityError):
        office.installation.case_log.append(cancelled)


def test_M05_an_extra_meeting_is_called_in_like_the_others(office: Office) -> None:
    group = givens.called_group(office)
    added = office.saksbehandler.do(f"/meeting-plans/{group.plan}/meetings", {"dates": ["2027-01-26"]})["meetings"]
    called = office.saksbehandler.do(f"/meeting-plans/{group.plan}/calling")["meetings"]
    assert called == [added[0]["meeting"]]
    extra: Meeting = givens.stored(office, Meeting, added[0]["meeting"])
    assert {each.member for each in extra.called} == {member.actor.id for member in group.members}


def test_M09_a_cancelled_meeting_hands_on_no_item_whose_consent_ends_before_the_next(office: Office) -> None:
    group = givens.called_group(office)
    case = givens.case_ready_for_meeting(office)
    consent = {"scopes": [{"unit": "nav"}], "given_on": givens.SINCE, "expires_on": "2027-01-31", "channel": "form"}
    office.saksbehandler.do(f"/cases/{case}/consent", consent)
    item = givens.on_agenda(office, group.meetings[0], case)
    path = f"/agenda-items/{item}/postponement"
    body = {"to_meeting": group.meetings[1]}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="consent_missing")


def test_M06_only_the_saksbehandler_opens_a_meeting(office: Office) -> None:
    group = givens.called_group(office)
    path = f"/meetings/{group.meetings[0]}/opening"
    givens.assert_refused(office, group.nav, path, status=403, code="saksbehandler_only")
