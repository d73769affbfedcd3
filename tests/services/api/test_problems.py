"""Every error is a problem answer that says what and what next, and never repeats what was sent (R12)."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID, uuid4

import httpx2
import pytest
from eventsourcing.persistence import OperationalError as LogOperationalError
from fastapi import FastAPI, Query
from pydantic import BaseModel, ConfigDict, Field, field_validator
from structlog.testing import capture_logs

import services.refusals
from domain.refusals import NotAllowedError, NotFoundError, Refusal, SaksbehandlerOnlyError, WrongStateError
from services.api.middleware import install_middleware
from services.api.problems import answers, install_problems, status_of
from services.api.tokens import CurrentCaller, Verifier
from services.api.validation_errors import InputError
from services.core.asked import Paged
from services.demo_tokens import prepare_keys
from services.settings import Settings

CANARY = "kanarifugl"
MAX_BODY = 4096


class Need(StrEnum):
    DWELLING = "dwelling"
    ASSISTANCE = "assistance"


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=2, max_length=20)]
    born: date = date(2000, 1, 1)
    rooms: Annotated[int, Field(ge=1, le=9)] = 1
    need: Need = Need.DWELLING
    person: UUID = UUID(int=1)
    notes: dict[str, Any] = {}
    phone: str = ""

    @field_validator("phone")
    @classmethod
    def _is_a_phone_number(cls, phone: str) -> str:
        if phone == CANARY:
            raise ValueError(phone)
        if phone == "1":
            raise InputError("Telefonnummeret må ha åtte siffer.")
        return phone


class TrackClosedError(WrongStateError):
    code = "track_closed"
    rule = "M10"
    missing = "Sporet er avsluttet."
    next_step = "Åpne et nytt spor."


def an_app(settings: Settings) -> FastAPI:
    app = FastAPI()
    app.state.verifier = Verifier(settings)
    install_problems(app)
    install_middleware(app, settings)
    raised: dict[str, Exception] = {
        "closed": TrackClosedError("Spor 2."),
        "unforeseen": RuntimeError(CANARY),
        "log": LogOperationalError(CANARY),
    }

    @app.post("/api/v1/people", responses=answers(404, 409, 412))
    def register(body: Body) -> Body:
        return body

    @app.get("/api/v1/raise/{what}")
    def refuse(what: str) -> None:
        raise raised[what]

    @app.get("/api/v1/wrong", response_model=Body)
    def answer_wrongly() -> dict[str, str]:
        return {"name": CANARY * 3}

    @app.get("/api/v1/people")
    def people(asked: Annotated[Paged, Query()]) -> int:
        return asked.limit

    @app.get("/api/v1/people/{person}")
    def one(person: UUID) -> UUID:
        return person

    @app.get("/api/v1/me")
    def me(caller: CurrentCaller) -> UUID:
        return caller.actor.id

    return app


class Client:
    """Sends requests to the application as a server would, one at a time."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def request(self, method: str, path: str, **sent: Any) -> httpx2.Response:
        async def exchange() -> httpx2.Response:
            transport = httpx2.ASGITransport(self._app, raise_app_exceptions=False)
            async with httpx2.AsyncClient(transport=transport, base_url="http://husrom.invalid") as client:
                return await client.request(method, path, **sent)

        return asyncio.run(exchange())

    def get(self, path: str, **sent: Any) -> httpx2.Response:
        return self.request("GET", path, **sent)

    def post(self, path: str, **sent: Any) -> httpx2.Response:
        return self.request("POST", path, **sent)


@pytest.fixture
def client(tmp_path: Path) -> Client:
    settings = Settings(demo=True, data_dir=tmp_path, max_body_bytes=MAX_BODY)
    prepare_keys(settings)
    return Client(an_app(settings))


