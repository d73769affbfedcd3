"""What a permit is, and the door it stands at.

`path` below means the first name in the operation's path. A refusal by the gate is logged under the operation's id, or
under `purpose` where the log has another name for it.
"""

from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

from domain.access.decision import Action, Rule
from domain.refusals import NotFoundError
from services.context import Context
from services.core.duties import Duty
from services.door import log_refusal
from services.installation import Installation
from services.permits import Permit

IN_PATH: Final = "path"

S_co = TypeVar("S_co", covariant=True)


@dataclass(frozen=True)
class Door:
    """A request at an operation's door. `ids`: what stands in its path, in order; `sent`: its body, or what is asked."""

    operation: str
    office: Installation
    context: Context
    ids: tuple[Any, ...]
    sent: Any


class PermitKind(Protocol[S_co]):
    """Decides who gets in, and gives what the operation works on."""

    @property
    def named_in(self) -> str | None:
        """Where the subject is named: `IN_PATH`, or the field of what is sent. None for a permit that gives none.

        The path's first id is used up by `IN_PATH`; all other ids go to the function.
        """

    def admit(self, door: Door) -> S_co:
        """The subject. Raises the refusal of who may not have it."""


def require(door: Door, duty: Duty) -> None:
    """Raise the duty's refusal for who does not have it. One that hides that there is anything is logged here (R18)."""
    try:
        duty.require(door.context.by)
    except NotFoundError:
        context = door.context
        log_refusal(door.office, context.actor, door.operation, context.correlation, rule=Rule.NO_RELATION.value)
        raise


def named(door: Door, where: str) -> UUID:
    """The path's first id, or the one that the field of what is sent holds."""
    id: UUID = door.ids[0] if where == IN_PATH else getattr(door.sent, where)
    return id


def ask_gate(door: Door, action: Action, case: UUID, purpose: str | None) -> Permit:
    """The gate's decision. Raises what it refuses with, which it has logged."""
    return door.office.gate.permit(door.context, action, case, purpose=purpose or door.operation)
