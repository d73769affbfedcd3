"""A vedtak over HTTP from draft to replacement: discarded, opened, followed up, replaced, and by whom (M13, M15, LD5, LD6)."""

from typing import Any
from uuid import UUID

import pytest

from domain.actors import SERVICE_OG_TILDELING, Role
from domain.decisions.follow_up import FollowUp
from domain.decisions.follow_up_rules import FollowUpState
from domain.decisions.vedtak import Vedtak
from domain.decisions.vedtak_rules import Outcome
from domain.group.conclusion import Conclusion
from domain.housing.tenancy import Tenancy
from domain.law.rulebook import DecisionSubject
from services.context import Context
from tests.api import givens
from tests.api.decision_givens import (
    NOTICES,
    Applied,
    a_task,
    applied,
    concluded,
    draft_of,
    drafted,
    inhabil_in,
    issued,
    let,
    refused,
)
from tests.api.office import Caller, Office
from tests.api.rulebooks import change_rules

pytestmark = pytest.mark.usefixtures("on_a_tuesday")

DIGITAL = {"channel": "digital", "notified_on": "2027-01-12"}
REPLACED = {"replaced_because": "Nye opplysninger."}


def stored(office: Office, vedtak: str) -> Vedtak:
    return office.installation.case_log.load(Vedtak, UUID(vedtak))


def granted_help(office: Office) -> tuple[Applied, str, str]:
    """Help after § 6, granted on a conclusion."""
    about = applied(office, "assistance")
    conclusion = concluded(office, about)
    return about, conclusion, issued(office, about, conclusion, "assistance")["vedtak"]


# --- a draft is given up ---


def test_M13_a_discarded_draft_makes_room_for_a_new_one(office: Office) -> None:
    about = applied(office, "assistance")
    conclusion = concluded(office, about)
    first = drafted(office, about, conclusion, "assistance")
    office.saksbehandler.do(f"/vedtak/{first}/discarding", {"reason": "written_anew"})
    path = f"/vedtak/{first}/issue"
    givens.assert_refused(office, office.saksbehandler, path, {}, status=409, code="wrong_state")
    assert issued(office, about, conclusion, "assistance")["outcome"] == "grant"


def test_LD6_an_issued_vedtak_is_not_discarded(office: Office) -> None:
    *_, vedtak = granted_help(office)
    path = f"/vedtak/{vedtak}/discarding"
    body = {"reason": "entered_by_mistake"}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="wrong_state")


# --- what must stand in it, and by whose authority ---


@pytest.mark.parametrize(
    ("left_out", "code"), [("facts", "reasons_incomplete"), ("wishes_considered", "wishes_unanswered")]
)
def test_LD3_LV3_a_vedtak_is_issued_whole(office: Office, left_out: str, code: str) -> None:
    about = applied(office, "assistance")
    lacking: dict[str, Any] = {left_out: None}
    vedtak = drafted(office, about, concluded(office, about), "assistance", **lacking)
    givens.assert_refused(office, office.saksbehandler, f"/vedtak/{vedtak}/issue", {}, status=409, code=code)


def test_LR6_the_delegation_of_the_day_stands_on_the_vedtak(office: Office) -> None:
    about, _, vedtak = granted_help(office)
    shown = office.saksbehandler.get(f"/cases/{about.case}").json()["vedtak"][0]
    assert shown["basis"]["delegation"] == stored(office, vedtak).basis.delegation
    assert "kommunedirektøren" in shown["basis"]["delegation"]


def test_LR6_nothing_is_drafted_without_a_recorded_delegation(office: Office) -> None:
    about = applied(office, "assistance")
    body = draft_of(about, concluded(office, about), "assistance")
    change_rules(office, delegations={DecisionSubject.DWELLING: "delegert"})
    givens.assert_refused(office, office.saksbehandler, "/vedtak", body, status=409, code="delegation_missing")


