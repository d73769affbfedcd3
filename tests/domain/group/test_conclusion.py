"""The conclusion: decided together, (a) and (b), consistent, with others' facts put to the applicant (M11–M13, LH6)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.actors import SERVICE_OG_TILDELING, By, Unit
from domain.cases.case_texts import TextOfAnotherCaseError
from domain.cases.consent_facts import ConsentFacts, ConsentMissingError, ConsentState
from domain.decisions.heard import AnswerTimeError, FactsException
from domain.decisions.vedtak_rules import ConclusionFacts, Outcome
from domain.group.agenda_item import DiscussedItem, Matter
from domain.group.conclusion import Conclusion
from domain.group.conclusion_rules import (
    AssessmentMissingError,
    DissenterNotPresentError,
    ExtensionUnansweredError,
    GroupAnswers,
    HelpKind,
    HelpMissingError,
    HelpMustFollowError,
    NotForConclusionError,
    NothingToOfferError,
)
from domain.group.proposed_task import ProposedTask, TaskOverdueError, TasksMissingError
from domain.group.together import TooFewUnitsError
from domain.refusals import SaksbehandlerOnlyError, WrongStateError
from domain.sealed import Sealed
from tests.domain.agenda_support import DAY, KARI, OLA, Task, a_discussed_item, consent, task
from tests.domain.support import (
    CASE,
    NAV,
    PSYKISK_HELSE,
    an_id,
    at,
    by_member,
    by_saksbehandler,
    sealed,
    state_of,
    stored_and_replayed,
)

REASONS = sealed("assessment.reasons")
FACTS = sealed("assessment.facts")
BECAUSE = sealed("vedtak.facts_exception")
ADVICE = (HelpKind.ADVICE,)
ANSWER_BY = date(2027, 1, 26)
DAY_AFTER = date(2027, 1, 27)


def reach(
    *,
    item: DiscussedItem | None = None,
    vanskeligstilt: bool | None = True,
    reasons: Sealed | None = REASONS,
    may_offer: tuple[HelpKind, ...] | None = (),
    shall_offer: tuple[HelpKind, ...] | None = ADVICE,
    dwelling: Outcome | None = None,
    extension: Outcome | None = None,
    tasks: tuple[ProposedTask, ...] | None = None,
    facts_from_others: bool = False,
    given: ConsentFacts | None = None,
    least_units: int = 2,
    by: By | None = None,
) -> Conclusion:
    return Conclusion.reach(
        id=an_id("conclusion"), item=item or a_discussed_item().as_discussed,
        answers=GroupAnswers(vanskeligstilt, reasons, may_offer, shall_offer, dwelling, extension),
        tasks=task() if tasks is None else tasks, facts_from_others=facts_from_others, consent=given or consent(),
        day=DAY, least_units=least_units, by=by or by_saksbehandler(), at=at(hour=12),
    )  # fmt: skip


def not_vanskeligstilt(
    *, may_offer: tuple[HelpKind, ...] = (), shall_offer: tuple[HelpKind, ...] = (),
    dwelling: Outcome | None = Outcome.REFUSE, extension: Outcome | None = None,
) -> Conclusion:  # fmt: skip
    return reach(
        vanskeligstilt=False, may_offer=may_offer, shall_offer=shall_offer, dwelling=dwelling, extension=extension,
        tasks=(),
    )  # fmt: skip


def put_facts(conclusion: Conclusion, answer_by: date = ANSWER_BY) -> Conclusion:
    conclusion.put_facts_to_applicant(
        facts=FACTS, answer_by=answer_by, today=DAY, by=by_saksbehandler(), at=at(hour=14)
    )
    return conclusion


def dissent(
    conclusion: Conclusion, by: By | None = None, dissenter: UUID = KARI, unit: Unit = NAV, text: Sealed = REASONS
) -> None:
    conclusion.record_dissent(dissenter=dissenter, unit=unit, text=text, by=by or by_member("nav"), at=at(hour=13))


# --- together, (a) and (b) ---


def test_M11_a_conclusion_says_who_decided_together() -> None:
    assert reach().present_units == (NAV, SERVICE_OG_TILDELING)


@pytest.mark.parametrize(("vanskeligstilt", "reasons"), [(None, REASONS), (True, None), (False, None)])
def test_M11_a_conclusion_without_a_reasoned_assessment_is_refused(
    vanskeligstilt: bool | None, reasons: Sealed | None
) -> None:
    with pytest.raises(AssessmentMissingError):
        reach(vanskeligstilt=vanskeligstilt, reasons=reasons)


@pytest.mark.parametrize(("may_offer", "shall_offer"), [(None, ADVICE), ((), None)])
def test_M11_a_conclusion_that_does_not_say_which_help_may_and_shall_be_offered_is_refused(
    may_offer: tuple[HelpKind, ...] | None, shall_offer: tuple[HelpKind, ...] | None
) -> None:
    with pytest.raises(HelpMissingError):
        reach(may_offer=may_offer, shall_offer=shall_offer)


def test_M11_one_units_conclusion_is_refused() -> None:
    alone = replace(a_discussed_item().as_discussed, units=(SERVICE_OG_TILDELING,))
    with pytest.raises(TooFewUnitsError):
        reach(item=alone)


def test_M11_a_municipality_may_ask_for_more_units() -> None:
    with pytest.raises(TooFewUnitsError):
        reach(least_units=3)


def test_M13_only_the_saksbehandler_records_a_conclusion() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        reach(by=by_member("nav"))


@pytest.mark.parametrize("given", [consent(state=ConsentState.WITHDRAWN), consent(PSYKISK_HELSE)])
def test_D1_consent_is_checked_again_when_the_group_concludes(given: ConsentFacts) -> None:
    with pytest.raises(ConsentMissingError):
        reach(given=given)


def test_M16_a_challenge_that_needs_no_consent_is_concluded_without() -> None:
    item = replace(a_discussed_item(Matter.TENANCY_CHALLENGE).as_discussed, consent_needed=False)
    assert reach(item=item, given=consent(state=ConsentState.REFUSED)).vanskeligstilt


@pytest.mark.parametrize("matter", [Matter.VACANCY, Matter.LEASE_ENDING])
def test_M14_vacancies_and_expiring_leases_have_no_conclusion(matter: Matter) -> None:
    with pytest.raises(NotForConclusionError):
        reach(item=replace(a_discussed_item().as_discussed, matter=matter))


def test_M07_reasons_written_in_another_case_are_refused() -> None:
    with pytest.raises(TextOfAnotherCaseError):
        reach(reasons=sealed("assessment.reasons", an_id("another case")))


# --- consistent ---


@pytest.mark.parametrize("dwelling", [Outcome.GRANT, Outcome.REFUSE, None])
def test_M12_help_goes_beside_a_dwelling_granted_refused_or_not_asked_for(dwelling: Outcome | None) -> None:
    assert reach(dwelling=dwelling).dwelling is dwelling


def test_M12_whoever_is_vanskeligstilt_gets_help() -> None:
    with pytest.raises(HelpMustFollowError):
        reach(may_offer=ADVICE, shall_offer=())


def test_M12_whoever_is_not_vanskeligstilt_is_offered_nothing() -> None:
    assert not not_vanskeligstilt().vanskeligstilt
    with pytest.raises(NothingToOfferError):
        not_vanskeligstilt(may_offer=ADVICE)
    with pytest.raises(NothingToOfferError):
        not_vanskeligstilt(shall_offer=ADVICE)
    with pytest.raises(NothingToOfferError):
        not_vanskeligstilt(dwelling=Outcome.GRANT)
    with pytest.raises(NothingToOfferError):
        not_vanskeligstilt(extension=Outcome.GRANT)


@pytest.mark.parametrize("extension", [Outcome.GRANT, Outcome.REFUSE])
def test_M19_an_extension_is_recommended_or_advised_against(extension: Outcome) -> None:
    item = a_discussed_item(Matter.EXTENSION).as_discussed
    assert reach(item=item, extension=extension).extension is extension


def test_M19_an_extension_that_gets_no_answer_is_refused() -> None:
    with pytest.raises(ExtensionUnansweredError):
        reach(item=a_discussed_item(Matter.EXTENSION).as_discussed)


def test_M07_help_without_anybody_to_give_it_is_refused() -> None:
    with pytest.raises(TasksMissingError):
        reach(tasks=())


def test_M15_a_task_that_is_already_overdue_is_refused() -> None:
    with pytest.raises(TaskOverdueError):
        reach(tasks=task(Task(due_on=date(2027, 1, 11))))


# --- dissent ---


def test_M11_disagreement_is_recorded_by_the_one_who_disagrees_or_the_saksbehandler() -> None:
    conclusion = reach()
    dissent(conclusion)
    dissent(conclusion, by_saksbehandler(), an_id("another from nav"))
    assert conclusion.dissenters == (KARI, an_id("another from nav"))


def test_M11_nobody_records_anothers_disagreement() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        dissent(reach(), by_member("psykisk_helse"))


def test_M11_a_unit_that_was_not_in_the_room_does_not_dissent() -> None:
    with pytest.raises(DissenterNotPresentError):
        dissent(reach(), by_member("psykisk_helse"), OLA, PSYKISK_HELSE)


# --- facts from others ---


def test_LH6_without_facts_from_others_nothing_stands_in_the_way() -> None:
    assert reach().facts_are_settled(DAY)


def test_LH6_facts_from_others_block_until_they_are_put_to_the_applicant() -> None:
    assert not reach(facts_from_others=True).facts_are_settled(date(2028, 1, 1))


def test_LH6_facts_put_to_the_applicant_are_settled_when_the_time_to_answer_is_over() -> None:
    conclusion = put_facts(reach(facts_from_others=True))
    assert not conclusion.facts_are_settled(ANSWER_BY)
    assert conclusion.facts_are_settled(DAY_AFTER)


@pytest.mark.parametrize("answer", [sealed("assessment.answer"), None])
def test_LH6_an_answer_settles_the_facts_at_once_even_when_it_is_nothing(answer: Sealed | None) -> None:
    conclusion = put_facts(reach(facts_from_others=True))
    conclusion.record_answer(answer=answer, by=by_saksbehandler(), at=at(day=13))
    assert conclusion.facts_are_settled(date(2027, 1, 13))


def test_LH6_a_recorded_exception_settles_the_facts() -> None:
    conclusion = reach(facts_from_others=True)
    conclusion.record_facts_exception(
        ground=FactsException.KNOWN_TO_APPLICANT, because=BECAUSE, by=by_saksbehandler(), at=at()
    )
    assert conclusion.facts_are_settled(DAY)


def test_LH6_new_facts_start_a_new_time_to_answer() -> None:
    conclusion = put_facts(reach(facts_from_others=True))
    conclusion.record_answer(answer=None, by=by_saksbehandler(), at=at(day=13))
    put_facts(conclusion, date(2027, 2, 9))
    assert not conclusion.facts_are_settled(DAY_AFTER)


def test_LH6_the_applicant_gets_time_to_answer() -> None:
    with pytest.raises(AnswerTimeError):
        put_facts(reach(), DAY)


def test_LH6_an_answer_needs_something_to_answer() -> None:
    with pytest.raises(WrongStateError):
        reach().record_answer(answer=None, by=by_saksbehandler(), at=at())


def test_LH6_only_the_saksbehandler_settles_facts() -> None:
    conclusion = reach(facts_from_others=True)
    with pytest.raises(SaksbehandlerOnlyError):
        conclusion.record_facts_exception(
            ground=FactsException.CANNOT_WAIT, because=BECAUSE, by=by_member("nav"), at=at()
        )


# --- superseded, and what a vedtak is told ---


def test_M11_a_superseded_conclusion_is_kept_and_takes_nothing_more() -> None:
    conclusion = reach(facts_from_others=True)
    conclusion.supersede(by_conclusion=an_id("later"), by=by_saksbehandler(), at=at(day=20))
    assert conclusion.superseded_by == an_id("later")
    with pytest.raises(WrongStateError):
        dissent(conclusion)
    with pytest.raises(WrongStateError):
        put_facts(conclusion)
    with pytest.raises(WrongStateError):
        conclusion.supersede(by_conclusion=an_id("third"), by=by_saksbehandler(), at=at(day=21))


def test_M13_a_vedtak_is_told_what_was_recommended_and_whether_facts_are_settled() -> None:
    conclusion = put_facts(reach(dwelling=Outcome.REFUSE, facts_from_others=True))
    assert conclusion.facts(ANSWER_BY) == ConclusionFacts(
        id=conclusion.id, vanskeligstilt=True, dwelling=Outcome.REFUSE, extension=None, facts_settled=False
    )
    assert conclusion.facts(DAY_AFTER).facts_settled


def test_D2_a_conclusion_comes_back_from_its_stored_events_as_it_was() -> None:
    conclusion = put_facts(reach(dwelling=Outcome.GRANT, facts_from_others=True))
    dissent(conclusion)
    conclusion.record_answer(answer=sealed("assessment.answer"), by=by_saksbehandler(), at=at(day=13))
    assert conclusion.case == CASE
    assert state_of(stored_and_replayed(conclusion)) == state_of(conclusion)


@pytest.mark.parametrize("kind", list(HelpKind))
def test_LV2_any_kind_of_help_will_do_and_none_will_not(kind: HelpKind) -> None:
    assert reach(shall_offer=(kind,)).shall_offer == (kind,)
    with pytest.raises(HelpMustFollowError):
        reach(may_offer=(kind,), shall_offer=())
