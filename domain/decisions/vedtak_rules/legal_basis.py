"""The law and the authority a vedtak stands on: hjemmel, appeal body, delegation, and what bars an application."""

from domain.cases.case import WithoutGroupGround
from domain.decisions.vedtak_rules.facts import Ground, LegalBasis
from domain.decisions.vedtak_rules.refusals import (
    DelegationMissingError,
    DismissalGroundError,
    DismissalGroundMissingError,
)
from domain.law.eligibility import barring
from domain.law.rulebook import DecisionSubject, Rulebook


def legal_basis(rules: Rulebook, subject: DecisionSubject, *, barred_by: str | None = None) -> LegalBasis:
    """What a vedtak on `subject` stands on under `rules` (D11, LK1, LK2, LR6).

    `barred_by`: the code of the eligibility rule that a formal dismissal follows. A local rule never bars help after
    § 6; a rulebook with one cannot be made (LR2). Raises `DismissalGroundError` for a rule that is not about `subject`.
    """
    if barred_by is not None and barred_by not in {rule.code for rule in barring(rules, subject)}:
        raise DismissalGroundError()
    return LegalBasis(
        hjemmel=rules.hjemler[subject], appeal_body=rules.appeal_bodies[subject], rulebook_version=rules.version,
        delegation=rules.delegations.get(subject), barred_by=barred_by,
    )  # fmt: skip


def refuse_baseless(*, basis: LegalBasis, ground: Ground) -> None:
    """Refuse a vedtak that nobody has been given the authority to make (LR6), or a dismissal without its rule (LR2)."""
    if basis.delegation is None:
        raise DelegationMissingError()
    dismissed = ground.without_group is WithoutGroupGround.FORMALLY_DISMISSED
    if dismissed and basis.barred_by is None:
        raise DismissalGroundMissingError()
    if not dismissed and basis.barred_by is not None:
        raise DismissalGroundError()
