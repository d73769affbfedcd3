"""What happens to every request before the framework sees it: a correlation id, a limit, and JSON that is only JSON."""

import json
import math
import re
from collections.abc import MutableMapping
from typing import Any, Final, NoReturn
from uuid import UUID, uuid4

import structlog
from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.refusals import Refusal
from services.api.problems import answer, http_problem, problem_of
from services.api.strict_json import without_duplicates
from services.logging import places
from services.refusals import InvalidInputError, TooLargeError, UnsupportedMediaError
from services.settings import Settings

CORRELATION_HEADER: Final = "X-Correlation-Id"
MAX_DEPTH: Final = 32
MAX_INTEGER: Final = 2**53 - 1
"""The greatest integer that every JSON library reads the same (RFC 7493)."""
UNREADABLE: Final = re.compile("[\x00\ud800-\udfff]")
"""NUL, and half a character."""

log = structlog.get_logger()


def install_middleware(app: FastAPI, settings: Settings) -> None:
    """Put both in front of `app`, the correlation id outermost."""
    app.add_middleware(BodyGuard, max_bytes=settings.max_body_bytes)
    app.add_middleware(Correlation)


class Correlation:
    """Gives each request a correlation id (the caller's, if it is a UUID) and answers what nobody foresaw with a 500.

    The log says which error and where, never its words: they may hold personal data.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        correlation = _uuid(Headers(scope=scope).get(CORRELATION_HEADER, "")) or uuid4()
        scope.setdefault("state", {})["correlation"] = correlation
        started = False

        async def send_with_id(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message)[CORRELATION_HEADER] = str(correlation)
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except Exception as error:  # noqa: BLE001 - the last one who can turn an error into an answer
            _log_unexpected(error, correlation)
            if not started:
                await answer(http_problem(500, correlation))(scope, receive, send_with_id)
        return None


class BodyGuard:
    """Refuses a body that is too large, and under /api/ one that is not strict JSON in UTF-8.

    Lone surrogates, NUL, NaN, duplicate names, deep nesting and giant numbers pass the framework and break
    something behind it; here they are an answer.
    """

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        try:
            body = await self._read(Headers(scope=scope), receive)
            if body is None:
                return None
            _check_address(scope)
            if body and scope["path"].startswith("/api/"):
                check_json(Headers(scope=scope).get("content-type", ""), body)
        except Refusal as refusal:
            return await answer(problem_of(refusal, scope["state"]["correlation"]))(scope, receive, send)
        return await self._app(scope, _replay(body, receive), send)

    async def _read(self, headers: Headers, receive: Receive) -> bytes | None:
        """The whole body, or None when the caller has gone before it was sent."""
        announced = headers.get("content-length", "0")
        if announced.isascii() and announced.isdigit() and int(announced[:20]) > self._max_bytes:
            raise TooLargeError
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > self._max_bytes:
                raise TooLargeError
            if not message.get("more_body", False):
                return bytes(body)


def check_json(content_type: str, body: bytes) -> None:
    """Raises UnsupportedMediaError or InvalidInputError unless `body` is JSON that every reader understands alike."""
    media_type, _, _ = content_type.partition(";")
    if media_type.strip().lower() != "application/json":
        raise UnsupportedMediaError
    try:
        content = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=without_duplicates,
            parse_constant=_refuse_number,
            parse_float=_finite,
            parse_int=_integer,
        )
    except (ValueError, RecursionError):
        raise InvalidInputError("Innholdet er ikke gyldig JSON i UTF-8.") from None
    _check_values(content)


def _check_values(content: object) -> None:
    level = [content]
    for _depth in range(MAX_DEPTH):
        for text in (value for value in level if isinstance(value, str)):
            _check_text(text)
        level = [part for value in level for part in _parts(value)]
        if not level:
            return
    raise InvalidInputError("Innholdet er nøstet for dypt.")


def _parts(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else []


def _check_text(text: str) -> None:
    if UNREADABLE.search(text):
        raise InvalidInputError("En tekst inneholder ugyldige tegn.")


def _refuse_number(_number: str) -> NoReturn:
    raise ValueError


def _finite(number: str) -> float:
    value = float(number)
    return value if math.isfinite(value) else _refuse_number(number)


def _integer(number: str) -> int:
    value = int(number)
    return value if abs(value) <= MAX_INTEGER else _refuse_number(number)


def _check_address(scope: Scope) -> None:
    if "\x00" in scope["path"] or b"%00" in scope.get("query_string", b""):
        raise InvalidInputError("Adressen inneholder ugyldige tegn.")


def _replay(body: bytes, receive: Receive) -> Receive:
    first: MutableMapping[str, Any] | None = {"type": "http.request", "body": body, "more_body": False}

    async def replayed() -> Message:
        nonlocal first
        message, first = first, None
        return message if message is not None else await receive()

    return replayed


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _log_unexpected(error: Exception, correlation: UUID) -> None:
    log.error("unexpected_error", correlation=str(correlation), error=type(error).__name__, where=places(error))
