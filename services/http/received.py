"""One request to an operation, carried out in one hop into a thread: who asks, may they, do it, answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPAuthorizationCredentials
from pydantic import ValidationError

from services.api.desk import POSITION_HEADER, caller_within_scopes, position_in
from services.api.problems import correlation_of
from services.api.tokens import current_caller
from services.command_desk import Answer, CommandRequest
from services.context import Context, ReadReason
from services.core.registry import Operation
from services.door import refusals_logged
from services.freshness import wait_for_views
from services.installation import Installation
from services.refusals import IdempotencyKeyMissingError
from services.seating import Caller


@dataclass(frozen=True)
class Received:
    """A request as it came. `ids`: by name in the path; `sent`: the body, or the names in the address by field."""

    request: Request
    credentials: HTTPAuthorizationCredentials | None
    content: bytes
    ids: Mapping[str, Any]
    sent: Any
    idempotency_key: str | None = None
    if_match: str | None = None
    at_least: str | None = None
    reason: ReadReason | None = None

    @cached_property
    def office(self) -> Installation:
        """The installation that this process built when it started, for this request."""
        office: Installation = self.request.app.state.office
        return office.for_request()

    @property
    def correlation(self) -> UUID:
        return correlation_of(self.request)


def caller_of(request: Request, credentials: HTTPAuthorizationCredentials | None) -> Caller:
    """Who asks. Nothing else of a request is looked at before this is known.

    Raises NotSignedInError, SignInUnavailableError, and what `caller_within_scopes` raises.
    """
    return caller_within_scopes(request, current_caller(request, credentials))


def carry_out(operation: Operation, received: Received) -> Answer:
    """Carry out a command exactly once, or rehearse it. Raises whatever it refuses with."""
    caller = caller_of(received.request, received.credentials)
    if received.idempotency_key is None:
        raise IdempotencyKeyMissingError
    office, request = received.office, received.request
    sent = CommandRequest(
        caller.actor, f"{request.method} {request.url.path}", received.idempotency_key,
        office.vault.digest(sha256(received.content).digest()), received.correlation, received.if_match, caller.seated_at,
    )  # fmt: skip
    rehearses = operation.rehearsable and received.sent.dry_run
    desk = office.desk.rehearse if rehearses else office.desk.carry_out
    with refusals_logged(office, caller.actor, operation.id, received.correlation):
        return desk(sent, lambda context: operation.run(office, context, received.ids, received.sent))


def look_up(operation: Operation, received: Received) -> Any:
    """Answer a query, as fresh as was asked for. Raises whatever it refuses with."""
    caller, office = caller_of(received.request, received.credentials), received.office
    context = Context(
        caller.actor, received.correlation, received.correlation, office.clock.now(), reason=received.reason
    )
    if received.at_least is not None:
        wait_for_views(office, position_in(office, received.at_least))
    with refusals_logged(office, caller.actor, operation.id, received.correlation):
        return operation.run(office, context, received.ids, _asked(operation, received.sent))


def command_headers(office: Installation, answer: Answer) -> dict[str, str]:
    """What an answer to a command says beside its body."""
    headers = {POSITION_HEADER: office.vault.position_token(answer.position), "Cache-Control": "no-store"}
    return headers if answer.version is None else {**headers, "ETag": answer.version}


def _asked(operation: Operation, sent: Mapping[str, Any]) -> Any:
    """What is asked along, as its model: what only holds of several fields together is looked at here."""
    if operation.sent is None:
        return None
    try:
        return operation.sent.model_validate(sent, by_alias=False, by_name=True)
    except ValidationError as error:
        errors = error.errors(include_input=False, include_url=False)
        raise RequestValidationError([{**each, "loc": ("query", *each["loc"])} for each in errors]) from None
