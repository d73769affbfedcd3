"""What a vedtak may say: the lawful combinations of ground, subject and outcome (M12, M13, M19, M20, LD2, LH6)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.cases.case import WithoutGroupGround
from domain.law.rulebook import AppealBody, DecisionSubject, Hjemmel
from domain.refusals import Refusal, WrongStateError
from domain.sealed import Sealed


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
    """The law a vedtak stands on: hjemmel, who hears an appeal (LK1, LK2), and the version of the rules used (D11)."""

    hjemmel: Hjemmel
    appeal_body: AppealBody
    rulebook_version: str


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

    `main_content`: of the help, for granted assistance (LD2). `departs_because`: why it departs from the conclusion.
    """

    reasons: Sealed
    main_content: Sealed | None = None
    departs_because: Sealed | None = None
    dwelling: DwellingTerms | None = None
    extension: ExtensionTerms | None = None


@dataclass(frozen=True, kw_only=True)
class VedtakFacts:
    """What other aggregates need to know of a vedtak. `in_force`: issued and not replaced."""

    id: UUID
    case: UUID
    application: UUID
    person: UUID
    subject: DecisionSubject
    outcome: Outcome
    in_force: bool
    extension: ExtensionTerms | None = None

    @property
    def track(self) -> Track:
        return Track.of(self.subject)

    def grants(self, subject: DecisionSubject) -> bool:
        """In force and granting `subject`."""
        return self.in_force and self.subject is subject and self.outcome is Outcome.GRANT


class GroundMissingError(Refusal):
    code = "ground_missing"
    rule = "M13"
    missing = "Vedtaket mangler grunnlag: en konklusjon fra gruppa, eller en registrert grunn til å avgjøre uten den."
    next_step = "Vis til konklusjonen, eller registrer hvorfor saken avgjøres uten gruppa."


class NotVanskeligstiltError(Refusal):
    code = "not_vanskeligstilt"
    rule = "M12"
    missing = "Søkeren er ikke vanskeligstilt på boligmarkedet etter konklusjonen. Da skal det som er søkt om, avslås."
    next_step = "Fatt avslag, eller ta saken opp i gruppa på nytt dersom forholdene er endret."


class HelpRequiredError(Refusal):
    code = "help_required"
    rule = "M12"
    missing = "Søkeren er vanskeligstilt på boligmarkedet. Da kan bistand ikke avslås, bare innholdet kan velges."
    next_step = "Innvilg bistand og beskriv hovedinnholdet i den."


class DepartureNeedsReasonError(Refusal):
    code = "departure_needs_reason"
    rule = "B08"
    missing = "Vedtaket avviker fra konklusjonen uten at det står hvorfor."
    next_step = "Begrunn avviket, eller følg konklusjonen."


class CareHousingGroundError(Refusal):
    code = "care_housing_ground"
    rule = "M20"
    missing = "Omsorgsbolig avgjøres alltid uten gruppa, og bare omsorgsbolig kan avgjøres på det grunnlaget."
    next_step = "Bruk grunnlaget «omsorgsbolig» for omsorgsbolig, og et annet grunnlag for alt annet."


class DismissalIsNoGrantError(Refusal):
    code = "dismissal_is_no_grant"
    rule = "M13"
    missing = "En søknad som avvises av formelle grunner, kan ikke innvilges."
    next_step = "Velg avslag, eller et annet grunnlag for vedtaket."


class MainContentMissingError(Refusal):
    code = "main_content_missing"
    rule = "LD2"
    missing = "Et vedtak som innvilger bistand, skal angi hovedinnholdet i bistanden."
    next_step = "Beskriv hovedinnholdet i bistanden."


class DwellingTermsMissingError(Refusal):
    code = "dwelling_terms_missing"
    rule = "M13"
    missing = "Et vedtak som innvilger bolig, skal si omtrent hvor stor, hvor lenge og når tilsagnet faller bort."
    next_step = "Fyll ut størrelse, leietid og hva som gjør at tilsagnet faller bort."


