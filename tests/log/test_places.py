"""A text opens only in the place it is read from: owner, case and field (D3, D17). Every text of every event there is."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent

from domain.access.access_facts import AccessFacts
from domain.access.decision import Decision
from domain.access.facts import Fact, FactKey, FactName, FactValue
from domain.access.kinds import ALL_KINDS
from domain.base import Event
from domain.places import TextWithoutNameError, declared_texts, in_place
from domain.sealed import Named, NamedBy, Sealed
from services.boxes import boxes_of
from services.log.mapper import EventMapper
from services.permits import Permit
from services.settings import Settings
from services.vault import Vault
from tests.examples import event_classes, example

TEXTS = [(kind, path, named) for kind in event_classes() for path, named in declared_texts(kind)]
every_text = pytest.mark.parametrize(
    ("kind", "path", "named"), TEXTS, ids=[f"{kind.TOPIC} {path}" for kind, path, _ in TEXTS]
)


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    vault = Vault.of(Settings(demo=True, data_dir=tmp_path_factory.mktemp("keys")))
    vault.create_tables()
    yield vault
    vault.close()


def permit_in(case: UUID, person: UUID) -> Permit:
    """All that there is about one person in one case."""
    about = Fact(FactKey(FactName.CASE, case), FactValue(person=person))
    return Permit(case, AccessFacts(case, (about,)), Decision(True, (), ALL_KINDS, related=True), 1)


def holders(state: Any, path: str) -> Iterator[tuple[Any, str]]:
    """What holds the text at `path`, in stored JSON or in an event; of several in a tuple the first."""
    name, _, rest = path.partition(".")
    if not rest:
        return iter([(state, name)])
    inner = state[name] if isinstance(state, dict) else getattr(state, name)
    return holders(inner[0] if isinstance(inner, (list, tuple)) else inner, rest)


def opened(vault: Vault, kind: type[Event], path: str, stored: Sealed, permit: Permit) -> str | None:
    """What the text at `path` says when `stored` stands there, to who may see everything in the case."""
    row = EventMapper().to_stored_event(example(kind))
    state = msgspec.json.decode(row.state)
    ((holder, name),) = holders(state, path)
    holder[name] = msgspec.to_builtins(stored)
    event = EventMapper().to_domain_event(
        StoredEvent(row.originator_id, row.originator_version, row.topic, msgspec.json.encode(state))
    )
    ((read, name),) = holders(event, path)
    boxes = boxes_of(permit, {"text": getattr(read, name)})
    texts = [text for text in vault.open_many(boxes.values()) if isinstance(text, str)]
    return texts[0] if texts else None


def names(named: Named | NamedBy) -> set[str]:
    return {named.field} if isinstance(named, Named) else set(named.fields.values())


def field_of(kind: type[Event], path: str, named: Named | NamedBy) -> str:
    ((holder, _),) = holders(example(kind), path)
    return named.of(holder)


PERSON, CASE = uuid4(), uuid4()
OTHER_PERSON, OTHER_CASE = uuid4(), uuid4()
HERE = permit_in(CASE, PERSON)


@every_text
def test_D17_a_text_opens_where_it_was_written(
    vault: Vault, kind: type[Event], path: str, named: Named | NamedBy
) -> None:
    for case in (CASE, None):
        sealed = vault.seal(PERSON, case, field_of(kind, path, named), "Her")
        assert opened(vault, kind, path, sealed, HERE) == "Her"


@every_text
def test_D17_a_text_of_somebody_else_does_not_open_though_its_whole_value_was_moved(
    vault: Vault, kind: type[Event], path: str, named: Named | NamedBy
) -> None:
    for case in (CASE, None, OTHER_CASE):
        moved = vault.seal(OTHER_PERSON, case, field_of(kind, path, named), "Der")
        assert opened(vault, kind, path, moved, HERE) is None
        assert opened(vault, kind, path, replace(moved, owner=PERSON), HERE) is None


@every_text
def test_D17_a_text_of_another_case_of_the_same_person_does_not_open(
    vault: Vault, kind: type[Event], path: str, named: Named | NamedBy
) -> None:
    moved = vault.seal(PERSON, OTHER_CASE, field_of(kind, path, named), "Der")

    for claims in (moved, replace(moved, case=CASE), replace(moved, case=None)):
        assert opened(vault, kind, path, claims, HERE) is None


@every_text
def test_D17_a_text_of_another_field_of_the_same_person_does_not_open(
    vault: Vault, kind: type[Event], path: str, named: Named | NamedBy
) -> None:
    field = field_of(kind, path, named)
    beside = {other for _, each in declared_texts(kind) for other in names(each)} | names(named) | {"note.submission"}

    for case in (CASE, None):
        for moved in vault.seal_many(PERSON, case, dict.fromkeys(beside - {field}, "Der")).values():
            assert opened(vault, kind, path, moved, HERE) is None


@pytest.mark.parametrize("kind", event_classes(), ids=lambda kind: str(kind.TOPIC))
def test_D17_every_text_of_an_event_is_called_what_its_place_declares(kind: type[Event]) -> None:
    found = set(re.findall(r"field='([^']+)'", str(in_place(example(kind)))))
    declared = {name for _, each in declared_texts(kind) for name in names(each)}

    assert found <= declared
    assert bool(found) == bool(declared)


def test_D17_an_event_whose_text_has_no_name_cannot_be_read() -> None:
    class Nameless(Event):
        text: Sealed

    with pytest.raises(TextWithoutNameError):
        list(declared_texts(Nameless))
