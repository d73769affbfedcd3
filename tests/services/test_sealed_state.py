"""An aggregate's state as a replay shows it: every text found, none shown that was not opened (B01, D3)."""

import json

import pytest

from domain.base import CreatedEvent, HusromAggregate
from services.replay_answer import SaidThen
from services.sealed_state import sealed_in, shown
from tests.examples import event_classes, example

FIRST = [kind for kind in event_classes() if issubclass(kind, CreatedEvent)]
OF_A_CASE = [kind for kind in FIRST if "case" in kind.__annotations__ or kind.TOPIC == "case.Opened"]


def begun(event_class: type[CreatedEvent]) -> HusromAggregate:
    aggregate: object = example(event_class).mutate(None)
    assert isinstance(aggregate, HusromAggregate)
    return aggregate


@pytest.mark.parametrize("event_class", FIRST, ids=lambda kind: str(kind.TOPIC))
def test_B01_every_text_of_a_state_is_found_and_stands_in_its_place(event_class: type[CreatedEvent]) -> None:
    aggregate = begun(event_class)
    found = dict(sealed_in(aggregate))

    read = str(shown(aggregate, {path: f"<{path}>" for path in found}))

    said = {name: value for name, value in vars(aggregate).items() if not name.startswith("_")}
    assert len(found) == str(said).count("Sealed(")
    assert all(f"<{path}>" in read for path in found)
    assert "Sealed(" not in read


@pytest.mark.parametrize("event_class", FIRST, ids=lambda kind: str(kind.TOPIC))
def test_D3_a_text_that_was_not_opened_is_null(event_class: type[CreatedEvent]) -> None:
    aggregate = begun(event_class)

    assert "closed" not in json.dumps(shown(aggregate, {}), default=str).replace('"closed":', "")


@pytest.mark.parametrize("event_class", OF_A_CASE, ids=lambda kind: str(kind.TOPIC))
def test_B01_every_part_of_a_case_can_be_sent(event_class: type[CreatedEvent]) -> None:
    part = begun(event_class)

    sent = SaidThen(what="part", id=part.id, version=1, says=shown(part, {})).model_dump_json()

    assert json.loads(sent)["says"]
