"""An application: what was asked for, when, how and by whom, and what becomes of each thing asked for."""

from datetime import date, datetime
from uuid import UUID

from domain import base
from domain.actors import By, CaseId, PersonId
from domain.cases import application_events as events
from domain.cases.application_base import ApplicationFacts
from domain.cases.application_content import (
    ApplicationContent,
    ApplicationKind,
    ContentPart,
    ForwardedTo,
    Household,
    PresentHousing,
    PutAway,
    RightContent,
    Submitter,
    SubmitterRelation,
    Urgency,
    WayIn,
    Wishes,
)
from domain.cases.application_endings import Endings
from domain.cases.application_refusals import (
    ApplicationAnsweredError,
    CareHousingApartError,
    CorrectionDoesNotFitError,
    DateNotWrongError,
    DateOfDuplicateError,
    DuplicateLeavesUnansweredError,
    ExtensionNeedsTenancyError,
    ForwardingDateError,
    FullmaktMissingError,
    NotADuplicateError,
    NotAppliedForError,
    NothingAppliedForError,
    NothingPromisedError,
    NothingSaidWrongError,
    NotLaterThanPromisedError,
    NotWaitingForAnswerError,
    ReceivedInFutureError,
)
from domain.sealed import Sealed

__all__ = [
    "Application",
    "ApplicationAnsweredError",
    "ApplicationContent",
    "ApplicationFacts",
    "ApplicationKind",
    "CareHousingApartError",
    "ContentPart",
    "CorrectionDoesNotFitError",
    "DuplicateLeavesUnansweredError",
    "ExtensionNeedsTenancyError",
    "ForwardedTo",
    "ForwardingDateError",
    "FullmaktMissingError",
    "Household",
    "NotADuplicateError",
    "NotAppliedForError",
    "NotLaterThanPromisedError",
    "NotWaitingForAnswerError",
    "NothingAppliedForError",
    "NothingPromisedError",
    "NothingSaidWrongError",
    "PresentHousing",
    "PutAway",
    "ReceivedInFutureError",
    "RightContent",
    "Submitter",
    "SubmitterRelation",
    "Urgency",
    "WayIn",
    "Wishes",
]


