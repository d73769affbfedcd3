"""One look into one case: what is opened is exactly what is shown, and both are one line in the log (design D3)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from domain.access.decision import Action, Rule
from domain.access.kinds import InformationKind, kind_of
from domain.actors import EmployeeId
from services.boxes import Closed
from services.context import Context
from services.installation import Installation
from services.permits import Permit

ShownT = TypeVar("ShownT")


OWN_PARTS = (Rule.SUBMITTER, Rule.ASSIGNEE)
"""Grounds that open some of what the whole case shows: an own submission, an own task (M04, M15)."""


@dataclass
class Reading:
    """What one reader sees of one case. The answer is built twice with it: to learn what it shows, then to show it.

    `ground`: the one that opens the part of the case being read, when it is a part only: an item to a guest (M03).
    """

    reader: EmployeeId
    permit: Permit
    today: date
    ground: Rule | None = None
    texts: dict[Closed, str | None] = field(default_factory=dict)
    plain: set[InformationKind] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)

    def text(self, sealed: Closed | None, *, in_part: bool = False) -> str | None:
        """What a closed value says; None when the reader may not see it. `OwnedBy` for data of somebody else's.

        `in_part`: it is for those too who have only a task or a submission in the case (M04, M15).
        """
        if sealed is None:
            return None
        if not (self._opens(kind_of(sealed)) or (in_part and self._opens_in_own_part(kind_of(sealed)))):
            self.closed.add(sealed.field)
            return None
        return self.texts.setdefault(sealed, None)

    def sees(self, kind: InformationKind) -> bool:
        """Whether the reader may see codes, counts and dates of that kind; then they stand in the log."""
        if not self._opens(kind):
            return False
        self.plain.add(kind)
        return True

    def _opens(self, kind: InformationKind) -> bool:
        decision = self.permit.decision
        return decision.opens_in_case(kind) or (self.ground is not None and decision.opens_by(self.ground, kind))

    def _opens_in_own_part(self, kind: InformationKind) -> bool:
        """Whom a case is about is told with whatever part of it opens."""
        decision = self.permit.decision
        if kind is InformationKind.IDENTITY:
            return decision.opens(kind)
        return any(decision.opens_by(rule, kind) for rule in OWN_PARTS)

    @property
    def withheld(self) -> list[str]:
        """The permanent names of the closed values that stay closed."""
        return sorted(self.closed | {sealed.field for sealed, text in self.texts.items() if text is None})


def read_case(
    office: Installation, context: Context, case: UUID, build: Callable[[Reading], ShownT], *, purpose: str
) -> ShownT:
    """The answer that `build` makes of what the actor may see of `case`. Raises what `Gate.open` raises."""
    permit = office.gate.permit(context, Action.READ, case, purpose=purpose)
    return read_as(office, context, permit, build, purpose=purpose)


def read_as(
    office: Installation, context: Context, permit: Permit, build: Callable[[Reading], ShownT], *, purpose: str
) -> ShownT:
    """As `read_case`, for who has the decision already: an operation gets it from its permit."""
    reading = Reading(context.actor.id, permit, context.today)
    build(reading)
    asked = list(reading.texts)
    opened = office.gate.open(
        context, permit, {str(n): sealed for n, sealed in enumerate(asked)}, purpose=purpose,
        plain=frozenset(reading.plain),
    )  # fmt: skip
    reading.texts = {sealed: opened.texts[str(n)] for n, sealed in enumerate(asked)}
    return build(reading)
