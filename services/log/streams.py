"""Streams that were read together, for who builds an answer of them without asking the database again (design D17)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from domain.base import Event, HusromAggregate
from domain.refusals import NotFoundError

AggregateT = TypeVar("AggregateT", bound=HusromAggregate)


class Readable(Protocol):
    """What an answer is built from: a log, or streams that were read from it before."""

    def load(self, aggregate_class: type[AggregateT], id: UUID) -> AggregateT:
        """The aggregate. Raises `NotFoundError`, also for another kind."""

    def find(self, aggregate_class: type[AggregateT], id: UUID) -> AggregateT | None:
        """The aggregate, or None when nothing of that kind has the id."""

    def stream(self, id: UUID) -> Sequence[Event]:
        """Every event of one aggregate, oldest first."""


class Log(Protocol):
    """What streams are read from, several with one statement."""

    def load_many(self, ids: Iterable[UUID]) -> "Streams":
        """The streams with these ids as they stand now. An unknown id is left out."""


class Streams:
    """Some streams as they stood when they were read, each with its events and the aggregate that they make."""

    def __init__(self, events: Iterable[Event]) -> None:
        """`events`: every event of every stream, each stream's in order."""
        self._events = defaultdict[UUID, list[Event]](list)
        self._aggregates = dict[UUID, HusromAggregate | None]()
        for event in events:
            id = event.originator_id
            self._events[id].append(event)
            self._aggregates[id] = event.mutate(self._aggregates.get(id))

    def load(self, aggregate_class: type[AggregateT], id: UUID) -> AggregateT:
        """The aggregate. Raises `NotFoundError`, also for another kind, and for one that was not read."""
        found = self.find(aggregate_class, id)
        if found is None:
            raise NotFoundError()
        return found

    def find(self, aggregate_class: type[AggregateT], id: UUID) -> AggregateT | None:
        """The aggregate, or None when nothing of that kind has the id."""
        aggregate = self._aggregates.get(id)
        return aggregate if isinstance(aggregate, aggregate_class) else None

    def load_at(self, aggregate_class: type[AggregateT], id: UUID, version: int) -> AggregateT:
        """The aggregate as it was at that version. Raises `NotFoundError`, also for another kind."""
        return Streams(event for event in self.stream(id) if event.originator_version <= version).load(
            aggregate_class, id
        )

    def stream(self, id: UUID) -> Sequence[Event]:
        """Every event of one aggregate, oldest first."""
        return self._events.get(id, [])


class ReadOnce:
    """A log of which every stream is read once, however often it is asked for: as it stood then (design D17)."""

    def __init__(self, log: Log, ids: Iterable[UUID] = ()) -> None:
        """`ids`: those that are sure to be asked for, read with one statement."""
        self._log = log
        self._read = dict[UUID, Streams]()
        self.fetch(ids)

    def fetch(self, ids: Iterable[UUID]) -> None:
        """Read these streams with one statement, but for those that have been read."""
        wanted = set(ids) - self._read.keys()
        if wanted:
            self._read |= dict.fromkeys(wanted, self._log.load_many(wanted))

    def load(self, aggregate_class: type[AggregateT], id: UUID) -> AggregateT:
        """The aggregate. Raises `NotFoundError`, also for another kind."""
        return self._with(id).load(aggregate_class, id)

    def find(self, aggregate_class: type[AggregateT], id: UUID) -> AggregateT | None:
        """The aggregate, or None when nothing of that kind has the id."""
        return self._with(id).find(aggregate_class, id)

    def stream(self, id: UUID) -> Sequence[Event]:
        """Every event of one aggregate, oldest first."""
        return self._with(id).stream(id)

    def _with(self, id: UUID) -> Streams:
        self.fetch([id])
        return self._read[id]
