"""What reaches an agenda, how it leaves it, and who is asked to it (M03, M04, M09, M10, M16–M18, M20)."""

from datetime import date
from uuid import UUID

import pytest

from domain.actors import By, Unit
from domain.cases.consent_facts import ConsentFacts, ConsentMissingError, ConsentState
from domain.group.agenda_item import AddedBy, AgendaItem, CaseFacts, InhabilGround, ItemState, Matter, RemovalReason
from domain.group.agenda_item.refusals import (
    AlreadyGuestError,
    AlreadyOnAgendaError,
    AttendanceOrderError,
    CareHousingOnAgendaError,
    GuestFromPermanentUnitError,
    InhabilPresentError,
    LeaseMustNotSlipError,
    PreAssessmentMissingError,
    RestrictedItemError,
    SubjectMissingError,
)
from domain.refusals import SaksbehandlerOnlyError, WrongStateError
from tests.domain.agenda_support import (
    ALLOCATION,
    CARE_HOUSING,
    DAY,
    MEETING,
    NEXT_MEETING,
    ORDINARY,
    PERMANENT,
    a_discussed_item,
    a_restricted_lease,
    a_vacancy,
    an_item,
    attend,
    consent,
    open_discussion,
    with_people,
)
from tests.domain.support import (
    BOTJENESTEN,
    INTEGRERINGSTJENESTEN,
    NAV,
    an_id,
    at,
    by_member,
    by_saksbehandler,
    by_system,
    events_of,
    last_event,
)

LIV = an_id("liv")


def invite(
    item: AgendaItem, unit: Unit = BOTJENESTEN, given: ConsentFacts | None = None, guest: UUID = LIV
) -> AgendaItem:
    item.invite_guest(
        guest=guest, unit=unit, permanent_units=PERMANENT, consent=given or consent(NAV, BOTJENESTEN), day=DAY,
        by=by_saksbehandler(), at=at(2027, 1, 6),
    )  # fmt: skip
    return item


@pytest.mark.parametrize("matter", [matter for matter in Matter if matter is not Matter.VACANCY])
def test_M20_care_housing_never_reaches_an_agenda(matter: Matter) -> None:
    with pytest.raises(CareHousingOnAgendaError):
        an_item(matter, case=CARE_HOUSING)


def test_M20_care_housing_is_the_first_refusal_whatever_else_is_wrong() -> None:
    with pytest.raises(CareHousingOnAgendaError):
        an_item(case=CARE_HOUSING, without_consent=True, pre_assessment_completed=False, by=by_member("nav"))


def test_M20_the_same_person_reaches_the_group_with_another_case() -> None:
    assert an_item(case=CaseFacts(ORDINARY.case, CARE_HOUSING.person, care_housing=False)).case == ORDINARY.case


@pytest.mark.parametrize(
    "given",
    [
        consent(state=ConsentState.ASKED),
        consent(state=ConsentState.REFUSED),
        consent(state=ConsentState.WITHDRAWN),
        consent(state=ConsentState.EXPIRED),
        consent(expires_on=date(2027, 1, 11)),
    ],
)
def test_M09_a_consent_that_does_not_hold_on_the_meeting_day_keeps_the_case_off_the_agenda(given: ConsentFacts) -> None:
    with pytest.raises(ConsentMissingError):
        an_item(given=given)


def test_M09_without_any_consent_the_case_stays_off_the_agenda() -> None:
    with pytest.raises(ConsentMissingError):
        an_item(without_consent=True)


def test_M09_a_consent_that_ends_on_the_meeting_day_is_enough() -> None:
    assert an_item(given=consent(expires_on=DAY)).state is ItemState.PLANNED


@pytest.mark.parametrize("matter", [Matter.NEW_CASE, Matter.SUBMITTED])
def test_M10_a_new_case_without_a_finished_pre_assessment_is_refused(matter: Matter) -> None:
    with pytest.raises(PreAssessmentMissingError):
        an_item(matter, pre_assessment_completed=False)


@pytest.mark.parametrize(
    "matter", [Matter.EXTENSION, Matter.LEASE_ENDING, Matter.TENANCY_CHALLENGE, Matter.ASSISTANCE_CHALLENGE]
)
def test_M10_what_the_group_knows_already_needs_no_pre_assessment(matter: Matter) -> None:
    assert an_item(matter, pre_assessment_completed=False).matter is matter


