"""The group: units, members, substitutes, dates (M02, M03)."""

from datetime import date
from uuid import UUID

import pytest

from domain.actors import SERVICE_OG_TILDELING, Unit
from domain.group.working_group import (
    WORKING_GROUP_ID,
    AlreadyMemberError,
    Member,
    MembershipDatesError,
    NotAMemberError,
    UnitHasMembersError,
    UnitNotInGroupError,
    UnitsOfGroupError,
    WorkingGroup,
)
from domain.refusals import Refusal
from tests.domain.support import (
    BOTJENESTEN,
    INTEGRERINGSTJENESTEN,
    NAV,
    PSYKISK_HELSE,
    TEKNISKE_TJENESTER,
    an_id,
    at,
    by_saksbehandler,
    events_of,
    state_of,
    stored_and_replayed,
)

PERMANENT = (SERVICE_OG_TILDELING, PSYKISK_HELSE, NAV, TEKNISKE_TJENESTER)
ON_DEMAND = (INTEGRERINGSTJENESTEN, BOTJENESTEN)
KARI, OLA, LIV = an_id("kari"), an_id("ola"), an_id("liv")
JANUARY, MARCH, JUNE = date(2027, 1, 1), date(2027, 3, 1), date(2027, 6, 30)


def a_group() -> WorkingGroup:
    return WorkingGroup.establish(permanent_units=PERMANENT, on_demand_units=ON_DEMAND, by=by_saksbehandler(), at=at())


def appoint(
    group: WorkingGroup, member: UUID = KARI, unit: Unit = NAV, since: date = JANUARY, until: date | None = None
) -> None:
    group.appoint_member(member=member, unit=unit, valid_from=since, valid_to=until, by=by_saksbehandler(), at=at())


def substitute(group: WorkingGroup, unit: Unit = NAV, since: date = MARCH, until: date | None = JUNE) -> None:
    group.name_substitute(
        substitute=LIV, for_member=KARI, unit=unit, valid_from=since, valid_to=until, by=by_saksbehandler(), at=at()
    )


def test_M02_an_installation_has_one_group_with_an_id_everybody_knows() -> None:
    assert a_group().id == WORKING_GROUP_ID


@pytest.mark.parametrize(
    ("permanent", "on_demand"),
    [
        ((NAV,), ()),
        ((SERVICE_OG_TILDELING, NAV), (NAV,)),
        ((SERVICE_OG_TILDELING, NAV, NAV), ()),
    ],
)
def test_M02_a_group_without_its_owner_or_with_a_unit_twice_is_refused(
    permanent: tuple[Unit, ...], on_demand: tuple[Unit, ...]
) -> None:
    with pytest.raises(UnitsOfGroupError):
        WorkingGroup.establish(permanent_units=permanent, on_demand_units=on_demand, by=by_saksbehandler(), at=at())


def test_M02_a_unit_can_have_two_representatives() -> None:
    group = a_group()
    appoint(group, KARI)
    appoint(group, OLA)
    assert group.members_on(MARCH) == (Member(KARI, NAV, True), Member(OLA, NAV, True))


def test_M02_a_unit_outside_the_group_has_no_representative() -> None:
    with pytest.raises(UnitNotInGroupError):
        appoint(a_group(), unit=Unit("barnevernet"))


def test_M02_a_membership_holds_from_its_first_to_its_last_day() -> None:
    group = a_group()
    appoint(group, since=MARCH, until=JUNE)
    days = [date(2027, 2, 28), MARCH, JUNE, date(2027, 7, 1)]
    assert [bool(group.members_on(day)) for day in days] == [False, True, True, False]


def test_M02_a_membership_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(MembershipDatesError):
        appoint(a_group(), since=JUNE, until=MARCH)


def test_M02_nobody_is_a_member_twice_at_once() -> None:
    group = a_group()
    appoint(group, KARI, NAV, JANUARY, JUNE)
    with pytest.raises(AlreadyMemberError):
        appoint(group, KARI, PSYKISK_HELSE, JUNE)


def test_M02_somebody_may_come_back_after_a_membership_has_ended() -> None:
    group = a_group()
    appoint(group, KARI, NAV, JANUARY, MARCH)
    appoint(group, KARI, PSYKISK_HELSE, JUNE)
    assert group.members_on(JUNE) == (Member(KARI, PSYKISK_HELSE, True),)


