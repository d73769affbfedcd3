"""The pool an appeal body gets: everybody who waited that day, and nobody recognised (B14)."""

from datetime import date

import pytest

from domain.decisions.anonymous_pool import FEW, PoolRow, PoolState, Stood, anonymous_pool, pseudonym
from domain.housing.fit import HousingNeed
from domain.housing.ranking import CriterionFact, Standing
from domain.law.waiting_list_guidelines import RankingCriterion
from tests.domain.decision_support import uid
from tests.domain.law.rulebooks import RULEBOOK

CRITERIA: tuple[RankingCriterion, ...] = RULEBOOK.ranking


def stood(number: int, *, without_dwelling: bool = False, state: PoolState = PoolState.WAITING) -> Stood:
    fact = CriterionFact(criterion=CRITERIA[0].code, value=without_dwelling, source=uid(500))
    standing = Standing(
        entry=uid(number), case=uid(100 + number), person=uid(200 + number), registered_on=date(2026, 1, number),
        effective_from=date(2026, 1, number), facts=(fact,),
    )  # fmt: skip
    need = HousingNeed(adults=19, children=0, rooms_at_least=3, step_free=True, areas=("centre",))
    return Stood(standing=standing, need=need, state=state)


def pool(*people: Stood, appellant: int = 0, given_to: int = 0) -> tuple[PoolRow, ...]:
    return anonymous_pool(people, criteria=CRITERIA, appellant=uid(100 + appellant), given_to=uid(given_to))


def test_B14_people_are_called_by_letters_in_the_order_of_the_guidelines() -> None:
    rows = pool(stood(1), stood(2, without_dwelling=True))
    assert [(row.pseudonym, row.rank, row.answers["without_dwelling"]) for row in rows] == [
        ("A", 1, True),
        ("B", 2, False),
    ]
    assert rows[1].separated_by == "without_dwelling"


def test_B14_who_paused_or_got_a_dwelling_is_there_without_a_place() -> None:
    rows = pool(stood(1, state=PoolState.HOUSED), stood(2, state=PoolState.PAUSED), stood(3))
    assert [(row.state, row.rank) for row in rows] == [
        (PoolState.WAITING, 1), (PoolState.PAUSED, None), (PoolState.HOUSED, None),
    ]  # fmt: skip


def test_B14_the_same_people_give_the_same_pool_in_whatever_order_they_come() -> None:
    people = [stood(number, without_dwelling=number % 2 == 0) for number in range(1, 8)]
    assert pool(*people) == pool(*reversed(people))


def test_B14_nobodys_id_date_area_or_head_count_is_in_it() -> None:
    text = repr(pool(*(stood(number) for number in range(1, 8))))
    ids = (*range(1, 8), *range(101, 108), *range(201, 208), 500)
    assert not [
        telling for telling in ("UUID", "date(", "centre", "19", *(str(uid(id)) for id in ids)) if telling in text
    ]


def test_B14_dates_are_months() -> None:
    assert {row.waiting_since for row in pool(*(stood(number) for number in range(1, FEW + 1)))} == {"2026-01"}


def test_B14_among_few_dates_and_step_free_needs_are_left_out_and_the_order_stays() -> None:
    rows = pool(*(stood(number) for number in range(1, FEW)))
    assert {(row.waiting_since, row.step_free) for row in rows} == {(None, None)}
    assert [row.rank for row in rows] == list(range(1, FEW))


def test_B14_the_appellant_and_who_got_the_dwelling_can_be_found() -> None:
    rows = pool(stood(1), stood(2), appellant=2, given_to=1)
    assert [(row.is_appellant, row.got_the_dwelling) for row in rows] == [(False, True), (True, False)]


def test_B14_an_empty_list_is_an_empty_pool() -> None:
    assert pool() == ()


@pytest.mark.parametrize(("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")])
def test_B14_letters_do_not_run_out(number: int, name: str) -> None:
    assert pseudonym(number) == name
