"""What is right beside what was wrong, what comes later, and who asked (LA5, LH7)."""

from datetime import date, timedelta

import pytest

from domain.cases.application import (
    Application,
    ContentPart,
    CorrectionDoesNotFitError,
    FullmaktMissingError,
    Household,
    NothingSaidWrongError,
    PresentHousing,
    RightContent,
    Submitter,
    SubmitterRelation,
    Urgency,
    Wishes,
)
from domain.cases.application_refusals import DateNotWrongError, ReceivedInFutureError
from tests.domain.cases.test_application import BOTH, CONTENT, TODAY, received
from tests.domain.support import an_id, at, by_saksbehandler, events_of, sealed, state_of, stored_and_replayed

RIGHT = {
    ContentPart.HOUSEHOLD: Household(adults=2),
    ContentPart.PRESENT_HOUSING: PresentHousing.TEMPORARY,
    ContentPart.LEASE_ENDS_ON: date(2027, 8, 31),
    ContentPart.YEARS_IN_MUNICIPALITY: 0,
    ContentPart.URGENCY: Urgency(violence=True),
    ContentPart.WISHES: Wishes(step_free=True),
    ContentPart.REASON: sealed("housing.reason"),
    ContentPart.RESIDENCE_PERMIT: sealed("identity.residence_permit"),
    ContentPart.ECONOMY: sealed("economy.situation"),
    ContentPart.HEALTH: sealed("health.situation"),
    ContentPart.ADAPTATIONS: sealed("health.adaptations"),
    ContentPart.FOLLOW_UP_NEED: sealed("follow_up.need"),
}


def correct(application: Application, part: ContentPart, right: RightContent, *, corrects: int = 1) -> None:
    application.correct(
        corrects=corrects, part=part, right=right, because=sealed("note.corrected_because"), by=by_saksbehandler(),
        at=at(),
    )  # fmt: skip


def on_behalf(application: Application, relation: SubmitterRelation, authority: str | None = None) -> None:
    submitter = Submitter(
        relation, name=sealed("identity.submitter"), authority=an_id(authority) if authority else None
    )
    application.made_on_behalf(submitter=submitter, by=by_saksbehandler(), at=at())


@pytest.mark.parametrize("part", list(ContentPart))
def test_LA5_every_part_can_be_corrected_and_the_original_stays(part: ContentPart) -> None:
    application = received(*BOTH)

    correct(application, part, RightContent(**{part.value: RIGHT[part]}))  # type: ignore[arg-type]  # by its name

    assert getattr(application.content, part.value) == RIGHT[part]
    first = events_of(application)[0]
    assert isinstance(first, Application.Received)
    assert first.content == CONTENT


@pytest.mark.parametrize(
    "right",
    [RightContent(), RightContent(present_housing=PresentHousing.NONE),
     RightContent(household=Household(adults=2), years_in_municipality=1)],
    ids=["nothing", "another part", "two parts"],
)  # fmt: skip
def test_LA5_a_correction_says_what_is_right_about_its_part_alone(right: RightContent) -> None:
    application = received(*BOTH)

    with pytest.raises(CorrectionDoesNotFitError):
        correct(application, ContentPart.HOUSEHOLD, right)

    assert len(events_of(application)) == 1


@pytest.mark.parametrize("corrects", [0, 2])
def test_LA5_a_correction_names_the_event_that_said_it_wrong(corrects: int) -> None:
    with pytest.raises(NothingSaidWrongError):
        correct(received(*BOTH), ContentPart.HOUSEHOLD, RightContent(household=Household(2)), corrects=corrects)


def test_LA5_what_is_wrong_is_corrected_after_the_answer_too() -> None:
    application = received(*BOTH)
    application.withdraw(by=by_saksbehandler(), at=at())

    correct(application, ContentPart.HOUSEHOLD, RightContent(household=Household(adults=2)))

    assert application.corrected_since() == (ContentPart.HOUSEHOLD,)


def test_LA5_who_relied_on_what_was_wrong_can_see_it() -> None:
    application = received(*BOTH)

    correct(application, ContentPart.HOUSEHOLD, RightContent(household=Household(adults=2)))

    assert application.corrected_since(at(hour=8)) == (ContentPart.HOUSEHOLD,)
    assert application.corrected_since(at(hour=10)) == ()


def correct_date(application: Application, to: date, *, joined: date | None = None) -> None:
    application.correct_received_date(
        received_on=to, today=TODAY, duplicates_from=joined, because=sealed("note.corrected_because"),
        by=by_saksbehandler(), at=at(),
    )  # fmt: skip


def test_LA5_the_day_it_came_in_is_corrected_beside_what_was_registered() -> None:
    application = received(*BOTH)
    was, right = application.received_on, application.received_on - timedelta(days=4)

    correct_date(application, right)

    event = events_of(application)[-1]
    assert isinstance(event, Application.ReceivedDateCorrected)
    assert (event.was, application.received_on, application.counts_from) == (was, right, right)


def test_LA5_an_earlier_duplicate_still_counts_when_the_day_is_corrected() -> None:
    application = received(*BOTH)
    earliest = application.received_on - timedelta(days=9)

    correct_date(application, application.received_on - timedelta(days=4), joined=earliest)

    assert application.counts_from == earliest


def test_LH1_the_right_day_is_not_to_come_and_not_the_same() -> None:
    application = received(*BOTH)

    with pytest.raises(ReceivedInFutureError):
        correct_date(application, TODAY + timedelta(days=1))
    with pytest.raises(DateNotWrongError):
        correct_date(application, application.received_on)


def test_LA5_what_comes_later_is_added_while_a_part_is_answered() -> None:
    application = received(*BOTH)
    application.answer(kind=BOTH[0], vedtak=an_id("vedtak"), by=by_saksbehandler(), at=at())

    application.supplement(text=sealed("housing.supplement"), by=by_saksbehandler(), at=at())

    assert len(application.supplements) == 1


@pytest.mark.parametrize("relation", [r for r in SubmitterRelation if not r.speaks_for_applicant])
def test_LH7_anybody_may_ask_for_somebody_else(relation: SubmitterRelation) -> None:
    application = received(*BOTH)

    on_behalf(application, relation)

    assert application.submitter is not None
    assert application.submitter.relation is relation


@pytest.mark.parametrize("relation", [SubmitterRelation.FULLMAKT, SubmitterRelation.GUARDIAN])
def test_LH7_who_speaks_for_the_applicant_has_an_authority_on_record(relation: SubmitterRelation) -> None:
    application = received(*BOTH)

    with pytest.raises(FullmaktMissingError):
        on_behalf(application, relation)
    on_behalf(application, relation, "fullmakt")

    assert len(events_of(application)) == 2


def test_D2_a_corrected_application_comes_back_from_its_events() -> None:
    application = received(*BOTH)
    on_behalf(application, SubmitterRelation.RELATIVE)
    for part, right in RIGHT.items():
        correct(application, part, RightContent(**{part.value: right}))  # type: ignore[arg-type]  # by its name

    assert state_of(stored_and_replayed(application)) == state_of(application)
