"""The plan: a half-year at a time, every month, moved by weekends and holidays (M05)."""

from datetime import date, time

import pytest

from domain.group.meeting_plan import (
    CancelReason,
    HalfYear,
    MeetingOutsideHalfYearError,
    MeetingPlan,
    MeetingsOnSameDayError,
    MovedBecause,
    NotAWorkingDayError,
    PlannedTimeError,
    TooFewMeetingsError,
    WishedMeeting,
)
from domain.refusals import NotFoundError, SaksbehandlerOnlyError
from tests.domain.support import an_id, at, by_member, by_saksbehandler, state_of, stored_and_replayed

SPRING = HalfYear(2027, 1)
CONSTITUTION_DAY = date(2027, 5, 17)
TUESDAYS = tuple(date(2027, month, 8 if month == 6 else 12) for month in (1, 2, 3, 4, 5, 6))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in (CONSTITUTION_DAY, date(2027, 5, 1), date(2027, 1, 1))


def wish(day: date, starts: time = time(12), ends: time = time(15)) -> WishedMeeting:
    return WishedMeeting(an_id(day.isoformat()), day, starts, ends)


def a_plan(*days: date, minimum: int = 6) -> MeetingPlan:
    return MeetingPlan.adopt(
        half_year=SPRING, wished=tuple(wish(day) for day in days or TUESDAYS), is_working_day=is_working_day,
        minimum=minimum, by=by_saksbehandler(), at=at(),
    )  # fmt: skip


def day_of(plan: MeetingPlan, wished: date) -> date:
    return plan.meeting(an_id(wished.isoformat())).day


def test_M05_a_plan_holds_a_half_year_of_monthly_meetings() -> None:
    assert [meeting.day.month for meeting in a_plan().meetings] == [1, 2, 3, 4, 5, 6]


def test_M05_a_half_year_has_one_plan_only() -> None:
    assert a_plan().id == a_plan().id == SPRING.plan_id
    assert HalfYear(2027, 2).plan_id != SPRING.plan_id


def test_M05_a_plan_for_one_meeting_is_refused() -> None:
    with pytest.raises(TooFewMeetingsError):
        a_plan(TUESDAYS[0])


def test_M05_six_meetings_that_leave_a_month_without_one_are_refused() -> None:
    with pytest.raises(TooFewMeetingsError):
        a_plan(*TUESDAYS[:5], date(2027, 5, 25))


def test_M05_a_municipality_may_meet_less_often_by_configuration() -> None:
    assert len(a_plan(*TUESDAYS[:3], minimum=3).meetings) == 3


def test_M05_a_meeting_every_fortnight_fits_as_well() -> None:
    extra = tuple(date(2027, month, 26) for month in (1, 2, 3, 4, 5))
    assert len(a_plan(*TUESDAYS, *extra, minimum=11).meetings) == 11


def test_M05_a_public_holiday_moves_the_meeting_to_the_next_working_day() -> None:
    plan = a_plan(*TUESDAYS[:4], CONSTITUTION_DAY, TUESDAYS[5])
    meeting = plan.meeting(an_id(CONSTITUTION_DAY.isoformat()))
    assert (meeting.wished, meeting.day) == (CONSTITUTION_DAY, date(2027, 5, 18))
    assert meeting.moved_because is MovedBecause.PUBLIC_HOLIDAY


def test_M05_a_weekend_moves_the_meeting_too_and_past_a_holiday_after_it() -> None:
    saturday_before = date(2027, 5, 15)
    meeting = a_plan(*TUESDAYS[:4], saturday_before, TUESDAYS[5]).meeting(an_id(saturday_before.isoformat()))
    assert (meeting.day, meeting.moved_because) == (date(2027, 5, 18), MovedBecause.WEEKEND)


def test_M05_a_working_day_is_left_alone() -> None:
    assert all(m.day == m.wished and m.moved_because is None for m in a_plan(*TUESDAYS).meetings[:1])


def test_M05_a_date_outside_the_half_year_is_refused() -> None:
    with pytest.raises(MeetingOutsideHalfYearError, match="2027-07-06"):
        a_plan(*TUESDAYS, date(2027, 7, 6))


