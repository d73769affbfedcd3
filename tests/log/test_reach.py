"""The reach of a list never hides what a reader may see, and never shows what she may not (D17, R08)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.access.decision import Action, decide
from domain.access.facts import EMPLOYEES, NOBODY, ConsentScope, FactChange, FactKey, FactName, FactSweep, FactValue
from domain.access.kinds import InformationKind
from domain.actors import Actor, Role
from services.context import Context
from services.installation import Installation
from tests.domain.access.situations import ACTOR, ACTORS, MEMBER, TODAY
from tests.domain.support import NAV, PERSON, an_id
from tests.stage import Stage

CASES = [an_id(f"case {n}") for n in range(4)]
MEETINGS = [an_id(f"meeting {n}") for n in range(2)]
ITEMS = [an_id(f"item {n}") for n in range(3)]
VACANCIES = [an_id(f"vacancy item {n}") for n in range(2)]
ALLOCATIONS = [an_id(f"allocation {n}") for n in range(2)]
PEOPLE = [ACTOR, an_id("somebody else")]
NO_KINDS, SOME_KINDS, ALL_KINDS = (), (InformationKind.HEALTH, InformationKind.IDENTITY), tuple(InformationKind)


def keys(name: FactName, scopes: list[UUID], subjects: list[UUID], abouts: list[UUID]) -> st.SearchStrategy[FactKey]:
    return st.builds(
        FactKey, st.just(name), st.sampled_from(scopes), st.sampled_from(subjects), st.sampled_from(abouts)
    )


NONE = [NOBODY]
AT_ITEMS = [*CASES, *VACANCIES]
FACTS = st.one_of(
    keys(FactName.RESPONSIBLE, CASES, PEOPLE, NONE),
    keys(FactName.SUBMITTED, CASES, PEOPLE, NONE),
    keys(FactName.TASK, CASES, PEOPLE, [an_id("task")]),
    keys(FactName.REVIEW, CASES, PEOPLE, [an_id("review")]),
    keys(FactName.CARE_HOUSING, CASES, NONE, NONE),
    keys(FactName.CALLED, MEETINGS, PEOPLE, NONE),
    keys(FactName.AGENDA, CASES, MEETINGS, ITEMS),
    *(keys(FactName.AGENDA, [item], MEETINGS, [item]) for item in VACANCIES),
    keys(FactName.GUEST, AT_ITEMS, PEOPLE, [*ITEMS, *VACANCIES]),
    keys(FactName.SUBSTITUTE, AT_ITEMS, PEOPLE, [*ITEMS, *VACANCIES]),
    keys(FactName.INHABIL, AT_ITEMS, PEOPLE, NONE),
    keys(FactName.RESTRICTED, CASES, NONE, ITEMS),
    keys(FactName.MINUTES_APPROVED, CASES, NONE, ITEMS),
    *(keys(FactName.MINUTES_APPROVED, [item], NONE, [item]) for item in VACANCIES),
    *(keys(FactName.SETTLED, [item], NONE, [item]) for item in VACANCIES),
    keys(FactName.VACANCY_ITEM, ALLOCATIONS, NONE, VACANCIES),
    keys(FactName.COMPARED, CASES, NONE, ALLOCATIONS),
    keys(FactName.GONE, [EMPLOYEES], PEOPLE, NONE),
    keys(FactName.CLOSED, CASES, NONE, NONE),
)
ENDS = st.sampled_from([None, TODAY - timedelta(days=1), TODAY])
DATED = st.builds(
    lambda key, last_day: FactChange.opened(key, FactValue(valid_to=last_day)),
    st.one_of(
        keys(FactName.RESPONSIBLE, CASES, PEOPLE, NONE),
        *(
            keys(name, CASES, NONE, [an_id("what runs")])
            for name in (FactName.APPEALABLE, FactName.APPEAL, FactName.LEASE)
        ),
    ),
    ENDS,
)
COVERS = st.builds(
    lambda last_day, who: FactChange.opened(
        FactKey(FactName.STAND_IN, EMPLOYEES, who, an_id("absence")), FactValue(valid_to=last_day, person=PEOPLE[1])
    ),
    ENDS,
    st.sampled_from(PEOPLE),
)
CONSENTS = st.builds(
    lambda case, kinds, ended: FactChange.opened(
        FactKey(FactName.CONSENT, case),
        FactValue(
            valid_from=date(2026, 1, 1), valid_to=TODAY - timedelta(days=1) if ended else None,
            scopes=(ConsentScope(NAV, kinds),),
        ),
    ),
    st.sampled_from(CASES), st.sampled_from([NO_KINDS, SOME_KINDS, ALL_KINDS]), st.booleans(),
)  # fmt: skip
MEMBERSHIPS = st.builds(
    lambda who, ended: FactChange.opened(
        FactKey(FactName.MEMBER, EMPLOYEES, who, an_id("appointment")),
        FactValue(valid_from=date(2026, 1, 1), valid_to=TODAY - timedelta(days=1) if ended else None),
    ),
    st.sampled_from(PEOPLE), st.booleans(),
)  # fmt: skip
SWEEPS = st.builds(FactSweep, st.just(FactName.COMPARED), about=st.sampled_from(ALLOCATIONS))
CHANGES = st.one_of(
    st.builds(FactChange.opened, FACTS), st.builds(FactChange.opened, FACTS), st.builds(FactChange.closed, FACTS),
    CONSENTS, MEMBERSHIPS, SWEEPS, DATED, COVERS,
)  # fmt: skip
GROUNDS = [
    FactChange.opened(FactKey(name, scope, subject, about))
    for name, scope, subject, about in (
        (FactName.RESPONSIBLE, CASES[0], ACTOR, NOBODY),
        (FactName.CLOSED, CASES[0], NOBODY, NOBODY),
        (FactName.RESPONSIBLE, CASES[3], PEOPLE[1], NOBODY),
        (FactName.SUBMITTED, CASES[0], ACTOR, NOBODY),
        (FactName.TASK, CASES[1], ACTOR, an_id("task")),
        (FactName.REVIEW, CASES[1], ACTOR, an_id("review")),
        (FactName.CALLED, MEETINGS[0], ACTOR, NOBODY),
        (FactName.CALLED, MEETINGS[1], ACTOR, NOBODY),
        (FactName.AGENDA, CASES[1], MEETINGS[0], ITEMS[0]),
        (FactName.AGENDA, CASES[2], MEETINGS[1], ITEMS[1]),
        (FactName.GUEST, CASES[2], ACTOR, ITEMS[1]),
        (FactName.SUBSTITUTE, CASES[1], ACTOR, ITEMS[0]),
        (FactName.AGENDA, VACANCIES[0], MEETINGS[1], VACANCIES[0]),
        (FactName.GUEST, VACANCIES[0], ACTOR, VACANCIES[0]),
        (FactName.VACANCY_ITEM, ALLOCATIONS[0], NOBODY, VACANCIES[0]),
        (FactName.COMPARED, CASES[2], NOBODY, ALLOCATIONS[0]),
        (FactName.COMPARED, CASES[3], NOBODY, ALLOCATIONS[0]),
    )
] + [
    FactChange.opened(
        FactKey(FactName.STAND_IN, EMPLOYEES, ACTOR, an_id("absence")), FactValue(valid_to=TODAY, person=PEOPLE[1])
    )
]
"""Facts that let the actor in somewhere: most histories begin with some of them."""
HISTORIES = st.builds(
    lambda likely, then: [*likely, *then],
    st.lists(st.sampled_from(GROUNDS), unique_by=lambda change: change.key, max_size=len(GROUNDS)),
    st.lists(CHANGES, max_size=8),
)
A_CASE_EACH = [
    *(FactChange.opened(FactKey(FactName.CASE, case), FactValue(person=PERSON)) for case in CASES),
    *(FactChange.opened(FactKey(FactName.CONSENT, case), FactValue(scopes=(ConsentScope(NAV, ALL_KINDS),))) for case in CASES[1:]),
    FactChange.opened(FactKey(FactName.MEMBER, EMPLOYEES, ACTOR, an_id("appointment"))),
    FactChange.opened(FactKey(FactName.ABSENT, EMPLOYEES, PEOPLE[1], an_id("absence"))),
]  # fmt: skip
ANYBODY = st.sampled_from([*ACTORS, MEMBER, MEMBER, MEMBER])


def remember(office: Installation, history: list[FactChange | FactSweep]) -> None:
    """Put these facts in place of all others, each change at its position."""
    changes = [(position, [change]) for position, change in enumerate([*A_CASE_EACH, *history], start=1)]
    office.case_log.case_recorder.rewrite_facts(changes, rules="of this test")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORIES, actor=ANYBODY)
def test_D17_the_reach_of_a_list_holds_exactly_the_cases_that_open_when_asked_for_by_name(
    stage: Stage, history: list[FactChange | FactSweep], actor: Actor
) -> None:
    remember(stage.office, history)
    context = stage.context(actor)

    one_by_one = {case: stage.office.gate.permits(context, [case])[case] for case in CASES}
    reach = stage.office.gate.reach(context)

    assert {case: permit.decision for case, permit in reach.items()} == {
        case: permit.decision for case, permit in one_by_one.items() if permit.decision.allowed
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORIES, actor=ANYBODY)
def test_D17_facts_that_are_read_together_say_the_same_as_facts_of_one_case_at_a_time(
    stage: Stage, history: list[FactChange | FactSweep], actor: Actor
) -> None:
    remember(stage.office, history)
    reader, day = stage.office.case_log.facts, TODAY

    together = reader.of(CASES, actor.id).facts
    for case in CASES:
        alone = reader.of([case], actor.id).facts[case]
        assert decide(actor, Action.READ, together[case], day) == decide(actor, Action.READ, alone, day)


RUNS = [
    [FactChange.opened(FactKey(FactName.RESPONSIBLE, CASES[0], ACTOR), FactValue(valid_to=TODAY))],
    *(
        [FactChange.opened(FactKey(name, CASES[0], about=an_id("what runs")), FactValue(valid_to=TODAY))]
        for name in (FactName.APPEALABLE, FactName.APPEAL, FactName.LEASE)
    ),
]


@pytest.mark.parametrize("runs", [[], *RUNS])
def test_D17_the_reach_of_a_saksbehandler_lets_go_of_a_case_when_it_is_over(
    stage: Stage, runs: list[FactChange | FactSweep]
) -> None:
    mine = FactChange.opened(FactKey(FactName.RESPONSIBLE, CASES[0], ACTOR))
    closed = FactChange.opened(FactKey(FactName.CLOSED, CASES[0]))
    remember(stage.office, [mine, closed, *runs])
    reader = stage.office.case_log.facts

    assert set(reader.reach(ACTOR, TODAY).facts) == (set(CASES[:1]) if runs else set())
    assert set(reader.reach(ACTOR, TODAY + timedelta(days=1)).facts) == set()


def test_D17_the_reach_of_a_member_lets_go_of_what_has_approved_minutes(stage: Stage) -> None:
    keys = (
        FactKey(FactName.CALLED, MEETINGS[0], ACTOR),
        FactKey(FactName.AGENDA, CASES[1], MEETINGS[0], ITEMS[0]),
        FactKey(FactName.AGENDA, CASES[2], MEETINGS[0], ITEMS[1]),
        FactKey(FactName.GUEST, CASES[1], ACTOR, ITEMS[0]),
        FactKey(FactName.MINUTES_APPROVED, CASES[1], about=ITEMS[0]),
    )
    remember(stage.office, [FactChange.opened(key) for key in keys])

    assert set(stage.office.case_log.facts.reach(ACTOR, TODAY).facts) == {CASES[2]}


def test_D17_a_stated_reason_gives_no_case_to_a_list(stage: Stage) -> None:
    stage.open_case()
    colleague = stage.context(stage.colleague)

    assert stage.office.gate.reach(Context(**{**vars(colleague), "reason": "guidance"})) == {}


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.MACHINE, Role.LEADER])
def test_D17_who_has_no_part_in_any_case_reaches_none(stage: Stage, role: Role) -> None:
    stage.open_case()

    assert stage.office.gate.reach(stage.context(Actor(an_id("nobody"), NAV, role))) == {}
