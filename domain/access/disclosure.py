"""The other log: who saw, who was told, who was refused, on which ground (B01, B02, C05).

Each disclosure is an aggregate of its own, so that reads never wait for each other, and carries the
position in the case log at which it was decided.
"""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid5

from domain.access.kinds import InformationKind
from domain.actors import By, CaseId, EmployeeId, Unit
from domain.base import CreatedEvent, HusromAggregate


class Disclosure(HusromAggregate):
    """One moment at which somebody learned something, or was refused it."""

    TOPIC = "disclosure"

    class Viewed(CreatedEvent):
        """`subjects`: everybody whose data was in the answer. `reason` is a code or a sealed text's id."""

        TOPIC: ClassVar[str] = "disclosure.Viewed"
        case: UUID
        subjects: tuple[UUID, ...]
        kinds: tuple[InformationKind, ...]
        fields: tuple[str, ...]
        rules: tuple[str, ...]
        purpose: str
        decided_at: int

    class ListViewed(CreatedEvent):
        """A page of a list: every case and every person on it (trap: lists logged without whose data).

        `reason`: the code that was stated for colleagues' cases on it.
        """

        TOPIC: ClassVar[str] = "disclosure.ListViewed"
        class_version: ClassVar[int] = 2
        view: str
        cases: tuple[UUID, ...]
        subjects: tuple[UUID, ...]
        rules: tuple[str, ...]
        decided_at: int
        reason: str | None

        @staticmethod
        def upcast_v1_v2(state: dict[str, object]) -> None:
            """Version 1 did not say which reason was stated."""
            state["reason"] = None

    class ToldInMeeting(CreatedEvent):
        """In the room while the item was discussed: told, as surely as having read it (M08, B02).

        Recorded when it begins, at `told_from` (UTC): what was said before somebody left cannot be taken back. One
        for each case talked about; a comparison for a vacancy is about several.
        """

        TOPIC: ClassVar[str] = "disclosure.ToldInMeeting"
        case: UUID
        subjects: tuple[UUID, ...]
        told: UUID
        unit_told: Unit
        meeting: UUID
        item: UUID
        told_from: datetime
        rules: tuple[str, ...]
        decided_at: int

    class ToldInDialogue(CreatedEvent):
        """Asked about an application for care housing, and told what the question says (M20, LC2).

        `kinds`: what the question gives away; `rules`: the ground it stands on.
        """

        TOPIC: ClassVar[str] = "disclosure.ToldInDialogue"
        case: UUID
        subjects: tuple[UUID, ...]
        told: UUID
        unit_told: Unit
        dialogue: UUID
        kinds: tuple[InformationKind, ...]
        rules: tuple[str, ...]
        decided_at: int

    class Exported(CreatedEvent):
        """Taken out of the system for `recipient` (a code), who gets nothing live. `reference`: what it is about."""

        TOPIC: ClassVar[str] = "disclosure.Exported"
        case: UUID
        subjects: tuple[UUID, ...]
        kinds: tuple[InformationKind, ...]
        fields: tuple[str, ...]
        recipient: str
        reference: UUID
        rules: tuple[str, ...]
        purpose: str
        decided_at: int

    class Refused(CreatedEvent):
        """Asked and was refused. `case` may be one that does not exist."""

        TOPIC: ClassVar[str] = "disclosure.Refused"
        case: UUID
        action: str
        rules: tuple[str, ...]
        purpose: str
        decided_at: int

    class RefusedAtDoor(CreatedEvent):
        """Stopped before `operation` ran: in no directory, or no longer employed (M02, D16). It reached no case.

        Of somebody in no directory the log knows the sign-in alone, as the actor.
        """

        TOPIC: ClassVar[str] = "disclosure.RefusedAtDoor"
        operation: str
        rules: tuple[str, ...]
        decided_at: int

    class Addressed(CreatedEvent):
        """The system opened a name and an address to send a message."""

        TOPIC: ClassVar[str] = "disclosure.Addressed"
        case: UUID | None
        subjects: tuple[UUID, ...]
        fields: tuple[str, ...]
        delivery: UUID
        rules: tuple[str, ...]
        decided_at: int

    class AccessTaken(CreatedEvent):
        """A command gave its sender access, on a ground that held. `fact`: what of, such as responsibility or a task.

        `scope`: what it hangs on, as in the access facts; `case` and whom it is about when that is one. Written before
        the command is stored.
        """

        TOPIC: ClassVar[str] = "disclosure.AccessTaken"
        case: UUID | None
        subjects: tuple[UUID, ...]
        scope: UUID
        fact: str
        rules: tuple[str, ...]
        decided_at: int

    class FoundOutOfPlace(CreatedEvent):
        """Somebody was to see a text that was not closed for the place it stands in, so it stayed closed (D17).

        `owner`: whose data stands there; `fields`: which of it. `case`: the one that was read, if it was one.
        """

        TOPIC: ClassVar[str] = "disclosure.FoundOutOfPlace"
        case: UUID | None
        owner: UUID
        fields: tuple[str, ...]
        rules: tuple[str, ...]
        decided_at: int

    def __init__(self) -> None:
        pass

    @classmethod
    def of(cls, event_class: type[CreatedEvent], *, id: UUID, by: By, at: datetime, **fields: Any) -> "Disclosure":
        """Record a disclosure of the given kind; `fields` are the event's own."""
        return cls.begin(event_class, id=id, by=by, at=at, **fields)

    @classmethod
    def told_in_meeting(
        cls,
        *,
        case: CaseId,
        subjects: tuple[UUID, ...],
        told: EmployeeId,
        unit: Unit,
        told_from: datetime,
        meeting: UUID,
        item: UUID,
        rules: tuple[str, ...],
        decided_at: int,
        by: By,
        at: datetime,
    ) -> "Disclosure":
        """Record that `told`, of `unit`, heard the item discussed from `told_from` (UTC): once, however often it is tried."""
        return cls.of(
            cls.ToldInMeeting, id=uuid5(item, f"told {case} {told} {told_from.isoformat()}"), by=by, at=at, case=case,
            subjects=subjects, told=told, unit_told=unit, meeting=meeting, item=item, told_from=told_from, rules=rules,
            decided_at=decided_at,
        )  # fmt: skip

    @classmethod
    def told_in_dialogue(
        cls,
        *,
        case: CaseId,
        subjects: tuple[UUID, ...],
        told: EmployeeId,
        unit: Unit,
        dialogue: UUID,
        kinds: tuple[InformationKind, ...],
        rules: tuple[str, ...],
        decided_at: int,
        by: By,
        at: datetime,
    ) -> "Disclosure":
        """Record that `told`, of `unit`, is told what the question of `dialogue` says: once, however often it is tried."""
        return cls.of(
            cls.ToldInDialogue, id=uuid5(dialogue, f"told {told}"), by=by, at=at, case=case, subjects=subjects,
            told=told, unit_told=unit, dialogue=dialogue, kinds=kinds, rules=rules, decided_at=decided_at,
        )  # fmt: skip
