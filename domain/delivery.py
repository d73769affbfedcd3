"""A message on its way out: due, begun, and what became of it (design D8, C03, C04)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from domain.actors import By
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.refusals import WrongStateError


class MessageKind(StrEnum):
    """What the message says; the worker makes the text from what this is about."""

    MEETING_INVITATION = "meeting_invitation"
    MEETING_CANCELLATION = "meeting_cancellation"
    APPLICATION_RECEIPT = "application_receipt"
    FOLLOW_UP_REMINDER = "follow_up_reminder"
    FOLLOW_UP_OVERDUE = "follow_up_overdue"
    LEASE_WARNING = "lease_warning"
    MOVE_OUT_WARNING = "move_out_warning"
    LEASE_OPEN_ENDED = "lease_open_ended"
    NOTICE_LAPSED = "notice_lapsed"
    DEADLINE_WARNING = "deadline_warning"
    NOBODY_RESPONSIBLE = "nobody_responsible"
    OFFER_LAPSED = "offer_lapsed"
    EMERGENCY_ACCESS = "emergency_access"
    VEDTAK_SECOND_NOTICE = "vedtak_second_notice"


class DeliveryState(StrEnum):
    """Where the delivery stands."""

    BEGUN = "begun"
    DEFERRED = "deferred"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    TO_BE_POSTED = "to_be_posted"
    POSTED = "posted"
    DROPPED = "dropped"


class PostReason(StrEnum):
    """Why a person has to post the message."""

    NO_EMAIL = "no_email"
    HAS_REPRESENTATIVE = "has_representative"
    """It goes to the representative (LH7), whose contact is free text that no machine should read an address out of."""
    ADDRESS_OUT_OF_PLACE = "address_out_of_place"
    """What stands where the address should is another's or was changed: it did not open (D17)."""


class DropReason(StrEnum):
    """Why something that was due is not sent after all."""

    NO_LONGER_DUE = "no_longer_due"
    OVERTAKEN = "overtaken"
    """A later reminder of the same thing is due already."""
    RECIPIENT_GONE = "recipient_gone"
    INHABIL = "inhabil"
    """The employee is inhabil towards the person the case is about (LI1)."""


class DeliverySettledError(WrongStateError):
    code = "delivery_settled"
    rule = "D8"
    missing = "Utsendelsen er allerede avsluttet."
    next_step = "Ingenting mer å gjøre."


@dataclass(frozen=True)
class Message:
    """What a delivery delivers: the kind, what it is about, to whom, in which case, which version of it, and when due.

    `recipient` is an employee or the applicant. `sequence` is the calendar's for a meeting, else the version of what
    the message follows from. `due_at` is office time, in UTC.
    """

    kind: MessageKind
    subject: UUID
    recipient: UUID
    case: UUID | None
    sequence: int
    due_at: datetime


class FirstEvent(CreatedEvent):
    """What every first event of a delivery says: its message."""

    kind: MessageKind
    subject: UUID
    recipient: UUID
    case: UUID | None
    sequence: int
    due_at: datetime

    def assign_message(self, delivery: "Delivery") -> None:
        delivery.message = Message(self.kind, self.subject, self.recipient, self.case, self.sequence, self.due_at)


