"""Vedtak over HTTP: drafted, issued with all that follows, notified, corrected, replaced."""

from uuid import UUID

import pytest

from domain.cases.application import Application
from domain.decisions.follow_up import FollowUp
from domain.decisions.follow_up_rules import FollowUpState
from domain.decisions.vedtak import Vedtak, VedtakState
from domain.decisions.vedtak_rules import Outcome
from domain.housing.waiting_list_entry import LeavingReason, WaitingListEntry
from domain.law.rulebook import DecisionSubject
from tests.api.decision_givens import (
    TERMS_OF_A_DWELLING,
    Applied,
    a_task,
    applied,
    concluded,
    draft_of,
    drafted,
    issued,
    refused,
)
from tests.api.office import Office

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

NOT_NOTIFIED = {"reversal_ground": "not_notified"}


def head(office: Office) -> int:
    return office.installation.case_log.head()


def notified(office: Office, vedtak: str, on: str = "2027-01-12") -> str:
    body = {"channel": "digital", "notified_on": on}
    return str(office.saksbehandler.do(f"/vedtak/{vedtak}/notification", body)["appeal_deadline"])


def test_M13_two_tracks_get_a_vedtak_each_with_own_hjemmel_appeal_body_and_appeal_date(office: Office) -> None:
    about = applied(office, "dwelling", "assistance")
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    drafts = [
        office.saksbehandler.do("/vedtak", draft_of(about, conclusion, subject))
        for subject in ("assistance", "dwelling")
    ]
    for draft in drafts:
        office.saksbehandler.do(f"/vedtak/{draft['vedtak']}/issue", {})
    assert [(d["hjemmel"], d["appeal_body"]) for d in drafts] == [
        ("bsl_6", "statsforvalteren"),
        ("guidelines_dwelling", "klagenemnd"),
    ]
    assert notified(office, drafts[0]["vedtak"]) == "2027-02-02"
    office.set_clock(office.installation.clock.now().replace(day=14))
    assert notified(office, drafts[1]["vedtak"], "2027-01-14") == "2027-02-04"


def test_D11_the_vedtak_keeps_the_version_of_the_rules_it_was_made_by(office: Office) -> None:
    about = applied(office, "assistance")
    draft = office.saksbehandler.do("/vedtak", draft_of(about, concluded(office, about), "assistance"))
    assert draft["rulebook_version"] == "2026-01-01"


def test_M13_a_vedtak_answers_one_thing_and_leaves_the_other_open(office: Office) -> None:
    about = applied(office, "dwelling", "assistance")
    issued(office, about, concluded(office, about), "assistance")
    application = office.installation.case_log.load(Application, UUID(about.application))
    assert [kind.value for kind in application.unanswered] == ["dwelling"]


def test_M12_help_follows_for_the_vanskeligstilt_who_applied_for_a_dwelling_only(office: Office) -> None:
    about = applied(office, "dwelling")
    conclusion = concluded(office, about, dwelling=Outcome.REFUSE)
    issued(office, about, conclusion, "dwelling", "refuse")
    assert issued(office, about, conclusion, "assistance")["outcome"] == "grant"


def test_M12_who_is_not_vanskeligstilt_is_refused_what_was_applied_for(office: Office) -> None:
    about = applied(office, "dwelling")
    answer = issued(office, about, concluded(office, about, vanskeligstilt=False), "dwelling", "refuse")
    assert (answer["outcome"], answer["waiting_list_entry"]) == ("refuse", None)


def test_M12_who_is_not_vanskeligstilt_is_granted_nothing(office: Office) -> None:
    about = applied(office, "dwelling")
    conclusion = concluded(office, about, vanskeligstilt=False)
    before = head(office)
    response = office.saksbehandler.post("/vedtak", draft_of(about, conclusion, "dwelling"))
    assert refused(response) == (409, "not_vanskeligstilt")
    assert head(office) == before


def test_M13_what_was_not_applied_for_is_not_decided(office: Office) -> None:
    about = applied(office, "assistance")
    response = office.saksbehandler.post("/vedtak", draft_of(about, concluded(office, about), "dwelling"))
    assert refused(response) == (409, "not_applied_for")


def test_M13_without_conclusion_and_recorded_ground_there_is_no_vedtak(office: Office) -> None:
    about = applied(office, "dwelling")
    before = head(office)
    assert refused(office.saksbehandler.post("/vedtak", draft_of(about, None, "dwelling"))) == (409, "ground_missing")
    assert head(office) == before


