"""Which households a dwelling fits, held against a small oracle over every combination (M14)."""

from itertools import product

import pytest

from domain.housing.dwelling import DwellingFacts, DwellingKind
from domain.housing.fit import HousingNeed, Misfit, misfits
from domain.law.waiting_list_guidelines import FitLimits, PartTimeChildren
from tests.domain.decision_support import dwelling_facts

SMALL = HousingNeed(adults=1, children=0, rooms_at_least=1, step_free=False)


def a_dwelling(*, rooms: int, floor: int, step_free: bool, lift: bool | None, pets: bool | None) -> DwellingFacts:
    return DwellingFacts(
        area="centre", kind=DwellingKind.FLAT, rooms=rooms, square_metres=50, floor=floor, step_free=step_free,
        lift=lift, pets=pets,
    )  # fmt: skip


def oracle_rooms(need: HousingNeed, dwelling: DwellingFacts, limits: FitLimits) -> set[str]:
    """Written from the guidelines, person by person: seats in the rooms against people who need one."""
    people = ["adult"] * need.adults + ["child"] * need.children
    halves = {PartTimeChildren.WHOLE: 2, PartTimeChildren.HALF: 1, PartTimeChildren.NOT: 0}[limits.part_time_children]
    seats_taken = len(people) + -(-halves * need.children_part_time // 2)
    wrong = set()
    if need.rooms_at_least > dwelling.rooms:
        wrong.add("too_few_rooms")
    if limits.spare_rooms is not None and dwelling.rooms - need.rooms_at_least > limits.spare_rooms:
        wrong.add("too_many_rooms")
    if limits.persons_per_room is not None and seats_taken > limits.persons_per_room * dwelling.rooms:
        wrong.add("household_too_large")
    return wrong


def oracle_ways(need: HousingNeed, dwelling: DwellingFacts) -> set[str]:
    wrong = set()
    if need.step_free and not dwelling.step_free:
        wrong.add("not_step_free")
    if need.lift and dwelling.floor in (0, 2) and dwelling.lift is not None and not dwelling.lift:
        wrong.add("no_lift")
    if need.pets and dwelling.pets is not None and not dwelling.pets:
        wrong.add("no_pets")
    if need.areas and "centre" not in need.areas:
        wrong.add("other_area")
    return wrong


def test_M14_size_fits_as_the_guidelines_say_for_every_household_and_limit() -> None:
    limits = [FitLimits(persons_per_room=p, spare_rooms=s, part_time_children=c)
              for p, s, c in product((None, 1, 2), (None, 0, 2), PartTimeChildren)]  # fmt: skip
    needs = [HousingNeed(adults=a, children=c, children_part_time=p, rooms_at_least=r, step_free=False)
             for a, c, p, r in product((1, 2), range(4), range(4), (1, 2, 3))]  # fmt: skip
    for limit, need, rooms in product(limits, needs, (1, 2, 3, 5)):
        dwelling = dwelling_facts(rooms=rooms)
        found = {reason.value for reason in misfits(need=need, dwelling=dwelling, limits=limit)}
        assert found == oracle_rooms(need, dwelling, limit), (limit, need, rooms)


def test_M14_accessibility_area_and_pets_fit_as_the_guidelines_say_in_every_combination() -> None:
    known = (True, False, None)
    for step_free, lift, pets, areas in product((True, False), (True, False), (True, False), ((), ("centre",), ("n",))):
        need = HousingNeed(
            adults=1, children=0, rooms_at_least=1, step_free=step_free, lift=lift, pets=pets, areas=areas
        )
        for floor, has_steps, has_lift, takes_pets in product((0, 1, 2), (True, False), known, known):
            dwelling = a_dwelling(rooms=2, floor=floor, step_free=not has_steps, lift=has_lift, pets=takes_pets)
            found = {reason.value for reason in misfits(need=need, dwelling=dwelling)}
            assert found == oracle_ways(need, dwelling), (need, dwelling)


@pytest.mark.parametrize("unknown", ["lift", "pets"])
def test_M14_what_nobody_knows_of_a_dwelling_shuts_nobody_out(unknown: str) -> None:
    need = HousingNeed(adults=1, children=0, rooms_at_least=1, step_free=False, **{unknown: True})  # type: ignore[arg-type]

    assert misfits(need=need, dwelling=a_dwelling(rooms=2, floor=3, step_free=False, lift=None, pets=None)) == ()


def test_M14_every_reason_is_named_not_only_the_first() -> None:
    need = HousingNeed(adults=4, children=2, rooms_at_least=4, step_free=True, areas=("north",))

    found = misfits(need=need, dwelling=dwelling_facts(rooms=2, step_free=False), limits=FitLimits(persons_per_room=2))

    assert set(found) == {
        Misfit.TOO_FEW_ROOMS, Misfit.HOUSEHOLD_TOO_LARGE, Misfit.NOT_STEP_FREE, Misfit.OTHER_AREA
    }  # fmt: skip


def test_M20_a_care_dwelling_fits_nobody_on_the_groups_list() -> None:
    assert misfits(need=SMALL, dwelling=dwelling_facts(care_housing=True)) == (Misfit.CARE_HOUSING,)
