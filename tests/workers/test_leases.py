"""What happens by itself around the end of a lease (M18, M19, M20, LL6, LL8, LL10)."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from domain.cases.case import Case, OpenedBy, lease_case_id
from domain.cases.consent import Consent
from domain.group.agenda_item import AddedBy, AgendaItem, CaseFacts, Matter, RemovalReason
from domain.housing.tenancy import HouseholdChange, NoticeForm, Tenancy, TerminationGround
from projections.due_rows import RowState, Task, outstanding
from projections.rules import DatedRules
from services.facts.lease_items import next_lease_item_id
from services.rulebooks import Rulebooks
from tests.workers.workplace import Workplace

FORM = NoticeForm(in_writing=True, right_to_protest=True, consequence_of_silence=True, eviction=True)


def added(at_work: Workplace) -> list[tuple[UUID, Matter, bool]]:
    return [(event.meeting, event.matter, event.restricted) for event in at_work.events(AgendaItem.Added)]


def subjects(at_work: Workplace) -> list[str]:
    """What whoever is in charge has been written to about."""
    return [str(message.mail["Subject"]) for message in at_work.mail_to(at_work.saksbehandler)]


def with_choice(at_work: Workplace, *, care_leases_stay: bool) -> None:
    """The municipality answers whether leases in care dwellings stay with Service og tildeling."""
    books = [
        replace(book, choices=replace(book.choices, care_leases_stay_with_owner=care_leases_stay))
        for book in at_work.office.rulebooks.oldest_first
    ]
    at_work.office.rulebooks = Rulebooks.of(*books)
    at_work.office.dated_rules = DatedRules(at_work.office.rulebooks.oldest_first, at_work.office.working_days)
    at_work.office.__dict__.pop("feeds", None)


def test_M18_a_lease_registered_late_is_on_the_next_agenda_at_once_and_warned_of_once(at_work: Workplace) -> None:
    at_work.lease(date(2027, 1, 20))
    meeting = at_work.meeting(date(2027, 1, 12))
    at_work.work()
    assert added(at_work) == [(meeting.id, Matter.LEASE_ENDING, True)]
    assert subjects(at_work) == ["En leiekontrakt går mot slutten"]


def test_M18_a_lease_that_has_passed_its_end_goes_on_the_next_agenda(at_work: Workplace) -> None:
    at_work.lease(date(2026, 12, 31))
    meeting = at_work.meeting(date(2027, 2, 9))
    at_work.work()
    assert added(at_work) == [(meeting.id, Matter.LEASE_ENDING, True)]


def test_M18_there_are_never_two_open_items_for_one_lease(at_work: Workplace) -> None:
    tenancy = at_work.lease(date(2027, 6, 30))
    at_work.meeting(date(2027, 1, 12))
    at_work.work()
    change(at_work, tenancy, needs_agenda=True)
    at_work.meeting(date(2027, 2, 9))
    at_work.work()
    assert len(added(at_work)) == 1


def test_M18_an_extension_that_is_taken_off_unsettled_leaves_the_lease_for_the_next_meeting(
    at_work: Workplace,
) -> None:
    tenancy = at_work.lease(date(2027, 6, 30))
    case = lease_case_id(tenancy.id, tenancy.ends_on)
    consent = applied_with_consent(at_work, tenancy, case)
    first, second = at_work.meeting(date(2027, 1, 12)), at_work.meeting(date(2027, 2, 9))
    item = AgendaItem.add(
        id=next_lease_item_id(at_work.office, tenancy), meeting=first.id, meeting_date=first.day,
        matter=Matter.EXTENSION, added_by=AddedBy.SAKSBEHANDLER, case=CaseFacts(case, tenancy.person, False),
        consent=consent.facts, tenancy=tenancy.id, by=at_work.by, at=at_work.now,
    )  # fmt: skip
    at_work.save(item)
    at_work.work()
    item.remove(reason=RemovalReason.APPLICATION_WITHDRAWN, by=at_work.by, at=at_work.now)
    at_work.save(item)
    at_work.work()
    assert added(at_work) == [(first.id, Matter.EXTENSION, False), (second.id, Matter.LEASE_ENDING, False)]


def test_M18_a_lease_whose_extension_is_applied_for_is_on_the_agenda_as_every_other(at_work: Workplace) -> None:
    tenancy = at_work.lease(date(2027, 6, 30))
    applied_with_consent(at_work, tenancy, lease_case_id(tenancy.id, tenancy.ends_on))
    meeting = at_work.meeting(date(2027, 1, 12))
    at_work.work()
    assert added(at_work) == [(meeting.id, Matter.LEASE_ENDING, False)]


def applied_with_consent(at_work: Workplace, tenancy: Tenancy, case: UUID) -> Consent:
    """An extension is applied for in the case of the lease's end, and the group may hear of it."""
    opened = Case.open(
        id=case, person=tenancy.person, opened_by=OpenedBy.APPLICATION, tenancy=tenancy.id, by=at_work.by,
        at=at_work.now,
    )  # fmt: skip
    tenancy.apply_for_extension(application=uuid4(), case=case, by=at_work.by, at=at_work.now)
    at_work.save(opened, tenancy)
    return at_work.consent(case, tenancy.person)


