"""The other log: what a line says, and that being told once is one line (B01, B02, C05, M08)."""

from dataclasses import fields
from datetime import datetime

import pytest

from domain.access.disclosure import Disclosure
from domain.actors import EmployeeId
from domain.base import CreatedEvent
from tests.domain.agenda_support import ANNE, ELEVEN, KARI, MEETING, NOON
from tests.domain.support import CASE, NAV, PERSON, an_id, by_saksbehandler, last_event
from tests.examples import event_classes, example


def told(who: EmployeeId = KARI, told_from: datetime = ELEVEN, case: str = "case", at: datetime = ELEVEN) -> Disclosure:
    return Disclosure.told_in_meeting(
        case=an_id(case), subjects=(PERSON,), told=who, unit=NAV, told_from=told_from, meeting=MEETING,
        item=an_id("item"), rules=("M08",), decided_at=17, by=by_saksbehandler(), at=at,
    )  # fmt: skip


def test_M08_who_was_in_the_room_is_recorded_with_unit_item_and_the_moment_it_began() -> None:
    event = last_event(told())

    assert isinstance(event, Disclosure.ToldInMeeting)
    assert (event.case, event.subjects, event.told, event.unit_told) == (CASE, (PERSON,), KARI, NAV)
    assert (event.meeting, event.item, event.told_from, event.decided_at) == (MEETING, an_id("item"), ELEVEN, 17)


def test_B02_being_told_once_is_one_line_however_often_it_is_tried() -> None:
    assert told().id == told(at=NOON).id


def test_B02_another_person_another_time_and_another_case_are_lines_of_their_own() -> None:
    assert len({told().id, told(ANNE).id, told(told_from=NOON).id, told(case="compared with").id}) == 4


SHOWED_NOTHING = (Disclosure.Refused, Disclosure.RefusedAtDoor, Disclosure.FoundOutOfPlace)


@pytest.mark.parametrize("event_class", event_classes(Disclosure), ids=lambda event_class: str(event_class.TOPIC))
def test_C05_every_line_says_who_on_which_rule_and_at_which_position(event_class: type[CreatedEvent]) -> None:
    names = {field.name for field in fields(event_class)}

    assert {"by", "happened_at", "rules", "decided_at"} <= names
    assert "subjects" in names or event_class in SHOWED_NOTHING
    assert {"case", "cases"} & names or event_class is Disclosure.RefusedAtDoor


@pytest.mark.parametrize("event_class", event_classes(Disclosure), ids=lambda event_class: str(event_class.TOPIC))
def test_D3_a_line_never_holds_what_was_seen(event_class: type[CreatedEvent]) -> None:
    assert "closed" not in str(example(event_class))


@pytest.mark.parametrize("event_class", event_classes(Disclosure), ids=lambda event_class: str(event_class.TOPIC))
def test_D3_every_disclosure_is_a_stream_of_its_own(event_class: type[CreatedEvent]) -> None:
    disclosure: object = example(event_class).mutate(None)

    assert isinstance(disclosure, Disclosure)
    assert disclosure.version == 1
