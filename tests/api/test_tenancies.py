"""Tenancies over HTTP: leases, extensions by new vedtak, challenges, and the end."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.cases.case import Case, OpenedBy
from domain.decisions.vedtak_rules import Outcome
from domain.housing.dwelling import Dwelling, DwellingState
from domain.housing.tenancy import Tenancy
from domain.housing.waiting_list_entry import LeavingReason, WaitingListEntry
from services.rulebooks import Rulebooks
from tests.api.decision_givens import (
    NOTICES,
    THREE_YEARS,
    Applied,
    applied,
    concluded,
    dwelling,
    issued,
    let,
    offered,
    refused,
    vacancy,
)
from tests.api.office import Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

SHORT = {"starts_on": "2027-02-01", "ends_on": "2028-01-31"}
DEMAND = {"in_writing": True, "reasons": "Leietiden er ute, og søknaden om forlengelse er avslått."}


def stored(office: Office, tenancy: str) -> Tenancy:
    return office.installation.case_log.load(Tenancy, UUID(tenancy))


def extension(office: Office, tenancy: str) -> Applied:
    """An application to extend the lease."""
    return applied(office, "extension", tenancy=tenancy, applicant={"name": "Prøve Eksempelsen"})


def decided(office: Office, tenancy: str, outcome: Outcome) -> Applied:
    """An extension applied for, discussed and decided."""
    about = extension(office, tenancy)
    conclusion = concluded(office, about, extension=outcome)
    new_end = "2033-01-31" if outcome is Outcome.GRANT else None
    issued(office, about, conclusion, "extension", outcome, new_end=new_end)
    return about


def test_M14_a_signed_lease_lets_the_dwelling_and_takes_the_tenant_off_the_list(office: Office) -> None:
    the = vacancy(office)
    offered(office, the)
    office.saksbehandler.do(f"/allocations/{the.allocation}/offer/acceptance")
    answer = office.saksbehandler.do("/tenancies", {"allocation": the.allocation, **THREE_YEARS, **NOTICES})
    log = office.installation.case_log
    home, entry = log.load(Dwelling, UUID(the.dwelling)), log.load(WaitingListEntry, UUID(the.entries[0]))
    assert (home.state, str(home.tenancy)) == (DwellingState.LET, answer["tenancy"])
    assert entry.left_because is LeavingReason.LEASE
    assert answer["case"] == the.cases[0]


def test_M14_no_lease_without_an_accepted_offer(office: Office) -> None:
    the = vacancy(office)
    offered(office, the)
    head = office.installation.case_log.head()
    response = office.saksbehandler.post("/tenancies", {"allocation": the.allocation, **THREE_YEARS, **NOTICES})
    assert refused(response) == (409, "no_open_offer")
    assert office.installation.case_log.head() == head


def register(office: Office, about: Applied, home: str, **terms: object) -> tuple[int, str]:
    body = {"dwelling": home, "case": about.case, **THREE_YEARS, **NOTICES, **terms}
    response = office.saksbehandler.post("/tenancies/registration", body)
    return (response.status_code, "") if response.status_code == 201 else refused(response)


def test_LL1_LL3_a_lease_under_three_years_needs_special_grounds(office: Office) -> None:
    about, home = applied(office, "assistance"), dwelling(office)
    assert register(office, about, home, **SHORT) == (409, "lease_too_short")
    assert register(office, about, home, **SHORT, special_grounds="Huset skal rives om et år.") == (201, "")


def test_LL4_a_second_short_lease_of_the_same_dwelling_needs_weighty_grounds(office: Office) -> None:
    about, home = applied(office, "assistance"), dwelling(office)
    register(office, about, home, **SHORT, special_grounds="Huset skal rives om et år.")
    office.saksbehandler.do(f"/dwellings/{home}/vacancy", {"vacant_from": "2028-02-01"})
    assert register(office, about, home, **SHORT, special_grounds="Huset skal rives.") == (409, "second_short_lease")


def test_LL3_a_ground_that_the_tenant_was_told_at_signing_carries_a_shorter_lease(office: Office) -> None:
    about, home = applied(office, "assistance"), dwelling(office)
    assert register(office, about, home, **SHORT, notified_ground="Kommunen skal bruke boligen selv.") == (201, "")


def test_LL4_a_short_extension_of_a_short_lease_needs_weighty_grounds(office: Office) -> None:
    tenancy, _ = let(office, **SHORT, special_grounds="Huset skal rives om et år.")
    about = extension(office, tenancy)
    conclusion = concluded(office, about, extension=Outcome.GRANT)
    issued(office, about, conclusion, "extension", Outcome.GRANT, new_end="2029-01-31")
    path = f"/tenancies/{tenancy}/extension"
    short = office.saksbehandler.post(path, {**NOTICES, "special_grounds": "Huset skal rives om et år."})
    assert refused(short) == (409, "second_short_lease")
    office.saksbehandler.do(path, {**NOTICES, "weighty_grounds": "Leieren venter på en tilpasset bolig."})


def test_LL2_terms_that_differ_need_written_notice(office: Office) -> None:
    about, home = applied(office, "assistance"), dwelling(office)
    terms = {"notice_of_exceptions": False, "exceptions": ["no_subletting"]}
    assert register(office, about, home, **terms) == (409, "notice_of_exceptions_missing")


def test_LL5_a_lease_without_notice_can_be_terminated(office: Office) -> None:
    tenancy, _ = let(office, notice_no_termination=False)
    assert stored(office, tenancy).can_be_terminated


def test_M20_a_care_dwelling_is_let_in_a_case_about_care_housing(office: Office) -> None:
    home = dwelling(office, care_housing=True)
    assert register(office, applied(office, "assistance"), home) == (409, "care_dwelling_not_for_group")
    assert register(office, applied(office, "care_housing"), home) == (201, "")


def test_M14_a_vacant_dwelling_is_let_through_its_allocation_only(office: Office) -> None:
    about, home = applied(office, "assistance"), dwelling(office)
    office.saksbehandler.do(f"/dwellings/{home}/vacancy", {"vacant_from": "2027-02-01"})
    assert register(office, about, home) == (409, "dwelling_not_reserved")


def test_M19_a_lease_is_extended_by_a_new_vedtak_only(office: Office) -> None:
    tenancy, _ = let(office)
    head = office.installation.case_log.head()
    response = office.saksbehandler.post(f"/tenancies/{tenancy}/extension", NOTICES)
    assert refused(response) == (409, "extension_not_granted")
    assert office.installation.case_log.head() == head


def test_M19_a_granted_extension_runs_to_the_day_the_vedtak_says_once_it_is_signed(office: Office) -> None:
    tenancy, _ = let(office)
    decided(office, tenancy, Outcome.GRANT)
    assert str(stored(office, tenancy).ends_on) == "2030-01-31"
    assert office.saksbehandler.do(f"/tenancies/{tenancy}/extension", NOTICES)["ends_on"] == "2033-01-31"
    terms = stored(office, tenancy).terms
    assert (str(terms.starts_on), str(terms.ends_on)) == ("2030-02-01", "2033-01-31")


def test_M19_a_refused_extension_is_a_vedtak_too_and_the_end_stands(office: Office) -> None:
    tenancy, _ = let(office)
    decided(office, tenancy, Outcome.REFUSE)
    assert stored(office, tenancy).applied_for is None
    response = office.saksbehandler.post(f"/tenancies/{tenancy}/extension", NOTICES)
    assert refused(response) == (409, "extension_not_granted")


def test_M19_a_granted_extension_says_the_new_end(office: Office) -> None:
    tenancy, _ = let(office)
    about = extension(office, tenancy)
    body = {
        "application": about.application, "subject": "extension", "outcome": "grant", "reasons": "Trenger boligen.",
        "conclusion": concluded(office, about, extension=Outcome.GRANT),
    }  # fmt: skip
    assert refused(office.saksbehandler.post("/vedtak", body)) == (409, "extension_terms")


def test_B09_application_and_vedtak_hang_on_the_thread_of_the_lease(office: Office) -> None:
    tenancy, _ = let(office)
    about = decided(office, tenancy, Outcome.GRANT)
    case = office.installation.case_log.load(Case, UUID(about.case))
    assert str(case.tenancy) == tenancy


def test_LL6_a_demand_to_move_out_comes_in_time_or_not_at_all(office: Office) -> None:
    tenancy, _ = let(office)
    demand = f"/tenancies/{tenancy}/move-out-demand"
    early = office.saksbehandler.post(demand, {**DEMAND, "demanded_on": "2027-01-13"})
    assert refused(early) == (422, "day_not_yet_come")
    office.set_clock(datetime(2030, 5, 2, 9, tzinfo=UTC))
    late = office.saksbehandler.post(demand, {**DEMAND, "demanded_on": "2030-05-02"})
    assert refused(late) == (409, "move_out_demand_too_late")
    assert office.saksbehandler.do(demand, {**DEMAND, "demanded_on": "2030-04-30"})["last_day"] == "2030-04-30"


def test_LL6_a_spoken_demand_to_move_out_counts_for_nothing(office: Office) -> None:
    tenancy, _ = let(office)
    body = {**DEMAND, "demanded_on": "2027-01-12", "in_writing": False}
    response = office.saksbehandler.post(f"/tenancies/{tenancy}/move-out-demand", body)
    assert refused(response) == (409, "move_out_demand_not_written")


def test_LL6_a_tenancy_shows_where_its_end_stands(office: Office) -> None:
    tenancy, _ = let(office, notice_no_termination=False)
    form = {"in_writing": True, "right_to_protest": True, "consequence_of_silence": True, "eviction": True}
    notice = {"given_on": "2027-01-12", "ground": "other_just_cause", "reasons": "Huset skal selges.", "form": form}
    office.saksbehandler.do(f"/tenancies/{tenancy}/notice", notice)
    shown = office.saksbehandler.get(f"/tenancies/{tenancy}").json()
    assert (shown["is_open_ended"], shown["notice"]["ends_on"], shown["takeover"]) == (False, "2027-04-30", None)


def test_LL6_why_the_tenant_must_move_is_sealed(office: Office) -> None:
    tenancy, _ = let(office)
    office.saksbehandler.do(f"/tenancies/{tenancy}/move-out-demand", {**DEMAND, "demanded_on": "2027-01-12"})
    event = office.installation.case_log.stream(UUID(tenancy))[-1]
    assert isinstance(event, Tenancy.MoveOutDemanded)
    assert event.reasons is not None


def test_M16_a_challenge_opens_a_case_without_an_application(office: Office) -> None:
    tenancy, about = let(office)
    body = {"kind": "tenancy", "text": "Naboene klager over støy."}
    opened = office.saksbehandler.do(f"/tenancies/{tenancy}/challenges", body)["case"]
    case = office.installation.case_log.load(Case, UUID(opened))
    assert opened != about.case
    assert (case.opened_by, str(case.tenancy)) == (OpenedBy.TENANCY_CHALLENGE, tenancy)


def test_M17_a_challenge_in_granted_help_names_its_vedtak_and_is_another_matter(office: Office) -> None:
    tenancy, about = let(office)
    body = {"kind": "assistance", "text": "Leieren slipper ingen inn."}
    challenges = f"/tenancies/{tenancy}/challenges"
    assert refused(office.saksbehandler.post(challenges, body)) == (409, "granted_help_missing")
    vedtak = issued(office, about, concluded(office, about), "assistance")["vedtak"]
    opened = office.saksbehandler.do(challenges, {**body, "vedtak": vedtak})["case"]
    case = office.installation.case_log.load(Case, UUID(opened))
    assert case.opened_by is OpenedBy.ASSISTANCE_CHALLENGE


def test_M17_help_granted_to_somebody_else_is_not_found(office: Office) -> None:
    tenancy, _ = let(office)
    other = applied(office, "assistance")
    vedtak = issued(office, other, concluded(office, other), "assistance")["vedtak"]
    body = {"kind": "assistance", "text": "Leieren slipper ingen inn.", "vedtak": vedtak}
    assert refused(office.saksbehandler.post(f"/tenancies/{tenancy}/challenges", body)) == (404, "not_found")


def test_M17_help_in_a_private_home_is_challenged_without_any_tenancy(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = issued(office, about, concluded(office, about), "assistance")["vedtak"]
    opened = office.saksbehandler.do(f"/vedtak/{vedtak}/challenges", {"text": "Slipper ingen inn."})["case"]
    case = office.installation.case_log.load(Case, UUID(opened))
    (event,) = [
        e for e in office.installation.case_log.stream(case.id) if isinstance(e, Case.AssistanceChallengeReported)
    ]
    assert (case.opened_by, case.tenancy, str(event.vedtak)) == (OpenedBy.ASSISTANCE_CHALLENGE, None, vedtak)


def test_M17_a_vedtak_that_grants_no_help_is_not_challenged(office: Office) -> None:
    about = applied(office, "assistance")
    conclusion = concluded(office, about, vanskeligstilt=False)
    vedtak = issued(office, about, conclusion, "assistance", "refuse")["vedtak"]
    response = office.saksbehandler.post(f"/vedtak/{vedtak}/challenges", {"text": "Slipper ingen inn."})
    assert refused(response) == (409, "granted_help_missing")


@pytest.mark.parametrize("stays", [True, False])
def test_M20_a_challenge_in_a_care_dwelling_is_for_the_group_only_where_the_municipality_says_so(
    office: Office, stays: bool
) -> None:
    choose(office, care_leases_stay=stays)
    about, home = applied(office, "care_housing"), dwelling(office, care_housing=True)
    lease = {"dwelling": home, "case": about.case, **THREE_YEARS, **NOTICES}
    tenancy = office.saksbehandler.do("/tenancies/registration", lease)["tenancy"]
    body = {"kind": "tenancy", "text": "Naboene klager over støy."}
    opened = office.saksbehandler.do(f"/tenancies/{tenancy}/challenges", body)["case"]
    case = office.installation.case_log.load(Case, UUID(opened))
    assert (case.care_housing, bool(case.submitted_by)) == (stays, not stays)


def choose(office: Office, *, care_leases_stay: bool) -> None:
    """The municipality answers whether leases and challenges in care dwellings stay with Service og tildeling."""
    books = [
        replace(book, choices=replace(book.choices, care_leases_stay_with_owner=care_leases_stay))
        for book in office.installation.rulebooks.oldest_first
    ]
    office.installation.rulebooks = Rulebooks.of(*books)


def test_D4_who_may_not_read_the_tenants_case_reports_through_a_submission(office: Office) -> None:
    tenancy, _ = let(office)
    body = {"kind": "tenancy", "text": "Naboene klager over støy."}
    response = office.caller("tekniske_tjenester").post(f"/tenancies/{tenancy}/challenges", body)
    assert refused(response) == (404, "not_found")


def test_M01_a_tenancy_ends_once(office: Office) -> None:
    tenancy, _ = let(office)
    body = {"ended_on": "2027-01-12", "reason": "moved_out"}
    office.saksbehandler.do(f"/tenancies/{tenancy}/ending", body)
    assert refused(office.saksbehandler.post(f"/tenancies/{tenancy}/ending", body)) == (409, "tenancy_ended")
