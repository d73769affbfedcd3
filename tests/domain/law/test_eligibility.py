"""What may bar an application, and what it may bar (LR2, LR3)."""

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from domain.law.eligibility import ANOTHER_MUNICIPALITY, MunicipalityNotAssessedError, barring, refuse_unassessed
from domain.law.requirement import RulebookError
from domain.law.rulebook import DecisionSubject, EligibilityRule
from services.rulebooks import read_rulebook
from tests.domain.law.rulebooks import RULEBOOK

IN_USE = Path(__file__).parents[3] / "config" / "rulebooks" / "2026-01-01.toml"

BY_LAW = EligibilityRule(
    code=ANOTHER_MUNICIPALITY, text_nb="En annen kommune har ansvaret.", hjemmel="boligsosialloven § 3",
    subjects=(DecisionSubject.ASSISTANCE, DecisionSubject.DWELLING),
)  # fmt: skip
LOCAL = EligibilityRule(
    code="lived_here_two_years", text_nb="Botid under to år.", hjemmel="retningslinjene",
    subjects=(DecisionSubject.DWELLING,), local=True,
)  # fmt: skip
RULES = replace(RULEBOOK, eligibility=(BY_LAW, LOCAL))


@pytest.mark.parametrize(
    ("subject", "rules"),
    [
        (DecisionSubject.ASSISTANCE, (BY_LAW,)),
        (DecisionSubject.DWELLING, (BY_LAW, LOCAL)),
        (DecisionSubject.EXTENSION, ()),
        (DecisionSubject.CARE_HOUSING, ()),
    ],
)
def test_LR2_only_the_laws_own_rules_bar_help_after_section_6(
    subject: DecisionSubject, rules: tuple[EligibilityRule, ...]
) -> None:
    assert barring(RULES, subject) == rules


def test_LR2_a_rulebook_in_which_residence_time_bars_help_is_refused() -> None:
    with pytest.raises(RulebookError, match="LR2"):
        replace(LOCAL, subjects=(DecisionSubject.DWELLING, DecisionSubject.ASSISTANCE))


@pytest.mark.parametrize(
    ("code", "assessed", "refused"),
    [
        (ANOTHER_MUNICIPALITY, False, True),
        (ANOTHER_MUNICIPALITY, True, False),
        ("unlawful_stay", False, False),
        (None, False, False),
    ],
)
def test_LR3_that_another_municipality_is_responsible_takes_an_assessment(
    code: str | None, assessed: bool, refused: bool
) -> None:
    with pytest.raises(MunicipalityNotAssessedError) if refused else nullcontext():
        refuse_unassessed(code, another_is_responsible=assessed)


def test_LR2_the_rulebook_in_use_bars_help_only_by_law() -> None:
    rules = read_rulebook(IN_USE)

    assert [rule.code for rule in barring(rules, DecisionSubject.ASSISTANCE) if rule.local] == []
    assert ANOTHER_MUNICIPALITY in {rule.code for rule in barring(rules, DecisionSubject.ASSISTANCE)}


@pytest.mark.parametrize(("subject", "refused"), [("assistance", True), ("dwelling", False)])
def test_LR2_a_file_with_a_local_rule_is_read_unless_the_rule_bars_help(
    tmp_path: Path, subject: str, refused: bool
) -> None:
    rule = (
        f'[[eligibility]]\ncode = "botid"\ntext_nb = "Botid"\nsubjects = ["{subject}"]\nhjemmel = "x"\nlocal = true\n'
    )
    path = tmp_path / "rules.toml"
    path.write_text(f"{IN_USE.read_text()}\n{rule}")

    with pytest.raises(RulebookError, match="LR2") if refused else nullcontext():
        read_rulebook(path)
