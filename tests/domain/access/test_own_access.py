"""Nobody gives herself access: every event that opens something for its own sender needs a ground (D4)."""

from collections.abc import Iterator
from dataclasses import fields
from uuid import UUID

import pytest

from domain.access.access_facts import AccessFacts
from domain.access.changes import fact_changes
from domain.access.decision import Rule
from domain.access.facts import EMPLOYEES, Fact, FactChange, FactKey, FactName, FactValue
from domain.access.own_access import GROUNDS, OwnGround, OwnRule, ground_for, ground_in_new_case, opened_cases, takings
from domain.access.review import Review
from domain.actors import SERVICE_OG_TILDELING, Actor, Role, Unit
from domain.base import Event
from domain.cases.case import Case
from domain.decisions.follow_up import FollowUp
from domain.group.agenda_item.events import GuestInvited, InhabilDeclared
from domain.group.meeting import CalledMember, Meeting
from domain.group.working_group import WorkingGroup
from tests.domain.access.situations import ACTOR, REVIEWER, SAKSBEHANDLER, TODAY
from tests.domain.support import CASE, NAV, PERSON, an_id
from tests.examples import event_classes, example

OTHER = an_id("other")
LEADER = Actor(ACTOR, NAV, Role.LEADER)
SUBJECT_IS_NO_EMPLOYEE = {
    FactName.CASE, FactName.CARE_HOUSING, FactName.CONSENT, FactName.AGENDA, FactName.MEETING_ITEM,
    FactName.RESTRICTED, FactName.MINUTES_APPROVED, FactName.VACANCY_ITEM, FactName.SETTLED, FactName.COMPARED,
    FactName.OPEN_CASE, FactName.APPLICATION, FactName.SAME_PERSON, FactName.CLOSED, FactName.APPEALABLE,
    FactName.APPEAL, FactName.LEASE, FactName.CASE_OF, FactName.MEETING_DAY, FactName.WAITING,
}  # fmt: skip
CLOSES = {FactName.INHABIL, FactName.GONE, FactName.ABSENT}
NEEDS_NO_OTHER_GROUND = {(Case.SubmittedToGroup, FactName.SUBMITTED), *(
    (shared_out, FactName.TASK) for shared_out in (FollowUp.Assigned, FollowUp.TookEffect)
)}  # fmt: skip
"""What the event itself is ground enough for: own words (M04), and a task that the group shared out (M15)."""


def opening_events() -> Iterator[tuple[Event, FactName, UUID]]:
    """Every event that opens something for an employee, with what, and for whom."""
    for kind in event_classes():
        in_force = {field.name: None for field in fields(kind) if field.name == "vedtak_track"}
        event = example(kind, **in_force)
        for change in fact_changes(event):
            if isinstance(change, FactChange) and change.value is not None and change.key.name in GROUNDS:
                yield event, change.key.name, change.key.subject


OPENING = {(type(event), name): (event, subject) for event, name, subject in opening_events()}


def facts(*rows: Fact) -> AccessFacts:
    """Of a case that is there."""
    return AccessFacts.of(CASE, (Fact(FactKey(FactName.CASE, CASE), FactValue(person=PERSON)), *rows))


def of(name: FactName, subject: UUID) -> Fact:
    return Fact(FactKey(name, CASE, subject))


def ground(event: Event, sender: Actor, *rows: Fact) -> OwnRule | None:
    """Why the sender may have what the event opens for her, in a case where those facts hold."""
    (taking,) = takings([event], sender)
    return ground_for(taking, facts(*rows), TODAY)


def test_D4_of_every_fact_it_is_said_whether_it_opens_something_for_its_subject() -> None:
    assert set(FactName) == SUBJECT_IS_NO_EMPLOYEE | CLOSES | set(GROUNDS)
    assert not (SUBJECT_IS_NO_EMPLOYEE | CLOSES) & set(GROUNDS)


def test_D4_every_fact_that_opens_something_is_opened_by_an_event_that_is_tried_here() -> None:
    assert {name for _, name in OPENING} == set(GROUNDS)


@pytest.mark.parametrize(
    "kind",
    [kind for kind in OPENING if kind not in NEEDS_NO_OTHER_GROUND],
    ids=lambda kind: f"{kind[0].TOPIC} {kind[1]}",
)
@pytest.mark.parametrize("role", [Role.LEADER, Role.EMPLOYEE, Role.MACHINE])
def test_D4_no_event_opens_anything_for_a_sender_without_a_ground(
    kind: tuple[type[Event], FactName], role: Role
) -> None:
    event, subject = OPENING[kind]
    found = takings([event], Actor(subject, Unit("nav"), role))
    taking = next(each for each in found if each.fact.key.name is kind[1])
    assert ground_for(taking, facts(), TODAY) is None


