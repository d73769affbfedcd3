"""What other aggregates need to know of a consent, and the refusal when it is missing (M09)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.access.facts import ConsentScope
from domain.actors import SERVICE_OG_TILDELING, Unit
from domain.refusals import Refusal


class ConsentState(StrEnum):
    """Where the consent stands now."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ConsentMissingError(Refusal):
    """No consent that is valid today and covers every unit that would be told (M09)."""

    code = "consent_missing"
    rule = "M09"
    missing = "Det mangler gyldig samtykke fra søkeren."
    next_step = "Be søkeren om samtykke, eller avgjør saken uten drøfting i gruppa og registrer hvorfor."


class UnitsNotCoveredError(ConsentMissingError):
    """A consent that is valid today, and narrower than the units that would be told; `codes` names those (M09)."""

    missing = "Søkeren har samtykket, men ikke til alle enhetene."
    next_step = "Be søkeren om nytt samtykke som omfatter enheten, eller drøft saken uten den."
    about = "Samtykket omfatter ikke"


@dataclass(frozen=True)
class ConsentFacts:
    """What other aggregates need to know of a consent, at the moment of the question."""

    id: UUID
    state: ConsentState
    scopes: tuple[ConsentScope, ...]
    given_on: date | None
    expires_on: date | None

    def is_valid_on(self, day: date) -> bool:
        """Given, begun and not expired on that day (Oslo); the day of expiry is the last valid one."""
        if self.state is not ConsentState.GIVEN or self.given_on is None or self.given_on > day:
            return False
        return self.expires_on is None or day <= self.expires_on

    def units_not_covered(self, units: tuple[Unit, ...], day: date) -> tuple[Unit, ...]:
        """Which of `units` may not be told anything on that day. Service og tildeling owns the case and always may."""
        covered = {scope.unit for scope in self.scopes} if self.is_valid_on(day) else set[Unit]()
        return tuple(unit for unit in units if unit != SERVICE_OG_TILDELING and unit not in covered)

    def covers(self, units: tuple[Unit, ...], day: date) -> bool:
        """Whether the consent is valid on that day and names every unit in the room."""
        return self.is_valid_on(day) and not self.units_not_covered(units, day)

    def not_covering(self, units: tuple[Unit, ...], day: date) -> ConsentMissingError:
        """Why `units` may not all be told on that day: the consent is not valid, or does not name them."""
        kind = UnitsNotCoveredError if self.is_valid_on(day) else ConsentMissingError
        return kind(codes=self.units_not_covered(units, day))
