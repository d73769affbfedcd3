"""A message on its way out: due, begun, and what became of it (design D8, C03, C04)."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from domain.actors import By
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
    DEADLINE_WARNING = "deadline_warning"


class DeliveryState(StrEnum):
    """Where the delivery stands."""

    BEGUN = "begun"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class DeliverySettledError(WrongStateError):
    code = "delivery_settled"
    rule = "D8"
    missing = "Utsendelsen er allerede avsluttet."
    next_step = "Ingenting mer å gjøre."


class Delivery(HusromAggregate):
    """One message to one recipient, begun once. Its id follows from what is due, so nothing is due twice."""

    TOPIC = "delivery"

    class Begun(CreatedEvent):
        """From here on the message may have left. `claimed_until` is real time, not office time (D13)."""

        TOPIC: ClassVar[str] = "delivery.Begun"
        kind: MessageKind
        subject: UUID
        recipient: UUID
        case: UUID | None
        sequence: int
        due_at: datetime
        claimed_until: datetime

        def apply(self, delivery: "Delivery") -> None:
            delivery.claimed_until = self.claimed_until
            delivery.kind, delivery.subject, delivery.recipient = self.kind, self.subject, self.recipient

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

    class Retried(Event):
        """It did not leave, surely, and is claimed again."""

        TOPIC: ClassVar[str] = "delivery.Retried"
        reason: str
        claimed_until: datetime

        def apply(self, delivery: "Delivery") -> None:
            delivery.attempts += 1
            delivery.claimed_until = self.claimed_until

    class Uncertain(Event):
        """Begun, and nobody knows whether it left. Shown to a person, never repeated by itself."""

        TOPIC: ClassVar[str] = "delivery.Uncertain"

        def apply(self, delivery: "Delivery") -> None:
            delivery.state = DeliveryState.UNCERTAIN

    def __init__(self) -> None:
        self.kind: MessageKind
        self.subject: UUID
        self.recipient: UUID
        self.state = DeliveryState.BEGUN
        self.attempts = 1
        self.claimed_until: datetime

    @classmethod
    def start(
        cls,
        *,
        id: UUID,
        kind: MessageKind,
        subject: UUID,
        recipient: UUID,
        case: UUID | None,
        sequence: int,
        due_at: datetime,
        claimed_until: datetime,
        by: By,
        at: datetime,
    ) -> "Delivery":
        """Record that sending begins, before anything leaves. A second start of the same id loses the race."""
        return cls.begin(
            cls.Begun, id=id, by=by, at=at, kind=kind, subject=subject, recipient=recipient, case=case,
            sequence=sequence, due_at=due_at, claimed_until=claimed_until,
        )  # fmt: skip

    def sent(self, *, message_id: str, by: By, at: datetime) -> None:
        """Record that the mail server accepted the message."""
        self._refuse_when_settled()
        self.record(self.Sent, by=by, at=at, message_id=message_id)

    def failed(self, *, reason: str, by: By, at: datetime) -> None:
        """Record that the message surely did not leave and will not be tried again. `reason` is a code."""
        self._refuse_when_settled()
        self.record(self.Failed, by=by, at=at, reason=reason)

    def retry(self, *, reason: str, claimed_until: datetime, by: By, at: datetime) -> None:
        """Claim it again after an attempt that surely did not leave. `claimed_until` is real time."""
        self._refuse_when_settled()
        self.record(self.Retried, by=by, at=at, reason=reason, claimed_until=claimed_until)

    def uncertain(self, *, by: By, at: datetime) -> None:
        """Record that it was begun and never recorded as sent, and that its claim has run out."""
        self._refuse_when_settled()
        self.record(self.Uncertain, by=by, at=at)

    def _refuse_when_settled(self) -> None:
        if self.state is not DeliveryState.BEGUN:
            raise DeliverySettledError()