def test_D4_what_an_event_opens_for_somebody_else_is_not_asked_about() -> None:
    assert takings([example(Case.ResponsibilityAssigned, responsible=OTHER)], SAKSBEHANDLER) == ()


def test_D4_a_case_without_saksbehandler_may_be_taken() -> None:
    taken = example(Case.ResponsibilityAssigned, responsible=ACTOR, replaces=None, reason=None)
    assert ground(taken, SAKSBEHANDLER) is OwnGround.NOBODY_RESPONSIBLE
    assert ground(taken, LEADER) is None


def test_D4_a_colleagues_case_is_taken_over_for_a_coded_reason_only() -> None:
    hers = of(FactName.RESPONSIBLE, OTHER)
    without, with_one = (example(Case.ResponsibilityAssigned, responsible=ACTOR, reason=r) for r in (None, "urgent"))
    assert ground(without, SAKSBEHANDLER, hers) is None
    assert ground(with_one, SAKSBEHANDLER, hers) is OwnGround.TAKEN_OVER


def test_LI1_nobody_inhabil_takes_the_case() -> None:
    taken = example(Case.ResponsibilityAssigned, responsible=ACTOR, replaces=None, reason="urgent")
    assert ground(taken, SAKSBEHANDLER, of(FactName.INHABIL, ACTOR)) is None


def test_D4_a_saksbehandler_has_the_case_that_she_opens() -> None:
    events = [example(Case.Opened), example(Case.ResponsibilityAssigned, responsible=ACTOR)]
    (taking,) = takings(events, SAKSBEHANDLER)
    assert taking.fact.key.scope in opened_cases(events)
    assert ground_in_new_case(taking) is OwnGround.OPENED_CASE


def test_M15_nobody_hands_a_task_to_herself() -> None:
    handed_on = example(FollowUp.Reassigned, assignee=ACTOR, in_force=True)
    assert ground(handed_on, LEADER) is None
    assert ground(handed_on, SAKSBEHANDLER, of(FactName.RESPONSIBLE, ACTOR)) is None


def test_M15_a_task_that_the_group_shared_out_may_be_the_saksbehandlers_own() -> None:
    shared_out = example(FollowUp.Assigned, assignee=ACTOR, vedtak_track=None)
    assert ground(shared_out, SAKSBEHANDLER) is OwnGround.SHARED_OUT


def test_M15_who_handles_the_case_may_have_a_task_under_its_vedtak() -> None:
    under_vedtak = example(FollowUp.AssignedByVedtak, assignee=ACTOR)
    assert ground(under_vedtak, SAKSBEHANDLER, of(FactName.RESPONSIBLE, ACTOR)) is Rule.RESPONSIBLE
    assert ground(under_vedtak, SAKSBEHANDLER, of(FactName.RESPONSIBLE, OTHER)) is None


@pytest.mark.parametrize("event", [
    example(GuestInvited, guest=ACTOR), example(InhabilDeclared, person=OTHER, substitute=ACTOR),
])  # fmt: skip
def test_M03_LI3_only_who_handles_the_case_may_ask_herself_to_its_item(event: Event) -> None:
    assert ground(event, SAKSBEHANDLER, of(FactName.RESPONSIBLE, ACTOR)) is Rule.RESPONSIBLE
    assert ground(event, SAKSBEHANDLER, of(FactName.RESPONSIBLE, OTHER)) is None


def test_M02_who_calls_in_is_called_herself_only_as_a_member() -> None:
    called = example(Meeting.Called, called=(CalledMember(ACTOR, SERVICE_OG_TILDELING),))
    appointment = Fact(FactKey(FactName.MEMBER, EMPLOYEES, ACTOR, an_id("appointment")))
    assert ground(called, SAKSBEHANDLER, appointment) is OwnGround.APPOINTED
    assert ground(called, SAKSBEHANDLER) is None


def test_M06_who_keeps_the_group_sits_in_it_for_service_og_tildeling_only() -> None:
    own, other = (example(WorkingGroup.MemberAppointed, member=ACTOR, unit=u) for u in (SERVICE_OG_TILDELING, NAV))
    assert ground(own, SAKSBEHANDLER) is OwnGround.KEEPS_GROUP
    assert ground(other, SAKSBEHANDLER) is None


def test_C05_a_review_is_opened_by_a_reviewer_only() -> None:
    opened = example(Review.Opened, reviewer=ACTOR, needs_second_person=False)
    assert ground(opened, REVIEWER) is Rule.REVIEWER
    assert ground(opened, SAKSBEHANDLER) is None
