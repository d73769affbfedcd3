"""What is refused before or beside a decision about a case leaves a line in the disclosure log too (D16, R18)."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from domain.access.disclosure import Disclosure
from domain.actors import Actor, By
from domain.refusals import NotAllowedError
from services.installation import Installation
from services.permits import DecidedAgainstError, log_available


@contextmanager
def refusals_logged(office: Installation, actor: Actor, operation: str, correlation: UUID) -> Iterator[None]:
    """Log what `actor` is refused within: a duty that the seat does not have, a scope, access to be given to oneself.

    What the gate decided against is in the log already. Raises `LogUnavailableError` when the line cannot be stored.
    """
    try:
        yield
    except DecidedAgainstError:
        raise
    except NotAllowedError as refusal:
        log_refusal(office, actor, operation, correlation, rule=f"{refusal.rule}_{refusal.code}")
        raise


def log_refusal(office: Installation, actor: Actor, operation: str, correlation: UUID, *, rule: str) -> None:
    """Store that somebody was stopped, at which operation and by which rule."""
    by = By.of(actor, correlation=correlation, cause=correlation)
    with log_available():
        stopped = Disclosure.of(
            Disclosure.RefusedAtDoor, id=uuid4(), by=by, at=office.clock.now(), operation=operation, rules=(rule,),
            decided_at=office.case_log.head(),
        )  # fmt: skip
        office.disclosure_log.append(stopped)
