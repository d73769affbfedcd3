"""One running installation: its settings, logs, vault, gate, views and rules, put together once per process (D9, D12)."""

from copy import copy
from functools import cached_property, partial
from typing import Self

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.schema import CreateSchema

from domain.law.rulebook import Rulebook
from domain.law.working_days import WorkingDays
from projections.catalogue import views
from projections.feed import Feed
from projections.rules import DatedRules
from projections.view import Source
from services.clock import OfficeClock, office_clock
from services.command_desk import CommandDesk
from services.context import Context
from services.gate import Gate
from services.log.event_log import CaseLog, DisclosureLog, EventLog
from services.own_access import OwnAccess
from services.papers.store import PaperStore
from services.public_holidays import norwegian_working_days
from services.rulebooks import Rulebooks, load_rulebooks
from services.settings import Settings, Store
from services.vault import Vault
from services.versions import Etags


class Installation:
    """Everything a process needs, built in it and never before a fork (design D9)."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        self.clock: OfficeClock = office_clock(settings)
        self.rulebooks: Rulebooks = load_rulebooks(settings.rulebooks)
        self.working_days: WorkingDays = norwegian_working_days()
        self.dated_rules = DatedRules(self.rulebooks.oldest_first, self.working_days)

    @cached_property
    def case_log(self) -> CaseLog:
        return CaseLog(self.settings)

    @cached_property
    def disclosure_log(self) -> DisclosureLog:
        return DisclosureLog(self.settings)

    @cached_property
    def vault(self) -> Vault:
        return Vault.of(self.settings)

    @cached_property
    def papers(self) -> PaperStore:
        """The papers that were made, closed (ADR 0007)."""
        return PaperStore.of(self.settings)

    @cached_property
    def gate(self) -> Gate:
        return Gate(self.case_log, self.disclosure_log, self.vault)

    @cached_property
    def etags(self) -> Etags:
        return Etags(self.vault.etag_digest)

    @cached_property
    def desk(self) -> CommandDesk:
        return CommandDesk(self.case_log, self.clock, OwnAccess(self.case_log, self.disclosure_log), self.etags)

    @cached_property
    def views(self) -> Engine:
        """The views' database, to read in: each statement alone, without a transaction around it (D18)."""
        return self.view_store.execution_options(isolation_level="AUTOCOMMIT")

    @cached_property
    def view_store(self) -> Engine:
        """The views' database, for who writes in it: the feeds, and what claims work."""
        engine = create_engine(self.settings.sqlalchemy_url(Store.VIEWS), pool_size=5, max_overflow=20)
        if self.settings.is_sqlite(Store.VIEWS):
            event.listen(engine, "connect", partial(_sqlite_in_wal_mode, self.settings.lock_timeout_seconds))
        return engine

    @cached_property
    def feeds(self) -> tuple[Feed, ...]:
        """One feed per log."""
        all_views = views(self.dated_rules)
        logs: dict[Source, EventLog] = {
            Source.CASE_LOG: self.case_log,
            Source.DISCLOSURE_LOG: self.disclosure_log,
        }
        return tuple(
            Feed(log, tuple(view for view in all_views if view.source is source), self.view_store)
            for source, log in logs.items()
        )

    def for_request(self) -> Self:
        """The same installation for one request, which keeps the data keys that it has read until it is over (D17)."""
        for name, made_once in vars(Installation).items():
            if isinstance(made_once, cached_property):
                getattr(self, name)  # made here, so that no request makes its own
        request = copy(self)
        request.__dict__["vault"] = self.vault.for_request()
        request.__dict__["gate"] = self.gate.for_request(request.vault)
        return request

    def rules(self, context: Context) -> Rulebook:
        """The rulebook in force on the day of the request (design D11)."""
        return self.rulebooks.on(context.today)

    def migrate(self) -> None:
        """Create every table. Run by one process before the others start (design D5)."""
        if not self.settings.is_sqlite(Store.VIEWS):
            self._create_schemas()
        self.case_log.create_tables()
        self.disclosure_log.create_tables()
        self.vault.create_tables()
        self.papers.create_tables()
        for feed in self.feeds:
            feed.prepare()

    def _create_schemas(self) -> None:
        with self.view_store.begin() as connection:
            for store in Store:
                connection.execute(CreateSchema(self.settings.schema_of(store), if_not_exists=True))

    def close(self) -> None:
        """Give back every connection."""
        for name in ("case_log", "disclosure_log", "vault", "papers"):
            if name in self.__dict__:
                self.__dict__[name].close()
        if "view_store" in self.__dict__:
            self.view_store.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _sqlite_in_wal_mode(lock_timeout_seconds: float, connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # the DBAPI connection has no common type
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute(f"PRAGMA busy_timeout={int(lock_timeout_seconds * 1000)}")
    cursor.close()
