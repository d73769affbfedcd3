"""Counts what an operation asks the databases: statements, and commits that must reach the disk (D18).

Everything counts, over all stores and on both databases: BEGIN and COMMIT too. Of a request, what it asks itself counts,
whatever goes on beside it. As a plugin it prints what each operation of a run cost: `pytest -p tests.statements
tests/api/test_tenancies.py` (without `-n`).
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from sqlite3 import dbapi2
from statistics import median_low
from typing import Any

import psycopg
import pytest
from fastapi import FastAPI
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
_of_request: ContextVar[Asked | None] = ContextVar("of_request", default=None)


def _hear(connection: int, statement: str) -> None:
    for listener in (*_listeners, _of_request.get()):
        if listener is not None:
            listener.hear(connection, statement)


@dataclass(frozen=True)
class Cost:
    """One request that was answered: the operation, with which status, and what it asked."""

    operation: str
    status: int
    asked: Asked

    @property
    def statements(self) -> int:
        """How many it asked. Where the views stand counts once: who waits for them asks again until they have come."""
        polls = sum("FROM view_positions" in statement for statement in self.asked.statements)
        return len(self.asked.statements) - max(0, polls - 1)

    @property
    def is_usual(self) -> bool:
        """Whether it was done, and at the first try: who loses a race asks everything again."""
        tries = sum(BEGINS_A_COMMAND in statement for statement in self.asked.statements)
        return self.status < HTTPStatus.MULTIPLE_CHOICES and tries <= 1


BEGINS_A_COMMAND = "AS head, stored.*"
"""Stands in the statement that a command asks first, in each try."""

_costs: list[list[Cost]] = []


@contextmanager
def requests_counted() -> Iterator[list[Cost]]:
    """What each request that is answered meanwhile costs, in order. `listen` must have been called."""
    costs = list[Cost]()
    _costs.append(costs)
    try:
        yield costs
    finally:
        _costs.remove(costs)


async def _counting_requests(self: FastAPI, scope: Any, receive: Any, send: Any) -> None:
    if not _costs or scope["type"] != "http":
        return await _call(self, scope, receive, send)
    statuses, token = list[int](), _of_request.set(asked := Asked())

    async def sending(message: Any) -> None:
        statuses.extend(message[name] for name in message.keys() & {"status"})
        await send(message)

    try:
        await _call(self, scope, receive, sending)
    finally:
        _of_request.reset(token)
        operation = getattr(scope.get("route"), "operation_id", None) or scope["path"]
        for costs in _costs:
            costs.append(Cost(operation, statuses[0] if statuses else 500, asked))
    return None


_call = FastAPI.__call__


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
    setattr(FastAPI, "__call__", _counting_requests)  # noqa: B010  (mypy refuses to assign to a method)
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
            if _listeners or _of_request.get() is not None:
                connection = self.connection if isinstance(self, psycopg.Cursor) else self
                for _ in rest[0] if several else (1,):
                    _hear(id(connection), _text(query))

    return heard


def _text(query: Any) -> str:
    if isinstance(query, Composable):
        return query.as_string(None)
    return query.decode() if isinstance(query, bytes) else str(query)


class Costs:
    """A plugin: what each operation that a run calls usually costs, and at most."""

    def __init__(self, costs: list[Cost]) -> None:
        self._costs = costs

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        terminalreporter.section("statements and durable commits: usually, at most")
        for line in table(self._costs):
            terminalreporter.line(line)


def table(costs: Iterable[Cost]) -> list[str]:
    """A line for each operation, the dearest first: statements and durable commits, usually and at most."""
    by_operation = defaultdict[str, list[tuple[int, int]]](list)
    for cost in costs:
        if cost.is_usual:
            by_operation[cost.operation].append((cost.statements, cost.asked.durable))
    lines = [(median_low(each), max(each), operation) for operation, each in by_operation.items()]
    return [
        f"{usual[0]:5} {usual[1]:2} {most[0]:5} {most[1]:2}  {operation}"
        for usual, most, operation in sorted(lines, reverse=True)
    ]


def pytest_configure(config: pytest.Config) -> None:
    """Called when this is loaded with `-p`: count every request that a test makes."""
    listen()
    counting = ExitStack()
    config.add_cleanup(counting.close)
    config.pluginmanager.register(Costs(counting.enter_context(requests_counted())))
