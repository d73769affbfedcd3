"""A lease that ends does not slip off the agenda over HTTP (M18)."""

from dataclasses import dataclass

import pytest

from domain.cases.case import Case, OpenedBy, lease_case_id
from domain.cases.consent import Consent
from domain.housing.tenancy import Tenancy
from tests.api.decision_givens import let
from tests.api.givens import assert_refused, by, called_group, on_agenda, stored
from tests.api.office import Office


@dataclass(frozen=True)
class OnAgenda:
    """A lease whose end stands on an agenda."""

    tenancy: str
    case: str
    item: str
    meetings: tuple[str, ...]


@pytest.fixture
def lease(office: Office) -> OnAgenda:
    """A lease that ends in June stands on the first meeting's agenda, for Service og tildeling alone."""
    group = called_group(office)
    tenancy, _ = let(office, starts_on="2024-07-01", ends_on="2027-06-30")
    found = stored(office, Tenancy, tenancy)
    case = Case.open(
        id=lease_case_id(found.id, found.ends_on), person=found.person, opened_by=OpenedBy.LEASE_ENDING,
        tenancy=found.id, by=by(office.saksbehandler), at=office.installation.clock.now(),
    )  # fmt: skip
    at, lead = office.installation.clock.now(), by(office.saksbehandler)
    case.assign_responsibility(to=office.saksbehandler.actor.id, by=lead, at=at)
    office.installation.case_log.append(case, Consent.ask(case=case.id, person=found.person, by=lead, at=at))
    item = on_agenda(office, group.meetings[0], str(case.id), "lease_ending")
    return OnAgenda(tenancy, str(case.id), item, group.meetings)


def test_M18_a_running_lease_does_not_leave_as_ended(office: Office, lease: OnAgenda) -> None:
    path = f"/agenda-items/{lease.item}/removal"
    body = {"reason": "lease_ended"}
    assert_refused(office, office.saksbehandler, path, body, status=409, code="lease_must_not_slip")
    office.saksbehandler.do(f"/tenancies/{lease.tenancy}/ending", {"ended_on": "2026-12-01", "reason": "moved_out"})
    office.saksbehandler.do(path, body)


def test_M18_a_lease_does_not_leave_as_a_duplicate_of_nothing(office: Office, lease: OnAgenda) -> None:
    body = {"reason": "duplicate"}
    path = f"/agenda-items/{lease.item}/removal"
    assert_refused(office, office.saksbehandler, path, body, status=409, code="lease_must_not_slip")


def test_M18_an_ordinary_lease_does_not_leave_as_care_housing(office: Office, lease: OnAgenda) -> None:
    body = {"reason": "care_housing"}
    path = f"/agenda-items/{lease.item}/removal"
    assert_refused(office, office.saksbehandler, path, body, status=409, code="lease_must_not_slip")


def test_M18_there_are_never_two_open_items_for_one_lease(office: Office, lease: OnAgenda) -> None:
    body = {"matter": "lease_ending", "case": lease.case}
    path = f"/meetings/{lease.meetings[1]}/agenda-items"
    assert_refused(office, office.saksbehandler, path, body, status=409, code="already_on_agenda")


def test_LL10_M18_a_death_while_the_lease_is_on_an_agenda_puts_it_on_no_other(office: Office, lease: OnAgenda) -> None:
    change = {"change": "tenant_died", "changed_on": "2026-12-01", "who": "Ektefellen bor i boligen."}
    answer = office.saksbehandler.do(f"/tenancies/{lease.tenancy}/household-changes", change)
    assert answer["goes_on_agenda"] is False
