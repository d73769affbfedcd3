"""What may bar an application, and what it may bar (LR2, LR3). The rulebook lists it; nothing else may bar anything.

A rulebook in which a local rule bars help after § 6 is refused when it is read (`EligibilityRule`).
"""

from domain.law.rulebook import DecisionSubject, EligibilityRule, Rulebook
from domain.refusals import Refusal

ANOTHER_MUNICIPALITY = "another_municipality_is_responsible"
"""The rule that stands on an assessment of the responsible municipality (LR3)."""


class MunicipalityNotAssessedError(Refusal):
    code = "municipality_not_assessed"
    rule = "LR3"
    missing = "Det er ikke vurdert at en annen kommune har ansvaret for søkeren."
    next_step = "Registrer vurderingen av ansvarlig kommune, og send henvendelsen videre til den."


def barring(rules: Rulebook, subject: DecisionSubject) -> tuple[EligibilityRule, ...]:
    """The rules that may bar an application for `subject`, in the rulebook's order."""
    return tuple(rule for rule in rules.eligibility if subject in rule.subjects)


def refuse_unassessed(code: str | None, *, another_is_responsible: bool) -> None:
    """Raise `MunicipalityNotAssessedError` for the rule with that `code` unless the case's assessment bears it (LR3)."""
    if code == ANOTHER_MUNICIPALITY and not another_is_responsible:
        raise MunicipalityNotAssessedError()
