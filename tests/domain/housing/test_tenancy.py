"""A tenancy: lawful terms, extension by vedtak only, challenges without an application, and the end."""

from dataclasses import replace
from datetime import date

import pytest

from domain.decisions.vedtak_rules import ExtensionTerms, Outcome, VedtakFacts
from domain.housing.lease_rules import (
    LeaseEndsBeforeItStartsError,
    LeaseTerms,
    LeaseTooShortError,
    MoveOutDemandTooLateError,
    NewEndNotLaterError,
    NoticeOfExceptionsMissingError,
    SecondShortLeaseError,
    open_ended_from,
    shortest_lawful_end,
)
from domain.housing.tenancy import (
    ChallengeKind,
    EndingReason,
    ExtensionNotGrantedError,
    GrantedHelpMissingError,
    NoExtensionVedtakError,
    NothingAppliedForError,
    Tenancy,
    TenancyEndedError,
)
from domain.law.rulebook import DecisionSubject
from domain.refusals import WrongStateError
from domain.sealed import Sealed
from tests.domain.decision_support import (
    APPLICATION,
    AT,
    CASE,
    NAV_EMPLOYEE,
    PERSON,
    SAKSBEHANDLER,
    TENANCY,
    sealed,
    uid,
    vedtak_facts,
)
from tests.domain.support import stored_and_replayed

START, END = date(2027, 3, 1), date(2030, 2, 28)
DAY_AFTER_END, NEW_END, SHORT_NEW_END = date(2030, 3, 1), date(2033, 2, 28), date(2031, 2, 28)
SHORT_END = date(2028, 2, 29)
GROUNDS = sealed("housing.grounds")


def terms(
    starts_on: date = START,
    ends_on: date = END,
    *,
    notice_of_exceptions: bool = True,
    notice_no_termination: bool = True,
    exceptions: tuple[str, ...] = (),
    special_grounds: Sealed | None = None,
    weighty_grounds: Sealed | None = None,
    notified_ground: Sealed | None = None,
) -> LeaseTerms:
    return LeaseTerms(
        starts_on=starts_on, ends_on=ends_on, notice_of_exceptions=notice_of_exceptions,
        notice_no_termination=notice_no_termination, exceptions=exceptions, special_grounds=special_grounds,
        weighty_grounds=weighty_grounds, notified_ground=notified_ground,
    )  # fmt: skip


def signed(agreed: LeaseTerms | None = None, *, short_before: bool = False, care_housing: bool = False) -> Tenancy:
    return Tenancy.sign_lease(
        id=TENANCY, dwelling=uid(10), person=PERSON, case=CASE, terms=agreed or terms(), allocation=uid(20),
        care_housing=care_housing, short_before=short_before, by=SAKSBEHANDLER, at=AT,
    )  # fmt: skip


GRANTING = vedtak_facts(DecisionSubject.EXTENSION, extension=ExtensionTerms(tenancy=TENANCY, new_end=NEW_END))
REFUSING = replace(GRANTING, outcome=Outcome.REFUSE, extension=ExtensionTerms(tenancy=TENANCY))


def granting_until(new_end: date) -> VedtakFacts:
    return replace(GRANTING, extension=ExtensionTerms(tenancy=TENANCY, new_end=new_end))


def applied_for(tenancy: Tenancy | None = None) -> Tenancy:
    tenancy = tenancy or signed()
    tenancy.apply_for_extension(application=APPLICATION, case=CASE, by=SAKSBEHANDLER, at=AT)
    return tenancy


def granted(tenancy: Tenancy | None = None, new_end: date = NEW_END) -> Tenancy:
    tenancy = applied_for(tenancy)
    tenancy.grant_extension(vedtak=granting_until(new_end), by=SAKSBEHANDLER, at=AT)
    return tenancy


def extend(tenancy: Tenancy, agreed: LeaseTerms) -> None:
    tenancy.extend_lease(terms=agreed, by=SAKSBEHANDLER, at=AT)


def short_lease() -> Tenancy:
    return signed(terms(ends_on=SHORT_END, special_grounds=GROUNDS))


@pytest.mark.parametrize(
    ("starts_on", "last_day"),
    [
        (date(2027, 1, 1), date(2029, 12, 31)),
        (date(2027, 3, 15), date(2030, 3, 14)),
        (date(2025, 3, 1), date(2028, 2, 29)),
        (date(2027, 3, 1), date(2030, 2, 28)),
        (date(2028, 2, 29), date(2031, 2, 28)),
    ],
)
def test_LL1_three_full_years_end_the_day_before_the_same_date(starts_on: date, last_day: date) -> None:
    assert shortest_lawful_end(starts_on, lease_years=3) == last_day


def test_LL1_a_lease_of_three_years_is_signed() -> None:
    assert stored_and_replayed(signed()).ends_on == END


def test_LL1_a_lease_one_day_short_of_three_years_is_refused() -> None:
    with pytest.raises(LeaseTooShortError):
        signed(terms(ends_on=date(2030, 2, 27)))


def test_LL3_recorded_special_grounds_carry_a_shorter_lease() -> None:
    assert short_lease().had_short_term


