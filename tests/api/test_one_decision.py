"""One read, one decision: whoever comes between two statements of it, what was shown is what the log says (D17).

At every statement of a read somebody narrows or withdraws the consent, or declares the reader inhabil.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from httpx2 import Response

from domain.access.decision import Action, Decision, decide
from domain.access.facts import ConsentScope
from domain.access.kinds import InformationKind
from domain.cases.case import Case
from domain.group.agenda_item import AgendaItem, InhabilGround
from domain.law.deadlines import oslo_date
from services.log.access_facts import Moment
from tests.api.office import Caller, Office
from tests.projections.story import NAV, Story
from tests.statements import interrupted, listen

listen()
Change = Callable[[Story, Case, AgendaItem], None]


def narrow(story: Story, case: Case, _: AgendaItem) -> None:
    consent = story.load_consent(case)
    only = ConsentScope(NAV, (InformationKind.IDENTITY,))
    consent.narrow(scopes=(only,), today=story.today, by=story.by, at=story.at)
    story.store(consent)


def withdraw(story: Story, case: Case, _: AgendaItem) -> None:
    consent = story.load_consent(case)
    consent.withdraw(by=story.by, at=story.at)
    story.store(consent)


def declare_inhabil(story: Story, _: Case, item: AgendaItem) -> None:
    item.declare_inhabil(person=story.nav, unit=NAV, ground=InhabilGround.FAMILY, by=story.by, at=story.at)
    story.store(item)


CHANGES = pytest.mark.parametrize("change", [narrow, withdraw, declare_inhabil])


@pytest.fixture
def nav(office: Office, story: Story) -> Caller:
    """The member from Nav, who is called to every meeting."""
    story.members()
    return office.caller("nav", id=story.nav)


def discussed(story: Story) -> tuple[Case, AgendaItem]:
    """A case that says something of each kind, on an agenda, with a consent for Nav to all of it."""
    case = story.case()
    story.application(case)
    story.consent(case)
    story.pre_assessment(case)
    return case, story.item(case, story.meeting())


def ask(caller: Caller, path: str) -> Response:
    return caller.office.client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {caller.token}"})


def decided(office: Office, caller: Caller, case: UUID, position: int) -> Decision:
    """What was decided with the facts as they stood at that position of the log."""
    log, day = office.installation.case_log, oslo_date(office.installation.clock.now())
    facts = log.facts.of([case], caller.actor.id, Moment(position)).facts[case]
    return decide(caller.actor, Action.READ, facts, day)


def texts_in(answer: Any) -> set[str]:
    """The kinds of the texts that a case shows."""
    assessed = answer["pre_assessment"] and any(answer["pre_assessment"]["texts"].values())
    reasons = [application["reason"] for application in answer["applications"]]
    shown = {"identity": answer["applicant"]["name"], "housing": any(reasons), "pre_assessment": assessed}
    return {kind for kind, is_shown in shown.items() if is_shown}


def assert_shown_is_what_the_log_says(office: Office, caller: Caller, case: UUID, answer: Any) -> None:
    (line,) = office.disclosures("Viewed")[-1:]
    assert (line.case, line.by.actor) == (case, caller.actor.id)
    decision = decided(office, caller, case, line.decided_at)
    assert decision.allowed
    assert answer["kinds"] == sorted(decision.kinds)
    assert tuple(answer["rules"]) == line.rules == tuple(rule.value for rule in decision.rules)
    assert set(line.kinds) <= decision.kinds
    logged = {field.partition(".")[0] for field in line.fields}
    logged |= {"pre_assessment"} if any(field.endswith("pre_assessment") for field in line.fields) else set()
    assert texts_in(answer) <= logged


@CHANGES
def test_D17_one_case_shows_what_the_log_says_whoever_comes_between(
    office: Office, story: Story, nav: Caller, change: Change
) -> None:
    statuses, boundary, over = set[int](), 0, False
    while not over:
        boundary += 1
        case, item = discussed(story)
        office.carry_forward()
        with interrupted(boundary, lambda case=case, item=item: change(story, case, item)) as reading:  # type: ignore[misc]
            response = ask(nav, f"/cases/{case.id}")
        over = reading.heard < boundary
        statuses.add(response.status_code)
        if response.status_code == 200:
            assert_shown_is_what_the_log_says(office, nav, case.id, response.json())
        else:
            assert office.disclosures("Refused")[-1].case == case.id
    assert boundary > 10
    assert statuses == ({200} if change is narrow else {200, 403})


@CHANGES
def test_D17_a_list_shows_what_the_log_says_whoever_comes_between(
    office: Office, story: Story, nav: Caller, change: Change
) -> None:
    stays, _ = discussed(story)
    seen, boundary, over = set[bool](), 0, False
    while not over:
        boundary += 1
        case, item = discussed(story)
        office.carry_forward()
        with interrupted(boundary, lambda case=case, item=item: change(story, case, item)) as reading:  # type: ignore[misc]
            response = ask(nav, "/cases?limit=100")
        over = reading.heard < boundary
        (line,) = office.disclosures("ListViewed")[-1:]
        shown = {UUID(row["case"]): row for row in response.json()["items"]}
        assert set(shown) == set(line.cases)
        assert stays.id in shown
        for each, row in shown.items():
            decision = decided(office, nav, each, line.decided_at)
            assert decision.opens(InformationKind.IDENTITY)
            assert bool(row["stage"]) == decision.opens_case
        seen.add(case.id in shown)
        withdraw_if_it_stands(story, case)
    assert seen == ({True} if change is narrow else {True, False})


def withdraw_if_it_stands(story: Story, case: Case) -> None:
    if story.load_consent(case).facts.is_valid_on(story.today):
        withdraw(story, case, None)  # type: ignore[arg-type]  # the item plays no part
