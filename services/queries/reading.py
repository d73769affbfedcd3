"""One look into one case: what is opened is exactly what is shown, and both are one line in the log (design D3)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from domain.access.decision import Action
from domain.access.kinds import InformationKind
from domain.sealed import Sealed
from services.context import Context
from services.gate import Permit
from services.installation import Installation

ShownT = TypeVar("ShownT")


@dataclass
class Reading:
    """What one reader sees of one case. The answer is built twice with it: to learn what it shows, then to show it."""

    permit: Permit
    texts: dict[Sealed, str | None] = field(default_factory=dict)
    plain: set[InformationKind] = field(default_factory=set)

    def text(self, sealed: Sealed | None) -> str | None:
        """What a closed value says; None when the reader may not see it."""
        return None if sealed is None else self.texts.setdefault(sealed, None)

    def sees(self, kind: InformationKind) -> bool:
        """Whether the reader may see codes, counts and dates of that kind; when asked, they stand in the log."""
        self.plain.add(kind)
        return self.permit.decision.opens(kind)

    @property
    def withheld(self) -> list[str]:
        """The permanent names of the closed values that stay closed."""
        return sorted({sealed.field for sealed, text in self.texts.items() if text is None})


def read_case(
    office: Installation, context: Context, case: UUID, build: Callable[[Reading], ShownT], *, purpose: str
) -> ShownT:
    """The answer that `build` makes of what the actor may see of `case`. Raises what `Gate.open` raises."""
    reading = Reading(office.gate.permit(context, Action.READ, case, purpose=purpose))
    build(reading)
    asked = list(reading.texts)
    opened = office.gate.open(
        context, case, {str(n): sealed for n, sealed in enumerate(asked)}, purpose=purpose,
        plain=frozenset(reading.plain),
    )  # fmt: skip
    reading.texts = {sealed: opened.texts[str(n)] for n, sealed in enumerate(asked)}
    return build(reading)
