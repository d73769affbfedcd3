"""Reading cases: what opens, for whom, and what stands in the log afterwards."""

from typing import Any
from uuid import uuid4

import pytest

from domain.access.facts import ConsentScope
from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, Role
from domain.cases.case import Case
from domain.law.rulebook import DecisionSubject
from tests.api import givens
from tests.api.appeal_givens import TODAY, received, refused_dwelling
from tests.api.decision_givens import applied
from tests.api.office import Caller, Office, synthetic_identity_number
from tests.projections.story import NAV, Story


def nav(office: Office, story: Story) -> Caller:
    """The member from Nav that meetings in the story call in."""
    return office.caller("nav", id=story.nav)


def on_the_agenda(story: Story, name: str = "Prøve Eksempelsen", *, consent: bool = True) -> Case:
    case = story.case(name)
    story.application(case)
    story.consent(case)
    story.item(case, story.meeting())
    if not consent:
        given = story.load_consent(case)
        given.withdraw(by=story.by, at=story.at)
        story.store(given)
    return case


def test_B13_the_saksbehandler_sees_what_was_asked_for_and_the_log_says_so(office: Office) -> None:
    case = office.saksbehandler.do("/applications", office.application(health="Astma."))["case"]
    shown = office.saksbehandler.get(f"/cases/{case}").json()
    assert shown["applicant"]["name"] == "Prøve Eksempelsen"
    assert shown["applications"][0]["reason"] == "Har mistet stedet å bo."
    assert shown["applications"][0]["health"] == "Astma."
    assert shown["withheld"] == []
    viewed = office.disclosures("Viewed")[-1]
    assert {"identity.name", "housing.reason", "health.situation"} <= set(viewed.fields)
    assert "identity.representative" not in viewed.fields
    assert {"household", "housing", "health"} <= set(viewed.kinds)


def test_D7_the_etag_of_a_case_is_what_a_change_to_it_builds_on(office: Office) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]
    response = office.saksbehandler.get(f"/cases/{case}")
    assert response.headers["ETag"] == response.json()["etag"]
    changed = office.saksbehandler.post(
        f"/cases/{case}/decision-without-group", {"ground": "urgent"}, If_Match=response.headers["ETag"]
    )
    assert changed.status_code == 200
    again = office.saksbehandler.post(f"/cases/{case}/closing", {"reason": "done"}, If_Match=response.headers["ETag"])
    assert again.status_code == 412


def test_R10_nobody_may_keep_a_copy_of_what_is_shown(office: Office) -> None:
    case = office.saksbehandler.do("/applications", office.application())["case"]
    assert office.saksbehandler.get(f"/cases/{case}").headers["Cache-Control"] == "no-store"


def test_M13_the_whole_way_of_a_case_is_in_one_answer(office: Office, story: Story) -> None:
    case = story.case()
    application = story.application(case)
    story.consent(case)
    story.pre_assessment(case)
    item = story.item(case, meeting := story.meeting())
    story.discuss(item, case, meeting)
    conclusion, _ = story.conclude(item, case)
    story.vedtak(case, application, conclusion, DecisionSubject.DWELLING)
    shown = office.saksbehandler.get(f"/cases/{case.id}").json()
    assert shown["consent"]["state"] == "given"
    assert shown["pre_assessment"] == {**shown["pre_assessment"], "completed": True}
    assert shown["conclusions"][0]["reasons"] == "Klarer ikke å finne bolig alene."
    assert shown["vedtak"][0]["reasons"] == "Vilkårene er oppfylt."
    assert shown["vedtak"][0]["basis"]["rulebook_version"] == story.rules.version
    assert shown["applications"][0]["unanswered"] == []


@pytest.mark.usefixtures("on_a_tuesday")
def test_LK3_LA1_a_case_tells_which_appeals_and_papers_there_are(office: Office) -> None:
    about = applied(office, "dwelling")
    vedtak = refused_dwelling(office, about)
    appeal = received(office, vedtak)
    paper = office.saksbehandler.do(f"/cases/{about.case}/papers", {"kind": "vedtak", "about": vedtak})["paper"]
    shown = office.saksbehandler.get(f"/cases/{about.case}").json()
    assert [(a["appeal"], a["vedtak"], a["state"], a["received_on"]) for a in shown["appeals"]] == [
        (appeal, vedtak, "received", TODAY)
    ]
    assert [(p["paper"], p["kind"], p["about"]) for p in shown["papers"]] == [(paper, "vedtak", vedtak)]
    assert shown["papers"] == office.saksbehandler.get(f"/cases/{about.case}/papers").json()["papers"]


