"""When the talk about a case may begin, and when it must end (M09, M11, M14, M18, M20, LI1)."""

from datetime import date, timedelta

import pytest

from domain.actors import SERVICE_OG_TILDELING
from domain.cases.consent_facts import ConsentFacts, ConsentMissingError, ConsentState
from domain.group.agenda_item import (
    AgendaItem,
    ItemState,
    Matter,
    PersonPresent,
    Presence,
    StoppedBecause,
)
from domain.group.agenda_item.refusals import (
    CareHousingOnAgendaError,
    RestrictedItemError,
)
from domain.group.meeting import CalledMember
from domain.group.together import TooFewUnitsError
from domain.refusals import SaksbehandlerOnlyError, WrongStateError
from tests.domain.agenda_support import (
    ANNE,
    CALLED,
    CARE_HOUSING,
    DAY,
    KARI,
    OLA,
    PER,
    a_restricted_lease,
    a_vacancy,
    an_item,
    attend,
    close_discussion,
    consent,
    declare,
    open_discussion,
    with_people,
)
from tests.domain.support import (
    NAV,
    PSYKISK_HELSE,
    an_id,
    at,
    by_member,
    by_saksbehandler,
    events_of,
    last_event,
    state_of,
    stored_and_replayed,
)

# --- opening ---


def test_M09_a_discussion_opens_on_a_consent_that_covers_everybody_in_the_room() -> None:
    item = open_discussion(with_people(an_item(), ANNE, KARI, OLA))
    event = last_event(item)
    assert isinstance(event, AgendaItem.DiscussionOpened)
    assert event.consent == consent().id
    assert event.present == (
        PersonPresent(ANNE, SERVICE_OG_TILDELING), PersonPresent(KARI, NAV), PersonPresent(OLA, PSYKISK_HELSE),
    )  # fmt: skip


def test_M09_the_refusal_names_the_units_the_consent_does_not_cover() -> None:
    with pytest.raises(ConsentMissingError, match="tekniske_tjenester"):
        open_discussion(with_people(an_item(), ANNE, KARI, PER))


def test_M09_the_discussion_opens_once_the_uncovered_unit_has_left() -> None:
    item = with_people(an_item(), ANNE, KARI, PER)
    attend(item, PER, Presence.LEFT)
    assert open_discussion(item).state is ItemState.UNDER_DISCUSSION


@pytest.mark.parametrize(
    "given",
    [
        consent(state=ConsentState.WITHDRAWN),
        consent(state=ConsentState.REFUSED),
        consent(state=ConsentState.EXPIRED),
        consent(expires_on=date(2027, 1, 11)),
    ],
)
def test_M09_a_consent_that_does_not_hold_opens_nothing(given: ConsentFacts) -> None:
    with pytest.raises(ConsentMissingError):
        open_discussion(with_people(an_item()), given=given)


def test_M09_without_consent_nothing_opens() -> None:
    with pytest.raises(ConsentMissingError):
        open_discussion(with_people(an_item()), without_consent=True)


def test_M14_a_vacancy_is_discussed_without_a_case_consent() -> None:
    item = open_discussion(with_people(a_vacancy()), case=None, without_consent=True)
    assert item.state is ItemState.UNDER_DISCUSSION


def test_M11_one_unit_is_not_together() -> None:
    with pytest.raises(TooFewUnitsError):
        open_discussion(with_people(an_item(), ANNE))


def test_M11_two_people_from_one_unit_are_not_together() -> None:
    item = an_item()
    called = (*CALLED, CalledMember(an_id("liv"), NAV))
    attend(item, KARI)
    attend(item, an_id("liv"), called=called)
    with pytest.raises(TooFewUnitsError):
        open_discussion(item)


def test_M11_a_municipality_may_ask_for_more_units() -> None:
    with pytest.raises(TooFewUnitsError):
        open_discussion(with_people(an_item()), least_units=3)
    assert open_discussion(with_people(an_item(), ANNE, KARI, OLA), least_units=3).room.units_told


def test_M20_a_case_that_has_become_care_housing_is_not_discussed() -> None:
    with pytest.raises(CareHousingOnAgendaError):
        open_discussion(an_item(), case=CARE_HOUSING, without_consent=True)


def test_M20_a_discussion_opens_only_with_the_facts_of_its_own_case() -> None:
    with pytest.raises(WrongStateError):
        open_discussion(with_people(an_item()), case=None)


def test_M18_a_restricted_lease_is_not_discussed() -> None:
    with pytest.raises(RestrictedItemError):
        open_discussion(a_restricted_lease())


def test_M18_nobody_attends_a_restricted_lease() -> None:
    with pytest.raises(RestrictedItemError):
        attend(a_restricted_lease(), KARI)


def test_M09_only_the_saksbehandler_opens_a_discussion() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        with_people(an_item()).open_discussion(case=None, consent=None, day=DAY, by=by_member("nav"), at=at())


def test_M11_an_item_may_be_taken_up_again_before_it_is_concluded() -> None:
    item = close_discussion(open_discussion(with_people(an_item())))
    assert open_discussion(item, at(hour=13)).state is ItemState.UNDER_DISCUSSION


# --- withdrawal ---


def test_M09_a_withdrawal_stops_the_talk_at_once_and_takes_the_case_off() -> None:
    item = open_discussion(with_people(an_item()))
    item.close_on_withdrawal(by=by_saksbehandler(), at=at(hour=11, minute=10))
    closed = next(event for event in events_of(item) if isinstance(event, AgendaItem.DiscussionClosed))
    assert closed.because is StoppedBecause.CONSENT_WITHDRAWN
    assert item.state is ItemState.REMOVED
    assert {told.until for told in item.told()} == {at(hour=11, minute=10)}


def test_M09_a_withdrawal_takes_a_planned_case_off_the_agenda() -> None:
    item = an_item()
    item.close_on_withdrawal(by=by_saksbehandler(), at=at())
    assert item.state is ItemState.REMOVED


def test_M18_a_withdrawal_leaves_an_expiring_lease_with_service_og_tildeling() -> None:
    item = open_discussion(with_people(an_item(Matter.LEASE_ENDING)))
    item.close_on_withdrawal(by=by_saksbehandler(), at=at(hour=11, minute=10))
    assert item.restricted
    assert not item.outcome.settled


def test_M14_a_vacancy_goes_on_when_a_candidate_withdraws() -> None:
    item = open_discussion(with_people(a_vacancy()), case=None, without_consent=True)
    item.close_on_withdrawal(by=by_saksbehandler(), at=at(hour=11, minute=10))
    assert item.state is ItemState.UNDER_DISCUSSION


def test_D2_an_item_comes_back_from_its_stored_events_as_it_was() -> None:
    item = open_discussion(with_people(an_item(), ANNE, KARI, OLA))
    declare(item, substitute=an_id("liv"))
    close_discussion(item, at(hour=12) + timedelta(minutes=1))
    assert state_of(stored_and_replayed(item)) == state_of(item)


def test_B10_a_talk_that_is_ready_in_every_other_way_does_not_open_on_care_housing() -> None:
    item = with_people(an_item())
    with pytest.raises(CareHousingOnAgendaError):
        open_discussion(item, case=CARE_HOUSING)
    assert item.state is ItemState.PLANNED
