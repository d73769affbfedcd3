"""One thing that fell due and is being done: the row, the office, and as whom (design D8)."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import structlog
from eventsourcing.persistence import IntegrityError

from domain.actors import SERVICE_OG_TILDELING, THE_SYSTEM, Actor, Role
from projections import due_rows
from projections.due_rows import OPEN, DueRow, Task
from services.context import Context
from services.installation import Installation

SYSTEM = Actor(THE_SYSTEM, SERVICE_OG_TILDELING, Role.SYSTEM)
"""Who the log names for what happened by itself."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Job:
    """What a worker gets. The context's cause is the row, so that every event says which one it came from."""

    office: Installation
    row: DueRow
    context: Context


Handler = Callable[[Job], None]
HANDLERS: dict[Task, Handler] = {}


def handles(task: Task) -> Callable[[Handler], Handler]:
    """Let a function do every row of `task`. It asks the aggregate in the log whether the row is still due."""

    def register(handler: Handler) -> Handler:
        HANDLERS[task] = handler
        return handler

    return register


def carry_out(office: Installation, id: UUID) -> None:
    """Do the row with that id, unless it is not due, done, or somebody else is first. Once or often, it is done once."""
    now = office.clock.now()
    with office.views.connect() as connection:
        row = due_rows.find(connection, id)
    if row is None or row.state not in OPEN or row.due_at > now:
        return
    context = Context(SYSTEM, correlation=uuid4(), cause=row.id, at=now)
    try:
        with office.case_log.deciding(office.case_log.head()):
            HANDLERS[row.task](Job(office, row, context))
    except IntegrityError:
        log.info("somebody_else_was_first", task=row.task.value, row=str(row.id))
