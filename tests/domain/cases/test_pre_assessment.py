"""Forhåndskartlegging by the saksbehandler before the meeting (M10)."""

from collections.abc import Callable

import pytest

from domain.actors import By
from domain.cases.pre_assessment import (
    PreAssessment,
    PreAssessmentCompletedError,
    PreAssessmentIncompleteError,
    Topic,
    pre_assessment_id,
)
from domain.refusals import SaksbehandlerOnlyError, WrongStateError
from tests.domain.support import (
    CASE,
    at,
    by_member,
    by_saksbehandler,
    events_of,
    sealed,
    state_of,
    stored_and_replayed,
)


def begun() -> PreAssessment:
    return PreAssessment.start(case=CASE, by=by_saksbehandler(), at=at())


def write(assessment: PreAssessment, *topics: Topic, who: By | None = None) -> PreAssessment:
    for topic in topics:
        assessment.write(topic=topic, text=sealed(f"housing.{topic}"), by=who or by_saksbehandler(), at=at())
    return assessment


def completed() -> PreAssessment:
    assessment = write(begun(), *Topic)
    assessment.complete(by=by_saksbehandler(), at=at())
    return assessment


def test_M10_a_case_has_one_pre_assessment_under_an_id_that_follows_from_it() -> None:
    assert begun().id == pre_assessment_id(CASE)
    assert not begun().completed


def test_M10_it_is_complete_when_every_topic_has_been_looked_at() -> None:
    assert completed().completed


@pytest.mark.parametrize("missing", list(Topic))
def test_M10_it_is_not_complete_while_a_topic_lacks_a_text(missing: Topic) -> None:
    assessment = write(begun(), *(topic for topic in Topic if topic is not missing))

    with pytest.raises(PreAssessmentIncompleteError, match=f": {missing}$"):
        assessment.complete(by=by_saksbehandler(), at=at())

    assert not assessment.completed


def test_M10_a_later_text_stands_beside_the_earlier_one_in_the_log() -> None:
    assessment = write(begun(), Topic.HOUSING, Topic.HOUSING)

    assert len(events_of(assessment)) == 3
    assert list(assessment.texts) == [Topic.HOUSING]


def test_M10_what_is_complete_is_reopened_before_it_changes() -> None:
    assessment = completed()
    with pytest.raises(PreAssessmentCompletedError):
        write(assessment, Topic.HOUSING)
    with pytest.raises(PreAssessmentCompletedError):
        assessment.complete(by=by_saksbehandler(), at=at())

    assessment.reopen(by=by_saksbehandler(), at=at())

    assert not write(assessment, Topic.HOUSING).completed


def test_M10_only_what_is_complete_is_reopened() -> None:
    with pytest.raises(WrongStateError):
        begun().reopen(by=by_saksbehandler(), at=at())


STEPS: dict[str, Callable[[PreAssessment, By], object]] = {
    "write": lambda assessment, who: write(assessment, Topic.HOUSING, who=who),
    "complete": lambda assessment, who: assessment.complete(by=who, at=at()),
    "reopen": lambda assessment, who: assessment.reopen(by=who, at=at()),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_M10_the_saksbehandler_does_it_and_nobody_else(step: Callable[[PreAssessment, By], object]) -> None:
    assessment = write(begun(), *Topic)

    with pytest.raises(SaksbehandlerOnlyError):
        step(assessment, by_member("nav"))
    with pytest.raises(SaksbehandlerOnlyError):
        PreAssessment.start(case=CASE, by=by_member("nav"), at=at())

    assert len(events_of(assessment)) == 4


@pytest.mark.parametrize("assessment", [begun(), completed()], ids=["begun", "completed"])
def test_D2_a_pre_assessment_comes_back_from_its_events_as_it_was(assessment: PreAssessment) -> None:
    assert state_of(stored_and_replayed(assessment)) == state_of(assessment)
