"""The words of a vedtak: what it stands on, what it says, and what others need to know of it (M12, M13, M19)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.cases.case import WithoutGroupGround
from domain.law.rulebook import AppealBody, DecisionSubject, Hjemmel
from domain.sealed import Named, Sealed


class Track(StrEnum):
    """The two tracks of a case, each with an outcome of its own: help after § 6, and where to live."""

    ASSISTANCE = "assistance"
    DWELLING = "dwelling"

    @classmethod
    def of(cls, subject: DecisionSubject) -> "Track":
        return cls.ASSISTANCE if subject is DecisionSubject.ASSISTANCE else cls.DWELLING


class Outcome(StrEnum):
    """What a vedtak answers, and what the group recommends."""

    GRANT = "grant"
    REFUSE = "refuse"


@dataclass(frozen=True, kw_only=True)
class ConclusionFacts:
    """What the group concluded, as a vedtak needs it.

    `dwelling`, `extension`: what the group recommends, None when it took no stand. `facts_settled`: facts that others
    brought are put to the applicant, or the exception is recorded (LH6). `superseded`: a later conclusion replaced it.
    """

    id: UUID
    vanskeligstilt: bool
    dwelling: Outcome | None
    extension: Outcome | None
    facts_settled: bool
    superseded: bool = False

    def recommends(self, subject: DecisionSubject) -> Outcome | None:
        """What follows from the conclusion for `subject`; None when it leaves the matter open."""
        if not self.vanskeligstilt:
            return Outcome.REFUSE
        follows = {
            DecisionSubject.ASSISTANCE: Outcome.GRANT,
            DecisionSubject.DWELLING: self.dwelling,
            DecisionSubject.EXTENSION: self.extension,
        }
        return follows.get(subject)


@dataclass(frozen=True, kw_only=True)
class WithoutGroupFacts:
    """The recorded ground for deciding without a conclusion (M13). `facts_settled`: as for a conclusion (LH6)."""

    ground: WithoutGroupGround
    facts_settled: bool


GroundFacts = ConclusionFacts | WithoutGroupFacts


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a vedtak stands on: a conclusion, or a recorded ground for deciding without one. Exactly one is set."""

    conclusion: UUID | None = None
    without_group: WithoutGroupGround | None = None

    @classmethod
    def of(cls, facts: GroundFacts) -> "Ground":
        if isinstance(facts, ConclusionFacts):
            return cls(conclusion=facts.id)
        return cls(without_group=facts.ground)


@dataclass(frozen=True, kw_only=True)
class LegalBasis:
    """The law a vedtak stands on: hjemmel, who hears an appeal (LK1, LK2), and the version of the rules used (D11).

    `delegation`: by which reference the power to decide was given (LR6). `barred_by`: the code of the rule that a
    formal dismissal follows (LR2, LR3).
    """

    hjemmel: Hjemmel
    appeal_body: AppealBody
    rulebook_version: str
    delegation: str | None = None
    barred_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class DwellingTerms:
    """What a granted dwelling is: about how many rooms, for how many months, and codes of what makes it lapse."""

    rooms: int
    lease_months: int
    lapses_when: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ExtensionTerms:
    """Which tenancy an extension is about, and its new last day (Oslo date) when granted."""

    tenancy: UUID
    new_end: date | None = None


@dataclass(frozen=True, kw_only=True)
class VedtakContent:
    """What the vedtak says.

    `facts`: those it builds on; `reasons`: the main considerations (LD3). `main_content`: of the help, for granted
    assistance (LD2). `wishes_considered`: how the applicant's wishes were weighed (LV3). `departs_because`: why it
    departs from the conclusion.
    """

    reasons: Annotated[Sealed, Named("vedtak.reasons")]
    main_content: Annotated[Sealed, Named("vedtak.main_content")] | None = None
    departs_because: Annotated[Sealed, Named("vedtak.departs_because")] | None = None
    dwelling: DwellingTerms | None = None
    extension: ExtensionTerms | None = None
    facts: Annotated[Sealed, Named("vedtak.facts")] | None = None
    wishes_considered: Annotated[Sealed, Named("vedtak.wishes_considered")] | None = None


@dataclass(frozen=True, kw_only=True)
class VedtakFacts:
    """What other aggregates need to know of a vedtak. `in_force`: issued and not replaced. `notified`: the party knows."""

    id: UUID
    case: UUID
    application: UUID
    person: UUID
    subject: DecisionSubject
    outcome: Outcome
    in_force: bool
    extension: ExtensionTerms | None = None
    notified: bool = False

    @property
    def track(self) -> Track:
        return Track.of(self.subject)

    def grants(self, subject: DecisionSubject) -> bool:
        """In force and granting `subject`."""
        return self.in_force and self.subject is subject and self.outcome is Outcome.GRANT
