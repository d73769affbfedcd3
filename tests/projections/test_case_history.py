"""How things stood is read by index, however long the log has grown (B14)."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Select, create_engine, text

from domain.housing.waiting_list_entry import WaitingListEntry
from projections import case_history


@pytest.fixture
def connection() -> Iterator[Connection]:
    with create_engine("sqlite://").connect() as connection:
        case_history.TABLE.create(connection)
        yield connection


def plan(connection: Connection, query: Select[Any]) -> list[str]:
    """How SQLite goes about it, step by step."""
    written = query.compile(connection, compile_kwargs={"literal_binds": True})
    return [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {written}"))]


def test_B14_the_waiting_list_of_a_day_is_read_without_the_rest_of_the_log(connection: Connection) -> None:
    steps = plan(connection, case_history.last_events(WaitingListEntry, position=1_000_000))
    assert any("case_history_topic" in step for step in steps)
    assert not [step for step in steps if step.startswith("SCAN case_history")]
