"""A search for personal data where none may lie: every file under a folder, and everything in Redis (R10).

It looks for each secret in every form a program may have given it (`demo/leak_forms.py`). Before it looks it plants
a canary in all of these forms and must find each one again: a search that finds nothing has then been shown to see.
"""

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from stat import S_ISREG
from typing import Any

from redis import Redis

from demo.leak_forms import Needle, forms_of, needles_of

__all__ = ["Finding", "SearchIsBlindError", "forms_of", "search"]

CHUNK = 4 * 1024 * 1024
"""How many bytes of a file are looked at in one go."""

SEAM = b"\x00" * 8
"""Between two places that are looked through together."""

SQLITE_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True)
class Finding:
    """Something that should not be there. It names the secret and never repeats it."""

    where: str
    form: str
    secret_name: str


class SearchIsBlindError(Exception):
    """The search did not find what it had planted itself, so what it does not find says nothing."""


def search(root: Path, secrets: Mapping[str, str], redis_url: str | None = None) -> list[Finding]:
    """Every place under `root`, and in every database of the Redis server, that holds one of `secrets` (name → text).

    Raises `SearchIsBlindError` when a planted canary is missed in any form, ValueError for a secret too short to search.
    """
    canary = f"Kanarifugl Æsøy {token_hex(8)} på vift"
    _must_see_files(root, canary)
    needles = [needle for name, secret in secrets.items() for needle in needles_of(name, secret)]
    places = [_files(root)]
    if redis_url is not None:
        _must_see_redis(redis_url, canary)
        places.append(_redis_values(redis_url))
    return _found(places, needles)


Place = tuple[str, bytes]
"""Some bytes, and where they lie."""


def _found(places: Iterable[Iterable[Place]], needles: Sequence[Needle]) -> list[Finding]:
    found: dict[Finding, None] = {}
    for heap in _heaps(place for some in places for place in some):
        # What is in none of them together is in none of them: only what is there is looked for in each.
        suspects = list(_hits(SEAM.join(content for _, content in heap), needles))
        for where, content in heap if suspects else ():
            for needle in _hits(content, suspects):
                found[Finding(where, needle.form, needle.secret_name)] = None
    return list(found)


def _heaps(places: Iterable[Place]) -> Iterator[list[Place]]:
    """The places in heaps of about `CHUNK` bytes: a thousand rows are looked through as fast as one."""
    heap: list[Place] = []
    size = 0
    for where, content in places:
        heap.append((where, content))
        size += len(content)
        if size >= CHUNK:
            yield heap
            heap, size = [], 0
    yield heap


def _hits(content: bytes, needles: Sequence[Needle]) -> Iterator[Needle]:
    """The needles in `content`, also across the line breaks that mail puts into long lines."""
    lowered = content.lower()
    joined, joined_lowered = _one_line(content), _one_line(lowered)
    for needle in needles:
        breaks = b"\r" in needle.content or b"\n" in needle.content
        exact, small = (content, lowered) if breaks else (joined, joined_lowered)
        if needle.content in (exact if needle.case_matters else small):
            yield needle


def _one_line(content: bytes) -> bytes:
    """Without line breaks. Whatever has none of its own and stood in `content` stands here as well."""
    return content.replace(b"=\r\n", b"").replace(b"=\n", b"").replace(b"\r", b"").replace(b"\n", b"")


def _files(root: Path) -> Iterator[Place]:
    """Names and contents of all files below `root`, the rows of SQLite files as well: a long value is split over pages."""
    for path in sorted(root.rglob("*")):
        with suppress(FileNotFoundError):  # a running system deletes files of its own
            if not S_ISREG(path.lstat().st_mode):
                continue
            where = str(path.relative_to(root))
            yield f"{where} (its name)", where.encode()
            yield from ((where, chunk) for chunk in _chunks(path))
            if _is_sqlite(path):
                yield from ((f"{where}, {table}", row) for table, row in _rows(path))


def _chunks(path: Path) -> Iterator[bytes]:
    """The file piece by piece, each beginning with the end of the one before, so that nothing hides at a seam."""
    overlap = b""
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            content = overlap + piece
            yield content
            overlap = content[-CHUNK // 4 :]


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC


def _rows(path: Path) -> Iterator[tuple[str, bytes]]:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.text_factory = bytes
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            name = table.decode()
            quoted = name.replace('"', '""')
            for row in connection.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 - the name is quoted
                yield name, b"\x00".join(_as_bytes(value) for value in row)


def _as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


Reader = Callable[[Any, bytes], Any]

READERS: Mapping[bytes, Reader] = {
    b"string": lambda client, key: client.get(key),
    b"list": lambda client, key: client.lrange(key, 0, -1),
    b"set": lambda client, key: client.smembers(key),
    b"zset": lambda client, key: client.zrange(key, 0, -1),
    b"hash": lambda client, key: client.hgetall(key),
    b"stream": lambda client, key: client.xrange(key),
}
"""How a value of each type is read whole. DUMP alone would not do: it compresses."""


def _redis_values(url: str) -> Iterator[Place]:
    """Every key and value in every database of the server."""
    with Redis.from_url(url, single_connection_client=True) as connection:
        client: Any = connection  # what the library says of its answers covers its asynchronous client as well
        for database in client.info("keyspace"):
            client.execute_command("SELECT", str(database).removeprefix("db"))
            for key in client.scan_iter(count=1000):
                read: Reader = READERS.get(client.type(key), _dump)
                yield f"redis {database}, {key[:60]!r}", b"\x00".join([key, *_flat(read(client, key))])


def _dump(client: Any, key: bytes) -> bytes | None:
    """A value of a type without a reader of its own."""
    dumped: bytes | None = client.dump(key)
    return dumped


def _flat(value: object) -> Iterator[bytes]:
    """All bytes in a value of Redis, however it is nested."""
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list | tuple | set):
        for part in value:
            yield from _flat(part)
    elif value is not None:
        yield _as_bytes(value)


def _must_see_files(root: Path, canary: str) -> None:
    with tempfile.TemporaryDirectory(prefix=".canary-", dir=root) as folder:
        for number, form in enumerate(forms_of(canary).values()):
            (Path(folder) / str(number)).write_bytes(b"before " + form + b" after")
        _must_see(canary, _files(Path(folder)), "files")


def _must_see_redis(url: str, canary: str) -> None:
    name, forms = f"canary-{token_hex(8)}", forms_of(canary).values()
    with Redis.from_url(url) as client:
        try:
            client.rpush(name, *(b"before " + form + b" after" for form in forms))
            _must_see(canary, _redis_values(url), "Redis")
        finally:
            client.delete(name)


def _must_see(canary: str, places: Iterable[Place], where: str) -> None:
    needles = needles_of("canary", canary)
    seen = {finding.form for finding in _found([places], needles)}
    if missed := {needle.form for needle in needles} - seen:
        raise SearchIsBlindError(f"the canary planted in {where} was not found as {', '.join(sorted(missed))}")
