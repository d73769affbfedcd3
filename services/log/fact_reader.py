"""Who asks for access facts, whichever database they are in."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from uuid import UUID

from services.log import access_facts, fact_reading
from services.log.access_facts import NOW, FactTable, Moment
from services.log.dialect import Execute
from services.log.fact_reading import Directory, Snapshot


class FactReader:
    """Reads the facts of `table`. `reading`: lends what runs a statement, for one question at a time."""

    def __init__(self, table: FactTable, reading: Callable[[], AbstractContextManager[Execute]]) -> None:
        self._table = table
        self._reading = reading

    def of(self, cases: Sequence[UUID], actor: UUID | None, moment: Moment = NOW) -> Snapshot:
        """The facts of these cases at that moment, with those about `actor` (about everybody when None)."""
        with self._reading() as execute:
            return fact_reading.read_facts(execute, self._table, cases, actor, moment)

    def reach(self, actor: UUID, day: date) -> Snapshot:
        """The facts now of every case that some fact ties the actor to on that Oslo date."""
        with self._reading() as execute:
            return fact_reading.read_reach(execute, self._table, actor, day)

    def inhabil(self, scopes: Sequence[UUID]) -> Snapshot:
        """Who is inhabil now in these scopes, and no other fact."""
        with self._reading() as execute:
            return fact_reading.read_inhabil(execute, self._table, scopes)

    def directory(self, logins: Sequence[UUID]) -> Directory:
        """Who these sign-ins stand for now, with their seats."""
        with self._reading() as execute:
            return fact_reading.read_directory(execute, self._table, logins)

    def made_by(self) -> str | None:
        """The rules that the facts were last written anew by."""
        with self._reading() as execute:
            return access_facts.made_by(execute, self._table)