def test_LL2_a_shorter_lease_needs_the_notice_of_exceptions() -> None:
    with pytest.raises(NoticeOfExceptionsMissingError):
        signed(terms(ends_on=SHORT_END, special_grounds=GROUNDS, notice_of_exceptions=False))


def test_LL2_terms_that_differ_need_the_notice_of_exceptions() -> None:
    with pytest.raises(NoticeOfExceptionsMissingError):
        signed(terms(exceptions=("no_subletting",), notice_of_exceptions=False))
    assert signed(terms(exceptions=("no_subletting",))).terms.exceptions == ("no_subletting",)


def test_LL2_ordinary_terms_need_no_notice_of_exceptions() -> None:
    assert signed(terms(notice_of_exceptions=False)).ends_on == END


def test_LL4_a_second_short_lease_of_the_same_dwelling_is_refused_on_special_grounds() -> None:
    with pytest.raises(SecondShortLeaseError):
        signed(terms(ends_on=SHORT_END, special_grounds=GROUNDS), short_before=True)


def test_LL4_weighty_grounds_carry_a_second_short_lease() -> None:
    assert signed(terms(ends_on=SHORT_END, weighty_grounds=GROUNDS), short_before=True).had_short_term


def test_LL4_three_years_after_a_short_lease_need_no_grounds() -> None:
    assert signed(short_before=True).ends_on == END


@pytest.mark.parametrize("told", [True, False])
def test_LL5_a_lease_can_be_terminated_unless_the_tenant_was_told_that_it_cannot(told: bool) -> None:
    assert signed(terms(notice_no_termination=told)).can_be_terminated is not told


def test_a_lease_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(LeaseEndsBeforeItStartsError):
        signed(terms(ends_on=date(2027, 2, 1), special_grounds=GROUNDS))


def test_M19_a_new_vedtak_extends_the_lease() -> None:
    tenancy = granted()

    extend(tenancy, terms(DAY_AFTER_END, NEW_END))

    assert stored_and_replayed(tenancy).ends_on == NEW_END


def test_M19_a_granted_extension_moves_no_date_before_it_is_signed() -> None:
    assert granted().ends_on == END


def test_M19_a_lease_is_never_extended_without_a_vedtak() -> None:
    with pytest.raises(ExtensionNotGrantedError):
        extend(applied_for(), terms(DAY_AFTER_END, NEW_END))


@pytest.mark.parametrize(
    "vedtak",
    [
        replace(GRANTING, in_force=False),
        REFUSING,
        replace(GRANTING, application=uid(99)),
        replace(GRANTING, extension=ExtensionTerms(tenancy=uid(6), new_end=NEW_END)),
        replace(GRANTING, extension=None),
        replace(GRANTING, subject=DecisionSubject.DWELLING),
    ],
)
def test_M19_no_other_vedtak_grants_the_extension(vedtak: VedtakFacts) -> None:
    with pytest.raises(NoExtensionVedtakError):
        applied_for().grant_extension(vedtak=vedtak, by=SAKSBEHANDLER, at=AT)


def test_M19_an_extension_is_granted_only_when_applied_for() -> None:
    with pytest.raises(NothingAppliedForError):
        signed().grant_extension(vedtak=GRANTING, by=SAKSBEHANDLER, at=AT)


def test_M19_the_signed_extension_is_the_one_that_the_vedtak_grants() -> None:
    with pytest.raises(NoExtensionVedtakError):
        extend(granted(), terms(DAY_AFTER_END, date(2035, 2, 28)))


def test_M19_an_extension_that_ends_no_later_is_refused() -> None:
    with pytest.raises(NewEndNotLaterError):
        applied_for().grant_extension(vedtak=granting_until(END), by=SAKSBEHANDLER, at=AT)


def test_M19_a_new_vedtak_refuses_the_extension_and_the_end_date_stands() -> None:
    tenancy = applied_for()

    tenancy.refuse_extension(vedtak=REFUSING, by=SAKSBEHANDLER, at=AT)

    assert (tenancy.ends_on, tenancy.applied_for) == (END, None)


def test_M19_a_granting_vedtak_does_not_refuse() -> None:
    with pytest.raises(NoExtensionVedtakError):
        applied_for().refuse_extension(vedtak=GRANTING, by=SAKSBEHANDLER, at=AT)


def test_M19_a_second_application_waits_for_the_answer_to_the_first() -> None:
    with pytest.raises(WrongStateError):
        applied_for(applied_for())


def test_LL1_a_short_extension_of_a_long_lease_needs_special_grounds() -> None:
    with pytest.raises(LeaseTooShortError):
        extend(granted(new_end=SHORT_NEW_END), terms(DAY_AFTER_END, SHORT_NEW_END))

    tenancy = granted(new_end=SHORT_NEW_END)
    extend(tenancy, terms(DAY_AFTER_END, SHORT_NEW_END, special_grounds=GROUNDS))
    assert tenancy.ends_on == SHORT_NEW_END


