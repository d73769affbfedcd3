"""Where papers lie: closed, each under its checksum (ADR 0007). A SQLite file or PostgreSQL schema of its own."""

from typing import Self

from sqlalchemy import Column, Engine, LargeBinary, MetaData, String, Table, create_engine, event, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateSchema

from services.settings import Settings, Store
from services.vault import ClosedPaper

metadata = MetaData()

papers = Table(
    "papers",
    metadata,
    Column("checksum", String, primary_key=True),
    Column("box", LargeBinary, nullable=False),
)


class PaperStore:
    """Closed papers by checksum. Rows are inserted or read, never changed; it never sees a key or a text."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The papers of this installation."""
        url = settings.sqlalchemy_url(Store.PAPERS)
        if not settings.is_sqlite(Store.PAPERS):
            return cls(create_engine(url, pool_pre_ping=True))
        engine = create_engine(url, connect_args={"timeout": settings.lock_timeout_seconds})
        event.listen(engine, "connect", _prepare_sqlite)
        return cls(engine)

    def create_tables(self) -> None:
        """Create the table (and on PostgreSQL the schema) if it is not there. One process only (design D5)."""
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                schema = str(connection.scalar(text("SHOW search_path"))).strip('"')
                connection.execute(CreateSchema(schema, if_not_exists=True))
            metadata.create_all(connection)

    def close(self) -> None:
        self._engine.dispose()

    def file(self, paper: ClosedPaper) -> None:
        """Store `paper` unless its checksum is known. Safe when several try at once: the first box stays."""
        dialect = postgresql if self._engine.dialect.name == "postgresql" else sqlite
        row = dialect.insert(papers).values(checksum=paper.checksum, box=paper.box)
        with self._engine.begin() as connection:
            connection.execute(row.on_conflict_do_nothing())

    def find(self, checksum: str) -> ClosedPaper | None:
        """The paper with that checksum, closed."""
        with self._engine.connect() as connection:
            box = connection.scalar(select(papers.c.box).where(papers.c.checksum == checksum))
        return None if box is None else ClosedPaper(checksum, bytes(box))


def _prepare_sqlite(connection: object, _record: object) -> None:
    """A paper is on disk before the event that names it."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]
