"""Every operation of our own OpenAPI document against what Schemathesis thinks of, valid and hostile (R12).

HUSROM_TEST_SEED names another seed, HUSROM_TEST_REQUESTS how many requests there are in all. `make proof-bad-input`
runs it at length, and counts what came back in the folder that HUSROM_TEST_TALLY names.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import APIOperation, GenerationMode
from schemathesis.checks import (
    CheckFunction,
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.schemas import OpenApiSchema

from services.api.app import create_app
from services.core import catalogue
from services.installation import Installation
from services.settings import Settings
from tests.api.hostile import Sent, World, check_refusal
from tests.api.office import Office
from tests.conftest import Installation as Database
from tests.feeds import feeds_running
from tests.servers.postgres import Postgres

SEED = int(os.environ.get("HUSROM_TEST_SEED", "2027"))
REQUESTS = int(os.environ.get("HUSROM_TEST_REQUESTS", "2000"))
TALLY = os.environ.get("HUSROM_TEST_TALLY")


Operation = APIOperation[Any, Any, Any, Any]

CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]

LABELS = [f"{one.method} /api/v1{one.path}" for one in catalogue.operations()] + ["GET /healthz", "GET /readyz"]


@cache
def schema() -> OpenApiSchema:
    """Our OpenAPI document; no process builds the application that tries none of it."""
    return schemathesis.openapi.from_dict(create_app(Settings(demo=True)).openapi())


@cache
def found() -> dict[str, Operation]:
    """Every operation of the document, by method and path."""
    return {each.ok().label: each.ok() for each in schema().get_all_operations() if isinstance(each, Ok)}


@pytest.fixture(scope="module")
def sqlite_world(tmp_path_factory: pytest.TempPathFactory, redis_server: str) -> Iterator[World]:
    """An installation that many operations are tried on, one after the other."""
    with _open(Database(data_dir=tmp_path_factory.mktemp("hostile")), redis_server) as opened:
        yield opened


@pytest.fixture(scope="module")
def postgres_world(tmp_path_factory: pytest.TempPathFactory, redis_server: str, postgres: Postgres) -> Iterator[World]:
    """The same on PostgreSQL."""
    folder = tmp_path_factory.mktemp("hostile")
    with postgres.database() as url, _open(Database(data_dir=folder, database_url=url), redis_server) as opened:
        yield opened


@pytest.fixture
def world(request: pytest.FixtureRequest, one_database: str) -> World:
    opened: World = request.getfixturevalue(f"{one_database}_world")
    return opened


@contextmanager
def _open(database: Database, redis_url: str) -> Iterator[World]:
    settings = Settings(demo=True, redis_url=redis_url, **database)
    with Installation(settings) as installation:
        installation.migrate()
    app = create_app(settings)
    with TestClient(app) as client, feeds_running(app.state.office):
        yield World(Office(settings, client, app.state.office), app, random.Random(SEED))  # noqa: S311 - as above


def test_R12_every_operation_of_the_document_is_tried() -> None:
    assert sorted(found()) == sorted(LABELS)


@pytest.mark.parametrize("operation", LABELS)
def test_R12_nothing_sent_breaks_it_and_nothing_refused_leaves_a_trace(operation: str, world: World) -> None:
    requests = max(6, REQUESTS // len(LABELS))
    systematic = _systematic(found()[operation], requests // 2)
    for case in systematic:
        _try(world, case)
    modes = _modes(found()[operation])
    for mode in modes:
        _random(world, found()[operation], mode, (requests - len(systematic)) // len(modes))


def test_R11_no_operation_but_health_answers_without_a_token(world: World) -> None:
    before = world.heads
    for label in LABELS:
        method, path = label.split(" ", 1)
        response = world.office.client.request(method, path, headers={"Idempotency-Key": "key"})
        open_to_all = path in ("/healthz", "/readyz")
        assert response.status_code == (200 if open_to_all else 401), label
    assert world.heads == before


def _systematic(operation: Operation, count: int) -> list[Sent]:
    """Some of the cases at the limits of each field, unexpected methods, missing and doubled parts."""
    generation = schema().config.generation_for(operation=operation)
    cases = list(
        schema().iter_coverage_cases(operation, generation_modes=list(GenerationMode), generation_config=generation)
    )
    return random.Random(SEED).sample(  # noqa: S311 - which cases, not a secret
        cases, min(count, len(cases))
    )


def _modes(operation: Operation) -> list[GenerationMode]:
    """Valid requests, and broken ones where there is something to break."""
    can_be_broken = bool(operation.body or list(operation.iter_parameters()))
    return list(GenerationMode) if can_be_broken else [GenerationMode.POSITIVE]


def _random(world: World, operation: Operation, mode: GenerationMode, count: int) -> None:
    @seed(SEED + crc32(operation.label.encode()))
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(mode))
    def run(case: Sent) -> None:
        _try(world, case)

    run()


def _try(world: World, case: Sent) -> None:
    before = world.heads
    response = world.call(case)
    print(f"seed {SEED}: {case.as_curl_command()} -> {response.status_code}")
    _count(case, response.status_code)
    case.validate_response(response, checks=CHECKS)
    if response.status_code >= 400:
        check_refusal(world, case, response, before)


def _count(case: Sent, status: int) -> None:
    """Add the answer to the tally of this process, if one is kept."""
    if TALLY:
        with Path(TALLY, f"{os.getpid()}.tally").open("a", encoding="utf-8") as tally:
            tally.write(f"{status} {case.operation.label}\n")
