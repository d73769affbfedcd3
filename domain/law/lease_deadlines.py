"""The time limits of a lease's end, counted in one place (LL6-LL10, LH9). All dates are Oslo dates, last days."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.law.deadlines import add_months, months_after, weeks_after
from domain.law.requirement import require
from domain.law.working_days import WorkingDays


@dataclass(frozen=True, kw_only=True)
class LeaseDeadlines:
    """Law: `termination_months` to the end of a month and `protest_months` (LL7), `action_months` after the time to
    protest (LL8), `eviction_opt_out_weeks` (LL9), `takeover_reply_months` (LL10).
    Municipality: `move_out_warning_days_before` the last day to demand moving out (LL6; 0 is the day itself).
    """

    termination_months: int = 3
    protest_months: int = 1
    action_months: int = 3
    eviction_opt_out_weeks: int = 2
    takeover_reply_months: int = 1
    move_out_warning_days_before: tuple[int, ...] = (14, 0)

    def __post_init__(self) -> None:
        law = {"termination_months": 3, "protest_months": 1, "action_months": 3, "eviction_opt_out_weeks": 2,
               "takeover_reply_months": 1}  # fmt: skip
        for name, value in law.items():
            require(getattr(self, name) == value, f"lease_deadlines.{name} is {value} by law (LL7-LL10).")
        days = self.move_out_warning_days_before
        falls = bool(days) and list(days) == sorted(set(days), reverse=True) and days[-1] >= 0
        require(falls, "lease_deadlines.move_out_warning_days_before must fall and not go under 0 (LL6).")

    def notice_ends_on(self, given_on: date) -> date:
        """The last day of a tenancy terminated by a notice that came on that day: the end of a month (LL7)."""
        end = add_months(given_on, self.termination_months)
        return end.replace(day=monthrange(end.year, end.month)[1])

    def protest_by(self, given_on: date, working_days: WorkingDays) -> date:
        """The last day for the tenant's protest (LL7)."""
        return months_after(given_on, self.protest_months, working_days)

    def action_by(self, protest_by: date, working_days: WorkingDays) -> date:
        """The last day to bring a protested notice before the court or Husleietvistutvalget (LL8)."""
        return months_after(protest_by, self.action_months, working_days)

    def opt_out_by(self, warned_on: date, working_days: WorkingDays) -> date:
        """The last day for the tenant to keep the social services out of it (LL9)."""
        return weeks_after(warned_on, self.eviction_opt_out_weeks, working_days)

    def takeover_reply_by(self, changed_on: date, working_days: WorkingDays) -> date:
        """The last day for the household to say who takes over (LL10)."""
        return months_after(changed_on, self.takeover_reply_months, working_days)

    def move_out_warnings(self, demand_by: date) -> Mapping[int, date]:
        """When to warn that a demand to move out must be sent, by days before its last day, the first one first (LL6)."""
        return {days: demand_by - timedelta(days=days) for days in self.move_out_warning_days_before}
