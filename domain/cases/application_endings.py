"""How an application, or a part of it, ends without a vedtak: withdrawn, sent on, a duplicate (LH4, LH5)."""

from datetime import date, datetime

from domain.actors import By, PersonId
from domain.cases import application_events as events
from domain.cases.application_base import ApplicationBase, ApplicationFacts
from domain.cases.application_content import ApplicationKind, ForwardedTo
from domain.cases.application_refusals import (
    DuplicateLeavesUnansweredError,
    ForwardingDateError,
    NotADuplicateError,
    NotWaitingForAnswerError,
)
from domain.sealed import Sealed


class Endings(ApplicationBase):
    """The application as it goes away unanswered, whole or in part."""

    def withdraw(self, *, by: By, at: datetime) -> None:
        """The applicant takes the application back."""
        self._refuse_when_closed()
        self.record(events.Withdrawn, by=by, at=at, case=self.case)

    def withdraw_part(self, *, kind: ApplicationKind, by: By, at: datetime) -> None:
        """The applicant takes back one of the things applied for; the rest still waits for its answer."""
        left = self._left_without((kind,))
        self.record(events.PartWithdrawn, by=by, at=at, case=self.case, kind=kind, left=left)

    def forward(
        self,
        *,
        kinds: tuple[ApplicationKind, ...],
        to: ForwardedTo,
        name: Sealed,
        forwarded_on: date,
        sender_told_on: date,
        today: date,
        by: By,
        at: datetime,
    ) -> None:
        """Record that `kinds` were sent on to another authority, and that the sender was told (LH5). Oslo dates.

        Raises `NotWaitingForAnswerError`, `ForwardingDateError`.
        """
        distinct = tuple(kind for kind in ApplicationKind if kind in kinds)
        left = self._left_without(distinct)
        if not all(self.received_on <= day <= today for day in (forwarded_on, sender_told_on)):
            raise ForwardingDateError()
        self.record(
            events.Forwarded, by=by, at=at, case=self.case, person=self.person, kinds=distinct, left=left, to=to,
            name=name, forwarded_on=forwarded_on, sender_told_on=sender_told_on,
        )  # fmt: skip

    def find_duplicate(
        self, *, of: ApplicationFacts, same_people: frozenset[PersonId] = frozenset(), by: By, at: datetime
    ) -> None:
        """Close this as the same request as `of`, which must wait for an answer to all that this one does.

        `same_people`: others who are known to be the applicant, registered twice. In the same save `of` joins it.
        Raises `NotADuplicateError`, `DuplicateLeavesUnansweredError`.
        """
        self._refuse_when_closed()
        if of.id == self.id or of.person not in {self.person, *same_people} or of.tenancy != self.tenancy:
            raise NotADuplicateError()
        if not set(self.unanswered) <= set(of.unanswered):
            raise DuplicateLeavesUnansweredError()
        self.record(
            events.FoundDuplicate, by=by, at=at, case=self.case, person=self.person, of=of.id, of_case=of.case,
            received_on=self.received_on,
        )  # fmt: skip

    def join_duplicate(self, *, duplicate: ApplicationFacts, by: By, at: datetime) -> None:
        """Take over from a duplicate: the earliest received date counts for deadlines and for the waiting list."""
        self._refuse_when_closed()
        self.record(
            events.DuplicateJoined, by=by, at=at, case=self.case, duplicate=duplicate.id, duplicate_case=duplicate.case,
            counts_from=min(self.counts_from, duplicate.counts_from), answer_expected_on=self.answer_expected_on,
        )  # fmt: skip

    def _left_without(self, kinds: tuple[ApplicationKind, ...]) -> tuple[ApplicationKind, ...]:
        if not kinds or not set(kinds) <= set(self.unanswered):
            raise NotWaitingForAnswerError()
        return tuple(kind for kind in self.unanswered if kind not in kinds)
