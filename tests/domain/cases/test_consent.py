"""Consent: given, refused, narrowed, withdrawn, expired, relied on; every state stays answerable (M09, LC2, LC8)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.facts import ConsentScope
from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, By, Unit
from domain.cases.consent import (
    Consent,
    ConsentDatesError,
    ConsentNotWiderError,
    ConsentScopeEmptyError,
    NoConsentToWithdrawError,
    consent_id,
)
from domain.cases.consent_facts import ConsentFacts, ConsentMissingError, ConsentState
from domain.refusals import SaksbehandlerOnlyError, WrongStateError
from tests.domain.support import (
    CASE,
    NAV,
    PERSON,
    PSYKISK_HELSE,
    TEKNISKE_TJENESTER,
    an_id,
    at,
    by_member,
    by_saksbehandler,
    by_system,
    events_of,
    state_of,
    stored_and_replayed,
)

TODAY = date(2027, 1, 12)
YEAR_END = date(2027, 12, 31)
HEALTH, HOUSING, ECONOMY = InformationKind.HEALTH, InformationKind.HOUSING, InformationKind.ECONOMY
WIDE = (ConsentScope(NAV, (ECONOMY, HOUSING)), ConsentScope(PSYKISK_HELSE, (HEALTH, HOUSING)))


def asked() -> Consent:
    return Consent.ask(case=CASE, person=PERSON, by=by_saksbehandler(), at=at())


def give(
    consent: Consent,
    scopes: tuple[ConsentScope, ...] = WIDE,
    given_on: date = TODAY,
    expires_on: date | None = YEAR_END,
    who: By | None = None,
) -> Consent:
    consent.give(
        scopes=scopes, given_on=given_on, expires_on=expires_on, channel="form", today=TODAY,
        by=who or by_saksbehandler(), at=at(),
    )  # fmt: skip
    return consent


def given_consent() -> Consent:
    return give(asked())


def refused() -> Consent:
    consent = asked()
    consent.refuse(by=by_saksbehandler(), at=at())
    return consent


def withdrawn() -> Consent:
    consent = given_consent()
    consent.withdraw(by=by_saksbehandler(), at=at())
    return consent


def expired() -> Consent:
    consent = given_consent()
    consent.expire(today=YEAR_END + timedelta(days=1), by=by_system(), at=at())
    return consent


STATES = {
    ConsentState.ASKED: asked,
    ConsentState.GIVEN: given_consent,
    ConsentState.REFUSED: refused,
    ConsentState.WITHDRAWN: withdrawn,
    ConsentState.EXPIRED: expired,
}


def rely(consent: Consent, *units: Unit, today: date = TODAY) -> None:
    consent.rely_on(
        item=an_id("item"), meeting=an_id("meeting"), units=units, today=today, by=by_saksbehandler(), at=at()
    )


def test_M09_a_case_has_one_consent_stream_under_an_id_that_follows_from_it() -> None:
    assert asked().id == consent_id(CASE)


@pytest.mark.parametrize("state", [ConsentState.ASKED, ConsentState.REFUSED, ConsentState.WITHDRAWN])
def test_M09_no_discussion_rests_on_a_consent_that_is_not_there(state: ConsentState) -> None:
    consent = STATES[state]()

    with pytest.raises(ConsentMissingError):
        rely(consent, NAV)

    assert consent.relied_on == ()


def test_M09_a_discussion_rests_on_a_consent_that_names_every_unit_in_the_room() -> None:
    consent = given_consent()

    rely(consent, SERVICE_OG_TILDELING, NAV, PSYKISK_HELSE)

    assert consent.relied_on == (an_id("item"),)


def test_M09_the_refusal_names_the_units_that_may_not_be_told() -> None:
    with pytest.raises(ConsentMissingError, match=r"tekniske_tjenester$"):
        rely(given_consent(), NAV, TEKNISKE_TJENESTER)


def test_M09_service_og_tildeling_alone_still_needs_the_consent_to_be_valid() -> None:
    rely(given_consent(), SERVICE_OG_TILDELING)
    with pytest.raises(ConsentMissingError):
        rely(withdrawn(), SERVICE_OG_TILDELING)


def test_M09_the_day_of_expiry_is_the_last_on_which_it_can_be_relied_on() -> None:
    rely(given_consent(), NAV, today=YEAR_END)
    with pytest.raises(ConsentMissingError):
        rely(given_consent(), NAV, today=YEAR_END + timedelta(days=1))
    with pytest.raises(ConsentMissingError):
        rely(given_consent(), NAV, today=TODAY - timedelta(days=1))


def test_M09_a_consent_without_an_end_holds_until_it_is_withdrawn() -> None:
    rely(give(asked(), expires_on=None), NAV, today=date(2040, 1, 1))


@pytest.mark.parametrize(
    "scopes",
    [
        (),
        (ConsentScope(NAV, ()),),
        (ConsentScope(NAV, (HEALTH,)), ConsentScope(NAV, (HOUSING,))),
        (ConsentScope(NAV, (InformationKind.EMPLOYEE,)),),
    ],
    ids=["nobody", "nothing", "a unit twice", "about employees"],
)
def test_LC2_a_consent_says_who_may_hear_what(scopes: tuple[ConsentScope, ...]) -> None:
    with pytest.raises(ConsentScopeEmptyError):
        give(asked(), scopes)
    with pytest.raises(ConsentScopeEmptyError):
        given_consent().narrow(scopes=scopes, today=TODAY, by=by_saksbehandler(), at=at())


@pytest.mark.parametrize(
    ("given_on", "expires_on"),
    [(TODAY + timedelta(days=1), None), (TODAY, TODAY), (TODAY - timedelta(days=9), TODAY - timedelta(days=1))],
    ids=["given tomorrow", "expires today", "expired already"],
)
def test_LC8_the_dates_of_a_consent_hang_together(given_on: date, expires_on: date | None) -> None:
    with pytest.raises(ConsentDatesError):
        give(asked(), given_on=given_on, expires_on=expires_on)


@pytest.mark.parametrize("state", list(ConsentState))
def test_LC8_a_new_consent_can_be_given_whatever_was_said_before(state: ConsentState) -> None:
    assert give(STATES[state]()).facts.is_valid_on(TODAY)


@pytest.mark.parametrize("state", [state for state in ConsentState if state is not ConsentState.GIVEN])
def test_M09_only_a_consent_that_is_given_is_withdrawn_or_narrowed(state: ConsentState) -> None:
    with pytest.raises(NoConsentToWithdrawError):
        STATES[state]().withdraw(by=by_saksbehandler(), at=at())
    with pytest.raises(NoConsentToWithdrawError):
        STATES[state]().narrow(scopes=WIDE, today=TODAY, by=by_saksbehandler(), at=at())


def test_LC8_withdrawing_is_as_easy_as_giving_also_after_it_was_relied_on() -> None:
    consent = given_consent()
    rely(consent, NAV)

    consent.withdraw(by=by_member("nav"), at=at())

    assert consent.state is ConsentState.WITHDRAWN
    assert consent.relied_on == (an_id("item"),)


def test_LC2_a_consent_can_be_narrowed_and_keeps_its_dates() -> None:
    consent = given_consent()

    consent.narrow(scopes=(ConsentScope(NAV, (HOUSING,)),), today=TODAY, by=by_saksbehandler(), at=at())

    assert consent.facts == ConsentFacts(
        consent_id(CASE), ConsentState.GIVEN, (ConsentScope(NAV, (HOUSING,)),), TODAY, YEAR_END
    )
    with pytest.raises(ConsentMissingError):
        rely(consent, PSYKISK_HELSE)


UNITS = [NAV, PSYKISK_HELSE, TEKNISKE_TJENESTER]
SCOPES = st.lists(
    st.builds(
        ConsentScope,
        st.sampled_from(UNITS),
        st.sets(st.sampled_from([HEALTH, HOUSING, ECONOMY]), min_size=1).map(tuple),
    ),
    min_size=1,
    unique_by=lambda scope: scope.unit,
).map(tuple)


@given(before=SCOPES, after=SCOPES)
def test_LC2_narrowing_never_gives_anybody_more(
    before: tuple[ConsentScope, ...], after: tuple[ConsentScope, ...]
) -> None:
    consent = give(asked(), before)
    had = {(scope.unit, kind) for scope in before for kind in scope.kinds}
    wanted = {(scope.unit, kind) for scope in after for kind in scope.kinds}

    try:
        consent.narrow(scopes=after, today=TODAY, by=by_saksbehandler(), at=at())
    except ConsentNotWiderError:
        assert not wanted <= had
    else:
        assert wanted <= had
        assert consent.scopes == after


def test_LC8_a_consent_expires_once_and_only_after_its_last_day() -> None:
    consent = given_consent()
    with pytest.raises(WrongStateError):
        consent.expire(today=YEAR_END, by=by_system(), at=at())

    consent.expire(today=YEAR_END + timedelta(days=1), by=by_system(), at=at())

    assert consent.state is ConsentState.EXPIRED
    with pytest.raises(WrongStateError):
        consent.expire(today=YEAR_END + timedelta(days=2), by=by_system(), at=at())


def test_LC8_a_consent_without_an_end_does_not_expire() -> None:
    with pytest.raises(WrongStateError):
        give(asked(), expires_on=None).expire(today=date(2040, 1, 1), by=by_system(), at=at())


@pytest.mark.parametrize(
    "step",
    [
        lambda consent, who: give(consent, who=who),
        lambda consent, who: consent.refuse(by=who, at=at()),
        lambda consent, who: consent.narrow(scopes=WIDE, today=TODAY, by=who, at=at()),
    ],
    ids=["give", "refuse", "narrow"],
)
def test_M09_the_saksbehandler_sees_to_the_consent(step: Callable[[Consent, By], None]) -> None:
    consent = given_consent()

    with pytest.raises(SaksbehandlerOnlyError):
        step(consent, by_member("nav"))

    assert len(events_of(consent)) == 2


@pytest.mark.parametrize("state", list(ConsentState))
def test_D2_a_consent_comes_back_from_its_events_as_it_was(state: ConsentState) -> None:
    consent = STATES[state]()

    assert consent.state is state
    assert state_of(stored_and_replayed(consent)) == state_of(consent)