class ExtensionTermsError(Refusal):
    code = "extension_terms"
    rule = "M19"
    missing = "Et vedtak om forlengelse skal vise leieforholdet, og ny sluttdato når det innvilges og bare da."
    next_step = "Oppgi leieforholdet, og ny sluttdato dersom forlengelsen innvilges."


class AlreadyAnsweredError(WrongStateError):
    code = "already_answered"
    rule = "M13"
    missing = "Et annet vedtak svarer allerede på denne delen av søknaden."
    next_step = "Lag et vedtak som erstatter det gamle, og vis til det."


class FactsNotSettledError(Refusal):
    code = "facts_not_settled"
    rule = "LH6"
    missing = "Opplysninger fra andre er ikke lagt fram for søkeren, og unntak er ikke registrert."
    next_step = "Legg opplysningene fram og vent på svar eller frist, eller registrer unntaket."


class ConclusionSupersededError(Refusal):
    code = "conclusion_superseded"
    rule = "M12"
    missing = "Konklusjonen som vedtaket bygger på, er erstattet av en nyere."
    next_step = "Lag vedtaket på nytt fra den nye konklusjonen."


class OtherGroundError(Refusal):
    code = "other_ground"
    rule = "M13"
    missing = "Vedtaket er skrevet på et annet grunnlag enn det som nå er oppgitt."
    next_step = "Fatt vedtaket på grunnlaget det er skrevet på, eller lag et nytt."


def refuse_unlawful(*, subject: DecisionSubject, outcome: Outcome, ground: GroundFacts, departs: bool) -> None:
    """Refuse what the ground does not carry. `departs`: a reason for departing from the conclusion is written."""
    if isinstance(ground, WithoutGroupFacts):
        _refuse_unlawful_without_group(subject, outcome, ground.ground)
    elif subject is DecisionSubject.CARE_HOUSING:
        raise CareHousingGroundError()
    elif not ground.vanskeligstilt and outcome is Outcome.GRANT:
        raise NotVanskeligstiltError()
    elif ground.vanskeligstilt and subject is DecisionSubject.ASSISTANCE and outcome is Outcome.REFUSE:
        raise HelpRequiredError()
    elif ground.recommends(subject) not in (None, outcome) and not departs:
        raise DepartureNeedsReasonError()


def _refuse_unlawful_without_group(subject: DecisionSubject, outcome: Outcome, ground: WithoutGroupGround) -> None:
    # A lease in a care dwelling stays with Service og tildeling too, and so does its extension.
    may_be_care = subject in (DecisionSubject.CARE_HOUSING, DecisionSubject.EXTENSION)
    if ground is WithoutGroupGround.CARE_HOUSING and not may_be_care:
        raise CareHousingGroundError()
    if ground is WithoutGroupGround.FORMALLY_DISMISSED and outcome is Outcome.GRANT:
        raise DismissalIsNoGrantError()


def refuse_incomplete(*, subject: DecisionSubject, outcome: Outcome, content: VedtakContent) -> None:
    """Refuse a vedtak that does not say what one of its kind must say."""
    granted = outcome is Outcome.GRANT
    if subject is DecisionSubject.ASSISTANCE and granted and content.main_content is None:
        raise MainContentMissingError()
    if subject is DecisionSubject.DWELLING and granted and content.dwelling is None:
        raise DwellingTermsMissingError()
    if subject is DecisionSubject.EXTENSION:
        extension = content.extension
        if extension is None or granted != (extension.new_end is not None):
            raise ExtensionTermsError()


def refuse_second_answer(*, answered_by: UUID | None, replaces: UUID | None) -> None:
    """One vedtak in force a track of an application: another one must replace it."""
    if answered_by is not None and answered_by != replaces:
        raise AlreadyAnsweredError()


def refuse_unready(*, drafted_on: Ground, ground: GroundFacts) -> None:
    """Refuse to issue on another ground than the draft's, on a superseded conclusion, or before facts are settled."""
    if Ground.of(ground) != drafted_on:
        raise OtherGroundError()
    if isinstance(ground, ConclusionFacts) and ground.superseded:
        raise ConclusionSupersededError()
    if not ground.facts_settled:
        raise FactsNotSettledError()