def test_M05_a_date_that_would_be_moved_out_of_the_half_year_is_refused() -> None:
    with pytest.raises(MeetingOutsideHalfYearError):
        MeetingPlan.adopt(
            half_year=SPRING, wished=(wish(date(2027, 6, 30)),), is_working_day=lambda day: day.month > 6,
            minimum=1, by=by_saksbehandler(), at=at(),
        )  # fmt: skip


def test_M05_two_meetings_on_one_day_are_refused_after_moving_too() -> None:
    with pytest.raises(MeetingsOnSameDayError, match="2027-05-18"):
        a_plan(*TUESDAYS, CONSTITUTION_DAY, date(2027, 5, 18))


def test_M05_a_meeting_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PlannedTimeError):
        MeetingPlan.adopt(
            half_year=SPRING, wished=(wish(TUESDAYS[0], time(15), time(12)),), is_working_day=is_working_day,
            minimum=1, by=by_saksbehandler(), at=at(),
        )  # fmt: skip


def test_M06_only_the_saksbehandler_adopts_a_plan() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        MeetingPlan.adopt(half_year=SPRING, wished=(), is_working_day=is_working_day, by=by_member("nav"), at=at())


def test_M05_a_date_can_be_moved_within_the_half_year() -> None:
    plan = a_plan()
    move(plan, date(2027, 1, 19))
    assert day_of(plan, TUESDAYS[0]) == date(2027, 1, 19)


def move(plan: MeetingPlan, new: date) -> None:
    plan.move_date(
        meeting=an_id(TUESDAYS[0].isoformat()), new=new, is_working_day=is_working_day, by=by_saksbehandler(), at=at()
    )


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (CONSTITUTION_DAY, NotAWorkingDayError),
        (date(2027, 1, 16), NotAWorkingDayError),
        (date(2027, 7, 6), MeetingOutsideHalfYearError),
        (TUESDAYS[1], MeetingsOnSameDayError),
    ],
)
def test_M05_a_date_is_never_moved_to_a_day_off_another_meeting_or_out_of_the_half_year(
    new: date, error: type[Exception]
) -> None:
    with pytest.raises(error):
        move(a_plan(), new)


def test_M05_a_cancelled_date_is_out_of_the_plan() -> None:
    plan = a_plan()
    january = an_id(TUESDAYS[0].isoformat())
    plan.cancel_date(meeting=january, reason=CancelReason.NO_CASES, by=by_saksbehandler(), at=at())
    with pytest.raises(NotFoundError):
        plan.meeting(january)


def test_M05_a_plan_can_be_extended_with_a_meeting_placed_like_the_others() -> None:
    plan = a_plan()
    plan.extend(wished=(wish(CONSTITUTION_DAY),), is_working_day=is_working_day, by=by_saksbehandler(), at=at())
    assert day_of(plan, CONSTITUTION_DAY) == date(2027, 5, 18)


def test_M05_an_extension_does_not_land_on_a_meeting_that_is_there() -> None:
    with pytest.raises(MeetingsOnSameDayError):
        a_plan().extend(
            wished=(WishedMeeting(an_id("another"), TUESDAYS[0], time(9), time(10)),), is_working_day=is_working_day,
            by=by_saksbehandler(), at=at(),
        )  # fmt: skip


def test_M05_the_year_has_two_halves() -> None:
    assert HalfYear.of(date(2027, 6, 30)) == SPRING
    assert HalfYear.of(date(2027, 7, 1)) == HalfYear(2027, 2)
    with pytest.raises(ValueError, match="half"):
        HalfYear(2027, 3)


def test_D2_a_plan_comes_back_from_its_stored_events_as_it_was() -> None:
    plan = a_plan()
    move(plan, date(2027, 1, 19))
    plan.cancel_date(
        meeting=an_id(TUESDAYS[1].isoformat()), reason=CancelReason.COLLIDES, by=by_saksbehandler(), at=at()
    )
    assert state_of(stored_and_replayed(plan)) == state_of(plan)
