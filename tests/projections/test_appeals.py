"""The list of appeals, and the deadlines that appeals and demands for reasons bring."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Row

from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import AppealOutcome, AppealState, DismissalGround, SentPapers
from domain.decisions.reasons_demand import ReasonsDemand
from domain.law.deadline_kinds import DeadlineKind
from projections import appeals, deadline_rows
from projections.reach import EVERYTHING
from tests.projections.story import Story

NO_PAPERS = SentPapers(papers=(), pool_checksum=None, with_assessments=False)


def kept(story: Story) -> Appeal:
    case = story.case()
    appeal = story.appeal(case)
    appeal.uphold(statement=story.sealed(case, "vedtak.appeal_statement"), by=story.by, at=story.at)
    appeal.copy_statement(sent_on=story.today, to_representative=False, by=story.by, at=story.at)
    story.store(appeal)
    return appeal


def sent(story: Story) -> Appeal:
    appeal = kept(story)
    appeal.forward(forwarded_on=story.today, papers=NO_PAPERS, took_part=(), by=story.by, at=story.at)
    story.store(appeal)
    return appeal


def decided(story: Story, outcome: AppealOutcome) -> Appeal:
    appeal = sent(story)
    appeal.decide(
        outcome=outcome, decided_on=story.today, told_on=story.today, summary=appeal.grounds[0], worse_within_months=3,
        dismissal_deadline=story.today, by=story.by, at=story.at,
    )  # fmt: skip
    story.store(appeal)
    return appeal


def listed(story: Story, *wanted: Any) -> Sequence[Row[Any]]:
    story.carry_forward()
    with story.office.views.connect() as connection:
        return appeals.page(connection, *wanted, reach=EVERYTHING, after=None, limit=100)


def due(story: Story, kind: DeadlineKind) -> dict[Any, date]:
    story.carry_forward()
    with story.office.views.connect() as connection:
        rows = deadline_rows.page(
            connection, deadline_rows.of_kind(kind), today=story.today, reach=EVERYTHING, after=None, limit=100
        )  # fmt: skip
    return {row.subject: row.due_on for row in rows}


def test_LK3_an_appeal_in_time_and_a_late_one_are_told_apart(story: Story) -> None:
    in_time, late = story.appeal(story.case()), story.appeal(story.case(), deadline=story.today - timedelta(days=1))
    rows = {row.appeal: (row.state, row.late) for row in listed(story)}
    assert rows == {in_time.id: (AppealState.RECEIVED, False), late.id: (AppealState.LATE, True)}


def test_LK3_appeals_of_one_day_stand_in_the_order_they_were_recorded(story: Story) -> None:
    recorded = [story.appeal(story.case()).id for _ in range(6)]
    assert [row.appeal for row in listed(story)] == recorded


@pytest.mark.parametrize("outcome", list(AppealOutcome))
def test_LK7_a_decided_appeal_stays_open_while_a_new_vedtak_is_needed(story: Story, outcome: AppealOutcome) -> None:
    appeal = decided(story, outcome)
    assert [row.appeal for row in listed(story, appeals.OPEN)] == ([appeal.id] if outcome.needs_new_vedtak else [])
    assert set(due(story, DeadlineKind.NEW_VEDTAK_AFTER_APPEAL)) == (
        {appeal.vedtak} if outcome.needs_new_vedtak else set()
    )


def test_LK6_an_appeal_is_to_be_forwarded_from_the_day_the_vedtak_is_kept(story: Story) -> None:
    assert due(story, DeadlineKind.APPEAL_TO_FORWARD) == {}
    appeal = kept(story)
    assert due(story, DeadlineKind.APPEAL_TO_FORWARD) == {appeal.id: story.today}


def test_LK6_what_is_forwarded_or_taken_back_waits_no_longer(story: Story) -> None:
    sent(story)
    appeal = kept(story)
    appeal.withdraw(received_on=story.today, by=story.by, at=story.at)
    story.store(appeal)
    assert due(story, DeadlineKind.APPEAL_TO_FORWARD) == {}
    assert {row.state for row in listed(story)} == {AppealState.FORWARDED, AppealState.WITHDRAWN}


def test_LW1_reasons_of_an_allocation_are_due_and_then_the_time_to_appeal_runs(story: Story) -> None:
    case, last_day = story.case(), story.today + timedelta(days=7)
    demand = ReasonsDemand.demand(
        case=case.id, person=case.person, allocation=uuid4(), demanded_on=story.today, deadline=last_day, by=story.by,
        at=story.at,
    )  # fmt: skip
    story.store(demand)
    assert due(story, DeadlineKind.REASONS_DEMANDED) == {demand.id: last_day}
    demand.give(
        reasons=story.sealed(case, "vedtak.reasons_on_demand"), arrived_on=story.today,
        appeal_deadline=story.today + timedelta(weeks=3), by=story.by, at=story.at,
    )  # fmt: skip
    story.store(demand)
    assert due(story, DeadlineKind.REASONS_DEMANDED) == {}
    assert due(story, DeadlineKind.APPEAL) == {demand.id: story.today + timedelta(weeks=3)}


def test_C02_the_list_of_appeals_rebuilt_is_the_live_one(story: Story) -> None:
    for outcome in AppealOutcome:
        decided(story, outcome)
    dismissed = story.appeal(story.case())
    dismissed.dismiss(
        ground=DismissalGround.NO_RIGHT_TO_APPEAL, because=dismissed.grounds[0], told_on=story.today,
        deadline=story.today, by=story.by, at=story.at,
    )  # fmt: skip
    story.store(dismissed)
    live = listed(story)
    for feed in story.office.feeds:
        for view in feed.views:
            feed.rebuild(view)
    assert listed(story) == live
    assert len(live) == len(AppealOutcome) + 1
