"""Every combination of ground, thing applied for, subject and outcome, held against the mandate's own words (M12, M13).

The oracle is written from the mandate, not from the code: which vedtak are lawful, and no other.
"""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from domain.cases.application import Application, ApplicationKind, Household, PresentHousing, WayIn
from domain.cases.application_content import ApplicationContent
from domain.cases.case import WithoutGroupGround
from domain.decisions.vedtak import Vedtak
from domain.decisions.vedtak_rules import GroundFacts, Outcome, WithoutGroupFacts, refuse_unasked
from domain.law.rulebook import DecisionSubject
from domain.refusals import Refusal
from tests.domain.decision_support import (
    APPLICATION,
    AT,
    BASIS,
    CASE,
    PERSON,
    SAKSBEHANDLER,
    TENANCY,
    TODAY,
    conclusion,
    content,
    sealed,
    uid,
)

ASSISTANCE, DWELLING = DecisionSubject.ASSISTANCE, DecisionSubject.DWELLING
EXTENSION, CARE_HOUSING = DecisionSubject.EXTENSION, DecisionSubject.CARE_HOUSING
GRANT, REFUSE = Outcome.GRANT, Outcome.REFUSE

APPLIED_FOR: tuple[frozenset[DecisionSubject], ...] = (
    *(
        frozenset(subject for subject, asked in zip((DWELLING, ASSISTANCE, EXTENSION), choice, strict=True) if asked)
        for choice in product((True, False), repeat=3)
        if any(choice)
    ),
    frozenset({CARE_HOUSING}),
)
GROUNDS: tuple[GroundFacts, ...] = (
    *(
        conclusion(vanskeligstilt=True, dwelling=dwelling, extension=extension)
        for dwelling, extension in product((None, GRANT, REFUSE), repeat=2)
    ),
    *(
        conclusion(vanskeligstilt=False, dwelling=dwelling, extension=extension)
        for dwelling, extension in product((None, REFUSE), repeat=2)
    ),
    *(WithoutGroupFacts(ground=ground, facts_settled=True) for ground in WithoutGroupGround),
)
EVERYTHING = tuple(product(APPLIED_FOR, DecisionSubject, Outcome, GROUNDS, (True, False)))


def lawful(
    applied_for: frozenset[DecisionSubject], subject: DecisionSubject, outcome: Outcome, ground: GroundFacts,
    departs: bool,
) -> bool:  # fmt: skip
    """What the mandate says, rule by rule."""
    granted = outcome is GRANT
    if subject not in applied_for and not (subject is ASSISTANCE and granted):
        return False  # M13: a vedtak answers what was applied for; M12: only help follows without having been asked for
    if isinstance(ground, WithoutGroupFacts):
        if ground.ground is WithoutGroupGround.FORMALLY_DISMISSED and granted:
            return False  # what is formally dismissed is not granted
        if ground.ground is WithoutGroupGround.APPEAL_DECIDED:
            return False  # LK7: only what replaces the vedtak that an appeal body changed or quashed, see the vedtak's life
        if ground.ground is WithoutGroupGround.CARE_HOUSING:
            return subject in (
                CARE_HOUSING,
                EXTENSION,
            )  # M20, and the leases in care dwellings that stay with the owner
        return subject is not CARE_HOUSING or ground.ground is WithoutGroupGround.FORMALLY_DISMISSED
    if subject is CARE_HOUSING:
        return False  # M20: never by the group
    if not ground.vanskeligstilt:
        return not granted  # M12: not vanskeligstilt, everything applied for is refused
    if subject is ASSISTANCE:
        return granted  # M12: vanskeligstilt, help after § 6 follows
    recommended = ground.dwelling if subject is DWELLING else ground.extension
    follows = recommended in (None, outcome)
    return follows or departs  # M13: a dwelling is granted or refused beside it; a departure says why


def attempt(
    applied_for: frozenset[DecisionSubject], subject: DecisionSubject, outcome: Outcome, ground: GroundFacts,
    departs: bool,
) -> bool:  # fmt: skip
    """Whether the vedtak can be drafted and issued."""
    dismissed = isinstance(ground, WithoutGroupFacts) and ground.ground is WithoutGroupGround.FORMALLY_DISMISSED
    new_end = date(2030, 12, 31) if subject is EXTENSION and outcome is GRANT else None
    says = content(
        subject, outcome, new_end=new_end, departs_because=sealed("vedtak.departs_because") if departs else None
    )
    try:
        refuse_unasked(application(applied_for), subject, outcome)
        vedtak = Vedtak.draft(
            id=uid(50), case=CASE, application=APPLICATION, person=PERSON, subject=subject, outcome=outcome,
            ground=ground, content=says, basis=replace(BASIS, barred_by="unlawful_stay" if dismissed else None),
            by=SAKSBEHANDLER, at=AT,
        )  # fmt: skip
        vedtak.issue(issued_on=TODAY, ground=ground, by=SAKSBEHANDLER, at=AT)
    except Refusal:
        return False
    return True


def application(applied_for: frozenset[DecisionSubject]) -> Application:
    kinds = tuple(ApplicationKind(subject) for subject in applied_for)
    says = ApplicationContent(
        household=Household(adults=1), present_housing=PresentHousing.NONE, reason=sealed("housing.reason")
    )
    return Application.receive(
        id=APPLICATION, case=CASE, person=PERSON, kinds=kinds, way_in=WayIn.FORM, received_on=TODAY, today=TODAY,
        content=says, tenancy=TENANCY, by=SAKSBEHANDLER, at=AT,
    )  # fmt: skip


@pytest.mark.parametrize("subject", DecisionSubject)
def test_M12_M13_M20_every_lawful_combination_of_outcomes_is_issued_and_no_other(subject: DecisionSubject) -> None:
    combinations = [combination for combination in EVERYTHING if combination[1] is subject]

    wrong = [combination for combination in combinations if attempt(*combination) != lawful(*combination)]

    assert wrong == []
    assert {lawful(*combination) for combination in combinations} == {True, False}


def test_M12_a_dwelling_may_be_granted_or_refused_beside_the_help_that_follows() -> None:
    """Both tracks of one application: which pairs of outcomes one conclusion lets through."""
    asked, ground = frozenset({DWELLING, ASSISTANCE}), conclusion()
    pairs = {
        (dwelling, help_given)
        for dwelling, help_given in product(Outcome, repeat=2)
        if attempt(asked, DWELLING, dwelling, ground, False) and attempt(asked, ASSISTANCE, help_given, ground, False)
    }
    assert pairs == {(GRANT, GRANT), (REFUSE, GRANT)}


def test_M12_who_is_not_vanskeligstilt_is_refused_both() -> None:
    asked, ground = frozenset({DWELLING, ASSISTANCE}), conclusion(vanskeligstilt=False)
    pairs = {
        (dwelling, help_given)
        for dwelling, help_given in product(Outcome, repeat=2)
        if attempt(asked, DWELLING, dwelling, ground, True) and attempt(asked, ASSISTANCE, help_given, ground, True)
    }
    assert pairs == {(REFUSE, REFUSE)}
