"""What must not cost more in an old log than in a young one: a command, and the look for what is due."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import insert

from bench.ground import SAKSBEHANDLER, Ground
from bench.history import EVENTS_A_CASE, fill
from bench.pairs import in_turn
from bench.raw import EVENTS, FACTS, RawConnection, events_table, saved_after
from bench.size import Size
from bench.table import Row, latency
from projections import due_rows
from projections.due_rows import DUE_WORK, RowState, Task, due
from services.clock import real_now
from services.command_desk import CommandRequest
from services.commands.applications import ReceiveApplication
from services.core.registry import OPERATIONS
from services.settings import Store

STILL_DUE = 20


def measure(young: Ground, old: Ground, size: Size) -> Iterator[Row]:
    """A line each: the old log against the young one."""
    _grow(young, size.young)
    _grow(old, size.old)
    pairs = in_turn(size.rounds, lambda: _command(old), lambda: _command(young))
    yield latency("receive application, p50 / p99", old.database, pairs.ours, pairs.raw)
    pairs = in_turn(size.rounds, lambda: _scan(old), lambda: _scan(young))
    yield latency("scan for due work, p50 / p99", old.database, pairs.ours, pairs.raw)


def _grow(where: Ground, events: int) -> None:
    """A log of that length: some of it saved, the rest copies of these rows under new ids, with what was due and done."""
    own = min(events, 100 * EVENTS_A_CASE)
    fill(where, own)
    saved = saved_after(where.office, 0)
    with closing(RawConnection(where.office.settings, Store.CASE_LOG)) as connection:
        for _ in range(events // len(saved.events) - 1):
            connection.insert(events_table(where.office), EVENTS, [(uuid4().hex, *row[1:]) for row in saved.events])
            facts = [(name, uuid4().hex, *others) for name, _, *others in saved.facts]
            connection.insert("access_facts", FACTS, facts)
            connection.commit()
    _leave_due_work(where, events // EVENTS_A_CASE)


def _leave_due_work(where: Ground, cases: int) -> None:
    """For each case a receipt long sent and a warning far ahead; a few receipts still to be sent."""
    now = where.office.clock.now()
    sent = [due(Task.SEND_RECEIPT, uuid4(), now - timedelta(days=30), 1, state=RowState.DONE) for _ in range(cases)]
    ahead = [due(Task.WARN_OF_DEADLINE, uuid4(), now + timedelta(days=30), 1) for _ in range(cases)]
    still = [due(Task.SEND_RECEIPT, uuid4(), now - timedelta(minutes=1), 1) for _ in range(STILL_DUE)]
    with where.office.view_store.begin() as connection:
        connection.execute(insert(DUE_WORK), [vars(row) for row in (*sent, *ahead, *still)])


def _command(where: Ground) -> None:
    receive = OPERATIONS["receive_application"]
    body = ReceiveApplication.model_validate(where.application())
    request = CommandRequest(SAKSBEHANDLER, "POST /api/v1/applications", str(uuid4()), b"bench", uuid4())
    where.office.desk.carry_out(request, lambda context: receive.run(where.office, context, {}, body))


def _scan(where: Ground) -> None:
    """One look of beat's. Its claims run out at once, so that the next look finds the same rows."""
    now = real_now()
    with where.office.view_store.begin() as connection:
        claimed = due_rows.claim(connection, now=where.office.clock.now(), real_now=now, until=now, limit=200)
    assert len(claimed) == STILL_DUE
