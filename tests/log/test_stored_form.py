"""What is stored loads for ever, with every type it went in with (D2, C01)."""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest
from eventsourcing.utils import get_topic, resolve_topic

from domain.access.disclosure import Disclosure
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.cases.application import Application, ApplicationKind
from domain.catalogue import AGGREGATES
from domain.delivery import Delivery
from domain.places import in_place
from services.log.mapper import UnknownEventVersionError
from tests.examples import empty_example, event_classes, example
from tests.log import golden
from tests.log.golden import FOLDER, golden_path, loaded, stored_form

EVENTS = event_classes()
GOLDEN = sorted(FOLDER.glob("*.json"))

every_event = pytest.mark.parametrize("event_class", EVENTS, ids=lambda event_class: str(event_class.TOPIC))
every_golden = pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)


@every_event
def test_D2_every_event_has_a_golden_stored_form_and_is_still_stored_like_that(event_class: type[Event]) -> None:
    """Missing: `python -m tests.log.golden` writes it. Different: a new `class_version` and an upcaster."""
    path = golden_path(event_class.TOPIC, event_class.class_version)

    assert json.loads(path.read_text(encoding="utf-8")) == stored_form(example(event_class))


@every_golden
def test_D2_every_golden_stored_form_loads_for_ever_as_what_it_says(path: Path) -> None:
    stored = json.loads(path.read_text(encoding="utf-8"))

    event = loaded(stored)

    assert path == golden_path(event.TOPIC, stored["state"]["class_version"])
    assert stored["state"]["class_version"] < event.class_version or event == in_place(example(type(event)))


def test_D2_a_golden_form_that_is_missing_is_written_and_one_that_is_there_is_never_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(golden, "FOLDER", tmp_path)
    there = golden.golden_path("case.Opened", 1)
    there.write_text("as it was")

    written = golden.write_missing()

    assert len(written) == len(EVENTS) - 1
    assert there.read_text() == "as it was"
    assert golden.write_missing() == []


@every_event
@pytest.mark.parametrize("make", [example, empty_example])
def test_D2_every_type_comes_back(event_class: type[Event], make: Callable[[type[Event]], Event]) -> None:
    event = make(event_class)

    back = loaded(stored_form(event))

    assert type(back) is event_class
    assert back == in_place(event)
    assert repr(back) == repr(in_place(event))


@every_event
def test_D2_a_topic_is_the_aggregates_and_the_events_own_name(event_class: type[Event]) -> None:
    aggregate, _, name = event_class.TOPIC.partition(".")

    assert aggregate in {get_topic(kind) for kind in AGGREGATES}
    assert name == event_class.__name__
    assert resolve_topic(event_class.TOPIC) is event_class


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=get_topic)
def test_D2_every_aggregate_resolves_from_its_permanent_topic_and_has_events(aggregate: type[HusromAggregate]) -> None:
    assert get_topic(aggregate) == vars(aggregate)["TOPIC"]
    assert resolve_topic(get_topic(aggregate)) is aggregate
    assert event_classes(aggregate)


def test_D2_topics_are_unique() -> None:
    topics = [kind.TOPIC for aggregate in AGGREGATES for kind in event_classes(aggregate)]

    assert len(topics) == len(set(topics)) == len(EVENTS)


@every_event
def test_D2_a_version_newer_than_this_release_knows_is_refused(event_class: type[Event]) -> None:
    stored = stored_form(example(event_class))
    stored["state"]["class_version"] = event_class.class_version + 1

    with pytest.raises(UnknownEventVersionError, match=event_class.TOPIC):
        loaded(stored)


def test_D2_an_application_stored_in_version_1_is_read_as_one_for_that_kind() -> None:
    stored = json.loads(golden_path("application.Received", 1).read_text(encoding="utf-8"))
    assert stored["state"]["kind"] == "dwelling"

    event = loaded(stored)

    assert isinstance(event, Application.Received)
    assert event.kinds == (ApplicationKind.DWELLING,)


@every_event
def test_D2_every_older_version_has_its_upcaster_and_its_golden_form(event_class: type[Event]) -> None:
    for version in range(1, event_class.class_version):
        assert callable(getattr(event_class, f"upcast_v{version}_v{version + 1}"))
        assert golden_path(event_class.TOPIC, version).exists()


@every_event
def test_C05_every_event_says_who_in_which_request_caused_by_what_and_when(event_class: type[Event]) -> None:
    state = stored_form(example(event_class))["state"]

    assert set(state["by"]) == {"actor", "unit", "role", "correlation", "cause"}
    assert {"timestamp", "happened_at"} <= set(state)


def test_D2_times_are_stored_to_the_microsecond_in_utc() -> None:
    moment = datetime(2027, 6, 1, 12, 0, 0, 1, tzinfo=UTC)

    event = example(Application.Withdrawn, timestamp=moment, happened_at=moment)

    assert stored_form(event)["state"]["timestamp"] == "2027-06-01T12:00:00.000001Z"
    assert loaded(stored_form(event)).timestamp == moment


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=get_topic)
def test_C05_every_event_of_a_part_of_a_case_names_the_case(aggregate: type[HusromAggregate]) -> None:
    """A replay finds the version each part had by the events that name the case: none may be missing."""
    names = {kind.TOPIC: "case" in {field.name for field in fields(kind)} for kind in event_classes(aggregate)}
    begins = [kind.TOPIC for kind in event_classes(aggregate) if issubclass(kind, CreatedEvent)]

    if aggregate not in (Delivery, Disclosure) and all(names[topic] for topic in begins):
        assert all(names.values()), names
