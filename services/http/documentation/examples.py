"""Requests and answers that really are valid, made from the schemas and the examples that stand in them."""

import json
from collections.abc import Mapping, Sequence
from shlex import quote
from typing import Any, Final

from services.http.documentation.schemas import Schema, Schemas

AN_ID: Final = "3f2b9c1e-5d0a-4b7e-9c44-0d1f6a2b8e70"
FORMATS: Final = {
    "uuid": AN_ID, "date": "2027-01-12", "date-time": "2027-01-12T11:00:00Z", "time": "12:00:00", "binary": "",
}  # fmt: skip


class Examples:
    """Makes values of schemas, the same each time."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas

    def request(self, schema: Schema) -> Any:
        """A body: what it must hold, and what its fields show an example of."""
        return self._value(schema, whole=False)

    def answer(self, schema: Schema) -> Any:
        """An answer, with all of its fields."""
        return self._value(schema, whole=True)

    def _value(self, schema: Schema, *, whole: bool) -> Any:
        of = self._schemas.resolved(schema)
        if (shown := _shown(of)) is not None:
            return shown
        if variants := of.get("anyOf"):
            return self._value(next(each for each in variants if each.get("type") != "null"), whole=whole)
        match of.get("type"):
            case "object":
                return self._object(of, whole=whole)
            case "array":
                return [self._value(of["items"], whole=whole)] if "items" in of else []
            case "integer" | "number":
                return int(of.get("minimum", 1)) or 1
            case "boolean":
                return False
            case "null":
                return None
            case _:
                return FORMATS.get(of.get("format", ""), "tekst")

    def _object(self, of: Schema, *, whole: bool) -> dict[str, Any]:
        if "properties" not in of:
            return self._table(of, whole=whole)
        required = of.get("required", ())
        return {
            name: self._value(each, whole=whole)
            for name, each in of["properties"].items()
            if whole or name in required or _shown(each) is not None
        }

    def _table(self, of: Schema, *, whole: bool) -> dict[str, Any]:
        """An object whose names are values themselves: one of them."""
        each = of.get("additionalProperties")
        if not each:
            return {}
        names = self._schemas.resolved(of.get("propertyNames", {}))
        return {str(_shown(names) or AN_ID): self._value(each, whole=whole)}


def curl(method: str, path: str, asked: Sequence[tuple[str, Any]], headers: Mapping[str, str], body: Any) -> str:
    """The request as a command to paste. `$HUSROM` is where it runs, `$TOKEN` who asks."""
    address = "$HUSROM" + path + ("?" + "&".join(f"{name}={value}" for name, value in asked) if asked else "")
    lines = [f'curl -X {method} "{address}"', *(f'-H "{name}: {value}"' for name, value in headers.items())]
    if body is not None:
        lines.append(f"-d {quote(as_json(body))}")
    return " \\\n  ".join(lines)


def as_json(value: Any) -> str:
    """As it is sent, with a line for each field."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def _shown(schema: Schema) -> Any:
    """What the schema itself shows: an example, its only value, or the first of a list."""
    shown = [*schema.get("examples", ()), *([schema["const"]] if "const" in schema else ()), *schema.get("enum", ())]
    return shown[0] if shown else None
