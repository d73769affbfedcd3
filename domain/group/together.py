"""When a case may be talked about together: who has to be covered by consent, and how many units it takes."""

from datetime import date

from domain.actors import Unit
from domain.cases.consent_facts import ConsentFacts, ConsentMissingError
from domain.refusals import Refusal

LEAST_UNITS = 2
"""How many units make "together" unless the municipality asks for more (M11)."""


class TooFewUnitsError(Refusal):
    code = "too_few_units"
    rule = "M11"
    missing = "Det er for få enheter i rommet til å drøfte saken i fellesskap."
    next_step = "Vent til flere enheter er til stede, eller utsett saken."


def require_consent(consent: ConsentFacts | None, units: tuple[Unit, ...], day: date) -> None:
    """Raise `ConsentMissingError`, naming the units, unless `consent` covers all `units` on that Oslo date (M09)."""
    if consent is None:
        raise ConsentMissingError()
    if not consent.covers(units, day):
        raise consent.not_covering(units, day)


def require_together(units: tuple[Unit, ...], least: int) -> None:
    """Raise `TooFewUnitsError` unless at least `least` different units are there (M11)."""
    if len(set(units)) < least:
        raise TooFewUnitsError()
