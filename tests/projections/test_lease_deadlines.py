"""The deadlines around the end of a lease: the trap, a notice, an eviction, a takeover (LL6-LL10)."""

from dataclasses import replace
from datetime import date

from domain.actors import Role
from domain.housing.tenancy import ActionVenue, HouseholdChange, NoticeForm, Tenancy, TerminationGround
from domain.law.deadline_kinds import DeadlineKind
from domain.sealed import Sealed
from tests.projections.story import Story
from tests.projections.test_deadlines import running

COMPLETE = NoticeForm(in_writing=True, right_to_protest=True, consequence_of_silence=True, eviction=True)
SOON, LATER = date(2027, 2, 12), date(2027, 5, 12)


def sealed(tenancy: Tenancy, field: str) -> Sealed:
    return Sealed(tenancy.person, tenancy.case, field, b"closed")


def a_lease(story: Story) -> Tenancy:
    """A lease that has become open-ended, so that nothing runs about its end."""
    lease = story.lease(story.case(), story.dwelling(), ends_on=date(2030, 1, 11))
    lease.become_open_ended(
        today=date(2030, 6, 1), last_day=date(2030, 4, 11), by=replace(story.by, role=Role.SYSTEM), at=story.at
    )
    story.store(lease)
    return lease


def protested(story: Story) -> Tenancy:
    lease = a_lease(story)
    lease.give_notice(
        ground=TerminationGround.BREACH, reasons=sealed(lease, "housing.notice_reasons"), form=COMPLETE,
        given_on=story.today, ends_on=date(2027, 4, 30), protest_by=SOON, by=story.by, at=story.at,
    )  # fmt: skip
    story.store(lease)
    assert running(story) == {(DeadlineKind.NOTICE_PROTEST, ""): SOON}
    lease.protest_notice(protested_on=story.today, action_by=LATER, by=story.by, at=story.at)
    story.store(lease)
    return lease


def test_LL6_a_lease_that_became_open_ended_has_no_end_to_watch(story: Story) -> None:
    a_lease(story)
    assert running(story) == {}


def test_LL7_LL8_a_notice_may_be_protested_and_a_protest_must_be_acted_on(story: Story) -> None:
    lease = protested(story)
    assert running(story, on=date(2027, 6, 1)) == {(DeadlineKind.NOTICE_ACTION, ""): LATER}
    lease.bring_action(venue=ActionVenue.COURT, brought_on=story.today, by=story.by, at=story.at)
    story.store(lease)
    assert running(story) == {}


def test_LL8_a_notice_that_has_lapsed_is_watched_no_more(story: Story) -> None:
    lease = protested(story)
    lease.lapse_notice(today=date(2027, 5, 13), by=replace(story.by, role=Role.SYSTEM), at=story.at)
    story.store(lease)
    assert running(story) == {}


def test_LL9_the_tenants_time_to_say_no_runs_until_the_answer(story: Story) -> None:
    lease = a_lease(story)
    lease.warn_of_eviction(warned_on=story.today, opt_out_by=SOON, tenant_has_copy=True, by=story.by, at=story.at)
    story.store(lease)
    assert running(story) == {(DeadlineKind.EVICTION_OPT_OUT, ""): SOON}
    lease.opt_out_of_eviction_warning(opted_out_on=story.today, by=story.by, at=story.at)
    story.store(lease)
    assert running(story) == {}


def test_LL10_the_households_time_to_reply_runs_until_somebody_claims_the_lease(story: Story) -> None:
    lease, opened = a_lease(story), story.case()
    for reply_by in (SOON, LATER):
        lease.change_household(
            case=opened.id, change=HouseholdChange.BREAK_UP, changed_on=story.today, reply_by=reply_by,
            who=sealed(lease, "household.may_take_over"), by=story.by, at=story.at,
        )  # fmt: skip
    story.store(lease)
    assert running(story) == {(DeadlineKind.TAKEOVER_REPLY, ""): LATER}
    claimant = sealed(lease, "household.claimant")
    lease.claim_takeover(claimant=claimant, claimed_on=story.today, by=story.by, at=story.at)
    story.store(lease)
    assert running(story) == {}