def test_LL4_a_short_extension_of_a_short_lease_is_a_second_short_lease() -> None:
    new_end = date(2029, 2, 28)
    tenancy = granted(short_lease(), new_end)

    with pytest.raises(SecondShortLeaseError):
        extend(tenancy, terms(date(2028, 3, 1), new_end, special_grounds=GROUNDS))
    extend(tenancy, terms(date(2028, 3, 1), new_end, weighty_grounds=GROUNDS))

    assert tenancy.ends_on == new_end


def test_LL6_a_lease_turns_open_ended_when_more_than_three_months_have_passed() -> None:
    assert open_ended_from(date(2030, 2, 28), move_out_demanded=False) == date(2030, 5, 29)
    assert open_ended_from(date(2029, 11, 30), move_out_demanded=False) == date(2030, 3, 1)


def test_LL6_a_demand_to_move_out_in_time_keeps_it_from_turning_open_ended() -> None:
    tenancy = signed()
    assert tenancy.open_ended_from == date(2030, 5, 29)

    tenancy.demand_move_out(demanded_on=date(2030, 5, 28), last_day=date(2030, 5, 28), by=SAKSBEHANDLER, at=AT)

    assert tenancy.open_ended_from is None


def test_LL6_a_demand_after_the_last_day_is_refused() -> None:
    with pytest.raises(MoveOutDemandTooLateError):
        signed().demand_move_out(demanded_on=date(2030, 5, 29), last_day=date(2030, 5, 28), by=SAKSBEHANDLER, at=AT)


def test_LL6_an_extension_after_a_demand_is_watched_anew() -> None:
    tenancy = granted()
    tenancy.demand_move_out(demanded_on=END, last_day=END, by=SAKSBEHANDLER, at=AT)

    extend(tenancy, terms(DAY_AFTER_END, NEW_END))

    assert tenancy.open_ended_from == date(2033, 5, 29)


def test_M16_a_challenge_in_a_tenancy_needs_no_application() -> None:
    tenancy = signed()

    tenancy.report_challenge(
        case=uid(8), kind=ChallengeKind.TENANCY, text=sealed("housing.challenge"), by=NAV_EMPLOYEE, at=AT
    )

    event = tenancy.pending_events[-1]
    assert isinstance(event, Tenancy.ChallengeReported)
    assert (event.kind, event.case, event.vedtak) == (ChallengeKind.TENANCY, uid(8), None)


def test_M17_a_challenge_in_giving_help_names_the_vedtak_that_granted_it() -> None:
    tenancy = signed()
    granted_help = vedtak_facts(DecisionSubject.ASSISTANCE)

    tenancy.report_challenge(
        case=uid(8), kind=ChallengeKind.ASSISTANCE, text=sealed("housing.challenge"), granted_help=granted_help,
        by=NAV_EMPLOYEE, at=AT,
    )  # fmt: skip

    event = tenancy.pending_events[-1]
    assert isinstance(event, Tenancy.ChallengeReported)
    assert (event.kind, event.vedtak) == (ChallengeKind.ASSISTANCE, granted_help.id)


@pytest.mark.parametrize("granted_help", [None, vedtak_facts(DecisionSubject.DWELLING)])
def test_M17_without_granted_help_there_is_no_challenge_in_giving_it(granted_help: VedtakFacts | None) -> None:
    with pytest.raises(GrantedHelpMissingError):
        signed().report_challenge(
            case=uid(8), kind=ChallengeKind.ASSISTANCE, text=sealed("housing.challenge"), granted_help=granted_help,
            by=NAV_EMPLOYEE, at=AT,
        )  # fmt: skip


def test_M20_a_tenancy_carries_that_it_is_in_a_care_dwelling() -> None:
    assert stored_and_replayed(signed(care_housing=True)).care_housing


def test_a_tenancy_ends_once_and_nothing_happens_after() -> None:
    tenancy = signed()

    tenancy.end(ended_on=END, reason=EndingReason.MOVED_OUT, by=SAKSBEHANDLER, at=AT)

    assert (tenancy.ended_on, tenancy.open_ended_from) == (END, None)
    with pytest.raises(TenancyEndedError):
        tenancy.end(ended_on=END, reason=EndingReason.MOVED_OUT, by=SAKSBEHANDLER, at=AT)
    with pytest.raises(TenancyEndedError):
        applied_for(tenancy)


def test_LL3_a_ground_that_the_tenant_was_told_at_signing_carries_a_shorter_lease() -> None:
    told = terms(ends_on=SHORT_END, notified_ground=GROUNDS, notice_of_exceptions=False)
    assert stored_and_replayed(signed(told)).had_short_term


def test_LL4_a_ground_that_the_tenant_was_told_does_not_carry_a_second_short_lease() -> None:
    with pytest.raises(SecondShortLeaseError):
        signed(terms(ends_on=SHORT_END, notified_ground=GROUNDS), short_before=True)


def test_M01_a_lease_from_before_is_taken_in_as_it_was_agreed_lawful_or_not() -> None:
    short = Tenancy.record_running_lease(
        id=TENANCY, dwelling=uid(10), person=PERSON, case=CASE, terms=terms(ends_on=SHORT_END), by=SAKSBEHANDLER, at=AT
    )
    assert stored_and_replayed(short).ends_on == SHORT_END
    assert short.had_short_term
