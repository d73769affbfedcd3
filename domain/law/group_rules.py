"""Which units sit in the group, and how often it meets: the part of a rulebook that the mandate leaves open (M02, M03, M05)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from domain.actors import SERVICE_OG_TILDELING, Unit
from domain.law.requirement import require


class Period(StrEnum):
    """The unit a meeting rhythm is counted in."""

    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, kw_only=True)
class GroupUnits:
    """The units of the group (M02, M03) and those Service og tildeling asks about care housing (M20).

    `names` gives every unit's name as people read it.
    """

    permanent: tuple[Unit, ...]
    on_demand: tuple[Unit, ...]
    care_dialogue: tuple[Unit, ...]
    names: Mapping[Unit, str]

    def __post_init__(self) -> None:
        require(SERVICE_OG_TILDELING in self.permanent, f"{SERVICE_OG_TILDELING} must be a permanent unit (M02, M06).")
        both = sorted(set(self.permanent) & set(self.on_demand))
        require(not both, f"Units cannot be both permanent and on demand: {both} (M02, M03).")
        nameless = sorted({*self.permanent, *self.on_demand, *self.care_dialogue} - set(self.names))
        require(not nameless, f"Units without a name: {nameless}.")

    @property
    def all(self) -> tuple[Unit, ...]:
        """Every unit that can sit at the table, permanent ones first."""
        return self.permanent + self.on_demand


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """How often the group meets and how far a plan reaches (M05): one meeting every `every` `period`.

    A plan without wished dates gets them from here. `weekday` is 1 for Monday to 7 for Sunday, `week_of_month` 1 for the
    first such weekday of the month; `starts` and `ends` by the clock in Oslo.
    """

    every: int = 1
    period: Period = Period.MONTHS
    plan_months: int = 6
    weekday: int = 2
    week_of_month: int = 2
    starts: time = time(12)
    ends: time = time(14)

    def __post_init__(self) -> None:
        require(self.plan_months == 6, "rhythm.plan_months must be 6: a plan is for half a year (M05).")
        require(self.every >= 1, "rhythm.every must be at least 1 (M05).")
        require(self.meetings_in_plan >= 2, "A plan must hold more than one meeting (M05).")
        require(1 <= self.weekday <= 7, "rhythm.weekday must be 1 (Monday) to 7 (Sunday).")
        require(1 <= self.week_of_month <= 4, "rhythm.week_of_month must be 1 to 4: not every month has a fifth.")
        require(self.starts < self.ends, "rhythm.ends must come after rhythm.starts.")

    @property
    def meetings_in_plan(self) -> int:
        """How many meetings a full plan has: 6 for monthly over half a year, 13 for every second week."""
        units = self.plan_months if self.period is Period.MONTHS else self.plan_months * 52 // 12
        return units // self.every
