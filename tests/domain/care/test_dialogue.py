"""A question about care housing to hjemmetjenesten or botjenesten: asked on a ground, answered once."""

from datetime import date
from typing import Any

import pytest

from domain.access.facts import ConsentScope
from domain.access.kinds import InformationKind
from domain.actors import Unit
from domain.care.dialogue import (
    CareDialogue,
    DialogueNotConsentedError,
    DialogueState,
    NothingIsAskedError,
    NotInCareDialogueError,
    ToldOn,
)
from domain.care.needs import NotCareHousingError
from domain.cases.consent_facts import ConsentFacts, ConsentState
from domain.refusals import SaksbehandlerOnlyError
from tests.domain.support import (
    BOTJENESTEN,
    CASE,
    NAV,
    PERSON,
    an_id,
    at,
    by_member,
    by_saksbehandler,
    sealed,
    state_of,
    stored_and_replayed,
)

HJEMMETJENESTEN = Unit("hjemmetjenesten")
TODAY = date(2027, 1, 12)
TOLD = (InformationKind.IDENTITY, InformationKind.HEALTH)


def consent(*kinds: InformationKind, unit: Unit = HJEMMETJENESTEN, expires_on: date | None = None) -> ConsentFacts:
    return ConsentFacts(an_id("consent"), ConsentState.GIVEN, (ConsentScope(unit, kinds),), TODAY, expires_on)


def asked(**changes: Any) -> CareDialogue:
    given: dict[str, Any] = {
        "id": an_id("dialogue"), "case": CASE, "person": PERSON, "care_housing": True, "asked": an_id("nurse"),
        "unit": HJEMMETJENESTEN, "units": (HJEMMETJENESTEN, BOTJENESTEN), "question": sealed("health.care_question"),
        "told": TOLD, "told_on": ToldOn.CONSENT, "consent": consent(*TOLD), "answer_by": date(2027, 1, 19),
        "today": TODAY, "by": by_saksbehandler(), "at": at(),
    }  # fmt: skip
    return CareDialogue.ask(**{**given, **changes})


@pytest.mark.parametrize("unit", [HJEMMETJENESTEN, BOTJENESTEN])
def test_M20_service_og_tildeling_asks_hjemmetjenesten_or_botjenesten(unit: Unit) -> None:
    dialogue = asked(unit=unit, consent=consent(*TOLD, unit=unit))
    assert (dialogue.state, dialogue.unit) == (DialogueState.ASKED, unit)


def test_M20_no_unit_of_the_group_is_drawn_into_care_housing() -> None:
    with pytest.raises(NotInCareDialogueError):
        asked(unit=NAV, consent=consent(*TOLD, unit=NAV))


def test_M20_only_care_housing_is_settled_in_this_dialogue() -> None:
    with pytest.raises(NotCareHousingError):
        asked(care_housing=False)


def test_M20_only_the_saksbehandler_asks_and_writes_down_the_answer() -> None:
    nurse = by_member("hjemmetjenesten")
    with pytest.raises(SaksbehandlerOnlyError):
        asked(by=nurse)
    with pytest.raises(SaksbehandlerOnlyError):
        asked().note_answer(answer=sealed("health.care_answer"), by=nurse, at=at())
    with pytest.raises(SaksbehandlerOnlyError):
        asked().withdraw(by=nurse, at=at())


@pytest.mark.parametrize(
    "given",
    [
        None,
        consent(InformationKind.IDENTITY),
        consent(*TOLD, unit=BOTJENESTEN),
        consent(*TOLD, expires_on=date(2027, 1, 11)),
    ],
)
def test_LC2_consent_lifts_the_duty_only_for_what_it_covers(given: ConsentFacts | None) -> None:
    with pytest.raises(DialogueNotConsentedError):
        asked(consent=given)


@pytest.mark.parametrize("ground", [ToldOn.PURPOSE_OF_COLLECTION, ToldOn.SAME_AUTHORITY])
def test_LC2_another_ground_than_consent_is_named(ground: ToldOn) -> None:
    assert asked(told_on=ground, consent=None).told_on is ground


def test_M20_the_answer_is_kept_and_ends_the_question() -> None:
    dialogue, answer = asked(), sealed("health.care_answer")
    dialogue.note_answer(answer=answer, by=by_saksbehandler(), at=at())
    assert (dialogue.state, dialogue.answer) == (DialogueState.ANSWERED, answer)
    with pytest.raises(NothingIsAskedError):
        dialogue.note_answer(answer=answer, by=by_saksbehandler(), at=at())


def test_M20_a_question_that_is_taken_back_is_answered_no_more() -> None:
    dialogue = asked()
    dialogue.withdraw(by=by_saksbehandler(), at=at())
    assert dialogue.state is DialogueState.WITHDRAWN
    with pytest.raises(NothingIsAskedError):
        dialogue.note_answer(answer=sealed("health.care_answer"), by=by_saksbehandler(), at=at())
    with pytest.raises(NothingIsAskedError):
        dialogue.withdraw(by=by_saksbehandler(), at=at())


def test_D2_a_replayed_dialogue_equals_the_live_one() -> None:
    dialogue = asked()
    dialogue.note_answer(answer=sealed("health.care_answer"), by=by_saksbehandler(), at=at())
    assert state_of(stored_and_replayed(dialogue)) == state_of(dialogue)
