"""Permits for what is about no case: by a duty, by being its owner, or by what the function itself decides."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from domain.base import HusromAggregate
from domain.refusals import NotFoundError
from services.core.duties import SAKSBEHANDLER, Duty
from services.core.permits.door import IN_PATH, Door, named, require
from services.door import log_refusal

S = TypeVar("S", bound=HusromAggregate)


@dataclass(frozen=True)
class Keeps(Generic[S]):
    """What is about no case, for who has the duty of keeping it: dwellings, meetings, the directory. Checks If-Match."""

    kind: type[S]
    duty: Duty = SAKSBEHANDLER
    named_in: str = IN_PATH

    def admit(self, door: Door) -> S:
        require(door, self.duty)
        found = door.office.case_log.load(self.kind, named(door, self.named_in))
        door.context.expect(found)
        return found

    def __str__(self) -> str:
        return f"keeps {self.kind.__name__}: {self.duty.name}"


@dataclass(frozen=True)
class KeepsTheOnly(Generic[S]):
    """As `Keeps`, where there is one of the kind and the path does not name it: the working group, by its `id`."""

    kind: type[S]
    id: UUID
    duty: Duty = SAKSBEHANDLER
    named_in: None = None

    def admit(self, door: Door) -> S:
        require(door, self.duty)
        found = door.office.case_log.load(self.kind, self.id)
        door.context.expect(found)
        return found

    def __str__(self) -> str:
        return f"keeps the {self.kind.__name__}: {self.duty.name}"


@dataclass(frozen=True)
class Holds:
    """For who has a duty, where there is nothing yet to work on, or figures about nobody. Gives nothing."""

    duty: Duty
    named_in: None = None

    def admit(self, door: Door) -> None:
        require(door, self.duty)

    def __str__(self) -> str:
        return self.duty.name


@dataclass(frozen=True)
class Owns(Generic[S]):
    """For one person; to others it is not there. Checks If-Match."""

    kind: type[S]
    owner: Callable[[S], UUID]
    named_in: str = IN_PATH

    def admit(self, door: Door) -> S:
        found = door.office.case_log.load(self.kind, door.ids[0])
        if self.owner(found) != door.context.actor.id:
            context = door.context
            log_refusal(door.office, context.actor, door.operation, context.correlation, rule="C05_somebody_elses")
            raise NotFoundError
        door.context.expect(found)
        return found

    def __str__(self) -> str:
        return f"owns {self.kind.__name__}"


@dataclass(frozen=True)
class DecidesItself:
    """The function decides, `because` no permit can say it. A test lists these by name. Gives nothing."""

    because: str
    named_in: None = None

    def admit(self, door: Door) -> None:
        return None

    def __str__(self) -> str:
        return f"decides itself: {self.because}"
