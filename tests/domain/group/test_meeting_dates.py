"""Dates by the group's rhythm."""

from datetime import date
from itertools import pairwise

import pytest

from domain.group.meeting_dates import dates_by
from domain.group.meeting_plan import HalfYear
from domain.law.group_rules import Period, Rhythm
from domain.law.requirement import RulebookError


def test_M05_a_monthly_group_meets_on_the_same_weekday_of_each_month() -> None:
    days = dates_by(Rhythm(weekday=4, week_of_month=1), HalfYear(2027, 2))
    assert days == (
        date(2027, 7, 1), date(2027, 8, 5), date(2027, 9, 2), date(2027, 10, 7), date(2027, 11, 4), date(2027, 12, 2)
    )  # fmt: skip


def test_M05_a_fortnightly_group_meets_every_second_week_of_the_half_year() -> None:
    rhythm = Rhythm(every=2, period=Period.WEEKS, weekday=1)
    days = dates_by(rhythm, HalfYear(2027, 1))
    assert len(days) >= rhythm.meetings_in_plan
    assert days[0] == date(2027, 1, 4)
    assert {(later - earlier).days for earlier, later in pairwise(days)} == {14}
    assert days[-1] <= date(2027, 6, 30)


def test_M05_a_rhythm_names_a_weekday_that_every_month_has() -> None:
    with pytest.raises(RulebookError, match="week_of_month"):
        Rhythm(week_of_month=5)


def test_M05_a_meeting_ends_after_it_begins() -> None:
    rhythm = Rhythm()
    with pytest.raises(RulebookError, match="ends"):
        Rhythm(starts=rhythm.ends, ends=rhythm.starts)
