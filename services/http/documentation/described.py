"""Each operation as the page shows it, put together from the OpenAPI document and the registry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from services.core.registry import Operation
from services.http.documentation.areas import ABOUT, HEALTH
from services.http.documentation.examples import Examples, as_json, curl
from services.http.documentation.schemas import Field, Schema, Schemas
from services.http.documentation.who_may import who_may

ANYBODY: Final = "Anybody, without a token."
PLACES: Final = ("path", "query", "header")


@dataclass(frozen=True)
class Body:
    """What a command is sent."""

    about: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Answer:
    """What comes back when it is done. `kind`: its type; `example` is None for a file."""

    status: str
    about: str
    media_type: str
    kind: Markup
    fields: tuple[Field, ...]
    headers: tuple[Field, ...]
    example: str | None


@dataclass(frozen=True)
class Described:
    """One operation. `fields`: by where they stand. `scope`: what a machine's token names; None where nobody is asked.

    `errors`: each status that it may be refused with.
    """

    id: str
    area: str
    method: str
    path: str
    summary: str
    text: str
    who: str
    scope: str | None
    fields: Mapping[str, tuple[Field, ...]]
    body: Body | None
    request: str
    answer: Answer
    errors: tuple[int, ...]


@dataclass(frozen=True)
class DescribedArea:
    """The operations that are about one thing."""

    name: str
    about: str
    operations: tuple[Described, ...]

    @property
    def anchor(self) -> str:
        return self.name.replace(" ", "-")


class Describer:
    """Reads an OpenAPI document whose operations are `declared` in the registry, but for those about health."""

    def __init__(self, document: Mapping[str, Any], declared: Mapping[str, Operation]) -> None:
        self._document = document
        self._declared = declared
        self.schemas = Schemas(document["components"]["schemas"])
        self._examples = Examples(self.schemas)

    def areas(self) -> tuple[DescribedArea, ...]:
        """All operations, by area, as people would look for them."""
        found = sorted(self._operations(), key=lambda each: (each.path, each.method))
        return tuple(
            DescribedArea(str(name), about, tuple(each for each in found if each.area == name))
            for name, about in sorted(ABOUT.items(), key=lambda area: (area[0] == HEALTH, area[0]))
        )

    def _operations(self) -> Iterator[Described]:
        for path, methods in self._document["paths"].items():
            for method, described in methods.items():
                yield self._described(path, method.upper(), described)

    def _described(self, path: str, method: str, told: Mapping[str, Any]) -> Described:
        operation = self._declared.get(told["operationId"])
        _, _, rest = told.get("description", "").partition("\n")
        body = told["requestBody"]["content"]["application/json"]["schema"] if "requestBody" in told else None
        return Described(
            id=told["operationId"], area=told["tags"][0], method=method, path=path, summary=told["summary"],
            text=rest.strip(), who=who_may(operation.permit) if operation else ANYBODY,
            scope=operation.id if operation else None, fields=self._parameters(told), body=self._body(body),
            request=self._request(method, path, told, body),
            answer=self._answer(told), errors=tuple(int(status) for status in told["responses"] if status >= "4"),
        )  # fmt: skip

    def _parameters(self, told: Mapping[str, Any]) -> dict[str, tuple[Field, ...]]:
        given = told.get("parameters", ())
        return {place: tuple(self.schemas.parameter(each) for each in given if each["in"] == place) for place in PLACES}

    def _body(self, schema: Schema | None) -> Body | None:
        if schema is None:
            return None
        return Body(self.schemas.resolved(schema).get("description", ""), self.schemas.fields(schema))

    def _request(self, method: str, path: str, told: Mapping[str, Any], body: Schema | None) -> str:
        required = [each for each in told.get("parameters", ()) if each["required"]]
        values = {each["name"]: self._examples.request(each["schema"]) for each in required if each["in"] != "header"}
        asked = [(each["name"], values[each["name"]]) for each in required if each["in"] == "query"]
        headers = {"Authorization": "Bearer $TOKEN"} if "security" in told else {}
        if method == "POST":
            headers |= {"Idempotency-Key": "$(uuidgen)"}
        if body is not None:
            headers |= {"Content-Type": "application/json"}
        sent = self._examples.request(body) if body is not None else None
        return curl(method, path.format_map(values), asked, headers, sent)

    def _answer(self, told: Mapping[str, Any]) -> Answer:
        status, done = next((status, each) for status, each in told["responses"].items() if status < "4")
        media_type, content = next(iter(done["content"].items()))
        schema = content["schema"]
        is_json = media_type == "application/json"
        return Answer(
            status=status, about=done["description"], media_type=media_type, kind=self.schemas.kind(schema),
            fields=self.schemas.fields(schema), example=as_json(self._examples.answer(schema)) if is_json else None,
            headers=tuple(
                self.schemas.field(name, each["schema"], required=False, meaning=each["description"])
                for name, each in done.get("headers", {}).items()
            ),
        )  # fmt: skip
