"""The part of a rulebook that orders the waiting list: ranking criteria and reasons to decline (M14, B06)."""

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


class DeclineConsequence(StrEnum):
    """What declining an offer does to the place on the waiting list. A machine never removes anyone (LV5)."""

    KEEPS_PLACE = "keeps_place"
    SAKSBEHANDLER_ASSESSES = "saksbehandler_assesses"


ALLOWED_ANSWERS: Mapping[CriterionKind, frozenset[Better]] = {
    CriterionKind.YES_NO: frozenset({Better.YES, Better.NO}),
    CriterionKind.NUMBER: frozenset({Better.HIGHER, Better.LOWER}),
    CriterionKind.DATE: frozenset({Better.EARLIER, Better.LATER}),
}

NEVER_RANKED_BY = frozenset({"gender", "ethnicity", "religion", "disability", "age", "sexual_orientation"})
"""Codes that no ranking criterion may have (LW2)."""


@dataclass(frozen=True, kw_only=True)
class RankingCriterion:
    """One step of the computed order (M14, B06): what is asked, what kind of answer, which answer goes first."""

    code: str
    text_nb: str
    kind: CriterionKind
    better: Better

    def __post_init__(self) -> None:
        require(self.code not in NEVER_RANKED_BY, f"Nobody is ranked by {self.code} (LW2).")
        allowed = sorted(ALLOWED_ANSWERS[self.kind])
        require(self.better in allowed, f"{self.code} is {self.kind}: better must be one of {allowed}.")


@dataclass(frozen=True, kw_only=True)
class DeclineReason:
    """A coded reason to decline an offer, and what it does to the place on the list (M14)."""

    code: str
    text_nb: str
    consequence: DeclineConsequence
