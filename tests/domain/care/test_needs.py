"""What an applicant for care housing needs, and the wait for a place with care day and night."""

from dataclasses import replace
from datetime import date

import pytest

from domain.care.needs import (
    CareGroundMissingError,
    CareHousingKind,
    CareNeeds,
    CarePlaceAwaitedError,
    CarePlaceNotAwaitedError,
    CareService,
    CareUrgency,
    NeedsBecauseOf,
    NeedsFound,
    NoCarePlaceGrantedError,
    NotCareHousingError,
    PlaceLeft,
)
from domain.decisions.vedtak_rules import Outcome, VedtakFacts
from domain.law.rulebook import DecisionSubject
from domain.refusals import SaksbehandlerOnlyError
from tests.domain.support import (
    CASE,
    PERSON,
    an_id,
    at,
    by_member,
    by_saksbehandler,
    events_of,
    last_event,
    sealed,
    state_of,
    stored_and_replayed,
)

FOUND = NeedsFound(
    housing=CareHousingKind.ROUND_THE_CLOCK_PLACE, because_of=(NeedsBecauseOf.DEMENTIA,),
    services=(CareService.HOME_NURSING, CareService.NIGHT_SUPERVISION), urgency=CareUrgency.AT_ONCE, step_free=True,
)  # fmt: skip
GRANTED = VedtakFacts(
    id=an_id("vedtak"), case=CASE, application=an_id("application"), person=PERSON,
    subject=DecisionSubject.CARE_HOUSING, outcome=Outcome.GRANT, in_force=True,
)  # fmt: skip
SINCE = date(2027, 1, 12)
ABOUT = {"about_housing": sealed("housing.care"), "about_services": sealed("health.care")}


def mapped(found: NeedsFound = FOUND, *, care_housing: bool = True) -> CareNeeds:
    return CareNeeds.map(
        case=CASE, person=PERSON, care_housing=care_housing, found=found, **ABOUT, by=by_saksbehandler(), at=at()
    )


def waiting() -> CareNeeds:
    needs = mapped()
    needs.await_place(vedtak=GRANTED, since=SINCE, by=by_saksbehandler(), at=at())
    return needs


def test_M20_the_mapping_holds_the_need_for_housing_and_for_health_and_care_services() -> None:
    needs = mapped()
    assert isinstance(last_event(needs), CareNeeds.Mapped)
    assert (needs.found, needs.about_housing.field, needs.about_services.field) == (
        FOUND,
        "housing.care",
        "health.care",
    )


def test_M20_needs_are_mapped_anew_and_the_earlier_mapping_stays_in_the_log() -> None:
    needs, found = mapped(), replace(FOUND, urgency=CareUrgency.CAN_WAIT, services=())
    needs.revise(found=found, **ABOUT, by=by_saksbehandler(), at=at())
    assert needs.found == found
    assert [type(event) for event in events_of(needs)] == [CareNeeds.Mapped, CareNeeds.Revised]


def test_M20_only_an_application_for_care_housing_is_mapped_here() -> None:
    with pytest.raises(NotCareHousingError):
        mapped(care_housing=False)


def test_M20_care_housing_is_for_age_dementia_or_disability() -> None:
    with pytest.raises(CareGroundMissingError):
        mapped(replace(FOUND, because_of=()))
    with pytest.raises(CareGroundMissingError):
        mapped().revise(found=replace(FOUND, because_of=()), **ABOUT, by=by_saksbehandler(), at=at())


def test_M20_nobody_in_the_group_maps_needs_for_care_housing() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        CareNeeds.map(case=CASE, person=PERSON, care_housing=True, found=FOUND, **ABOUT, by=by_member(), at=at())
    with pytest.raises(SaksbehandlerOnlyError):
        mapped().revise(found=FOUND, **ABOUT, by=by_member(), at=at())


def test_LO1_a_granted_place_is_waited_for_from_a_date() -> None:
    needs = waiting()
    assert needs.awaits_place_since == SINCE
    assert isinstance(last_event(needs), CareNeeds.PlaceAwaited)


@pytest.mark.parametrize(
    "vedtak",
    [
        replace(GRANTED, outcome=Outcome.REFUSE),
        replace(GRANTED, in_force=False),
        replace(GRANTED, subject=DecisionSubject.DWELLING),
        replace(GRANTED, case=an_id("another case")),
    ],
)
def test_LO1_nobody_waits_for_a_place_without_a_vedtak_that_grants_it(vedtak: VedtakFacts) -> None:
    with pytest.raises(NoCarePlaceGrantedError):
        mapped().await_place(vedtak=vedtak, since=SINCE, by=by_saksbehandler(), at=at())


@pytest.mark.parametrize("kind", [CareHousingKind.WITHOUT_STAFFING, CareHousingKind.WITH_STAFFING])
def test_LO1_the_waiting_list_is_for_places_with_care_day_and_night(kind: CareHousingKind) -> None:
    needs = mapped(replace(FOUND, housing=kind))
    with pytest.raises(NoCarePlaceGrantedError):
        needs.await_place(vedtak=GRANTED, since=SINCE, by=by_saksbehandler(), at=at())


def test_LO1_nobody_stands_on_the_list_twice() -> None:
    with pytest.raises(CarePlaceAwaitedError):
        waiting().await_place(vedtak=GRANTED, since=SINCE, by=by_saksbehandler(), at=at())


@pytest.mark.parametrize("reason", PlaceLeft)
def test_LO1_the_list_is_left_for_a_coded_reason_and_can_be_entered_again(reason: PlaceLeft) -> None:
    needs = waiting()
    needs.leave_waiting_list(reason=reason, by=by_saksbehandler(), at=at())
    assert needs.awaits_place_since is None
    needs.await_place(vedtak=GRANTED, since=SINCE, by=by_saksbehandler(), at=at())


def test_LO1_who_does_not_wait_leaves_no_list() -> None:
    with pytest.raises(CarePlaceNotAwaitedError):
        mapped().leave_waiting_list(reason=PlaceLeft.DIED, by=by_saksbehandler(), at=at())


def test_LO1_only_the_saksbehandler_keeps_the_list() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        mapped().await_place(vedtak=GRANTED, since=SINCE, by=by_member(), at=at())
    with pytest.raises(SaksbehandlerOnlyError):
        waiting().leave_waiting_list(reason=PlaceLeft.DIED, by=by_member(), at=at())


def test_D2_replayed_needs_equal_the_live_ones() -> None:
    needs = waiting()
    assert state_of(stored_and_replayed(needs)) == state_of(needs)