def problem(response: httpx2.Response, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    answered: dict[str, Any] = response.json()
    assert answered["status"] == status
    assert answered["instance"] == UUID(response.headers["x-correlation-id"]).urn
    assert answered["title"]
    assert answered["next_step"]
    assert CANARY not in response.text
    return answered


def post(client: Client, body: bytes, media_type: str = "application/json") -> httpx2.Response:
    return client.post("/api/v1/people", content=body, headers={"content-type": media_type})


def test_R12_a_refusal_says_what_is_missing_by_which_rule_and_what_next(client: Client) -> None:
    answered = problem(client.get("/api/v1/raise/closed"), 409)

    assert answered["type"] == "/problems/track_closed"
    assert answered["title"] == "Sporet er avsluttet."
    assert answered["detail"] == "Sporet er avsluttet. Spor 2."
    assert (answered["rule"], answered["next_step"]) == ("M10", "Åpne et nytt spor.")


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Refusal, 409),
        (WrongStateError, 409),
        (TrackClosedError, 409),
        (NotFoundError, 404),
        (NotAllowedError, 403),
        (SaksbehandlerOnlyError, 403),
        (services.refusals.NotSignedInError, 401),
        (services.refusals.KeyDestroyedError, 410),
        (services.refusals.StaleVersionError, 412),
        (services.refusals.TooLargeError, 413),
        (services.refusals.UnsupportedMediaError, 415),
        (services.refusals.BlankTextError, 422),
        (services.refusals.IdempotencyKeyReusedError, 422),
        (services.refusals.IdempotencyKeyMissingError, 428),
        (services.refusals.ViewsBehindError, 503),
        (services.refusals.LogUnavailableError, 503),
    ],
)
def test_each_refusal_has_its_status_or_that_of_its_nearest_ancestor(refusal: type[Refusal], status: int) -> None:
    assert status_of(refusal) == status


def test_each_refusal_of_the_ways_in_is_complete_and_its_code_its_own() -> None:
    kinds = [kind for kind in vars(services.refusals).values() if isinstance(kind, type) and issubclass(kind, Refusal)]
    kinds.remove(Refusal)

    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all(kind.rule and kind.missing and kind.next_step for kind in kinds)


WRONG_FIELDS: dict[str, tuple[dict[str, Any], str, str]] = {
    "missing": ({"name": ...}, "/name", "Feltet «name» mangler."),
    "too short": ({"name": "k"}, "/name", "Må ha minst 2 tegn."),
    "too long": ({"name": CANARY * 3}, "/name", "Kan ha høyst 20 tegn."),
    "no text": ({"name": 1}, "/name", "Må være tekst."),
    "no date": ({"born": CANARY}, "/born", "Må være en gyldig dato, som 2027-01-31."),
    "impossible date": ({"born": "2027-02-30"}, "/born", "Må være en gyldig dato, som 2027-01-31."),
    "no number": ({"rooms": CANARY}, "/rooms", "Må være et heltall."),
    "too few": ({"rooms": 0}, "/rooms", "Må være 1 eller mer."),
    "too many": ({"rooms": 10}, "/rooms", "Må være 9 eller mindre."),
    "unknown code": ({"need": CANARY}, "/need", "Må være en av: 'dwelling' or 'assistance'."),
    "no id": ({"person": CANARY}, "/person", "Må være en UUID."),
    "unknown field": ({CANARY: CANARY}, "", "Her står et felt som ikke finnes."),
    "a validator's own words": ({"phone": "1"}, "/phone", "Telefonnummeret må ha åtte siffer."),
    "a library's words": ({"phone": CANARY}, "/phone", "Verdien er ikke gyldig."),
}


@pytest.mark.parametrize(("changed", "pointer", "message"), WRONG_FIELDS.values(), ids=WRONG_FIELDS)
def test_R12_a_wrong_field_is_named_in_bokmal_and_its_value_never_repeated(
    client: Client, changed: dict[str, Any], pointer: str, message: str
) -> None:
    body = {name: value for name, value in {"name": "Ola", **changed}.items() if value is not ...}

    answered = problem(client.post("/api/v1/people", json=body), 422)

    assert answered["errors"] == [{"pointer": pointer, "message": message}]


BAD_BODIES: dict[str, bytes] = {
    "no JSON": b"kanarifugl",
    "cut": b'{"name": "kanarifugl',
    "an array": b"[]",
    "null": b"null",
    "invalid UTF-8": b'{"name": "\xff\xfe"}',
    "UTF-16": '{"name": "Ola"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"name": "Ola"}',
    "NUL": b'{"name": "Ola\\u0000"}',
    "half a character": b'{"name": "Ola\\ud800"}',
    "half a character as a name": b'{"name": "Ola", "notes": {"\\ud800": 1}}',
    "NaN": b'{"name": "Ola", "rooms": NaN}',
    "infinity": b'{"name": "Ola", "rooms": -Infinity}',
    "infinity by exponent": b'{"name": "Ola", "rooms": 1e999}',
    "a giant number": b'{"name": "Ola", "notes": {"a": 99999999999999999999}}',
    "a number of a thousand digits": b'{"name": "Ola", "rooms": ' + b"9" * 2000 + b"}",
    "the same name twice": b'{"name": "Ola", "name": "Kari"}',
    "nested deep": b'{"name": "Ola", "notes": ' + b'{"a":' * 40 + b"1" + b"}" * 41,
    "nested without end": b"[" * 4000,
    "nothing": b"",
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES)
def test_R12_a_body_that_is_not_plain_json_is_an_answer_and_no_accident(client: Client, body: bytes) -> None:
    problem(post(client, body), 422)


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
def test_R12_a_body_of_another_media_type_is_refused(client: Client, media_type: str) -> None:
    problem(post(client, b'{"name": "Ola"}', media_type), 415)


