"""Permits for casework: for who handles the case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from domain.access.decision import Action
from domain.base import HusromAggregate
from services.context import Context
from services.core.duties import SAKSBEHANDLER, Duty
from services.core.permits.door import IN_PATH, Door, ask_gate, named, require
from services.core.permits.subject import its_case
from services.installation import Installation
from services.permits import Permit

S = TypeVar("S", bound=HusromAggregate)


@dataclass(frozen=True)
class Handles(Generic[S]):
    """Casework: for who handles the case that the aggregate is in. Checks If-Match.

    The path names the aggregate, which names its case (`case_of`). With `id_of` the path names a case, and `id_of` says
    under which id the aggregate is kept. About no single case, it is for any saksbehandler at Service og tildeling.
    `own`: to whom the aggregate belongs so that seeing its case is enough (an assignee and her task).
    `also`: who gets it without any case decision, such as a machine that only reports.
    `first`: a duty that is asked for before anything is loaded.
    """

    kind: type[S]
    id_of: Callable[[UUID], UUID] | None = None
    case_of: Callable[[Installation, S], UUID | None] = its_case
    own: Callable[[Door, S], bool] | None = None
    also: Callable[[Context, S], bool] | None = None
    first: Duty | None = None
    named_in: str = IN_PATH
    purpose: str | None = None

    def admit(self, door: Door) -> S:
        if self.first is not None:
            require(door, self.first)
        found = self._by_case(door) if self.id_of is not None else self._by_id(door)
        door.context.expect(found)
        return found

    def _by_case(self, door: Door) -> S:
        assert self.id_of is not None
        case = named(door, self.named_in)
        ask_gate(door, Action.HANDLE, case, self.purpose)
        return door.office.case_log.load(self.kind, self.id_of(case))

    def _by_id(self, door: Door) -> S:
        found = door.office.case_log.load(self.kind, named(door, self.named_in))
        if self.also is not None and self.also(door.context, found):
            return found
        case = self.case_of(door.office, found)
        if case is None:
            require(door, SAKSBEHANDLER)
        else:
            is_own = self.own is not None and self.own(door, found)
            ask_gate(door, Action.READ if is_own else Action.HANDLE, case, self.purpose)
        return found

    def __str__(self) -> str:
        others = [f"or {way.__name__}" for way in (self.own, self.also) if way is not None]
        return " ".join([f"handles {self.kind.__name__}", *others])


@dataclass(frozen=True)
class HandlesCase:
    """Casework where there is no aggregate yet: for who handles the case. Gives the decision, with the case's id."""

    named_in: str = IN_PATH
    purpose: str | None = None

    def admit(self, door: Door) -> Permit:
        return ask_gate(door, Action.HANDLE, named(door, self.named_in), self.purpose)

    def __str__(self) -> str:
        return "handles the case"
