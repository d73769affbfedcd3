"""Who took part in a case, told by the log and not by anybody's word (LI4, LI2)."""

from typing import Any

import pytest

from domain.actors import SERVICE_OG_TILDELING, Actor, By, Role, Unit
from domain.base import Event
from domain.cases.application import Application
from domain.cases.case import Case
from domain.cases.pre_assessment import PreAssessment
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import Part, TookPart
from domain.decisions.follow_up import FollowUp
from domain.decisions.hearing import Hearing
from domain.decisions.took_part import took_part, with_subordinates
from domain.decisions.vedtak import Vedtak
from domain.group.agenda_item import AgendaItem, Presence
from domain.group.conclusion import Conclusion
from domain.housing.allocation import Allocation
from tests.domain.decision_support import NAV, SAKSBEHANDLER, SYSTEM, uid
from tests.examples import example

SOMEBODY, LEADER, BELOW, ELSEWHERE = uid(70), uid(71), uid(72), uid(73)
SEATED = (
    Actor(SOMEBODY, NAV, Role.EMPLOYEE),
    Actor(LEADER, NAV, Role.EMPLOYEE),
    Actor(LEADER, SERVICE_OG_TILDELING, Role.LEADER),
    Actor(BELOW, SERVICE_OG_TILDELING, Role.EMPLOYEE),
    Actor(ELSEWHERE, Unit("klagenemnd"), Role.EMPLOYEE),
)
"""The leader has a seat elsewhere as well, and leads nobody there."""


def took(employee: object, part: Part) -> TookPart:
    return TookPart(employee=employee, part=part)  # type: ignore[arg-type]  # uuid, as the tests have it


@pytest.mark.parametrize(
    ("event_class", "fields", "who", "part"),
    [
        (Case.SubmittedToGroup, {"submitted_by": SOMEBODY}, SOMEBODY, Part.SUBMITTED),
        (Case.ResponsibilityAssigned, {"responsible": SOMEBODY}, SOMEBODY, Part.PREPARED),
        (Application.Received, {}, SAKSBEHANDLER.actor, Part.PREPARED),
        (PreAssessment.Recorded, {}, SAKSBEHANDLER.actor, Part.PREPARED),
        (
            AgendaItem.AttendanceRecorded, {"person": SOMEBODY, "presence": Presence.PRESENT}, SOMEBODY,
            Part.IN_THE_ROOM,
        ),
        (
            AgendaItem.AttendanceRecorded, {"person": SOMEBODY, "presence": Presence.RETURNED}, SOMEBODY,
            Part.IN_THE_ROOM,
        ),
        (AgendaItem.MinutesWritten, {}, SAKSBEHANDLER.actor, Part.WROTE_MINUTES),
        (Conclusion.Reached, {}, SAKSBEHANDLER.actor, Part.CONCLUDED),
        (Conclusion.DissentRecorded, {"dissenter": SOMEBODY}, SOMEBODY, Part.CONCLUDED),
        (Conclusion.FactsPutToApplicant, {}, SAKSBEHANDLER.actor, Part.PREPARED),
        (Vedtak.Drafted, {}, SAKSBEHANDLER.actor, Part.DECIDED),
        (Vedtak.Issued, {}, SAKSBEHANDLER.actor, Part.DECIDED),
        (AgendaItem.InhabilDeclared, {"person": SOMEBODY}, SOMEBODY, Part.INHABIL),
        (Hearing.FactsPutToApplicant, {}, SAKSBEHANDLER.actor, Part.PREPARED),
        (Appeal.Upheld, {}, SAKSBEHANDLER.actor, Part.REVIEWED),
    ],
    ids=lambda value: getattr(value, "TOPIC", None),
)  # fmt: skip
def test_LI4_who_prepared_discussed_concluded_or_decided_took_part(
    event_class: type[Event], fields: dict[str, Any], who: object, part: Part
) -> None:
    assert took_part(example(event_class, by=SAKSBEHANDLER, **fields)) == (took(who, part),)


def test_LI4_who_agreed_on_an_order_of_candidates_took_part_in_it() -> None:
    event = example(Allocation.OrderAgreed, by=SAKSBEHANDLER)
    there = [took(who.person, Part.IN_THE_ROOM) for who in event.agreed.present]
    assert set(took_part(event)) == {took(SAKSBEHANDLER.actor, Part.CONCLUDED), *there}


@pytest.mark.parametrize("presence", [Presence.ABSENT, Presence.LEFT])
def test_LI4_who_was_not_in_the_room_did_not_take_part(presence: Presence) -> None:
    assert took_part(example(AgendaItem.AttendanceRecorded, person=SOMEBODY, presence=presence)) == ()


@pytest.mark.parametrize("event_class", [FollowUp.Completed, Appeal.Received, Case.Closed])
def test_LI4_carrying_out_what_was_decided_is_not_taking_part(event_class: type[Event]) -> None:
    assert took_part(example(event_class, by=SAKSBEHANDLER)) == ()


def test_LI4_a_machine_at_work_by_rule_is_nobody() -> None:
    system: By = SYSTEM
    assert took_part(example(Application.InterimReplySent, by=system)) == ()


def test_LI4_LI2_who_is_directly_below_a_leader_who_took_part_is_out_as_well() -> None:
    known = with_subordinates((took(LEADER, Part.IN_THE_ROOM),), SEATED)
    assert set(known) == {took(LEADER, Part.IN_THE_ROOM), took(BELOW, Part.DIRECT_SUBORDINATE)}


def test_LI4_a_colleague_of_somebody_who_took_part_is_free() -> None:
    known = with_subordinates((took(BELOW, Part.PREPARED), took(uid(99), Part.SUBMITTED)), SEATED)
    assert {fact.part for fact in known} == {Part.PREPARED, Part.SUBMITTED}