@pytest.mark.parametrize(
    ("barred_by", "answer"),
    [("unlawful_stay", (201, "")), (None, (409, "dismissal_ground_missing")), ("age", (422, "unknown_code"))],
)  # fmt: skip
def test_LR2_an_application_is_dismissed_under_a_rule_of_the_rulebook(
    office: Office, barred_by: str | None, answer: tuple[int, str]
) -> None:
    about = applied(office, "assistance")
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "formally_dismissed"})
    body = draft_of(about, None, "assistance", "refuse", barred_by=barred_by)
    response = office.saksbehandler.post("/vedtak", body)
    assert ((201, "") if response.status_code == 201 else refused(response)) == answer


def test_M13_help_that_nobody_asked_for_is_not_refused(office: Office) -> None:
    about = applied(office, "dwelling")
    body = draft_of(about, concluded(office, about, vanskeligstilt=False), "assistance", "refuse")
    givens.assert_refused(office, office.saksbehandler, "/vedtak", body, status=409, code="not_applied_for")


# --- who ---


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.SAKSBEHANDLER, Role.SYSTEM)])
@pytest.mark.parametrize("unit", [SERVICE_OG_TILDELING, "nav"])
def test_LV5_M13_no_machine_and_nobody_in_another_role_drafts_or_issues(office: Office, role: Role, unit: str) -> None:
    about = applied(office, "assistance")
    conclusion = concluded(office, about)
    vedtak = drafted(office, about, conclusion, "assistance")
    scopes = frozenset({"draft_vedtak", "issue_vedtak"}) if role is Role.MACHINE else frozenset[str]()
    caller = office.caller(unit, role, scopes=scopes)
    for path, body in (("/vedtak", draft_of(about, conclusion, "assistance")), (f"/vedtak/{vedtak}/issue", {})):
        assert caller.post(path, body).status_code in (403, 404)
    assert stored(office, vedtak).issued_on is None


def test_LI1_whoever_is_inhabil_in_the_case_neither_drafts_nor_issues(office: Office) -> None:
    about = applied(office, "assistance")
    conclusion = concluded(office, about)
    vedtak = drafted(office, about, conclusion, "assistance")
    inhabil_in(office, about.case, office.saksbehandler)
    for path, body in (("/vedtak", draft_of(about, conclusion, "assistance")), (f"/vedtak/{vedtak}/issue", {})):
        givens.assert_refused(office, office.saksbehandler, path, body, status=403, code="not_allowed")


def leader_of(office: Office, unit: str) -> Caller:
    return givens.employee(office, unit, Role.LEADER)


