"""Every way in: what is applied for, how, by whom, for whom, and where letters then go (LR1, LR3, LH7, LA5)."""

from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from domain.cases.application import Application, SubmitterRelation
from domain.decisions.vedtak_rules import Outcome
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.people.person import Person
from tests.api.decision_givens import A_TUESDAY, Applied, applied, concluded, draft_of, issued
from tests.api.givens import assert_refused, stored, tenancy_of
from tests.api.office import Office, synthetic_identity_number

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

SOMEBODY = {"name": "Prøve Slektningsen", "contact": "Testveien 3, 0000 Eksempel"}


def case_view(office: Office, case: str) -> dict[str, Any]:
    view: dict[str, Any] = office.saksbehandler.get(f"/cases/{case}").json()
    return view


def the_application(office: Office, about: Applied) -> dict[str, Any]:
    (application,) = case_view(office, about.case)["applications"]
    found: dict[str, Any] = application
    return found


def deadlines(office: Office, case: str) -> set[tuple[str, str]]:
    rows = office.saksbehandler.get("/deadlines?limit=100").json()["items"]
    return {(row["kind"], row["due_on"]) for row in rows if row["case"] == case}


@pytest.mark.parametrize("way_in", ["form", "letter", "telephone", "visit"])
@pytest.mark.parametrize("kind", ["dwelling", "assistance", "extension", "care_housing"])
def test_LR1_any_kind_in_any_way_opens_a_case_and_starts_the_deadlines(office: Office, kind: str, way_in: str) -> None:
    body = office.application(kinds=[kind], way_in=way_in)
    if kind == "extension":
        tenant = applied(office)
        tenancy = tenancy_of(office, tenant.case, tenant.person)
        body |= {"applicant": {"name": "Prøve Eksempelsen"}, "tenancy": tenancy}
    answer = office.saksbehandler.do("/applications", body)
    assert deadlines(office, answer["case"]) == {("interim_reply", "2027-02-12"), ("vedtak_outstanding", "2027-02-12")}


def test_LR1_a_call_that_says_little_more_than_why_is_a_request(office: Office) -> None:
    body = {
        "applicant": {"name": "Prøve Ringersen"}, "kinds": ["assistance"], "way_in": "telephone",
        "received_on": "2027-01-12", "reason": "Blir kastet ut i morgen.",
    }  # fmt: skip
    answer = office.saksbehandler.do("/applications", body)
    about = Applied(answer["application"], answer["case"], answer["person"])
    assert the_application(office, about)["present_housing"] == "not_told"
    assert deadlines(office, answer["case"])


@pytest.mark.parametrize("years", [None, 0, 40])
def test_LR2_no_residence_time_stands_in_the_way_of_help(office: Office, years: int | None) -> None:
    about = applied(office, "assistance", years_in_municipality=years)
    assert the_application(office, about)["unanswered"] == ["assistance"]


@pytest.mark.parametrize("relation", [r.value for r in SubmitterRelation if not r.speaks_for_applicant])
def test_LH7_who_asks_for_somebody_without_fullmakt_gets_no_letters(office: Office, relation: str) -> None:
    about = applied(office, submitter={"relation": relation, **SOMEBODY})
    submitter = the_application(office, about)["submitter"]
    assert (submitter["relation"], submitter["name"], submitter["representative"]) == (relation, SOMEBODY["name"], None)
    person = stored(office, Person, about.person)
    assert not person.letter_recipient(office.installation.clock.now().date()).is_representative
    assert case_view(office, about.case)["applicant"]["representative"] is None


@pytest.mark.parametrize(("relation", "guardian"), [("fullmakt", False), ("guardian", True)])
def test_LH7_who_asks_by_right_gets_the_letters(office: Office, relation: str, guardian: bool) -> None:
    about = applied(
        office, submitter={"relation": relation, **SOMEBODY}, representative={**SOMEBODY, "guardian": guardian}
    )
    view = case_view(office, about.case)
    (representative,) = view["applicant"]["representatives"]
    assert (representative["kind"], representative["valid_from"]) == (relation, "2027-01-12")
    assert view["applicant"]["representative"] == SOMEBODY["name"]
    assert view["applications"][0]["submitter"]["representative"] == representative["representative"]


