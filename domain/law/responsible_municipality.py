"""Which municipality has to help (LR3): where somebody stays, unless an institution or a settlement says otherwise."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

Municipality = NewType("Municipality", str)
"""A municipality's number of four digits, or `HERE`."""

HERE = Municipality("here")
"""This installation's own municipality."""


class ResponsibilityBasis(StrEnum):
    """What makes a municipality responsible."""

    ORDINARY_STAY = "ordinary_stay"
    BEFORE_ADMISSION = "before_admission"
    """In an institution or a heldøgn place: where the person stayed before being admitted."""
    SETTLEMENT = "settlement"
    """A refugee with integreringstilskudd: where the state settled the person."""
    AGREED_MOVE = "agreed_move"
    """Such a refugee who has moved by agreement: where the person stays now."""


@dataclass(frozen=True)
class Stay:
    """Where somebody stays. `before_admission`: set for who is in an institution or heldøgn place.

    `settled_in`: set for a refugee for whom integreringstilskudd is paid; `move_agreed`: whether the municipalities
    have agreed that the person moves on.
    """

    staying_in: Municipality
    before_admission: Municipality | None = None
    settled_in: Municipality | None = None
    move_agreed: bool = False


@dataclass(frozen=True)
class Responsibility:
    """The municipality that has to help, and why."""

    municipality: Municipality
    basis: ResponsibilityBasis

    @property
    def is_here(self) -> bool:
        return self.municipality == HERE


def responsible_municipality(stay: Stay) -> Responsibility:
    """Who has to help somebody who stays like this (LR3). How long the stay has lasted never matters (LR2)."""
    if stay.settled_in is not None and not stay.move_agreed:
        return Responsibility(stay.settled_in, ResponsibilityBasis.SETTLEMENT)
    if stay.before_admission is not None:
        return Responsibility(stay.before_admission, ResponsibilityBasis.BEFORE_ADMISSION)
    if stay.settled_in is not None:
        return Responsibility(stay.staying_in, ResponsibilityBasis.AGREED_MOVE)
    return Responsibility(stay.staying_in, ResponsibilityBasis.ORDINARY_STAY)
