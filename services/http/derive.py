"""Routes from declared operations: path, parameters, body, answer and description."""

from collections.abc import Callable, Iterable
from inspect import Parameter, Signature
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from services.api.desk import AT_LEAST_HEADER, COMMAND_ERRORS, QUERY_ERRORS
from services.api.query_names import REASON
from services.api.tokens import bearer
from services.context import ReadReason
from services.core.files import File
from services.core.registry import Operation
from services.http.received import Received, caller_of, carry_out, command_headers, look_up
from services.refusals import IdempotencyKeyMissingError

KEY_HEADER: Final = "Idempotency-Key"
IdempotencyKey = Annotated[
    str | None,
    Header(
        max_length=200, pattern=r"^[\x21-\x7e]+$",
        description="A new random UUID for each command; the same one when trying again.",
        examples=["5f0f6a4c-6c53-4f4e-9f1b-2f5c1a8f0b11"],
    ),
]  # fmt: skip
IfMatch = Annotated[str | None, Header(max_length=1000, description="The ETag of the version the change builds on.")]
AtLeast = Annotated[
    str | None, Header(alias=AT_LEAST_HEADER, max_length=100, description="Husrom-Position of a command.")
]
Reason = Annotated[ReadReason | None, Query(description="Why a saksbehandler opens a colleague's case; logged.")]
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


class DeclaredRoute(APIRoute):
    """A route that tells nobody what is wrong with a request before it knows who asks."""

    def get_route_handler(self) -> Callable[[Request], Any]:
        handle = super().get_route_handler()

        async def known_first(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError:
                await run_in_threadpool(caller_of, request, await bearer(request))
                if request.method == "POST" and KEY_HEADER not in request.headers:
                    raise IdempotencyKeyMissingError from None
                raise

        return known_first


def add_routes(router: APIRouter, prefix: str, operations: Iterable[Operation]) -> None:
    """A route for each operation; where two paths fit an address, the one with the literal segment is asked first.

    They stand in the application's own router: one that is included looks for the route of each request once more.
    """
    for operation in sorted(operations, key=lambda one: [part[:1] == "{" for part in one.path.split("/")]):
        router.add_api_route(
            prefix + operation.path, _endpoint(operation), methods=[operation.method], operation_id=operation.id,
            route_class_override=DeclaredRoute, status_code=operation.status, tags=[operation.area.value],
            summary=operation.summary, description=operation.text, **_described_answer(operation),
        )  # fmt: skip


def _described_answer(operation: Operation) -> dict[str, Any]:
    """The model of the answer and of the errors, or the media type of a file."""
    if operation.is_command:
        return {"response_model": operation.result, "responses": COMMAND_ERRORS}
    if not _is_file(operation.result):
        return {"response_model": operation.result, "responses": QUERY_ERRORS}
    content = {operation.result.media_type: {"schema": {"type": "string", "format": "binary"}}}
    described = {200: {"description": operation.result.about, "content": content}, **QUERY_ERRORS}
    return {"response_model": None, "response_class": Response, "responses": described}


def _endpoint(operation: Operation) -> Callable[..., Any]:
    """What the framework calls: it only gathers; everything else happens in one hop into a thread."""
    run = _command_run(operation) if operation.is_command else _query_run(operation)

    async def endpoint(request: Request, credentials: Credentials, **given: Any) -> Response:
        ids = {name: given.pop(name) for name in operation.in_path}
        beside = {name: given.pop(name) for name in _beside(operation)}
        sent = given.get("body") if operation.is_command else given
        received = Received(request, credentials, await request.body(), ids, sent, **beside)
        return await run_in_threadpool(run, received)

    endpoint.__signature__ = _signature(operation)  # type: ignore[attr-defined]  # what `inspect.signature` reads
    endpoint.__name__ = operation.id
    return endpoint


def _command_run(operation: Operation) -> Callable[[Received], Response]:
    def run(received: Received) -> Response:
        answer = carry_out(operation, received)
        return Response(answer.body, answer.status, command_headers(received.office, answer), "application/json")

    return run


def _query_run(operation: Operation) -> Callable[[Received], Response]:
    if _is_file(operation.result):
        return lambda received: _file(look_up(operation, received))
    adapter = TypeAdapter(operation.result)

    def run(received: Received) -> Response:
        answer = look_up(operation, received)
        headers = {"Cache-Control": "no-store"}
        etags = received.office.etags
        if (version := getattr(answer, "etag", None)) is not None:
            headers["ETag"] = etags.of_version(version)
        return Response(
            adapter.dump_json(answer, by_alias=True, context={"etags": etags}), 200, headers, "application/json"
        )

    return run


def _file(file: File) -> Response:
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'{file.disposition}; filename="{file.name}"'}
    return Response(file.content, 200, headers, file.media_type)


def _signature(operation: Operation) -> Signature:
    """The parameters that the framework is to read: the path's, the headers, and what is sent."""
    read: dict[str, Any] = {"request": Request, "credentials": Credentials, **operation.in_path}
    parameters = [Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind) for name, kind in read.items()]
    parameters += [
        Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind, default=None)
        for name, kind in _beside(operation).items()
    ]
    if operation.sent is None:
        return Signature(parameters)
    if operation.is_command:
        return Signature([*parameters, Parameter("body", Parameter.KEYWORD_ONLY, annotation=operation.sent)])
    return Signature([*parameters, *(_asked_along(name, info) for name, info in operation.sent.model_fields.items())])


def _beside(operation: Operation) -> dict[str, Any]:
    """What every command, and every query, may be told beside what is its own; by its name in `Received`."""
    if operation.is_command:
        return {"idempotency_key": IdempotencyKey, "if_match": IfMatch}
    return {**({REASON: Reason} if operation.looks_at_one_case else {}), "at_least": AtLeast}


def _asked_along(name: str, field: FieldInfo) -> Parameter:
    """A field of what may be asked along, as a parameter of its own in the address."""
    query = Query(alias=field.alias or name, description=field.description, examples=field.examples)
    annotation = Annotated[field.annotation, *field.metadata, query]  # type: ignore[name-defined]  # made here
    default = Parameter.empty if field.is_required() else field.default
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _is_file(result: Any) -> bool:
    return isinstance(result, type) and issubclass(result, File)
