"""Permits for reading: for who may see something of the case, or who knew of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from domain.access.decision import Action
from domain.base import HusromAggregate
from services.context import Context
from services.core.duties import Duty
from services.core.permits.door import IN_PATH, Door, ask_gate, named, require
from services.core.permits.subject import its_case
from services.installation import Installation
from services.permits import Permit

S = TypeVar("S", bound=HusromAggregate)


@dataclass(frozen=True)
class Read(Generic[S]):
    """What may be read, and the decision that says how much of it."""

    subject: S
    permit: Permit


@dataclass(frozen=True)
class Reads(Generic[S]):
    """For who may see something of the case that the aggregate is in. `id_of`, `case_of`: as in `Handles`.

    For a command as well, where seeing is enough to report something. Checks If-Match. `action`: what must be allowed
    where seeing is not enough, such as taking something out of the case.
    """

    kind: type[S]
    id_of: Callable[[UUID], UUID] | None = None
    case_of: Callable[[Installation, S], UUID | None] = its_case
    action: Action = Action.READ
    named_in: str = IN_PATH
    purpose: str | None = None

    def admit(self, door: Door) -> Read[S]:
        id = named(door, self.named_in)
        if self.id_of is not None:
            permit = ask_gate(door, self.action, id, self.purpose)
            found = door.office.case_log.load(self.kind, self.id_of(id))
        else:
            found = door.office.case_log.load(self.kind, id)
            permit = self._permit_of(door, found)
        door.context.expect(found)
        return Read(found, permit)

    def _permit_of(self, door: Door, found: S) -> Permit:
        case = self.case_of(door.office, found)
        if case is None:
            return door.office.gate.permit_vacancy(door.context, found.id)
        return ask_gate(door, self.action, case, self.purpose)

    def __str__(self) -> str:
        by = ", who handles its case" if self.action is Action.HANDLE else ""
        return f"reads {self.kind.__name__}{by}"


@dataclass(frozen=True)
class ReadsCase:
    """For who may see something of the case. Gives the decision, which says how much."""

    named_in: str = IN_PATH
    purpose: str | None = None

    def admit(self, door: Door) -> Permit:
        return ask_gate(door, Action.READ, named(door, self.named_in), self.purpose)

    def __str__(self) -> str:
        return "reads the case"


@dataclass(frozen=True)
class ReadsEach:
    """A list: each row is decided by itself, and what the reader may not see leaves no trace. `first`: asked before."""

    first: Duty | None = None
    named_in: None = None

    def admit(self, door: Door) -> None:
        if self.first is not None:
            require(door, self.first)

    def __str__(self) -> str:
        return f"reads each row{f', {self.first.name} only' if self.first else ''}"


@dataclass(frozen=True)
class Audits:
    """For a reviewer: who knew of the case, not what it says. Gives the decision. The look is logged.

    `first`: refuses what is asked where it makes no sense, before there is a look to log.
    """

    first: Callable[[Context, Any], None] | None = None
    named_in: str = IN_PATH

    def admit(self, door: Door) -> Permit:
        if self.first is not None:
            self.first(door.context, door.sent)
        return door.office.gate.audit(door.context, door.ids[0])

    def __str__(self) -> str:
        return "audits the case"
