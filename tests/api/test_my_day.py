"""The saksbehandler's day: everything she has to do, overdue first, each with the next lawful step and its paragraph."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.actors import Role
from domain.cases.application import Application, ApplicationKind, ForwardedTo
from domain.law.deadline_kinds import DeadlineKind
from domain.law.rulebook import DecisionSubject
from projections.case_overview import Stage
from services.queries.care_housing import CareStep
from services.queries.my_day import BEFORE_THE_MEETING, CONSENT_STEPS, STEPS
from tests.api import givens
from tests.api.office import Office
from tests.projections.story import Story


def day(office: Office) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = office.saksbehandler.get("/my-day").json()["items"]
    return items


def steps(office: Office) -> list[tuple[str, str]]:
    return [(item["section"], item["step"]) for item in day(office)]


def pass_days(office: Office, story: Story, days: int) -> None:
    story.pass_days(days)
    office.set_clock(story.at)


def test_LH9_every_kind_of_deadline_has_its_step_or_only_passes() -> None:
    assert set(STEPS) == set(DeadlineKind)


def test_C06_every_step_is_an_operation_of_the_api(office: Office) -> None:
    document = office.client.get("/api/v1/openapi.json").json()
    operations = {operation["operationId"] for path in document["paths"].values() for operation in path.values()}
    named = {step for step in STEPS.values() if step} | set(CONSENT_STEPS.values())
    named |= {str(step) for step in CareStep if step is not CareStep.NOTHING}
    named |= {"complete_follow_up", "reassign_follow_up", "extend_lease", "demand_move_out", "add_agenda_item"}
    named |= {"close_case", "write_minutes", "approve_minutes", "assign_responsibility", "list_accesses"}
    assert named | {"record_pre_assessment"} <= operations


def test_LH2_what_is_overdue_stands_before_what_is_due_and_that_before_what_has_no_date(
    office: Office, story: Story
) -> None:
    old = story.application(story.case("Prøve Først"))
    pass_days(office, story, 25)
    story.application(story.case("Prøve Siden"), received_on=story.today - timedelta(days=20))
    pass_days(office, story, 10)
    items = day(office)
    assert [item["overdue"] for item in items[:2]] == [True, True]
    assert {item["subject"] for item in items[:2]} == {str(old.id)}
    dated = [item["due_on"] for item in items if item["due_on"]]
    assert dated == sorted(dated)
    assert all(item["due_on"] is None for item in items[len(dated) :])


def test_LH2_a_deadline_says_its_paragraph_and_the_next_step(office: Office, story: Story) -> None:
    story.application(story.case())
    pass_days(office, story, 25)
    reply = next(item for item in day(office) if item["kind"] == "interim_reply")
    assert (reply["step"], reply["due_on"]) == ("send_interim_reply", "2027-02-12")
    assert reply["ground"] == "forvaltningsloven (1967) § 11 a andre og tredje ledd"
    assert reply["name"] == "Prøve Eksempelsen"


def test_LH3_a_promised_day_asks_for_a_further_notice(office: Office, story: Story) -> None:
    application = story.application(story.case())
    application.send_interim_reply(reason="waiting", expected_on=date(2027, 1, 20), by=story.by, at=story.at)
    story.store(application)
    assert ("deadline", "send_delay_notice") in steps(office)


def test_M09_a_case_on_its_way_says_what_it_lacks(office: Office, story: Story) -> None:
    case = story.case()
    assert steps(office) == [("case", "give_consent")]
    story.consent(case)
    assert steps(office) == [("case", "record_pre_assessment")]
    story.pre_assessment(case)
    assert steps(office) == [("case", "add_agenda_item")]
    story.item(case, story.meeting())
    assert steps(office) == []


def test_M13_without_consent_the_case_is_to_be_decided_without_the_group(office: Office, story: Story) -> None:
    case = story.case()
    consent = story.load_consent(case)
    consent.refuse(by=story.by, at=story.at)
    story.store(consent)
    assert steps(office) == [("case", "decide_without_group")]


def put_away(story: Story, application: Application, by_way: str, kept: Application) -> None:
    """End the application without a vedtak."""
    if by_way == "withdrawn":
        application.withdraw(by=story.by, at=story.at)
    elif by_way == "forwarded":
        name = story.office.vault.seal(application.person, application.case, "note.forwarded_to", "Nabo kommune")
        application.forward(
            kinds=application.unanswered, to=ForwardedTo.ANOTHER_MUNICIPALITY, name=name, forwarded_on=story.today,
            sender_told_on=story.today, today=story.today, by=story.by, at=story.at,
        )  # fmt: skip
    else:
        people = frozenset({application.person, kept.person})
        application.find_duplicate(of=kept.facts, same_people=people, by=story.by, at=story.at)
    story.store(application)


@pytest.mark.parametrize("by_way", ["withdrawn", "forwarded", "duplicate"])
def test_LH4_a_case_with_nothing_left_to_answer_is_to_be_closed(office: Office, story: Story, by_way: str) -> None:
    kept = story.application(story.case("Prøve Annen"))
    case = story.case()
    put_away(story, story.application(case), by_way, kept)
    assert [item["step"] for item in day(office) if item["case"] == str(case.id)] == ["close_case"]


def test_LH4_a_case_is_not_to_be_closed_while_another_application_in_it_waits(office: Office, story: Story) -> None:
    case = story.case()
    first, _ = story.application(case), story.application(case, ApplicationKind.ASSISTANCE)
    put_away(story, first, "withdrawn", first)
    assert "close_case" not in [step for _, step in steps(office)]


def test_M04_a_case_that_somebody_submitted_is_discussed_though_the_application_is_withdrawn(
    office: Office, story: Story
) -> None:
    case = story.case()
    put_away(story, application := story.application(case), "withdrawn", application)
    case.submit_to_group(why=story.sealed(case, "note.submission"), by=story.by, at=story.at)
    story.store(case)
    assert steps(office) == [("case", "give_consent")]


def test_M07_minutes_stand_there_after_the_meeting_until_they_are_approved(office: Office, story: Story) -> None:
    case = story.case()
    story.consent(case)
    meeting = story.meeting()
    item = story.item(case, meeting)
    meeting.open(by=story.by, at=story.at)
    story.discuss(item, case, meeting)
    story.conclude(item, case)
    assert ("minutes", "write_minutes") not in steps(office)

    meeting.close(items=(item.outcome,), by=story.by, at=story.at)
    story.store(meeting)
    (due,) = [each for each in day(office) if each["section"] == "minutes"]
    assert (due["step"], due["subject"], due["case"]) == ("write_minutes", str(item.id), str(case.id))
    assert (due["meeting_on"], due["name"]) == (str(meeting.day), "Prøve Eksempelsen")

    texts = (story.sealed(case, "minutes.facts"), story.sealed(case, "minutes.assessment"))
    consent = story.load_consent(case).facts
    item.write_minutes(
        facts=texts[0], assessment=texts[1], consent=consent, day=story.today, by=story.by, at=story.at
    )  # fmt: skip
    story.store(item)
    assert ("minutes", "approve_minutes") in steps(office)

    item.approve_minutes(revision=1, by=story.by, at=story.at)
    story.store(item)
    assert "minutes" not in [section for section, _ in steps(office)]


def test_M07_the_minutes_of_a_vacancy_stand_there_too(office: Office) -> None:
    group = givens.called_group(office)
    about = {"matter": "vacancy", "allocation": givens.vacancy_among(office)}
    meeting = group.meetings[0]
    item = office.saksbehandler.do(f"/meetings/{meeting}/agenda-items", about)["item"]
    office.set_clock(givens.FIRST_MEETING)
    office.saksbehandler.do(f"/meetings/{meeting}/opening")
    givens.present(office, item, group.saksbehandler, group.nav)
    for done in ("discussion", "discussion/closing"):
        office.saksbehandler.do(f"/agenda-items/{item}/{done}")
    office.saksbehandler.do(f"/agenda-items/{item}/settlement", {"tasks": []})
    office.saksbehandler.do(f"/meetings/{meeting}/closing")
    (due,) = [each for each in day(office) if each["section"] == "minutes"]
    assert (due["step"], due["subject"], due["case"], due["name"]) == ("write_minutes", item, None, None)


def test_M04_a_submitted_case_waits_on_every_saksbehandlers_day_until_somebody_takes_it(office: Office) -> None:
    case = office.caller("nav").do("/submissions", {"person": {"name": "Prøve Innmeldt"}, "why": "Trenger hjelp."})
    colleague = office.caller("service_og_tildeling", Role.SAKSBEHANDLER)
    for caller in (office.saksbehandler, colleague):
        (item,) = caller.get("/my-day").json()["items"]
        assert (item["section"], item["step"], item["case"]) == ("unassigned", "assign_responsibility", case["case"])
        assert (item["person"], item["name"]) == (None, None)


def test_M15_granted_help_without_anybody_responsible_asks_for_somebody(office: Office, story: Story) -> None:
    case = story.case()
    application = story.application(case, ApplicationKind.ASSISTANCE)
    story.consent(case)
    meeting = story.meeting()
    item = story.item(case, meeting)
    story.discuss(item, case, meeting)
    conclusion, _ = story.conclude(item, case, dwelling=None)
    story.vedtak(case, application, conclusion, DecisionSubject.ASSISTANCE)
    assert ("deadline", "assign_follow_up") in steps(office)


def test_M20_an_applicant_for_care_housing_stands_there_until_the_vedtak(office: Office, story: Story) -> None:
    story.case(care_housing=True)
    assert steps(office) == [("care_housing", "map_care_needs")]


def test_M18_a_lease_that_ends_asks_for_the_agenda(office: Office, story: Story) -> None:
    case = story.case()
    ends_on = story.today + timedelta(days=60)
    story.lease(case, story.dwelling(), starts_on=ends_on - timedelta(days=1095), ends_on=ends_on)
    lease = next(item for item in day(office) if item["section"] == "lease_ending")
    assert (lease["step"], lease["due_on"]) == ("add_agenda_item", str(ends_on))


def test_M13_the_day_is_the_saksbehandlers_own(office: Office, story: Story) -> None:
    story.application(story.case())
    colleague = office.caller("service_og_tildeling", Role.SAKSBEHANDLER)
    assert colleague.get("/my-day").json()["items"] == []
    for caller in (office.caller("nav"), office.caller("service_og_tildeling", Role.LEADER)):
        assert caller.get("/my-day").status_code == 403


def test_M08_whoever_stands_on_the_day_stands_in_the_disclosure_log(office: Office, story: Story) -> None:
    case = story.case()
    day(office)
    assert any(case.id in view.cases for view in office.disclosures("ListViewed"))


@pytest.mark.parametrize("stage", Stage)
def test_M10_only_cases_before_their_meeting_are_asked_what_they_lack(stage: Stage) -> None:
    before = {"opened", "submitted", "pre_assessed", "off_agenda"}
    assert (stage in BEFORE_THE_MEETING) == (stage in before)
