"""Given / when / then for the domain tests: synthetic people, moments, sealed texts, and what was recorded."""

from datetime import UTC, datetime
from typing import TypeVar
from uuid import NAMESPACE_OID, UUID, uuid5

import msgspec

from domain.actors import SERVICE_OG_TILDELING, By, Role, Unit
from domain.base import Event, HusromAggregate
from domain.sealed import Sealed

A = TypeVar("A", bound=HusromAggregate)

NAV = Unit("nav")
PSYKISK_HELSE = Unit("psykisk_helse")
TEKNISKE_TJENESTER = Unit("tekniske_tjenester")
INTEGRERINGSTJENESTEN = Unit("integreringstjenesten")
BOTJENESTEN = Unit("botjenesten")


def an_id(name: str) -> UUID:
    """The same id for the same name, so that a failing test reads the same every time."""
    return uuid5(NAMESPACE_OID, name)


CASE = an_id("case")
PERSON = an_id("applicant")


def by(name: str, unit: Unit, role: Role) -> By:
    return By(an_id(name), unit, role, correlation=an_id("request"), cause=an_id("command"))


def by_saksbehandler(name: str = "saksbehandler") -> By:
    return by(name, SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)


def by_member(unit: str = "nav", name: str = "") -> By:
    """A representative of that unit; named after the unit unless `name` says otherwise."""
    return by(name or unit, Unit(unit), Role.EMPLOYEE)


def by_system() -> By:
    return by("system", SERVICE_OG_TILDELING, Role.SYSTEM)


def at(year: int = 2027, month: int = 1, day: int = 12, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def sealed(field: str, case: UUID | None = CASE) -> Sealed:
    """A closed text. Nothing in the domain can open it, so any bytes will do."""
    return Sealed(PERSON, case, field, b"closed")


def events_of(aggregate: HusromAggregate) -> tuple[Event, ...]:
    """What has been recorded and not yet saved, oldest first."""
    return tuple(event for event in aggregate.pending_events if isinstance(event, Event))


def last_event(aggregate: HusromAggregate) -> Event:
    return events_of(aggregate)[-1]


def stored_and_replayed(aggregate: A) -> A:
    """The aggregate as it comes back from its stored events."""
    replayed: A | None = None
    for event in events_of(aggregate):
        state = msgspec.json.decode(msgspec.json.encode(event.__dict__))
        replayed = msgspec.convert(state, type=type(event), strict=False).mutate(replayed)
    assert replayed is not None
    return replayed


def state_of(aggregate: HusromAggregate) -> dict[str, object]:
    """Everything it remembers, without the events that are waiting to be saved."""
    return {name: value for name, value in vars(aggregate).items() if name != "_pending_events"}