def test_M13_the_conclusion_of_another_case_is_no_ground(office: Office) -> None:
    about, other = applied(office, "assistance"), applied(office, "assistance")
    response = office.saksbehandler.post("/vedtak", draft_of(about, concluded(office, other), "assistance"))
    assert refused(response) == (404, "not_found")


def test_M13_only_the_saksbehandler_issues(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak, stranger = drafted(office, about, concluded(office, about), "assistance"), office.caller("nav")
    before = head(office)
    assert refused(stranger.post(f"/vedtak/{vedtak}/issue", {})) == (404, "not_found")
    assert head(office) == before
    assert len(office.disclosures("Refused")) == 1


def test_B08_a_departure_without_a_reason_is_refused(office: Office) -> None:
    about = applied(office, "dwelling")
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    before = head(office)
    response = office.saksbehandler.post("/vedtak", draft_of(about, conclusion, "dwelling", "refuse"))
    assert refused(response) == (409, "departure_needs_reason")
    assert head(office) == before


def test_B08_a_departure_with_its_reason_is_issued(office: Office) -> None:
    about = applied(office, "dwelling")
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    answer = issued(
        office, about, conclusion, "dwelling", "refuse", departs_because="Søkeren har fått bolig et annet sted."
    )
    vedtak = office.installation.case_log.load(Vedtak, UUID(answer["vedtak"]))
    assert vedtak.departs
    assert b"annet sted" not in (vedtak.content.departs_because or vedtak.content.reasons).box


def test_LH6_facts_from_others_come_before_the_vedtak(office: Office) -> None:
    about = applied(office, "assistance")
    conclusion = concluded(office, about, facts_from_others=True)
    vedtak = drafted(office, about, conclusion, "assistance")
    before = head(office)
    assert refused(office.saksbehandler.post(f"/vedtak/{vedtak}/issue", {})) == (409, "facts_not_settled")
    assert head(office) == before
    office.saksbehandler.do(f"/conclusions/{conclusion}/facts", {"facts": "Utleieren har sagt opp avtalen."})
    assert refused(office.saksbehandler.post(f"/vedtak/{vedtak}/issue", {})) == (409, "facts_not_settled")
    office.saksbehandler.do(f"/conclusions/{conclusion}/facts/answer", {"answer": "Det stemmer."})
    assert office.saksbehandler.do(f"/vedtak/{vedtak}/issue", {})["issued_on"] == "2027-01-12"


def test_M13_a_case_without_consent_is_decided_on_its_recorded_ground(office: Office) -> None:
    about = applied(office, "dwelling")
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "consent_missing"})
    vedtak = drafted(office, about, None, "dwelling", "refuse")
    assert refused(office.saksbehandler.post(f"/vedtak/{vedtak}/issue", {})) == (409, "facts_not_settled")
    assert office.saksbehandler.do(f"/vedtak/{vedtak}/issue", {"facts_settled": True})["outcome"] == "refuse"


def test_M09_who_refuses_to_consent_is_granted_help_all_the_same(office: Office) -> None:
    about = applied(office, "assistance")
    office.saksbehandler.do(f"/cases/{about.case}/consent/refusal")
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "consent_missing"})
    vedtak = drafted(office, about, None, "assistance")
    assert office.saksbehandler.do(f"/vedtak/{vedtak}/issue", {"facts_settled": True})["outcome"] == "grant"


def test_M20_care_housing_is_decided_by_the_saksbehandler_alone_with_four_weeks_to_appeal(office: Office) -> None:
    about = applied(office, "care_housing")
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "care_housing"})
    draft = office.saksbehandler.do("/vedtak", draft_of(about, None, "care_housing"))
    assert (draft["hjemmel"], draft["appeal_body"]) == ("hol_3_2a", "statsforvalteren")
    office.saksbehandler.do(f"/vedtak/{draft['vedtak']}/issue", {"facts_settled": True})
    assert notified(office, draft["vedtak"]) == "2027-02-09"


def test_M20_care_housing_is_invisible_to_the_group(office: Office) -> None:
    about = applied(office, "care_housing")
    response = office.caller("nav").post("/vedtak", draft_of(about, None, "care_housing"))
    assert refused(response) == (404, "not_found")