def test_R12_json_with_a_charset_is_json(client: Client) -> None:
    assert post(client, '{"name": "Åse"}'.encode(), "application/json; charset=utf-8").json()["name"] == "Åse"


def test_R12_a_body_of_the_greatest_size_is_read_and_one_byte_more_is_refused(client: Client) -> None:
    body = b'{"name": "Ola"}'

    assert post(client, body.ljust(MAX_BODY)).status_code == 200
    problem(post(client, body.ljust(MAX_BODY + 1)), 413)


def test_R12_a_body_that_does_not_announce_its_size_is_counted(client: Client) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 1000

    problem(client.post("/api/v1/people", content=chunks(), headers={"content-type": "application/json"}), 413)


@pytest.mark.parametrize(
    ("path", "pointer"),
    [("?limit=0", "query/limit"), ("?limit=101", "query/limit"), ("?limit=x", "query/limit"), ("/kari", "path/person")],
)
def test_R12_a_wrong_parameter_is_named(client: Client, path: str, pointer: str) -> None:
    answered = problem(client.get(f"/api/v1/people{path}"), 422)

    assert [error["pointer"] for error in answered["errors"]] == [pointer]


@pytest.mark.parametrize("path", ["/api/v1/people/%00", "/api/v1/people?cursor=%00"])
def test_R12_nul_in_an_address_is_refused(client: Client, path: str) -> None:
    problem(client.get(path), 422)


def test_R12_an_unknown_address_is_a_problem_too(client: Client) -> None:
    assert "rule" not in problem(client.get("/api/v1/kanarifugl"), 404)


def test_R12_an_unknown_method_is_a_problem_that_names_the_known_ones(client: Client) -> None:
    response = client.request("DELETE", "/api/v1/people")

    problem(response, 405)
    assert response.headers["allow"]


def test_R10_what_nobody_foresaw_is_answered_and_logged_without_its_words(client: Client) -> None:
    with capture_logs() as logged:
        answered = problem(client.get("/api/v1/raise/unforeseen"), 500)

    (line,) = logged
    assert line["correlation"] in answered["instance"]
    assert line["error"] == "RuntimeError"
    assert CANARY not in json.dumps(line)


def test_R10_an_answer_of_the_wrong_shape_is_not_sent_or_logged(client: Client) -> None:
    with capture_logs() as logged:
        problem(client.get("/api/v1/wrong"), 500)

    assert CANARY not in json.dumps(logged)


def test_R10_without_the_log_there_is_no_answer_but_503(client: Client) -> None:
    response = client.get("/api/v1/raise/log")

    assert problem(response, 503)["type"] == "/problems/log_unavailable"
    assert response.headers["retry-after"]


@pytest.mark.parametrize("header", [None, "Basic eDp5", "Bearer", "Bearer x", "Bearer x y", "bearer "])
def test_R11_without_a_good_token_nobody_gets_in(client: Client, header: str | None) -> None:
    response = client.get("/api/v1/me", headers={"authorization": header} if header else {})

    problem(response, 401)
    assert response.headers["www-authenticate"] == "Bearer"


def test_C05_a_callers_correlation_id_is_kept(client: Client) -> None:
    mine = str(uuid4())

    response = client.get("/api/v1/people", headers={"x-correlation-id": mine})

    assert response.headers["x-correlation-id"] == mine


@pytest.mark.parametrize("sent", ["", "x", CANARY, "1" * 500])
def test_C05_a_correlation_id_that_is_none_is_replaced(client: Client, sent: str) -> None:
    response = client.get("/api/v1/people", headers={"x-correlation-id": sent})

    assert str(UUID(response.headers["x-correlation-id"])) != sent


def test_the_api_description_shows_problems_and_nothing_of_the_framework_s_own(client: Client) -> None:
    document = client.get("/openapi.json").json()
    post = document["paths"]["/api/v1/people"]["post"]["responses"]

    assert {"404", "409", "412", "422"} <= set(post)
    for status in ("404", "409", "412", "422"):
        content = post[status]["content"]
        assert list(content) == ["application/problem+json"]
        assert content["application/problem+json"]["example"]["status"] == int(status)
    assert "HTTPValidationError" not in json.dumps(document)
    assert {"Problem", "FieldProblem"} <= set(document["components"]["schemas"])
    assert document["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
