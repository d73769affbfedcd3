"""The thin base between Husrom's aggregates and the event sourcing library (design D2).

A public method of an aggregate checks the rules and then records an event; the event's `apply` only
assigns. Rules never run on replay, so tightening one never makes an old stream unloadable.
"""

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from eventsourcing.domain import AggregateCreated, AggregateEvent, BaseAggregate

from domain.actors import By


class Event(AggregateEvent):
    """A fact. `timestamp` is when it was recorded, `happened_at` when it happened; both UTC.

    Every concrete event carries a permanent `TOPIC`, and `class_version` with an upcaster
    `upcast_vN_vM(state)` per step once its shape has changed.
    """

    TOPIC: ClassVar[str]
    class_version: ClassVar[int] = 1

    by: By
    happened_at: datetime


class CreatedEvent(AggregateCreated, Event):
    """The first event of a stream."""


EventClass = type[Event]
CreatedEventClass = type[CreatedEvent]


class HusromAggregate(BaseAggregate[UUID]):
    """An aggregate whose every event says who, when and why."""

    Event = Event

    @classmethod
    def begin(
        cls,
        event_class: CreatedEventClass,
        *,
        id: UUID,
        by: By,
        at: datetime,
        happened_at: datetime | None = None,
        **fields: Any,
    ) -> Self:
        """Start a stream with `event_class`. `at` and `happened_at` are UTC; `fields` are the event's own."""
        return cls._create(event_class=event_class, id=id, by=by, timestamp=at, happened_at=happened_at or at, **fields)

    def record(
        self,
        event_class: EventClass,
        *,
        by: By,
        at: datetime,
        happened_at: datetime | None = None,
        **fields: Any,
    ) -> None:
        """Record `event_class` as the next fact of this stream. `at` and `happened_at` are UTC."""
        self.trigger_event(event_class, by=by, timestamp=at, happened_at=happened_at or at, **fields)
