"""What a machine may do: the operations that its token names as scopes (R08, design D16)."""

from services.core import catalogue
from services.core.registry import Area
from services.refusals import ScopeMissingError, ScopeTooWideError


def require_scope(operation: str, scopes: frozenset[str]) -> None:
    """Raise `ScopeMissingError` for an operation without its scope, `ScopeTooWideError` for the directory and more.

    Who may keep the directory may do nothing else: it gives seats, and sits in none.
    """
    if operation not in scopes:
        raise ScopeMissingError(codes=(operation,))
    directory = {one.id for one in catalogue.operations() if one.area is Area.EMPLOYEES}
    if operation in directory and not scopes <= directory:
        raise ScopeTooWideError
