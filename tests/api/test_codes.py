"""A code that the rulebook does not have is neither stored nor printed (D11)."""

import pytest

from domain.decisions.vedtak_rules import Outcome
from tests.api.decision_givens import TERMS_OF_A_DWELLING, applied, concluded, draft_of, drafted
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


def test_D11_a_rule_that_bars_nothing_is_refused_with_those_that_bar(office: Office) -> None:
    about = applied(office, "assistance")
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "formally_dismissed"})
    draft = draft_of(about, None, "assistance", "refuse", barred_by="years_of_residence")

    refused = assert_refused(office, office.saksbehandler, "/vedtak", draft, status=422, code="unknown_code").json()

    assert "Søkeren oppholder seg ikke lovlig i Norge; " in refused["detail"]
    assert "unlawful_stay" in refused["codes"]


@pytest.mark.parametrize("answers", [{"effective_date": "2020-01-01"}, {"without_dwelling": True, "age": True}])
def test_D11_an_answer_to_no_criterion_is_refused_with_the_criteria(office: Office, answers: dict[str, object]) -> None:
    about = applied(office, "dwelling")
    vedtak = drafted(office, about, concluded(office, about, dwelling=Outcome.GRANT), "dwelling")
    placement = {"placement": {"answers": answers}}
    path = f"/vedtak/{vedtak}/issue"

    refused = assert_refused(office, office.saksbehandler, path, placement, status=422, code="unknown_criterion").json()

    assert "Er uten bolig eller bor midlertidig; Må flytte innen tre måneder" in refused["detail"]
    assert refused["codes"][0] == "without_dwelling"
    assert "effective_date" not in refused["codes"]


def test_D11_a_what_if_about_no_criterion_is_refused_with_the_criteria(office: Office) -> None:
    asked = "/waiting-list/proposal?area=centre&rooms=2&criterion=shoe_size"

    response = office.saksbehandler.get(asked)

    assert (response.status_code, response.json()["type"]) == (422, "/problems/unknown_criterion")
    assert {"without_dwelling", "effective_date"} <= set(response.json()["codes"])
    assert "Har barn i husstanden" in response.json()["detail"]


def test_D11_a_unit_that_the_rulebook_does_not_have_gets_no_consent(office: Office) -> None:
    consent = {"scopes": [{"unit": "navn"}], "given_on": "2027-01-12", "channel": "form"}
    path = f"/cases/{applied(office).case}/consent"

    refused = assert_refused(office, office.saksbehandler, path, consent, status=422, code="unknown_code").json()

    assert "Psykisk helse; Nav; Tekniske tjenester" in refused["detail"]


def test_D11_who_may_not_do_it_is_not_told_which_codes_there_are(office: Office) -> None:
    consent = {"scopes": [{"unit": "navn"}], "given_on": "2027-01-12", "channel": "form"}
    path = f"/cases/{applied(office).case}/consent"

    assert_refused(office, office.caller("nav"), path, consent, status=404, code="not_found")
