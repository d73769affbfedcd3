"""One look into one case: what is opened is exactly what is shown, and both are one line in the log (design D3)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from domain.access.decision import Action
from domain.access.kinds import InformationKind, kind_of
from domain.actors import EmployeeId
from domain.sealed import Sealed
from services.context import Context
from services.gate import Permit
from services.installation import Installation

ShownT = TypeVar("ShownT")


@dataclass
class Reading:
    """What one reader sees of one case. The answer is built twice with it: to learn what it shows, then to show it."""

    reader: EmployeeId
    permit: Permit
    texts: dict[Sealed, str | None] = field(default_factory=dict)
    plain: set[InformationKind] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)

    def text(self, sealed: Sealed | None, *, in_part: bool = False) -> str | None:
        """What a closed value says; None when the reader may not see it.

        `in_part`: it is for those too who have only a task or a submission in the case (M04, M15).
        """
        if sealed is None:
            return None
        if not (in_part or self.permit.decision.opens_in_case(kind_of(sealed))):
            self.closed.add(sealed.field)
            return None
        return self.texts.setdefault(sealed, None)

    def sees(self, kind: InformationKind) -> bool:
        """Whether the reader may see codes, counts and dates of that kind; when asked, they stand in the log."""
        self.plain.add(kind)
        return self.permit.decision.opens_in_case(kind)

    @property
    def withheld(self) -> list[str]:
        """The permanent names of the closed values that stay closed."""
        return sorted(self.closed | {sealed.field for sealed, text in self.texts.items() if text is None})


def read_case(
    office: Installation, context: Context, case: UUID, build: Callable[[Reading], ShownT], *, purpose: str
) -> ShownT:
    """The answer that `build` makes of what the actor may see of `case`. Raises what `Gate.open` raises."""
    reading = Reading(context.actor.id, office.gate.permit(context, Action.READ, case, purpose=purpose))
    build(reading)
    asked = list(reading.texts)
    opened = office.gate.open(
        context, case, {str(n): sealed for n, sealed in enumerate(asked)}, purpose=purpose,
        plain=frozenset(reading.plain),
    )  # fmt: skip
    reading.texts = {sealed: opened.texts[str(n)] for n, sealed in enumerate(asked)}
    return build(reading)
