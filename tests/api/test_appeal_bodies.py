"""Appeals over HTTP, on their way to the body and back: the right people, the right papers, what was decided."""

from uuid import UUID

import pytest

from domain.actors import Role
from domain.cases.case import Case
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import SentPaperKind
from domain.decisions.vedtak_rules import Outcome
from tests.api.appeal_givens import (
    AFTER_TWO_WEEKS,
    TODAY,
    at_the_municipal_body,
    decision,
    forwarded,
    forwarding,
    granted_assistance,
    named,
    received,
    refused_dwelling,
    secretary,
    upheld,
    with_secretary,
)
from tests.api.decision_givens import applied, concluded, issued, refused
from tests.api.givens import assert_refused, by, employee, register
from tests.api.office import Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")


def stored(office: Office, appeal: str) -> Appeal:
    return office.installation.case_log.load(Appeal, UUID(appeal))


def test_LI4_a_secretary_who_has_had_nothing_to_do_with_the_case_is_named(office: Office) -> None:
    appeal = with_secretary(office, received(office, refused_dwelling(office)))
    assert stored(office, appeal).secretary is not None


def test_LI4_who_decided_neither_prepares_for_the_appeal_body_nor_sits_in_it(office: Office) -> None:
    register(office, office.saksbehandler)
    appeal = received(office, refused_dwelling(office))
    before = office.installation.case_log.head()
    as_secretary = named(office, appeal, office.saksbehandler)
    assert (refused(as_secretary), as_secretary.json()["rule"]) == ((403, "took_part_in_the_case"), "LI4")
    assert office.installation.case_log.head() == before
    as_member = named(office, appeal, secretary(office), office.saksbehandler)
    assert refused(as_member) == (403, "took_part_in_the_case")


def test_LI4_who_is_directly_below_a_leader_who_took_part_is_out_as_well(office: Office) -> None:
    leader, below = employee(office, "nav", Role.LEADER), employee(office, "nav")
    about = applied(office, "dwelling")
    log, case = office.installation.case_log, UUID(about.case)
    submitted = log.load(Case, case)
    why = office.installation.vault.seal(submitted.person, case, "assessment.submission", "Trenger hjelp.")
    submitted.submit_to_group(why=why, by=by(leader), at=office.installation.clock.now())
    log.append(submitted)
    appeal = received(office, refused_dwelling(office, about))
    assert refused(named(office, appeal, below)) == (403, "took_part_in_the_case")
    assert named(office, appeal, secretary(office)).status_code == 200


def test_LK6_an_appeal_that_is_prepared_is_watched_until_it_is_forwarded(office: Office) -> None:
    appeal = upheld(office, received(office, granted_assistance(office)))
    path = "/deadlines?kind=appeal_to_forward"
    (row,) = office.saksbehandler.get(path).json()["items"]
    assert (row["subject"], row["due_on"]) == (appeal, TODAY)
    forwarded(office, appeal)
    assert office.saksbehandler.get(path).json()["items"] == []


def test_LK1_the_state_chooses_its_own_people(office: Office) -> None:
    appeal = received(office, granted_assistance(office))
    assert refused(named(office, appeal, secretary(office))) == (409, "not_a_municipal_body")


def test_LK6_nothing_is_forwarded_before_the_party_has_the_statement(office: Office) -> None:
    appeal = received(office, granted_assistance(office))
    office.saksbehandler.do(f"/appeals/{appeal}/upholding", {"statement": "Vi ser ikke grunn til å endre."})
    body = forwarding(office, appeal)
    path = f"/appeals/{appeal}/forwarding"
    assert_refused(office, office.saksbehandler, path, body, status=409, code="statement_not_copied")


def test_LI4_the_municipal_body_gets_nothing_without_a_secretary(office: Office) -> None:
    appeal = upheld(office, received(office, refused_dwelling(office)))
    path, body = f"/appeals/{appeal}/forwarding", forwarding(office, appeal)
    assert_refused(office, office.saksbehandler, path, body, status=409, code="appeal_secretary_missing")


@pytest.mark.parametrize(("checksum", "code"), [(None, "pool_missing"), ("0" * 64, "pool_differs")])
def test_B14_an_appeal_about_a_dwelling_goes_with_the_pool_of_that_day(
    office: Office, checksum: str | None, code: str
) -> None:
    appeal = with_secretary(office, upheld(office, received(office, refused_dwelling(office))))
    body = forwarding(office, appeal, pool_checksum=checksum)
    path = f"/appeals/{appeal}/forwarding"
    assert_refused(office, office.saksbehandler, path, body, status=409, code=code)


def test_LP2_internal_assessments_are_sent_only_by_a_choice_with_a_reason(office: Office) -> None:
    appeal = upheld(office, received(office, granted_assistance(office)))
    path, body = f"/appeals/{appeal}/forwarding", forwarding(office, appeal, with_assessments=True)
    assert_refused(office, office.saksbehandler, path, body, status=409, code="assessments_need_reason")
    unsaid = {name: value for name, value in body.items() if name != "with_assessments"}
    assert_refused(office, office.saksbehandler, path, unsaid, status=422, code="invalid_input")
    reason = {"assessments_because": "Klagen gjelder selve vurderingen."}
    sent = office.saksbehandler.do(path, {**body, **reason})["sent"]
    assert SentPaperKind.ASSESSMENT in {paper["kind"] for paper in sent}


