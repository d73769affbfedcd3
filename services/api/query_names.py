"""An unknown name in the address is refused, as an unknown field in a body is: `?name=Berit` must not list everybody."""

from typing import Final

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute

from services.refusals import ReasonOpensOneCaseError, UnknownQueryNameError

REASON: Final = "reason"
"""What a stated reason is called in the address."""


def refuse_unknown_names(request: Request) -> None:
    """Raise `UnknownQueryNameError` unless the route that was matched knows every name in the address.

    `ReasonOpensOneCaseError` for a stated reason where more than one case is looked at, or none (D4).
    """
    if not request.query_params:
        return
    known = known_names(request.scope["route"])
    unknown = set(request.query_params) - set(known)
    if REASON in unknown:
        raise ReasonOpensOneCaseError
    if unknown:
        raise UnknownQueryNameError(_in_words(known))


def known_names(route: APIRoute) -> list[str]:
    """What may stand after the question mark in the route's address, in alphabetical order."""
    return sorted(field.alias for field in get_flat_params(route.dependant) if isinstance(field.field_info, Query))


def _in_words(known: list[str]) -> str:
    if not known:
        return "Her kan ingenting stå etter spørsmålstegnet."
    return f"Dette kan stå der: {', '.join(f'«{name}»' for name in known)}."
