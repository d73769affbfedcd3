"""Commands over HTTP, against a process of its own, by one client and by several at once."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2

from bench.ground import API, SAKSBEHANDLER, Ground, headers, serving
from bench.pairs import Action, in_turn, in_turn_together
from bench.raw import RawConnection, Saved, saved_after
from bench.size import Size
from bench.table import Row, latency
from demo.patience import HUNG_AFTER
from services.settings import Store

KEYS = ("owner", "wrapped", "wrapped_by", "created_at")
BURST = 5


def measure(where: Ground, folder: Path, size: Size) -> Iterator[Row]:
    """Receive an application, which makes a person with a key of their own; give a consent, which needs no key."""
    with serving(where, folder, *API) as address, ExitStack() as stack:
        clients = [stack.enter_context(_client(where, address)) for _ in range(size.clients)]
        yield from _command("receive application", where, size, [_receive(where, client) for client in clients], True)
        needed = size.rounds + 3 + size.clients * size.together * BURST
        cases = iter([_receive(where, clients[0])()["case"] for _ in range(needed)])
        yield from _command("give consent", where, size, [_consent(where, c, cases) for c in clients], False)


def _command(
    name: str, where: Ground, size: Size, commands: list[Callable[[], Any]], new_person: bool
) -> Iterator[Row]:
    before = where.office.case_log.head()
    commands[0]()
    saved = saved_after(where.office, before)
    with ExitStack() as stack:
        raw = [_raw(where, stack, saved, new_person) for _ in commands]
        alone = in_turn(size.rounds, commands[0], raw[0])
        yield latency(f"{name}, HTTP, 1 client, p50 / p99", where.database, alone.ours, alone.raw)
        together = in_turn_together(size.together, commands, raw, burst=BURST)
    operation = f"{name}, HTTP, {len(commands)} clients, p50 / p99"
    yield latency(operation, where.database, together.ours, together.raw)


def _client(where: Ground, address: str) -> httpx2.Client:
    return httpx2.Client(base_url=f"http://{address}/api/v1", headers=headers(where), timeout=HUNG_AFTER)


def _receive(where: Ground, client: httpx2.Client) -> Callable[[], Any]:
    return lambda: _post(client, "/applications", where.application())


def _consent(where: Ground, client: httpx2.Client, cases: Iterator[str]) -> Callable[[], Any]:
    body = {"scopes": [{"unit": "nav"}], "given_on": str(where.context().today), "channel": "form"}
    return lambda: _post(client, f"/cases/{next(cases)}/consent", body)


def _post(client: httpx2.Client, path: str, body: dict[str, Any]) -> Any:
    response = client.post(path, json=body, headers={"Idempotency-Key": str(uuid4())})
    return response.raise_for_status().json()


def _raw(where: Ground, stack: ExitStack, saved: Saved, new_person: bool) -> Action:
    """The rows of one command, by one connection to each store: the keys first, as the vault has it."""
    log, keys = (stack.enter_context(closing(where.raw.connect(store))) for store in (Store.CASE_LOG, Store.KEYS))
    key = _key(where)

    def save() -> None:
        if new_person:
            _save_keys(keys, key)
        where.raw.save(log, saved)

    return save


def _key(where: Ground) -> tuple[Any, ...]:
    with closing(RawConnection(where.office.settings, Store.KEYS)) as connection:
        where.office.vault.seal(SAKSBEHANDLER.id, None, "note.bench", "En nøkkel å måle med.")
        return connection.read("keys", KEYS)[0]


def _save_keys(connection: RawConnection, key: tuple[Any, ...]) -> None:
    connection.insert("identity_index", ("digest", "person"), [(uuid4().bytes * 2, uuid4().hex)])
    connection.commit()
    connection.insert("keys", KEYS, [(uuid4().hex, *key[1:])])
    connection.commit()