@pytest.mark.parametrize(("stays", "items"), [(True, 0), (False, 1)])
def test_M20_leases_in_care_dwellings_reach_the_group_only_where_the_municipality_says_so(
    at_work: Workplace, stays: bool, items: int
) -> None:
    with_choice(at_work, care_leases_stay=stays)
    at_work.lease(date(2027, 6, 30), care_housing=True)
    at_work.meeting(date(2027, 1, 12))
    at_work.work()
    assert len(added(at_work)) == items


def test_LL6_people_are_warned_before_the_last_day_to_demand_moving_out(at_work: Workplace) -> None:
    at_work.lease(date(2027, 1, 15))
    at_work.on(date(2027, 4, 1))
    assert subjects(at_work)[1:] == ["Siste dag for å kreve at leieren flytter"]
    at_work.on(date(2027, 4, 15))
    assert subjects(at_work)[1:] == ["Siste dag for å kreve at leieren flytter"] * 2


def test_LL6_a_demand_in_time_ends_the_warnings_and_the_trap(at_work: Workplace) -> None:
    tenancy = at_work.lease(date(2027, 1, 15))
    tenancy.demand_move_out(demanded_on=date(2027, 1, 4), last_day=date(2027, 4, 15), by=at_work.by, at=at_work.now)
    at_work.save(tenancy)
    at_work.on(date(2027, 6, 1))
    assert at_work.events(Tenancy.BecameOpenEnded) == []
    assert "Siste dag for å kreve at leieren flytter" not in subjects(at_work)


@pytest.mark.parametrize(("day", "times"), [(date(2027, 4, 15), 0), (date(2027, 4, 16), 1)])
def test_LL6_the_system_records_that_a_lease_became_open_ended_the_day_after_the_last(
    at_work: Workplace, day: date, times: int
) -> None:
    at_work.lease(date(2027, 1, 15))
    at_work.on(day)
    events = at_work.events(Tenancy.BecameOpenEnded)
    assert [event.by.role.value for event in events] == ["system"] * times
    assert subjects(at_work).count("En leieavtale er blitt tidsubestemt") == times


def test_LL6_a_lease_that_became_open_ended_goes_on_the_next_agenda_once_more(at_work: Workplace) -> None:
    at_work.lease(date(2027, 1, 15))
    at_work.on(date(2027, 4, 16))
    meeting = at_work.meeting(date(2027, 5, 11))
    at_work.work()
    assert added(at_work) == [(meeting.id, Matter.LEASE_ENDING, True)]


