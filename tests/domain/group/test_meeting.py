"""The meeting: called in by the saksbehandler, one calendar entry, closed when all is settled (M03, M05, M06, M07)."""

from datetime import date, datetime, timedelta, timezone

import pytest

from domain.actors import SERVICE_OG_TILDELING
from domain.group.meeting import (
    AlreadyCalledError,
    CalledMember,
    ItemOutcome,
    ItemsNotSettledError,
    Meeting,
    MeetingOverError,
    MeetingState,
    MeetingTimeError,
    NobodyToCallError,
    OnlyPermanentAreCalledError,
)
from domain.group.meeting_plan import CancelReason, HalfYear
from domain.group.working_group import Member
from domain.refusals import SaksbehandlerOnlyError, WrongStateError
from tests.domain.support import (
    BOTJENESTEN,
    NAV,
    an_id,
    at,
    by_member,
    by_saksbehandler,
    last_event,
    state_of,
    stored_and_replayed,
)

ELEVEN, TWO = at(hour=11), at(hour=14)
ANNE = Member(an_id("anne"), SERVICE_OG_TILDELING, True)
KARI = Member(an_id("kari"), NAV, True)
OLA = Member(an_id("ola"), NAV, True)


def a_meeting(starts_at: datetime = ELEVEN, ends_at: datetime = TWO) -> Meeting:
    return Meeting.schedule(
        id=an_id("meeting"), plan=HalfYear(2027, 1).plan_id, day=date(2027, 1, 12), starts_at=starts_at,
        ends_at=ends_at, room="401", by=by_saksbehandler(), at=at(2026, 12, 1),
    )  # fmt: skip


def call(meeting: Meeting, *members: Member) -> Meeting:
    meeting.call(members=members or (ANNE, KARI), by=by_saksbehandler(), at=at(2026, 12, 2))
    return meeting


def reschedule(meeting: Meeting, day: int = 19) -> None:
    meeting.reschedule(
        day=date(2027, 1, day), starts_at=at(day=day, hour=11), ends_at=at(day=day, hour=14), room="402",
        by=by_saksbehandler(), at=at(),
    )  # fmt: skip


def an_open_meeting() -> Meeting:
    meeting = call(a_meeting())
    meeting.open(by=by_saksbehandler(), at=at(hour=11))
    return meeting


def test_M06_the_saksbehandler_calls_the_members_in() -> None:
    meeting = call(a_meeting())
    assert meeting.called == (CalledMember(ANNE.id, SERVICE_OG_TILDELING), CalledMember(KARI.id, NAV))


def test_M06_nobody_else_calls_a_meeting() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        a_meeting().call(members=(ANNE, KARI), by=by_member("nav"), at=at())


def test_M03_guests_are_not_called_to_a_meeting() -> None:
    with pytest.raises(OnlyPermanentAreCalledError):
        call(a_meeting(), ANNE, Member(an_id("liv"), BOTJENESTEN, False))


def test_M06_a_meeting_with_nobody_to_call_is_refused() -> None:
    with pytest.raises(NobodyToCallError):
        a_meeting().call(members=(), by=by_saksbehandler(), at=at())


def test_M02_the_substitute_is_called_as_one() -> None:
    meeting = call(a_meeting(), ANNE, Member(OLA.id, NAV, True, substitute_for=KARI.id))
    assert meeting.called[1] == CalledMember(OLA.id, NAV, KARI.id)


def test_M06_changed_membership_calls_anew_and_says_who_is_out() -> None:
    meeting = call(call(a_meeting()), ANNE, OLA)
    event = last_event(meeting)
    assert isinstance(event, Meeting.Called)
    assert event.no_longer == (CalledMember(KARI.id, NAV),)


def test_M06_calling_the_same_people_again_is_refused() -> None:
    with pytest.raises(AlreadyCalledError):
        call(call(a_meeting()), KARI, ANNE)