def test_M09_who_sees_no_vedtak_in_a_case_learns_of_no_appeal_and_of_no_paper_about_it(
    office: Office, story: Story
) -> None:
    story.members()
    case = story.case()
    application = story.application(case)
    story.consent(case)
    story.pre_assessment(case)
    item = story.item(case, meeting := story.meeting())
    story.discuss(item, case, meeting)
    conclusion, _ = story.conclude(item, case)
    vedtak = story.vedtak(case, application, conclusion, DecisionSubject.DWELLING)
    narrower = (ConsentScope(NAV, (InformationKind.IDENTITY, InformationKind.HOUSING)),)
    consent = story.load_consent(case)
    consent.narrow(scopes=narrower, today=story.today, by=story.by, at=story.at)
    story.store(consent)
    appeal = story.appeal(case)
    office.saksbehandler.do(f"/cases/{case.id}/papers", {"kind": "vedtak", "about": str(vedtak.id)})
    everything, part = (who.get(f"/cases/{case.id}").json() for who in (office.saksbehandler, nav(office, story)))
    assert ([row["appeal"] for row in everything["appeals"]], len(everything["papers"])) == ([str(appeal.id)], 1)
    assert (part["kinds"], part["appeals"], part["papers"]) == (["housing", "identity"], [], [])


def test_D4_a_stranger_cannot_tell_a_case_from_none(office: Office, story: Story) -> None:
    case, stranger = story.case(), office.caller("nav")
    real, unreal = (stranger.get(f"/cases/{id}") for id in (case.id, uuid4()))
    assert real.status_code == unreal.status_code == 404
    assert {**real.json(), "instance": ""} == {**unreal.json(), "instance": ""}
    assert "ETag" not in real.headers
    assert len(office.disclosures("Refused")) == 2


