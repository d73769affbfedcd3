"""Which deadlines run, until when, and what ends them."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.access.facts import ConsentScope
from domain.access.kinds import InformationKind
from domain.actors import Unit
from domain.care.dialogue import CareDialogue, ToldOn
from domain.cases.application import Application, ApplicationKind
from domain.cases.case import Case
from domain.cases.consent import Consent
from domain.decisions.follow_up import FollowUp
from domain.decisions.follow_up_rules import CancellingReason
from domain.decisions.heard import FactsException
from domain.decisions.vedtak_rules import Outcome
from domain.group.conclusion import Conclusion
from domain.housing.tenancy import EndingReason
from domain.law.deadline_kinds import DeadlineKind
from domain.law.rulebook import DecisionSubject
from projections import deadline_rows
from projections.reach import EVERYTHING
from projections.rules import DatedRules
from services.installation import Installation
from tests.projections.story import NAV, Story

HJEMMETJENESTEN = Unit("hjemmetjenesten")


def running(story: Story, *, on: date | None = None) -> dict[tuple[str, str], date]:
    """Kind and part of each deadline that runs, with its date."""
    story.carry_forward()
    with story.office.views.connect() as connection:
        rows = deadline_rows.page(connection, today=on or story.today, reach=EVERYTHING, after=None, limit=100)
    return {(row.kind, row.part): row.due_on for row in rows}


def subjects(story: Story, kind: DeadlineKind) -> list[UUID]:
    story.carry_forward()
    with story.office.views.connect() as connection:
        rows = deadline_rows.page(
            connection, deadline_rows.of_kind(kind), today=story.today, reach=EVERYTHING, after=None, limit=100
        )
    return [row.subject for row in rows]


def concluded(story: Story, **of: object) -> tuple[Case, Application, Conclusion, FollowUp]:
    case = story.case()
    application = story.application(case, ApplicationKind.DWELLING, ApplicationKind.ASSISTANCE)
    story.consent(case)
    item = story.item(case, meeting := story.meeting())
    story.discuss(item, case, meeting)
    conclusion, follow_up = story.conclude(item, case, **of)  # type: ignore[arg-type]  # what the test says
    return case, application, conclusion, follow_up


def test_LH2_the_month_runs_from_receipt(story: Story) -> None:
    story.application(story.case(), received_on=date(2026, 12, 13))
    assert running(story)[DeadlineKind.INTERIM_REPLY, ""] == date(2027, 1, 13)


def test_LH9_a_month_that_ends_on_a_holiday_ends_on_the_next_working_day(story: Story) -> None:
    story.application(story.case(), received_on=date(2026, 11, 26))
    assert running(story)[DeadlineKind.INTERIM_REPLY, ""] == date(2026, 12, 28)


def test_LH2_an_interim_reply_moves_the_vedtak_to_the_day_it_promised(story: Story) -> None:
    application = story.application(story.case())
    application.send_interim_reply(reason="waiting", expected_on=date(2027, 4, 1), by=story.by, at=story.at)
    story.store(application)
    assert running(story) == {
        (DeadlineKind.DELAY_NOTICE, ""): date(2027, 4, 1),
        (DeadlineKind.VEDTAK_OUTSTANDING, "dwelling"): date(2027, 4, 1),
    }


def test_LH3_a_further_notice_moves_the_promised_day_and_is_due_again_by_the_new_one(story: Story) -> None:
    application = story.application(story.case())
    application.send_interim_reply(reason="waiting", expected_on=date(2027, 4, 1), by=story.by, at=story.at)
    application.send_delay_notice(
        reason="ill", expected_on=date(2027, 5, 3), today=story.today, by=story.by, at=story.at
    )
    story.store(application)
    assert running(story)[DeadlineKind.DELAY_NOTICE, ""] == date(2027, 5, 3)
    assert running(story, on=date(2027, 6, 1))[DeadlineKind.DELAY_NOTICE, ""] == date(2027, 5, 3)


def test_LH2_nothing_runs_for_an_application_that_is_withdrawn(story: Story) -> None:
    application = story.application(story.case())
    application.withdraw(by=story.by, at=story.at)
    story.store(application)
    assert running(story) == {}


def test_M13_each_thing_applied_for_waits_for_its_own_vedtak(story: Story) -> None:
    case, application, conclusion, _ = concluded(story)
    story.vedtak(case, application, conclusion, DecisionSubject.DWELLING)
    assert (DeadlineKind.VEDTAK_OUTSTANDING, "assistance") in running(story)
    assert (DeadlineKind.INTERIM_REPLY, "") in running(story)
    story.vedtak(case, application, conclusion, DecisionSubject.ASSISTANCE)
    kinds = {kind for kind, _ in running(story)}
    assert not kinds & {DeadlineKind.VEDTAK_OUTSTANDING, DeadlineKind.INTERIM_REPLY}


def test_B08_a_conclusion_waits_fourteen_days_for_each_vedtak_it_calls_for(story: Story) -> None:
    case, application, conclusion, _ = concluded(story)
    kind = DeadlineKind.CONCLUSION_WITHOUT_VEDTAK
    assert running(story)[kind, "assistance"] == running(story)[kind, "dwelling"] == date(2027, 1, 26)
    story.vedtak(case, application, conclusion, DecisionSubject.DWELLING)
    assert [part for found, part in running(story) if found == kind] == ["assistance"]


def test_M12_nobody_found_vanskeligstilt_goes_without_help_unnoticed(story: Story) -> None:
    concluded(story, dwelling=None)
    assert (DeadlineKind.CONCLUSION_WITHOUT_VEDTAK, "assistance") in running(story)


def test_B08_a_refusal_that_nothing_is_recommended_for_waits_for_any_vedtak(story: Story) -> None:
    concluded(story, vanskeligstilt=False, dwelling=None)
    assert (DeadlineKind.CONCLUSION_WITHOUT_VEDTAK, "") in running(story)
    concluded(story, vanskeligstilt=False, dwelling=Outcome.REFUSE)
    assert (DeadlineKind.CONCLUSION_WITHOUT_VEDTAK, "dwelling") in running(story)


def test_B08_a_case_that_is_closed_waits_for_no_vedtak_on_its_conclusion(story: Story) -> None:
    case, *_ = concluded(story)
    case.close(reason="moved_away", by=story.by, at=story.at)
    story.store(case)
    assert subjects(story, DeadlineKind.CONCLUSION_WITHOUT_VEDTAK) == []


def test_LH6_the_applicants_time_to_answer_runs_until_the_answer(story: Story) -> None:
    case, _, conclusion, _ = concluded(story)
    facts = story.sealed(case, "note.facts")
    by_when = date(2027, 2, 1)
    conclusion.put_facts_to_applicant(facts=facts, answer_by=by_when, today=story.today, by=story.by, at=story.at)
    story.store(conclusion)
    assert running(story)[DeadlineKind.APPLICANT_ANSWER, ""] == by_when
    conclusion.record_answer(answer=None, by=story.by, at=story.at)
    story.store(conclusion)
    assert subjects(story, DeadlineKind.APPLICANT_ANSWER) == []


def test_LH6_an_exception_ends_the_wait_for_an_answer(story: Story) -> None:
    case, _, conclusion, _ = concluded(story)
    facts = story.sealed(case, "note.facts")
    for answer_by in (date(2027, 2, 1), date(2027, 2, 5)):
        conclusion.put_facts_to_applicant(facts=facts, answer_by=answer_by, today=story.today, by=story.by, at=story.at)
    story.store(conclusion)
    assert running(story)[DeadlineKind.APPLICANT_ANSWER, ""] == date(2027, 2, 5)
    conclusion.record_facts_exception(
        ground=FactsException.NO_BEARING, because=story.sealed(case, "vedtak.facts_exception"), by=story.by, at=story.at
    )
    story.store(conclusion)
    assert subjects(story, DeadlineKind.APPLICANT_ANSWER) == []


def test_LK3_the_appeal_period_is_shown_until_it_is_over(story: Story) -> None:
    case, application, conclusion, _ = concluded(story)
    vedtak = story.vedtak(case, application, conclusion, DecisionSubject.DWELLING)
    assert subjects(story, DeadlineKind.APPEAL) == [vedtak.id]
    assert (DeadlineKind.APPEAL, "") in running(story, on=date(2027, 2, 2))
    assert (DeadlineKind.APPEAL, "") not in running(story, on=date(2027, 2, 3))


def test_M14_an_offer_waits_for_its_answer(story: Story) -> None:
    _, entry = story.granted_dwelling()
    allocation = story.allocation(story.dwelling(), entry)
    story.offer(allocation, entry)
    assert running(story)[DeadlineKind.OFFER_ANSWER, ""] == date(2027, 1, 19)
    allocation.accept(by=story.by, at=story.at)
    story.store(allocation)
    assert subjects(story, DeadlineKind.OFFER_ANSWER) == []


def test_M18_a_lease_warns_at_six_three_and_one_month_and_then_watches_the_move(story: Story) -> None:
    story.lease(story.case(), story.dwelling(), starts_on=date(2025, 1, 1), ends_on=date(2028, 1, 31))
    assert {key: day for key, day in running(story).items() if "lease" in key[0] or "move" in key[0]} == {
        (DeadlineKind.LEASE_WARNING, "6"): date(2027, 7, 31),
        (DeadlineKind.LEASE_WARNING, "3"): date(2027, 10, 31),
        (DeadlineKind.LEASE_WARNING, "1"): date(2027, 12, 31),
        (DeadlineKind.MOVE_OUT_DEMAND, ""): date(2028, 4, 30),
    }
    late = running(story, on=date(2028, 6, 1))
    assert (DeadlineKind.LEASE_WARNING, "1") not in late
    assert late[DeadlineKind.MOVE_OUT_DEMAND, ""] == date(2028, 4, 30)


def test_LL6_a_demand_to_move_and_the_end_of_the_tenancy_end_the_watch(story: Story) -> None:
    lease = story.lease(story.case(), story.dwelling(), starts_on=date(2024, 1, 1), ends_on=date(2027, 1, 31))
    lease.demand_move_out(demanded_on=story.today, last_day=date(2027, 4, 30), by=story.by, at=story.at)
    story.store(lease)
    assert subjects(story, DeadlineKind.MOVE_OUT_DEMAND) == []
    lease.end(ended_on=story.today, reason=EndingReason.MOVED_OUT, by=story.by, at=story.at)
    story.store(lease)
    assert running(story) == {}


def test_M15_a_task_runs_from_the_vedtak_until_it_is_over(story: Story) -> None:
    case, application, conclusion, follow_up = concluded(story)
    assert subjects(story, DeadlineKind.FOLLOW_UP) == []
    story.vedtak(case, application, conclusion, DecisionSubject.ASSISTANCE, follow_up)
    assert running(story)[DeadlineKind.FOLLOW_UP, ""] == date(2027, 2, 11)
    moved = story.today + timedelta(days=50)
    follow_up.move_due_date(due_on=moved, today=story.today, by=story.by, at=story.at)
    story.store(follow_up)
    assert running(story)[DeadlineKind.FOLLOW_UP, ""] == moved
    follow_up.cancel(reason=CancellingReason.NO_LONGER_NEEDED, by=story.by, at=story.at)
    story.store(follow_up)
    assert subjects(story, DeadlineKind.FOLLOW_UP) == []


def test_M15_granted_help_without_anybody_responsible_is_listed_until_somebody_is(story: Story) -> None:
    case, application, conclusion, follow_up = concluded(story)
    vedtak = story.vedtak(case, application, conclusion, DecisionSubject.ASSISTANCE)
    assert subjects(story, DeadlineKind.NOBODY_RESPONSIBLE) == [vedtak.id]
    follow_up.take_effect(vedtak=vedtak.facts, by=story.by, at=story.at)
    story.store(follow_up)
    assert subjects(story, DeadlineKind.NOBODY_RESPONSIBLE) == []


def test_M15_granted_help_whose_last_task_falls_away_is_listed_from_that_day(story: Story) -> None:
    case, application, conclusion, follow_up = concluded(story)
    vedtak = story.vedtak(case, application, conclusion, DecisionSubject.ASSISTANCE, follow_up)
    assert subjects(story, DeadlineKind.NOBODY_RESPONSIBLE) == []
    story.pass_days(9)
    follow_up.cancel(reason=CancellingReason.NO_LONGER_NEEDED, by=story.by, at=story.at)
    story.store(follow_up)
    assert subjects(story, DeadlineKind.NOBODY_RESPONSIBLE) == [vedtak.id]
    assert running(story)[DeadlineKind.NOBODY_RESPONSIBLE, ""] == story.today


def test_M15_help_that_has_been_given_needs_nobody_any_more(story: Story) -> None:
    case, application, conclusion, follow_up = concluded(story)
    story.vedtak(case, application, conclusion, DecisionSubject.ASSISTANCE, follow_up)
    follow_up.complete(by=story.by, at=story.at)
    story.store(follow_up)
    assert subjects(story, DeadlineKind.NOBODY_RESPONSIBLE) == []


def test_M15_a_granted_dwelling_is_no_help_to_be_responsible_for(story: Story) -> None:
    case, application, conclusion, _ = concluded(story)
    story.vedtak(case, application, conclusion, DecisionSubject.DWELLING)
    assert subjects(story, DeadlineKind.NOBODY_RESPONSIBLE) == []


def test_M15_a_closed_case_has_no_help_to_be_responsible_for(story: Story) -> None:
    case, application, conclusion, _ = concluded(story)
    story.vedtak(case, application, conclusion, DecisionSubject.ASSISTANCE)
    case.close(reason="moved_away", by=story.by, at=story.at)
    story.store(case)
    assert subjects(story, DeadlineKind.NOBODY_RESPONSIBLE) == []


def on_agenda_before_it_moves(story: Story, *, expires_in: int, moved_to: int) -> Consent:
    """Consent for some days, on the agenda of a meeting in a week that is then moved; in days from today."""
    case = story.case()
    consent = story.load_consent(case)
    consent.give(
        scopes=(ConsentScope(NAV, (InformationKind.HOUSING,)),), given_on=story.today, channel="form",
        expires_on=story.today + timedelta(days=expires_in), today=story.today, by=story.by, at=story.at,
    )  # fmt: skip
    story.store(consent)
    meeting = story.meeting()
    story.item(case, meeting)
    starts_at = story.at + timedelta(days=moved_to)
    meeting.reschedule(
        day=starts_at.date(), starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), by=story.by, at=story.at
    )
    story.store(meeting)
    return consent


@pytest.mark.parametrize(("moved_to", "is_listed"), [(10, False), (11, True)])
def test_M09_a_consent_is_listed_when_it_ends_before_the_meeting(story: Story, moved_to: int, is_listed: bool) -> None:
    consent = on_agenda_before_it_moves(story, expires_in=10, moved_to=moved_to)
    assert subjects(story, DeadlineKind.CONSENT_EXPIRES) == ([consent.id] if is_listed else [])


def test_M09_a_consent_that_is_withdrawn_ends_no_more(story: Story) -> None:
    consent = on_agenda_before_it_moves(story, expires_in=10, moved_to=30)
    consent.withdraw(by=story.by, at=story.at)
    story.store(consent)
    assert subjects(story, DeadlineKind.CONSENT_EXPIRES) == []


def test_M20_the_answer_of_hjemmetjenesten_is_waited_for_until_it_comes(story: Story) -> None:
    case = story.case(care_housing=True)
    dialogue = CareDialogue.ask(
        id=uuid4(), case=case.id, person=case.person, care_housing=True, asked=uuid4(), unit=HJEMMETJENESTEN,
        units=(HJEMMETJENESTEN,), question=story.sealed(case, "health.care_question"), told=(InformationKind.HEALTH,),
        told_on=ToldOn.PURPOSE_OF_COLLECTION, consent=None, answer_by=date(2027, 1, 19), today=story.today,
        by=story.by, at=story.at,
    )  # fmt: skip
    story.store(dialogue)
    assert running(story)[DeadlineKind.CARE_INPUT, ""] == date(2027, 1, 19)
    dialogue.note_answer(answer=story.sealed(case, "health.care_answer"), by=story.by, at=story.at)
    story.store(dialogue)
    assert subjects(story, DeadlineKind.CARE_INPUT) == []


def test_D11_a_deadline_follows_the_rules_of_its_day(office: Installation) -> None:
    first = office.rulebooks.oldest_first[0]
    second = replace(first, version="second", valid_from=date(2028, 1, 1))
    rules = DatedRules((first, second), office.working_days)
    assert rules.on(date(2027, 12, 31)) is first
    assert rules.on(date(2028, 1, 1)) is second
    assert rules.on(date(1999, 1, 1)) is first
