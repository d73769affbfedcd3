"""Reading: the log replayed into aggregates, and one case through the gate."""

from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

from bench.ground import Ground
from bench.history import fill
from bench.pairs import in_turn
from bench.raw import EVENTS, FACTS, RawConnection, events_table
from bench.size import Size
from bench.table import Row, latency, rate
from domain.access.decision import Action
from domain.base import Event
from domain.cases.application import Application
from services.boxes import SealedFields
from services.commands.applications import ReceiveApplication
from services.core.registry import OPERATIONS
from services.settings import Store

PAGE = 500


def measure_replay(where: Ground, _folder: Path, size: Size) -> Iterator[Row]:
    """Read, decode and apply every event, a page at a time; the raw database reads the same rows."""
    fill(where, size.replayed)
    log = where.office.case_log
    aggregates: dict[UUID, object] = {}
    pages, raw_pages = count(), count()
    condition = f"WHERE {_position(where)} > ? AND {_position(where)} <= ? ORDER BY {_position(where)}"

    def replay() -> None:
        for recorded in log.after(next(pages) * PAGE, PAGE):
            event: Event = recorded.event
            aggregates[event.originator_id] = event.mutate(aggregates.get(event.originator_id))  # type: ignore[arg-type]

    with closing(RawConnection(where.office.settings, Store.CASE_LOG)) as raw:
        table = events_table(where.office)

        def read() -> None:
            first = next(raw_pages) * PAGE
            raw.read(table, EVENTS, condition, first, first + PAGE)

        pairs = in_turn(max(1, log.head() // PAGE), replay, read, warm_up=0)
    events = min(PAGE, log.head())
    yield rate("replay, decode and apply", where.database, "events", events, pairs.ours, pairs.raw)


def measure_gate(where: Ground, _folder: Path, size: Size) -> Iterator[Row]:
    """Decide, log, open two texts; the raw database reads the facts, writes the line and reads the key."""
    case, fields = _received(where)
    before = where.office.disclosure_log.head()
    _look(where, case, fields)
    (stored,) = where.office.disclosure_log.recorder.select_notifications(before, 1, inclusive_of_start=False)
    owner = next(sealed.owner for sealed in fields.values() if sealed is not None)
    stores = (Store.CASE_LOG, Store.DISCLOSURE_LOG, Store.KEYS)
    log, keys = (RawConnection(where.office.settings, store) for store in (Store.CASE_LOG, Store.KEYS))
    with closing(log), closing(keys), closing(where.raw.connect(stores[1])) as disclosures:

        def raw() -> None:
            log.read("access_facts", FACTS, "WHERE scope = ? AND until IS NULL", case.hex)
            row = (uuid4().hex, stored.originator_version, stored.topic, stored.state)
            disclosures.insert(_disclosures_table(where), EVENTS, [row])
            disclosures.commit()
            keys.read("keys", ("wrapped",), "WHERE owner = ?", owner.hex)

        pairs = in_turn(size.rounds, lambda: _look(where, case, fields), raw)
    yield latency("read through the gate, p50 / p99", where.database, pairs.ours, pairs.raw)


def _received(where: Ground) -> tuple[UUID, SealedFields]:
    """A new case, and what its application holds closed."""
    context = where.context()
    body = ReceiveApplication.model_validate(where.application())
    outcome = OPERATIONS["receive_application"].run(where.office, context, {}, body)
    where.office.case_log.append(*outcome.aggregates)
    (application,) = (part for part in outcome.aggregates if isinstance(part, Application))
    content = where.office.case_log.load(Application, application.id).content
    return application.case, {"reason": content.reason, "economy": content.economy}


def _position(where: Ground) -> str:
    return "rowid" if where.database == "SQLite" else "notification_id"


def _disclosures_table(where: Ground) -> str:
    name: str = where.office.disclosure_log.recorder.events_table_name  # type: ignore[attr-defined]  # both kinds have it
    return name


def _look(where: Ground, case: UUID, fields: SealedFields) -> None:
    context = where.context()
    permit = where.office.gate.permit(context, Action.READ, case, purpose="bench")
    where.office.gate.open(context, permit, fields, purpose="bench")
