"""The store of keys: wrapped data keys by owner, and the index that finds a person by identity number (design D3).

A SQLite file or PostgreSQL schema of its own, with a backup of its own. Rows are inserted or read, and stay what they
are; only destruction changes one, and it leaves the row as a tombstone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    Executable,
    LargeBinary,
    MetaData,
    Row,
    Select,
    Table,
    Uuid,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateSchema

Insert = Callable[[Table], postgresql.Insert] | Callable[[Table], sqlite.Insert]
"""How each database begins a statement that can say what to do with a row that is there."""

metadata = MetaData()

keys = Table(
    "keys",
    metadata,
    Column("owner", Uuid, primary_key=True),
    Column("wrapped", LargeBinary),
    Column("wrapped_by", LargeBinary, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("destroyed_at", DateTime(timezone=True)),
)

identity_index = Table(
    "identity_index",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("person", Uuid, nullable=False),
)


@dataclass(frozen=True)
class WrappedKey:
    """A data key as it is stored. `wrapped` is None once it is destroyed; `wrapped_by` names the wrapping key."""

    owner: UUID
    wrapped: bytes | None
    wrapped_by: bytes


class KeyStore:
    """Wrapped keys and index digests in a database. It never sees a key, a text or an identity number in the clear."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")

    def create_tables(self) -> None:
        """Create the tables (and on PostgreSQL the schema) if they are not there. One process only (design D5)."""
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                schema = str(connection.scalar(text("SHOW search_path"))).strip('"')
                connection.execute(CreateSchema(schema, if_not_exists=True))
            metadata.create_all(connection)

    def close(self) -> None:
        self._engine.dispose()

    def keys_of(self, owners: Iterable[UUID]) -> dict[UUID, WrappedKey]:
        """The keys of `owners` in one query. Owners without a key are left out."""
        wanted = select(keys.c.owner, keys.c.wrapped, keys.c.wrapped_by).where(keys.c.owner.in_(set(owners)))
        return {row.owner: WrappedKey(row.owner, row.wrapped, row.wrapped_by) for row in self._read(wanted)}

    def add_key(self, key: WrappedKey, at: datetime) -> WrappedKey:
        """Store `key` unless its owner has one; the one that counts comes back. Safe when several try at once."""
        with self._engine.begin() as connection:
            is_first = self._insert_if_absent(connection, keys, _values(key, at))
        return key if is_first else self.keys_of([key.owner])[key.owner]

    def destroy_key(self, owner: UUID, at: datetime) -> None:
        """Wipe the owner's key and leave a tombstone. Again is the same as once."""
        with self._engine.begin() as connection:
            connection.execute(
                update(keys)
                .where(keys.c.owner == owner, keys.c.destroyed_at.is_(None))
                .values(wrapped=None, destroyed_at=at)
            )

    def has_keys_not_wrapped_by(self, wrapping_key: bytes) -> bool:
        """Whether a living key names another wrapping key than this."""
        other = select(keys.c.owner).where(keys.c.wrapped_by != wrapping_key, keys.c.wrapped.is_not(None)).limit(1)
        return bool(self._read(other))

    def person_with(self, digest: bytes) -> tuple[UUID, WrappedKey | None] | None:
        """The person whose identity number has this digest, and her key if she has one."""
        known = identity_index.outerjoin(keys, keys.c.owner == identity_index.c.person)
        wanted = select(identity_index.c.person, keys.c.owner, keys.c.wrapped, keys.c.wrapped_by).select_from(known)
        for row in self._read(wanted.where(identity_index.c.digest == digest)):
            return row.person, WrappedKey(row.owner, row.wrapped, row.wrapped_by) if row.owner else None
        return None

    def person_for(self, digest: bytes, new_id: UUID, key_of: Callable[[UUID], WrappedKey], at: datetime) -> WrappedKey:
        """The key of the person whose identity number has this digest: `new_id`, if there is none yet.

        `key_of` makes a key for who has none. The same two statements and one durable commit whether the number is known
        or not, so that the time it takes says nothing. Safe when several try at once.
        """
        with self._engine.begin() as connection:
            person = {"digest": digest, "person": new_id}
            owner: UUID = self._insert_or_find(connection, identity_index.c.digest, person).person
            row = self._insert_or_find(connection, keys.c.owner, _values(key_of(owner), at))
        return WrappedKey(row.owner, row.wrapped, row.wrapped_by)

    def _insert_or_find(self, connection: Connection, key: Column[Any], values: dict[str, Any]) -> Row[Any]:
        """The row with that key as it stands, or `values` as a new one."""
        return connection.execute(_inserted_or_found(self._insert(), key), values).one()

    def _insert_if_absent(self, connection: Connection, table: Table, values: dict[str, Any]) -> bool:
        return connection.execute(self._insert()(table).values(**values).on_conflict_do_nothing()).rowcount > 0

    def _insert(self) -> Insert:
        return postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert

    def _read(self, query: Select[Any]) -> Sequence[Row[Any]]:
        """The rows. Asked once more when the connection has died while nobody used it, instead of a ping before each."""
        try:
            return self._read_once(query)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            return self._read_once(query)

    def _read_once(self, query: Select[Any]) -> Sequence[Row[Any]]:
        with self._reading.connect() as connection:
            return connection.execute(query).all()


@cache
def _inserted_or_found(insert: Insert, key: Column[Any]) -> Executable:
    """The statement, put together once: what is found is written again as it stands, so that it comes back."""
    inserted = insert(key.table)
    as_it_stands = {key.name: inserted.excluded[key.name]}
    return inserted.on_conflict_do_update(index_elements=[key], set_=as_it_stands).returning(*key.table.c)


def _values(key: WrappedKey, at: datetime) -> dict[str, Any]:
    return {"owner": key.owner, "wrapped": key.wrapped, "wrapped_by": key.wrapped_by, "created_at": at}


class KeptKeys:
    """The wrapped keys that one request has read or made. They live as long as the request, no longer (D3, D17)."""

    def __init__(self, store: KeyStore) -> None:
        self._store = store
        self._kept = dict[UUID, WrappedKey]()

    def of(self, owners: Iterable[UUID]) -> Mapping[UUID, WrappedKey]:
        """The keys of `owners`: with one query for those that are not kept yet, or none."""
        wanted = set(owners)
        if unknown := wanted - self._kept.keys():
            self._kept.update(self._store.keys_of(unknown))
        return {owner: self._kept[owner] for owner in wanted & self._kept.keys()}

    def keep(self, key: WrappedKey) -> WrappedKey:
        self._kept[key.owner] = key
        return key

    def forget(self, owner: UUID) -> None:
        self._kept.pop(owner, None)
