"""What would swap two on the list: each change does it, none smaller does, and none is forgotten (B06)."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.housing.ranking import EFFECTIVE_DATE, Answer, CriterionFact, Standing, why
from domain.housing.swaps import Swap, swaps
from domain.law.waiting_list_guidelines import Better, CriterionKind, RankedFact, RankingCriterion
from tests.domain.decision_support import uid

DAY = date(2027, 1, 10)
VALUES: dict[CriterionKind, list[Answer]] = {
    CriterionKind.YES_NO: [True, False],
    CriterionKind.NUMBER: [0, 1, 2, 3, 4],
    CriterionKind.DATE: [DAY + timedelta(days=n) for n in range(-1, 4)],
}
DRAWN: dict[CriterionKind, list[Answer | None]] = {
    CriterionKind.YES_NO: [None, True, False],
    CriterionKind.NUMBER: [None, 0, 1, 2, 3],
    CriterionKind.DATE: [None, *VALUES[CriterionKind.DATE][1:-1]],
}
"""So that there is always a value beyond those that are drawn, save under 0."""

BETTER = {
    CriterionKind.YES_NO: [Better.YES, Better.NO],
    CriterionKind.NUMBER: [Better.HIGHER, Better.LOWER],
    CriterionKind.DATE: [Better.EARLIER, Better.LATER],
}


def criterion(code: str, kind: CriterionKind, better: Better) -> RankingCriterion:
    return RankingCriterion(code=code, text_nb=code, fact=RankedFact.URGENCY, kind=kind, better=better)


HOMELESS = criterion("homeless", CriterionKind.YES_NO, Better.YES)
CHILDREN = criterion("children", CriterionKind.NUMBER, Better.HIGHER)


def standing(number: int, effective: date = DAY, **answers: Answer) -> Standing:
    facts = tuple(CriterionFact(criterion=code, value=value, source=uid(60)) for code, value in answers.items())
    return Standing(
        entry=uid(number), case=uid(number + 100), person=uid(number + 200), registered_on=DAY,
        effective_from=effective, facts=facts,
    )  # fmt: skip


@st.composite
def pairs(draw: st.DrawFn) -> tuple[tuple[RankingCriterion, ...], Standing, Standing]:
    kinds = draw(st.lists(st.sampled_from(CriterionKind), min_size=1, max_size=3))
    criteria = tuple(criterion(f"c{n}", kind, draw(st.sampled_from(BETTER[kind]))) for n, kind in enumerate(kinds))
    people = []
    for number in (1, 2):
        inner = {c.code: draw(st.sampled_from(DRAWN[c.kind])) for c in criteria}
        known = {code: value for code, value in inner.items() if value is not None}
        people.append(standing(number, DAY + timedelta(days=draw(st.integers(0, 2))), **known))
    return criteria, people[0], people[1]


def ahead_of(criteria: tuple[RankingCriterion, ...], a: Standing, b: Standing) -> int:
    return why(criteria=criteria, a=a, b=b).ahead.int


def after(swap: Swap, one: Standing, sample: Answer) -> Standing:
    if swap.entry != one.entry:
        return one
    return one.answering(swap.criterion, sample if swap.to is None else swap.to)


@given(pairs())
def test_B06_each_change_that_is_named_turns_the_pair(
    pair: tuple[tuple[RankingCriterion, ...], Standing, Standing],
) -> None:
    criteria, a, b = pair
    first = ahead_of(criteria, a, b)
    kinds = {c.code: c.kind for c in criteria}
    for swap in swaps(criteria=criteria, a=a, b=b):
        for sample in VALUES[kinds.get(swap.criterion, CriterionKind.DATE)]:
            assert ahead_of(criteria, after(swap, a, sample), after(swap, b, sample)) != first, swap


@given(pairs())
def test_B06_no_fact_that_could_turn_the_pair_is_forgotten(
    pair: tuple[tuple[RankingCriterion, ...], Standing, Standing],
) -> None:
    criteria, a, b = pair
    first = ahead_of(criteria, a, b)
    turning = set()
    for code, kind in [*((c.code, c.kind) for c in criteria), (EFFECTIVE_DATE, CriterionKind.DATE)]:
        for value in VALUES[kind]:
            if ahead_of(criteria, a.answering(code, value), b) != first:
                turning.add((a.entry, code))
            if ahead_of(criteria, a, b.answering(code, value)) != first:
                turning.add((b.entry, code))
    assert {(swap.entry, swap.criterion) for swap in swaps(criteria=criteria, a=a, b=b)} == turning


def test_B06_the_smallest_change_is_named_for_both() -> None:
    a, b = standing(1, homeless=True, children=3), standing(2, homeless=True, children=1, effective=DAY)

    assert swaps(criteria=(HOMELESS, CHILDREN), a=a, b=b) == (
        Swap(entry=a.entry, criterion="homeless", now=True, to=False),
        Swap(entry=b.entry, criterion="children", now=1, to=4),
        Swap(entry=a.entry, criterion="children", now=3, to=0),
    )


def test_B06_drawing_level_is_enough_where_what_comes_after_decides() -> None:
    a, b = standing(1, DAY + timedelta(days=9), homeless=True), standing(2, homeless=False)

    assert swaps(criteria=(HOMELESS,), a=a, b=b) == (
        Swap(entry=b.entry, criterion="homeless", now=False, to=True),
        Swap(entry=a.entry, criterion="homeless", now=True, to=False),
    )


def test_B06_where_no_single_fact_turns_the_pair_there_is_none() -> None:
    a, b = standing(1, homeless=True, children=2), standing(2, homeless=False, children=1)

    assert swaps(criteria=(HOMELESS, CHILDREN), a=a, b=b) == ()


def test_B06_where_neither_is_known_any_answer_turns_it() -> None:
    a, b = standing(1), standing(2)

    assert swaps(criteria=(HOMELESS,), a=a, b=b) == (
        Swap(entry=b.entry, criterion="homeless", now=None, to=None),
        Swap(entry=b.entry, criterion=EFFECTIVE_DATE, now=DAY, to=DAY - timedelta(days=1)),
        Swap(entry=a.entry, criterion=EFFECTIVE_DATE, now=DAY, to=DAY + timedelta(days=1)),
    )


def test_B06_the_day_of_registration_turns_nothing_since_it_never_changes() -> None:
    a, b = standing(1), replace(standing(2), registered_on=DAY + timedelta(days=1))

    assert {swap.criterion for swap in swaps(criteria=(HOMELESS,), a=a, b=b)} == {"homeless", EFFECTIVE_DATE}
