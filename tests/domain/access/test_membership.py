"""Who is a member by the access facts is who is a member by the group itself, on every day (M02)."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.access.access_facts import AccessFacts
from domain.access.changes import fact_changes
from domain.access.facts import Fact, FactChange, FactKey, FactValue
from domain.actors import SERVICE_OG_TILDELING
from domain.group.working_group import WorkingGroup
from domain.refusals import Refusal
from tests.domain.support import CASE, NAV, an_id, at, by_saksbehandler, events_of

PEOPLE = [an_id(name) for name in ("anne", "kari", "ola")]
FIRST = date(2027, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(8)]

people, days = st.sampled_from(PEOPLE), st.sampled_from(DAYS)
ends = st.one_of(st.none(), days)
steps = st.one_of(
    st.tuples(st.just("appoint"), people, days, ends),
    st.tuples(st.just("release"), people, days),
    st.tuples(st.just("substitute"), people, people, days, ends),
)


def take(group: WorkingGroup, step: tuple[Any, ...]) -> None:
    """Carry out one step, unless a rule refuses it."""
    how: dict[str, Any] = {"by": by_saksbehandler(), "at": at()}
    with suppress(Refusal):
        match step:
            case ("appoint", member, start, end):
                group.appoint_member(member=member, unit=NAV, valid_from=start, valid_to=end, **how)
            case ("release", member, on):
                group.release_member(member=member, on=on, **how)
            case ("substitute", substitute, member, start, end):
                group.name_substitute(
                    substitute=substitute, for_member=member, unit=NAV, valid_from=start, valid_to=end, **how
                )


def facts_of(group: WorkingGroup) -> AccessFacts:
    """The rows that are open after everything that happened to the group."""
    rows: dict[FactKey, FactValue] = {}
    for event in events_of(group):
        for change in fact_changes(event):
            assert isinstance(change, FactChange)
            rows.pop(change.key, None)
            if change.value is not None:
                rows[change.key] = change.value
    return AccessFacts.of(CASE, [Fact(key, value) for key, value in rows.items()])


@given(st.lists(steps, max_size=8))
def test_M02_the_access_facts_and_the_group_agree_on_who_is_a_member_when(taken: list[tuple[Any, ...]]) -> None:
    group = WorkingGroup.establish(
        permanent_units=(SERVICE_OG_TILDELING, NAV), on_demand_units=(), by=by_saksbehandler(), at=at()
    )
    for step in taken:
        take(group, step)
    facts = facts_of(group)

    for day in DAYS:
        members = {member.id for member in group.members_on(day)}
        assert {person for person in PEOPLE if facts.member(person, day)} == members, day