def test_D4_a_colleagues_case_opens_on_a_stated_reason_that_stands_in_the_log(office: Office, story: Story) -> None:
    case, colleague = story.case(), office.caller(SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
    assert colleague.get(f"/cases/{case.id}").status_code == 403
    assert colleague.get(f"/cases/{case.id}?reason=substituting").status_code == 200
    assert office.disclosures("Viewed")[-1].purpose == "substituting"


def test_M09_a_member_sees_the_kinds_that_the_consent_names_and_no_others(office: Office, story: Story) -> None:
    story.members()
    case = on_the_agenda(story)
    narrower = (ConsentScope(NAV, (InformationKind.IDENTITY, InformationKind.HOUSING)),)
    consent = story.load_consent(case)
    consent.narrow(scopes=narrower, today=story.today, by=story.by, at=story.at)
    story.store(consent)
    shown = nav(office, story).get(f"/cases/{case.id}").json()
    assert shown["kinds"] == ["housing", "identity"]
    assert shown["applications"][0]["reason"] == "Har mistet stedet å bo."
    assert shown["applications"][0]["household"] is None
    assert office.disclosures("Viewed")[-1].kinds == ("housing", "identity")


def test_M09_violence_and_discharge_are_for_who_assesses_not_for_who_sees_the_housing(
    office: Office, story: Story
) -> None:
    story.members()
    case = on_the_agenda(story)
    assert nav(office, story).get(f"/cases/{case.id}").json()["applications"][0]["urgency"]["violence"] is False
    narrower = (ConsentScope(NAV, (InformationKind.HOUSEHOLD, InformationKind.HOUSING)),)
    consent = story.load_consent(case)
    consent.narrow(scopes=narrower, today=story.today, by=story.by, at=story.at)
    story.store(consent)
    assert nav(office, story).get(f"/cases/{case.id}").json()["applications"][0]["urgency"] is None


def test_M09_a_withdrawn_consent_closes_the_case_to_the_group_at_once(office: Office, story: Story) -> None:
    story.members()
    case = on_the_agenda(story, consent=False)
    response = nav(office, story).get(f"/cases/{case.id}")
    assert (response.status_code, response.json()["rule"]) == (403, "D4")
    assert nav(office, story).get("/cases").json()["items"] == []


def test_M04_who_submitted_a_case_sees_whom_it_is_about_and_the_own_words_and_nothing_more(office: Office) -> None:
    member = office.caller("nav")
    person = {"name": "Prøve Innmeldt"}
    case = member.do("/submissions", {"person": person, "why": "Trenger hjelp til å beholde boligen."})["case"]
    shown = member.get(f"/cases/{case}").json()
    assert shown["applicant"]["name"] == "Prøve Innmeldt"
    assert [each["why"] for each in shown["submissions"]] == ["Trenger hjelp til å beholde boligen."]
    assert shown["applications"] == shown["conclusions"] == shown["vedtak"] == []
    assert shown["withheld"] == []


def submission(member: Caller, case: str) -> dict[str, Any]:
    """The member's own submission, as she is told of it."""
    (own,) = member.get(f"/cases/{case}").json()["submissions"]
    return {name: own[name] for name in ("status", "meeting", "meeting_on", "declined_because") if own[name]}


def taken(office: Office, member: Caller) -> str:
    """A case that a member submits, in the saksbehandler's hands."""
    person = {"name": "Prøve Innmeldt"}
    case: str = member.do("/submissions", {"person": person, "why": "Trenger hjelp."})["case"]
    office.saksbehandler.do(f"/cases/{case}/responsibility", {"responsible": office.saksbehandler.id})
    return case


def test_M04_who_submitted_a_case_is_told_on_which_agenda_it_is_and_that_it_is_concluded_but_never_what_was(
    office: Office,
) -> None:
    group, member = givens.called_group(office), office.caller("nav")
    case = taken(office, member)
    assert submission(member, case) == {"status": "received"}
    givens.consent(office, case)
    givens.pre_assessment(office, case)
    item, meeting = givens.on_agenda(office, group.meetings[0], case, "submitted"), group.meetings[0]
    on = {"meeting": meeting, "meeting_on": givens.FIRST_MEETING.date().isoformat()}
    assert submission(member, case) == {"status": "on_agenda", **on}
    office.set_clock(givens.FIRST_MEETING)
    office.saksbehandler.do(f"/meetings/{meeting}/opening")
    givens.present(office, item, group.saksbehandler, group.nav)
    office.saksbehandler.do(f"/agenda-items/{item}/discussion")
    office.saksbehandler.do(f"/agenda-items/{item}/discussion/closing")
    talk = givens.Talk(group, case, item, meeting)
    office.saksbehandler.do(f"/agenda-items/{item}/conclusion", givens.conclusion_body(talk))
    assert submission(member, case) == {"status": "concluded", **on}
    shown = member.get(f"/cases/{case}").json()
    assert (shown["conclusions"], shown["vedtak"], shown["kinds"]) == ([], [], ["identity", "note"])


def test_M04_who_submitted_a_case_is_told_why_it_is_not_taken_up(office: Office) -> None:
    member = office.caller("nav")
    case = taken(office, member)
    office.saksbehandler.do(f"/cases/{case}/closing", {"reason": "moved_away"})
    assert submission(member, case) == {"status": "declined", "declined_because": "moved_away"}


def test_M04_who_submitted_a_case_reads_no_words_of_another_who_did(office: Office) -> None:
    person = {"name": "Prøve Innmeldt", "identity_number": synthetic_identity_number()}
    member, other = office.caller("nav"), office.caller("psykisk_helse")
    case = member.do("/submissions", {"person": person, "why": "Trenger hjelp til å beholde boligen."})["case"]
    other.do("/submissions", {"person": person, "why": "Har spurt oss om en annen bolig."})
    shown = member.get(f"/cases/{case}").json()
    assert [each["why"] for each in shown["submissions"]] == ["Trenger hjelp til å beholde boligen."]


def test_M04_a_submitted_case_with_nobody_responsible_shows_to_every_saksbehandler(office: Office) -> None:
    person = {"name": "Prøve Innmeldt"}
    case = office.caller("nav").do("/submissions", {"person": person, "why": "Trenger hjelp."})["case"]
    (row,) = office.saksbehandler.get("/cases?whose=unassigned").json()["items"]
    assert (row["case"], row["stage"], row["responsible"]) == (case, "submitted", None)
    assert (row["name"], row["person"]) == (None, None)
    givens.register(office, office.saksbehandler)
    office.saksbehandler.do(f"/cases/{case}/responsibility", {"responsible": office.saksbehandler.id})
    assert office.saksbehandler.get("/cases?whose=unassigned").json()["items"] == []


def test_M04_the_list_of_what_nobody_is_responsible_for_is_service_og_tildelings(office: Office) -> None:
    office.caller("nav").do("/submissions", {"person": {"name": "Prøve Innmeldt"}, "why": "Trenger hjelp."})
    assert office.caller("psykisk_helse").get("/cases?whose=unassigned").json()["items"] == []


def test_M20_a_care_housing_case_shows_to_service_og_tildeling_only(office: Office, story: Story) -> None:
    story.members()
    case = story.case(care_housing=True)
    assert nav(office, story).get(f"/cases/{case.id}").status_code == 404
    assert nav(office, story).get("/cases?care_housing=true").json()["items"] == []
    shown = office.saksbehandler.get("/cases?care_housing=true").json()["items"]
    assert [row["case"] for row in shown] == [str(case.id)]


def test_D4_a_stated_reason_opens_one_case_and_never_a_list(office: Office, story: Story) -> None:
    case = story.case()
    other = Story(story.office)
    colleagues = other.case("Prøve Annen")
    for query in ("", "?whose=all"):
        rows = office.saksbehandler.get(f"/cases{query}").json()["items"]
        assert [row["case"] for row in rows] == [str(case.id)]
    assert office.saksbehandler.get(f"/cases/{colleagues.id}?reason=guidance").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/cases?whose=all&",
        "/deadlines?",
        "/my-day?",
        "/care-housing/overview?",
        "/waiting-list/proposal?",
        "/overview?",
    ],
)
def test_D4_a_reason_that_is_stated_for_more_than_one_case_is_refused(office: Office, path: str) -> None:
    problem = office.saksbehandler.get(f"{path}reason=guidance")
    assert problem.status_code == 422
    assert problem.json()["type"] == "/problems/reason_opens_one_case"
    assert "åpner én sak" in problem.json()["detail"]


