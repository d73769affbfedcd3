"""An aggregate's state as plain values: which texts in it are closed, and how it reads once they are opened."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Annotated

import msgspec
from pydantic import WithJsonSchema
from typing_extensions import TypeAliasType

from domain.base import HusromAggregate
from domain.sealed import Sealed

NOT_RECURSIVE = WithJsonSchema(
    {
        "description": "A value as JSON has it, however deep: ids, dates and codes are text.",
        "anyOf": [
            *({"type": name} for name in ("boolean", "integer", "number", "string", "null")),
            {"type": "array", "items": {}},
            {"type": "object", "additionalProperties": {}},
        ],
    }
)
"""As the OpenAPI document has it: generators of clients stumble over a schema that refers to itself."""

Plain = TypeAliasType(
    "Plain", "Annotated[bool | int | float | str | list[Plain] | dict[str, Plain] | None, NOT_RECURSIVE]"
)
"""A value as JSON has it: ids, dates and codes are text."""


def sealed_in(aggregate: HusromAggregate) -> Iterator[tuple[str, Sealed]]:
    """Every closed text of the aggregate, with the path where it stands."""
    return _sealed(_state(aggregate), str(aggregate.id))


def shown(aggregate: HusromAggregate, texts: Mapping[str, str | None]) -> dict[str, Plain]:
    """Everything the aggregate remembers, with `texts` by path where texts stand; null where one is not among them."""
    path = str(aggregate.id)
    return {name: _shown(value, f"{path}.{name}", texts) for name, value in _state(aggregate).items()}


def _state(aggregate: HusromAggregate) -> dict[str, object]:
    return {name: value for name, value in vars(aggregate).items() if not name.startswith("_")}


def _children(value: object) -> dict[str, object] | None:
    """What `value` is made of, by name or number; None for a value that is not made of others."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): inner for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return {str(number): inner for number, inner in enumerate(value)}
    return None


def _sealed(value: object, path: str) -> Iterator[tuple[str, Sealed]]:
    if isinstance(value, Sealed):
        yield path, value
    else:
        for name, inner in (_children(value) or {}).items():
            yield from _sealed(inner, f"{path}.{name}")


def _shown(value: object, path: str, texts: Mapping[str, str | None]) -> Plain:
    if isinstance(value, Sealed):
        return texts.get(path)
    children = _children(value)
    if children is None:
        plain: Plain = msgspec.to_builtins(sorted(value, key=str) if isinstance(value, (set, frozenset)) else value)
        return plain
    read = {name: _shown(inner, f"{path}.{name}", texts) for name, inner in children.items()}
    return list(read.values()) if isinstance(value, (tuple, list)) else read
