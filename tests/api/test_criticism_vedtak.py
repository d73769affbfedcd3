"""A family refused because it fit no group: what municipalities were criticised for, as a whole journey (LV1, LD3, LR2).

Vanskeligstilt is a reasoned assessment of one applicant, never membership of a category and never a score.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from domain.cases.application import Application
from domain.group.conclusion import Conclusion
from tests.api import givens
from tests.api.decision_givens import Applied, draft_of
from tests.api.givens import Talk
from tests.api.office import Office

A_FAMILY = {"adults": 2, "children": 3}
WHY_NOT_A_GROUP = "Familien er ikke flyktninger, ikke i rus, ikke unge: den passer ikke i noen gruppe."
ITS_OWN_SITUATION = "Familien er sagt opp, får avslag hos private utleiere og kan ikke betale depositum."
CATEGORY_WORDS = ("category", "categories", "group_code", "target_group", "score", "points", "malgruppe")


def family_discussed(office: Office) -> tuple[Talk, Applied]:
    """The family applied for a dwelling and for help, and the group has talked about it."""
    group = givens.called_group(office)
    body = office.application(kinds=["dwelling", "assistance"], household=A_FAMILY, reason=ITS_OWN_SITUATION)
    answer = office.saksbehandler.do("/applications", body)
    about = Applied(answer["application"], answer["case"], answer["person"])
    givens.consent(office, about.case)
    givens.pre_assessment(office, about.case)
    item = givens.on_agenda(office, group.meetings[0], about.case)
    office.set_clock(givens.FIRST_MEETING)
    office.saksbehandler.do(f"/meetings/{group.meetings[0]}/opening")
    givens.present(office, item, group.saksbehandler, group.nav)
    office.saksbehandler.do(f"/agenda-items/{item}/discussion")
    office.saksbehandler.do(f"/agenda-items/{item}/discussion/closing")
    return Talk(group, about.case, item, group.meetings[0]), about


def not_vanskeligstilt(**changes: Any) -> dict[str, Any]:
    return {
        "vanskeligstilt": False, "reasons": WHY_NOT_A_GROUP, "may_offer": [], "shall_offer": [], "dwelling": "refuse",
        "tasks": [], "facts_from_others": False, **changes,
    }  # fmt: skip


def refusal(about: Applied, conclusion: str, subject: str, **changes: Any) -> dict[str, Any]:
    return draft_of(about, conclusion, subject, "refuse", **changes)


def test_LV1_a_family_that_fits_no_group_is_assessed_for_itself_and_gets_help(office: Office) -> None:
    """The whole way: no refusal without individual reasons, no ground that is a list, and in the end help."""
    talk, about = family_discussed(office)
    path = f"/agenda-items/{talk.item}/conclusion"

    without_reasons = not_vanskeligstilt(reasons=None)
    givens.assert_refused(office, office.saksbehandler, path, without_reasons, status=409, code="assessment_missing")
    by_category = office.saksbehandler.post(path, not_vanskeligstilt(category="no_group"))
    assert by_category.status_code == 422

    first = office.saksbehandler.do(path, not_vanskeligstilt())["conclusion"]
    unreasoned = refusal(about, first, "assistance", reasons=None)
    assert office.saksbehandler.post("/vedtak", unreasoned).status_code == 422
    blank = refusal(about, first, "assistance", reasons="   ")
    assert office.saksbehandler.post("/vedtak", blank).status_code == 422
    draft = office.saksbehandler.do("/vedtak", refusal(about, first, "assistance", facts=None))["vedtak"]
    issue = f"/vedtak/{draft}/issue"
    givens.assert_refused(office, office.saksbehandler, issue, {}, status=409, code="reasons_incomplete")
    office.saksbehandler.do(f"/vedtak/{draft}/discarding", {"reason": "ground_changed"})

    body = givens.conclusion_body(talk, reasons=ITS_OWN_SITUATION, dwelling="refuse", supersedes=first)
    second = office.saksbehandler.do(path, body)["conclusion"]
    stale = refusal(about, first, "assistance")
    outdated = office.saksbehandler.post("/vedtak", stale)
    if outdated.status_code == 201:
        path_of_stale = f"/vedtak/{outdated.json()['vedtak']}/issue"
        givens.assert_refused(office, office.saksbehandler, path_of_stale, {}, status=409, code="conclusion_superseded")
    refused_help = refusal(about, second, "assistance")
    givens.assert_refused(office, office.saksbehandler, "/vedtak", refused_help, status=409, code="help_required")

    granted = office.saksbehandler.do("/vedtak", draft_of(about, second, "assistance"))["vedtak"]
    assert office.saksbehandler.do(f"/vedtak/{granted}/issue", {})["outcome"] == "grant"
    refused_home = office.saksbehandler.do("/vedtak", refusal(about, second, "dwelling"))["vedtak"]
    assert office.saksbehandler.do(f"/vedtak/{refused_home}/issue", {})["outcome"] == "refuse"
    assert office.installation.case_log.load(Application, UUID(about.application)).unanswered == ()


def test_LV1_no_way_in_asks_for_a_category_or_a_score_of_the_applicant(office: Office) -> None:
    """Neither what is applied, nor what is assessed, nor what is decided has a field for one."""
    schemas = office.client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assessed = {
        name: schema for name, schema in schemas.items()
        if name in ("ReceiveApplication", "ReachConclusion", "DraftVedtak", "IssueVedtak", "ConclusionPart", "VedtakPart")
    }  # fmt: skip
    assert len(assessed) == 6
    found = [(name, word) for name, schema in assessed.items() for word in fields(schema) if word in CATEGORY_WORDS]
    assert found == []


def fields(schema: Any) -> Iterator[str]:
    yield from schema.get("properties", {})


def test_LV1_the_assessment_is_a_yes_or_no_with_reasons_and_remembers_nothing_else_of_the_applicant(
    office: Office,
) -> None:
    talk, _ = family_discussed(office)
    answer = office.saksbehandler.do(f"/agenda-items/{talk.item}/conclusion", not_vanskeligstilt())
    (reached,) = [
        event for event in office.installation.case_log.stream(UUID(answer["conclusion"]))
        if isinstance(event, Conclusion.Reached)
    ]  # fmt: skip
    assert reached.vanskeligstilt is False
    assert reached.reasons.field == "assessment.reasons"


def test_LR2_a_family_is_not_kept_from_help_by_how_long_it_has_lived_here(office: Office) -> None:
    """No rule about residence bars § 6 help; the rulebook with one cannot be made, and a dismissal names a rule."""
    answer = office.saksbehandler.do("/applications", office.application(kinds=["assistance"], years_in_municipality=0))
    about = Applied(answer["application"], answer["case"], answer["person"])
    office.saksbehandler.do(f"/cases/{about.case}/decision-without-group", {"ground": "formally_dismissed"})
    for rule, status, code in ((None, 409, "dismissal_ground_missing"), ("years_of_residence", 422, "unknown_code")):
        body = draft_of(about, None, "assistance", "refuse", barred_by=rule)
        givens.assert_refused(office, office.saksbehandler, "/vedtak", body, status=status, code=code)
