"""What every operation has over HTTP: its errors and headers, and what is asked of who calls (designs D7, D10)."""

from typing import Annotated, Final

from fastapi import Depends, Request

from domain.actors import Role
from services.api.problems import answers, correlation_of
from services.api.query_names import refuse_unknown_names
from services.api.tokens import CurrentCaller
from services.door import refusals_logged
from services.installation import Installation
from services.refusals import InvalidInputError
from services.scopes import require_scope
from services.seating import Caller
from services.vault import SealBrokenError

POSITION_HEADER: Final = "Husrom-Position"
AT_LEAST_HEADER: Final = "Husrom-At-Least"

COMMAND_ERRORS: Final = answers(401, 403, 404, 409, 410, 412, 413, 415, 422, 428, 503)
QUERY_ERRORS: Final = answers(401, 403, 404, 409, 410, 422, 503)


def installation_of(request: Request) -> Installation:
    """The installation that this process built when it started, for this request."""
    office: Installation = request.app.state.office
    return office.for_request()


Office = Annotated[Installation, Depends(installation_of)]


def caller_within_scopes(request: Request, caller: CurrentCaller) -> Caller:
    """The caller. A machine may do what its scopes name, by operation id, and nothing else.

    Raises ScopeMissingError, and what `refuse_unknown_names` raises for a name in the address.
    """
    operation = request.scope["route"].operation_id
    office: Installation = request.app.state.office
    with refusals_logged(office, caller.actor, operation, correlation_of(request)):
        if caller.actor.role is Role.MACHINE:
            require_scope(operation, caller.scopes)
    refuse_unknown_names(request)
    return caller


def position_in(office: Installation, token: str) -> int:
    """Raises `InvalidInputError` for a token that no command here has answered with."""
    try:
        return office.vault.position_of(token)
    except SealBrokenError:
        raise InvalidInputError(f"{AT_LEAST_HEADER} må være Husrom-Position fra svaret på en kommando.") from None
