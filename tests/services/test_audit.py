"""The replay of knowledge: the same question at two times gives two answers (B01, B02, C05, D13)."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from domain.access.decision import Action, Rule
from domain.access.disclosure import Disclosure
from domain.access.review import Review, ReviewGround
from domain.actors import Role
from domain.cases.case import Case
from domain.cases.consent_facts import ConsentState
from domain.cases.pre_assessment import PreAssessment, Topic
from domain.group.agenda_item import RemovalReason
from domain.people.employee import Employee
from domain.refusals import NotAllowedError, NotFoundError
from services import audit
from services.context import Context, ReadReason
from services.core.registry import OPERATIONS
from services.gate import ListEntry
from services.refusals import ViewsBehindError
from services.replay_answer import Replay
from tests.feeds import feeds_running
from tests.stage import KINDS, NAME, NAV, Stage, look, look_at_list

TEXT = "Bor hos venner i Fjæregata"


@pytest.fixture
def case(stage: Stage) -> UUID:
    """Everybody is registered, the member of Nav is called; a case that the saksbehandler is responsible for."""
    stage.register_everybody()
    stage.call_the_member()
    return stage.open_case()


def open_review(stage: Stage, case: UUID) -> Review:
    review = Review.open(
        id=uuid4(), case=case, ground=ReviewGround.SAMPLE, ends_on=stage.today, today=stage.today, most_days=1,
        by=stage.by(stage.reviewer), at=stage.now,
    )  # fmt: skip
    stage.office.case_log.append(review)
    return review


def replay(stage: Stage, case: UUID, at: datetime) -> Replay:
    """What the reviewer is told."""
    with feeds_running(stage.office):
        return ask(stage, stage.context(stage.reviewer), case, at)


def ask(stage: Stage, context: Context, case: UUID, at: datetime) -> Replay:
    """The replay as the operation gives it, through its permit."""
    asked = audit.AskedMoment(at=at)
    answer: Replay = OPERATIONS["replay_case"].run(stage.office, context, {"case": case}, asked)
    return answer


def could_see(answer: Replay) -> dict[UUID, tuple[Rule, ...]]:
    return {judged.employee: tuple(judged.rules) for judged in answer.could_see}


def test_B01_who_could_see_it_follows_the_facts_of_that_moment(stage: Stage, case: UUID) -> None:
    before = stage.now
    stage.later()
    stage.give_consent(case)
    stage.put_on_agenda(case)
    during = stage.now
    stage.later()
    stage.withdraw_consent(case)
    after = stage.later()
    always = {stage.saksbehandler.id: (Rule.RESPONSIBLE,), stage.colleague.id: (Rule.STATED_REASON,)}

    assert could_see(replay(stage, case, before)) == always
    assert could_see(replay(stage, case, during)) == {**always, stage.member.id: (Rule.CALLED_AND_CONSENTED,)}
    assert could_see(replay(stage, case, after)) == always


def test_B01_who_was_kept_out_is_named_with_the_rule(stage: Stage, case: UUID) -> None:
    stage.give_consent(case)
    stage.put_on_agenda(case)
    stage.withdraw_consent(case)

    kept_out = replay(stage, case, stage.now).could_not_see

    assert [(judged.employee, judged.rules) for judged in kept_out] == [(stage.member.id, [Rule.CONSENT_MISSING])]
    assert stage.outsider.id not in {judged.employee for judged in kept_out}


def test_B01_the_kinds_and_the_need_for_a_reason_stand_with_each(stage: Stage, case: UUID) -> None:
    stage.give_consent(case)
    stage.put_on_agenda(case)

    judged = {each.employee: each for each in replay(stage, case, stage.now).could_see}

    assert set(judged[stage.member.id].kinds) == set(KINDS)
    assert (judged[stage.member.id].unit, judged[stage.member.id].role) == (NAV, Role.EMPLOYEE)
    assert judged[stage.colleague.id].on_stated_reason
    assert not judged[stage.saksbehandler.id].on_stated_reason


def test_M02_who_had_left_by_then_could_see_nothing(stage: Stage, case: UUID) -> None:
    before = stage.now
    stage.later()
    colleague = stage.office.case_log.load(Employee, stage.colleague.id)
    colleague.leave(by=stage.by(), at=stage.now)
    stage.office.case_log.append(colleague)

    assert stage.colleague.id in could_see(replay(stage, case, before))
    assert stage.colleague.id not in could_see(replay(stage, case, stage.now))


def test_M02_a_member_who_is_released_could_see_it_before_and_not_after(stage: Stage, case: UUID) -> None:
    stage.give_consent(case)
    stage.put_on_agenda(case)
    before = stage.now
    stage.later()
    stage.release_the_member()

    assert stage.member.id in could_see(replay(stage, case, before))
    assert stage.member.id not in could_see(replay(stage, case, stage.now))


def test_B01_who_did_see_it_is_in_the_answer_from_then_on_also_when_it_was_a_list(stage: Stage, case: UUID) -> None:
    before, gate = stage.now, stage.office.gate
    stage.later()
    look(gate, stage.context(stage.saksbehandler), case, {}, purpose="case_overview")
    stage.later()
    look_at_list(gate, stage.context(stage.saksbehandler), "waiting_list", [ListEntry(case, uuid4(), {})])

    assert replay(stage, case, before).did_see == []
    seen = replay(stage, case, stage.now).did_see
    assert [(line.what, line.purpose, line.actor) for line in seen if line.actor == stage.saksbehandler.id] == [
        ("viewed", "case_overview", stage.saksbehandler.id),
        ("list_viewed", "waiting_list", stage.saksbehandler.id),
    ]


def test_M14_who_was_to_compare_the_case_with_others_could_see_it_then(stage: Stage, case: UUID) -> None:
    stage.give_consent(case)
    allocation = stage.open_vacancy(case, stage.open_case())
    before = stage.now
    stage.later()
    item = stage.put_vacancy_on_agenda(allocation)
    during = stage.now
    stage.later()
    item.remove(reason=RemovalReason.DUPLICATE, by=stage.by(), at=stage.now)
    stage.office.case_log.append(item)

    rules = [could_see(replay(stage, case, at)).get(stage.member.id) for at in (before, during, stage.now)]

    assert rules == [None, (Rule.COMPARED,), None]


def test_M08_who_was_told_in_the_room_stands_beside_who_read_it(stage: Stage, case: UUID) -> None:
    context = stage.context(stage.saksbehandler)
    told = Disclosure.told_in_meeting(
        case=case, subjects=(), told=stage.member.id, unit=NAV, told_from=stage.now, meeting=stage.meeting,
        item=uuid4(), rules=("M08",), decided_at=1, by=context.by, at=stage.now,
    )  # fmt: skip

    stage.office.gate.told([told])

    (line,) = replay(stage, case, stage.now).was_told

    assert (line.actor, line.unit, line.meeting, line.at) == (stage.member.id, NAV, stage.meeting, stage.now)


def test_B01_who_was_refused_is_in_the_answer_with_the_rule(stage: Stage, case: UUID) -> None:
    with pytest.raises(NotFoundError):
        look(stage.office.gate, stage.context(stage.outsider), case, {}, purpose="case_overview")

    (line,) = replay(stage, case, stage.now).was_refused

    assert (line.actor, line.rules) == (stage.outsider.id, [Rule.NO_RELATION])


def test_B01_the_consent_is_the_one_of_that_moment(stage: Stage, case: UUID) -> None:
    asked = stage.now
    stage.later()
    stage.give_consent(case, NAV)
    given = stage.now
    stage.later()
    stage.withdraw_consent(case)

    states = [replay(stage, case, at).consent for at in (asked, given, stage.now)]

    assert [(then.state, then.valid) for then in states if then] == [
        (ConsentState.ASKED, False),
        (ConsentState.GIVEN, True),
        (ConsentState.WITHDRAWN, False),
    ]
    assert states[1] is not None
    assert [(scope.unit, set(scope.kinds)) for scope in states[1].scopes] == [(NAV, set(KINDS))]


def write(stage: Stage, case: UUID, text: str) -> None:
    """The first text of the case's pre-assessment."""
    person = stage.office.case_log.load(Case, case).person
    sealed = stage.office.vault.seal(person, case, "housing.pre_assessment", text)
    assessment = PreAssessment.start(case=case, by=stage.by(), at=stage.now)
    assessment.write(topic=Topic.HOUSING, text=sealed, by=stage.by(), at=stage.now)
    stage.office.case_log.append(assessment)


