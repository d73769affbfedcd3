"""Operations over HTTP, derived from where they are declared (design D15)."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from domain.actors import SERVICE_OG_TILDELING, Role
from services.api.app import create_app
from services.core import catalogue
from services.settings import Settings
from tests.api.office import Office

HEALTH = {"healthz", "readyz"}


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The OpenAPI document."""
    return create_app(Settings(demo=True, data_dir=tmp_path_factory.mktemp("office"))).openapi()


def described(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is described of each operation, by id."""
    return {one["operationId"]: one for path in document["paths"].values() for one in path.values()}


def parts(document: dict[str, Any], schema: Any, seen: set[str]) -> Iterator[dict[str, Any]]:
    """Every object within a schema, and within those that it refers to."""
    if isinstance(schema, list):
        for each in schema:
            yield from parts(document, each, seen)
    if isinstance(schema, dict):
        yield schema
        reference = schema.get("$ref", "")
        if reference and reference not in seen:
            seen.add(reference)
            yield from parts(document, document["components"]["schemas"][reference.rpartition("/")[2]], seen)
        for each in schema.values():
            yield from parts(document, each, seen)


def test_D15_what_is_served_is_declared_and_what_is_declared_is_served(document: dict[str, Any]) -> None:
    assert set(described(document)) - HEALTH == {one.id for one in catalogue.operations()}


def test_C06_every_answer_is_a_named_and_typed_object(document: dict[str, Any]) -> None:
    operations = described(document)
    for one in catalogue.operations():
        answer = operations[one.id]["responses"][str(one.status.value)]
        schemas = [content.get("schema") for content in answer["content"].values()]
        assert all(schemas), one.id
        assert not [part for part in parts(document, schemas, set()) if part.get("additionalProperties") is True], (
            one.id
        )


def test_C06_every_schema_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    assert not [name for name in document["components"]["schemas"] if "__" in name.removeprefix("_")]


def test_C06_a_declared_operation_says_what_it_does_in_a_sentence(document: dict[str, Any]) -> None:
    operations = described(document)
    for one in catalogue.operations():
        assert operations[one.id]["summary"] == one.summary
        assert operations[one.id]["description"].startswith(one.summary)


def test_C06_the_document_says_where_the_server_is(document: dict[str, Any]) -> None:
    assert document["servers"] == [{"url": "/", "description": "The server that this document comes from."}]


def test_C06_a_file_is_described_by_its_media_type(document: dict[str, Any]) -> None:
    content = described(document)["export_overview"]["responses"]["200"]["content"]

    assert content == {"text/csv": {"schema": {"type": "string", "format": "binary"}}}


@pytest.mark.parametrize("path", ["/waiting-list?name=Berit", "/cases?name=Berit"])
def test_R12_an_unknown_name_in_the_address_is_refused_with_the_names_that_there_are(office: Office, path: str) -> None:
    problem = office.saksbehandler.get(path)

    assert problem.status_code == 422
    assert problem.json()["type"] == "/problems/unknown_query_name"
    assert "«cursor», " in problem.json()["detail"]
    assert "«limit»" in problem.json()["detail"]
    assert "reason" not in problem.json()["detail"]
    assert "name" not in problem.json()["detail"].replace("query_name", "")
    assert "Berit" not in problem.text


def test_R12_a_command_takes_nothing_from_its_address(office: Office) -> None:
    problem = office.saksbehandler.post(f"/waiting-list/{uuid4()}/pause?dry_run=true", {"reason": "applicant"})

    assert problem.status_code == 422
    assert problem.json()["detail"].endswith("Her kan ingenting stå etter spørsmålstegnet.")


def test_R11_nobody_is_told_what_is_wrong_with_a_request_before_it_is_known_who_asks(office: Office) -> None:
    path = f"/api/v1/waiting-list/{uuid4()}/pause"

    assert office.client.post(path, json={"unknown": 1}).status_code == 401
    assert office.client.get("/api/v1/waiting-list?limit=many").status_code == 401


def test_D7_a_command_without_a_key_is_told_so_before_anything_else(office: Office) -> None:
    token = {"Authorization": f"Bearer {office.saksbehandler.token}"}

    answer = office.client.post(f"/api/v1/waiting-list/{uuid4()}/pause", json={"unknown": 1}, headers=token)

    assert answer.status_code == 428


def test_R08_the_scope_of_a_machine_is_the_id_of_an_operation(office: Office) -> None:
    within = office.caller(SERVICE_OG_TILDELING, Role.MACHINE, scopes=frozenset({"export_overview"}))

    assert within.get("/overview.csv").status_code == 200
    assert within.get("/overview").status_code == 403
