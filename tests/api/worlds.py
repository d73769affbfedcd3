"""Worlds that tests begin in: each is built once in a test process, kept, and put back for every test that begins there.

    @world
    def called_group(office: Office) -> Group: ...

The first test that asks for `called_group` sends its twenty requests. Every later one gets a copy of what they left,
and the same answer. A world may begin in another one. A given that comes after something else is carried out as it
stands, for only what an office has been through from its beginning on can be known again.
"""

import io
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any, TypeVar, cast

from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from domain.actors import Actor
from services.api.tokens import Verifier
from services.clock import DemoClock, real_now
from services.installation import Installation
from services.settings import Settings
from tests.api.office import SAKSBEHANDLER, Office, Whereabouts
from tests.directory import enter
from tests.servers.postgres import Postgres

FOUNDED = datetime(2026, 1, 1, tzinfo=UTC)
"""Since when every office has had its saksbehandler."""

Given = TypeVar("Given", bound=Callable[..., Any])
T = TypeVar("T")


@dataclass(frozen=True)
class World:
    """What an office has been through, as `history` tells it, and what that left.

    Its data folder, and its database if that is PostgreSQL; what the office clock showed, if it had been set; how many
    identity numbers were given out; and what the last given returned, pickled.
    """

    history: str
    folder: Path
    database_url: str | None
    clock: datetime | None = None
    numbers: int = 0
    given: bytes = b""


@dataclass
class Worlds:
    """The worlds of one test process on one of the databases, by their history. `server`: of PostgreSQL, None for SQLite."""

    beginning: World
    folder: Path
    server: Postgres | None
    closing: ExitStack
    kept: dict[str, World] = field(default_factory=dict)
    serial: Iterator[int] = field(default_factory=count)

    @contextmanager
    def opened(self, world: World, folder: Path) -> Iterator[Settings]:
        """A copy of that world in a new `folder`, for as long as the block lasts."""
        shutil.copytree(world.folder, folder)
        with self._database_like(world.database_url) as url:
            yield Settings(demo=True, data_dir=folder, database_url=SecretStr(url) if url else None)

    def keep(self, settings: Settings, world: World) -> None:
        """Keep a copy of what these settings lead to, where nothing is open, as that world."""
        folder = self.folder / str(next(self.serial))
        shutil.copytree(settings.data_dir, folder)
        (folder / settings.office_clock_path.name).unlink(missing_ok=True)
        own = settings.database_url.get_secret_value() if settings.database_url else None
        url = self.closing.enter_context(self._database_like(own))
        self.kept[world.history] = replace(world, folder=folder, database_url=url)

    @contextmanager
    def _database_like(self, url: str | None) -> Iterator[str | None]:
        if self.server is None or url is None:
            yield None
        else:
            with self.server.database(template=url) as copy:
                yield copy


class LateOffice(Office):
    """An office whose world is put in its place when somebody first looks at it, sends to it or stores in it."""

    def __init__(self, worlds: Worlds, client: TestClient, folder: Path) -> None:
        self._worlds, self._client, self._folder = worlds, client, folder
        self._world = worlds.beginning
        self._clock: datetime | None = None
        self._closing = ExitStack()
        self._opened: Whereabouts | None = None
        self._serial = count()
        self._newcomers: list[Actor] = []
        self.begin("a saksbehandler", lambda: enter(self.installation, SAKSBEHANDLER, at=FOUNDED))

    @property
    def here(self) -> Whereabouts:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    @property
    def now(self) -> datetime:
        return super().now if self._opened else self._clock or real_now()

    def set_clock(self, to: datetime) -> None:
        if self._opened is None and (self._clock is None or self._clock <= to):
            self._clock = to
        else:
            super().set_clock(to)

    def employ(self, who: Actor) -> None:
        if self._opened is not None:
            super().employ(who)
        elif who != SAKSBEHANDLER:
            self._newcomers.append(who)

    def begin(self, what: str, given: Callable[[], T]) -> T:
        """What `given` gives, and the office as that leaves it; `what` names it and what it was asked for."""
        if self._opened is not None or any(str(newcomer.id) in what for newcomer in self._newcomers):
            return given()
        history = f"{self._world.history}\n{what} at {self._clock} after {self.numbers}"
        if history not in self._worlds.kept:
            self._build(history, given)
        self._world = self._worlds.kept[history]
        self._clock, self.numbers = self._world.clock, self._world.numbers
        answer: T = _Unpickler(io.BytesIO(self._world.given), self).load()
        return answer

    def close(self) -> None:
        """Give up what is open, if anything is."""
        self._closing.close()
        self._opened = None

    def _open(self) -> Whereabouts:
        folder = self._folder / f"office_{next(self._serial)}"
        settings = self._closing.enter_context(self._worlds.opened(self._world, folder))
        if self._clock is not None:
            DemoClock(settings.office_clock_path).set(self._clock)
        installation = self._closing.enter_context(Installation(settings))
        app = self._client.app
        assert isinstance(app, FastAPI)
        app.state.office, app.state.verifier = installation, Verifier(settings)
        for newcomer in self._newcomers:
            enter(installation, newcomer)
        self._newcomers = []
        return Whereabouts(settings, self._client, installation)

    def _build(self, history: str, given: Callable[[], object]) -> None:
        newcomers, self._newcomers = self._newcomers, []
        answer = given()
        self.carry_forward()
        settings, installation = self.settings, self.installation
        clock = installation.clock.now() if settings.office_clock_path.exists() else None
        world = World(history, settings.data_dir, None, clock, self.numbers, _pickled(answer, self))
        installation.close()
        self._worlds.keep(settings, world)
        self.close()
        self._newcomers = newcomers


def world(given: Given) -> Given:
    """A given that is a world to begin in. It takes the office first; its answer can be pickled, and follows from what
    it is asked for alone."""

    @wraps(given)
    def begin(office: Office, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(office, LateOffice):
            return given(office, *args, **kwargs)
        what = f"{given.__module__}.{given.__qualname__} {args!r} {kwargs!r}"
        return office.begin(what, lambda: given(office, *args, **kwargs))

    return cast(Given, begin)


class _Pickler(pickle.Pickler):
    """The people of a world know their office; in a copy of the world, that is another one."""

    def persistent_id(self, obj: object) -> str | None:
        return "office" if isinstance(obj, Office) else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, office: Office) -> None:
        super().__init__(file)
        self._office = office

    def persistent_load(self, pid: Any) -> Office:
        return self._office


def _pickled(answer: object, office: Office) -> bytes:
    file = io.BytesIO()
    _Pickler(file).dump(answer)
    return file.getvalue()
