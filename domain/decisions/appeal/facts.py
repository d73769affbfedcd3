"""The words an appeal is told in: how far it has come, why, how it ended, what was sent, who took part (LK3–LK8, LI4)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.actors import EmployeeId
from domain.law.rulebook import DecisionSubject

NEEDS_POOL = frozenset({DecisionSubject.DWELLING, DecisionSubject.EXTENSION})
"""What cannot be tried without knowing who else waits (B14). Care housing has a waiting list of its own (LO1)."""


class AppealState(StrEnum):
    """How far an appeal has come."""

    RECEIVED = "received"
    LATE = "late"
    """After the last day: nothing more happens until it is accepted though late, or dismissed (LK4)."""
    UPHELD = "upheld"
    """The municipality keeps its vedtak; the papers are to be forwarded."""
    FORWARDED = "forwarded"
    DISMISSED = "dismissed"
    REVERSED = "reversed"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


UNDER_REVIEW = (AppealState.RECEIVED, AppealState.UPHELD)
OVER = frozenset({AppealState.DISMISSED, AppealState.REVERSED, AppealState.DECIDED, AppealState.WITHDRAWN})


class LateGround(StrEnum):
    """Why a late appeal is tried all the same (LK4)."""

    NO_FAULT = "no_fault"
    SPECIAL_REASONS = "special_reasons"


class DismissalGround(StrEnum):
    """Why an appeal is not tried. What is known of other applicants is no ground: the pool is there (B14)."""

    TOO_LATE = "too_late"
    NO_RIGHT_TO_APPEAL = "no_right_to_appeal"
    NOTHING_TO_APPEAL = "nothing_to_appeal"


class AppealOutcome(StrEnum):
    """What the appeal body decided."""

    UPHELD = "upheld"
    CHANGED_IN_FAVOUR = "changed_in_favour"
    CHANGED_TO_DETRIMENT = "changed_to_detriment"
    QUASHED = "quashed"
    """Sent back: the municipality decides anew."""
    DISMISSED = "dismissed"

    @property
    def needs_new_vedtak(self) -> bool:
        """Whether the municipality must make a vedtak because of it."""
        return self in (self.CHANGED_IN_FAVOUR, self.CHANGED_TO_DETRIMENT, self.QUASHED)


class SentPaperKind(StrEnum):
    """What is sent to an appeal body."""

    VEDTAK = "vedtak"
    APPLICATION = "application"
    MINUTES_FACTS = "minutes_facts"
    ASSESSMENT = "assessment"
    """Conclusions and the minutes' assessments: internal, unless it is chosen to send them (LP2)."""
    REASONS = "reasons"
    APPEAL = "appeal"
    """Grounds, what was investigated, and the municipality's statement."""


@dataclass(frozen=True, kw_only=True)
class SentPaper:
    """One thing that was sent: an aggregate as it stood at `version`."""

    kind: SentPaperKind
    id: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class SentPapers:
    """All that is sent. `pool_checksum`: of the anonymised pool, None where none is needed (B14)."""

    papers: tuple[SentPaper, ...]
    pool_checksum: str | None
    with_assessments: bool


class Part(StrEnum):
    """How somebody took part in the case before the appeal body got it."""

    PREPARED = "prepared"
    SUBMITTED = "submitted"
    IN_THE_ROOM = "in_the_room"
    WROTE_MINUTES = "wrote_minutes"
    CONCLUDED = "concluded"
    DECIDED = "decided"
    REVIEWED = "reviewed"
    """Kept the vedtak when the municipality tried the appeal itself."""
    INHABIL = "inhabil"
    """Declared inhabil in the case: out of all of it, the appeal as well (LI1)."""
    DIRECT_SUBORDINATE = "direct_subordinate"
    """Of a leader who took part or is inhabil (koml § 13-3 third paragraph)."""


@dataclass(frozen=True, kw_only=True, order=True)
class TookPart:
    """One employee, and one way in which they took part."""

    employee: EmployeeId
    part: Part


@dataclass(frozen=True, kw_only=True)
class AppealedVedtak:
    """What an appeal needs to know of the vedtak. `subject`: see `NEEDS_POOL`. Oslo dates.

    `deadline`: the last day in time; None while the period has not begun or is broken off by a demand for reasons.
    """

    id: UUID
    case: UUID
    person: UUID
    subject: DecisionSubject
    issued_on: date
    deadline: date | None
    hard_stop: date

    def is_late(self, day: date) -> bool:
        return self.deadline is not None and day > self.deadline