def test_M04_a_submitted_case_reaches_the_agenda() -> None:
    assert an_item(Matter.SUBMITTED, added_by=AddedBy.SUBMISSION).matter is Matter.SUBMITTED


def test_M04_a_member_submits_but_does_not_build_the_agenda() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        an_item(Matter.SUBMITTED, added_by=AddedBy.SUBMISSION, by=by_member("nav"))


def test_M18_the_system_adds_by_rule_and_only_by_rule() -> None:
    assert an_item(Matter.LEASE_ENDING, added_by=AddedBy.RULE, by=by_system()).matter is Matter.LEASE_ENDING
    with pytest.raises(SaksbehandlerOnlyError):
        an_item(Matter.LEASE_ENDING, added_by=AddedBy.SAKSBEHANDLER, by=by_system())


@pytest.mark.parametrize("matter", [Matter.EXTENSION, Matter.LEASE_ENDING, Matter.TENANCY_CHALLENGE])
def test_M16_what_is_about_a_tenancy_names_it(matter: Matter) -> None:
    with pytest.raises(SubjectMissingError):
        an_item(matter, tenancy=None)


def test_M17_a_challenge_with_granted_help_needs_no_tenancy() -> None:
    assert an_item(Matter.ASSISTANCE_CHALLENGE, tenancy=None).matter is Matter.ASSISTANCE_CHALLENGE


def test_M16_a_challenge_is_discussed_without_consent_only_where_the_municipality_chose_so() -> None:
    with pytest.raises(ConsentMissingError):
        an_item(Matter.TENANCY_CHALLENGE, without_consent=True)
    chosen = an_item(Matter.TENANCY_CHALLENGE, without_consent=True, challenge_needs_consent=False)
    assert not chosen.consent_needed


def test_M09_the_municipalitys_choice_about_challenges_covers_nothing_else() -> None:
    with pytest.raises(ConsentMissingError):
        an_item(Matter.EXTENSION, without_consent=True, challenge_needs_consent=False)


def test_M14_a_vacancy_is_about_an_allocation_and_no_single_case() -> None:
    assert a_vacancy().allocation == ALLOCATION
    with pytest.raises(SubjectMissingError):
        an_item(Matter.VACANCY, allocation=ALLOCATION)
    with pytest.raises(SubjectMissingError):
        an_item(Matter.VACANCY, case=None)


def test_M18_a_lease_without_consent_is_listed_for_service_og_tildeling_only() -> None:
    assert a_restricted_lease().restricted
    assert not an_item(Matter.LEASE_ENDING).restricted


def test_M18_two_open_items_for_one_lease_are_refused() -> None:
    with pytest.raises(AlreadyOnAgendaError):
        an_item(Matter.LEASE_ENDING, is_already_open=True)


def test_M18_the_restriction_is_lifted_when_consent_comes() -> None:
    item = a_restricted_lease()
    item.lift_restriction(consent=consent(), day=DAY, by=by_saksbehandler(), at=at())
    assert not item.restricted


def test_M18_the_restriction_stays_without_consent() -> None:
    with pytest.raises(ConsentMissingError):
        a_restricted_lease().lift_restriction(consent=None, day=DAY, by=by_saksbehandler(), at=at())


@pytest.mark.parametrize(
    "reason", [reason for reason in RemovalReason if reason.value not in ("care_housing", "duplicate", "lease_ended")]
)
def test_M18_an_expiring_lease_is_not_taken_off_before_it_is_answered(reason: RemovalReason) -> None:
    with pytest.raises(LeaseMustNotSlipError):
        an_item(Matter.LEASE_ENDING).remove(reason=reason, by=by_saksbehandler(), at=at())


def test_M18_a_lease_that_has_ended_leaves_the_agenda() -> None:
    item = an_item(Matter.LEASE_ENDING)
    item.remove(reason=RemovalReason.LEASE_ENDED, by=by_saksbehandler(), at=at())
    assert item.state is ItemState.REMOVED


def test_M18_a_postponed_item_names_the_meeting_it_comes_back_at() -> None:
    item = an_item(Matter.LEASE_ENDING)
    item.postpone(to_meeting=NEXT_MEETING, by=by_saksbehandler(), at=at())
    event = last_event(item)
    assert isinstance(event, AgendaItem.Postponed)
    assert event.to_meeting == NEXT_MEETING
    assert item.outcome.settled