@pytest.mark.parametrize(
    "representative",
    [None, {**SOMEBODY, "guardian": True}, {**SOMEBODY, "scope": ["assistance"]},
     {**SOMEBODY, "valid_to": "2027-01-11", "valid_from": "2026-01-01"}],
    ids=["none", "a guardian's", "another matter", "expired"],
)  # fmt: skip
def test_LH7_a_fullmakt_that_does_not_hold_for_this_is_refused(
    office: Office, representative: dict[str, Any] | None
) -> None:
    body = office.application(
        submitter={"relation": "fullmakt", **SOMEBODY},
        **({"representative": representative} if representative else {}),
    )
    assert_refused(office, office.saksbehandler, "/applications", body, status=409, code="fullmakt_missing")


def test_LH7_a_fullmakt_on_record_is_enough_the_next_time(office: Office) -> None:
    number = synthetic_identity_number()
    applicant = {"name": "Prøve Eksempelsen", "identity_number": number}
    applied(office, applicant=applicant, representative=SOMEBODY)
    again = applied(office, "assistance", applicant=applicant, submitter={"relation": "fullmakt", **SOMEBODY})
    assert the_application(office, again)["submitter"]["representative"]


def test_LH7_a_fullmakt_is_recorded_and_ended_in_the_case(office: Office) -> None:
    about = applied(office)
    path = f"/cases/{about.case}/representatives"
    given = {**SOMEBODY, "scope": ["dwelling"], "valid_from": "2027-01-12", "valid_to": "2027-12-31"}
    representative = office.saksbehandler.do(path, given)["representative"]
    (shown,) = case_view(office, about.case)["applicant"]["representatives"]
    assert (shown["scope"], shown["valid_to"]) == (["dwelling"], "2027-12-31")
    office.saksbehandler.do(f"{path}/{representative}/release", {"released_on": "2027-02-01"})
    (shown,) = case_view(office, about.case)["applicant"]["representatives"]
    assert shown["valid_to"] == "2027-01-31"


def test_LH7_an_unlawful_authority_is_refused(office: Office) -> None:
    about = applied(office)
    path = f"/cases/{about.case}/representatives"
    backwards = {**SOMEBODY, "valid_from": "2027-02-01", "valid_to": "2027-01-01"}
    assert_refused(office, office.saksbehandler, path, backwards, status=409, code="authority_ends_before_it_begins")
    nobody = f"{path}/{about.person}/release"
    released = {"released_on": "2027-02-01"}
    assert_refused(office, office.saksbehandler, nobody, released, status=404, code="representative_unknown")


def test_LH7_only_who_handles_the_case_records_an_authority(office: Office) -> None:
    about = applied(office)
    colleague = office.caller("service_og_tildeling", office.saksbehandler.actor.role)
    path = f"/cases/{about.case}/representatives"
    assert_refused(office, colleague, path, SOMEBODY, status=403, code="not_allowed")
    assert_refused(office, office.caller("nav"), path, SOMEBODY, status=404, code="not_found")


@pytest.mark.parametrize(
    ("part", "right", "shown"),
    [
        ("household", {"household": {"adults": 2, "children": 3}}, {"adults": 2, "children": 3, "children_part_time": 0}),
        ("present_housing", {"present_housing": "temporary"}, "temporary"),
        ("years_in_municipality", {"years_in_municipality": 0}, 0),
        ("lease_ends_on", {"lease_ends_on": "2027-08-31"}, "2027-08-31"),
        ("reason", {"text": "Leiekontrakten er sagt opp."}, "Leiekontrakten er sagt opp."),
        ("health", {"text": "Ingen helseopplysninger."}, "Ingen helseopplysninger."),
    ],
)  # fmt: skip
def test_LA5_the_case_shows_what_is_right_and_the_log_keeps_what_was_wrong(
    office: Office, part: str, right: dict[str, Any], shown: Any
) -> None:
    about = applied(office)
    body = {"corrects": 1, "part": part, "right": right, "because": "Søkeren sier at det ble skrevet feil."}
    office.saksbehandler.do(f"/applications/{about.application}/corrections", body)
    application = the_application(office, about)
    assert (application[part], application["corrected"]) == (shown, [part])
    first = office.installation.case_log.stream(stored(office, Application, about.application).id)[0]
    assert isinstance(first, Application.Received)
    assert first.content.present_housing == "none"


