"""The API's description of itself: what a client developer has to go by (C06)."""

from collections.abc import Iterator
from typing import Any

import pytest

from services.api.app import create_app
from services.settings import Settings
from tests.api.office import Office
from tests.conftest import Installation as Database

OPEN = {"/healthz", "/readyz"}
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The OpenAPI document."""
    return create_app(Settings(demo=True, data_dir=tmp_path_factory.mktemp("office"))).openapi()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation with its path and method."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield path, method, operation


def test_C06_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")


def test_C06_every_operation_has_an_id_of_its_own_and_says_what_it_does(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(ids) == len(set(ids))
    undescribed = [path for path, _, operation in operations(document) if not operation.get("description")]
    assert not undescribed


def test_C06_every_operation_declares_its_error_answers_as_problems(document: dict[str, Any]) -> None:
    lacking = [
        (path, status)
        for path, method, operation in operations(document)
        if path not in OPEN
        for status in (("401", "403", "404", "409", "412", "422", "428") if method == "post" else ("401", "422"))
        if "application/problem+json" not in operation["responses"].get(status, {}).get("content", {})
    ]
    assert not lacking


def test_C06_every_field_of_a_command_shows_what_may_stand_there(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    commands = {
        operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for _, _, operation in operations(document)
        if "requestBody" in operation
    }
    assert len(commands) > 40
    assert not [
        (command, name)
        for command in sorted(commands)
        for name, field in schemas[command].get("properties", {}).items()
        if not shows_a_value(field)
    ]


def test_C06_every_command_asks_for_a_key_and_tells_its_position(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        if method == "post":
            required = {
                parameter["name"]: parameter["schema"] for parameter in operation["parameters"] if parameter["required"]
            }
            answered = next(answer for status, answer in operation["responses"].items() if status in ("200", "201"))
            assert required["idempotency-key"]["type"] == "string", path
            assert "Husrom-Position" in answered["headers"], path
            assert "ids, dates and codes" in answered["description"], path


def shows_a_value(field: dict[str, Any]) -> bool:
    """An example, a default, a list of codes, or another described body."""
    if {"examples", "default", "enum", "const", "$ref"} & set(field) or field.get("type") == "boolean":
        return True
    parts = [*field.get("anyOf", []), *([field["items"]] if "items" in field else [])]
    return any(shows_a_value(part) for part in parts)


def test_R11_no_endpoint_is_open_but_health_and_documentation(document: dict[str, Any], office: Office) -> None:
    answers = {
        (method, path): office.client.request(method, path.replace("{", "").replace("}", "")).status_code
        for path, method, _ in operations(document)
        if path not in OPEN
    }
    assert set(answers.values()) == {401}


def test_C06_the_documentation_is_open_to_everybody(office: Office) -> None:
    assert office.client.get("/api/v1/openapi.json").status_code == 200
    assert "receive_application" in office.client.get("/api/docs").text


def test_C06_health_is_open_to_everybody(office: Office, database: Database) -> None:
    assert office.client.get("/healthz").json() == {"status": "ok"}
    assert office.client.get("/readyz").json()["log"] == "ok"