def test_M18_an_item_is_not_postponed_to_the_meeting_it_is_at() -> None:
    with pytest.raises(WrongStateError):
        an_item().postpone(to_meeting=MEETING, by=by_saksbehandler(), at=at())


def test_M07_an_item_under_discussion_is_neither_postponed_nor_removed() -> None:
    item = open_discussion(with_people(an_item()))
    with pytest.raises(WrongStateError):
        item.postpone(to_meeting=NEXT_MEETING, by=by_saksbehandler(), at=at())
    with pytest.raises(WrongStateError):
        item.remove(reason=RemovalReason.DUPLICATE, by=by_saksbehandler(), at=at())


def test_M06_the_saksbehandler_orders_the_agenda() -> None:
    item = an_item()
    item.order(position=3, by=by_saksbehandler(), at=at())
    assert item.position == 3
    with pytest.raises(SaksbehandlerOnlyError):
        item.order(position=1, by=by_member("nav"), at=at())


def test_M03_a_guest_is_invited_to_one_item() -> None:
    item = invite(an_item())
    assert [(guest.guest, guest.unit) for guest in item.guests] == [(LIV, BOTJENESTEN)]


def test_M03_permanent_units_do_not_come_as_guests() -> None:
    with pytest.raises(GuestFromPermanentUnitError):
        invite(an_item(), NAV)


def test_M09_a_guest_the_consent_does_not_cover_is_not_invited() -> None:
    with pytest.raises(ConsentMissingError, match="integreringstjenesten"):
        invite(an_item(), INTEGRERINGSTJENESTEN)


def test_M03_a_guest_is_invited_once_and_can_be_uninvited() -> None:
    item = invite(an_item())
    with pytest.raises(AlreadyGuestError):
        invite(item)
    item.uninvite_guest(guest=LIV, by=by_saksbehandler(), at=at())
    assert item.guests == ()


def test_M08_a_guest_who_has_been_in_the_room_stays_on_record() -> None:
    item = invite(an_item())
    attend(item, LIV)
    with pytest.raises(AttendanceOrderError):
        item.uninvite_guest(guest=LIV, by=by_saksbehandler(), at=at())


def test_LI1_somebody_inhabil_is_not_invited() -> None:
    item = an_item()
    item.declare_inhabil(person=LIV, unit=BOTJENESTEN, ground=InhabilGround.FAMILY, by=by_saksbehandler(), at=at())
    with pytest.raises(InhabilPresentError):
        invite(item)


def test_M18_nobody_is_invited_to_a_restricted_lease() -> None:
    with pytest.raises(RestrictedItemError):
        invite(a_restricted_lease())


def test_M03_only_the_saksbehandler_invites() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        an_item().invite_guest(
            guest=LIV, unit=BOTJENESTEN, permanent_units=PERMANENT, consent=consent(BOTJENESTEN), day=DAY,
            by=by_member("nav"), at=at(),
        )  # fmt: skip


def test_C01_every_event_of_an_item_names_its_meeting_and_case() -> None:
    item = invite(an_item())
    item.order(position=1, by=by_saksbehandler(), at=at())
    assert {(vars(event)["meeting"], vars(event)["case"]) for event in events_of(item)} == {(MEETING, ORDINARY.case)}


def test_M09_a_settled_or_removed_item_is_not_touched_by_a_withdrawal() -> None:
    item = a_discussed_item()
    item.remove(reason=RemovalReason.DUPLICATE, by=by_saksbehandler(), at=at(hour=13))
    before = events_of(item)
    item.close_on_withdrawal(by=by_saksbehandler(), at=at(hour=14))
    assert events_of(item) == before


@pytest.mark.parametrize("by", [by_saksbehandler(), by_system(), by_member("nav")], ids=lambda by: by.role.value)
@pytest.mark.parametrize("added_by", list(AddedBy))
def test_B10_the_item_itself_refuses_care_housing_whoever_asks_and_however_it_came(by: By, added_by: AddedBy) -> None:
    with pytest.raises(CareHousingOnAgendaError):
        an_item(Matter.LEASE_ENDING, case=CARE_HOUSING, added_by=added_by, by=by)
