"""Two rules that stand on dates and people alone (LK4, LK7, LI4)."""

from collections.abc import Iterable
from datetime import date

from domain.actors import EmployeeId
from domain.decisions.appeal.facts import AppealOutcome, TookPart
from domain.decisions.appeal.refusals import TookPartError, WorseTooLateError
from domain.law.deadlines import add_months


def hard_stop(issued_on: date, years: int) -> date:
    """The last day on which a late appeal can be accepted at all (LK4)."""
    return add_months(issued_on, 12 * years)


def refuse_who_took_part(people: Iterable[EmployeeId], took_part: Iterable[TookPart]) -> None:
    """Raise `TookPartError` when any of `people` is among those who took part in the case (LI4)."""
    chosen = set(people)
    parts = sorted({fact.part for fact in took_part if fact.employee in chosen})
    if parts:
        raise TookPartError(codes=parts)


def refuse_worse_too_late(outcome: AppealOutcome, *, received_on: date, told_on: date, months: int) -> None:
    """A worse outcome reaches the party within three months of the appeal, or not at all (LK7)."""
    if outcome is AppealOutcome.CHANGED_TO_DETRIMENT and told_on > add_months(received_on, months):
        raise WorseTooLateError()
