"""The logs as applications of the event sourcing library: load, save, read after a position."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import InfrastructureFactory, IntegrityError, Mapper, Recording
from eventsourcing.postgres import PostgresFactory
from eventsourcing.sqlite import SQLiteFactory
from sqlalchemy import URL

import domain.access
import domain.catalogue
from domain.access.access_facts import AccessFacts
from domain.access.changes import fact_changes
from domain.access.disclosure import Disclosure
from domain.access.facts import NOBODY, WAITING_LIST, FactName
from domain.base import Event, HusromAggregate
from domain.refusals import NotFoundError
from services.log.fact_reader import FactReader
from services.log.mapper import EventMapper
from services.log.reads import Reads, noted, noting
from services.log.recorders import CaseRecorder, PostgresCaseRecorder, SQLiteCaseRecorder
from services.log.streams import Streams
from services.settings import Settings, Store

NEIGHBOURS = 100
BATCH = 500
AggregateT = TypeVar("AggregateT", bound=HusromAggregate)


@dataclass(frozen=True)
class Recorded:
    """An event with its position in the log."""

    position: int
    event: Event


class SQLiteCaseFactory(SQLiteFactory):
    application_recorder_class = SQLiteCaseRecorder


class PostgresCaseFactory(PostgresFactory):
    application_recorder_class = PostgresCaseRecorder


class EventLog(Application[UUID]):
    """One append-only log. Tables are made by `create_tables` only, never on the way (design D5)."""

    def __init__(self, settings: Settings, store: Store, factory_class: type[InfrastructureFactory[Any]]) -> None:
        self.store = store
        self._factory_class = factory_class
        super().__init__(env=_environment(settings, store))

    def construct_factory(self, env: Any) -> InfrastructureFactory[Any]:
        return self._factory_class(env)

    def construct_mapper(self) -> Mapper[UUID]:
        return EventMapper()

    def create_tables(self) -> None:
        """Create what the log needs. One migration step runs this; nothing else does."""
        cast(Any, self.recorder).create_table()

    def load(self, aggregate_class: type[AggregateT], id: UUID, *, version: int | None = None) -> AggregateT:
        """The aggregate as it stands, or as it stood at `version`. Raises `NotFoundError`, also for another kind."""
        found = self.find(aggregate_class, id, version=version)
        if found is None:
            raise NotFoundError()
        return found

    def find(self, aggregate_class: type[AggregateT], id: UUID, *, version: int | None = None) -> AggregateT | None:
        """The aggregate, or None when nothing of that kind has the id."""
        try:
            aggregate: object = self.repository.get(id, version=version, projector_func=_made_of)
        except AggregateNotFoundError:
            return None
        return aggregate if isinstance(aggregate, aggregate_class) else None

    def append(self, *aggregates: HusromAggregate) -> int:
        """Store all pending events of all `aggregates`, or none; returns the position of the last.

        Raises the library's `IntegrityError` when any of them has moved on since it was loaded.
        """
        return self._position_of(self.save(*aggregates))

    def _position_of(self, saved: Sequence[Recording[UUID]]) -> int:
        """The position of the last event that was saved; where nothing was, that of the newest there is."""
        return saved[-1].notification.id if saved else self.head()

    def head(self) -> int:
        """The position of the newest event; 0 in an empty log."""
        return self.recorder.max_notification_id() or 0

    def after(self, position: int, limit: int) -> Sequence[Recorded]:
        """Up to `limit` events after `position`, in order."""
        notifications = self.recorder.select_notifications(position, limit, inclusive_of_start=False)
        return [Recorded(n.id, cast(Event, self.mapper.to_domain_event(n))) for n in notifications]

    def position_at(self, moment: datetime) -> int:
        """The position of the last event recorded by `moment` (aware), 0 when none was. Looks at a few events only.

        Clocks of several processes differ a little, so the neighbours of what the search finds are looked at as well.
        """
        low, high = 0, self.head()
        while low < high:
            middle = (low + high) // 2 + 1
            found = self.after(middle - 1, 1)
            if found and found[0].event.timestamp <= moment:
                low = found[0].position
            else:
                high = middle - 1
        neighbours = self.after(low, NEIGHBOURS)
        return max((each.position for each in neighbours if each.event.timestamp <= moment), default=low)

    def stream(self, id: UUID) -> Sequence[Event]:
        """Every event of one aggregate, oldest first."""
        return [cast(Event, event) for event in self.events.get(id)]


class CaseLog(EventLog):
    """The case log: what happened, and in the same transaction who may see what because of it (design D4)."""

    def __init__(self, settings: Settings) -> None:
        factory = SQLiteCaseFactory if settings.is_sqlite(Store.CASE_LOG) else PostgresCaseFactory
        super().__init__(settings, Store.CASE_LOG, factory)

    def save(self, *objs: Any, **kwargs: Any) -> Any:
        changes = [fact_changes(event) for aggregate in objs for event in aggregate.pending_events]
        reads = noted()
        recordings = super().save(*objs, changes=changes, reads=reads, **kwargs)
        if reads is not None:
            reads.used_up = True
        return recordings

    def find_with_head(self, aggregate_class: type[AggregateT], id: UUID) -> tuple[int, AggregateT | None]:
        """The position of the newest event, and at the same moment the aggregate with that id, or None."""
        head, stored = self.case_recorder.select_with_head(id)
        return head, Streams(cast(Event, self.mapper.to_domain_event(each)) for each in stored).find(
            aggregate_class, id
        )

    @contextmanager
    def deciding(self, position: int) -> Iterator[Reads]:
        """What this thread reads in here is noted, up to its next save: that stores nothing when any of it has changed.

        `position`: where the log stood before the first of it is read. Such a save raises the library's `IntegrityError`.
        """
        with noting(position) as reads:
            yield reads

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else can append meanwhile, so what is read in here holds. What is saved in here is stored at its end.

        Raises the library's `OperationalError` when others do not let go of the log's lock in time.
        """
        with self.case_recorder.alone():
            yield

    def create_tables(self) -> None:
        """As `EventLog.create_tables`; facts that an earlier version wrote by other rules are written anew."""
        super().create_tables()
        if self.facts.made_by() != rules_of_facts():
            self.rebuild_access_facts()

    def rebuild_access_facts(self) -> None:
        """Write the access facts anew from the whole log. Whoever appends meanwhile waits."""
        history = ((recorded.position, fact_changes(recorded.event)) for recorded in self._all())
        self.case_recorder.rewrite_facts(history, rules_of_facts())

    def load_many(self, ids: Iterable[UUID]) -> Streams:
        """The streams with these ids as they stand now, all of them read with one statement. An unknown id is left out."""
        wanted = sorted(set(ids))
        stored = self.case_recorder.select_streams(wanted) if wanted else ()
        return Streams(cast(Event, self.mapper.to_domain_event(each)) for each in stored)

    def _all(self) -> Iterator[Recorded]:
        position = 0
        while batch := self.after(position, BATCH):
            yield from batch
            position = batch[-1].position

    def applications_of(self, case: UUID) -> tuple[UUID, ...]:
        """Every application in a case, whatever has become of it."""
        return self._about(FactName.APPLICATION, case)

    def registrations_of(self, person: UUID) -> Mapping[UUID, AccessFacts]:
        """The facts of that person under each registration of hers, however they were found to be one person."""
        found, more = dict[UUID, AccessFacts](), {person}
        while more:
            facts = self.facts.of(sorted(more), NOBODY).facts
            found |= facts
            more = {row.key.about for of in facts.values() for row in of.named(FactName.SAME_PERSON)} - found.keys()
        return found

    def same_people(self, person: UUID) -> frozenset[UUID]:
        """Who else is known to be that person, registered more than once."""
        return frozenset(self.registrations_of(person)) - {person}

    def items_of(self, case: UUID) -> tuple[UUID, ...]:
        """The agenda items of a case that are not postponed or removed."""
        return self._about(FactName.AGENDA, case)

    def items_at(self, meeting: UUID) -> tuple[UUID, ...]:
        """The items on a meeting's agenda that are not postponed or removed, whatever they are about (M07)."""
        return self._about(FactName.MEETING_ITEM, meeting)

    def waiting_list(self) -> tuple[UUID, ...]:
        """Every place on the waiting list that has not been left (M14)."""
        return self._about(FactName.WAITING, WAITING_LIST)

    def comparisons_of(self, case: UUID) -> tuple[UUID, ...]:
        """The allocations whose candidates the case's person is among, until an offer is accepted (M14)."""
        return self._about(FactName.COMPARED, case)

    def _about(self, name: FactName, scope: UUID) -> tuple[UUID, ...]:
        # With nobody as the actor the facts about every employee stay unread.
        facts = self.facts.of([scope], NOBODY).facts[scope]
        return tuple(row.key.about for row in facts.named(name))

    def inhabil_in(self, cases: Sequence[UUID]) -> tuple[UUID, ...]:
        """Everybody inhabil in any of the cases: declared there, or in another case of the same person (LI1, B05)."""
        facts = self.facts.inhabil(cases).facts
        return tuple({row.key.subject for case in cases for row in facts[case].named(FactName.INHABIL)})

    @property
    def facts(self) -> FactReader:
        """Answers for the access facts that stand beside the events."""
        return self.case_recorder.facts

    @property
    def case_recorder(self) -> CaseRecorder:
        """The recorder that keeps the access facts as well."""
        return cast(CaseRecorder, self.recorder)