def test_C05_what_the_case_said_then_opens_in_a_review_and_not_what_it_says_now(stage: Stage, case: UUID) -> None:
    before = stage.now
    stage.later()
    write(stage, case, TEXT)
    written = stage.now
    stage.later()
    open_review(stage, case)

    earlier, later = replay(stage, case, before).content, replay(stage, case, written).content

    assert earlier is not None
    assert later is not None
    assert TEXT not in str(earlier.parts)
    assert TEXT in str(later.parts)
    assert NAME in str(earlier.parts)
    assert {part.what for part in later.parts} == {"person", "case", "consent", "pre_assessment"}
    assert [event.what for event in earlier.events] == ["case.Opened", "case.ResponsibilityAssigned", "consent.Asked"]


def test_C05_without_an_open_review_there_is_an_access_log_and_no_content(stage: Stage, case: UUID) -> None:
    write(stage, case, TEXT)
    review = open_review(stage, case)
    review.close(by=stage.by(stage.reviewer), at=stage.now)
    stage.office.case_log.append(review)

    answer = replay(stage, case, stage.now)

    assert answer.content is None
    assert answer.could_see
    assert TEXT not in answer.model_dump_json()
    assert NAME not in answer.model_dump_json()


def test_C05_a_review_of_another_case_opens_nothing_here(stage: Stage, case: UUID) -> None:
    open_review(stage, stage.open_case())

    assert replay(stage, case, stage.now).content is None


