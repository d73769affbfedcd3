"""Whether a dwelling fits a household: size, accessibility, area, pets (M14). Every reason against it is named."""

from dataclasses import dataclass
from enum import StrEnum

from domain.housing.dwelling import DwellingFacts
from domain.law.waiting_list_guidelines import FitLimits

GROUND_FLOOR = 1


class Misfit(StrEnum):
    """Why somebody is not in the order for a dwelling."""

    TOO_FEW_ROOMS = "too_few_rooms"
    NOT_STEP_FREE = "not_step_free"
    OTHER_AREA = "other_area"
    HOUSEHOLD_TOO_LARGE = "household_too_large"
    TOO_MANY_ROOMS = "too_many_rooms"
    CARE_HOUSING = "care_housing"
    NO_LIFT = "no_lift"
    NO_PETS = "no_pets"
    PAUSED = "paused"
    """The dwelling might fit, but the place on the list is paused."""


@dataclass(frozen=True, kw_only=True)
class HousingNeed:
    """What a household needs. `areas`: codes of the only areas that will do; empty when any will.

    `children` live there all the time, `children_part_time` a part of it. `pets`: there are pets that come along.
    """

    adults: int
    children: int
    rooms_at_least: int
    step_free: bool
    areas: tuple[str, ...] = ()
    children_part_time: int = 0
    lift: bool = False
    pets: bool = False

    @staticmethod
    def upcast_v1(need: dict[str, object]) -> None:
        """Before part-time children stood apart they were counted among the children, and nobody asked for the rest."""
        need.update(children_part_time=0, lift=False, pets=False)


NO_LIMITS = FitLimits()


def misfits(*, need: HousingNeed, dwelling: DwellingFacts, limits: FitLimits = NO_LIMITS) -> tuple[Misfit, ...]:
    """Every reason why `dwelling` does not fit `need`; empty when it does. What is not known of it is no reason."""
    found = {
        Misfit.CARE_HOUSING: dwelling.care_housing,
        Misfit.TOO_FEW_ROOMS: dwelling.rooms < need.rooms_at_least,
        Misfit.TOO_MANY_ROOMS: _too_many_rooms(need, dwelling, limits),
        Misfit.HOUSEHOLD_TOO_LARGE: _too_many_people(need, dwelling, limits),
        Misfit.NOT_STEP_FREE: need.step_free and not dwelling.step_free,
        Misfit.NO_LIFT: need.lift and dwelling.lift is False and dwelling.floor != GROUND_FLOOR,
        Misfit.NO_PETS: need.pets and dwelling.pets is False,
        Misfit.OTHER_AREA: bool(need.areas) and dwelling.area not in need.areas,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _too_many_rooms(need: HousingNeed, dwelling: DwellingFacts, limits: FitLimits) -> bool:
    return limits.spare_rooms is not None and dwelling.rooms > need.rooms_at_least + limits.spare_rooms


def _too_many_people(need: HousingNeed, dwelling: DwellingFacts, limits: FitLimits) -> bool:
    persons = limits.persons(adults=need.adults, children=need.children, children_part_time=need.children_part_time)
    return limits.persons_per_room is not None and persons > dwelling.rooms * limits.persons_per_room
