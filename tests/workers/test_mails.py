"""What goes out by itself, received by a real mail server (C03, C04)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID, uuid4

import pytest
import vobject

from domain.access.disclosure import Disclosure
from domain.access.emergency import EmergencyAccess
from domain.actors import SERVICE_OG_TILDELING, By, Role
from domain.cases.case import Case, OpenedBy, lease_case_id
from domain.cases.consent import Consent
from domain.decisions.follow_up import FollowUp
from domain.delivery import Delivery, DropReason, PostReason
from domain.group.agenda_item import AddedBy, AgendaItem, CaseFacts, InhabilGround, Matter
from domain.group.meeting_plan import CancelReason
from domain.housing.tenancy import EndingReason
from domain.law.deadlines import oslo_date
from domain.people.person import Person
from domain.people.representation import RepresentativeKind
from projections.due_rows import RowState, Task, outstanding
from tests.workers.workplace import NAME, NAV, Workplace, text_of


def entry_of(mail: EmailMessage) -> vobject.base.Component:
    """The calendar in a mail, as a library that did not write it reads it."""
    text, calendar = mail.iter_parts()
    assert isinstance(calendar, EmailMessage)
    assert mail.get_content_type() == "multipart/alternative"
    assert (text.get_content_type(), calendar.get_content_type()) == ("text/plain", "text/calendar")
    assert calendar["Content-Transfer-Encoding"] == "base64"
    read: vobject.base.Component = vobject.readOne(calendar.get_content())
    assert calendar["Content-Type"].params["method"] == read.method.value
    return read


def test_LH1_the_receipt_says_time_reference_and_what_comes_next_and_nothing_of_the_application(
    at_work: Workplace,
) -> None:
    application = at_work.application()
    at_work.work()
    (receipt,) = at_work.mail_to(application.person)
    text = text_of(receipt.mail)
    assert application.id.hex[:8] in text
    assert "Mottatt: 4. januar 2027" in text
    assert "innen 4. februar 2027" in text
    assert NAME.split()[0] not in text
    assert "mistet" not in text


def test_D3_the_address_is_opened_at_the_gate_and_logged_as_the_system(at_work: Workplace) -> None:
    application = at_work.application()
    at_work.work()
    (addressed,) = at_work.events(Disclosure.Addressed)
    (begun,) = at_work.events(Delivery.Begun)
    assert (addressed.by.role, addressed.fields) == (Role.SYSTEM, ("contact.email",))
    assert (addressed.delivery, addressed.case) == (begun.originator_id, application.case)
    assert begun.by.cause == begun.originator_id


def test_LH1_an_applicant_without_a_mail_address_gets_the_receipt_by_post(at_work: Workplace) -> None:
    at_work.application(person=at_work.person(email=False))
    at_work.work()
    (by_hand,) = at_work.events(Delivery.ToBePosted)
    assert by_hand.reason is PostReason.NO_EMAIL
    assert at_work.mailbox.messages == []


def test_LH7_with_a_representative_a_person_posts_the_receipt(at_work: Workplace) -> None:
    person = at_work.person()
    sealed = at_work.office.vault.seal_many(
        person.id, None, {"identity.representative": "Verge Vergesen", "contact.representative": "Telefon 00000000"}
    )
    person.authorise_representative(
        authority=uuid4(), kind=RepresentativeKind.GUARDIAN, name=sealed["identity.representative"],
        contact=sealed["contact.representative"], valid_from=at_work.now.date(), by=at_work.by, at=at_work.now,
    )  # fmt: skip
    at_work.application(person=person)
    at_work.work()
    (by_hand,) = at_work.events(Delivery.ToBePosted)
    assert by_hand.reason is PostReason.HAS_REPRESENTATIVE


def test_M06_each_member_gets_one_entry_that_another_library_reads(at_work: Workplace) -> None:
    members = [at_work.employ(), at_work.employ()]
    meeting = at_work.meeting(date(2027, 7, 13), *members)
    at_work.work()
    for member in members:
        (invitation,) = at_work.mail_to(member)
        calendar = entry_of(invitation.mail)
        entry = calendar.vevent
        assert calendar.method.value == "REQUEST"
        assert len(calendar.vevent_list) == 1
        assert (entry.uid.value, entry.sequence.value) == (f"{meeting.id}@husrom", "0")
        assert entry.dtstart.value == datetime(2027, 7, 13, 9, tzinfo=UTC)
        assert (entry.summary.value, entry.location.value) == ("Møte i boligsosial arbeidsgruppe", "moterom_2")
        assert getattr(entry, "class").value == "PRIVATE"
        assert entry.attendee.value == f"mailto:{member.hex}@eksempel.invalid"
        assert entry.organizer.value == "mailto:husrom@eksempel.invalid"
        assert "Tirsdag 13. juli 2027 kl. 11.00–13.00" in text_of(invitation.mail)


def test_M06_an_invitation_names_nobody_whose_case_is_on_the_agenda(at_work: Workplace) -> None:
    member, case = at_work.employ(), at_work.case()
    meeting = at_work.meeting(date(2027, 2, 9))
    item = AgendaItem.add(
        id=uuid4(), meeting=meeting.id, meeting_date=meeting.day, matter=Matter.NEW_CASE, added_by=AddedBy.SAKSBEHANDLER,
        case=CaseFacts(case.id, case.person, care_housing=False), consent=at_work.consent(case.id, case.person).facts,
        pre_assessment_completed=True, by=at_work.by, at=at_work.now,
    )  # fmt: skip
    at_work.call(meeting, member)
    at_work.save(item, meeting)
    at_work.work()
    (invitation,) = at_work.mail_to(member)
    said = text_of(invitation.mail) + str(entry_of(invitation.mail).serialize()) + str(invitation.mail["Subject"])
    assert not any(part in said for part in (*NAME.split(), str(case.id), str(case.person), str(item.id)))


def test_M06_a_move_and_a_cancellation_reach_the_same_entry(at_work: Workplace) -> None:
    member = at_work.employ()
    meeting = at_work.meeting(date(2027, 2, 9), member)
    at_work.work()
    moved = datetime(2027, 2, 16, 9, tzinfo=UTC)
    meeting.reschedule(
        day=moved.date(), starts_at=moved, ends_at=moved + timedelta(hours=1), by=at_work.by, at=at_work.now
    )
    at_work.save(meeting)
    at_work.work()
    meeting.cancel(reason=CancelReason.NO_CASES, by=at_work.by, at=at_work.now)
    at_work.save(meeting)
    at_work.work()
    calendars = [entry_of(message.mail) for message in at_work.mail_to(member)]
    assert [(c.method.value, c.vevent.sequence.value) for c in calendars] == [
        ("REQUEST", "0"), ("REQUEST", "1"), ("CANCEL", "2"),
    ]  # fmt: skip
    assert len({c.vevent.uid.value for c in calendars}) == 1
    assert calendars[1].vevent.dtstart.value == moved
    assert calendars[2].vevent.status.value == "CANCELLED"


def test_M06_who_is_no_longer_called_gets_the_entry_withdrawn(at_work: Workplace) -> None:
    stays, leaves = at_work.employ(), at_work.employ()
    meeting = at_work.meeting(date(2027, 2, 9), stays, leaves)
    at_work.work()
    at_work.call(meeting, stays)
    at_work.save(meeting)
    at_work.work()
    assert [entry_of(m.mail).method.value for m in at_work.mail_to(leaves)] == ["REQUEST", "CANCEL"]
    assert [entry_of(m.mail).method.value for m in at_work.mail_to(stays)] == ["REQUEST", "REQUEST"]


def test_C04_the_assignee_is_reminded_before_the_due_date_and_on_it_without_the_applicants_name(
    at_work: Workplace,
) -> None:
    assignee = at_work.employ()
    task = at_work.task(assignee, date(2027, 2, 10))
    at_work.on(date(2027, 2, 6))
    assert at_work.mail_to(assignee) == []
    at_work.on(date(2027, 2, 7))
    (reminder,) = at_work.mail_to(assignee)
    assert "Frist: 10. februar 2027" in text_of(reminder.mail)
    assert task.id.hex[:8] in text_of(reminder.mail)
    assert not any(part in str(reminder.mail) + text_of(reminder.mail) for part in NAME.split())
    at_work.on(date(2027, 2, 10))
    at_work.on(date(2027, 2, 11))
    assert len(at_work.mail_to(assignee)) == 2


def test_C04_reminders_that_are_due_at_the_same_time_become_one(at_work: Workplace) -> None:
    assignee = at_work.employ()
    at_work.task(assignee, date(2027, 2, 10))
    at_work.on(date(2027, 2, 12))
    assert len(at_work.mail_to(assignee)) == 1
    (dropped,) = at_work.events(Delivery.Dropped)
    assert dropped.reason is DropReason.OVERTAKEN


def test_C04_whoever_has_the_task_now_is_reminded(at_work: Workplace) -> None:
    first, second = at_work.employ(), at_work.employ()
    task = at_work.task(first, date(2027, 2, 10))
    task.reassign(assignee=second, unit=task.unit, by=at_work.by, at=at_work.now)
    at_work.save(task)
    at_work.on(date(2027, 2, 7))
    assert (len(at_work.mail_to(first)), len(at_work.mail_to(second))) == (0, 1)


def test_D17_an_address_of_somebody_else_is_written_to_by_nobody_and_a_person_posts_the_letter(
    at_work: Workplace,
) -> None:
    application, other = at_work.application(), at_work.application()
    person, somebody_else = (at_work.office.case_log.load(Person, each.person) for each in (application, other))
    moved = replace(person.details, email=somebody_else.details.email)
    person.correct_details(details=moved, by=at_work.by, at=at_work.now)
    at_work.save(person)

    at_work.work()

    assert len(at_work.mailbox.messages) == len(at_work.mail_to(other.person)) == 1
    (by_hand,) = at_work.events(Delivery.ToBePosted)
    assert (by_hand.recipient, by_hand.reason) == (person.id, PostReason.ADDRESS_OUT_OF_PLACE)
    (found,) = at_work.events(Disclosure.FoundOutOfPlace)
    assert (found.case, found.owner, found.fields) == (application.case, person.id, ("contact.email",))


def inhabil_in(at_work: Workplace, case: Case, who: UUID) -> None:
    """`who` has been declared inhabil at an item about that case."""
    item = AgendaItem.add(
        id=uuid4(), meeting=uuid4(), meeting_date=oslo_date(at_work.now), matter=Matter.ASSISTANCE_CHALLENGE,
        added_by=AddedBy.SAKSBEHANDLER, case=CaseFacts(case.id, case.person, False), challenge_needs_consent=False,
        by=at_work.by, at=at_work.now,
    )  # fmt: skip
    item.declare_inhabil(person=who, unit=NAV, ground=InhabilGround.FAMILY, by=at_work.by, at=at_work.now)
    at_work.save(item)


def test_LI1_somebody_inhabil_in_another_case_of_the_person_gets_no_mail_about_this_one(at_work: Workplace) -> None:
    assignee = at_work.employ()
    task = at_work.task(assignee, date(2027, 2, 10))
    other = Case.open(id=uuid4(), person=task.person, opened_by=OpenedBy.APPLICATION, by=at_work.by, at=at_work.now)
    at_work.save(other)
    inhabil_in(at_work, other, assignee)
    at_work.on(date(2027, 2, 7))
    (dropped,) = at_work.events(Delivery.Dropped)
    assert dropped.reason is DropReason.INHABIL
    assert at_work.mailbox.messages == []


def test_LI1_a_deadline_of_somebody_inhabil_is_told_to_somebody_who_can_act(at_work: Workplace) -> None:
    leader = at_work.employ(SERVICE_OG_TILDELING, Role.LEADER)
    application = at_work.application()
    other = at_work.office.case_log.load(Case, application.case)
    inhabil_in(at_work, other, at_work.saksbehandler)
    at_work.on(date(2027, 1, 30))
    assert len(at_work.mail_to(leader)) == 1
    assert at_work.mail_to(at_work.saksbehandler) == []


def in_an_emergency(at_work: Workplace, case: Case, by: By) -> None:
    today, reason = oslo_date(at_work.now), at_work.office.vault.seal(case.person, case.id, "note.emergency", "Haster.")
    access = EmergencyAccess.open(
        id=uuid4(), case=case.id, person=case.person, last_day=today, most_days=3, reason=reason, today=today, by=by,
        at=at_work.now,
    )  # fmt: skip
    at_work.save(access)
    at_work.work()


@pytest.mark.parametrize(("opener", "told"), [(Role.SAKSBEHANDLER, Role.LEADER), (Role.LEADER, Role.REVIEWER)])
def test_D4_the_leader_is_told_at_once_of_an_emergency_access_and_of_the_leaders_own_the_reviewer(
    at_work: Workplace, opener: Role, told: Role
) -> None:
    people = {role: at_work.employ(SERVICE_OG_TILDELING, role) for role in (Role.LEADER, Role.REVIEWER)}
    who = people.get(opener, at_work.saksbehandler)
    in_an_emergency(at_work, at_work.case(), By(who, SERVICE_OG_TILDELING, opener, uuid4(), uuid4()))
    (mail,) = at_work.mail_to(people[told])
    assert len(at_work.mailbox.messages) == 1
    assert "Haster" not in text_of(mail.mail)
    assert not any(part in text_of(mail.mail) for part in NAME.split())


def test_M15_a_week_after_the_due_date_the_units_leader_is_told_once(at_work: Workplace) -> None:
    assignee, leader = at_work.employ(), at_work.employ(role=Role.LEADER)
    at_work.employ(SERVICE_OG_TILDELING, Role.LEADER)
    at_work.task(assignee, date(2027, 2, 10))
    at_work.on(date(2027, 2, 17))
    at_work.on(date(2027, 2, 20))
    (escalated,) = at_work.events(FollowUp.Escalated)
    (told,) = at_work.mail_to(leader)
    assert escalated.to == leader
    assert not any(part in text_of(told.mail) for part in NAME.split())


def test_LH2_the_responsible_saksbehandler_is_warned_while_there_is_time(at_work: Workplace) -> None:
    at_work.application()
    at_work.on(date(2027, 1, 30))
    (warning,) = at_work.mail_to(at_work.saksbehandler)
    assert "Frist: 4. februar 2027" in text_of(warning.mail)


def test_LH2_an_application_that_was_withdrawn_is_not_warned_of(at_work: Workplace) -> None:
    application = at_work.application()
    application.withdraw(by=at_work.by, at=at_work.now)
    at_work.save(application)
    at_work.on(date(2027, 1, 30))
    assert at_work.mail_to(at_work.saksbehandler) == []


def test_LH2_without_anybody_responsible_the_leader_of_service_og_tildeling_hears_of_it(at_work: Workplace) -> None:
    leader = at_work.employ(SERVICE_OG_TILDELING, Role.LEADER)
    at_work.application(case=at_work.case(responsible=False))
    at_work.on(date(2027, 1, 30))
    assert len(at_work.mail_to(leader)) == 1


def test_M18_six_months_before_its_end_a_lease_is_on_the_agenda_by_itself_and_without_consent_restricted(
    at_work: Workplace,
) -> None:
    tenancy = at_work.lease(date(2027, 12, 31))
    meeting = at_work.meeting(date(2027, 8, 10))
    at_work.on(date(2027, 6, 29))
    assert at_work.events(AgendaItem.Added) == []
    at_work.on(date(2027, 6, 30))
    (added,) = at_work.events(AgendaItem.Added)
    case = at_work.office.case_log.load(Case, lease_case_id(tenancy.id, tenancy.ends_on))
    assert (added.meeting, added.tenancy, added.case, added.restricted) == (meeting.id, tenancy.id, case.id, True)
    assert (added.by.role, case.responsible) == (Role.SYSTEM, at_work.saksbehandler)
    (warning,) = at_work.mail_to(at_work.saksbehandler)
    assert "går ut 31. desember 2027" in text_of(warning.mail)


def test_M18_with_consent_the_group_sees_the_lease(at_work: Workplace) -> None:
    tenancy = at_work.lease(date(2027, 12, 31))
    at_work.meeting(date(2027, 8, 10))
    case = lease_case_id(tenancy.id, tenancy.ends_on)
    opened = Case.open(
        id=case, person=tenancy.person, opened_by=OpenedBy.APPLICATION,
        tenancy=tenancy.id, by=at_work.by, at=at_work.now,
    )  # fmt: skip
    at_work.save(opened)
    at_work.consent(case, tenancy.person)
    at_work.on(date(2027, 6, 30))
    (added,) = at_work.events(AgendaItem.Added)
    assert not added.restricted


def test_M18_a_lease_waits_for_a_meeting_and_gets_there_when_one_is_scheduled(at_work: Workplace) -> None:
    at_work.lease(date(2027, 12, 31))
    at_work.on(date(2027, 6, 30))
    assert at_work.events(AgendaItem.Added) == []
    with at_work.office.views.connect() as connection:
        assert outstanding(connection, at_work.now) == 0
    at_work.meeting(date(2027, 8, 10))
    at_work.work()
    assert len(at_work.events(AgendaItem.Added)) == 1
    assert at_work.states_of(Task.PUT_ON_AGENDA) == [RowState.WAITING]


def test_M18_a_lease_goes_on_the_next_agenda_also_when_it_will_have_ended_by_then(at_work: Workplace) -> None:
    at_work.lease(date(2027, 12, 31))
    meeting = at_work.meeting(date(2028, 1, 11))
    at_work.on(date(2027, 6, 30))
    assert [event.meeting for event in at_work.events(AgendaItem.Added)] == [meeting.id]


def test_M18_nothing_happens_to_a_lease_that_has_ended_before(at_work: Workplace) -> None:
    tenancy = at_work.lease(date(2027, 12, 31))
    tenancy.end(ended_on=date(2027, 1, 31), reason=EndingReason.MOVED_OUT, by=at_work.by, at=at_work.now)
    at_work.save(tenancy)
    at_work.meeting(date(2027, 8, 10))
    at_work.on(date(2027, 6, 30))
    assert at_work.events(AgendaItem.Added) == []
    assert at_work.mail_to(at_work.saksbehandler) == []


@pytest.mark.parametrize(("day", "expired"), [(date(2027, 3, 31), 0), (date(2027, 4, 1), 1)])
def test_M09_a_consent_expires_by_itself_after_its_last_day(at_work: Workplace, day: date, expired: int) -> None:
    case = at_work.case()
    at_work.consent(case.id, case.person, date(2027, 3, 31))
    at_work.on(day)
    assert len(at_work.events(Consent.Expired)) == expired
