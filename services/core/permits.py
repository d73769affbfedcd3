"""Permits: who gets in to an operation. Each gives the operation its subject, and there is no other way to get it.

`path` below means the first name in the operation's path. A refusal by the gate is logged under the operation's id, or
under `purpose` where the log has another name for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar
from uuid import UUID

from domain.access.decision import Action, Rule
from domain.base import HusromAggregate
from domain.refusals import NotFoundError
from services.context import Context
from services.core.duties import SAKSBEHANDLER, Duty
from services.door import log_refusal
from services.installation import Installation
from services.permits import Permit

IN_PATH: Final = "path"

S = TypeVar("S", bound=HusromAggregate)
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


def itself(case: UUID) -> UUID:
    """For `Handles(Case, itself)`: the id of a case's own stream."""
    return case


def its_case(_: Installation, aggregate: Any) -> UUID | None:
    """The case that most aggregates name."""
    case: UUID | None = aggregate.case
    return case


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
            _require(door, self.first)
        found = self._by_case(door) if self.id_of is not None else self._by_id(door)
        door.context.expect(found)
        return found

    def _by_case(self, door: Door) -> S:
        assert self.id_of is not None
        case = _named(door, self.named_in)
        _permit(door, Action.HANDLE, case, self.purpose)
        return door.office.case_log.load(self.kind, self.id_of(case))

    def _by_id(self, door: Door) -> S:
        found = door.office.case_log.load(self.kind, _named(door, self.named_in))
        if self.also is not None and self.also(door.context, found):
            return found
        case = self.case_of(door.office, found)
        if case is None:
            _require(door, SAKSBEHANDLER)
        else:
            is_own = self.own is not None and self.own(door, found)
            _permit(door, Action.READ if is_own else Action.HANDLE, case, self.purpose)
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
        return _permit(door, Action.HANDLE, _named(door, self.named_in), self.purpose)

    def __str__(self) -> str:
        return "handles the case"


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
        id = _named(door, self.named_in)
        if self.id_of is not None:
            permit = _permit(door, self.action, id, self.purpose)
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
        return _permit(door, self.action, case, self.purpose)

    def __str__(self) -> str:
        by = ", who handles its case" if self.action is Action.HANDLE else ""
        return f"reads {self.kind.__name__}{by}"


@dataclass(frozen=True)
class ReadsCase:
    """For who may see something of the case. Gives the decision, which says how much."""

    named_in: str = IN_PATH
    purpose: str | None = None

    def admit(self, door: Door) -> Permit:
        return _permit(door, Action.READ, _named(door, self.named_in), self.purpose)

    def __str__(self) -> str:
        return "reads the case"


@dataclass(frozen=True)
class ReadsEach:
    """A list: each row is decided by itself, and what the reader may not see leaves no trace. `first`: asked before."""

    first: Duty | None = None
    named_in: None = None

    def admit(self, door: Door) -> None:
        if self.first is not None:
            _require(door, self.first)

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
            _require(door, self.first)
        found = door.office.case_log.load(self.kind, door.ids[0])
        door.context.expect(found)
        inhabil = door.office.gate.permit_comparison(
            door.context, found.id, self.cases(door.office, found), purpose=self.purpose or door.operation
        )
        return Compared(found, inhabil)

    def __str__(self) -> str:
        return f"compares for {self.kind.__name__}"


@dataclass(frozen=True)
class Keeps(Generic[S]):
    """What is about no case, for who has the duty of keeping it: dwellings, meetings, the directory. Checks If-Match."""

    kind: type[S]
    duty: Duty = SAKSBEHANDLER
    named_in: str = IN_PATH

    def admit(self, door: Door) -> S:
        _require(door, self.duty)
        found = door.office.case_log.load(self.kind, _named(door, self.named_in))
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
        _require(door, self.duty)
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
        _require(door, self.duty)

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


def _require(door: Door, duty: Duty) -> None:
    """Raise the duty's refusal for who does not have it. One that hides that there is anything is logged here (R18)."""
    try:
        duty.require(door.context.by)
    except NotFoundError:
        context = door.context
        log_refusal(door.office, context.actor, door.operation, context.correlation, rule=Rule.NO_RELATION.value)
        raise


def _named(door: Door, where: str) -> UUID:
    """The path's first id, or the one that the field of what is sent holds."""
    id: UUID = door.ids[0] if where == IN_PATH else getattr(door.sent, where)
    return id


def _permit(door: Door, action: Action, case: UUID, purpose: str | None) -> Permit:
    return door.office.gate.permit(door.context, action, case, purpose=purpose or door.operation)
