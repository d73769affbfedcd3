"""Every error answer: RFC 9457, in plain bokmål, with the rule and the next step, and never with what was sent (R12)."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from eventsourcing.persistence import InterfaceError as LogInterfaceError
from eventsourcing.persistence import OperationalError as LogOperationalError
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from domain.people.identity_number import (
    MalformedIdentityNumberError,
    SyntheticNumberRefusedError,
    WrongCheckDigitError,
)
from domain.refusals import NotAllowedError, NotFoundError, Refusal, WrongStateError
from services.api.validation_errors import FieldProblem, field_problems, missing_fields
from services.installation import Installation
from services.refusals import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    KeyDestroyedError,
    LogUnavailableError,
    NotSignedInError,
    PreconditionRequiredError,
    RaceLostError,
    SignInUnavailableError,
    StaleVersionError,
    TooLargeError,
    UnsupportedMediaError,
    ViewsBehindError,
)
from services.words_nb import Words, in_words, named_in

MEDIA_TYPE: Final = "application/problem+json"

STATUSES: Final[Mapping[type[Refusal], int]] = {
    Refusal: 409,
    WrongStateError: 409,
    RaceLostError: 409,
    NotSignedInError: 401,
    NotAllowedError: 403,
    NotFoundError: 404,
    KeyDestroyedError: 410,
    StaleVersionError: 412,
    TooLargeError: 413,
    UnsupportedMediaError: 415,
    InvalidInputError: 422,
    IdempotencyKeyReusedError: 422,
    MalformedIdentityNumberError: 422,
    WrongCheckDigitError: 422,
    SyntheticNumberRefusedError: 422,
    PreconditionRequiredError: 428,
    SignInUnavailableError: 503,
    LogUnavailableError: 503,
    ViewsBehindError: 503,
}
"""The one table of statuses. A refusal that is not here has the status of its nearest ancestor that is."""

HEADERS: Final[Mapping[int, Mapping[str, str]]] = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "1"}}

UNAVAILABLE: Final = (LogOperationalError, LogInterfaceError, OperationalError, InterfaceError, PoolTimeoutError)
"""What the databases' libraries raise when a database cannot be reached or does not answer in time."""

HTTP_TITLES: Final[Mapping[int, tuple[str, str]]] = {
    400: ("Forespørselen kan ikke leses.", "Kontroller innholdet og send på nytt."),
    404: ("Det finnes ingen slik adresse.", "Se API-dokumentasjonen for adressene som finnes."),
    405: ("Adressen kan ikke brukes på denne måten.", "Se Allow i svaret for metodene som finnes."),
    500: ("Noe gikk galt hos oss.", "Prøv igjen. Varer det, ta kontakt med drift og oppgi instance."),
}
NO_NAMES: Final[Words] = {}
OTHER_HTTP: Final = ("Forespørselen kan ikke utføres.", "Se API-dokumentasjonen og prøv igjen.")


class ProblemModel(BaseModel):
    """An error answer (RFC 9457)."""

    model_config = ConfigDict(title="Problem")

    type: str = Field(description="Permanent name of the problem: /problems/<code>.")
    title: str = Field(description="What is missing or wrong, in bokmål.")
    status: int = Field(description="The HTTP status again.")
    detail: str = Field(description="What is missing in this case. Never repeats what was sent.")
    instance: str = Field(description="This occurrence: the correlation id as a URN.")
    rule: str | None = Field(default=None, description="The rule of the mandate or the law that says so.")
    codes: list[str] = Field(
        default_factory=list, description="What it is about, as codes: units, kinds, access rules, a scope."
    )
    next_step: str = Field(description="What the reader can do about it, in bokmål.")
    errors: list[FieldProblem] = Field(default_factory=list, description="The fields that are wrong, if it is fields.")


def status_of(refusal: type[Refusal]) -> int:
    """The HTTP status of a refusal: its own in the table, or that of its nearest ancestor."""
    return next(STATUSES[ancestor] for ancestor in refusal.__mro__ if ancestor in STATUSES)


