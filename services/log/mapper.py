"""The stored form of an event: JSON that comes back with every type it went in with (design D2, D5)."""

from typing import Any, cast
from uuid import UUID

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from eventsourcing.utils import get_topic, resolve_topic

from domain.base import Event
from domain.places import in_place

_HEAD = ("originator_id", "originator_version")


class UnknownEventVersionError(Exception):
    """The stored event is newer than this code. Reading it would lose what it says, so nothing is read."""

    def __init__(self, topic: str, version: int) -> None:
        super().__init__(f"{topic} is stored in version {version}, which this release does not know; upgrade first.")


class EventMapper(Mapper[UUID]):
    """Encodes with msgspec, upcasts older versions, and refuses versions it does not know."""

    def __init__(self) -> None:
        super().__init__(transcoder=JSONTranscoder())

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """The event as a row: topic, ids, and everything else as JSON with its class version."""
        state = {name: value for name, value in vars(domain_event).items() if name not in _HEAD}
        state["class_version"] = cast(Event, domain_event).class_version
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=get_topic(type(domain_event)),
            state=msgspec.json.encode(state),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Event:
        """The event as it was recorded, in today's shape, its texts called what its class declares. Raises `UnknownEventVersionError`."""
        event_class: type[Event] = resolve_topic(stored_event.topic)
        state: dict[str, Any] = msgspec.json.decode(stored_event.state)
        stored_version = state.pop("class_version")
        if stored_version > event_class.class_version:
            raise UnknownEventVersionError(stored_event.topic, stored_version)
        for version in range(stored_version, event_class.class_version):
            getattr(event_class, f"upcast_v{version}_v{version + 1}")(state)
        state["originator_id"] = stored_event.originator_id
        state["originator_version"] = stored_event.originator_version
        return in_place(msgspec.convert(state, type=event_class))
