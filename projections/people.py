"""People: what lists call an applicant or tenant, sealed."""

from uuid import UUID

from sqlalchemy import Column, Connection, Table, Uuid

from domain.base import Event
from domain.people.person import Person
from projections.columns import SealedText
from projections.rows import add, change
from projections.view import METADATA, Source, View

TABLE = Table(
    "people",
    METADATA,
    Column("person", Uuid, primary_key=True),
    Column("name", SealedText("identity.name"), nullable=False),
    Column("registered_name", SealedText("identity.name"), nullable=False),
    Column("registered_by", Uuid, nullable=False),
)
"""`registered_name`: in the words of who registered the person, which stays (M04)."""


def apply(connection: Connection, event: Event, _position: int) -> None:
    person: UUID = event.originator_id
    match event:
        case Person.Registered():
            name = event.details.name
            add(connection, TABLE, person=person, name=name, registered_name=name, registered_by=event.by.actor)
        case Person.DetailsCorrected():
            change(connection, TABLE, person, name=event.details.name)


VIEW = View("people", "2", Source.CASE_LOG, (TABLE,), apply)