class Delivery(HusromAggregate):
    """One message to one recipient, begun once. Its id follows from what is due, so nothing is due twice."""

    TOPIC = "delivery"

    class Begun(FirstEvent):
        """From here on the message may have left. `claimed_until` is real time, not office time (D13)."""

        TOPIC: ClassVar[str] = "delivery.Begun"
        claimed_until: datetime

        def apply(self, delivery: "Delivery") -> None:
            self.assign_message(delivery)
            delivery.claimed_until = self.claimed_until

    class ToBePosted(FirstEvent):
        """It cannot go by mail; a person posts it."""

        TOPIC: ClassVar[str] = "delivery.ToBePosted"
        reason: PostReason

        def apply(self, delivery: "Delivery") -> None:
            self.assign_message(delivery)
            delivery.state = DeliveryState.TO_BE_POSTED

    class Dropped(FirstEvent):
        """It was due, and when its turn came there was nothing to send any more."""

        TOPIC: ClassVar[str] = "delivery.Dropped"
        reason: DropReason

        def apply(self, delivery: "Delivery") -> None:
            self.assign_message(delivery)
            delivery.state = DeliveryState.DROPPED

    class Sent(Event):
        TOPIC: ClassVar[str] = "delivery.Sent"
        message_id: str

        def apply(self, delivery: "Delivery") -> None:
            delivery.state = DeliveryState.SENT

    class Failed(Event):
        """It did not leave, and will not be tried again by itself; a person sees it."""

        TOPIC: ClassVar[str] = "delivery.Failed"
        reason: str

        def apply(self, delivery: "Delivery") -> None:
            delivery.state = DeliveryState.FAILED

    class Deferred(Event):
        """It surely did not leave, and is tried again after `until` (real time)."""

        TOPIC: ClassVar[str] = "delivery.Deferred"
        reason: str
        until: datetime

        def apply(self, delivery: "Delivery") -> None:
            delivery.state, delivery.claimed_until = DeliveryState.DEFERRED, self.until

    class Retried(Event):
        """Begun again: from here on it may have left. `claimed_until` is real time."""

        TOPIC: ClassVar[str] = "delivery.Retried"
        claimed_until: datetime

        def apply(self, delivery: "Delivery") -> None:
            delivery.state, delivery.claimed_until = DeliveryState.BEGUN, self.claimed_until
            delivery.attempts += 1

    class Uncertain(Event):
        """Begun, and nobody knows whether it left. Shown to a person, never repeated by itself."""

        TOPIC: ClassVar[str] = "delivery.Uncertain"

        def apply(self, delivery: "Delivery") -> None:
            delivery.state = DeliveryState.UNCERTAIN

    class Posted(Event):
        """A person has posted it."""

        TOPIC: ClassVar[str] = "delivery.Posted"

        def apply(self, delivery: "Delivery") -> None:
            delivery.state = DeliveryState.POSTED

    def __init__(self) -> None:
        self.message: Message
        self.state = DeliveryState.BEGUN
        self.attempts = 1
        self.claimed_until: datetime | None = None

    @classmethod
    def start(cls, *, id: UUID, message: Message, claimed_until: datetime, by: By, at: datetime) -> "Delivery":
        """Record that sending begins, before anything leaves. A second start of the same id loses the race."""
        return cls.begin(cls.Begun, id=id, by=by, at=at, claimed_until=claimed_until, **vars(message))

    @classmethod
    def to_be_posted(cls, *, id: UUID, message: Message, reason: PostReason, by: By, at: datetime) -> "Delivery":
        """Leave it to a person, who posts it by hand."""
        return cls.begin(cls.ToBePosted, id=id, by=by, at=at, reason=reason, **vars(message))

    @classmethod
    def drop(cls, *, id: UUID, message: Message, reason: DropReason, by: By, at: datetime) -> "Delivery":
        """Record that what was due is not sent, and why."""
        return cls.begin(cls.Dropped, id=id, by=by, at=at, reason=reason, **vars(message))

    def has_run_out(self, now: datetime) -> bool:
        """Whether the claim of the one who began (or the pause before the next attempt) is over at real time `now`."""
        return self.claimed_until is not None and self.claimed_until <= now

    def sent(self, *, message_id: str, by: By, at: datetime) -> None:
        """Record that the mail server accepted the message; also when that became known late."""
        self._require(DeliveryState.BEGUN, DeliveryState.UNCERTAIN)
        self.record(self.Sent, by=by, at=at, message_id=message_id)

    def failed(self, *, reason: str, by: By, at: datetime) -> None:
        """Record that the message surely did not leave and will not be tried again. `reason` is a code."""
        self._require(DeliveryState.BEGUN, DeliveryState.DEFERRED, DeliveryState.UNCERTAIN)
        self.record(self.Failed, by=by, at=at, reason=reason)

    def defer(self, *, reason: str, until: datetime, by: By, at: datetime) -> None:
        """Record that an attempt surely did not leave. `reason` is a code, `until` real time."""
        self._require(DeliveryState.BEGUN)
        self.record(self.Deferred, by=by, at=at, reason=reason, until=until)

    def retry(self, *, claimed_until: datetime, by: By, at: datetime) -> None:
        """Begin again after a deferral. `claimed_until` is real time."""
        self._require(DeliveryState.DEFERRED)
        self.record(self.Retried, by=by, at=at, claimed_until=claimed_until)

    def uncertain(self, *, by: By, at: datetime) -> None:
        """Record that it was begun and that nobody knows whether it left."""
        self._require(DeliveryState.BEGUN)
        self.record(self.Uncertain, by=by, at=at)

    def posted(self, *, by: By, at: datetime) -> None:
        """Record that a saksbehandler has posted it: one to be posted, or one whose mail failed or may not have left."""
        require_saksbehandler(by)
        self._require(DeliveryState.TO_BE_POSTED, DeliveryState.FAILED, DeliveryState.UNCERTAIN)
        self.record(self.Posted, by=by, at=at)

    def _require(self, *states: DeliveryState) -> None:
        if self.state not in states:
            raise DeliverySettledError()
