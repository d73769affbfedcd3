"""Who speaks for somebody: by fullmakt or as guardian (verge), about what, and from when until when (LH7)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.law.rulebook import DecisionSubject
from domain.refusals import NotFoundError, Refusal
from domain.sealed import Named, Sealed

EVERYTHING: tuple[DecisionSubject, ...] = tuple(DecisionSubject)
"""The scope of an authority without limits."""


class RepresentativeKind(StrEnum):
    """By what right somebody speaks for another."""

    FULLMAKT = "fullmakt"
    GUARDIAN = "guardian"


class AuthorityScopeMissingError(Refusal):
    code = "authority_scope_missing"
    rule = "LH7"
    missing = "Det står ikke hva fullmakten eller vergemålet gjelder."
    next_step = "Oppgi minst én av: bistand, bolig, forlengelse eller omsorgsbolig."


class AuthorityEndsFirstError(Refusal):
    code = "authority_ends_before_it_begins"
    rule = "LH7"
    missing = "Fullmakten eller vergemålet slutter før det begynner."
    next_step = "Kontroller datoene."


class RepresentativeUnknownError(NotFoundError):
    code = "representative_unknown"
    rule = "LH7"
    missing = "Personen har ingen fullmektig eller verge med denne id-en."
    next_step = "Se hvem som er registrert i saken."


class RepresentativeAlreadyReleasedError(Refusal):
    code = "representative_already_released"
    rule = "LH7"
    missing = "Fullmakten eller vergemålet er allerede avsluttet på denne datoen."
    next_step = "Kontroller datoen; registrer en ny fullmakt dersom den gjelder på nytt."


@dataclass(frozen=True)
class Authority:
    """One fullmakt or guardianship. Oslo dates, both included; without `valid_to` until it is ended."""

    id: UUID
    kind: RepresentativeKind
    name: Annotated[Sealed, Named("identity.representative")]
    contact: Annotated[Sealed, Named("contact.representative")]
    scope: tuple[DecisionSubject, ...] = EVERYTHING
    valid_from: date = date.min
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is in force on the Oslo date `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def covers(self, matters: tuple[DecisionSubject, ...]) -> bool:
        """Whether it reaches all of `matters`; when none is named, whether it reaches everything."""
        return set(matters or EVERYTHING) <= set(self.scope)


@dataclass(frozen=True)
class LetterRecipient:
    """Who a letter goes to. `authority` and `kind` are None when it is the person; otherwise a representative.

    A representative has no `email`: the contact is free text that no machine should read an address out of.
    """

    name: Sealed
    address: Sealed | None
    email: Sealed | None = None
    authority: UUID | None = None
    kind: RepresentativeKind | None = None

    @property
    def is_representative(self) -> bool:
        return self.authority is not None
