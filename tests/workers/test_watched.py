"""What slips is noticed: a promised day, granted help with nobody to see to it, a late task whose leader may not know (M15, LH3)."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from domain.actors import SERVICE_OG_TILDELING, Role
from domain.cases.case import Case, WithoutGroupGround
from domain.decisions.follow_up import FollowUp
from domain.decisions.vedtak import Vedtak
from domain.decisions.vedtak_rules import Outcome, VedtakContent, WithoutGroupFacts, legal_basis
from domain.group.agenda_item import AgendaItem, Matter
from domain.group.agenda_item.facts import AddedBy, CaseFacts, InhabilGround
from domain.group.proposed_task import ProposedTask
from domain.law.deadlines import oslo_date
from domain.law.rulebook import DecisionSubject
from tests.workers.workplace import NAV, Workplace, text_of
from workers.texts_nb import reference


def granted_help(at_work: Workplace, case: Case | None = None) -> Vedtak:
    """A vedtak on help after § 6, decided without the group on 4 January."""
    case = case or at_work.case()
    application, today, office = at_work.application(case=case), oslo_date(at_work.now), at_work.office
    ground = WithoutGroupFacts(ground=WithoutGroupGround.URGENT, facts_settled=True)
    texts = ("facts", "reasons", "wishes_considered", "main_content")
    sealed = {name: office.vault.seal(case.person, case.id, f"vedtak.{name}", "Råd om bolig.") for name in texts}
    content = VedtakContent(
        facts=sealed["facts"], reasons=sealed["reasons"], wishes_considered=sealed["wishes_considered"],
        main_content=sealed["main_content"],
    )  # fmt: skip
    vedtak = Vedtak.draft(
        id=uuid4(), case=case.id, application=application.id, person=case.person, subject=DecisionSubject.ASSISTANCE,
        outcome=Outcome.GRANT, ground=ground, content=content,
        basis=legal_basis(office.rulebooks.on(today), DecisionSubject.ASSISTANCE), by=at_work.by, at=at_work.now,
    )  # fmt: skip
    vedtak.issue(issued_on=today, ground=ground, by=at_work.by, at=at_work.now)
    at_work.save(vedtak)
    return vedtak


def share_out(at_work: Workplace, vedtak: Vedtak) -> FollowUp:
    assignee, due_on = at_work.employ(), date(2027, 2, 10)
    what = at_work.office.vault.seal(vedtak.person, vedtak.case, "follow_up.task", "Bli med på visning.")
    follow_up = FollowUp.assign_by_vedtak(
        task=ProposedTask(uuid4(), assignee, NAV, due_on, what, None), vedtak=vedtak.facts,
        today=oslo_date(at_work.now), by=at_work.by, at=at_work.now,
    )  # fmt: skip
    at_work.save(follow_up)
    return follow_up


def subjects_to(at_work: Workplace, who: UUID) -> list[str]:
    return [str(message.mail["subject"]) for message in at_work.mail_to(who)]


def test_LH3_the_day_after_a_promise_was_not_kept_the_saksbehandler_hears_of_it(at_work: Workplace) -> None:
    application = at_work.application()
    application.send_interim_reply(reason="many_cases", expected_on=date(2027, 2, 20), by=at_work.by, at=at_work.now)
    at_work.save(application)
    at_work.on(date(2027, 2, 15))
    at_work.on(date(2027, 2, 20))
    assert len(at_work.mail_to(at_work.saksbehandler)) == 1
    at_work.on(date(2027, 2, 21))
    _, warning = at_work.mail_to(at_work.saksbehandler)
    assert "skal søkeren få ny beskjed" in text_of(warning.mail)


def test_LH3_whoever_was_told_anew_in_time_is_not_warned_of(at_work: Workplace) -> None:
    application = at_work.application()
    promised = date(2027, 2, 20)
    application.send_interim_reply(reason="many_cases", expected_on=promised, by=at_work.by, at=at_work.now)
    application.send_delay_notice(
        reason="ill", expected_on=promised + timedelta(days=60), today=promised, by=at_work.by, at=at_work.now
    )
    at_work.save(application)
    at_work.on(date(2027, 2, 21))
    assert at_work.mail_to(at_work.saksbehandler) == []


def test_M15_help_that_nobody_is_responsible_for_is_mailed_to_the_saksbehandler_the_day_after(
    at_work: Workplace,
) -> None:
    vedtak = granted_help(at_work)
    at_work.on(date(2027, 1, 4))
    assert at_work.mail_to(at_work.saksbehandler) == []
    at_work.on(date(2027, 1, 5))
    (warning,) = at_work.mail_to(at_work.saksbehandler)
    assert str(warning.mail["subject"]) == "Ingen har ansvar for å følge opp et vedtak"
    assert vedtak.id.hex[:8] in text_of(warning.mail)
    at_work.on(date(2027, 1, 6))
    assert len(at_work.mail_to(at_work.saksbehandler)) == 1


def test_M15_help_that_somebody_is_responsible_for_is_not_mailed_about(at_work: Workplace) -> None:
    share_out(at_work, granted_help(at_work))
    at_work.on(date(2027, 1, 5))
    assert at_work.mail_to(at_work.saksbehandler) == []


def test_M15_a_task_moved_after_it_was_escalated_is_escalated_anew_a_week_after_its_new_day(at_work: Workplace) -> None:
    leader = at_work.employ(role=Role.LEADER)
    task = share_out(at_work, granted_help(at_work))
    at_work.on(date(2027, 2, 17))
    moved = at_work.office.case_log.load(FollowUp, task.id)
    moved.move_due_date(due_on=date(2027, 3, 1), today=date(2027, 2, 17), by=at_work.by, at=at_work.now)
    at_work.save(moved)
    at_work.on(date(2027, 3, 7))
    assert len(at_work.mail_to(leader)) == 1
    at_work.on(date(2027, 3, 8))
    assert subjects_to(at_work, leader) == ["Oppgave over fristen"] * 2


def test_M20_no_leader_of_another_unit_hears_of_a_late_task_in_a_case_about_care_housing(at_work: Workplace) -> None:
    leaders = [at_work.employ(unit, Role.LEADER) for unit in (NAV, SERVICE_OG_TILDELING)]
    case = at_work.case(care_housing=True)
    what = at_work.office.vault.seal(case.person, case.id, "follow_up.task", "Følg opp.")
    task = FollowUp.assign(
        task=ProposedTask(uuid4(), at_work.employ(), NAV, date(2027, 2, 10), what, None), case=case.id,
        person=case.person, item=uuid4(), conclusion=None, today=date(2027, 1, 4), by=at_work.by, at=at_work.now,
    )  # fmt: skip
    at_work.save(task)
    at_work.on(date(2027, 2, 17))
    assert [at_work.mail_to(leader) for leader in leaders] == [[], []]
    assert "Oppgave over fristen" in subjects_to(at_work, at_work.saksbehandler)


def test_LI1_a_late_task_goes_past_a_leader_who_is_inhabil_in_its_case(at_work: Workplace) -> None:
    inhabil, next_up = (at_work.employ(unit, Role.LEADER) for unit in (NAV, SERVICE_OG_TILDELING))
    task = share_out(at_work, granted_help(at_work))
    case = at_work.office.case_log.load(Case, task.case)
    item = AgendaItem.add(
        id=uuid4(), meeting=uuid4(), meeting_date=date(2027, 1, 12), matter=Matter.ASSISTANCE_CHALLENGE,
        added_by=AddedBy.SAKSBEHANDLER, case=CaseFacts(case.id, case.person, False), challenge_needs_consent=False,
        by=at_work.by, at=at_work.now,
    )  # fmt: skip
    item.declare_inhabil(person=inhabil, unit=NAV, ground=InhabilGround.FAMILY, by=at_work.by, at=at_work.now)
    at_work.save(item)
    at_work.on(date(2027, 2, 17))
    assert at_work.mail_to(inhabil) == []
    assert subjects_to(at_work, next_up) == ["Oppgave over fristen"]


def test_M15_the_leader_is_told_which_task_is_late_and_not_whose_case_it_is(at_work: Workplace) -> None:
    leader = at_work.employ(NAV, Role.LEADER)
    task = share_out(at_work, granted_help(at_work))
    at_work.on(date(2027, 2, 17))
    (told,) = (text_of(message.mail) for message in at_work.mail_to(leader))
    assert reference(task.id) in told
    assert reference(task.case) not in told