class DisclosureLog(EventLog):
    """The disclosure log: who saw, was told, was refused (design D3)."""

    def __init__(self, settings: Settings) -> None:
        factory = SQLiteFactory if settings.is_sqlite(Store.DISCLOSURE_LOG) else PostgresFactory
        super().__init__(settings, Store.DISCLOSURE_LOG, factory)

    def record(self, disclosures: Sequence[Disclosure]) -> None:
        """Store those that are not there already, by their ids: all of them together, unless some are."""
        events = [list(disclosure.pending_events) for disclosure in disclosures]
        try:
            self.append(*disclosures)
        except IntegrityError:
            for disclosure, its in zip(disclosures, events, strict=True):
                disclosure.pending_events.extend(its)  # the save that failed took them
                with suppress(IntegrityError):
                    self.append(disclosure)


def _made_of(aggregate: HusromAggregate | None, events: Iterable[Any]) -> HusromAggregate | None:
    """What the events make of the aggregate. The library's own asks of each event whether it is one: most of its time."""
    for event in events:
        aggregate = event.mutate(aggregate)
    return aggregate


def rules_of_facts() -> str:
    """A digest of the code that says which events open what: facts that other code has written are not to be trusted."""
    sources = sorted(Path(domain.access.__path__[0]).glob("*.py"))
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def _environment(settings: Settings, store: Store) -> dict[str, str]:
    common = {"CREATE_TABLE": "n", "PERSISTENCE_MODULE": "eventsourcing.sqlite"}
    if settings.is_sqlite(store):
        lock = str(max(1, round(settings.lock_timeout_seconds)))
        return {**common, "SQLITE_DBNAME": str(settings.sqlite_path(store)), "SQLITE_LOCK_TIMEOUT": lock}
    return {**common, **_postgres_environment(settings.sqlalchemy_url(store), settings, store)}


def _postgres_environment(url: URL, settings: Settings, store: Store) -> dict[str, str]:
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": url.database or "",
        "POSTGRES_HOST": url.host or str(url.query.get("host", "")),
        "POSTGRES_PORT": str(url.port or url.query.get("port", 5432)),
        "POSTGRES_USER": url.username or "",
        "POSTGRES_PASSWORD": url.password or "-",
        "POSTGRES_SCHEMA": settings.schema_of(store),
        "POSTGRES_POOL_SIZE": "1",
        "POSTGRES_MAX_OVERFLOW": "20",
        "POSTGRES_LOCK_TIMEOUT": str(max(1, round(settings.lock_timeout_seconds))),
        "POSTGRES_IDLE_IN_TRANSACTION_SESSION_TIMEOUT": "30",
    }
