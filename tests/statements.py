"""Counts what an operation asks the databases: statements, and commits that must reach the disk (D18).

Everything counts, over all stores and on both databases: BEGIN and COMMIT too. As a plugin it prints the most
expensive operations of a run: `pytest -p tests.statements tests/api/test_tenancies.py` (without `-n`).
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from sqlite3 import dbapi2
from statistics import median_low
from typing import Any, cast

import psycopg
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from psycopg._connection_base import BaseConnection
from psycopg.sql import Composable

WRITES = re.compile(r"\b(INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\S+(\s+\w+)?\s+SET)\b", re.IGNORECASE)
BEGINS, ENDS = ("BEGIN",), ("COMMIT", "ROLLBACK", "END")
SHOWN = 160
"""How many characters of a statement are printed."""


@dataclass
class Asked:
    """What was asked while this was counted. `durable`: commits of something that was written."""

    statements: list[str] = field(default_factory=list)
    durable: int = 0
    _open: dict[int, bool] = field(default_factory=dict)
    """Connections in a transaction, each with whether it has written."""

    def hear(self, connection: int, statement: str) -> None:
        self.statements.append(statement)
        word = statement.lstrip().upper().split(" ", 1)[0].rstrip(";")
        writes = bool(WRITES.search(statement))
        if word in BEGINS:
            self._open[connection] = False
        elif word in ENDS:
            self.durable += self._open.pop(connection, False) and word != "ROLLBACK"
        elif connection in self._open:
            self._open[connection] |= writes
        else:
            self.durable += writes

    def __str__(self) -> str:
        lines = (" ".join(statement.split())[:SHOWN] for statement in self.statements)
        return "\n".join((f"{len(self.statements)} statements, {self.durable} durable commits", *lines))


@dataclass
class Interruption:
    """Does something at the boundary after so many statements, once, as if somebody else had come between."""

    after: int
    do: Callable[[], object]
    heard: int = 0

    def hear(self, _connection: int, _statement: str) -> None:
        self.heard += 1
        if self.heard == self.after:
            self.do()


_listeners: list[Asked | Interruption] = []


def _hear(connection: int, statement: str) -> None:
    for listener in _listeners:
        listener.hear(connection, statement)


@contextmanager
def counted() -> Iterator[Asked]:
    """Count what this process asks meanwhile. On SQLite `listen` must have been called before the connections were made."""
    with _heard_by(asked := Asked()):
        yield asked


@contextmanager
def interrupted(after: int, do: Callable[[], object]) -> Iterator[Interruption]:
    """Call `do` when that many statements have been asked meanwhile; says how many there were."""
    with _heard_by(interruption := Interruption(after, do)):
        yield interruption


@contextmanager
def _heard_by(listener: Asked | Interruption) -> Iterator[None]:
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def listen() -> None:
    """Hear of every statement from now on, on connections to SQLite that are made from now on. Once is enough."""
    if _listening:
        return
    _listening.append(True)
    for module in (sqlite3, dbapi2):
        setattr(module, "connect", _traced(module.connect))  # noqa: B010  (mypy refuses to assign to a function)
    for cls, name in ((psycopg.Cursor, "execute"), (psycopg.Cursor, "executemany"), (BaseConnection, "_exec_command")):
        setattr(cls, name, _heard(getattr(cls, name), several=name == "executemany"))


_listening: list[bool] = []


def _traced(connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
    def traced(*where: Any, **how: Any) -> sqlite3.Connection:
        connection = connect(*where, **how)
        connection.set_trace_callback(partial(_hear, id(connection)))
        return connection

    return traced


def _heard(method: Callable[..., Any], *, several: bool) -> Callable[..., Any]:
    """The driver's method, heard when it has run, since it may begin a transaction first.

    `several`: it runs one statement for each set of parameters.
    """

    def heard(self: Any, query: Any, *rest: Any, **named: Any) -> Any:
        try:
            return method(self, query, *rest, **named)
        finally:
            if _listeners:
                connection = self.connection if isinstance(self, psycopg.Cursor) else self
                for _ in rest[0] if several else (1,):
                    _hear(id(connection), _text(query))

    return heard


def _text(query: Any) -> str:
    if isinstance(query, Composable):
        return query.as_string(None)
    return query.decode() if isinstance(query, bytes) else str(query)


class Costs:
    """A plugin: what each operation that a run calls usually costs, the median of its requests.

    Not the most: at the first request of a test the world it begins in may be put in its place. Requests at the same time
    are not told apart, and left out.
    """

    def __init__(self) -> None:
        self.costs = defaultdict[str, list[tuple[int, int]]](list)
        self._begun, self._running = 0, 0

    @contextmanager
    def request(self, client: TestClient, method: str, path: str) -> Iterator[None]:
        self._begun, self._running = self._begun + 1, self._running + 1
        number, is_alone = self._begun, self._running == 1
        try:
            with counted() as asked:
                yield
        finally:
            self._running -= 1
        if not is_alone or self._begun > number:
            return
        operation = _operation(client, method, path)
        self.costs[operation].append((len(asked.statements), asked.durable))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        terminalreporter.section("statements and durable commits")
        usual = {operation: median_low(costs) for operation, costs in self.costs.items()}
        for operation, (statements, durable) in sorted(usual.items(), key=lambda each: each[1], reverse=True):
            terminalreporter.line(f"{statements:5} {durable:2}  {operation}")


def pytest_configure(config: pytest.Config) -> None:
    """Called when this is loaded with `-p`: count every request that a test makes."""
    listen()
    costs, request = Costs(), TestClient.request

    def counting(self: TestClient, method: str, url: Any, **more: Any) -> Any:
        with costs.request(self, method, str(url)):
            return request(self, method, url, **more)

    setattr(TestClient, "request", counting)  # noqa: B010  (mypy refuses to assign to a method)
    config.pluginmanager.register(costs)


def _operation(client: TestClient, method: str, url: str) -> str:
    """The id of the operation that answers there; the address where there is none. A path without a parameter goes first."""
    path = url.split("?", maxsplit=1)[0]
    templates = cast(FastAPI, client.app).openapi()["paths"]
    for template in sorted(templates, key=lambda each: each.count("{")):
        described = templates[template].get(method.lower())
        if described and re.fullmatch(re.sub(r"{[^}]*}", "[^/]+", template), path):
            return str(described["operationId"])
    return f"{method} {path}"
