"""Conclusions, settlements and minutes over HTTP."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from domain.decisions.follow_up import FollowUp
from domain.decisions.follow_up_rules import FollowUpState
from domain.group.agenda_item import AgendaItem
from domain.group.conclusion import Conclusion
from tests.api import givens
from tests.api.office import Office

MINUTES = {"facts": "Bor hos venner og må ut før jul.", "assessment": "Trenger hjelp til å skaffe bolig."}


def test_M15_a_conclusion_shares_out_tasks_that_wait_for_the_vedtak(office: Office) -> None:
    talk, answer = givens.concluded(office)
    assert givens.stored(office, AgendaItem, talk.item).conclusion == UUID(answer["conclusion"])
    assert givens.stored(office, Conclusion, answer["conclusion"]).present_units == ("nav", "service_og_tildeling")
    (task,) = (givens.stored(office, FollowUp, id) for id in answer["follow_ups"])
    assert (task.state, task.unit, task.due_on) == (FollowUpState.PLANNED, "nav", date(2027, 3, 1))


def test_M11_a_conclusion_says_whether_the_applicant_is_vanskeligstilt(office: Office) -> None:
    talk = givens.discussed(office)
    path = f"/agenda-items/{talk.item}/conclusion"
    for lacking, code in (("vanskeligstilt", "assessment_missing"), ("shall_offer", "help_missing")):
        body = givens.conclusion_body(talk, **{lacking: None})
        givens.assert_refused(office, office.saksbehandler, path, body, status=409, code=code)


def test_M12_nothing_is_granted_to_one_found_not_vanskeligstilt(office: Office) -> None:
    talk = givens.discussed(office)
    body = givens.conclusion_body(talk, vanskeligstilt=False, may_offer=[], shall_offer=[], tasks=[])
    path = f"/agenda-items/{talk.item}/conclusion"
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="nothing_to_offer")


def test_M11_a_case_that_has_not_been_discussed_has_no_conclusion(office: Office) -> None:
    talk = givens.item_at_open_meeting(office)
    path = f"/agenda-items/{talk.item}/conclusion"
    body = givens.conclusion_body(talk)
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="wrong_state")


def test_M13_a_member_does_not_record_the_conclusion(office: Office) -> None:
    talk = givens.discussed(office)
    path = f"/agenda-items/{talk.item}/conclusion"
    givens.assert_refused(office, talk.group.nav, path, givens.conclusion_body(talk), status=403, code="not_allowed")
    assert len(office.disclosures("Refused")) == 1


def test_M15_a_task_is_given_to_somebody_who_is_known(office: Office) -> None:
    talk = givens.discussed(office)
    task = {"assignee": str(uuid4()), "due_on": "2027-03-01", "what": "Ringer.", "vedtak_track": None}
    body = givens.conclusion_body(talk, tasks=[task])
    path = f"/agenda-items/{talk.item}/conclusion"
    givens.assert_refused(office, office.saksbehandler, path, body, status=404, code="not_found")


def test_M11_a_changed_mind_supersedes_and_cancels_the_open_tasks(office: Office) -> None:
    talk, first = givens.concluded(office)
    path = f"/agenda-items/{talk.item}/conclusion"
    givens.assert_refused(
        office, office.saksbehandler, path, givens.conclusion_body(talk), status=409, code="wrong_state"
    )
    body = givens.conclusion_body(talk, dwelling="refuse", supersedes=first["conclusion"])
    second = office.saksbehandler.do(path, body)
    superseded = givens.stored(office, Conclusion, first["conclusion"])
    assert superseded.superseded_by == UUID(second["conclusion"])
    assert givens.stored(office, FollowUp, first["follow_ups"][0]).state is FollowUpState.CANCELLED


def test_M11_somebody_in_the_room_records_a_dissent(office: Office) -> None:
    talk, answer = givens.concluded(office)
    path = f"/conclusions/{answer['conclusion']}/dissent"
    talk.group.nav.do(path, {"text": "Uenig i tildelingen."})
    body = {"text": "Uenig.", "dissenter": talk.group.psykisk_helse.id}
    refused = givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="dissenter_not_present")
    assert refused.json()["detail"] == "Den som skal ha vært uenig, var ikke i rommet da saken ble drøftet."
    assert givens.stored(office, Conclusion, answer["conclusion"]).dissenters == (talk.group.nav.actor.id,)


def test_M11_a_stranger_records_no_dissent(office: Office) -> None:
    _, answer = givens.concluded(office)
    path = f"/conclusions/{answer['conclusion']}/dissent"
    givens.assert_refused(office, office.caller("nav"), path, {"text": "Uenig."}, status=404, code="not_found")
    assert len(office.disclosures("Refused")) == 1


def test_LH6_facts_from_others_are_put_to_the_applicant_within_the_rulebooks_days(office: Office) -> None:
    _, answer = givens.concluded(office, facts_from_others=True)
    path = f"/conclusions/{answer['conclusion']}"
    put = office.saksbehandler.do(f"{path}/facts", {"facts": "Nav opplyser om en gjeldsordning."})
    assert put["answer_by"] == "2027-01-26"
    conclusion = givens.stored(office, Conclusion, answer["conclusion"])
    assert not conclusion.facts_are_settled(date(2027, 1, 13))
    office.saksbehandler.do(f"{path}/facts/answer", {"answer": None})
    assert givens.stored(office, Conclusion, answer["conclusion"]).facts_are_settled(date(2027, 1, 13))


def test_LH6_no_answer_is_recorded_to_what_was_not_put(office: Office) -> None:
    _, answer = givens.concluded(office, facts_from_others=True)
    path = f"/conclusions/{answer['conclusion']}/facts/answer"
    givens.assert_refused(
        office, office.saksbehandler, path, {"answer": "Stemmer ikke."}, status=409, code="wrong_state"
    )


def test_LH6_an_exception_is_recorded_with_its_ground(office: Office) -> None:
    _, answer = givens.concluded(office, facts_from_others=True)
    path = f"/conclusions/{answer['conclusion']}/facts/exception"
    bare = office.saksbehandler.post(path, {"ground": "known_to_applicant"})
    assert bare.status_code == 422
    office.saksbehandler.do(path, {"ground": "known_to_applicant", "because": "Søkeren fortalte det selv."})
    assert givens.stored(office, Conclusion, answer["conclusion"]).facts_are_settled(date(2027, 1, 13))


def test_M07_minutes_are_approved_once_the_item_is_settled(office: Office) -> None:
    talk = givens.discussed(office)
    path = f"/agenda-items/{talk.item}/minutes"
    office.saksbehandler.do(path, MINUTES)
    approval = {"revision": 1}
    givens.assert_refused(
        office, office.saksbehandler, f"{path}/approval", approval, status=409, code="item_not_settled"
    )
    office.saksbehandler.do(f"/agenda-items/{talk.item}/conclusion", givens.conclusion_body(talk))
    assert office.saksbehandler.do(f"{path}/approval", approval)["approved"] is True
    givens.assert_refused(office, office.saksbehandler, path, MINUTES, status=409, code="minutes_approved")


def test_M07_reopened_minutes_are_a_new_revision_beside_the_approved_one(office: Office) -> None:
    talk, _ = givens.concluded(office)
    path = f"/agenda-items/{talk.item}/minutes"
    office.saksbehandler.do(path, MINUTES)
    office.saksbehandler.do(f"{path}/approval", {"revision": 1})
    office.saksbehandler.do(f"{path}/reopening", {"revision": 1, "reason": "factual_error"})
    office.saksbehandler.do(path, {**MINUTES, "facts": "Bor hos familie."})
    minutes = givens.stored(office, AgendaItem, talk.item).minutes
    assert [(revision.revision, revision.approved) for revision in minutes] == [(1, True), (2, False)]


def test_M09_minutes_are_not_written_on_a_consent_that_is_withdrawn(office: Office) -> None:
    talk, _ = givens.concluded(office)
    office.saksbehandler.do(f"/cases/{talk.case}/consent/withdrawal")
    path = f"/agenda-items/{talk.item}/minutes"
    givens.assert_refused(office, office.saksbehandler, path, MINUTES, status=409, code="consent_missing")


def test_D3_what_is_written_is_sealed_under_its_person_case_and_kind(office: Office) -> None:
    talk, answer = givens.concluded(office, help_description="Hjelp til flytting.")
    office.saksbehandler.do(f"/agenda-items/{talk.item}/minutes", MINUTES)
    (minutes,) = givens.stored(office, AgendaItem, talk.item).minutes
    reached: Any = office.installation.case_log.stream(UUID(answer["conclusion"]))[0]
    texts = (minutes.facts, minutes.assessment, reached.reasons, reached.help_description, reached.tasks[0].what)
    assert [text.field for text in texts] == [
        "minutes.facts", "minutes.assessment", "assessment.reasons", "follow_up.help", "follow_up.task"
    ]  # fmt: skip
    assert {(text.owner, str(text.case)) for text in texts} == {(reached.person, talk.case)}


def test_M18_an_expiring_lease_is_settled_with_answers_to_all_three_questions(office: Office) -> None:
    group = givens.called_group(office)
    application = office.saksbehandler.do("/applications", office.application())
    tenancy = givens.tenancy_of(office, application["case"], application["person"])
    item = givens.on_agenda(office, group.meetings[0], application["case"], "lease_ending", tenancy=tenancy)
    path = f"/agenda-items/{item}/settlement"
    body: dict[str, Any] = {"outcome": "Leier vil bli boende."}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="three_questions")
    task = {"assignee": group.saksbehandler.id, "due_on": "2027-02-01", "what": "Ringer leier."}
    answer = office.saksbehandler.do(path, {**body, "application_received": False, "tasks": [task]})
    assert givens.stored(office, AgendaItem, item).outcome.settled
    assert givens.stored(office, FollowUp, answer["follow_ups"][0]).state is FollowUpState.IN_FORCE


def test_M11_a_new_case_ends_in_a_conclusion_and_nothing_less(office: Office) -> None:
    talk = givens.discussed(office)
    path = f"/agenda-items/{talk.item}/settlement"
    givens.assert_refused(office, office.saksbehandler, path, {}, status=409, code="conclusion_needed")
