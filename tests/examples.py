"""One example of every event there is, made from its own annotations, the same every time."""

import dataclasses
import types
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, NewType, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import NAMESPACE_OID, UUID, uuid5

from domain.base import Event, HusromAggregate
from domain.catalogue import AGGREGATES
from domain.sealed import Sealed

E = TypeVar("E", bound=Event)

NOW = datetime(2027, 1, 12, 9, 30, 15, 123456, tzinfo=UTC)

SIMPLE: dict[type, Any] = {
    int: 2,
    bool: True,
    bytes: b"\x00husrom\xff",
    date: date(2027, 1, 12),
    datetime: NOW,
    time: time(9, 30),
}


class NoExampleError(Exception):
    """An event has a field of a type that nobody has decided how to store."""


def event_classes(*aggregates: type[HusromAggregate]) -> tuple[type[Event], ...]:
    """Every event class of `aggregates`, of all of them when none is named, by topic."""
    found = {
        candidate.TOPIC: candidate
        for aggregate in aggregates or AGGREGATES
        for candidate in vars(aggregate).values()
        if isinstance(candidate, type) and issubclass(candidate, Event) and hasattr(candidate, "TOPIC")
    }
    return tuple(found[topic] for topic in sorted(found))


def example(event_class: type[E], /, **fields: Any) -> E:
    """An event whose every field holds something; `fields` replace values."""
    return _example(event_class, True, fields)


def empty_example(event_class: type[E]) -> E:
    """An event whose optional fields and tuples hold nothing."""
    return _example(event_class, False, {})


def _example(event_class: type[E], filled: bool, fields: dict[str, Any]) -> E:
    hints = _hints(event_class)
    names = [field.name for field in dataclasses.fields(event_class)]
    aggregate = event_class.TOPIC.partition(".")[0]
    given: dict[str, Any] = {
        "originator_id": uuid5(NAMESPACE_OID, aggregate), "originator_version": 1, "originator_topic": aggregate
    } | fields  # fmt: skip
    return event_class(**{name: given[name] if name in given else _value(hints[name], name, filled) for name in names})


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(kind: Any, name: str, filled: bool) -> Any:
    while isinstance(kind, NewType):
        kind = kind.__supertype__
    if get_origin(kind) in (Union, types.UnionType):
        chosen = next(part for part in get_args(kind) if part is not type(None)) if filled else type(None)
        return None if chosen is type(None) else _value(chosen, name, filled)
    if get_origin(kind) in (tuple, frozenset):
        return get_origin(kind)(_items(get_args(kind), name, filled))
    if get_origin(kind) is not None or not isinstance(kind, type):
        raise NoExampleError(f"{name}: {kind}")
    return _single(kind, name, filled)


def _items(kinds: tuple[Any, ...], name: str, filled: bool) -> Iterator[Any]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return (_value(kinds[0], f"{name}{number}", filled) for number in range(2 if filled else 0))
    return (_value(kind, name, filled) for kind in kinds)


def _single(kind: type, name: str, filled: bool) -> Any:
    if kind in SIMPLE:
        return SIMPLE[kind]
    if kind is UUID:
        return uuid5(NAMESPACE_OID, name)
    if kind is str:
        return f"a_{name}"
    if kind is Sealed:
        return Sealed(uuid5(NAMESPACE_OID, "owner"), uuid5(NAMESPACE_OID, "case"), f"note.{name}", b"\x01closed\xfe")
    if issubclass(kind, Enum):
        return next(iter(kind))
    if dataclasses.is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{field.name: _value(hints[field.name], field.name, filled) for field in dataclasses.fields(kind)})
    raise NoExampleError(f"{name}: {kind}")
