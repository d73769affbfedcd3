"""Reading tasks, deadlines, the access log and the deliveries."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from domain.actors import Role
from domain.cases.application import ApplicationKind
from domain.cases.case import Case
from domain.decisions.follow_up import FollowUp
from domain.delivery import Delivery, Message, MessageKind
from domain.law.rulebook import DecisionSubject
from tests.api.office import Caller, Office
from tests.projections.story import Story


def nav(office: Office, story: Story) -> Caller:
    return office.caller("nav", id=story.nav)


def a_task(story: Story, name: str = "Prøve Eksempelsen", *, days: int = 30, in_force: bool = True) -> FollowUp:
    """A task for the member from Nav, due in so many days."""
    case = story.case(name)
    application = story.application(case, ApplicationKind.ASSISTANCE)
    story.consent(case)
    item = story.item(case, meeting := story.meeting())
    story.discuss(item, case, meeting)
    conclusion, follow_up = story.conclude(item, case, dwelling=None, due_on=story.today + timedelta(days=days))
    if in_force:
        story.vedtak(case, application, conclusion, DecisionSubject.ASSISTANCE, follow_up)
    return follow_up


def inbox(caller: Caller, query: str = "") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = caller.get(f"/follow-ups{query}").json()["items"]
    return rows


def pass_days(office: Office, story: Story, days: int) -> None:
    story.pass_days(days)
    office.set_clock(story.at)


def test_M15_the_inbox_holds_ones_own_tasks_overdue_ones_first(office: Office, story: Story) -> None:
    later, sooner = a_task(story, "Prøve Senere", days=60), a_task(story, "Prøve Snart", days=5)
    pass_days(office, story, 10)
    rows = inbox(nav(office, story))
    assert [(row["follow_up"], row["overdue"]) for row in rows] == [(str(sooner.id), True), (str(later.id), False)]
    assert (rows[0]["name"], rows[0]["what"]) == ("Prøve Snart", "Ring og avtal besøk.")
    assert inbox(office.caller("nav")) == []


def test_M15_a_task_is_in_the_inbox_from_the_vedtak_and_until_it_is_done(office: Office, story: Story) -> None:
    planned = a_task(story, in_force=False)
    task = a_task(story)
    assert [row["follow_up"] for row in inbox(nav(office, story))] == [str(task.id)]
    assert {row["follow_up"] for row in inbox(office.saksbehandler, "?whose=all")} == {str(planned.id), str(task.id)}
    task.complete(by=story.by, at=story.at)
    story.store(task)
    assert inbox(nav(office, story)) == []


def test_M15_a_task_that_is_handed_on_moves_to_the_other_inbox(office: Office, story: Story) -> None:
    task, other = a_task(story), office.caller("nav")
    task.reassign(assignee=other.actor.id, unit=other.actor.unit, by=story.by, at=story.at)
    story.store(task)
    assert inbox(nav(office, story)) == []
    assert [row["follow_up"] for row in inbox(other)] == [str(task.id)]


def kinds(office: Office, query: str = "") -> list[tuple[str, str, str]]:
    rows = office.saksbehandler.get(f"/deadlines{query}").json()["items"]
    return [(row["kind"], row["part"], row["due_on"]) for row in rows]


def test_LH2_an_application_has_its_deadlines_from_the_day_it_came(office: Office, story: Story) -> None:
    story.application(story.case(), ApplicationKind.DWELLING, ApplicationKind.ASSISTANCE)
    assert kinds(office) == [
        ("interim_reply", "", "2027-02-12"),
        ("vedtak_outstanding", "assistance", "2027-02-12"),
        ("vedtak_outstanding", "dwelling", "2027-02-12"),
    ]
    assert kinds(office, "?kind=interim_reply&until=2027-02-11") == []


def test_LH2_what_is_overdue_stands_first_and_says_so(office: Office, story: Story) -> None:
    story.application(story.case())
    pass_days(office, story, 40)
    rows = office.saksbehandler.get("/deadlines").json()["items"]
    assert [row["overdue"] for row in rows] == [True, True]
    assert rows[0]["name"] == "Prøve Eksempelsen"


def test_M13_deadlines_are_for_the_saksbehandler_and_of_her_own_cases(office: Office, story: Story) -> None:
    story.application(story.case())
    assert nav(office, story).get("/deadlines").status_code == 403
    colleague = office.caller("service_og_tildeling", Role.SAKSBEHANDLER)
    assert colleague.get("/deadlines").json() == {"items": [], "next": None}


def looks(office: Office, story: Story) -> Case:
    """A case that two have asked for, one in vain."""
    case = story.case()
    office.saksbehandler.get(f"/cases/{case.id}")
    nav(office, story).get(f"/cases/{case.id}")
    return case


def test_C05_the_access_log_says_who_saw_and_who_was_refused_the_newest_first(office: Office, story: Story) -> None:
    case, reviewer = looks(office, story), office.caller("personvern", Role.REVIEWER)
    rows = reviewer.get(f"/access-log?case={case.id}").json()["items"]
    refused, viewed = rows
    assert (refused["what"], refused["actor"], refused["case"]) == ("refused", str(story.nav), str(case.id))
    assert (viewed["what"], viewed["fields"]) == ("viewed", ["identity.name"])
    assert viewed["rules"] == ["responsible_saksbehandler"]
    assert viewed["subjects"] == [str(case.person)]


def test_C05_looking_at_who_has_looked_is_a_look_too(office: Office, story: Story) -> None:
    case, reviewer = looks(office, story), office.caller("personvern", Role.REVIEWER)
    reviewer.get(f"/access-log?case={case.id}")
    newest = reviewer.get(f"/access-log?case={case.id}").json()["items"][0]
    assert (newest["actor"], newest["purpose"], newest["fields"]) == (reviewer.id, "access_log", [])


def test_C05_the_access_log_is_for_reviewers_and_holds_no_content(office: Office, story: Story) -> None:
    looks(office, story)
    response = office.caller("personvern", Role.REVIEWER).get("/access-log")
    assert response.status_code == 200
    assert "Prøve" not in response.text
    assert office.saksbehandler.get("/access-log").status_code == 403


def test_M08_a_page_with_twelve_names_leaves_a_line_for_each_of_the_twelve(office: Office, story: Story) -> None:
    cases = {str(story.case(f"Prøve {number}").id) for number in range(12)}
    office.saksbehandler.get("/cases")
    rows = office.caller("personvern", Role.REVIEWER).get("/access-log").json()["items"]
    assert {row["case"] for row in rows if row["what"] == "list_viewed"} == cases


def a_delivery(story: Story, case: UUID) -> Delivery:
    message = Message(MessageKind.FOLLOW_UP_REMINDER, uuid4(), story.nav, case, 1, story.at)
    return Delivery.start(id=uuid4(), message=message, claimed_until=story.at, by=story.by, at=story.at)


def test_D8_a_message_of_which_nobody_knows_is_shown_as_uncertain(office: Office, story: Story) -> None:
    sent, lost = (a_delivery(story, story.case().id) for _ in range(2))
    sent.sent(message_id="<1@eksempel.invalid>", by=story.by, at=story.at)
    lost.uncertain(by=story.by, at=story.at)
    story.store(sent, lost)
    rows = office.saksbehandler.get("/deliveries").json()["items"]
    assert {row["delivery"]: row["state"] for row in rows} == {str(sent.id): "sent", str(lost.id): "uncertain"}
    (row,) = office.saksbehandler.get("/deliveries?state=uncertain").json()["items"]
    assert row["delivery"] == str(lost.id)
    assert nav(office, story).get("/deliveries").status_code == 403
