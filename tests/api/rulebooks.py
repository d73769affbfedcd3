"""An office with other rules: the municipality's answers, or its delegations, changed for one test."""

from dataclasses import replace
from typing import Any

from domain.law.rulebook import Rulebook
from projections.rules import DatedRules
from services.rulebooks import Rulebooks
from tests.api.office import Office


def choose(office: Office, **choices: Any) -> None:
    """From now on the municipality answers like that."""
    _change(office, choices=replace(_rules(office).choices, **choices))


def change_rules(office: Office, **values: Any) -> None:
    """From now on the rulebook says that."""
    _change(office, **values)


def _rules(office: Office) -> Rulebook:
    return office.installation.rulebooks.oldest_first[-1]


def _change(office: Office, **values: Any) -> None:
    installation = office.installation
    installation.rulebooks = Rulebooks.of(replace(_rules(office), **values))
    installation.dated_rules = DatedRules(installation.rulebooks.oldest_first, installation.working_days)
    vars(installation).pop("feeds", None)
