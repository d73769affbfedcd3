"""JSON schemas as people read them: the fields of a type, each with its kind, its meaning and what may stand there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup, escape

Schema = Mapping[str, Any]

FORMATS: Final = {"uuid": "UUID", "date": "date", "date-time": "time in UTC", "time": "time of day", "binary": "file"}
LIMITS: Final = {
    "minimum": "at least {}", "maximum": "at most {}", "minLength": "length at least {}",
    "maxLength": "length at most {}", "minItems": "at least {} of them", "maxItems": "at most {} of them",
    "maxProperties": "at most {} of them",
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field of a body, an answer, a path, an address or a header. `kind` and `permitted` are markup."""

    name: str
    kind: Markup
    required: bool
    meaning: str
    permitted: tuple[Markup, ...]


class Schemas:
    """The named schemas of an OpenAPI document."""

    def __init__(self, named: Mapping[str, Schema]) -> None:
        self._named = named

    def resolved(self, schema: Schema) -> Schema:
        """What a reference points to, with what is said beside the reference."""
        name = name_of(schema)
        if name is None:
            return schema
        return {**self._named[name], **{key: value for key, value in schema.items() if key != "$ref"}}

    def objects(self) -> Iterator[tuple[str, Schema]]:
        """The types that have fields, by name."""
        return ((name, schema) for name, schema in sorted(self._named.items()) if "properties" in schema)

    def fields(self, schema: Schema) -> tuple[Field, ...]:
        """The fields of an object; none for anything else."""
        whole = self.resolved(schema)
        required = whole.get("required", ())
        return tuple(self.field(name, each, name in required) for name, each in whole.get("properties", {}).items())

    def field(self, name: str, schema: Schema, required: bool, meaning: str | None = None) -> Field:
        """One field. `meaning`: where it stands beside the schema."""
        said = meaning or self._meaning(schema) or _by_name(name, self.kind(schema))
        return Field(name, self.kind(schema), required, said, tuple(self._permitted(schema)))

    def parameter(self, told: Mapping[str, Any]) -> Field:
        """A field of a path, an address or a header, where there is no null to send."""
        schema = {**told["schema"], "anyOf": [e for e in told["schema"].get("anyOf", ()) if e != {"type": "null"}]}
        return self.field(told["name"], schema, told["required"], told.get("description"))

    def kind(self, schema: Schema) -> Markup:
        """What kind of value it is, with a link to a type that has fields."""
        whole, name = self.resolved(schema), name_of(schema)
        if name is not None and "properties" in whole:
            return Markup('<a href="#type-{0}">{0}</a>').format(name)
        if variants := whole.get("anyOf"):
            return Markup(" or ").join(self.kind(each) for each in variants)
        if whole.get("type") == "array":
            return Markup("array of {}").format(self.kind(whole["items"])) if "items" in whole else Markup("array")
        if whole.get("type") == "object":
            return self._table(whole)
        return escape(FORMATS.get(whole.get("format", ""), whole.get("type", "anything")))

    def _table(self, schema: Schema) -> Markup:
        """An object whose names are values themselves."""
        each = schema.get("additionalProperties") or next(iter(schema.get("patternProperties", {}).values()), None)
        return Markup("object, each value {}").format(self.kind(each)) if each else Markup("object")

    def _meaning(self, schema: Schema) -> str:
        """What is said of it where it stands, else of the type that it or each of its values has."""
        if "description" in schema:
            return str(schema["description"])
        parts = [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())]
        said = [self.resolved(schema).get("description", ""), *(self._meaning(part) for part in parts)]
        return next((text for text in said if text), "")

    def _permitted(self, schema: Schema) -> Iterator[Markup]:
        whole = self.resolved(schema)
        if "enum" in whole or "const" in whole:
            values = whole.get("enum", [whole.get("const")])
            yield Markup("one of ") + Markup(", ").join(Markup("<code>{}</code>").format(value) for value in values)
        if "x-codes" in whole:
            yield Markup('codes of the rulebook: <span lang="nb">{}</span>').format(whole["x-codes"])
        for limit, words in LIMITS.items():
            if whole.get(limit):
                yield escape(words.format(f"{whole[limit]:g}" if limit in ("minimum", "maximum") else whole[limit]))
        if "pattern" in whole:
            yield Markup("of the form <code>{}</code>").format(whole["pattern"])
        for part in (*whole.get("anyOf", ()), *(whole[name] for name in ("items", "propertyNames") if name in whole)):
            if "properties" not in self.resolved(part):
                yield from self._permitted(part)
        if whole.get("default") not in (None, [], {}):
            yield Markup("left out: <code>{}</code>").format(_as_sent(whole["default"]))


def name_of(schema: Schema) -> str | None:
    """The name of the type that a schema refers to."""
    reference = schema.get("$ref")
    return str(reference).rpartition("/")[2] if reference else None


def _by_name(name: str, kind: str) -> str:
    """What a field is by its name, where nobody has said more: an id of something."""
    return f"Id of the {name.replace('_', ' ')}." if kind.startswith("UUID") else ""


def _as_sent(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
