"""A code that the rulebook does not have is neither stored nor printed (D11)."""

import pytest

from tests.api.decision_givens import TERMS_OF_A_DWELLING, applied, draft_of
from tests.api.givens import assert_refused
from tests.api.office import Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")


def test_D11_a_lapse_reason_that_the_rulebook_does_not_have_is_refused_with_those_that_it_has(office: Office) -> None:
    dwelling = {**TERMS_OF_A_DWELLING, "lapses_when": ["no_answer", "moves"]}
    draft = draft_of(applied(office), None, "dwelling", dwelling=dwelling)

    refused = assert_refused(office, office.saksbehandler, "/vedtak", draft, status=422, code="unknown_code").json()

    assert "Du flytter fra kommunen" in refused["detail"]
    assert "moves" not in refused["detail"]
    assert refused["codes"] == ["no_answer", "no_longer_needed", "income_changed", "moved_away"]


def test_D11_a_unit_that_the_rulebook_does_not_have_gets_no_consent(office: Office) -> None:
    consent = {"scopes": [{"unit": "navn"}], "given_on": "2027-01-12", "channel": "form"}
    path = f"/cases/{applied(office).case}/consent"

    refused = assert_refused(office, office.saksbehandler, path, consent, status=422, code="unknown_code").json()

    assert "Psykisk helse; Nav; Tekniske tjenester" in refused["detail"]


def test_D11_who_may_not_do_it_is_not_told_which_codes_there_are(office: Office) -> None:
    consent = {"scopes": [{"unit": "navn"}], "given_on": "2027-01-12", "channel": "form"}
    path = f"/cases/{applied(office).case}/consent"

    assert_refused(office, office.caller("nav"), path, consent, status=404, code="not_found")