def test_LI2_nobody_under_an_inhabil_leader_makes_the_vedtak(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = drafted(office, about, concluded(office, about), "assistance")
    inhabil_in(office, about.case, leader_of(office, SERVICE_OG_TILDELING))
    givens.assert_refused(
        office, office.saksbehandler, f"/vedtak/{vedtak}/issue", {}, status=403, code="leader_inhabil"
    )


def test_LI2_who_is_set_in_from_outside_makes_it(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = drafted(office, about, concluded(office, about), "assistance")
    leader = leader_of(office, SERVICE_OG_TILDELING)
    inhabil_in(office, about.case, leader)
    givens.register(office, office.saksbehandler)
    path, body = f"/vedtak/{vedtak}/decider", {"decider": office.saksbehandler.id}
    for nobody in (leader, office.saksbehandler, office.caller("nav")):
        assert nobody.post(path, body).status_code in (403, 409)
    leader_of(office, "kommunedirektoren").do(path, body)
    assert office.saksbehandler.do(f"/vedtak/{vedtak}/issue", {})["outcome"] == "grant"


def test_LI1_nobody_inhabil_is_set_in(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = drafted(office, about, concluded(office, about), "assistance")
    inhabil = givens.employee(office, SERVICE_OG_TILDELING, Role.SAKSBEHANDLER)
    inhabil_in(office, about.case, inhabil)
    path, body = f"/vedtak/{vedtak}/decider", {"decider": inhabil.id}
    outside = leader_of(office, "kommunedirektoren")
    givens.assert_refused(office, outside, path, body, status=403, code="inhabil_decider")


@pytest.mark.parametrize("who", ["leader of another unit", "member"])
def test_LI2_the_inhabilitet_of_others_stops_nobody_else(office: Office, who: str) -> None:
    about = applied(office, "assistance")
    vedtak = drafted(office, about, concluded(office, about), "assistance")
    other = leader_of(office, "nav") if who != "member" else givens.employee(office, SERVICE_OG_TILDELING)
    inhabil_in(office, about.case, other)
    assert office.saksbehandler.do(f"/vedtak/{vedtak}/issue", {})["outcome"] == "grant"


# --- told, opened ---


def test_LD5_the_opening_is_logged_by_the_mailbox_as_a_machine(office: Office) -> None:
    *_, vedtak = granted_help(office)
    office.saksbehandler.do(f"/vedtak/{vedtak}/notification", DIGITAL)
    mailbox = office.caller("digipost", Role.MACHINE, scopes=frozenset({"record_opening"}))
    assert mailbox.do(f"/vedtak/{vedtak}/opening", {"opened_on": "2027-01-12"})["opened_on"] == "2027-01-12"
    path = f"/vedtak/{vedtak}/opening"
    givens.assert_refused(office, mailbox, path, {"opened_on": "2027-01-12"}, status=409, code="not_sent_digitally")


def test_LD5_a_machine_without_the_scope_logs_no_opening(office: Office) -> None:
    *_, vedtak = granted_help(office)
    office.saksbehandler.do(f"/vedtak/{vedtak}/notification", DIGITAL)
    path, body = f"/vedtak/{vedtak}/opening", {"opened_on": "2027-01-12"}
    givens.assert_refused(office, office.caller("x", Role.MACHINE), path, body, status=403, code="scope_missing")
    givens.assert_refused(office, office.caller("nav"), path, body, status=404, code="not_found")


def test_LD5_who_is_reserved_gets_it_by_post(office: Office) -> None:
    *_, vedtak = granted_help(office)
    path = f"/vedtak/{vedtak}/notification"
    body = {**DIGITAL, "reserved": True}
    givens.assert_refused(office, office.saksbehandler, path, body, status=409, code="reserved_against_digital")
    assert office.saksbehandler.do(path, {**body, "channel": "post"})["appeal_deadline"] == "2027-02-02"


# --- omgjøring ---


def test_LD6_a_change_takes_a_ground_in_law(office: Office) -> None:
    about, conclusion, old = granted_help(office)
    office.saksbehandler.do(f"/vedtak/{old}/notification", DIGITAL)
    for ground, code in ((None, "reversal_ground_missing"), ("not_notified", "already_notified")):
        body = draft_of(about, conclusion, "assistance", replaces=old, reversal_ground=ground)
        givens.assert_refused(office, office.saksbehandler, "/vedtak", body, status=409, code=code)
    new = issued(office, about, conclusion, "assistance", issue=REPLACED, replaces=old, reversal_ground="invalid")
    assert stored(office, new["vedtak"]).reversal_ground == "invalid"


def test_LD6_taking_a_grant_away_is_to_somebodys_detriment(office: Office) -> None:
    about = applied(office, "dwelling")
    conclusion = concluded(office, about)
    old = issued(office, about, conclusion, "dwelling")["vedtak"]
    body = draft_of(about, conclusion, "dwelling", "refuse", replaces=old, reversal_ground="not_to_detriment")
    givens.assert_refused(office, office.saksbehandler, "/vedtak", body, status=409, code="detrimental_change")


def test_LD6_a_refusal_becomes_a_grant_without_any_other_ground(office: Office) -> None:
    about = applied(office, "dwelling")
    conclusion = concluded(office, about)
    old = issued(office, about, conclusion, "dwelling", "refuse")["vedtak"]
    new = issued(office, about, conclusion, "dwelling", issue=REPLACED, replaces=old)
    assert stored(office, new["vedtak"]).reversal_ground == "not_to_detriment"
    assert new["waiting_list_entry"]


EXTENDED = "2033-01-31"


def extension_decided(office: Office, outcome: Outcome) -> tuple[str, Applied, str, str]:
    """A tenancy, the application to extend it, the conclusion, and the vedtak."""
    tenancy, _ = let(office)
    about = applied(office, "extension", tenancy=tenancy, applicant={"name": "Prøve Eksempelsen"})
    conclusion = concluded(office, about)
    terms: dict[str, Any] = {"new_end": EXTENDED} if outcome is Outcome.GRANT else {}
    vedtak = issued(office, about, conclusion, "extension", outcome, **terms)["vedtak"]
    return tenancy, about, conclusion, vedtak


def test_LD6_M19_a_granted_extension_is_replaced_by_a_refusal_before_it_is_signed(office: Office) -> None:
    tenancy, about, conclusion, old = extension_decided(office, Outcome.GRANT)
    new = issued(
        office, about, conclusion, "extension", "refuse", issue=REPLACED, replaces=old, reversal_ground="not_notified"
    )
    assert new["outcome"] == "refuse"
    response = office.saksbehandler.post(f"/tenancies/{tenancy}/extension", NOTICES)
    assert refused(response) == (409, "extension_not_granted")


def test_LD6_M19_a_refused_extension_is_replaced_by_a_grant(office: Office) -> None:
    tenancy, about, conclusion, old = extension_decided(office, Outcome.REFUSE)
    issued(office, about, conclusion, "extension", issue=REPLACED, replaces=old, new_end=EXTENDED)
    assert office.saksbehandler.do(f"/tenancies/{tenancy}/extension", NOTICES)["ends_on"] == EXTENDED


def test_LD6_M19_an_extension_that_is_signed_stands(office: Office) -> None:
    tenancy, about, conclusion, old = extension_decided(office, Outcome.GRANT)
    office.saksbehandler.do(f"/tenancies/{tenancy}/extension", NOTICES)
    new = drafted(office, about, conclusion, "extension", "refuse", replaces=old, reversal_ground="invalid")
    path = f"/vedtak/{new}/issue"
    givens.assert_refused(office, office.saksbehandler, path, REPLACED, status=409, code="extension_signed")
    assert str(office.installation.case_log.load(Tenancy, UUID(tenancy)).ends_on) == EXTENDED


# --- the conclusion it relies on ---


def test_B08_the_conclusion_remembers_the_vedtak_that_was_issued_on_it(office: Office) -> None:
    _, conclusion, vedtak = granted_help(office)
    assert office.installation.case_log.load(Conclusion, UUID(conclusion)).relied_on_by == (UUID(vedtak),)


def test_B08_of_a_vedtak_and_a_new_conclusion_at_once_one_loses_the_race(office: Office) -> None:
    """The conclusion is superseded after the command has read it: the save fails, the second try refuses."""
    about = applied(office, "assistance")
    conclusion = concluded(office, about)
    vedtak = drafted(office, about, conclusion, "assistance")
    superseded: list[str] = []
    load = office.installation.case_log.load

    def meanwhile(kind: Any, id: UUID, **more: Any) -> Any:
        found = load(kind, id, **more)
        if kind is FollowUp and not superseded:
            superseded.append(conclusion)
            supersede(office, conclusion)
        return found

    office.installation.case_log.load = meanwhile  # type: ignore[assignment, method-assign]
    try:
        response = office.saksbehandler.post(f"/vedtak/{vedtak}/issue", {})
    finally:
        del office.installation.case_log.load
    assert refused(response) == (409, "conclusion_superseded")
    assert superseded == [conclusion]


def supersede(office: Office, conclusion: str) -> None:
    log = office.installation.case_log
    request = UUID(int=1)
    context = Context(office.saksbehandler.actor, request, request, office.installation.clock.now())
    found = type(log).load(log, Conclusion, UUID(conclusion))
    found.supersede(by_conclusion=UUID(int=2), by=context.by, at=context.at)
    log.append(found)


# --- somebody is responsible ---


def task(office: Office) -> dict[str, Any]:
    return {"assignee": givens.employee(office, "nav").id, "due_on": "2027-03-01", "what": "Følger på visning."}


def help_without_the_group(office: Office, **issue: Any) -> dict[str, Any]:
    """Help after § 6 granted without a meeting that could have shared it out."""
    about = applied(office, "assistance")
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "consent_missing"})
    return issued(office, about, None, "assistance", issue={"facts_settled": True, **issue})


def unfollowed(office: Office) -> list[str]:
    rows = office.saksbehandler.get("/deadlines?kind=nobody_responsible").json()["items"]
    return [row["subject"] for row in rows]


def test_M15_help_with_nobody_responsible_is_listed_until_somebody_is(office: Office) -> None:
    vedtak = help_without_the_group(office)["vedtak"]
    assert unfollowed(office) == [vedtak]
    answer = office.saksbehandler.do(f"/vedtak/{vedtak}/follow-ups", task(office))
    assert office.installation.case_log.load(FollowUp, UUID(answer["follow_up"])).state is FollowUpState.IN_FORCE
    assert stored(office, vedtak).follow_ups == (UUID(answer["follow_up"]),)
    assert unfollowed(office) == []


def test_M15_follow_up_is_shared_out_with_the_vedtak_itself(office: Office) -> None:
    nav = givens.employee(office, "nav")
    body = {"assignee": nav.id, "due_on": "2027-03-01", "what": "Følger på visning."}
    answer = help_without_the_group(office, tasks=[body])
    (mine,) = nav.get("/follow-ups").json()["items"]
    assert (mine["follow_up"], mine["item"], mine["vedtak"]) == (answer["follow_ups"][0], None, answer["vedtak"])
    assert unfollowed(office) == []


def test_M15_a_refusal_shares_out_nothing(office: Office) -> None:
    about = applied(office, "assistance")
    vedtak = issued(office, about, concluded(office, about, vanskeligstilt=False), "assistance", "refuse")["vedtak"]
    path, code = f"/vedtak/{vedtak}/follow-ups", "vedtak_does_not_start_follow_up"
    givens.assert_refused(office, office.saksbehandler, path, task(office), status=409, code=code)
    givens.assert_refused(office, office.caller("nav"), path, task_of_nobody(), status=404, code="not_found")


def task_of_nobody() -> dict[str, Any]:
    return {"assignee": str(UUID(int=5)), "due_on": "2027-03-01", "what": "Ringer."}


def test_M15_tasks_follow_the_vedtak_that_replaces_on_the_same_ground_and_end_with_the_help(office: Office) -> None:
    about = applied(office, "assistance")
    planned = a_task(office, about)
    conclusion = concluded(office, about, tasks=(planned,))
    old = issued(office, about, conclusion, "assistance")["vedtak"]
    added = office.saksbehandler.do(f"/vedtak/{old}/follow-ups", task(office))["follow_up"]
    new = issued(
        office, about, conclusion, "assistance", issue=REPLACED, replaces=old, reversal_ground="not_notified"
    )["vedtak"]  # fmt: skip
    log = office.installation.case_log
    assert {log.load(FollowUp, id).vedtak for id in (planned.id, UUID(added))} == {UUID(new)}
    assert unfollowed(office) == []
    other = concluded(office, about, vanskeligstilt=False)
    issued(office, about, other, "assistance", "refuse", issue=REPLACED, replaces=new, reversal_ground="not_notified")
    states = {log.load(FollowUp, id).state for id in (planned.id, UUID(added))}
    assert states == {FollowUpState.CANCELLED}
