"""What every part of an application's rules shares: its state, and what is left of it to answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.actors import CaseId, PersonId
from domain.base import HusromAggregate
from domain.cases.application_content import (
    ApplicationContent,
    ApplicationKind,
    ContentPart,
    Correction,
    PutAway,
    Submitter,
    WayIn,
)
from domain.cases.application_refusals import ApplicationAnsweredError
from domain.sealed import Sealed


@dataclass(frozen=True)
class ApplicationFacts:
    """What one application needs to know of another that may be the same request."""

    id: UUID
    case: CaseId
    person: PersonId
    unanswered: tuple[ApplicationKind, ...]
    tenancy: UUID | None
    counts_from: date


class ApplicationBase(HusromAggregate):
    """State, queries and shared checks. Only `Application` is stored."""

    def __init__(self) -> None:
        self.case: CaseId
        self.person: PersonId
        self.kinds: tuple[ApplicationKind, ...] = ()
        self.way_in: WayIn
        self.answers: dict[ApplicationKind, UUID] = {}
        self.put_away: dict[ApplicationKind, PutAway] = {}
        self.received_on: date
        self.counts_from: date
        self.submitter: Submitter | None = None
        self.content: ApplicationContent
        self.corrections: tuple[Correction, ...] = ()
        self.tenancy: UUID | None = None
        self.supplements: tuple[Sealed, ...] = ()
        self.answer_expected_on: date | None = None
        self.withdrawn = False
        self.duplicate_of: UUID | None = None
        self.joined: tuple[UUID, ...] = ()

    @property
    def unanswered(self) -> tuple[ApplicationKind, ...]:
        """What has been applied for and is still to be decided here."""
        return tuple(kind for kind in self.kinds if kind not in self.answers and kind not in self.put_away)

    @property
    def closed(self) -> bool:
        """Whether nothing is left to be answered."""
        return not self.unanswered

    @property
    def fell_away(self) -> bool:
        """Whether it is closed without any vedtak: withdrawn, sent on, or a duplicate."""
        return self.closed and not self.answers

    @property
    def facts(self) -> ApplicationFacts:
        return ApplicationFacts(self.id, self.case, self.person, self.unanswered, self.tenancy, self.counts_from)

    def corrected_since(self, moment: datetime | None = None) -> tuple[ContentPart, ...]:
        """The parts corrected after `moment` (UTC), or ever: whoever relied on them then should look again."""
        return tuple(dict.fromkeys(each.part for each in self.corrections if moment is None or each.at > moment))

    def put_away_kinds(self, kinds: Iterable[ApplicationKind], why: PutAway) -> None:
        """For its events: these are not to be answered here after all."""
        self.put_away = {**self.put_away, **dict.fromkeys(kinds, why)}

    def _refuse_when_closed(self) -> None:
        if self.closed:
            raise ApplicationAnsweredError()