def test_C05_the_reviewers_own_look_is_logged_and_so_is_the_content_that_was_opened(stage: Stage, case: UUID) -> None:
    open_review(stage, case)

    replay(stage, case, stage.now)

    views = [recorded.event for recorded in stage.office.disclosure_log.after(0, 100)]
    assert [(view.purpose, view.rules) for view in views if isinstance(view, Disclosure.Viewed)] == [
        ("access_log", (Rule.REVIEWER,)),
        ("replay", (Rule.OPEN_REVIEW,)),
    ]


def test_C05_nobody_but_a_reviewer_gets_a_replay(stage: Stage, case: UUID) -> None:
    with pytest.raises(NotAllowedError):
        ask(stage, stage.context(stage.saksbehandler), case, stage.now)
    with pytest.raises(NotFoundError):
        ask(stage, stage.context(stage.outsider), case, stage.now)
    with pytest.raises(NotFoundError):
        ask(stage, stage.context(stage.reviewer), uuid4(), stage.now)


def test_B01_nobody_knows_who_can_see_a_case_tomorrow(stage: Stage, case: UUID) -> None:
    with pytest.raises(audit.MomentNotYetError):
        ask(stage, stage.context(stage.reviewer), case, datetime.fromisoformat("2099-01-01T00:00Z"))

    assert stage.office.disclosure_log.head() == 0


def test_B01_before_the_case_was_there_nobody_could_know_it(stage: Stage, case: UUID) -> None:
    answer = replay(stage, case, datetime.fromisoformat("2026-01-01T00:00Z"))

    assert (answer.position, answer.could_see, answer.did_see, answer.consent) == (0, [], [], None)


def test_R10_an_access_log_that_lags_is_waited_for_and_never_shown_half(stage: Stage, case: UUID) -> None:
    with pytest.raises(ViewsBehindError):
        ask(stage, stage.context(stage.reviewer), case, stage.now)


def test_M20_care_housing_has_a_replay_too_and_only_its_caseworkers_in_it(stage: Stage, case: UUID) -> None:
    care = stage.open_case(care_housing=True)

    assert set(could_see(replay(stage, care, stage.now))) == {stage.saksbehandler.id, stage.colleague.id}


def test_D4_a_stated_reason_stands_in_the_replay(stage: Stage, case: UUID) -> None:
    reading = replace(stage.context(stage.colleague), reason=ReadReason.URGENT)
    look(stage.office.gate, reading, case, {}, purpose="case_overview")

    lines = replay(stage, case, stage.now).did_see

    assert (stage.colleague.id, "urgent") in {(line.actor, line.purpose) for line in lines}


def test_B03_the_replay_of_a_moment_is_what_the_gate_answered_then(stage: Stage, case: UUID) -> None:
    answered = {stage.now: answers_of_the_gate(stage, case)}
    for step in (stage.give_consent, stage.put_on_agenda, stage.withdraw_consent):
        stage.later()
        step(case)
        answered[stage.now] = answers_of_the_gate(stage, case)

    assert {moment: could_see(replay(stage, case, moment)) for moment in answered} == answered
    assert [stage.member.id in answer for answer in answered.values()] == [False, False, True, False]


def answers_of_the_gate(stage: Stage, case: UUID) -> dict[UUID, tuple[Rule, ...]]:
    """Whom the case opens to now, and by which rules, when each of them gives a reason."""
    everybody = (stage.saksbehandler, stage.colleague, stage.member, stage.outsider)
    asked = {actor.id: replace(stage.context(actor), reason=ReadReason.SUBSTITUTING) for actor in everybody}
    answers = {}
    for id, context in asked.items():
        with suppress(NotAllowedError, NotFoundError):
            answers[id] = stage.office.gate.permit(context, Action.READ, case, purpose="case").decision.rules
    return answers