def due(office: Office, kind: str, application: str) -> list[str]:
    """When the deadlines of that kind about the application run out."""
    rows = office.saksbehandler.get(f"/deadlines?kind={kind}").json()["items"]
    return [row["due_on"] for row in rows if row["subject"] == application]


EARLIER = {"received_on": "2027-01-04", "because": "Brevet er stemplet mottatt fire dager tidligere."}


def test_LA5_LH2_the_deadlines_follow_the_day_an_application_really_came_in(office: Office) -> None:
    about = applied(office, received_on="2027-01-08")
    before = [due(office, kind, about.application) for kind in ("interim_reply", "vedtak_outstanding")]
    answer = office.saksbehandler.do(f"/applications/{about.application}/received-date", EARLIER)
    assert (answer["received_on"], answer["counts_from"]) == ("2027-01-04", "2027-01-04")
    after = [due(office, kind, about.application) for kind in ("interim_reply", "vedtak_outstanding")]
    assert (before, after) == ([["2027-02-08"]] * 2, [["2027-02-04"]] * 2)
    assert the_application(office, about)["received_on"] == "2027-01-04"
    cases = office.saksbehandler.get("/cases").json()["items"]
    assert [row["received_on"] for row in cases if row["case"] == about.case] == ["2027-01-04"]
    first = office.installation.case_log.stream(UUID(about.application))[0]
    assert isinstance(first, Application.Received)
    assert str(first.received_on) == "2027-01-08"


def test_LH2_LA5_what_is_promised_the_applicant_stands_when_the_day_is_corrected(office: Office) -> None:
    about = applied(office, received_on="2027-01-08")
    promise = {"reason": "many_applications", "expected_on": "2027-03-01"}
    office.saksbehandler.do(f"/applications/{about.application}/interim-reply", promise)
    office.saksbehandler.do(f"/applications/{about.application}/received-date", EARLIER)
    assert due(office, "vedtak_outstanding", about.application) == ["2027-03-01"]


def test_LA5_M14_a_corrected_day_moves_no_place_on_the_waiting_list_by_itself(office: Office) -> None:
    about = applied(office, "dwelling", received_on="2027-01-08")
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    entry = issued(office, about, conclusion, "dwelling")["waiting_list_entry"]
    version = stored(office, WaitingListEntry, entry).version
    office.saksbehandler.do(f"/applications/{about.application}/received-date", EARLIER)
    place = stored(office, WaitingListEntry, entry)
    assert (str(place.registered_on), str(place.effective_from), place.version) == ("2027-01-08", "2027-01-08", version)
    moving = {"effective_from": "2027-01-04", "because": "Søknaden kom inn tidligere enn den ble registrert."}
    office.saksbehandler.do(f"/waiting-list/{entry}/effective-date", moving)
    assert str(stored(office, WaitingListEntry, entry).effective_from) == "2027-01-04"


@pytest.mark.parametrize(
    ("received_on", "code"), [("2027-01-13", "received_in_future"), ("2027-01-08", "date_not_wrong")]
)
def test_LA5_a_day_to_come_or_the_same_day_corrects_nothing(office: Office, received_on: str, code: str) -> None:
    about = applied(office, received_on="2027-01-08")
    path, body = f"/applications/{about.application}/received-date", {**EARLIER, "received_on": received_on}
    assert_refused(office, office.saksbehandler, path, body, status=409, code=code)


def test_LA5_LH4_the_day_is_corrected_on_the_application_that_is_kept_and_its_duplicate_counts(office: Office) -> None:
    number = {"applicant": {"name": "Prøve Eksempelsen", "identity_number": synthetic_identity_number()}}
    kept = applied(office, received_on="2027-01-08", **number)
    double = applied(office, received_on="2027-01-06", **number)
    body = {"duplicate_of": kept.application}
    office.saksbehandler.do(f"/applications/{double.application}/duplicate", body)
    path = f"/applications/{double.application}/received-date"
    assert_refused(office, office.saksbehandler, path, EARLIER, status=409, code="date_of_duplicate")
    later = {**EARLIER, "received_on": "2027-01-11"}
    answer = office.saksbehandler.do(f"/applications/{kept.application}/received-date", later)
    assert (answer["received_on"], answer["counts_from"]) == ("2027-01-11", "2027-01-06")