def test_LL6_M18_a_lease_that_still_stands_on_an_agenda_when_it_becomes_open_ended_leaves_nothing_due(
    at_work: Workplace,
) -> None:
    at_work.lease(date(2027, 1, 15))
    at_work.meeting(date(2027, 1, 12))
    at_work.work()
    at_work.meeting(date(2027, 5, 11))
    at_work.on(date(2027, 4, 16))
    assert len(at_work.events(Tenancy.BecameOpenEnded)) == 1
    assert len(added(at_work)) == 1
    with at_work.office.views.connect() as connection:
        assert outstanding(connection, at_work.now) == 0


def change(at_work: Workplace, tenancy: Tenancy, *, needs_agenda: bool) -> Case:
    """The tenant has died; a case is opened for it."""
    case = Case.open(
        id=uuid4(), person=tenancy.person, opened_by=OpenedBy.TENANCY_CHALLENGE, tenancy=tenancy.id, by=at_work.by,
        at=at_work.now,
    )  # fmt: skip
    who = at_work.office.vault.seal(tenancy.person, case.id, "household.may_take_over", "Ektefellen.")
    tenancy.change_household(
        case=case.id, change=HouseholdChange.TENANT_DIED, changed_on=date(2027, 1, 4), who=who,
        reply_by=date(2027, 2, 4), needs_agenda=needs_agenda, by=at_work.by, at=at_work.now,
    )  # fmt: skip
    at_work.save(case, tenancy)
    return case


@pytest.mark.parametrize("needs_agenda", [True, False])
def test_LL10_a_death_goes_on_the_next_agenda_for_service_og_tildeling_alone(
    at_work: Workplace, needs_agenda: bool
) -> None:
    case = change(at_work, at_work.lease(date(2029, 12, 31)), needs_agenda=needs_agenda)
    at_work.meeting(date(2027, 1, 12))
    at_work.work()
    events = at_work.events(AgendaItem.Added)
    assert [(event.case, event.restricted) for event in events] == ([(case.id, True)] if needs_agenda else [])


def test_LL10_M18_a_lease_whose_household_changed_comes_up_again_before_its_end(at_work: Workplace) -> None:
    tenancy = at_work.lease(date(2029, 12, 31))
    change(at_work, tenancy, needs_agenda=True)
    at_work.meeting(date(2027, 1, 12))
    at_work.work()
    states = at_work.states_of(Task.PUT_ON_AGENDA)
    assert sorted(states) == [RowState.PENDING, RowState.WAITING]


@pytest.mark.parametrize(("day", "times"), [(date(2027, 5, 4), 0), (date(2027, 5, 5), 1)])
def test_LL8_a_protested_notice_lapses_by_itself_and_somebody_is_told(
    at_work: Workplace, day: date, times: int
) -> None:
    tenancy = at_work.lease(date(2029, 12, 31), notice_no_termination=False)
    reasons = at_work.office.vault.seal(
        tenancy.person, tenancy.case, "housing.notice_reasons", "Husleien er ikke betalt."
    )
    tenancy.give_notice(
        ground=TerminationGround.BREACH, reasons=reasons, form=FORM, given_on=date(2027, 1, 4),
        ends_on=date(2027, 4, 30), protest_by=date(2027, 2, 4), by=at_work.by, at=at_work.now,
    )  # fmt: skip
    tenancy.protest_notice(protested_on=date(2027, 1, 4), action_by=date(2027, 5, 4), by=at_work.by, at=at_work.now)
    at_work.save(tenancy)
    at_work.on(day)
    assert len(at_work.events(Tenancy.NoticeLapsed)) == times
    assert subjects(at_work).count("En oppsigelse er falt bort") == times


def test_D6_a_rebuilt_view_of_all_this_is_the_live_one(at_work: Workplace) -> None:
    change(at_work, at_work.lease(date(2029, 12, 31)), needs_agenda=True)
    at_work.lease(date(2027, 1, 15))
    at_work.meeting(date(2027, 1, 12))
    at_work.on(date(2027, 4, 16))
    live = at_work.rows()
    feed = at_work.office.feeds[0]
    feed.rebuild(next(view for view in feed.views if view.name == "due_work"))
    at_work.carry_forward()
    assert at_work.rows() == live