def test_LD2_granted_assistance_says_its_main_content(office: Office) -> None:
    about = applied(office, "assistance")
    body = draft_of(about, concluded(office, about), "assistance", main_content=None)
    assert refused(office.saksbehandler.post("/vedtak", body)) == (409, "main_content_missing")


def test_M15_the_follow_ups_of_the_granted_track_take_effect_with_the_vedtak(office: Office) -> None:
    about = applied(office, "dwelling", "assistance")
    tasks = a_task(office, about), a_task(office, about, track=DecisionSubject.DWELLING)
    conclusion = concluded(office, about, dwelling=Outcome.REFUSE, tasks=tasks)
    assert issued(office, about, conclusion, "assistance")["follow_ups"] == [str(tasks[0].id)]
    issued(office, about, conclusion, "dwelling", "refuse")
    states = [office.installation.case_log.load(FollowUp, task.id).state for task in tasks]
    assert states == [FollowUpState.IN_FORCE, FollowUpState.CANCELLED]


def test_M12_a_granted_dwelling_gives_a_place_with_facts_taken_from_the_application(office: Office) -> None:
    about = applied(
        office, "dwelling", household={"adults": 2, "children": 1}, received_on="2026-12-01",
        wishes={"rooms_at_least": 3, "step_free": True},
    )  # fmt: skip
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    placement = {"answers": {"without_dwelling": True, "children_in_household": True}}
    answer = issued(office, about, conclusion, "dwelling", issue={"placement": placement})
    entry = office.installation.case_log.load(WaitingListEntry, UUID(answer["waiting_list_entry"]))
    assert {(fact.criterion, fact.value, str(fact.source)) for fact in entry.facts} == {
        ("without_dwelling", True, about.application),
        ("children_in_household", True, about.application),
    }
    assert (entry.need.adults, entry.need.children, entry.need.rooms_at_least, entry.need.step_free) == (2, 1, 3, True)
    assert str(entry.registered_on) == str(entry.effective_from) == "2026-12-01"


@pytest.mark.parametrize("answers", [{"effective_date": "2020-01-01"}, {"age": True}])
def test_M14_only_the_criteria_of_the_guidelines_are_answered(office: Office, answers: dict[str, object]) -> None:
    about = applied(office, "dwelling")
    vedtak = drafted(office, about, concluded(office, about, dwelling=Outcome.GRANT), "dwelling")
    response = office.saksbehandler.post(f"/vedtak/{vedtak}/issue", {"placement": {"answers": answers}})
    assert refused(response) == (422, "unknown_criterion")


def test_M13_a_second_vedtak_on_the_same_thing_must_replace_the_first(office: Office) -> None:
    about = applied(office, "assistance")
    conclusion = concluded(office, about)
    issued(office, about, conclusion, "assistance")
    response = office.saksbehandler.post("/vedtak", draft_of(about, conclusion, "assistance"))
    assert refused(response) == (409, "already_answered")


def test_M13_of_two_drafts_on_the_same_thing_one_is_issued(office: Office) -> None:
    about = applied(office, "assistance")
    conclusion = concluded(office, about)
    first, second = (drafted(office, about, conclusion, "assistance") for _ in range(2))
    office.saksbehandler.do(f"/vedtak/{first}/issue", {})
    assert refused(office.saksbehandler.post(f"/vedtak/{second}/issue", {})) == (409, "already_answered")


def granted_dwelling(office: Office) -> tuple[Applied, str, dict[str, object]]:
    about = applied(office, "dwelling")
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    return about, conclusion, issued(office, about, conclusion, "dwelling")


def test_LD6_a_new_vedtak_replaces_the_old_one_and_takes_its_place_on_the_list_away(office: Office) -> None:
    about, conclusion, old = granted_dwelling(office)
    because = {"replaced_because": "Søkeren har flyttet fra kommunen."}
    issued(
        office, about, conclusion, "dwelling", "refuse", issue=because, replaces=old["vedtak"],
        reversal_ground="invalid", departs_because="Søkeren har flyttet fra kommunen.",
    )  # fmt: skip
    log = office.installation.case_log
    entry = log.load(WaitingListEntry, UUID(str(old["waiting_list_entry"])))
    assert entry.left_because is LeavingReason.NEW_VEDTAK
    assert log.load(Vedtak, UUID(str(old["vedtak"]))).state is VedtakState.REPLACED


