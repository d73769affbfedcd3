"""A rulebook: law and municipal guidelines as one dated, versioned set of values (design D11).

Commands get the rulebook of the day as an argument, and a vedtak stores its `version`. Nothing here
reads files; `services.rulebooks` does. Values that contradict the mandate or the law are refused when
a rulebook is made (`RulebookError`), so no command ever meets one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.access.kinds import InformationKind
from domain.actors import Unit
from domain.law.deadline_kinds import DeadlineGround, DeadlineKind
from domain.law.deadlines import add_months, months_after
from domain.law.group_rules import GroupUnits, Rhythm
from domain.law.lease_deadlines import LeaseDeadlines
from domain.law.letter_texts import LetterTexts
from domain.law.municipal_choices import MunicipalChoices
from domain.law.requirement import require, require_codes, require_unique
from domain.law.waiting_list_guidelines import DeclineConsequence, DeclineReason, FitLimits, RankingCriterion
from domain.law.working_days import WorkingDays


class DecisionSubject(StrEnum):
    """What one vedtak decides. Hjemmel and appeal body hang on it, never on the case (LK1, LK2, LO2)."""

    ASSISTANCE = "assistance"
    DWELLING = "dwelling"
    EXTENSION = "extension"
    CARE_HOUSING = "care_housing"


class AppealBodyKind(StrEnum):
    """Who hears an appeal: the state (LK1, LO2) or the body the kommunestyre chose (LK2)."""

    STATSFORVALTEREN = "statsforvalteren"
    KLAGENEMND = "klagenemnd"


@dataclass(frozen=True, kw_only=True)
class Deadlines:
    """Every time limit, in the unit its name ends with or carries. `domain.law.deadlines` does the counting (LH9).

    Law: `interim_reply_months` (LH2), `appeal_weeks` (LK3, LP4), `care_housing_appeal_weeks` (LO2),
    `appeal_hard_stop_years` (LK4), `appeal_worse_months` (LK7), `second_notice_days` (LD5), `lease_years` (LL1),
    `open_ended_after_months` (LL6).
    Mandate: `lease_warning_months`, longest first, whose first one puts the lease on the agenda (M18).
    Municipality: `applicant_answer_days` to facts put to the applicant (LH6), `offer_days` (M14),
    `conclusion_without_vedtak_days` (B08), `follow_up_reminder_days_before` (C04; 0 is the due date itself),
    `follow_up_escalation_days` after the due date (M15), `answer_warning_days_before` an answer is due (LH2, LH3).
    """

    interim_reply_months: int = 1
    appeal_weeks: int = 3
    care_housing_appeal_weeks: int = 4
    appeal_hard_stop_years: int = 1
    appeal_worse_months: int = 3
    second_notice_days: int = 7
    applicant_answer_days: int = 14
    offer_days: int = 7
    lease_years: int = 3
    lease_warning_months: tuple[int, ...] = (6, 3, 1)
    open_ended_after_months: int = 3
    conclusion_without_vedtak_days: int = 14
    follow_up_reminder_days_before: tuple[int, ...] = (3, 0)
    follow_up_escalation_days: int = 7
    answer_warning_days_before: int = 5

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if isinstance(value, int):
                require(value >= 1, f"deadlines.{name} must be at least 1, not {value}.")
        require(self.interim_reply_months == 1, "deadlines.interim_reply_months is one month by law (LH2).")
        require(self.appeal_weeks >= 3, "deadlines.appeal_weeks may not be under the law's three (LK3).")
        require(self.care_housing_appeal_weeks >= 4, "deadlines.care_housing_appeal_weeks is at least four (LO2).")
        require(self.appeal_worse_months <= 3, "deadlines.appeal_worse_months is at most the law's three (LK7).")
        require(self.lease_years >= 3, "deadlines.lease_years may not be under three (LL1).")
        require(6 in self.lease_warning_months, "deadlines.lease_warning_months must hold 6 (M18).")
        _require_falling("lease_warning_months", self.lease_warning_months, least=1)
        _require_falling("follow_up_reminder_days_before", self.follow_up_reminder_days_before, least=0)

    def appeal_weeks_for(self, subject: DecisionSubject) -> int:
        """Weeks to appeal a vedtak on `subject` (LK3; LO2 for care housing)."""
        return self.care_housing_appeal_weeks if subject is DecisionSubject.CARE_HOUSING else self.appeal_weeks

    def interim_reply_by(self, received_on: date, working_days: WorkingDays) -> date:
        """The last day to answer an application received on that day, or to say why it takes longer (LH2, LH9)."""
        return months_after(received_on, self.interim_reply_months, working_days)

    def lease_warnings(self, ends_on: date) -> Mapping[int, date]:
        """For a lease that ends on that day: when to warn, by months before the end, the first one first (M18)."""
        return {months: add_months(ends_on, -months) for months in self.lease_warning_months}

    def lease_on_agenda_from(self, ends_on: date) -> date:
        """The day a lease that ends on `ends_on` goes on the agenda by itself: that of the first warning (M18)."""
        return min(self.lease_warnings(ends_on).values())

    def move_out_demand_by(self, ends_on: date) -> date:
        """The day to watch: the last one by the calendar to demand moving out after a lease's end (LL6)."""
        return add_months(ends_on, self.open_ended_after_months)


