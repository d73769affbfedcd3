"""Leases that come to their end: none slips past (M18)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from domain.actors import Role
from domain.cases.application import ApplicationKind
from domain.cases.case import Case
from domain.decisions.vedtak_rules import ExtensionTerms, Outcome, VedtakFacts
from domain.group.agenda_item import Matter
from domain.housing.lease_rules import LeaseTerms
from domain.housing.tenancy import EndingReason, HouseholdChange, Tenancy
from domain.law.rulebook import DecisionSubject
from domain.sealed import Sealed
from projections import leases_ending
from projections.reach import EVERYTHING
from tests.projections.story import Story

ENDS_ON = date(2030, 1, 11)


def rows(story: Story, today: date, *, care_housing: bool = True) -> list[Any]:
    story.carry_forward()
    with story.office.views.connect() as connection:
        return list(
            leases_ending.page(
                connection, today=today, care_housing=care_housing, reach=EVERYTHING, after=None, limit=10
            )
        )


def a_lease(story: Story) -> tuple[Case, Tenancy]:
    case = story.case()
    return case, story.lease(case, story.dwelling(), ends_on=ENDS_ON)


def extended(story: Story) -> Tenancy:
    """A lease whose extension was applied for, granted and signed."""
    case, lease = a_lease(story)
    application = story.application(case, ApplicationKind.EXTENSION, tenancy=lease.id)
    lease.apply_for_extension(application=application.id, case=case.id, by=story.by, at=story.at)
    new_end = date(2033, 1, 11)
    granted = VedtakFacts(
        id=uuid4(), case=case.id, application=application.id, person=case.person, subject=DecisionSubject.EXTENSION,
        outcome=Outcome.GRANT, in_force=True, extension=ExtensionTerms(tenancy=lease.id, new_end=new_end),
    )  # fmt: skip
    lease.grant_extension(vedtak=granted, by=story.by, at=story.at)
    story.store(lease)
    assert [row.answer for row in rows(story, ENDS_ON)] == ["granted"]
    terms = LeaseTerms(
        starts_on=ENDS_ON + timedelta(days=1), ends_on=new_end, notice_of_exceptions=True, notice_no_termination=True
    )
    lease.extend_lease(terms=terms, by=story.by, at=story.at)
    story.store(lease)
    return lease


def test_M18_a_lease_is_listed_from_six_months_before_its_end(story: Story) -> None:
    a_lease(story)
    assert rows(story, date(2029, 7, 10)) == []
    (row,) = rows(story, date(2029, 7, 11))
    assert row.warn_on == (date(2029, 7, 11), date(2029, 10, 11), date(2029, 12, 11))


def test_LL6_a_lease_stays_listed_after_its_end_until_somebody_acts(story: Story) -> None:
    a_lease(story)
    (row,) = rows(story, date(2030, 6, 1))
    assert row.move_out_demand_by == date(2030, 4, 11)


def test_M18_a_tenancy_that_is_over_is_not_listed(story: Story) -> None:
    _, lease = a_lease(story)
    lease.end(ended_on=story.today, reason=EndingReason.MOVED_OUT, by=story.by, at=story.at)
    story.store(lease)
    assert rows(story, ENDS_ON) == []


def test_M19_an_extended_lease_comes_back_before_its_new_end_with_nothing_answered(story: Story) -> None:
    extended(story)
    assert rows(story, ENDS_ON) == []
    (row,) = rows(story, date(2032, 12, 1))
    assert (row.ends_on, row.application, row.answer, row.item) == (date(2033, 1, 11), None, None, None)


def test_M18_the_list_says_whether_it_is_on_an_agenda_and_settled(story: Story) -> None:
    case, lease = a_lease(story)
    story.consent(case)
    item = story.item(case, story.meeting(), Matter.LEASE_ENDING, tenancy=lease.id)
    assert [(row.item, row.item_state) for row in rows(story, ENDS_ON)] == [(item.id, "planned")]
    item.postpone(to_meeting=uuid4(), by=story.by, at=story.at)
    story.store(item)
    assert [row.item_state for row in rows(story, ENDS_ON)] == ["postponed"]


def test_M20_a_care_dwellings_lease_is_listed_only_when_asked_for(story: Story) -> None:
    case = story.case(care_housing=True)
    story.lease(case, story.dwelling(care_housing=True), ends_on=ENDS_ON, care_housing=True)
    assert len(rows(story, ENDS_ON)) == 1
    assert rows(story, ENDS_ON, care_housing=False) == []


def test_LL10_a_change_in_the_household_does_not_pass_for_the_talk_about_the_end(story: Story) -> None:
    case, lease = a_lease(story)
    household = story.case()
    lease.change_household(
        case=household.id, change=HouseholdChange.BREAK_UP, changed_on=story.today, reply_by=ENDS_ON,
        who=Sealed(lease.person, household.id, "household.may_take_over", b"closed"), by=story.by, at=story.at,
    )  # fmt: skip
    story.store(lease)
    story.item(household, story.meeting(), Matter.LEASE_ENDING, tenancy=lease.id)
    assert [(row.case, row.item) for row in rows(story, ENDS_ON)] == [(case.id, None)]


def test_LL6_a_lease_that_became_open_ended_ends_no_more(story: Story) -> None:
    _, lease = a_lease(story)
    by = replace(story.by, role=Role.SYSTEM)
    lease.become_open_ended(today=date(2030, 6, 1), last_day=date(2030, 4, 11), by=by, at=story.at)
    story.store(lease)
    assert rows(story, date(2030, 6, 1)) == []
