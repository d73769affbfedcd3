"""The planted violations keep up with the code; `make prove-mandate` shows that each of them is noticed."""

import pytest

from tests.planted.prove import files_that_bear
from tests.planted.violations import ROOT, Violation, violations

RULES = [f"M{number:02}" for number in range(1, 21)]


def test_every_rule_of_the_mandate_has_a_planted_violation() -> None:
    assert sorted(set(RULES) - {each.rule for each in violations()}) == []


@pytest.mark.parametrize("violation", violations(), ids=lambda each: f"{each.rule} {each.lets}")
def test_what_a_violation_takes_out_still_stands_in_the_code(violation: Violation) -> None:
    assert violation.is_found()
    assert violation.text != violation.instead
    assert files_that_bear(violation.rule, ROOT) != []
