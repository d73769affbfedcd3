"""A connection that one thread keeps for a while, with the log's lock: nobody else can append until it lets go (D1, R07)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from eventsourcing.persistence import IntegrityError
from psycopg.errors import InFailedSqlTransaction


class KeptConnection:
    """One of the library's datastores. What the thread that keeps a connection asks is all asked in its transaction."""

    def __init__(self, datastore: Any) -> None:
        self._datastore = datastore
        self._kept: ContextVar[Any] = ContextVar("kept", default=None)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._datastore, name)

    @contextmanager
    def keeping(self, connection: Any) -> Iterator[None]:
        """Give this thread `connection`, which is in a transaction, whenever it asks for one."""
        token = self._kept.set(connection)
        try:
            yield
        finally:
            self._kept.reset(token)


class KeptPostgresConnection(KeptConnection):
    """On PostgreSQL, where the library asks for connections."""

    @contextmanager
    def get_connection(self) -> Iterator[Any]:
        """The connection that is kept, or one of the pool."""
        if (kept := self._kept.get()) is not None:
            try:
                yield kept
            except InFailedSqlTransaction as failed:
                # Within another transaction the library goes on after an insert that failed, and stumbles over it.
                raise IntegrityError(str(failed)) from failed
            return
        with self._datastore.get_connection() as connection:
            yield connection


class KeptSQLiteConnection(KeptConnection):
    """On SQLite, where the library asks for transactions."""

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[Any]:
        """A cursor in the transaction that is kept, or in one of its own."""
        if (kept := self._kept.get()) is not None:
            try:
                yield kept.cursor()
            except sqlite3.IntegrityError as failed:
                # The library would say so at the end of a transaction.
                raise IntegrityError(str(failed)) from failed
            return
        with self._datastore.transaction(commit=commit) as cursor:
            yield cursor
