"""What is wrong with which field, in bokmål. The words come from the schema, never from what was sent (R12)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import BaseModel, Field

MESSAGES: Final[Mapping[str, str]] = {
    "extra_forbidden": "Her står et felt som ikke finnes.",
    "json_invalid": "Innholdet er ikke gyldig JSON.",
    "string_too_short": "Må ha minst {min_length} tegn.",
    "string_too_long": "Kan ha høyst {max_length} tegn.",
    "string_pattern_mismatch": "Har ikke riktig form.",
    "string_type": "Må være tekst.",
    "too_short": "Må ha minst {min_length} elementer.",
    "too_long": "Kan ha høyst {max_length} elementer.",
    "greater_than": "Må være større enn {gt}.",
    "greater_than_equal": "Må være {ge} eller mer.",
    "less_than": "Må være mindre enn {lt}.",
    "less_than_equal": "Må være {le} eller mindre.",
    "enum": "Må være en av: {expected}.",
    "literal_error": "Må være en av: {expected}.",
    "timezone_aware": "Klokkeslettet må ha tidssone.",
    "date_from_datetime_inexact": "Må være en dato uten klokkeslett.",
}
FAMILIES: Final[Mapping[str, str]] = {
    "uuid": "Må være en UUID.",
    "datetime": "Må være et gyldig tidspunkt, som 2027-01-31T12:00:00Z.",
    "date": "Må være en gyldig dato, som 2027-01-31.",
    "int": "Må være et heltall.",
    "float": "Må være et tall.",
    "bool": "Må være true eller false.",
    "string": "Må være gyldig tekst.",
    "list": "Må være en liste.",
    "tuple": "Må være en liste.",
    "model": "Må være et JSON-objekt.",
    "dict": "Må være et JSON-objekt.",
}
ANY_OTHER: Final = "Verdien er ikke gyldig."


class InputError(ValueError):
    """A validator's own words, in bokmål, for whoever filled in the field. Must not repeat the value."""


class FieldProblem(BaseModel):
    """One field that is wrong."""

    pointer: str = Field(
        description="Where: JSON Pointer in the body, or `query/<name>`, `path/<name>`, `header/<name>`."
    )
    message: str = Field(description="What is wrong with it, in bokmål.")


def missing_fields(errors: Iterable[Mapping[str, Any]]) -> str:
    """A sentence for each field that has to be there and is not: the schema's name of it."""
    return " ".join(dict.fromkeys(_message(error) for error in errors if error["type"] == "missing"))


def field_problems(errors: Iterable[Mapping[str, Any]]) -> list[FieldProblem]:
    """The framework's validation errors, without the values that caused them."""
    return [FieldProblem(pointer=_pointer(error), message=_message(error)) for error in errors]


def _message(error: Mapping[str, Any]) -> str:
    kind, context = str(error["type"]), error.get("ctx", {})
    own = context.get("error")
    if isinstance(own, InputError):
        return str(own)
    if kind == "missing":
        return _missing(*error["loc"])
    template = MESSAGES.get(kind) or FAMILIES.get(kind.partition("_")[0], ANY_OTHER)
    return template.format(**context) if "{" in template else template


def _missing(_where: str, *names: str | int) -> str:
    """The schema's own name of what has to be there."""
    return f"Feltet «{names[-1]}» mangler." if names else "Forespørselen mangler innhold."


def _pointer(error: Mapping[str, Any]) -> str:
    """Without a name that the caller made up: for a field that does not exist, its parent."""
    where, *names = [str(name).replace("~", "~0").replace("/", "~1") for name in error["loc"]]
    if error["type"] == "extra_forbidden":
        names = names[:-1]
    if error["type"] == "json_invalid":
        names = []
    return "/".join(["" if where == "body" else where, *names])