def test_M01_the_list_says_how_far_each_case_has_come(office: Office, story: Story) -> None:
    on_the_agenda(story)
    row = office.saksbehandler.get("/cases").json()["items"][0]
    assert (row["stage"], row["consent"], row["name"]) == ("on_agenda", "given", "Prøve Eksempelsen")


def test_R08_rows_that_are_not_seen_leave_neither_gap_nor_cursor(office: Office, story: Story) -> None:
    story.members()
    for number in range(3):
        story.case(f"Prøve Skjult {number}")
    seen = on_the_agenda(story)
    for number in range(3):
        story.case(f"Prøve Skjult {number}", care_housing=True)
    page = nav(office, story).get("/cases?limit=1").json()
    assert [row["case"] for row in page["items"]] == [str(seen.id)]
    assert page["next"] is None
    assert office.disclosures("ListViewed")[-1].cases == (seen.id,)


def test_D10_pages_hold_every_case_once(office: Office, story: Story) -> None:
    cases = {str(story.case(f"Prøve {number}").id) for number in range(5)}
    found: list[str] = []
    cursor = ""
    for _ in range(3):
        page = office.saksbehandler.get(f"/cases?limit=2{cursor}").json()
        found += [row["case"] for row in page["items"]]
        cursor = f"&cursor={page['next']}"
    assert cursor == "&cursor=None"
    assert len(found) == 5
    assert set(found) == cases


def test_R12_a_cursor_from_somewhere_else_is_refused(office: Office) -> None:
    response = office.saksbehandler.get("/cases?cursor=bm9uc2Vuc2U")
    assert (response.status_code, response.json()["type"]) == (422, "/problems/invalid_cursor")
