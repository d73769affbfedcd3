"""A valid request for any operation of the registry: built from its declaration, with what a world holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from urllib.parse import urlencode
from uuid import UUID, uuid4

from annotated_types import Ge, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from services.core.registry import Operation

TODAY = "2027-01-26"

Things = Mapping[str, str]


@dataclass(frozen=True)
class Request:
    """`path`: under the API's, with what is asked along. `body`: None for a read, or a command that takes none."""

    method: str
    path: str
    body: dict[str, Any] | None


def request(operation: Operation, things: Things, special: Mapping[str, Mapping[str, Any]]) -> Request:
    """A request whose every field is valid. `special`: by operation id, the values that no rule of thumb finds."""
    own = special.get(operation.id, {})
    path = operation.path
    for name, kind in operation.in_path.items():
        path = path.replace(f"{{{name}}}", str(own.get(name, things.get(name) or _of(kind, name, things))))
    sent = built(operation.sent, things, own) if operation.sent is not None else None
    if operation.is_command or sent is None:
        return Request(operation.method, path, sent)
    asked = {name: str(value).lower() if isinstance(value, bool) else value for name, value in sent.items()}
    return Request(operation.method, f"{path}?{urlencode(asked)}" if asked else path, None)


def built(model: type[BaseModel], things: Things, own: Mapping[str, Any]) -> dict[str, Any]:
    """What the model requires, and what `own` says of it."""
    required = {name: field for name, field in model.model_fields.items() if field.is_required() and name not in own}
    values = {name: _value(name, field, things) for name, field in required.items()}
    return values | {name: value for name, value in own.items() if name in model.model_fields}


def _value(name: str, field: FieldInfo, things: Things) -> Any:
    if name in things:
        return things[name]
    if date in (field.annotation, *get_args(field.annotation)):
        return TODAY
    if field.examples and field.examples[0] is not None and not _takes_id(field.annotation):
        return field.examples[0]
    return _of(Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation, name, things)


def _takes_id(kind: Any) -> bool:
    return kind is UUID or any(_takes_id(part) for part in get_args(kind))


def _of(kind: Any, name: str, things: Things) -> Any:
    """The plainest value of that type."""
    limits: tuple[Any, ...] = ()
    if get_origin(kind) is Annotated:
        kind, *rest = get_args(kind)
        limits = tuple(rest)
        for each in rest:
            if isinstance(each, FieldInfo):
                limits += tuple(each.metadata)
                if each.examples and not _takes_id(kind):
                    return each.examples[0]
    if get_origin(kind) in (Union, UnionType):
        return _of(next(part for part in get_args(kind) if part is not type(None)), name, things)
    if get_origin(kind) is tuple:
        least = next((limit.min_length for limit in limits if isinstance(limit, MinLen)), 0)
        return [_of(get_args(kind)[0], name.removesuffix("s"), things)] * least
    return _plain(kind, name, things, limits)


def _plain(kind: Any, name: str, things: Things, limits: tuple[Any, ...]) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return built(kind, things, {})
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return next(iter(kind)).value
    if get_args(kind) and not isinstance(kind, type):
        return getattr(get_args(kind)[0], "value", get_args(kind)[0])
    plain: dict[Any, Any] = {
        UUID: things.get(name) or str(uuid4()), date: TODAY, bool: True, dict: {},
        int: next((limit.ge for limit in limits if isinstance(limit, Ge)), 1),
    }  # fmt: skip
    return plain.get(get_origin(kind) or kind, "Et ord.")
