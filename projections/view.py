"""What a view is: its tables, its version, the log it follows and what each event does to it (C02)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table

from domain.base import Event

METADATA = MetaData()

POSITIONS = Table(
    "view_positions",
    METADATA,
    Column("view", String, primary_key=True),
    Column("version", String, nullable=False),
    Column("position", BigInteger, nullable=False),
)


class Source(StrEnum):
    """The log a view follows."""

    CASE_LOG = "case_log"
    DISCLOSURE_LOG = "disclosure_log"


@dataclass(frozen=True)
class View:
    """A view is never migrated: when `version` changes it is emptied and rebuilt from the log (design D5).

    `apply` gets the connection, one event and its position, and is called once for each event in order.
    """

    name: str
    version: str
    source: Source
    tables: tuple[Table, ...]
    apply: Callable[[Connection, Event, int], None]
