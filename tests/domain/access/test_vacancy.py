"""Who sees an agenda item about a vacancy: Service og tildeling, the called, the invited; nobody inhabil (M14, M03, B05)."""

from datetime import date, timedelta

import pytest

from domain.access.access_facts import AccessFacts
from domain.access.decision import Decision, Rule
from domain.access.facts import EMPLOYEES, Fact, FactKey, FactName, FactValue
from domain.access.vacancy import VACANCY_KINDS, decide_vacancy
from domain.actors import Actor
from tests.domain.access.situations import (
    ACTOR,
    GUEST,
    MEMBER,
    SAKSBEHANDLER,
    TODAY,
    VACANCY_ITEM,
    VACANCY_MEETING,
)
from tests.domain.support import an_id

ON_AGENDA = Fact(FactKey(FactName.AGENDA, VACANCY_ITEM, VACANCY_MEETING, VACANCY_ITEM))
CALLED = Fact(FactKey(FactName.CALLED, VACANCY_MEETING, ACTOR))
APPROVED = Fact(FactKey(FactName.MINUTES_APPROVED, VACANCY_ITEM, about=VACANCY_ITEM))
INHABIL = Fact(FactKey(FactName.INHABIL, VACANCY_ITEM, ACTOR))
GONE = Fact(FactKey(FactName.GONE, EMPLOYEES, ACTOR))


def member(until: date | None = None) -> Fact:
    value = FactValue(valid_from=date(2026, 1, 1), valid_to=until)
    return Fact(FactKey(FactName.MEMBER, EMPLOYEES, ACTOR, an_id("appointment")), value)


def invited(way: FactName) -> Fact:
    return Fact(FactKey(way, VACANCY_ITEM, ACTOR, VACANCY_ITEM))


def decided(actor: Actor, *rows: Fact) -> Decision:
    return decide_vacancy(actor, AccessFacts.of(VACANCY_ITEM, (ON_AGENDA, *rows)), TODAY)


def seen_by(rule: Rule) -> Decision:
    return Decision(True, (rule,), VACANCY_KINDS, related=True)


def test_M14_service_og_tildeling_and_who_is_called_see_the_item() -> None:
    assert decided(SAKSBEHANDLER) == seen_by(Rule.KEEPS_VACANCIES)
    assert decided(MEMBER, CALLED, member()) == seen_by(Rule.COMPARED)


def test_D4_who_is_neither_called_nor_invited_does_not_know_it_is_there() -> None:
    assert decided(MEMBER, member()) == Decision(False, (Rule.NO_RELATION,))


def test_M02_a_former_member_sees_it_no_more() -> None:
    former = member(until=TODAY - timedelta(days=1))
    assert decided(MEMBER, CALLED, former) == Decision(False, (Rule.MEMBERSHIP_ENDED,), related=True)


@pytest.mark.parametrize(("way", "rule"), [(FactName.GUEST, Rule.GUEST), (FactName.SUBSTITUTE, Rule.SUBSTITUTE)])
def test_M03_who_is_asked_to_the_item_sees_it_until_its_minutes_are_approved(way: FactName, rule: Rule) -> None:
    assert decided(GUEST, invited(way)) == seen_by(rule)
    assert decided(GUEST, invited(way), APPROVED) == Decision(False, (Rule.GUEST_ACCESS_ENDED,), related=True)


def test_M07_who_was_called_sees_it_until_the_minutes_are_approved() -> None:
    assert decided(MEMBER, CALLED, member(), APPROVED) == Decision(False, (Rule.MINUTES_APPROVED,), related=True)


@pytest.mark.parametrize("rows", [(CALLED, member()), (invited(FactName.GUEST),)])
def test_B05_nobody_inhabil_sees_it(rows: tuple[Fact, ...]) -> None:
    for actor in (MEMBER, SAKSBEHANDLER):
        assert decided(actor, *rows, INHABIL) == Decision(False, (Rule.INHABIL,), related=True)


def test_M02_nothing_opens_for_somebody_who_no_longer_works_here() -> None:
    assert decided(SAKSBEHANDLER, GONE) == Decision(False, (Rule.NO_LONGER_EMPLOYED,))
