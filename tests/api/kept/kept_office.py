"""The kept log as an installation: unpacked, with access facts and views made anew from it, and asked over HTTP."""

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from domain.actors import Actor, Role, Unit
from services import demo_tokens
from services.api.tokens import Verifier
from services.clock import DemoClock
from services.installation import Installation
from services.settings import Settings
from tests.feeds import feeds_running

HERE = Path(__file__).parent
LOG = HERE / "log.tar.xz"
ANSWERS = HERE / "answers"
ASKED_AT = datetime(2029, 10, 9, 10, 5, tzinfo=UTC)
"""The time at the office when the answers were recorded: five minutes after the last event of the log."""


@dataclass(frozen=True)
class Asker:
    """Somebody of the kept log, and what she was answered: `answers` maps a path to what `kept` gives."""

    actor: Actor
    answers: dict[str, Any]


def asker(name: str) -> Asker:
    """What is recorded of the person whose file has that name."""
    held = json.loads((ANSWERS / f"{name}.json").read_text(encoding="utf-8"))
    actor = Actor(UUID(held["id"]), Unit(held["unit"]), Role(held["role"]))
    return Asker(actor, held["answers"])


def unpack(folder: Path) -> Settings:
    """The kept data folder in `folder`, with the office clock at `ASKED_AT`."""
    with tarfile.open(LOG) as kept:
        kept.extractall(folder, filter="data")
    return settings_in(folder)


def settings_in(folder: Path) -> Settings:
    """The settings of the kept installation in `folder`; its office clock stands at `ASKED_AT`."""
    settings = Settings(demo=True, data_dir=folder)
    settings.office_clock_path.unlink(missing_ok=True)
    DemoClock(settings.office_clock_path).set(ASKED_AT)
    return settings


def rebuild(office: Installation) -> None:
    """Bring the kept installation to this version: `husrom migrate`, `husrom rebuild-access` and `husrom rebuild`."""
    office.migrate()
    office.case_log.rebuild_access_facts()
    for feed in office.feeds:
        for view in feed.views:
            feed.rebuild(view)
        for _ in feed.catch_up():
            pass


def answers(client: TestClient, office: Installation, actor: Actor, paths: list[str]) -> Iterator[dict[str, Any]]:
    """What `actor` is answered at each of `paths`, one after the other, as `kept` gives it."""
    app = client.app
    assert isinstance(app, FastAPI)
    app.state.office, app.state.verifier = office, Verifier(office.settings)
    headers = {"Authorization": f"Bearer {demo_tokens.issue(office.settings, actor.id)}"}
    with feeds_running(office):
        for path in paths:
            yield kept(client.get(f"/api/v1{path}", headers=headers))


def kept(response: Response) -> dict[str, Any]:
    """What is kept of an answer: the status, and what it says; of a refusal, which problem it is.

    An ETag tells one version from another and nothing else, so only that there is one is kept.
    """
    said: Any
    if response.headers["content-type"].startswith("application/json"):
        said = without_etags(response.json())
    elif response.is_client_error:
        said = response.json()["type"]
    else:
        said = response.text
    return {"status": response.status_code, "said": said}


def without_etags(said: Any) -> Any:
    """The same, with every ETag left blank."""
    if isinstance(said, dict):
        return {name: "" if name == "etag" else without_etags(value) for name, value in said.items()}
    return [without_etags(each) for each in said] if isinstance(said, list) else said


def lost(recorded: Any, answered: Any, where: str = "") -> list[str]:
    """Where `answered` does not say what was `recorded`: a field that is gone or has another value, by its place.

    A new field is nothing lost. A list must have the same items in the same order.
    """
    if isinstance(recorded, dict) and isinstance(answered, dict):
        gone = [f"{where}.{name} is gone" for name in recorded if name not in answered]
        return gone + [
            each
            for name in recorded
            if name in answered
            for each in lost(recorded[name], answered[name], f"{where}.{name}")
        ]
    if isinstance(recorded, list) and isinstance(answered, list) and len(recorded) == len(answered):
        pairs = enumerate(zip(recorded, answered, strict=True))
        return [each for index, (was, now) in pairs for each in lost(was, now, f"{where}[{index}]")]
    return [] if recorded == answered else [f"{where} was {recorded!r}, is {answered!r}"]
