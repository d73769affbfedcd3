"""The computed order for one vacancy: a proposal to the group, never the decision (M14, LV5).

Pure: the same criteria, candidates and dwelling give the same order, whatever order they come in. There is no
score; the first criterion that separates two candidates decides between them, and `why` names it (B06).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from uuid import UUID

from domain.housing.dwelling import DwellingFacts
from domain.housing.fit import NO_LIMITS, HousingNeed, Misfit, misfits
from domain.law.waiting_list_guidelines import Better, CriterionKind, FitLimits, RankedFact, RankingCriterion
from domain.refusals import Refusal

Answer = bool | int | date

EFFECTIVE_DATE = "effective_date"
"""The first tie-break, and the one criterion answered by the list itself: waiting time weighs only where configured."""

REGISTERED_DATE = "registered_date"
ENTRY_ID = "entry_id"

BY_EFFECTIVE_DATE = RankingCriterion(
    code=EFFECTIVE_DATE, text_nb="Datoen som teller", fact=RankedFact.WAITING_TIME, kind=CriterionKind.DATE,
    better=Better.EARLIER,
)  # fmt: skip
"""The tie-break in the form of a criterion."""


@dataclass(frozen=True, kw_only=True)
class CriterionFact:
    """The answer to one ranking criterion. `source`: id of the record it was taken from (B06)."""

    criterion: str
    value: Answer
    source: UUID


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What places one entry among the others.

    `registered_on`: when the application was registered. `effective_from`: the date that counts. Both Oslo dates.
    """

    entry: UUID
    case: UUID
    person: UUID
    registered_on: date
    effective_from: date
    facts: tuple[CriterionFact, ...]

    def fact(self, criterion: str) -> CriterionFact | None:
        """The answer to `criterion`; None when nobody has recorded one."""
        return next((fact for fact in self.facts if fact.criterion == criterion), None)

    def answer(self, criterion: str) -> Answer | None:
        """The value of the answer to `criterion`, None when unknown."""
        if criterion == EFFECTIVE_DATE:
            return self.effective_from
        fact = self.fact(criterion)
        return None if fact is None else fact.value

    def answering(self, criterion: str, value: Answer) -> "Standing":
        """The same standing with another answer to `criterion`: what would be, never what is."""
        if criterion == EFFECTIVE_DATE and isinstance(value, date):
            return replace(self, effective_from=value)
        others = tuple(fact for fact in self.facts if fact.criterion != criterion)
        return replace(self, facts=(*others, CriterionFact(criterion=criterion, value=value, source=self.entry)))


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody on the waiting list, as the computation meets them. A paused one is in no order, and it says so."""

    standing: Standing
    need: HousingNeed
    paused: bool = False

    def why_not(self, dwelling: DwellingFacts, limits: FitLimits = NO_LIMITS) -> tuple[Misfit, ...]:
        """Every reason why they are not in the order for `dwelling`; empty when they are."""
        paused = (Misfit.PAUSED,) if self.paused else ()
        return (*paused, *misfits(need=self.need, dwelling=dwelling, limits=limits))


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """One place in the computed order; the place itself is the index in the order.

    `separated_by`: the criterion or date that puts the one before it ahead; None for the first.
    """

    standing: Standing
    separated_by: str | None


@dataclass(frozen=True, kw_only=True)
class Unfit:
    """Somebody who is not in the order, and every reason why."""

    entry: UUID
    reasons: tuple[Misfit, ...]


@dataclass(frozen=True, kw_only=True)
class ComputedOrder:
    """The proposal: those whom the dwelling fits, best placed first, and everybody else with why."""

    ranked: tuple[Ranked, ...]
    unfit: tuple[Unfit, ...]

    @property
    def entries(self) -> tuple[UUID, ...]:
        """The entries in computed order."""
        return tuple(place.standing.entry for place in self.ranked)

    def standing(self, entry: UUID) -> Standing:
        """What placed `entry`. Raises KeyError when it is not among the ranked."""
        return {place.standing.entry: place.standing for place in self.ranked}[entry]


@dataclass(frozen=True, kw_only=True)
class Separation:
    """Why `ahead` stands before `behind` (B06).

    `by`: the first criterion, or tie-break, on which they differ. `equal_on`: the criteria before it, on which they
    are alike. `domain.housing.swaps` says which single change of a fact would turn the pair.
    """

    ahead: UUID
    behind: UUID
    by: str
    ahead_answer: Answer | None
    behind_answer: Answer | None
    ahead_source: UUID | None
    behind_source: UUID | None
    equal_on: tuple[str, ...]


class WrongKindOfAnswerError(Refusal):
    code = "wrong_kind_of_answer"
    rule = "M14"
    missing = "Et svar er av en annen type enn kriteriet i retningslinjene spør etter."
    next_step = "Rett svaret på kriteriet på ventelisten."


class CandidateTwiceError(Refusal):
    code = "candidate_twice"
    rule = "M14"
    missing = "Samme plass på ventelisten er med to ganger."
    next_step = "Send hver plass på ventelisten én gang."


def compute_order(
    *,
    criteria: tuple[RankingCriterion, ...],
    candidates: tuple[Candidate, ...],
    dwelling: DwellingFacts,
    limits: FitLimits = NO_LIMITS,
) -> ComputedOrder:
    """Order those whom `dwelling` fits by `criteria`, the weightiest first (M14).

    Equal on all of them: the earlier effective date, then registration date, then the entry's id. An unknown answer
    goes behind every known one. Raises `WrongKindOfAnswerError` and `CandidateTwiceError`.
    """
    if len({candidate.standing.entry for candidate in candidates}) < len(candidates):
        raise CandidateTwiceError()
    reasons = {candidate.standing.entry: candidate.why_not(dwelling, limits) for candidate in candidates}
    fitting = (c.standing for c in candidates if not reasons[c.standing.entry])
    unfit = (Unfit(entry=entry, reasons=why_not) for entry, why_not in sorted(reasons.items()) if why_not)
    return ComputedOrder(ranked=rank(criteria=criteria, standings=fitting), unfit=tuple(unfit))


def rank(*, criteria: tuple[RankingCriterion, ...], standings: Iterable[Standing]) -> tuple[Ranked, ...]:
    """`standings` in order, as in `compute_order`, whatever the dwelling. Raises `WrongKindOfAnswerError`."""
    placed = sorted(standings, key=lambda standing: _place(criteria, standing))
    separated_by = (None, *(why(criteria=criteria, a=ahead, b=behind).by for ahead, behind in pairwise(placed)))
    return tuple(Ranked(standing=standing, separated_by=by) for standing, by in zip(placed, separated_by, strict=False))


def why(*, criteria: tuple[RankingCriterion, ...], a: Standing, b: Standing) -> Separation:
    """Say which of `a` and `b` goes first and the first thing that separates them (B06).

    Raises `CandidateTwiceError` when they are the same entry, `WrongKindOfAnswerError` as in `compute_order`.
    """
    if a.entry == b.entry:
        raise CandidateTwiceError()
    ahead, behind = (a, b) if goes_before(criteria, a, b) else (b, a)
    steps = [criterion.code for criterion in criteria]
    level = next((n for n, criterion in enumerate(criteria) if _rank(criterion, a) != _rank(criterion, b)), len(steps))
    by, answer = (steps[level], _answer_to(steps[level])) if level < len(steps) else _tie_break(a, b)
    return Separation(
        ahead=ahead.entry, behind=behind.entry, by=by, equal_on=tuple(steps[:level]),
        ahead_answer=answer(ahead), behind_answer=answer(behind),
        ahead_source=_source(ahead, by), behind_source=_source(behind, by),
    )  # fmt: skip


def goes_before(criteria: tuple[RankingCriterion, ...], a: Standing, b: Standing) -> bool:
    """Whether `a` stands before `b`."""
    return _place(criteria, a) < _place(criteria, b)


_BETTER_FIRST: dict[Better, int] = {
    Better.YES: -1, Better.HIGHER: -1, Better.LATER: -1, Better.NO: 1, Better.LOWER: 1, Better.EARLIER: 1,
}  # fmt: skip
_UNKNOWN = (1, 0)
_Place = tuple[tuple[tuple[int, int], ...], date, date, UUID]


def _place(criteria: tuple[RankingCriterion, ...], standing: Standing) -> _Place:
    ranks = tuple(_rank(criterion, standing) for criterion in criteria)
    return ranks, standing.effective_from, standing.registered_on, standing.entry


def _rank(criterion: RankingCriterion, standing: Standing) -> tuple[int, int]:
    answer = standing.answer(criterion.code)
    if answer is None:
        return _UNKNOWN
    refuse_wrong_kind(criterion, answer)
    number = answer.toordinal() if isinstance(answer, date) else int(answer)
    return 0, number * _BETTER_FIRST[criterion.better]


def refuse_wrong_kind(criterion: RankingCriterion, answer: Answer) -> None:
    """Raise `WrongKindOfAnswerError` unless `answer` is of the kind that `criterion` asks for."""
    expected: dict[CriterionKind, type[Answer]] = {
        CriterionKind.YES_NO: bool,
        CriterionKind.NUMBER: int,
        CriterionKind.DATE: date,
    }
    if type(answer) is not expected[criterion.kind]:
        raise WrongKindOfAnswerError(codes=(criterion.code,))


def _answer_to(criterion: str) -> Callable[[Standing], Answer | None]:
    return lambda standing: standing.answer(criterion)


def _source(standing: Standing, criterion: str) -> UUID | None:
    fact = standing.fact(criterion)
    return None if fact is None else fact.source


def _tie_break(a: Standing, b: Standing) -> tuple[str, Callable[[Standing], Answer | None]]:
    if a.effective_from != b.effective_from:
        return EFFECTIVE_DATE, lambda standing: standing.effective_from
    if a.registered_on != b.registered_on:
        return REGISTERED_DATE, lambda standing: standing.registered_on
    return ENTRY_ID, lambda _: None