def problem_of(
    refusal: Refusal, correlation: UUID, errors: Iterable[FieldProblem] = (), *, names: Words = NO_NAMES
) -> ProblemModel:
    """The error answer for a refusal. `names`: what the municipality calls its units and criteria."""
    return ProblemModel(
        type=f"/problems/{refusal.code}",
        title=refusal.missing,
        status=status_of(type(refusal)),
        detail=in_words(refusal, names),
        instance=correlation.urn,
        rule=refusal.rule,
        codes=list(refusal.codes),
        next_step=refusal.next_step,
        errors=list(errors),
    )


def http_problem(status: int, correlation: UUID) -> ProblemModel:
    """The error answer for what HTTP itself refuses, and for 500."""
    title, next_step = HTTP_TITLES.get(status, OTHER_HTTP)
    code = HTTPStatus(status).phrase.lower().replace(" ", "_")
    return ProblemModel(
        type=f"/problems/{code}",
        title=title,
        status=status,
        detail=title,
        instance=correlation.urn,
        next_step=next_step,
    )


def answer(problem: ProblemModel, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The problem as a response; nobody may keep a copy."""
    return JSONResponse(
        problem.model_dump(exclude_defaults=True),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **HEADERS.get(problem.status, {}), **(headers or {})},
    )


def correlation_of(request: Request) -> UUID:
    """The correlation id of this request, as set by `services.api.middleware.Correlation`."""
    correlation: UUID = request.state.correlation
    return correlation


def install_problems(app: FastAPI) -> None:
    """Answer every refusal and every error of HTTP as a problem, and describe them in the OpenAPI document.

    Unexpected errors are answered by `services.api.middleware.Correlation`, which installs itself with
    `install_middleware`; install both.
    """
    app.add_exception_handler(Refusal, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_error)
    for error in UNAVAILABLE:
        app.add_exception_handler(error, _on_unavailable)
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _with_problems(generate())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of a route or a router, each with an example: `responses=answers(404, 412)`."""
    return {status: _described(status) for status in statuses}


def _described(status: int) -> dict[str, Any]:
    refusal = next((kind for kind, its in STATUSES.items() if its == status and kind is not Refusal), None)
    nobody = UUID(int=0)
    problem = problem_of(refusal(), nobody) if refusal else http_problem(status, nobody)
    content = {"schema": PROBLEM_REFERENCE, "example": problem.model_dump(exclude_defaults=True)}
    return {"description": problem.title, "content": {MEDIA_TYPE: content}}


PROBLEM_REFERENCE: Final = {"$ref": "#/components/schemas/Problem"}


def _with_problems(document: dict[str, Any]) -> dict[str, Any]:
    """Add the schema that `answers` points to, and put problems where the framework describes its own 422."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schema = ProblemModel.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update({**schema.pop("$defs", {}), "Problem": schema})
    for operation in _operations(document):
        declared = operation.get("responses", {})
        if "HTTPValidationError" in str(declared.get("422")):
            declared["422"] = _described(422)
    for replaced in ("HTTPValidationError", "ValidationError"):
        schemas.pop(replaced, None)
    return document


def _operations(document: dict[str, Any]) -> Iterable[dict[str, Any]]:
    return (operation for path in document.get("paths", {}).values() for operation in path.values())


def _on_refusal(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    office: Installation | None = getattr(request.app.state, "office", None)
    names = named_in(office.rulebooks.oldest_first) if office is not None and error.codes else NO_NAMES
    return answer(problem_of(error, correlation_of(request), names=names))


def _on_invalid_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = error.errors()
    refusal = InvalidInputError(missing_fields(errors))
    return answer(problem_of(refusal, correlation_of(request), field_problems(errors)))


def _on_http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return answer(http_problem(error.status_code, correlation_of(request)), error.headers)


def _on_unavailable(request: Request, _error: Exception) -> JSONResponse:
    return answer(problem_of(LogUnavailableError(), correlation_of(request)))