def test_LP2_the_package_keeps_assessments_back_unless_they_were_chosen(office: Office) -> None:
    appeal = forwarded(office, upheld(office, received(office, granted_assistance(office))))
    package = office.saksbehandler.get(f"/appeals/{appeal}/package").json()
    assert {paper["kind"] for paper in package["papers"]} == {"vedtak", "application", "appeal"}
    assert "Får ikke leid privat." not in str(package)
    assert package["appellant"] == "Prøve Eksempelsen"


def test_LP2_the_package_holds_assessments_that_were_chosen(office: Office) -> None:
    appeal = upheld(office, received(office, granted_assistance(office)))
    forwarded(office, appeal, with_assessments=True, assessments_because="Klagen gjelder selve vurderingen.")
    assert "Får ikke leid privat." in str(office.saksbehandler.get(f"/appeals/{appeal}/package").json())


def test_LI4_taking_the_package_out_is_logged_as_an_export(office: Office) -> None:
    appeal = at_the_municipal_body(office)
    package = office.saksbehandler.get(f"/appeals/{appeal}/package").json()
    (line,) = office.disclosures("Exported")
    assert (line.recipient, str(line.reference)) == ("klagenemnd", appeal)
    assert {"identity.name", "vedtak.reasons", "vedtak.appeal_grounds"} <= set(line.fields)
    reviewer = office.caller("service_og_tildeling", Role.REVIEWER)
    newest = reviewer.get(f"/access-log?case={line.case}").json()["items"][0]
    assert (newest["what"], newest["purpose"]) == ("exported", "appeal_package")
    assert package["pool"]["checksum"] == office.saksbehandler.get(f"/appeals/{appeal}").json()["pool_checksum"]


def test_LI4_nothing_is_taken_out_before_it_is_forwarded(office: Office) -> None:
    appeal = upheld(office, received(office, refused_dwelling(office)))
    response = office.saksbehandler.get(f"/appeals/{appeal}/package")
    assert refused(response) == (409, "nothing_forwarded")
    assert office.disclosures("Exported") == []


def test_LI4_the_secretary_sees_nothing_live(office: Office) -> None:
    appeal = upheld(office, received(office, refused_dwelling(office)))
    reader = secretary(office)
    named(office, appeal, reader)
    forwarded(office, appeal)
    for path in ("", "/pool", "/package"):
        assert refused(reader.get(f"/appeals/{appeal}{path}")) == (404, "not_found")
    assert reader.get("/appeals").json()["items"] == []


def test_LK7_what_the_body_quashed_is_listed_until_there_is_a_new_vedtak(office: Office) -> None:
    about = applied(office, "dwelling")
    old = refused_dwelling(office, about)
    appeal = forwarded(office, with_secretary(office, upheld(office, received(office, old))))
    answer = office.saksbehandler.do(f"/appeals/{appeal}/decision", decision("quashed"))
    assert answer["needs_new_vedtak"]
    (row,) = office.saksbehandler.get("/appeals").json()["items"]
    assert (row["appeal"], row["awaits_new_vedtak"], row["outcome"]) == (appeal, True, "quashed")
    kinds = [row["kind"] for row in office.saksbehandler.get("/deadlines").json()["items"]]
    assert "new_vedtak_after_appeal" in kinds
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    issued(office, about, conclusion, "dwelling", issue={"replaced_because": "Opphevet i klage."}, replaces=old)
    assert office.saksbehandler.get("/appeals").json()["items"] == []
    kinds = [row["kind"] for row in office.saksbehandler.get("/deadlines").json()["items"]]
    assert "new_vedtak_after_appeal" not in kinds


def test_LK7_a_worse_outcome_more_than_three_months_after_the_appeal_is_refused(office: Office) -> None:
    appeal = forwarded(office, upheld(office, received(office, granted_assistance(office))))
    office.set_clock(AFTER_TWO_WEEKS.replace(month=4, day=27))
    path, body = f"/appeals/{appeal}/decision", decision("changed_to_detriment", "2027-04-27")
    assert_refused(office, office.saksbehandler, path, body, status=409, code="worse_too_late")
    assert office.saksbehandler.do(path, {**body, "outcome": "upheld"})["state"] == "decided"


def test_LK8_what_the_municipal_body_dismissed_goes_on_to_the_state(office: Office) -> None:
    appeal = at_the_municipal_body(office)
    office.saksbehandler.do(f"/appeals/{appeal}/decision", decision("dismissed"))
    body = {"received_on": TODAY, "grounds": "Klagen skulle vært behandlet."}
    answer = office.saksbehandler.do(f"/appeals/{appeal}/dismissal-appeal", body)
    assert (answer["state"], answer["appeal_body"]) == ("received", "statsforvalteren")


def test_LK8_what_was_tried_goes_no_further(office: Office) -> None:
    appeal = at_the_municipal_body(office)
    office.saksbehandler.do(f"/appeals/{appeal}/decision", decision("upheld"))
    path, body = f"/appeals/{appeal}/dismissal-appeal", {"received_on": TODAY, "grounds": "Jeg er uenig."}
    assert_refused(office, office.saksbehandler, path, body, status=409, code="dismissal_not_appealable")