def test_M02_a_released_member_is_out_from_that_day_on() -> None:
    group = a_group()
    appoint(group)
    group.release_member(member=KARI, on=MARCH, by=by_saksbehandler(), at=at())
    assert group.members_on(date(2027, 2, 28))
    assert not group.members_on(MARCH)


def test_M02_a_membership_that_has_not_begun_can_be_taken_back() -> None:
    group = a_group()
    appoint(group, since=JUNE)
    group.release_member(member=KARI, on=MARCH, by=by_saksbehandler(), at=at())
    assert not group.members_on(JUNE)


@pytest.mark.parametrize("on", [JUNE, date(2028, 1, 1)])
def test_M02_who_is_not_a_member_any_more_cannot_be_released(on: date) -> None:
    group = a_group()
    appoint(group, until=MARCH)
    with pytest.raises(NotAMemberError):
        group.release_member(member=KARI, on=on, by=by_saksbehandler(), at=at())


def test_M02_a_substitute_stands_in_for_a_member_within_dates() -> None:
    group = a_group()
    appoint(group)
    substitute(group)
    assert group.members_on(MARCH) == (Member(KARI, NAV, True), Member(LIV, NAV, True, KARI))
    assert group.members_on(date(2027, 7, 1)) == (Member(KARI, NAV, True),)


@pytest.mark.parametrize(
    ("unit", "since", "until"), [(PSYKISK_HELSE, MARCH, JUNE), (NAV, MARCH, date(2027, 7, 1)), (NAV, MARCH, None)]
)
def test_M02_a_substitute_needs_a_member_of_the_same_unit_for_the_whole_time(
    unit: Unit, since: date, until: date | None
) -> None:
    group = a_group()
    appoint(group, until=JUNE)
    with pytest.raises(NotAMemberError):
        substitute(group, unit, since, until)


def test_M02_a_member_is_not_a_substitute_at_the_same_time() -> None:
    group = a_group()
    appoint(group)
    appoint(group, LIV)
    with pytest.raises(AlreadyMemberError):
        substitute(group)


def test_M02_a_substitute_goes_when_the_member_goes() -> None:
    group = a_group()
    appoint(group)
    substitute(group)
    group.release_member(member=KARI, on=MARCH, by=by_saksbehandler(), at=at())
    assert group.members_on(MARCH) == ()


def test_M03_members_from_on_demand_units_are_not_called_to_whole_meetings() -> None:
    group = a_group()
    appoint(group, KARI)
    appoint(group, OLA, BOTJENESTEN)
    assert group.members_on(MARCH)[1] == Member(OLA, BOTJENESTEN, False)
    assert group.to_be_called_on(MARCH) == (Member(KARI, NAV, True),)


def test_M02_the_substitute_is_called_in_the_members_place() -> None:
    group = a_group()
    appoint(group)
    substitute(group)
    assert group.to_be_called_on(MARCH) == (Member(LIV, NAV, True, KARI),)


def test_M02_the_units_can_change_with_the_configuration() -> None:
    group = a_group()
    group.change_units(
        permanent_units=(SERVICE_OG_TILDELING, NAV), on_demand_units=(), today=JANUARY, by=by_saksbehandler(), at=at()
    )
    with pytest.raises(UnitNotInGroupError):
        appoint(group, unit=BOTJENESTEN)


def test_M02_a_unit_with_members_stays_in_the_group() -> None:
    group = a_group()
    appoint(group, since=JUNE)
    with pytest.raises(UnitHasMembersError, match="nav"):
        group.change_units(
            permanent_units=(SERVICE_OG_TILDELING,), on_demand_units=(), today=MARCH, by=by_saksbehandler(), at=at()
        )


def test_D2_a_refusal_records_nothing() -> None:
    group = a_group()
    before = events_of(group)
    with pytest.raises(Refusal):
        appoint(group, since=JUNE, until=MARCH)
    assert events_of(group) == before


def test_D2_a_group_comes_back_from_its_stored_events_as_it_was() -> None:
    group = a_group()
    appoint(group)
    substitute(group)
    group.release_member(member=LIV, on=JUNE, by=by_saksbehandler(), at=at())
    assert state_of(stored_and_replayed(group)) == state_of(group)
