"""Who may do what the mandate gives to one role alone."""

from domain.actors import By
from domain.refusals import SaksbehandlerOnlyError


def require_saksbehandler(by: By) -> None:
    """Raise `SaksbehandlerOnlyError` unless `by` acts as saksbehandler at Service og tildeling (M06, M09, M13)."""
    if not by.as_actor.is_saksbehandler:
        raise SaksbehandlerOnlyError()
