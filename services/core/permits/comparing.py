"""The permit for comparing candidates: for who is inhabil for none of them (B05)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from domain.base import HusromAggregate
from services.core.duties import SAKSBEHANDLER, Duty
from services.core.permits.door import IN_PATH, Door, require
from services.installation import Installation

S = TypeVar("S", bound=HusromAggregate)


@dataclass(frozen=True)
class Compared(Generic[S]):
    """Where candidates are compared: what they are compared for, and who is inhabil for one of them."""

    subject: S
    inhabil: frozenset[UUID]


@dataclass(frozen=True)
class Compares(Generic[S]):
    """A comparison: for who is inhabil for none of the candidates (B05). `cases`: theirs. `first`: asked before."""

    kind: type[S]
    cases: Callable[[Installation, S], Sequence[UUID]]
    first: Duty | None = SAKSBEHANDLER
    named_in: str = IN_PATH
    purpose: str | None = None

    def admit(self, door: Door) -> Compared[S]:
        if self.first is not None:
            require(door, self.first)
        found = door.office.case_log.load(self.kind, door.ids[0])
        door.context.expect(found)
        inhabil = door.office.gate.permit_comparison(
            door.context, found.id, self.cases(door.office, found), purpose=self.purpose or door.operation
        )
        return Compared(found, inhabil)

    def __str__(self) -> str:
        return f"compares for {self.kind.__name__}"
