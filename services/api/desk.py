"""What a route gets: a desk to hand a command to, or a look to take (designs D7, D10)."""

from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, Any, Concatenate, Final, ParamSpec

from fastapi import Depends, Header, Query, Request, Response
from pydantic import RootModel

from domain.actors import Role
from services.api.problems import answers, correlation_of
from services.api.query_names import refuse_unknown_names
from services.api.tokens import CurrentCaller
from services.command_desk import Answer, CommandRequest, Outcome
from services.context import Context, ReadReason
from services.freshness import wait_for_views
from services.installation import Installation
from services.refusals import IdempotencyKeyMissingError, InvalidInputError
from services.scopes import require_scope
from services.seating import Caller
from services.vault import SealBrokenError

POSITION_HEADER: Final = "Husrom-Position"
AT_LEAST_HEADER: Final = "Husrom-At-Least"

COMMAND_ERRORS: Final = answers(401, 403, 404, 409, 410, 412, 413, 415, 422, 428, 503)
QUERY_ERRORS: Final = answers(401, 403, 404, 410, 422, 503)

P = ParamSpec("P")


class CommandAnswer(RootModel[dict[str, Any]]):
    """The ids, dates and codes of what was recorded, by name. The header Husrom-Position lets a later read ask to be as fresh."""


def installation_of(request: Request) -> Installation:
    """The installation that this process built when it started, for this request."""
    office: Installation = request.app.state.office
    return office.for_request()


Office = Annotated[Installation, Depends(installation_of)]


def caller_within_scopes(request: Request, caller: CurrentCaller) -> Caller:
    """The caller. A machine may do what its scopes name, by operation id, and nothing else.

    Raises ScopeMissingError, and UnknownQueryNameError for a name in the address that the operation does not know.
    """
    operation = request.scope["route"].operation_id
    if caller.actor.role is Role.MACHINE:
        require_scope(operation, caller.scopes)
    refuse_unknown_names(request)
    return caller


ScopedCaller = Annotated[Caller, Depends(caller_within_scopes)]


async def body_of(request: Request) -> bytes:
    """The raw body; the framework keeps it for its own parsing."""
    return await request.body()


class Desk:
    """Takes one request's command to the command desk and turns the answer into a response."""

    def __init__(
        self,
        request: Request,
        office: Office,
        caller: ScopedCaller,
        body: Annotated[bytes, Depends(body_of)],
        idempotency_key: Annotated[
            str | None,
            Header(
                max_length=200, pattern=r"^[\x21-\x7e]+$",
                description="A new random UUID for each command; the same one when trying again.",
                examples=["5f0f6a4c-6c53-4f4e-9f1b-2f5c1a8f0b11"],
            ),
        ] = None,
        if_match: Annotated[
            str | None, Header(max_length=1000, description="The ETag of the version the change builds on.")
        ] = None,
    ) -> None:  # fmt: skip
        if idempotency_key is None:
            raise IdempotencyKeyMissingError
        self.office = office
        self._request = CommandRequest(
            caller.actor, f"{request.method} {request.url.path}", idempotency_key,
            office.vault.digest(sha256(body).digest()), correlation_of(request), if_match,
        )  # fmt: skip

    def carry_out(
        self,
        command: Callable[Concatenate[Installation, Context, P], Outcome[object]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Response:
        """Carry out `command` with `args`, exactly once."""
        return self._response(
            self.office.desk.carry_out(self._request, lambda context: command(self.office, context, *args, **kwargs))
        )

    def rehearse(
        self,
        command: Callable[Concatenate[Installation, Context, P], Outcome[object]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Response:
        """Answer as `command` with `args` would, and store nothing."""
        return self._response(
            self.office.desk.rehearse(self._request, lambda context: command(self.office, context, *args, **kwargs))
        )

    def _response(self, answer: Answer) -> Response:
        headers = {POSITION_HEADER: self.office.vault.position_token(answer.position), "Cache-Control": "no-store"}
        if answer.version is not None:
            headers["ETag"] = answer.version
        return Response(answer.body, answer.status, headers, "application/json")


CommandDesk = Annotated[Desk, Depends()]


class Look:
    """One read: who looks, why, and how fresh it must be."""

    def __init__(
        self,
        request: Request,
        response: Response,
        office: Office,
        caller: ScopedCaller,
        reason: Annotated[
            ReadReason | None, Query(description="Why a saksbehandler opens a colleague's case; logged.")
        ] = None,
        at_least: Annotated[
            str | None, Header(alias=AT_LEAST_HEADER, max_length=100, description="Husrom-Position of a command.")
        ] = None,
    ) -> None:
        response.headers["Cache-Control"] = "no-store"
        self.office = office
        correlation = correlation_of(request)
        self.context = Context(caller.actor, correlation, correlation, office.clock.now(), reason=reason)
        if at_least is not None:
            wait_for_views(office, position_in(office, at_least))


Looking = Annotated[Look, Depends()]


def position_in(office: Installation, token: str) -> int:
    """Raises `InvalidInputError` for a token that no command here has answered with."""
    try:
        return office.vault.position_of(token)
    except SealBrokenError:
        raise InvalidInputError(f"{AT_LEAST_HEADER} må være Husrom-Position fra svaret på en kommando.") from None