@dataclass(frozen=True, kw_only=True)
class Hjemmel:
    """The legal ground a vedtak stands on: permanent `code`, and the text its letter prints."""

    code: str
    text_nb: str


@dataclass(frozen=True, kw_only=True)
class AppealBody:
    """Who hears an appeal, and its name as the letter prints it."""

    kind: AppealBodyKind
    name_nb: str


@dataclass(frozen=True, kw_only=True)
class Provision:
    """A paragraph with a start of its own. `in_force` is None until the King in Council has set a date."""

    code: str
    text_nb: str
    in_force: date | None = None


@dataclass(frozen=True, kw_only=True)
class EligibilityRule:
    """Something that bars an application on `subjects`. `local`: from municipal guidelines, not from law.

    A local rule, such as years of residence, may bar a dwelling but never help after § 6 (LR2).
    """

    code: str
    text_nb: str
    subjects: tuple[DecisionSubject, ...]
    hjemmel: str
    local: bool = False

    def __post_init__(self) -> None:
        barred = self.local and DecisionSubject.ASSISTANCE in self.subjects
        require(not barred, f"The local rule {self.code} may not bar assistance after § 6 (LR2).")


@dataclass(frozen=True, kw_only=True)
class ConsentRules:
    """What consent covers unless it says otherwise (M09, LC2).

    `expires_after_months`: how long a consent without an end of its own lasts.
    `kinds`: per unit, the kinds of information it may hear when the consent names the unit. A unit that
    is not listed hears nothing.
    """

    expires_after_months: int
    kinds: Mapping[Unit, frozenset[InformationKind]]

    def __post_init__(self) -> None:
        require(self.expires_after_months >= 1, "consent.expires_after_months must be at least 1 (M09).")

    def kinds_for(self, unit: Unit) -> frozenset[InformationKind]:
        """Kinds of information that consent can open to `unit`."""
        return self.kinds.get(unit, frozenset())


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """The rules in force from `valid_from` (a date in Europe/Oslo) until the next rulebook's. `version` is permanent."""

    version: str
    valid_from: date
    units: GroupUnits
    rhythm: Rhythm
    deadlines: Deadlines
    hjemler: Mapping[DecisionSubject, Hjemmel]
    appeal_bodies: Mapping[DecisionSubject, AppealBody]
    provisions: tuple[Provision, ...]
    eligibility: tuple[EligibilityRule, ...]
    ranking: tuple[RankingCriterion, ...]
    decline_reasons: tuple[DeclineReason, ...]
    consent: ConsentRules
    choices: MunicipalChoices = field(default_factory=MunicipalChoices)
    deadline_grounds: Mapping[DeadlineKind, DeadlineGround] = field(default_factory=dict)
    letters: LetterTexts = field(default_factory=LetterTexts)
    lease_deadlines: LeaseDeadlines = field(default_factory=LeaseDeadlines)
    fit: FitLimits = field(default_factory=FitLimits)
    delegations: Mapping[DecisionSubject, str] = field(default_factory=dict)
    """By which reference Service og tildeling was given the power to decide; without one there is no vedtak (LR6)."""

    def __post_init__(self) -> None:
        require(bool(self.version), "version must not be empty.")
        for table, name in ((self.hjemler, "hjemler"), (self.appeal_bodies, "appeal_bodies")):
            missing = sorted(set(DecisionSubject) - set(table))
            require(not missing, f"{name} lacks {missing} (LK1, LK2, LO2).")
        for subject in (DecisionSubject.ASSISTANCE, DecisionSubject.CARE_HOUSING):
            state = self.appeal_bodies[subject].kind is AppealBodyKind.STATSFORVALTEREN
            require(state, f"appeal_bodies.{subject} must be statsforvalteren (LK1, LO2).")
        require(bool(self.ranking), "ranking must hold at least one criterion (M14).")
        self._require_codes()
        self._require_references()

    def _require_codes(self) -> None:
        """Each code stands in its table once, and can be sent."""
        tables: Mapping[str, Iterable[str]] = {
            "ranking": [criterion.code for criterion in self.ranking],
            "decline_reasons": [reason.code for reason in self.decline_reasons],
            "eligibility": [rule.code for rule in self.eligibility],
            "provisions": [provision.code for provision in self.provisions],
            "units.names": self.units.names,
            "letters.delay_reasons": self.letters.delay_reasons,
            "letters.lapses_when": self.letters.lapses_when,
            "letters.lease_exceptions": self.letters.lease_exceptions,
        }
        for name, codes in tables.items():
            require_unique(name, tuple(codes))
            require_codes(name, codes)

    def _require_references(self) -> None:
        """What one table says of another is there."""
        written = {provision.code for provision in self.provisions}
        unwritten = sorted({ground.newer for ground in self.deadline_grounds.values() if ground.newer} - written)
        require(not unwritten, f"deadline_grounds name provisions that are not there: {unwritten}.")
        nameless = sorted(set(self.consent.kinds) - set(self.units.names))
        require(not nameless, f"consent.kinds is about units without a name: {nameless} (M09).")

    def decline_consequence(self, code: str) -> DeclineConsequence | None:
        """What declining for the reason `code` leads to; None when the guidelines do not know the reason."""
        return next((reason.consequence for reason in self.decline_reasons if reason.code == code), None)

    def ground_of(self, kind: DeadlineKind, on: date) -> str | None:
        """What a deadline of that kind stands on, as people read it on the Oslo date `on`; None when nobody wrote it."""
        ground = self.deadline_grounds.get(kind)
        if ground is None:
            return None
        newer = next((each for each in self.provisions if each.code == ground.newer), None)
        return newer.text_nb if newer is not None and self.is_in_force(newer.code, on) else ground.text_nb

    def is_in_force(self, provision: str, on: date) -> bool:
        """Whether the provision with that code applies on the Oslo date `on`. Unknown codes do not."""
        started = (p.in_force for p in self.provisions if p.code == provision)
        return any(start is not None and start <= on for start in started)


def _require_falling(name: str, values: tuple[int, ...], *, least: int) -> None:
    falling = list(values) == sorted(set(values), reverse=True)
    require(bool(values) and falling, f"deadlines.{name} must fall from the longest to the shortest.")
    require(values[-1] >= least, f"deadlines.{name} may not go under {least}.")
