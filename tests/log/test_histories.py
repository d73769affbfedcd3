"""What has happened leads to the decision that the mandate gives (R08). `make proof-access` does it at length."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

import pytest

from domain.access.decision import Rule
from tests.log.proof_access import PARTS, Compared, compared

SEED, HOW_MANY = 20270112, 250
NOT_DECIDED_ABOUT_A_CASE = {
    Rule.KEEPS_VACANCIES, Rule.IN_NO_DIRECTORY, Rule.NO_SEAT_TODAY, Rule.SEAT_NOT_HELD,
}  # fmt: skip
"""Decided about an item that is in no case (`test_vacancy`), or at the door (`services.seating`)."""


@cache
def part(number: int) -> Sequence[Compared]:
    return list(compared(HOW_MANY, SEED + number))


@pytest.mark.parametrize("number", range(PARTS))
def test_R08_every_history_leads_to_the_decision_that_the_mandate_gives(number: int) -> None:
    assert [each for each in part(number) if not each.agrees] == []


def test_R08_every_rule_that_a_decision_can_give_is_met_by_some_history() -> None:
    met = Counter(rule for number in range(PARTS) for each in part(number) for rule in each.decision.rules)

    assert {rule for rule in Rule if met[rule] == 0} == NOT_DECIDED_ABOUT_A_CASE
