"""The part of a rulebook about the waiting list: ranking criteria, fit, and reasons to decline (M14, B06, LW2).

All of it is dated: another rulebook gives another order from its date, and an order keeps the version it was made by.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.law.requirement import require


class CriterionKind(StrEnum):
    """What kind of fact answers a ranking criterion."""

    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"


class Better(StrEnum):
    """Which answer to a ranking criterion goes first."""

    YES = "yes"
    NO = "no"
    HIGHER = "higher"
    LOWER = "lower"
    EARLIER = "earlier"
    LATER = "later"


class RankedFact(StrEnum):
    """What a ranking criterion is about. The last ones are here to be refused by name (LW2)."""

    HOUSING = "housing"
    """How the household lives now."""
    URGENCY = "urgency"
    SAFETY = "safety"
    HOUSEHOLD = "household"
    HARM_TO_HEALTH = "harm_to_health"
    """What the present home does to somebody's health; never what somebody's health is."""
    ECONOMY = "economy"
    WAITING_TIME = "waiting_time"

    GENDER = "gender"
    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    DISABILITY = "disability"
    AGE = "age"
    SEXUAL_ORIENTATION = "sexual_orientation"


class DeclineConsequence(StrEnum):
    """What declining an offer does to the place on the waiting list. A machine never removes anyone (LV5)."""

    KEEPS_PLACE = "keeps_place"
    SAKSBEHANDLER_ASSESSES = "saksbehandler_assesses"


class PartTimeChildren(StrEnum):
    """How a child who lives there part of the time counts when a household is held against a dwelling."""

    WHOLE = "whole"
    HALF = "half"
    """Two such children count as one person, and one of them as one too."""
    NOT = "not"


NO_ANSWER = "no_answer"
"""The reason of an offer that nobody answered in time."""

ALLOWED_ANSWERS: Mapping[CriterionKind, frozenset[Better]] = {
    CriterionKind.YES_NO: frozenset({Better.YES, Better.NO}),
    CriterionKind.NUMBER: frozenset({Better.HIGHER, Better.LOWER}),
    CriterionKind.DATE: frozenset({Better.EARLIER, Better.LATER}),
}

NEVER_RANKED_BY = frozenset(
    {
        RankedFact.GENDER,
        RankedFact.ETHNICITY,
        RankedFact.RELIGION,
        RankedFact.DISABILITY,
        RankedFact.AGE,
        RankedFact.SEXUAL_ORIENTATION,
    }
)
"""What no ranking criterion may be about, and codes that none may have (LW2)."""


@dataclass(frozen=True, kw_only=True)
class RankingCriterion:
    """One step of the computed order (M14, B06): what is asked, what kind of answer, which answer goes first.

    `fact`: what the question is about, so that nobody is ranked by who they are under another name (LW2).
    """

    code: str
    text_nb: str
    fact: RankedFact
    kind: CriterionKind
    better: Better

    def __post_init__(self) -> None:
        for ground in (self.code, self.fact):
            require(ground not in NEVER_RANKED_BY, f"Nobody is ranked by {ground} ({self.code}, LW2).")
        allowed = sorted(ALLOWED_ANSWERS[self.kind])
        require(self.better in allowed, f"{self.code} is {self.kind}: better must be one of {allowed}.")


@dataclass(frozen=True, kw_only=True)
class FitLimits:
    """The municipality's own limits on household against rooms (M14); None where it has none.

    `persons_per_room`: at most so many people to a room. `spare_rooms`: at most so many rooms more than are needed.
    """

    persons_per_room: int | None = None
    spare_rooms: int | None = None
    part_time_children: PartTimeChildren = PartTimeChildren.WHOLE

    def __post_init__(self) -> None:
        require(self.persons_per_room is None or self.persons_per_room >= 1, "fit.persons_per_room must be at least 1.")
        require(self.spare_rooms is None or self.spare_rooms >= 0, "fit.spare_rooms may not be under 0.")

    def persons(self, *, adults: int, children: int, children_part_time: int) -> int:
        """How many people a household counts as."""
        counted = {
            PartTimeChildren.WHOLE: children_part_time,
            PartTimeChildren.HALF: (children_part_time + 1) // 2,
            PartTimeChildren.NOT: 0,
        }
        return adults + children + counted[self.part_time_children]


@dataclass(frozen=True, kw_only=True)
class DeclineReason:
    """A coded reason to decline an offer, and what it does to the place on the list (M14)."""

    code: str
    text_nb: str
    consequence: DeclineConsequence