def test_LD6_a_replacement_says_why(office: Office) -> None:
    about, conclusion, old = granted_dwelling(office)
    vedtak = drafted(office, about, conclusion, "dwelling", replaces=old["vedtak"], reversal_ground="invalid")
    before = head(office)
    response = office.saksbehandler.post(f"/vedtak/{vedtak}/issue", {})
    assert refused(response) == (409, "replacement_reason_missing")
    assert head(office) == before


def test_M15_tasks_of_a_replaced_vedtak_end_when_the_new_one_stands_on_another_conclusion(office: Office) -> None:
    about = applied(office, "assistance")
    task = a_task(office, about)
    old = issued(office, about, concluded(office, about, tasks=(task,)), "assistance")["vedtak"]
    because = {"replaced_because": "Behovet er et annet."}
    issued(office, about, concluded(office, about), "assistance", issue=because, replaces=old, **NOT_NOTIFIED)
    assert office.installation.case_log.load(FollowUp, task.id).state is FollowUpState.CANCELLED


def test_M15_tasks_run_on_under_a_new_grant_on_the_same_conclusion(office: Office) -> None:
    about = applied(office, "assistance")
    task = a_task(office, about)
    conclusion = concluded(office, about, tasks=(task,))
    old = issued(office, about, conclusion, "assistance")["vedtak"]
    issued(
        office, about, conclusion, "assistance", issue={"replaced_because": "Klarere innhold."}, replaces=old,
        **NOT_NOTIFIED,
    )  # fmt: skip
    assert office.installation.case_log.load(FollowUp, task.id).state is FollowUpState.IN_FORCE


def test_LK3_a_vedtak_is_not_notified_before_it_is_issued_or_ahead_of_time(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = issued(office, about, concluded(office, about), "assistance")["vedtak"]
    answers = [
        refused(office.saksbehandler.post(f"/vedtak/{vedtak}/notification", {"channel": "post", "notified_on": day}))
        for day in ("2027-01-11", "2027-01-13")
    ]
    assert answers == [(422, "day_too_early"), (422, "day_not_yet_come")]


def test_LH7_the_representative_is_told_when_there_is_one(office: Office) -> None:
    representative = {"name": "Fullmektig Prøvesen", "contact": "Testveien 2"}
    about = applied(office, "assistance", representative=representative)
    vedtak = issued(office, about, concluded(office, about), "assistance")["vedtak"]
    body = {"channel": "post", "notified_on": "2027-01-12"}
    assert office.saksbehandler.do(f"/vedtak/{vedtak}/notification", body)["to_representative"]


def test_LA5_a_correction_stands_beside_what_it_corrects(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = issued(office, about, concluded(office, about), "assistance")["vedtak"]
    body = {"corrects": 1, "part": "reasons", "text": "Søkeren har to barn.", "because": "Feil antall barn."}
    office.saksbehandler.do(f"/vedtak/{vedtak}/corrections", body)
    stored = office.installation.case_log.load(Vedtak, UUID(vedtak))
    assert len(stored.corrections) == 1
    assert stored.content.reasons != stored.corrections[0][1]


def test_D7_a_vedtak_is_issued_on_the_version_that_was_read(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = drafted(office, about, concluded(office, about), "assistance")
    response = office.saksbehandler.post(f"/vedtak/{vedtak}/issue", {}, If_Match='"00000000000000000000000000000000"')
    assert refused(response) == (412, "stale_version")


def test_M17_help_that_is_hard_to_give_opens_a_case_without_an_application(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = issued(office, about, concluded(office, about), "assistance")["vedtak"]
    answer = office.saksbehandler.do(f"/vedtak/{vedtak}/challenges", {"text": "Søkeren åpner ikke døren."})
    assert answer["case"] != about.case


def test_M17_a_refusal_grants_no_help_to_have_trouble_with(office: Office) -> None:
    about = applied(office, "dwelling")
    conclusion = concluded(office, about, dwelling=Outcome.GRANT)
    vedtak = issued(office, about, conclusion, "dwelling", dwelling=TERMS_OF_A_DWELLING)["vedtak"]
    response = office.saksbehandler.post(f"/vedtak/{vedtak}/challenges", {"text": "Søkeren åpner ikke døren."})
    assert refused(response) == (409, "granted_help_missing")
