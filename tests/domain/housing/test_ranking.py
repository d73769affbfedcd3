"""The computed order: total, blind to the order of its input, and explained pair by pair."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.housing.fit import HousingNeed, Misfit
from domain.housing.ranking import (
    EFFECTIVE_DATE,
    ENTRY_ID,
    REGISTERED_DATE,
    Answer,
    Candidate,
    CandidateTwiceError,
    CriterionFact,
    Standing,
    WrongKindOfAnswerError,
    compute_order,
    why,
)
from domain.law.waiting_list_guidelines import Better, CriterionKind, RankedFact, RankingCriterion
from tests.domain.decision_support import dwelling_facts, uid

DAY = date(2027, 1, 1)
SMALL = HousingNeed(adults=1, children=0, rooms_at_least=1, step_free=False)


def criterion(code: str, kind: CriterionKind, better: Better) -> RankingCriterion:
    return RankingCriterion(code=code, text_nb=code, fact=RankedFact.URGENCY, kind=kind, better=better)


HOMELESS = criterion("homeless", CriterionKind.YES_NO, Better.YES)
CHILDREN = criterion("children", CriterionKind.NUMBER, Better.HIGHER)
MUST_LEAVE = criterion("must_leave", CriterionKind.DATE, Better.EARLIER)
WAITING = criterion(EFFECTIVE_DATE, CriterionKind.DATE, Better.EARLIER)
CRITERIA = (HOMELESS, CHILDREN, MUST_LEAVE)


def answering(
    number: int,
    answers: Mapping[str, Answer],
    *,
    need: HousingNeed = SMALL,
    effective: date = DAY,
    registered: date = DAY,
) -> Candidate:
    facts = tuple(
        CriterionFact(criterion=code, value=value, source=uid(1000 + number)) for code, value in answers.items()
    )
    standing = Standing(
        entry=uid(number), case=uid(number + 100), person=uid(number + 200), registered_on=registered,
        effective_from=effective, facts=facts,
    )  # fmt: skip
    return Candidate(standing=standing, need=need)


def candidate(
    number: int, *, need: HousingNeed = SMALL, effective: date = DAY, registered: date = DAY, **answers: Answer
) -> Candidate:
    return answering(number, answers, need=need, effective=effective, registered=registered)


def order(*candidates: Candidate, criteria: tuple[RankingCriterion, ...] = CRITERIA) -> list[int]:
    computed = compute_order(criteria=criteria, candidates=candidates, dwelling=dwelling_facts())
    return [entry.int for entry in computed.entries]


days = st.integers(0, 3).map(lambda n: DAY + timedelta(days=n))
answers: st.SearchStrategy[dict[str, Answer]] = st.fixed_dictionaries(
    {}, optional={"homeless": st.booleans(), "children": st.integers(0, 12), "must_leave": days}
)


@st.composite
def waiting_lists(draw: st.DrawFn) -> list[Candidate]:
    numbers = draw(st.lists(st.integers(1, 60), unique=True, max_size=8))
    return [answering(n, draw(answers), effective=draw(days), registered=draw(days)) for n in numbers]


@given(waiting_lists(), st.randoms())
def test_M14_the_order_is_the_same_whatever_order_the_candidates_come_in(
    waiting: list[Candidate], random: Random
) -> None:
    shuffled = random.sample(waiting, len(waiting))

    assert order(*shuffled) == order(*waiting)


@given(waiting_lists())
def test_M14_everybody_whom_the_dwelling_fits_has_exactly_one_place(waiting: list[Candidate]) -> None:
    assert sorted(order(*waiting)) == sorted(c.standing.entry.int for c in waiting)


@given(waiting_lists())
def test_B06_any_two_are_separated_the_same_way_round_and_as_the_order_says(waiting: list[Candidate]) -> None:
    places = order(*waiting)
    for a in waiting:
        for b in waiting:
            if a is not b:
                one = why(criteria=CRITERIA, a=a.standing, b=b.standing)
                assert one == why(criteria=CRITERIA, a=b.standing, b=a.standing)
                assert places.index(one.ahead.int) < places.index(one.behind.int)


def test_M14_numbers_are_compared_as_numbers() -> None:
    lower = criterion("residents", CriterionKind.NUMBER, Better.LOWER)

    assert order(candidate(1, residents=10), candidate(2, residents=2), criteria=(lower,)) == [2, 1]
    assert order(candidate(1, children=2), candidate(2, children=10)) == [2, 1]


def test_M14_the_first_criterion_outweighs_all_that_follow() -> None:
    assert order(candidate(1, homeless=False, children=9), candidate(2, homeless=True, children=0)) == [2, 1]


def test_M14_an_unknown_answer_goes_behind_every_known_one() -> None:
    assert order(candidate(1), candidate(2, homeless=False), candidate(3, homeless=True)) == [3, 2, 1]


def test_M14_the_earlier_date_goes_first_where_the_guidelines_say_so() -> None:
    assert order(candidate(1, must_leave=date(2027, 6, 1)), candidate(2, must_leave=date(2027, 5, 31))) == [2, 1]


def test_M14_waiting_time_does_not_outweigh_a_criterion_unless_it_is_one() -> None:
    long_wait = candidate(1, homeless=False, effective=date(2020, 1, 1))
    short_wait = candidate(2, homeless=True, effective=date(2027, 1, 1))

    assert order(long_wait, short_wait) == [2, 1]
    assert order(long_wait, short_wait, criteria=(WAITING, HOMELESS)) == [1, 2]


def test_M14_equals_go_by_effective_date_then_registration_date_then_id() -> None:
    later = DAY + timedelta(days=1)

    waiting = (candidate(1, effective=later), candidate(2, registered=later), candidate(4), candidate(3))

    assert order(*waiting) == [3, 4, 2, 1]


def test_B06_every_place_says_what_puts_the_one_before_it_ahead() -> None:
    later = DAY + timedelta(days=1)
    waiting = (
        candidate(1, homeless=True),
        candidate(2, homeless=False, children=2),
        candidate(3, homeless=False, children=1),
        candidate(4, homeless=False, children=1, effective=later),
        candidate(5, homeless=False, children=1, effective=later, registered=later),
        candidate(6, homeless=False, children=1, effective=later, registered=later),
    )

    computed = compute_order(criteria=CRITERIA, candidates=waiting, dwelling=dwelling_facts())

    assert [place.separated_by for place in computed.ranked] == [
        None, "homeless", "children", EFFECTIVE_DATE, REGISTERED_DATE, ENTRY_ID,
    ]  # fmt: skip


def test_B06_the_separation_names_the_first_difference_its_sources_and_what_would_swap_them() -> None:
    a, b = candidate(1, homeless=True, children=1), candidate(2, homeless=True, children=3)

    separation = why(criteria=CRITERIA, a=a.standing, b=b.standing)

    assert (separation.ahead, separation.behind, separation.by) == (uid(2), uid(1), "children")
    assert (separation.ahead_answer, separation.behind_answer) == (3, 1)
    assert (separation.ahead_source, separation.behind_source) == (uid(1002), uid(1001))
    assert separation.equal_on == ("homeless",)


def test_B06_nobody_is_compared_with_themselves() -> None:
    one = candidate(1).standing

    with pytest.raises(CandidateTwiceError):
        why(criteria=CRITERIA, a=one, b=one)


def test_M14_the_same_entry_twice_is_refused() -> None:
    with pytest.raises(CandidateTwiceError):
        order(candidate(1), candidate(1))


@pytest.mark.parametrize(("code", "value"), [("homeless", 1), ("children", True), ("must_leave", 3)])
def test_M14_an_answer_of_another_kind_than_the_criterion_asks_for_is_refused(code: str, value: Answer) -> None:
    with pytest.raises(WrongKindOfAnswerError):
        order(answering(1, {code: value}), candidate(2))


def test_M14_those_whom_the_dwelling_does_not_fit_are_kept_with_the_reason() -> None:
    large = HousingNeed(adults=2, children=4, rooms_at_least=5, step_free=False)

    computed = compute_order(
        criteria=CRITERIA, candidates=(candidate(1, need=large), candidate(2)), dwelling=dwelling_facts(rooms=3)
    )

    assert computed.entries == (uid(2),)
    assert [(unfit.entry, unfit.reasons) for unfit in computed.unfit] == [(uid(1), (Misfit.TOO_FEW_ROOMS,))]


def test_B06_a_paused_place_is_in_no_order_and_says_so() -> None:
    paused = Candidate(standing=candidate(1).standing, need=SMALL, paused=True)

    computed = compute_order(criteria=CRITERIA, candidates=(paused, candidate(2)), dwelling=dwelling_facts())

    assert computed.entries == (uid(2),)
    assert [unfit.reasons for unfit in computed.unfit] == [(Misfit.PAUSED,)]
