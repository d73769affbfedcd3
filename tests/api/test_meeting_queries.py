"""Reading meetings, agendas and items."""

from datetime import timedelta
from uuid import UUID

from domain.cases.case import Case
from domain.cases.consent import Consent
from domain.group.agenda_item import AgendaItem, Matter, ReopenReason
from domain.group.meeting import Meeting
from tests.api.office import Caller, Office
from tests.projections.story import NAV, Story


def nav(office: Office, story: Story) -> Caller:
    return office.caller("nav", id=story.nav)


def a_case(story: Story, name: str = "Prøve Eksempelsen") -> Case:
    case = story.case(name)
    story.consent(case, NAV)
    return case


def agenda(caller: Caller, meeting: Meeting) -> list[dict[str, object]]:
    items: list[dict[str, object]] = caller.get(f"/meetings/{meeting.id}/agenda").json()["items"]
    return items


def a_restricted_lease(story: Story, meeting: Meeting) -> AgendaItem:
    """A lease that ends, of somebody who has not consented."""
    case = story.case("Prøve Leietaker")
    lease = story.lease(
        case, story.dwelling(), ends_on=story.today + timedelta(days=90), starts_on=story.today - timedelta(days=1100)
    )
    return story.item(case, meeting, Matter.LEASE_ENDING, tenancy=lease.id)


def test_M05_the_calendar_shows_coming_meetings_soonest_first_with_no_applicant(office: Office, story: Story) -> None:
    later, sooner = story.meeting(story.today + timedelta(days=40)), story.meeting()
    case = a_case(story)
    story.item(case, sooner)
    response = nav(office, story).get("/meetings")
    assert [row["meeting"] for row in response.json()["items"]] == [str(sooner.id), str(later.id)]
    assert str(case.id) not in response.text
    assert str(case.person) not in response.text


def test_M09_a_member_sees_the_items_within_consent_and_is_logged_for_each(office: Office, story: Story) -> None:
    story.members()
    meeting = story.meeting()
    case = a_case(story)
    story.item(case, meeting)
    withdrawn = a_case(story, "Prøve Trukket")
    story.item(withdrawn, meeting)
    consent: Consent = story.load_consent(withdrawn)
    consent.withdraw(by=story.by, at=story.at)
    story.store(consent)
    shown = agenda(nav(office, story), meeting)
    assert [(row["number"], row["case"], row["name"]) for row in shown] == [(1, str(case.id), "Prøve Eksempelsen")]
    assert office.disclosures("ListViewed")[-1].cases == (case.id,)


def test_M07_items_stand_in_the_saksbehandlers_order(office: Office, story: Story) -> None:
    meeting = story.meeting()
    items = [story.item(a_case(story, f"Prøve {number}"), meeting) for number in range(12)]
    for place, item in enumerate(reversed(items), start=1):
        item.order(position=place, by=story.by, at=story.at)
        story.store(item)
    shown = agenda(office.saksbehandler, meeting)
    assert [row["number"] for row in shown] == list(range(1, 13))
    assert [row["item"] for row in shown] == [str(item.id) for item in reversed(items)]


def test_D4_who_is_not_called_sees_a_meeting_without_items(office: Office, story: Story) -> None:
    meeting = story.meeting()
    story.item(a_case(story), meeting)
    assert agenda(office.caller("nav"), meeting) == []


def test_M18_a_lease_without_consent_shows_to_service_og_tildeling_only(office: Office, story: Story) -> None:
    story.members()
    meeting = story.meeting()
    item = a_restricted_lease(story, meeting)
    assert agenda(nav(office, story), meeting) == []
    assert [(row["item"], row["restricted"]) for row in agenda(office.saksbehandler, meeting)] == [(str(item.id), True)]


def test_M18_a_colleague_at_service_og_tildeling_sees_that_it_is_there_and_not_whose_it_is(
    office: Office, story: Story
) -> None:
    meeting = story.meeting()
    item = a_restricted_lease(story, meeting)
    colleague = office.caller("service_og_tildeling", role=office.saksbehandler.actor.role)
    (row,) = agenda(colleague, meeting)
    assert (row["item"], row["tenancy"]) == (str(item.id), str(item.tenancy))
    assert (row["name"], row["person"]) == (None, None)


def discussed(story: Story) -> tuple[Case, Meeting, AgendaItem]:
    story.members()
    case, meeting = a_case(story), story.meeting()
    item = story.item(case, meeting)
    story.discuss(item, case, meeting)
    story.conclude(item, case)
    return case, meeting, item


