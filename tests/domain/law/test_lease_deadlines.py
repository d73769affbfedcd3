"""How the time limits at a lease's end are counted (LL6-LL10, LH9)."""

from datetime import date
from typing import Any

import pytest

from domain.law.lease_deadlines import LeaseDeadlines
from domain.law.requirement import RulebookError
from domain.law.working_days import WorkingDays

DAYS = WorkingDays.without(())
LIMITS = LeaseDeadlines()


@pytest.mark.parametrize(
    ("given_on", "ends_on"),
    [
        (date(2028, 1, 12), date(2028, 4, 30)),
        (date(2028, 1, 31), date(2028, 4, 30)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2028, 2, 1), date(2028, 5, 31)),
    ],
)
def test_LL7_three_months_of_notice_run_to_the_end_of_a_month(given_on: date, ends_on: date) -> None:
    assert LIMITS.notice_ends_on(given_on) == ends_on


def test_LL7_LH9_a_month_to_protest_ends_on_a_working_day() -> None:
    assert LIMITS.protest_by(date(2028, 1, 12), DAYS) == date(2028, 2, 14)


def test_LL8_three_months_to_act_run_from_the_end_of_the_time_to_protest() -> None:
    assert LIMITS.action_by(date(2028, 2, 14), DAYS) == date(2028, 5, 15)


def test_LL9_two_weeks_to_opt_out() -> None:
    assert LIMITS.opt_out_by(date(2028, 1, 12), DAYS) == date(2028, 1, 26)


def test_LL10_a_month_to_reply() -> None:
    assert LIMITS.takeover_reply_by(date(2028, 1, 13), DAYS) == date(2028, 2, 14)


def test_LL6_people_are_warned_before_the_last_day_and_on_it() -> None:
    assert LIMITS.move_out_warnings(date(2030, 5, 28)) == {14: date(2030, 5, 14), 0: date(2030, 5, 28)}


@pytest.mark.parametrize(
    "changed",
    [
        {"termination_months": 2},
        {"protest_months": 2},
        {"action_months": 6},
        {"eviction_opt_out_weeks": 1},
        {"takeover_reply_months": 2},
        {"move_out_warning_days_before": ()},
        {"move_out_warning_days_before": (0, 14)},
    ],
)
def test_LL7_what_the_law_sets_no_configuration_changes(changed: dict[str, Any]) -> None:
    with pytest.raises(RulebookError):
        LeaseDeadlines(**changed)
