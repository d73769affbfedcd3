"""Hints that a log has grown, so that the feed need not sleep its whole second (design D6). A lost hint costs one second."""

import sqlite3
import time
from collections.abc import Callable

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from services.log.event_log import EventLog
from services.settings import Settings, Store

Wait = Callable[[float], None]

_GLANCE_SECONDS = 0.02
"""Between two looks at a file. Shorter, and a feed with nothing to do keeps a tenth of a processor busy."""


def hint_for(settings: Settings, log: EventLog) -> "SQLiteHint | PostgresHint":
    """Called, it waits at most the given seconds, less when the log grows. Close it after use."""
    if settings.is_sqlite(log.store):
        return SQLiteHint(str(settings.sqlite_path(log.store)))
    return PostgresHint(settings, log)


class SQLiteHint:
    """Watches `data_version`, which changes when another connection commits to the file."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._seen = self._version()

    def __call__(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while (version := self._version()) == self._seen and time.monotonic() < deadline:
            time.sleep(_GLANCE_SECONDS)
        self._seen = version

    def close(self) -> None:
        self._connection.close()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


def conninfo(settings: Settings, store: Store) -> str:
    """The address of a store as the driver itself reads it: in a URL it would take the `+` of SQLAlchemy for a plus."""
    url = settings.sqlalchemy_url(store)
    query = {name: str(value) for name, value in url.query.items()}
    return make_conninfo("", **url.translate_connect_args(username="user", database="dbname"), **query)


class PostgresHint:
    """Listens to the channel that every save notifies. A broken connection is made anew; until then the second counts."""

    def __init__(self, settings: Settings, log: EventLog) -> None:
        self._conninfo = conninfo(settings, log.store)
        self._channel = getattr(log.recorder, "channel_name")  # noqa: B009  (only this recorder has one)
        self._connection: psycopg.Connection | None = None
        self._listen()

    def __call__(self, seconds: float) -> None:
        try:
            connection = self._connection or self._listen()
            for _ in connection.notifies(timeout=seconds, stop_after=1):
                pass
        except psycopg.Error:
            self._connection = None
            time.sleep(seconds)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _listen(self) -> psycopg.Connection:
        connection = psycopg.connect(self._conninfo, autocommit=True)
        connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
        self._connection = connection
        return connection
