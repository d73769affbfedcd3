"""Who makes a vedtak, on whose authority, and what must stand in it (M13, LV5, LR2, LR3, LR6, LD3, LV3)."""

from dataclasses import replace
from itertools import product

import pytest

from domain.actors import SERVICE_OG_TILDELING, By, Role, Unit
from domain.decisions.vedtak import (
    DiscardReason,
    Vedtak,
)
from domain.decisions.vedtak_rules import (
    DelegationMissingError,
    DismissalGroundError,
    DismissalGroundMissingError,
    Outcome,
    ReasonsIncompleteError,
    WishesUnansweredError,
    legal_basis,
)
from domain.law.rulebook import DecisionSubject, EligibilityRule
from domain.refusals import SaksbehandlerOnlyError
from tests.domain.decision_support import (
    AT,
    BASIS,
    NAV,
    TODAY,
    by,
    conclusion,
    content,
    sealed,
    uid,
    vedtak_facts,
)
from tests.domain.decisions.vedtak_support import ASSISTANCE, DISMISSED, DWELLING, GRANT, REFUSE, draft, issue, notify
from tests.domain.law.rulebooks import RULEBOOK
from tests.domain.support import stored_and_replayed

# --- who ---

NOT_THE_SAKSBEHANDLER = [
    (role, unit)
    for role, unit in product(Role, (SERVICE_OG_TILDELING, NAV, Unit("botjenesten")))
    if (role, unit) != (Role.SAKSBEHANDLER, SERVICE_OG_TILDELING)
]


@pytest.mark.parametrize(("role", "unit"), NOT_THE_SAKSBEHANDLER)
def test_M13_LV5_nobody_but_the_saksbehandler_makes_a_vedtak_no_machine_and_no_rule(role: Role, unit: Unit) -> None:
    actor: By = by(role, unit)
    for change in (
        lambda: draft(by=actor),
        lambda: issue(draft(), by=actor),
        lambda: notify(issue(draft()), by=actor),
        lambda: draft().discard(reason=DiscardReason.WRITTEN_ANEW, by=actor, at=AT),
        lambda: issue(draft()).replace(successor=vedtak_facts(id=uid(52)), because=sealed(), by=actor, at=AT),
        lambda: issue(draft()).add_follow_up(follow_up=uid(70), by=actor, at=AT),
    ):
        with pytest.raises(SaksbehandlerOnlyError):
            change()


def test_LR6_a_vedtak_names_the_delegation_it_is_made_under() -> None:
    assert stored_and_replayed(draft()).basis.delegation == "delegert fra kommunedirektøren"


def test_LR6_without_a_recorded_delegation_there_is_no_vedtak() -> None:
    with pytest.raises(DelegationMissingError):
        draft(basis=replace(BASIS, delegation=None))


@pytest.mark.parametrize("subject", DecisionSubject)
def test_LR6_the_delegation_is_the_rulebooks_for_that_subject(subject: DecisionSubject) -> None:
    rules = replace(RULEBOOK, delegations={subject: "delegert"})
    found = {each: legal_basis(rules, each).delegation for each in DecisionSubject}
    assert {each for each, delegation in found.items() if delegation} == {subject}


# --- formal dismissal ---

UNLAWFUL_STAY = EligibilityRule(
    code="unlawful_stay", text_nb="Oppholder seg ikke lovlig.", subjects=(ASSISTANCE, DWELLING), hjemmel="bsl § 3"
)
YEARS_HERE = EligibilityRule(
    code="two_years_here", text_nb="Har ikke bodd her i to år.", subjects=(DWELLING,), hjemmel="lokal", local=True
)
WITH_RULES = replace(
    RULEBOOK, eligibility=(UNLAWFUL_STAY, YEARS_HERE), delegations=dict.fromkeys(DecisionSubject, "delegert")
)


@pytest.mark.parametrize(
    ("subject", "rule", "bars"),
    [
        (ASSISTANCE, "unlawful_stay", True),
        (DWELLING, "unlawful_stay", True),
        (DWELLING, "two_years_here", True),
        (ASSISTANCE, "two_years_here", False),
        (DecisionSubject.EXTENSION, "unlawful_stay", False),
        (DecisionSubject.CARE_HOUSING, "unlawful_stay", False),
        (DWELLING, "no_such_rule", False),
    ],
)
def test_LR2_a_dismissal_names_a_rule_that_bars_and_a_local_one_never_bars_help(
    subject: DecisionSubject, rule: str, bars: bool
) -> None:
    def dismissed() -> Vedtak:
        basis = legal_basis(WITH_RULES, subject, barred_by=rule)
        return issue(draft(subject, REFUSE, ground=DISMISSED, basis=basis), ground=DISMISSED)

    if bars:
        assert dismissed().basis.barred_by == rule
    else:
        with pytest.raises(DismissalGroundError):
            dismissed()


def test_LR2_a_dismissal_without_its_rule_is_refused() -> None:
    with pytest.raises(DismissalGroundMissingError):
        draft(DWELLING, REFUSE, ground=DISMISSED)


def test_LR3_only_a_dismissal_names_what_bars_an_application() -> None:
    with pytest.raises(DismissalGroundError):
        draft(DWELLING, REFUSE, basis=replace(BASIS, barred_by="another_municipality_is_responsible"))


# --- what must be written ---


@pytest.mark.parametrize(("subject", "outcome"), list(product((ASSISTANCE, DWELLING), Outcome)))
def test_LD3_rules_facts_and_considerations_stand_in_it_when_it_is_issued(
    subject: DecisionSubject, outcome: Outcome
) -> None:
    ground = conclusion(vanskeligstilt=outcome is GRANT)
    vedtak = draft(subject, outcome, ground=ground, content=replace(content(subject, outcome), facts=None))
    with pytest.raises(ReasonsIncompleteError):
        issue(vedtak, ground=ground)
    whole = issue(draft(subject, outcome, ground=ground), ground=ground)
    assert None not in (whole.basis.hjemmel, whole.content.facts, whole.content.reasons)


def test_LV3_granted_help_says_how_the_applicants_wishes_were_weighed() -> None:
    with pytest.raises(WishesUnansweredError):
        issue(draft(content=replace(content(ASSISTANCE, GRANT), wishes_considered=None)))


def test_LV3_where_no_help_is_chosen_no_wishes_are_weighed() -> None:
    ground = conclusion(vanskeligstilt=False)
    says = replace(content(ASSISTANCE, REFUSE), wishes_considered=None)
    assert issue(draft(ASSISTANCE, REFUSE, ground=ground, content=says), ground=ground).issued_on == TODAY
