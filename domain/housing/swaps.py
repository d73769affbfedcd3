"""What would swap two on the list: every smallest single change of a fact that turns the pair (B06)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.housing.ranking import BY_EFFECTIVE_DATE, EFFECTIVE_DATE, Answer, Standing, goes_before, why
from domain.law.waiting_list_guidelines import Better, CriterionKind, RankingCriterion

ANY_ANSWER: dict[CriterionKind, Answer] = {
    CriterionKind.YES_NO: False,
    CriterionKind.NUMBER: 0,
    CriterionKind.DATE: date(2000, 1, 1),
}
"""Stands for any answer where none was known: a known one goes before an unknown one, whatever it says."""

ONE_DAY = timedelta(days=1)
RISING = (Better.YES, Better.HIGHER, Better.LATER)


@dataclass(frozen=True, kw_only=True)
class Swap:
    """One change that turns the pair: the answer of `entry` to `criterion`, from `now` to `to`.

    `now`: None when unknown. `to`: None when any answer would do.
    """

    entry: UUID
    criterion: str
    now: Answer | None
    to: Answer | None


def swaps(*, criteria: tuple[RankingCriterion, ...], a: Standing, b: Standing) -> tuple[Swap, ...]:
    """For each fact of either that can turn the pair alone, its smallest change, the weightiest criterion first.

    Empty when no single fact can. The date of registration and the id never change, so they are not among them; nor is
    an answer that becomes unknown. Raises as `ranking.why`.
    """
    first = why(criteria=criteria, a=a, b=b).ahead
    ahead, behind = (a, b) if a.entry == first else (b, a)
    found = (
        swap
        for criterion in _deciding(criteria, ahead, behind)
        for swap in (_rise(criteria, criterion, behind, ahead), _fall(criteria, criterion, ahead, behind))
    )
    return tuple(swap for swap in found if swap is not None)


def _deciding(criteria: tuple[RankingCriterion, ...], ahead: Standing, behind: Standing) -> Iterator[RankingCriterion]:
    """The criteria down to the one that separates: what comes after it has no say."""
    by = why(criteria=criteria, a=ahead, b=behind).by
    steps = criteria if any(c.code == EFFECTIVE_DATE for c in criteria) else (*criteria, BY_EFFECTIVE_DATE)
    for criterion in steps:
        yield criterion
        if criterion.code == by:
            return


def _rise(
    criteria: tuple[RankingCriterion, ...], criterion: RankingCriterion, behind: Standing, ahead: Standing
) -> Swap | None:
    """The least that `behind` would have to answer to go first."""
    theirs, now = ahead.answer(criterion.code), behind.answer(criterion.code)
    if theirs is None:
        changed = behind.answering(criterion.code, ANY_ANSWER[criterion.kind])
        turns = now is None and goes_before(criteria, changed, ahead)
        return Swap(entry=behind.entry, criterion=criterion.code, now=None, to=None) if turns else None
    for to in (theirs, _next(criterion, theirs, better=True)):
        if to is not None and to != now and goes_before(criteria, behind.answering(criterion.code, to), ahead):
            return Swap(entry=behind.entry, criterion=criterion.code, now=now, to=to)
    return None


def _fall(
    criteria: tuple[RankingCriterion, ...], criterion: RankingCriterion, ahead: Standing, behind: Standing
) -> Swap | None:
    """The least that `ahead` would have to answer otherwise to come second."""
    theirs, now = behind.answer(criterion.code), ahead.answer(criterion.code)
    if theirs is None or now is None:
        return None
    for to in (theirs, _next(criterion, theirs, better=False)):
        if to is not None and to != now and goes_before(criteria, behind, ahead.answering(criterion.code, to)):
            return Swap(entry=ahead.entry, criterion=criterion.code, now=now, to=to)
    return None


def _next(criterion: RankingCriterion, answer: Answer, *, better: bool) -> Answer | None:
    """The answer one step better or worse than `answer`; None where there is none."""
    rises = better is (criterion.better in RISING)
    if criterion.kind is CriterionKind.YES_NO:
        return rises if answer is not rises else None
    if isinstance(answer, date):
        at_the_end = answer == (date.max if rises else date.min)
        return None if at_the_end else answer + (ONE_DAY if rises else -ONE_DAY)
    return answer + 1 if rises else answer - 1 if answer > 0 else None