def test_LA5_a_pre_assessment_says_what_was_corrected_after_it(office: Office) -> None:
    about = applied(office)
    office.saksbehandler.do(f"/cases/{about.case}/pre-assessment", {"topic": "housing", "text": "Bor hos en venn."})
    office.set_clock(A_TUESDAY + timedelta(hours=1))
    body = {"corrects": 1, "part": "present_housing", "right": {"present_housing": "with_others"}, "because": "Feil."}
    office.saksbehandler.do(f"/applications/{about.application}/corrections", body)
    assert case_view(office, about.case)["pre_assessment"]["corrected_since"] == ["present_housing"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"corrects": 9}, "nothing_said_wrong"),
        ({"right": {}}, "correction_does_not_fit"),
        ({"right": {"text": "To voksne."}}, "correction_does_not_fit"),
        ({"part": "wishes"}, "correction_does_not_fit"),
    ],
    ids=["a version that is not", "nothing", "a text for a count", "another part"],
)
def test_LA5_a_correction_that_does_not_fit_is_refused(office: Office, changes: dict[str, Any], code: str) -> None:
    about = applied(office)
    body = {"corrects": 1, "part": "household", "right": {"household": {"adults": 2}}, "because": "Feil.", **changes}
    path = f"/applications/{about.application}/corrections"
    assert_refused(office, office.saksbehandler, path, body, status=409, code=code)


def test_LA5_what_comes_later_is_added_until_everything_is_answered(office: Office) -> None:
    about = applied(office, "dwelling", "assistance")
    path = f"/applications/{about.application}/supplements"
    issued(office, about, concluded(office, about, dwelling=Outcome.REFUSE), "dwelling", "refuse")
    office.saksbehandler.do(path, {"text": "Leien er nå tre måneder på etterskudd."})
    office.saksbehandler.do(f"/applications/{about.application}/withdrawal")
    assert_refused(office, office.saksbehandler, path, {"text": "For sent."}, status=409, code="application_closed")


HERE_OR_THERE = list(product(["here", "1103"], [True, False]))


@pytest.mark.parametrize(("settled_in", "move_agreed"), HERE_OR_THERE, ids=str)
def test_LR3_a_settled_refugee_has_the_settlement_municipality_unless_a_move_is_agreed(
    office: Office, settled_in: str, move_agreed: bool
) -> None:
    about = applied(office, "assistance")
    body = {"settled_in": settled_in, "move_agreed": move_agreed, "reasons": "Bosatt med integreringstilskudd."}
    answer = office.saksbehandler.do(f"/cases/{about.case}/responsible-municipality", body)
    expected = "here" if move_agreed else settled_in
    assert (answer["municipality"], answer["is_here"]) == (expected, expected == "here")
    assert case_view(office, about.case)["responsible_municipality"] == expected


def test_LR3_somebody_in_an_institution_has_the_municipality_from_before(office: Office) -> None:
    about = applied(office, "assistance")
    body = {"before_admission": "0301", "reasons": "Innlagt; bodde i Oslo fram til da."}
    answer = office.saksbehandler.do(f"/cases/{about.case}/responsible-municipality", body)
    assert (answer["municipality"], answer["basis"]) == ("0301", "before_admission")


def test_LR3_only_who_handles_the_case_assesses_the_municipality(office: Office) -> None:
    about = applied(office, "assistance")
    path, body = f"/cases/{about.case}/responsible-municipality", {"reasons": "Bor her."}
    assert_refused(office, office.caller("nav"), path, body, status=404, code="not_found")
    assert office.saksbehandler.post(path, {**body, "settled_in": "Oslo"}).status_code == 422


def test_LR3_a_dismissal_because_of_another_municipality_stands_on_an_assessment(office: Office) -> None:
    about = applied(office, "assistance")
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "formally_dismissed"})
    draft = draft_of(about, None, "assistance", "refuse", barred_by="another_municipality_is_responsible")
    assert_refused(office, office.saksbehandler, "/vedtak", draft, status=409, code="municipality_not_assessed")
    assessed = {"settled_in": "1103", "reasons": "Bosatt i Stavanger med integreringstilskudd."}
    office.saksbehandler.do(f"/cases/{about.case}/responsible-municipality", assessed)
    assert office.saksbehandler.do("/vedtak", draft)["vedtak"]
