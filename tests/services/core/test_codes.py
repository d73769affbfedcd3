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
from services.vault import MAX_TEXT
from services.words_nb import in_words, named_in

CODE = get_args(Code)[1].pattern

OF_THE_DIRECTORY = "who works in the directory may work outside the units that cases go to"
OF_NO_RULEBOOK = "the municipality's own, and in no rulebook"
NOT_OF_THE_RULEBOOK = {
    "RecordReturn.unit": OF_THE_DIRECTORY,
    "RegisterEmployee.unit": OF_THE_DIRECTORY,
    "SeatBody.unit": OF_THE_DIRECTORY,
    "AdoptMeetingPlan.room": OF_NO_RULEBOOK,
    "ExtendMeetingPlan.room": OF_NO_RULEBOOK,
    "MoveMeeting.room": OF_NO_RULEBOOK,
    "AskedDwellingAndPair.area": OF_NO_RULEBOOK,
    "AskedDwellingAndWhatIf.area": OF_NO_RULEBOOK,
    "DwellingDetails.area": OF_NO_RULEBOOK,
    "NeedBody.areas": OF_NO_RULEBOOK,
    "WishesBody.areas": OF_NO_RULEBOOK,
    "CloseCase.reason": "why a case ends is in no rulebook",
    "GiveConsent.channel": "how consent was given is in no rulebook",
}
"""Fields that take a code of no table, each with why."""

NO_CODES = {
    "name": "people, and places where somebody is sent on to, are called what they are called",
    "address": "where something is",
    "identity_number": "held against its check digits",
    "csv": "a file, whose cells are checked one by one",
    "subject": "the claim of a token that somebody else issues",
    "cursor": "where a page ends, as it was given",
    "answer": "read as the kind of answer that the criterion takes",
}
"""Fields that take short text which is no code, by name, each with what it is."""


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


def everything_sent() -> set[type[BaseModel]]:
    """Every model of what can be sent: bodies, and what queries are asked along."""
    return {body for one in catalogue.operations() for body in bodies(one.sent)}


def strings(schema: Any) -> Iterator[dict[str, Any]]:
    """The strings in a JSON schema."""
    if isinstance(schema, dict):
        if schema.get("type") == "string":
            yield schema
        for part in schema.values():
            yield from strings(part)
    if isinstance(schema, list):
        for part in schema:
            yield from strings(part)


def short_texts(body: type[BaseModel]) -> Iterator[str]:
    """The fields that take text of no shape of its own, and too short to be told by a person."""
    for name, schema in body.model_json_schema(by_alias=False)["properties"].items():
        free = (each for each in strings(schema) if not {"pattern", "format", "enum", "const"} & set(each))
        if any(each.get("maxLength") != MAX_TEXT for each in free):
            yield name


def test_D11_every_field_that_takes_a_code_says_where_the_code_is_defined() -> None:
    free = {
        f"{body.__name__}.{name}"
        for body in everything_sent()
        for name, field in body.model_fields.items()
        if takes_code(field.annotation, *field.metadata) and not tables(field)
    }

    assert free == set(NOT_OF_THE_RULEBOOK)


def test_D11_no_field_takes_a_code_as_text_of_any_shape() -> None:
    assert {name for body in everything_sent() for name in short_texts(body)} == set(NO_CODES)


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
