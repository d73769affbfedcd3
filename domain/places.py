"""What the texts of an event are called, by its declaration and not by what is stored (design D17)."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from domain.sealed import Named, NamedBy, Sealed

T = TypeVar("T")
Declared = Named | NamedBy


class TextWithoutNameError(TypeError):
    """An event holds a text and does not declare what it is called, so nobody could ever open it."""


def in_place(holder: T) -> T:
    """`holder`, an event or a value in one, with every text called what its place declares.

    A value that was put here from another place keeps its box, and does not open. Raises `TextWithoutNameError`.
    """
    kind: type = type(holder)
    moved = {
        name: right
        for name, declared in _texts_of(kind).items()
        if (right := _called(found := getattr(holder, name), declared, holder)) is not found
    }
    return replace(holder, **moved) if moved else holder  # type: ignore[type-var]  # only dataclasses hold texts


def declared_texts(kind: type) -> Iterator[tuple[str, Declared]]:
    """Every text that values of `kind` may hold: where it stands, and what it declares."""
    for name, declared in _texts_of(kind).items():
        if declared is not None:
            yield name, declared
        else:
            for part in _parts(get_type_hints(kind, include_extras=True)[name]):
                yield from ((f"{name}.{path}", named) for path, named in declared_texts(part))


def _called(value: Any, declared: Declared | None, holder: Any) -> Any:
    if isinstance(value, Sealed) and declared is not None:
        field = declared.of(holder)
        return value if value.field == field else replace(value, field=field)
    if isinstance(value, tuple):
        right = tuple(_called(each, declared, holder) for each in value)
        return right if any(new is not old for new, old in zip(right, value, strict=True)) else value
    return in_place(value) if is_dataclass(value) else value


@cache
def _texts_of(kind: type) -> dict[str, Declared | None]:
    """The attributes of `kind` that hold texts, with what a text itself is called; None for what holds others."""
    if not is_dataclass(kind):
        return {}
    hints = get_type_hints(kind, include_extras=True)
    found: dict[str, Declared | None] = {}
    for field in fields(kind):
        declared = [_declared(part, kind, field.name) for part in _parts(hints[field.name]) if _is_text(part)]
        if declared:
            found[field.name] = declared[0]
        elif any(_texts_of(part) for part in _parts(hints[field.name]) if isinstance(part, type)):
            found[field.name] = None
    return found


def _parts(hint: Any) -> Iterator[Any]:
    """The types that a value of this type is made of, unions and tuples taken apart."""
    if get_origin(hint) in (Union, UnionType, tuple):
        for part in get_args(hint):
            yield from _parts(part)
    else:
        yield hint


def _is_text(part: Any) -> bool:
    return part is Sealed or (get_origin(part) is Annotated and get_args(part)[0] is Sealed)


def _declared(part: Any, kind: type, name: str) -> Declared:
    for extra in getattr(part, "__metadata__", ()):
        if isinstance(extra, (Named, NamedBy)):
            return extra
    raise TextWithoutNameError(f"{kind.__name__}.{name}")
