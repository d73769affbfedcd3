"""A seat opens only what was given to it: somebody with two seats sees in each what that one was given (D16, M09)."""

from dataclasses import replace

import pytest

from domain.access.access_facts import AccessFacts, Comparison
from domain.access.decision import Action, Decision, Rule, decide
from domain.access.facts import EMPLOYEES, Fact, FactKey, FactName, FactValue
from domain.access.kinds import InformationKind
from domain.access.own_access import GROUNDS
from domain.access.seat_used import GIVEN_TO_A_SEAT, given_to
from domain.access.vacancy import decide_vacancy
from domain.actors import Actor, Role, Unit
from domain.people.seats import first_seat
from tests.domain.access.situations import ACTOR, MEMBER, TODAY, VACANCY_ITEM, Situation, situations
from tests.domain.support import NAV, PSYKISK_HELSE, an_id

ELSEWHERE = Actor(ACTOR, PSYKISK_HELSE, Role.EMPLOYEE)
"""The same person in her other seat, whose unit the consent gives every kind."""
NO_RELATION = Decision(False, (Rule.NO_RELATION,))

AT_A_MEETING = Situation(membership="current", called=True, item="planned", consent="given")
GIVEN: dict[str, Situation] = {
    "member": AT_A_MEETING,
    "guest": Situation(guest=True, item="planned", consent="given"),
    "guest whose minutes are approved": Situation(guest=True, item="approved", consent="given"),
    "substitute": Situation(substitute=True, item="planned", consent="given"),
    "task": Situation(task=True),
    "submission": Situation(submitted=True),
    "vacancy": Situation(membership="current", vacancy="planned", at_vacancy="called", consent="given"),
    "guest at a vacancy": Situation(vacancy="planned", at_vacancy="guest", consent="given"),
}


def given_in(facts: AccessFacts, unit: Unit | None) -> AccessFacts:
    """The facts, where what is given is given to the seat in that unit."""

    def in_unit(row: Fact) -> Fact:
        return replace(row, value=replace(row.value, unit=unit)) if row.key.name in GIVEN_TO_A_SEAT else row

    comparisons = (
        replace(each, items=tuple(given_in(item, unit) for item in each.items)) for each in facts.comparisons
    )
    return AccessFacts.of(facts.case, map(in_unit, facts.rows), comparisons)


def with_seats(facts: AccessFacts, first: Unit, second: Unit) -> AccessFacts:
    """The facts, with the actor's two seats in the directory."""
    seats = {first_seat(ACTOR): first, an_id("second seat"): second}
    rows = (
        Fact(FactKey(FactName.SEAT, EMPLOYEES, ACTOR, id), FactValue(unit=unit, role=Role.EMPLOYEE))
        for id, unit in seats.items()
    )
    return AccessFacts.of(facts.case, (*facts.rows, *rows), facts.comparisons)


def test_D16_of_every_fact_that_opens_something_it_is_said_to_which_seat() -> None:
    """The next one must be added here, or to what the seat's unit decides about. Neither is decided by accident."""
    needs_its_role = {FactName.RESPONSIBLE, FactName.STAND_IN, FactName.REVIEW, FactName.EMERGENCY}
    goes_with_membership = {FactName.CALLED}
    of_the_directory = {FactName.SEAT, FactName.LOGIN}

    assert set(GROUNDS) == GIVEN_TO_A_SEAT | needs_its_role | goes_with_membership | of_the_directory


@pytest.mark.parametrize("so", GIVEN.values(), ids=GIVEN)
def test_D16_what_was_given_to_one_seat_opens_nothing_in_another(so: Situation) -> None:
    facts = with_seats(given_in(so.facts, NAV), NAV, PSYKISK_HELSE)

    assert decide(MEMBER, Action.READ, facts, TODAY).related
    assert decide(ELSEWHERE, Action.READ, facts, TODAY) == NO_RELATION


@pytest.mark.parametrize("so", GIVEN.values(), ids=GIVEN)
def test_D16_what_an_old_log_gave_without_a_unit_was_given_to_the_first_seat(so: Situation) -> None:
    first_is_nav = with_seats(given_in(so.facts, None), NAV, PSYKISK_HELSE)
    first_is_the_other = with_seats(given_in(so.facts, None), PSYKISK_HELSE, NAV)

    assert decide(MEMBER, Action.READ, first_is_nav, TODAY).related
    assert decide(MEMBER, Action.READ, first_is_the_other, TODAY) == NO_RELATION


def test_M09_a_member_sees_what_the_consent_gives_the_unit_she_was_appointed_for() -> None:
    facts = given_in(AT_A_MEETING.facts, NAV)

    assert decide(MEMBER, Action.READ, facts, TODAY).kinds == {InformationKind.HEALTH, InformationKind.HOUSING}
    assert InformationKind.ECONOMY in facts.consented_kinds(PSYKISK_HELSE, TODAY)


def test_M14_an_item_about_a_vacancy_is_for_the_seat_that_was_invited_to_it() -> None:
    so = Situation(vacancy="planned", at_vacancy="guest")
    (comparison,) = given_in(so.facts, NAV).comparisons
    (item,) = comparison.items

    assert decide_vacancy(MEMBER, item, TODAY).allowed
    assert decide_vacancy(ELSEWHERE, item, TODAY) == NO_RELATION
    assert not Comparison(comparison.allocation, (given_to(item, ELSEWHERE),)).invites(ACTOR, TODAY)
    assert item.case == VACANCY_ITEM


def test_LI1_inhabil_in_one_seat_is_inhabil_in_every_seat() -> None:
    so = AT_A_MEETING.but(inhabil=True)

    assert decide(MEMBER, Action.READ, with_seats(so.facts, NAV, PSYKISK_HELSE), TODAY).rules == (Rule.INHABIL,)


@pytest.mark.parametrize("action", list(Action))
def test_R08_no_situation_opens_anything_to_a_seat_that_was_given_nothing(action: Action) -> None:
    """However things stand: only the duties of the seat itself are left."""
    for so in situations(1_500, seed=16):
        member = so.but(membership="ended" if so.membership == "none" else so.membership)
        nothing = so.but(
            membership="none", called=False, guest=False, substitute=False, task=False, submitted=False,
            at_vacancy="none",
        )  # fmt: skip
        given_elsewhere = given_in(member.facts, Unit("somewhere_else"))

        decision = decide(so.actor, action, given_elsewhere, so.day, reason_stated=so.reason_stated)
        assert decision == nothing.decide(action)
