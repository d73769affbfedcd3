"""A code that the rulebook defines is held against it where it comes in (D11)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args

import pytest
from pydantic import BaseModel, Field, StringConstraints

from domain.law.rulebook import Rulebook
from services.commands.body import Body, Code, KnownUnit
from services.core import catalogue
from services.core.codes import DELAY_REASONS, UnknownCodeError, refuse_unknown, tables
from services.rulebooks import load_rulebooks
from services.words_nb import in_words, named_in

CODE = get_args(Code)[1].pattern

OF_THE_EMPLOYEE = "it names one of the employee's own seats, and is held against those"
OF_THE_DIRECTORY = "who works in the directory may work outside the units that cases go to"
NOT_OF_THE_RULEBOOK = {
    "AppointMember.unit": OF_THE_EMPLOYEE,
    "AskForCareInput.unit": OF_THE_EMPLOYEE,
    "AssignFollowUp.unit": OF_THE_EMPLOYEE,
    "InviteGuest.unit": OF_THE_EMPLOYEE,
    "NameSubstitute.unit": OF_THE_EMPLOYEE,
    "RecordReturn.unit": OF_THE_DIRECTORY,
    "RegisterEmployee.unit": OF_THE_DIRECTORY,
    "SeatBody.unit": OF_THE_DIRECTORY,
    "TaskAfterVedtakBody.unit": OF_THE_EMPLOYEE,
    "TaskBody.unit": OF_THE_EMPLOYEE,
    "AdoptMeetingPlan.room": "the municipality's rooms are in no rulebook",
    "CloseCase.reason": "why a case ends is in no rulebook",
    "DwellingDetails.area": "the municipality's areas are in no rulebook",
    "ExtendMeetingPlan.room": "the municipality's rooms are in no rulebook",
    "GiveConsent.channel": "how consent was given is in no rulebook",
    "MoveMeeting.room": "the municipality's rooms are in no rulebook",
    "NeedBody.areas": "the municipality's areas are in no rulebook",
    "OpenReview.ground": "why a case is looked into is in no rulebook",
    "PlacementBody.answers": "each criterion has its own kind of answer: `criterion_facts` checks both",
    "UpdateWaitingListFacts.answers": "each criterion has its own kind of answer: `criterion_facts` checks both",
    "WishesBody.areas": "the municipality's areas are in no rulebook",
}
"""Fields that take a code of no table, each with why."""


class Part(Body):
    reasons: Annotated[tuple[Code, ...], DELAY_REASONS]


class Sent(Body):
    part: Part | None = None
    unit: Annotated[KnownUnit | None, Field(description="Whose.")] = None


@pytest.fixture
def rules() -> Rulebook:
    """The rulebook that comes with Husrom."""
    return load_rulebooks(Path(__file__).parents[3] / "config" / "rulebooks").on(date(2027, 1, 1))


def bodies(kind: Any) -> Iterator[type[BaseModel]]:
    """A model and every model in it."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from bodies(field.annotation)
    for part in get_args(kind):
        yield from bodies(part)


def takes_code(*annotations: Any) -> bool:
    """Whether a field takes a code, in itself or in what it is made of."""
    return any(
        (isinstance(part, StringConstraints) and part.pattern == CODE) or takes_code(*get_args(part))
        for part in annotations
    )


def test_D11_every_field_that_takes_a_code_says_where_the_code_is_defined() -> None:
    sent = {body for one in catalogue.operations() if one.is_command for body in bodies(one.sent)}
    free = {
        f"{body.__name__}.{name}"
        for body in sent
        for name, field in body.model_fields.items()
        if takes_code(field.annotation, *field.metadata) and not tables(field)
    }

    assert free <= set(NOT_OF_THE_RULEBOOK)


def test_D11_a_code_that_the_rulebook_does_not_have_is_refused_however_deep_it_stands(rules: Rulebook) -> None:
    with pytest.raises(UnknownCodeError):
        refuse_unknown(lambda: rules, Sent(part=Part(reasons=("illness", "foo_bar"))))
    with pytest.raises(UnknownCodeError):
        refuse_unknown(lambda: rules, Sent.model_validate({"unit": "navn"}))


def test_D11_a_code_that_the_rulebook_has_is_taken(rules: Rulebook) -> None:
    refuse_unknown(lambda: rules, Sent.model_validate({"part": {"reasons": ["illness"]}, "unit": "nav"}))


def test_D11_the_refusal_says_in_words_what_the_rulebook_has(rules: Rulebook) -> None:
    with pytest.raises(UnknownCodeError) as refused:
        refuse_unknown(lambda: rules, Sent.model_validate({"unit": "navn"}))

    assert "nav" in refused.value.codes
    assert in_words(refused.value, named_in([rules])) == (
        "En kode finnes ikke i kommunens regler. Kommunens regler har disse enhetene: Service og tildeling; Psykisk helse; "
        "Nav; Tekniske tjenester; Integreringstjenesten; Botjenesten; Hjemmetjenesten."
    )
