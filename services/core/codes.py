"""Codes that the rulebook defines, held against it where they come in (D11).

A code that nobody has defined would be stored for ever, and printed in a letter as it was sent. A field of what is sent
names its table in its type, so no operation has to remember to ask.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, get_args

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from domain.housing.ranking import BY_EFFECTIVE_DATE, EFFECTIVE_DATE
from domain.law.rulebook import Rulebook
from domain.refusals import Refusal
from services.refusals import InvalidInputError


class UnknownCodeError(InvalidInputError):
    """A code that today's rulebook does not have. `codes`: those that it has."""

    code = "unknown_code"
    rule = "D11"
    missing = "En kode finnes ikke i kommunens regler."
    next_step = "Velg en av dem som reglene har i dag."


class UnknownCriterionError(UnknownCodeError):
    """A ranking criterion that the rulebook does not have, or that nobody answers."""

    code = "unknown_criterion"
    rule = "M14"
    missing = "Et svar gjelder et kriterium som ikke finnes i retningslinjene."
    next_step = "Velg et av kriteriene som retningslinjene har. Ventetid hentes fra ventelisten selv."


@dataclass(frozen=True)
class DefinedIn:
    """Stands in the type of a field: its codes are those of one table of the rulebook.

    `called`: what they are, in bokmål, after "disse". `table`: each code with what people call it. `refusal`: the
    refusal of a code that is not among them, where it has a problem type of its own.
    """

    called: str
    table: Callable[[Rulebook], Mapping[str, str]]
    refusal: type[Refusal] = UnknownCodeError

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema of the field, with what its codes are, for the documentation."""
        return {**handler(schema), "x-codes": self.called}

    def check(self, rules: Rulebook, codes: Iterable[str]) -> None:
        """Raise `refusal`, with the permitted ones in words, when one of `codes` is not among them."""
        permitted = self.table(rules)
        if not set(codes) <= set(permitted):
            words = "; ".join(text.rstrip(".") for text in permitted.values()) or "ingen"
            raise self.refusal(f"Kommunens regler har disse {self.called}: {words}.", codes=permitted)


BARS: Final = DefinedIn(
    "reglene som kan stenge for en søknad", lambda rules: {rule.code: rule.text_nb for rule in rules.eligibility}
)
CRITERIA: Final = DefinedIn(
    "kriteriene som en søker svarer på",
    lambda rules: {each.code: each.text_nb for each in rules.ranking if each.code != EFFECTIVE_DATE},
    UnknownCriterionError,
)
RANKED_BY: Final = DefinedIn(
    "kriteriene", lambda rules: {each.code: each.text_nb for each in (BY_EFFECTIVE_DATE, *rules.ranking)},
    UnknownCriterionError,
)  # fmt: skip
DECLINE_REASONS: Final = DefinedIn(
    "grunnene til å si nei til et tilbud",
    lambda rules: {reason.code: reason.text_nb for reason in rules.decline_reasons},
)
DELAY_REASONS: Final = DefinedIn("grunnene til at et svar tar tid", lambda rules: rules.letters.delay_reasons)
LAPSES: Final = DefinedIn("grunnene til at en innvilget bolig faller bort", lambda rules: rules.letters.lapses_when)
LEASE_EXCEPTIONS: Final = DefinedIn("unntakene i en leieavtale", lambda rules: rules.letters.lease_exceptions)
UNITS: Final = DefinedIn("enhetene", lambda rules: {str(unit): name for unit, name in rules.units.names.items()})


def refuse_unknown(rules: Callable[[], Rulebook], sent: BaseModel) -> None:
    """Refuse what is sent when a code in it, however deep, is not in the table of the rulebook that its field names.

    Raises the refusal of the table. `rules`: gives the rulebook; asked only where a code is sent that names a table.
    """
    for name, kinds in _tables_by_field(type(sent)).items():
        parts = _parts(getattr(sent, name))
        codes = [part for part in parts if isinstance(part, str)]
        for kind in kinds if codes else ():
            kind.check(rules(), codes)
        for part in parts:
            if isinstance(part, BaseModel):
                refuse_unknown(rules, part)


def tables(field: FieldInfo) -> tuple[DefinedIn, ...]:
    """The tables that a field's type names, in itself or in what it is made of."""
    return tuple(_named_in((field.annotation, *field.metadata)))


@cache
def _tables_by_field(body: type[BaseModel]) -> Mapping[str, tuple[DefinedIn, ...]]:
    return {name: tables(field) for name, field in body.model_fields.items()}


def _parts(value: Any) -> tuple[Any, ...]:
    """A field's value as the values in it: several, one, or none."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, tuple | dict) else (value,)


def _named_in(parts: Iterable[Any]) -> Iterator[DefinedIn]:
    for part in parts:
        if isinstance(part, DefinedIn):
            yield part
        yield from _named_in(get_args(part))
