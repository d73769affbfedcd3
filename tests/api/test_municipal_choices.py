"""What only a municipality can answer, over HTTP: urgent cases, and a group that does not agree (M11, M13)."""

from domain.law.municipal_choices import UrgentCases, WithoutAgreement
from tests.api import givens
from tests.api.decision_givens import applied
from tests.api.office import Office
from tests.api.rulebooks import choose


def test_M13_where_extra_meetings_are_chosen_nothing_is_too_urgent_for_one(office: Office) -> None:
    about = applied(office, "assistance")
    path, body = f"/cases/{about.case}/decision-without-group", {"ground": "urgent"}
    choose(office, urgent_cases=UrgentCases.EXTRA_MEETING)
    response = givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="extra_meeting_first")
    assert "ekstra møte" in response.json()["next_step"]


def test_M11_without_agreement_the_next_meeting_comes_first(office: Office) -> None:
    talk = givens.discussed(office)
    path, body = f"/cases/{talk.case}/decision-without-group", {"ground": "no_agreement"}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="next_meeting_first")


def test_M11_where_it_is_chosen_the_saksbehandler_decides_what_the_group_did_not_agree_on(office: Office) -> None:
    choose(office, without_agreement=WithoutAgreement.SAKSBEHANDLER_DECIDES)
    talk = givens.item_at_open_meeting(office)
    path, body = f"/cases/{talk.case}/decision-without-group", {"ground": "no_agreement"}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="not_discussed")
    givens.present(office, talk.item, talk.group.saksbehandler, talk.group.nav)
    office.saksbehandler.do(f"/agenda-items/{talk.item}/discussion")
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="not_discussed")
    office.saksbehandler.do(f"/agenda-items/{talk.item}/discussion/closing")
    assert office.saksbehandler.do(path, body)["ground"] == "no_agreement"


def test_M11_what_the_group_agreed_on_is_no_disagreement(office: Office) -> None:
    choose(office, without_agreement=WithoutAgreement.SAKSBEHANDLER_DECIDES)
    talk, _ = givens.concluded(office)
    path, body = f"/cases/{talk.case}/decision-without-group", {"ground": "no_agreement"}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="not_discussed")