def test_M06_the_first_invitation_has_sequence_zero_and_every_change_after_it_one_more() -> None:
    meeting = call(a_meeting())
    sequences = [meeting.sequence]
    reschedule(meeting)
    sequences.append(meeting.sequence)
    call(meeting, ANNE, OLA)
    sequences.append(meeting.sequence)
    meeting.cancel(reason=CancelReason.TOO_FEW_CAN_ATTEND, by=by_saksbehandler(), at=at())
    sequences.append(meeting.sequence)
    assert sequences == [0, 1, 2, 3]


def test_M06_a_change_before_anybody_was_called_reaches_no_calendar() -> None:
    meeting = a_meeting()
    reschedule(meeting)
    assert meeting.sequence == 0


def test_M05_a_moved_meeting_keeps_its_identity_and_gets_new_times() -> None:
    meeting = call(a_meeting())
    reschedule(meeting, day=19)
    assert (meeting.id, meeting.day, meeting.starts_at) == (an_id("meeting"), date(2027, 1, 19), at(day=19, hour=11))


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        (at(hour=14), at(hour=11)),
        (at(hour=11), at(hour=11)),
        (at(hour=11).replace(tzinfo=timezone(timedelta(hours=1))), at(hour=14)),
        (at(hour=11).replace(tzinfo=None), at(hour=14)),
    ],
)
def test_M05_times_that_do_not_fit_together_or_are_not_utc_are_refused(starts_at: datetime, ends_at: datetime) -> None:
    with pytest.raises(MeetingTimeError):
        a_meeting(starts_at, ends_at)


def test_M06_a_meeting_opens_only_when_called() -> None:
    with pytest.raises(WrongStateError):
        a_meeting().open(by=by_saksbehandler(), at=at())


def test_M06_a_cancelled_meeting_is_not_moved_called_or_opened() -> None:
    meeting = call(a_meeting())
    meeting.cancel(reason=CancelReason.OTHER, by=by_saksbehandler(), at=at())
    with pytest.raises(WrongStateError):
        reschedule(meeting)
    with pytest.raises(WrongStateError):
        call(meeting, ANNE, OLA)
    with pytest.raises(WrongStateError):
        meeting.open(by=by_saksbehandler(), at=at())


def test_M07_a_meeting_does_not_close_while_an_item_is_unsettled() -> None:
    items = (ItemOutcome(an_id("one"), settled=True), ItemOutcome(an_id("two"), settled=False))
    with pytest.raises(ItemsNotSettledError):
        an_open_meeting().close(items=items, by=by_saksbehandler(), at=at(hour=14))


def test_M07_a_meeting_closes_when_every_item_is_settled() -> None:
    meeting = an_open_meeting()
    meeting.close(items=(ItemOutcome(an_id("one"), settled=True),), by=by_saksbehandler(), at=at(hour=14))
    assert meeting.state is MeetingState.CLOSED


def place(meeting: Meeting) -> None:
    meeting.place(item=an_id("item"), by=by_saksbehandler(), at=at(hour=12))


def test_M07_a_meeting_records_what_is_put_on_its_agenda_so_that_it_does_not_close_beside_it() -> None:
    meeting = an_open_meeting()
    version = meeting.version
    place(meeting)
    assert isinstance(last_event(meeting), Meeting.ItemPlaced)
    assert meeting.version == version + 1


def test_M05_nothing_is_put_on_the_agenda_of_a_meeting_that_is_over() -> None:
    closed, cancelled = an_open_meeting(), call(a_meeting())
    closed.close(items=(), by=by_saksbehandler(), at=at(hour=14))
    cancelled.cancel(reason=CancelReason.OTHER, by=by_saksbehandler(), at=at())
    for meeting in (closed, cancelled):
        with pytest.raises(MeetingOverError):
            place(meeting)


def test_M06_only_the_saksbehandler_closes_a_meeting() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        an_open_meeting().close(items=(), by=by_member("nav"), at=at())


def test_D2_a_meeting_comes_back_from_its_stored_events_as_it_was() -> None:
    meeting = call(a_meeting())
    reschedule(meeting)
    meeting.open(by=by_saksbehandler(), at=at(hour=11))
    assert state_of(stored_and_replayed(meeting)) == state_of(meeting)
