"""The golden stored form of every event: what is in the log for ever, and must load for ever (D2).

`python -m tests.log.golden` writes the files that are missing. It never touches one that is there: a changed shape
takes a new `class_version` with an upcaster, and a golden file for the new version beside the old one.
"""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from domain.base import Event
from services.log.mapper import EventMapper
from tests.examples import event_classes, example

FOLDER = Path(__file__).parents[1] / "events"

Golden = dict[str, Any]


def golden_path(topic: str, version: int) -> Path:
    """Version 1 has the topic's own name; a later one says which it is."""
    return FOLDER / (f"{topic}.json" if version == 1 else f"{topic}.v{version}.json")


def stored_form(event: Event) -> Golden:
    """The row that `event` becomes, readable."""
    row = EventMapper().to_stored_event(event)
    return {
        "originator_id": str(row.originator_id),
        "originator_version": row.originator_version,
        "topic": row.topic,
        "state": json.loads(row.state),
    }


def loaded(golden: Golden) -> Event:
    """The event that comes back from a stored row."""
    row = StoredEvent(
        originator_id=UUID(golden["originator_id"]),
        originator_version=golden["originator_version"],
        topic=golden["topic"],
        state=json.dumps(golden["state"]).encode(),
    )
    return EventMapper().to_domain_event(row)


def written(golden: Golden) -> str:
    return json.dumps(golden, indent=2, ensure_ascii=False) + "\n"


def write_missing() -> list[Path]:
    """Write the golden file of every event that has none. Returns what was written."""
    FOLDER.mkdir(exist_ok=True)
    wanted = {golden_path(kind.TOPIC, kind.class_version): kind for kind in event_classes()}
    missing = {path: kind for path, kind in wanted.items() if not path.exists()}
    for path, kind in missing.items():
        path.write_text(written(stored_form(example(kind))), encoding="utf-8")
    return sorted(missing)


if __name__ == "__main__":
    print("\n".join(str(path) for path in write_missing()) or "nothing is missing")
