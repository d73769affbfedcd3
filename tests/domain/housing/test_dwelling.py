"""A dwelling's way from one tenant to the next, and the steps it refuses."""

from datetime import date
from uuid import UUID

import pytest

from domain.housing.dwelling import (
    CareDwellingNotForGroupError,
    Dwelling,
    DwellingAlreadyVacantError,
    DwellingInUseError,
    DwellingNotReservedError,
    DwellingNotVacantError,
    DwellingReservedError,
    DwellingState,
    ImpossibleDwellingError,
    OutOfUseReason,
)
from tests.domain.decision_support import AT, SAKSBEHANDLER, dwelling_facts, sealed, uid
from tests.domain.support import stored_and_replayed

ALLOCATION, TENANCY = uid(20), uid(30)
MAY = date(2027, 5, 3)


def registered(*, care_housing: bool = False) -> Dwelling:
    facts = dwelling_facts(care_housing=care_housing)
    return Dwelling.register(id=uid(10), address=sealed("address.street"), facts=facts, by=SAKSBEHANDLER, at=AT)


def vacant(*, care_housing: bool = False) -> Dwelling:
    dwelling = registered(care_housing=care_housing)
    dwelling.become_vacant(vacant_from=MAY, by=SAKSBEHANDLER, at=AT)
    return dwelling


def reserved() -> Dwelling:
    dwelling = vacant()
    dwelling.reserve(allocation=ALLOCATION, by=SAKSBEHANDLER, at=AT)
    return dwelling


def let() -> Dwelling:
    dwelling = reserved()
    dwelling.let_to(tenancy=TENANCY, allocation=ALLOCATION, by=SAKSBEHANDLER, at=AT)
    return dwelling


def test_M14_a_vacant_dwelling_is_let_through_the_allocation_that_reserved_it() -> None:
    dwelling = stored_and_replayed(let())

    assert (dwelling.state, dwelling.tenancy, dwelling.allocation) == (DwellingState.LET, TENANCY, None)


@pytest.mark.parametrize("allocation", [None, uid(21)])
def test_M14_a_reserved_dwelling_is_let_to_nobody_else(allocation: UUID | None) -> None:
    with pytest.raises(DwellingNotReservedError):
        reserved().let_to(tenancy=TENANCY, allocation=allocation, by=SAKSBEHANDLER, at=AT)


def test_M14_a_vacant_dwelling_is_not_let_without_an_allocation() -> None:
    with pytest.raises(DwellingNotReservedError):
        vacant().let_to(tenancy=TENANCY, by=SAKSBEHANDLER, at=AT)


def test_M01_a_tenancy_older_than_the_register_is_let_as_it_is() -> None:
    dwelling = registered()

    dwelling.let_to(tenancy=TENANCY, by=SAKSBEHANDLER, at=AT)

    assert dwelling.state is DwellingState.LET


def test_a_let_dwelling_is_not_let_again() -> None:
    with pytest.raises(DwellingNotVacantError):
        let().let_to(tenancy=uid(31), by=SAKSBEHANDLER, at=AT)


def test_M20_a_care_dwelling_is_never_reserved_for_the_group() -> None:
    with pytest.raises(CareDwellingNotForGroupError):
        vacant(care_housing=True).reserve(allocation=ALLOCATION, by=SAKSBEHANDLER, at=AT)


def test_M20_a_vacant_care_dwelling_is_let_without_the_group() -> None:
    dwelling = vacant(care_housing=True)

    dwelling.let_to(tenancy=TENANCY, by=SAKSBEHANDLER, at=AT)

    assert dwelling.state is DwellingState.LET


def test_one_allocation_holds_a_dwelling_at_a_time() -> None:
    with pytest.raises(DwellingReservedError):
        reserved().reserve(allocation=uid(21), by=SAKSBEHANDLER, at=AT)


def test_a_dwelling_is_reserved_only_when_vacant() -> None:
    with pytest.raises(DwellingNotVacantError):
        let().reserve(allocation=ALLOCATION, by=SAKSBEHANDLER, at=AT)


def test_the_allocation_that_holds_a_dwelling_releases_it() -> None:
    dwelling = reserved()

    dwelling.release(allocation=ALLOCATION, by=SAKSBEHANDLER, at=AT)

    assert (dwelling.state, dwelling.vacant_from) == (DwellingState.VACANT, MAY)


def test_another_allocation_does_not_release_it() -> None:
    with pytest.raises(DwellingNotReservedError):
        reserved().release(allocation=uid(21), by=SAKSBEHANDLER, at=AT)


def test_a_dwelling_is_vacant_again_after_the_tenancy() -> None:
    dwelling = let()

    dwelling.become_vacant(vacant_from=MAY, by=SAKSBEHANDLER, at=AT)

    assert (dwelling.state, dwelling.tenancy) == (DwellingState.VACANT, None)


def test_a_vacant_dwelling_does_not_become_vacant_again() -> None:
    with pytest.raises(DwellingAlreadyVacantError):
        vacant().become_vacant(vacant_from=MAY, by=SAKSBEHANDLER, at=AT)


def test_a_reserved_dwelling_does_not_become_vacant_past_its_allocation() -> None:
    with pytest.raises(DwellingReservedError):
        reserved().become_vacant(vacant_from=MAY, by=SAKSBEHANDLER, at=AT)


def test_a_vacant_dwelling_is_taken_out_of_use_and_comes_back() -> None:
    dwelling = vacant()

    dwelling.take_out_of_use(reason=OutOfUseReason.REPAIR, by=SAKSBEHANDLER, at=AT)
    dwelling.become_vacant(vacant_from=MAY, by=SAKSBEHANDLER, at=AT)

    assert dwelling.state is DwellingState.VACANT


def test_a_dwelling_somebody_lives_in_is_not_taken_out_of_use() -> None:
    with pytest.raises(DwellingInUseError):
        let().take_out_of_use(reason=OutOfUseReason.REPAIR, by=SAKSBEHANDLER, at=AT)


def test_a_dwelling_that_the_group_has_before_it_does_not_change() -> None:
    with pytest.raises(DwellingReservedError):
        reserved().change(address=sealed("address.street"), facts=dwelling_facts(rooms=2), by=SAKSBEHANDLER, at=AT)


def test_a_dwelling_changes_when_it_is_free_to() -> None:
    dwelling = vacant()

    dwelling.change(address=sealed("address.street"), facts=dwelling_facts(rooms=2), by=SAKSBEHANDLER, at=AT)

    assert dwelling.facts.rooms == 2


def test_a_dwelling_without_rooms_is_refused() -> None:
    with pytest.raises(ImpossibleDwellingError):
        Dwelling.register(
            id=uid(10), address=sealed("address.street"), facts=dwelling_facts(rooms=0), by=SAKSBEHANDLER, at=AT
        )
