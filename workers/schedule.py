"""The bell: once a second look for what is due, claim it, and ring for each row (design D8).

Rings can be lost or come twice. A lost one is made up for when its claim runs out; the row decides whether a second
one does anything.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from projections import due_rows
from projections.due_rows import Task
from services.clock import real_now
from services.installation import Installation

SCAN = "due.scan"
EVERY_SECOND = 1.0
AT_ONCE = 200
"""How many rows one look claims at most."""

Ring = Callable[[Task, UUID], None]
"""Puts one row's id into the queue, under its task's name."""


def scan(office: Installation, ring: Ring) -> int:
    """Claim what is due and ring for it; returns how many rows that were. Any number may scan at the same time."""
    now = real_now()
    until = now + timedelta(seconds=office.settings.claim_seconds)
    with office.view_store.begin() as connection:
        claimed = due_rows.claim(connection, now=office.clock.now(), real_now=now, until=until, limit=AT_ONCE)
    for row in claimed:
        ring(row.task, row.id)
    return len(claimed)
