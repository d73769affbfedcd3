"""An application: what was asked for, when, and that each thing gets its own answer (M01, M13, M19, M20, LH1, LH2)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import get_args, get_type_hints
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.application import (
    Application,
    ApplicationAnsweredError,
    ApplicationContent,
    ApplicationKind,
    CareHousingApartError,
    ExtensionNeedsTenancyError,
    Household,
    NotAppliedForError,
    NothingAppliedForError,
    PresentHousing,
    ReceivedInFutureError,
    WayIn,
)
from tests.domain.support import (
    CASE,
    PERSON,
    an_id,
    at,
    by_saksbehandler,
    events_of,
    sealed,
    state_of,
    stored_and_replayed,
)

BOTH = (ApplicationKind.DWELLING, ApplicationKind.ASSISTANCE)
TODAY = date(2027, 1, 12)
CONTENT = ApplicationContent(
    household=Household(adults=1, children=2), present_housing=PresentHousing.NONE, reason=sealed("housing.reason"),
    health=sealed("health.situation"), follow_up_need=sealed("follow_up.need"),
)  # fmt: skip


def received(
    *kinds: ApplicationKind, received_on: date = TODAY, tenancy: UUID | None = None, way_in: WayIn = WayIn.FORM
) -> Application:
    return Application.receive(
        id=an_id("application"), case=CASE, person=PERSON, kinds=kinds, way_in=way_in, received_on=received_on,
        today=TODAY, content=CONTENT, tenancy=tenancy, by=by_saksbehandler(), at=at(),
    )  # fmt: skip


@pytest.mark.parametrize("way_in", list(WayIn))
def test_LR1_any_way_in_counts(way_in: WayIn) -> None:
    assert received(*BOTH, way_in=way_in).unanswered == BOTH


def test_M01_an_application_says_what_it_is_for() -> None:
    with pytest.raises(NothingAppliedForError):
        received()


def test_M20_care_housing_stands_alone() -> None:
    assert received(ApplicationKind.CARE_HOUSING).kinds == (ApplicationKind.CARE_HOUSING,)
    with pytest.raises(CareHousingApartError):
        received(ApplicationKind.CARE_HOUSING, ApplicationKind.DWELLING)


def test_M19_an_extension_names_its_tenancy() -> None:
    with pytest.raises(ExtensionNeedsTenancyError):
        received(ApplicationKind.EXTENSION)
    assert received(ApplicationKind.EXTENSION, tenancy=an_id("tenancy")).tenancy == an_id("tenancy")


def test_LH1_an_application_is_not_received_in_the_future() -> None:
    assert received(*BOTH, received_on=TODAY - timedelta(days=90)).received_on == TODAY - timedelta(days=90)
    with pytest.raises(ReceivedInFutureError):
        received(*BOTH, received_on=TODAY + timedelta(days=1))


@given(st.lists(st.sampled_from(BOTH), min_size=1, max_size=6))
def test_M13_each_thing_applied_for_counts_once_in_a_fixed_order(kinds: list[ApplicationKind]) -> None:
    assert received(*kinds).kinds == tuple(kind for kind in ApplicationKind if kind in kinds)


def test_M13_each_thing_applied_for_gets_its_own_answer() -> None:
    application = received(*BOTH)

    application.answer(kind=ApplicationKind.ASSISTANCE, vedtak=an_id("first"), by=by_saksbehandler(), at=at())

    assert (application.unanswered, application.closed) == ((ApplicationKind.DWELLING,), False)
    application.answer(kind=ApplicationKind.DWELLING, vedtak=an_id("second"), by=by_saksbehandler(), at=at())
    assert (application.unanswered, application.closed) == ((), True)


def test_M13_what_is_answered_is_not_answered_again() -> None:
    application = received(*BOTH)
    application.answer(kind=ApplicationKind.ASSISTANCE, vedtak=an_id("first"), by=by_saksbehandler(), at=at())

    with pytest.raises(ApplicationAnsweredError):
        application.answer(kind=ApplicationKind.ASSISTANCE, vedtak=an_id("second"), by=by_saksbehandler(), at=at())


def test_M13_what_was_never_applied_for_is_not_answered() -> None:
    with pytest.raises(NotAppliedForError):
        received(*BOTH).answer(kind=ApplicationKind.EXTENSION, vedtak=an_id("first"), by=by_saksbehandler(), at=at())


def test_M12_help_after_section_6_is_decided_without_having_been_applied_for() -> None:
    application = received(ApplicationKind.DWELLING)

    application.answer(kind=ApplicationKind.ASSISTANCE, vedtak=an_id("help"), by=by_saksbehandler(), at=at())

    assert application.unanswered == (ApplicationKind.DWELLING,)
    assert not application.closed


def test_LA5_what_comes_later_adds_and_changes_nothing() -> None:
    application = received(*BOTH)

    application.supplement(text=sealed("housing.supplement"), by=by_saksbehandler(), at=at())

    assert application.supplements == (sealed("housing.supplement"),)
    assert application.content == CONTENT


def test_LH2_an_interim_reply_says_when_to_expect_an_answer() -> None:
    application = received(*BOTH)

    application.send_interim_reply(
        reason="waiting_for_information", expected_on=date(2027, 3, 1), by=by_saksbehandler(), at=at()
    )

    assert application.answer_expected_on == date(2027, 3, 1)


def withdrawn() -> Application:
    application = received(*BOTH)
    application.withdraw(by=by_saksbehandler(), at=at())
    return application


def answered() -> Application:
    application = received(ApplicationKind.DWELLING)
    application.answer(kind=ApplicationKind.DWELLING, vedtak=an_id("vedtak"), by=by_saksbehandler(), at=at())
    return application


STEPS: dict[str, Callable[[Application], None]] = {
    "supplement": lambda it: it.supplement(text=sealed("housing.supplement"), by=by_saksbehandler(), at=at()),
    "interim reply": lambda it: it.send_interim_reply(
        reason="waiting", expected_on=TODAY, by=by_saksbehandler(), at=at()
    ),
    "withdraw": lambda it: it.withdraw(by=by_saksbehandler(), at=at()),
    "answer": lambda it: it.answer(
        kind=ApplicationKind.DWELLING, vedtak=an_id("vedtak"), by=by_saksbehandler(), at=at()
    ),
}


@pytest.mark.parametrize("application", [withdrawn, answered])
@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_C01_nothing_more_happens_to_an_application_that_is_over(
    application: Callable[[], Application], step: Callable[[Application], None]
) -> None:
    over = application()

    with pytest.raises(ApplicationAnsweredError):
        step(over)

    assert len(events_of(over)) == 2


def test_D3_no_part_of_an_application_takes_a_plain_text() -> None:
    kinds = get_type_hints(ApplicationContent).values()

    assert not [kind for kind in kinds if str in (kind, *get_args(kind))]


@pytest.mark.parametrize("application", [withdrawn, answered])
def test_D2_an_application_comes_back_from_its_events_as_it_was(application: Callable[[], Application]) -> None:
    before = application()

    assert state_of(stored_and_replayed(before)) == state_of(before)