def test_M07_an_item_shows_conclusion_minutes_and_who_was_told(office: Office, story: Story) -> None:
    case, _, item = discussed(story)
    story.minutes(item, case)
    response = office.saksbehandler.get(f"/agenda-items/{item.id}")
    shown = response.json()
    assert response.headers["ETag"] == shown["etag"]
    assert shown["conclusion"]["reasons"] == "Klarer ikke å finne bolig alene."
    assert shown["minutes"][0] == {
        "revision": 1, "facts": "Bor hos venner.", "assessment": "Trenger hjelp.", "approved": True,
        "in_force": True,
    }  # fmt: skip
    assert {told["person"] for told in shown["told"]} == {str(story.saksbehandler), str(story.nav)}


def test_M07_reopened_minutes_show_both_revisions_and_which_is_in_force(office: Office, story: Story) -> None:
    case, _, item = discussed(story)
    story.minutes(item, case)
    item.reopen_minutes(revision=1, reason=ReopenReason.FACTUAL_ERROR, by=story.by, at=story.at)
    item.write_minutes(
        facts=story.sealed(case, "minutes.facts", "Bor hos familie."),
        assessment=story.sealed(case, "minutes.assessment", "Trenger hjelp nå."),
        consent=story.load_consent(case).facts, day=story.today, by=story.by, at=story.at,
    )  # fmt: skip
    story.store(item)
    shown = office.saksbehandler.get(f"/agenda-items/{item.id}").json()["minutes"]
    assert [(m["revision"], m["facts"], m["in_force"]) for m in shown] == [
        (1, "Bor hos venner.", True),
        (2, "Bor hos familie.", False),
    ]


def test_LC8_minutes_written_on_a_valid_consent_are_approved_after_its_withdrawal(office: Office, story: Story) -> None:
    case, _, item = discussed(story)
    item.write_minutes(
        facts=story.sealed(case, "minutes.facts", "Bor hos venner."),
        assessment=story.sealed(case, "minutes.assessment", "Trenger hjelp."),
        consent=story.load_consent(case).facts, day=story.today, by=story.by, at=story.at,
    )  # fmt: skip
    story.store(item)
    office.saksbehandler.do(f"/cases/{case.id}/consent/withdrawal")
    office.saksbehandler.do(f"/agenda-items/{item.id}/minutes/approval", {"revision": 1})
    assert nav(office, story).get(f"/agenda-items/{item.id}").status_code == 403
    assert office.saksbehandler.get(f"/agenda-items/{item.id}").json()["minutes"][0]["in_force"]


def invite(story: Story, item: AgendaItem, case: Case, guest: UUID) -> None:
    consent = story.load_consent(case)
    item.invite_guest(
        guest=guest, unit=NAV, permanent_units=(), consent=consent.facts, day=story.today, by=story.by, at=story.at
    )
    story.store(item)


def test_M03_a_guest_sees_the_item_until_its_minutes_are_approved(office: Office, story: Story) -> None:
    story.members()
    case, meeting = a_case(story), story.meeting()
    item = story.item(case, meeting)
    guest = office.caller("nav")
    invite(story, item, case, guest.actor.id)
    assert guest.get(f"/agenda-items/{item.id}").status_code == 200
    story.discuss(item, case, meeting)
    story.conclude(item, case)
    story.minutes(item, case)
    assert guest.get(f"/agenda-items/{item.id}").status_code == 403


def test_B04_a_guest_does_not_see_the_same_case_at_another_meeting(office: Office, story: Story) -> None:
    case, _, item = discussed(story)
    again = story.item(case, story.meeting(story.today + timedelta(days=30)), Matter.SUBMITTED)
    guest = office.caller("nav")
    invite(story, again, case, guest.actor.id)
    assert guest.get(f"/agenda-items/{again.id}").status_code == 200
    assert guest.get(f"/agenda-items/{item.id}").status_code == 404
    assert len(office.disclosures("Refused")) == 1


def test_LI1_who_is_inhabil_sees_nothing_of_it(office: Office, story: Story) -> None:
    case, meeting, item = discussed(story)
    item.declare_inhabil(person=story.nav, unit=NAV, ground="family", by=story.by, at=story.at)  # type: ignore[arg-type]
    story.store(item)
    assert nav(office, story).get(f"/agenda-items/{item.id}").status_code == 403
    assert agenda(nav(office, story), meeting) == []
    assert nav(office, story).get(f"/cases/{case.id}").status_code == 403


def test_D4_a_meeting_and_an_item_that_are_not_there_are_not_found(office: Office, story: Story) -> None:
    for path in (f"/meetings/{story.nav}/agenda", f"/agenda-items/{story.nav}"):
        assert office.saksbehandler.get(path).status_code == 404