class Application(Endings):
    """One application with one or more things applied for, each to be answered on its own (M13)."""

    TOPIC = "application"

    # Named here, the library takes the events below as they are instead of subclassing each of them.
    Event = base.Event

    Received = events.Received
    MadeOnBehalf = events.MadeOnBehalf
    Supplemented = events.Supplemented
    Corrected = events.Corrected
    ReceivedDateCorrected = events.ReceivedDateCorrected
    InterimReplySent = events.InterimReplySent
    DelayNoticeSent = events.DelayNoticeSent
    Withdrawn = events.Withdrawn
    PartWithdrawn = events.PartWithdrawn
    Forwarded = events.Forwarded
    FoundDuplicate = events.FoundDuplicate
    DuplicateJoined = events.DuplicateJoined
    Answered = events.Answered

    @classmethod
    def receive(
        cls,
        *,
        id: UUID,
        case: CaseId,
        person: PersonId,
        kinds: tuple[ApplicationKind, ...],
        way_in: WayIn,
        received_on: date,
        today: date,
        content: ApplicationContent,
        tenancy: UUID | None = None,
        by: By,
        at: datetime,
    ) -> "Application":
        """Receive an application. `received_on` and `today` are Oslo dates; deadlines run from `received_on`.

        Raises `NothingAppliedForError`, `CareHousingApartError`, `ExtensionNeedsTenancyError`,
        `ReceivedInFutureError`.
        """
        distinct = tuple(kind for kind in ApplicationKind if kind in kinds)
        if not distinct:
            raise NothingAppliedForError()
        if ApplicationKind.CARE_HOUSING in distinct and len(distinct) > 1:
            raise CareHousingApartError()
        if ApplicationKind.EXTENSION in distinct and tenancy is None:
            raise ExtensionNeedsTenancyError()
        if received_on > today:
            raise ReceivedInFutureError()
        return cls.begin(
            cls.Received, id=id, by=by, at=at, case=case, person=person, kinds=distinct, way_in=way_in,
            received_on=received_on, content=content, tenancy=tenancy,
        )  # fmt: skip

    def made_on_behalf(self, *, submitter: Submitter, by: By, at: datetime) -> None:
        """Record who asked for the applicant. That alone makes nobody the letters' recipient (LH7).

        Raises `FullmaktMissingError` for who says to speak for the applicant and has no authority recorded.
        """
        if submitter.relation.speaks_for_applicant and submitter.authority is None:
            raise FullmaktMissingError()
        self.record(self.MadeOnBehalf, by=by, at=at, case=self.case, person=self.person, submitter=submitter)

    def supplement(self, *, text: Sealed, attachments: tuple[UUID, ...] = (), by: By, at: datetime) -> None:
        """Add what the applicant sent later; nothing of the original changes."""
        self._refuse_when_closed()
        self.record(self.Supplemented, by=by, at=at, case=self.case, text=text, attachments=attachments)

    def correct(
        self, *, corrects: int, part: ContentPart, right: RightContent, because: Sealed, by: By, at: datetime
    ) -> None:
        """Add what is right beside what was wrong, also after the answer (LA5). `corrects`: version of the wrong event.

        Raises `NothingSaidWrongError`, `CorrectionDoesNotFitError`.
        """
        if not 1 <= corrects <= self.version:
            raise NothingSaidWrongError()
        if not right.is_about(part):
            raise CorrectionDoesNotFitError()
        self.record(
            self.Corrected, by=by, at=at, case=self.case, corrects=corrects, part=part, right=right, because=because
        )

    def correct_received_date(
        self,
        *,
        received_on: date,
        today: date,
        duplicates_from: date | None = None,
        because: Sealed,
        by: By,
        at: datetime,
    ) -> None:
        """Record which day it really came in, also after the answer (LA5). Oslo dates.

        `duplicates_from`: the earliest day that counts for the registrations `joined` to it. Raises
        `ReceivedInFutureError`, `DateNotWrongError`, `DateOfDuplicateError`.
        """
        if self.duplicate_of is not None:
            raise DateOfDuplicateError()
        if received_on > today:
            raise ReceivedInFutureError()
        if received_on == self.received_on:
            raise DateNotWrongError()
        self.record(
            self.ReceivedDateCorrected, by=by, at=at, case=self.case, was=self.received_on, received_on=received_on,
            counts_from=min(received_on, duplicates_from or received_on), answer_expected_on=self.answer_expected_on,
            left=self.unanswered, because=because,
        )  # fmt: skip

    def send_interim_reply(self, *, reason: str, expected_on: date, by: By, at: datetime) -> None:
        """Record the interim reply with a coded reason and the expected date (LH2)."""
        self._refuse_when_closed()
        self.record(self.InterimReplySent, by=by, at=at, case=self.case, reason=reason, expected_on=expected_on)

    def send_delay_notice(self, *, reason: str, expected_on: date, today: date, by: By, at: datetime) -> None:
        """Record that the applicant was told anew, since the promised day slips (LH3). Oslo dates.

        Raises `NothingPromisedError`, `NotLaterThanPromisedError`.
        """
        self._refuse_when_closed()
        if self.answer_expected_on is None:
            raise NothingPromisedError()
        if expected_on <= self.answer_expected_on or expected_on < today:
            raise NotLaterThanPromisedError()
        self.record(
            self.DelayNoticeSent, by=by, at=at, case=self.case, reason=reason, promised_on=self.answer_expected_on,
            expected_on=expected_on,
        )  # fmt: skip

    def answer(self, *, kind: ApplicationKind, vedtak: UUID, by: By, at: datetime) -> None:
        """Record the first vedtak on `kind`; a later one replaces that vedtak, not this answer (M13)."""
        self.refuse_unless_asked(kind)
        if kind in self.answers:
            raise ApplicationAnsweredError(codes=(kind,))
        self.record(self.Answered, by=by, at=at, case=self.case, kind=kind, vedtak=vedtak)

    def refuse_unless_asked(self, kind: ApplicationKind) -> None:
        """Raise `NotAppliedForError` or, when it is withdrawn or dealt with elsewhere, `ApplicationAnsweredError`.

        Help after § 6 is to be decided without having been applied for, or though that part was taken back: it
        follows from being vanskeligstilt (M12).
        """
        if kind not in self.kinds and kind is not ApplicationKind.ASSISTANCE:
            raise NotAppliedForError(codes=(kind,))
        follows_anyway = kind is ApplicationKind.ASSISTANCE and self.put_away.get(kind) is PutAway.WITHDRAWN
        if self.withdrawn or self.duplicate_of or (kind in self.put_away and not follows_anyway):
            raise ApplicationAnsweredError()
