"""The store of keys: wrapped data keys by owner, and the index that finds a person by identity number (design D3).

A SQLite file or PostgreSQL schema of its own, with a backup of its own. Rows are inserted or read, never overwritten;
only destruction changes one, and it leaves the row as a tombstone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, DateTime, Engine, LargeBinary, MetaData, Table, Uuid, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateSchema

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
        with self._engine.connect() as connection:
            return {row.owner: WrappedKey(row.owner, row.wrapped, row.wrapped_by) for row in connection.execute(wanted)}

    def add_key(self, key: WrappedKey, at: datetime) -> WrappedKey:
        """Store `key` unless its owner has one; the one that counts comes back. Safe when several try at once."""
        self._insert_if_absent(
            keys, {"owner": key.owner, "wrapped": key.wrapped, "wrapped_by": key.wrapped_by, "created_at": at}
        )
        return self.keys_of([key.owner])[key.owner]

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
        with self._engine.connect() as connection:
            return connection.scalar(other) is not None

    def person_with(self, digest: bytes) -> UUID | None:
        """The person whose identity number has this digest."""
        with self._engine.connect() as connection:
            return connection.scalar(select(identity_index.c.person).where(identity_index.c.digest == digest))

    def add_person(self, digest: bytes, person: UUID) -> UUID:
        """Store the pair unless the digest is known; the person that counts comes back. Safe when several try at once."""
        self._insert_if_absent(identity_index, {"digest": digest, "person": person})
        return self.person_with(digest) or person

    def _insert_if_absent(self, table: Table, values: dict[str, Any]) -> None:
        dialect = postgresql if self._engine.dialect.name == "postgresql" else sqlite
        with self._engine.begin() as connection:
            connection.execute(dialect.insert(table).values(**values).on_conflict_do_nothing())
