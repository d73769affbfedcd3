"""A case: what opens it, who owns it, who submits it, how it ends (M01, M04, M13, M20)."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.actors import SERVICE_OG_TILDELING, By, Role
from domain.cases.application import ApplicationKind
from domain.cases.case import (
    AlreadySubmittedError,
    CareHousingNotForGroupError,
    Case,
    CaseClosedError,
    OpenedBy,
    TakeoverReasonMissingError,
    UnansweredApplicationError,
    WithoutGroupGround,
    lease_case_id,
)
from domain.law.responsible_municipality import HERE, Municipality, Stay
from domain.refusals import SaksbehandlerOnlyError
from tests.domain.support import (
    CASE,
    NAV,
    PERSON,
    an_id,
    at,
    by,
    by_member,
    by_saksbehandler,
    by_system,
    events_of,
    last_event,
    sealed,
    state_of,
    stored_and_replayed,
)

WHY = sealed("note.submission")
REASONS = sealed("assessment.responsible_municipality")
ANNE = an_id("anne")


def a_case(*, care_housing: bool = False, opened_by: OpenedBy = OpenedBy.APPLICATION) -> Case:
    return Case.open(
        id=CASE, person=PERSON, opened_by=opened_by, care_housing=care_housing, by=by_saksbehandler(), at=at()
    )


def a_closed_case() -> Case:
    case = a_case()
    case.close(reason="help_completed", by=by_saksbehandler(), at=at())
    return case


@pytest.mark.parametrize("opened_by", list(OpenedBy))
def test_M01_any_request_and_any_tenancy_opens_a_case(opened_by: OpenedBy) -> None:
    case = a_case(opened_by=opened_by)

    assert (case.id, case.person, case.opened_by, case.closed) == (CASE, PERSON, opened_by, False)


def test_B09_everything_about_the_end_of_one_lease_on_one_day_meets_in_one_case() -> None:
    tenancy, ends_on = an_id("tenancy"), date(2030, 1, 31)

    assert lease_case_id(tenancy, ends_on) == lease_case_id(tenancy, ends_on)
    others = {lease_case_id(tenancy, date(2030, 2, 1)), lease_case_id(an_id("another"), ends_on)}
    assert lease_case_id(tenancy, ends_on) not in others


@pytest.mark.parametrize("who", [by_saksbehandler(), by_system()])
def test_D4_a_saksbehandler_takes_a_case_over_and_the_system_hands_out_one_it_opened(who: By) -> None:
    case = a_case()

    case.assign_responsibility(to=ANNE, by=who, at=at())
    case.assign_responsibility(to=an_id("kari"), reason="substituting", by=who, at=at())

    event = last_event(case)
    assert isinstance(event, Case.ResponsibilityAssigned)
    assert (event.responsible, event.replaces, case.responsible) == (an_id("kari"), ANNE, an_id("kari"))


def test_D4_whoever_is_responsible_already_stays_so_without_a_second_event() -> None:
    case = a_case()
    case.assign_responsibility(to=ANNE, by=by_saksbehandler(), at=at())

    case.assign_responsibility(to=ANNE, by=by_saksbehandler(), at=at())

    assert len(events_of(case)) == 2


def test_M04_any_participant_submits_a_case() -> None:
    case = a_case()

    case.submit_to_group(why=WHY, by=by_member("nav"), at=at())
    case.submit_to_group(why=WHY, by=by_member("psykisk_helse"), at=at())
    case.submit_to_group(why=WHY, by=by_saksbehandler(), at=at())

    assert case.submitted_by == (an_id("nav"), an_id("psykisk_helse"), an_id("saksbehandler"))


def test_M04_the_same_person_submits_a_case_once() -> None:
    case = a_case()
    case.submit_to_group(why=WHY, by=by_member("nav"), at=at())

    with pytest.raises(AlreadySubmittedError):
        case.submit_to_group(why=WHY, by=by_member("nav"), at=at())


@pytest.mark.parametrize("who", [by_member("nav"), by_saksbehandler(), by_system()])
def test_M20_care_housing_is_never_submitted_whoever_asks(who: By) -> None:
    case = a_case(care_housing=True)

    with pytest.raises(CareHousingNotForGroupError):
        case.submit_to_group(why=WHY, by=who, at=at())

    assert len(events_of(case)) == 1


@pytest.mark.parametrize("ground", list(WithoutGroupGround))
def test_M13_the_saksbehandler_records_why_a_case_is_decided_without_the_group(ground: WithoutGroupGround) -> None:
    case = a_case()

    case.decide_without_group(ground=ground, by=by_saksbehandler(), at=at())

    assert case.without_group is ground


NOT_A_SAKSBEHANDLER = [
    by_member("nav"),
    by("leader", SERVICE_OG_TILDELING, Role.LEADER),
    by("employee", SERVICE_OG_TILDELING, Role.EMPLOYEE),
    by("saksbehandler elsewhere", NAV, Role.SAKSBEHANDLER),
    by("reviewer", SERVICE_OG_TILDELING, Role.REVIEWER),
]

Step = Callable[[Case, By], None]

FOR_THE_SAKSBEHANDLER: dict[str, Step] = {
    "assign": lambda case, who: case.assign_responsibility(to=ANNE, by=who, at=at()),
    "decide without group": lambda case, who: case.decide_without_group(
        ground=WithoutGroupGround.URGENT, by=who, at=at()
    ),
    "assess the municipality": lambda case, who: case.assess_responsible_municipality(
        stay=Stay(HERE), reasons=REASONS, by=who, at=at()
    ),
    "close": lambda case, who: case.close(reason="help_completed", by=who, at=at()),
}


@pytest.mark.parametrize("who", NOT_A_SAKSBEHANDLER, ids=lambda who: f"{who.role}@{who.unit}")
@pytest.mark.parametrize("step", FOR_THE_SAKSBEHANDLER.values(), ids=FOR_THE_SAKSBEHANDLER.keys())
def test_M13_only_a_saksbehandler_at_service_og_tildeling_handles_a_case(step: Step, who: By) -> None:
    case = a_case()

    with pytest.raises(SaksbehandlerOnlyError):
        step(case, who)

    assert len(events_of(case)) == 1


def submit(case: Case, who: By) -> None:
    case.submit_to_group(why=WHY, by=who, at=at())


@pytest.mark.parametrize("step", [*FOR_THE_SAKSBEHANDLER.values(), submit], ids=[*FOR_THE_SAKSBEHANDLER, "submit"])
def test_C01_nothing_happens_in_a_closed_case(step: Step) -> None:
    case = a_closed_case()

    with pytest.raises(CaseClosedError):
        step(case, by_saksbehandler())

    assert len(events_of(case)) == 2


def test_D2_a_case_comes_back_from_its_events_as_it_was() -> None:
    case = a_case()
    case.assign_responsibility(to=ANNE, by=by_saksbehandler(), at=at())
    case.submit_to_group(why=WHY, by=by_member("nav"), at=at())
    case.decide_without_group(ground=WithoutGroupGround.CONSENT_MISSING, by=by_saksbehandler(), at=at())
    case.close(reason="help_completed", by=by_saksbehandler(), at=at())

    assert state_of(stored_and_replayed(case)) == state_of(case)


@pytest.mark.parametrize(("settled_in", "another"), [(None, False), (Municipality("1103"), True)])
def test_LR3_the_case_says_which_municipality_has_to_help(settled_in: Municipality | None, another: bool) -> None:
    case = a_case()

    case.assess_responsible_municipality(
        stay=Stay(HERE, settled_in=settled_in), reasons=REASONS, by=by_saksbehandler(), at=at()
    )

    assert (case.responsible_municipality, case.another_is_responsible) == (settled_in or HERE, another)


def test_LH4_a_case_does_not_end_while_an_application_waits_for_an_answer() -> None:
    case = a_case()

    with pytest.raises(UnansweredApplicationError, match="assistance"):
        case.close(reason="refused", unanswered=(ApplicationKind.ASSISTANCE,), by=by_saksbehandler(), at=at())

    assert not case.closed


def test_D4_a_colleagues_case_is_taken_over_on_a_stated_reason_only() -> None:
    case = a_case()
    case.assign_responsibility(to=ANNE, by=by_saksbehandler(), at=at())

    with pytest.raises(TakeoverReasonMissingError):
        case.assign_responsibility(to=an_id("berit"), by=by_saksbehandler(), at=at())


def test_D4_the_reason_for_taking_a_case_over_stands_in_the_log() -> None:
    case = a_case()
    case.assign_responsibility(to=ANNE, by=by_saksbehandler(), at=at())

    case.assign_responsibility(to=an_id("berit"), reason="substituting", by=by_saksbehandler(), at=at())

    recorded = last_event(case)
    assert isinstance(recorded, Case.ResponsibilityAssigned)
    assert (recorded.responsible, recorded.replaces, recorded.reason) == (an_id("berit"), ANNE, "substituting")


def test_D4_who_owns_a_case_hands_it_on_without_more_ado() -> None:
    case = a_case()
    case.assign_responsibility(to=ANNE, by=by_saksbehandler(), at=at())

    case.assign_responsibility(to=an_id("berit"), by=by_saksbehandler("anne"), at=at())

    assert case.responsible == an_id("berit")
