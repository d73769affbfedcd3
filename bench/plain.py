"""A plain service to stand beside: FastAPI, SQLAlchemy, three tables, and a row that says who looked or wrote.

As most would write it first, and no slower than that: one transaction a request, texts in the clear, no token, no
decision who may see what, no history, no idempotency. What Husrom does beyond this is what its figures pay for.
"""

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID, uuid4

import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException, Request
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Index, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship


class Base(DeclarativeBase):
    """The tables."""


class Person(Base):
    __tablename__ = "plain_person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]
    identity_number: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str]
    email: Mapped[str | None]


class Application(Base):
    __tablename__ = "plain_application"
    __table_args__ = (Index("plain_application_newest", "received_on", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("plain_person.id"))
    person: Mapped[Person] = relationship()
    kinds: Mapped[str]
    received_on: Mapped[date]
    adults: Mapped[int]
    present_housing: Mapped[str]
    reason: Mapped[str]
    economy: Mapped[str]
    stage: Mapped[str] = mapped_column(default="received")
    responsible: Mapped[UUID]


class Audit(Base):
    __tablename__ = "plain_audit"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    employee: Mapped[UUID]
    action: Mapped[str]
    about: Mapped[str]
    at: Mapped[datetime]


class PersonBody(BaseModel):
    """The applicant, in and out."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    identity_number: str
    address: str
    email: str | None = None


class Household(BaseModel):
    adults: int


class ApplicationBody(BaseModel):
    """An application as it comes in; the same body that Husrom takes."""

    applicant: PersonBody
    kinds: list[str]
    received_on: date
    household: Household
    present_housing: str
    reason: str
    economy: str


class Registered(BaseModel):
    """The ids of what was registered."""

    application: UUID
    person: UUID


class ApplicationRow(BaseModel):
    """One application in a list."""

    application: UUID
    person: UUID
    name: str
    kinds: str
    received_on: date
    stage: str
    responsible: UUID


class ApplicationView(ApplicationRow):
    """One application with all it says."""

    applicant: PersonBody
    adults: int
    present_housing: str
    reason: str
    economy: str


def session_of(request: Request) -> Iterator[Session]:
    """The request's own session."""
    with Session(request.app.state.engine) as session:
        yield session


InSession = Annotated[Session, Depends(session_of)]
Employee = Annotated[UUID, Header()]
app = FastAPI()


@app.post("/applications", status_code=201)
def register(body: ApplicationBody, session: InSession, employee: Employee) -> Registered:
    """Three rows: the person, the application, and who registered it."""
    person = Person(id=uuid4(), **body.applicant.model_dump())
    application = Application(
        id=uuid4(), person=person, kinds=",".join(body.kinds), received_on=body.received_on,
        adults=body.household.adults, present_housing=body.present_housing, reason=body.reason, economy=body.economy,
        responsible=employee,
    )  # fmt: skip
    answer = Registered(application=application.id, person=person.id)
    session.add_all([person, application])
    _leave_trace(session, employee, "register", application.id)
    return answer


@app.get("/applications/{id}")
def read(id: UUID, session: InSession, employee: Employee) -> ApplicationView:
    """One application with its person, and a row that says who looked."""
    application = session.get(Application, id, options=[joinedload(Application.person)])
    if application is None:
        raise HTTPException(404)
    answer = ApplicationView(
        **_row(application), applicant=PersonBody.model_validate(application.person), adults=application.adults,
        present_housing=application.present_housing, reason=application.reason, economy=application.economy,
    )  # fmt: skip
    _leave_trace(session, employee, "read", id)
    return answer


@app.get("/applications")
def list_(session: InSession, employee: Employee, limit: int = 50) -> list[ApplicationRow]:
    """The newest applications of that employee's, and a row that says whose she has seen."""
    newest = (
        select(Application)
        .options(joinedload(Application.person))
        .where(Application.responsible == employee)
        .order_by(Application.received_on.desc(), Application.id)
        .limit(limit)
    )
    found = session.scalars(newest).all()
    answer = [ApplicationRow(**_row(application)) for application in found]
    _leave_trace(session, employee, "list", *(application.id for application in found))
    return answer


def _row(application: Application) -> dict[str, object]:
    return {
        "application": application.id, "person": application.person_id, "name": application.person.name,
        "kinds": application.kinds, "received_on": application.received_on, "stage": application.stage,
        "responsible": application.responsible,
    }  # fmt: skip


def _leave_trace(session: Session, employee: UUID, action: str, *about: UUID) -> None:
    """The audit row, and the commit that makes all of it last."""
    session.add(Audit(employee=employee, action=action, about=",".join(map(str, about)), at=datetime.now(UTC)))
    session.commit()


def on(database: str) -> FastAPI:
    """The service on the database with that SQLAlchemy URL, its tables made."""
    app.state.engine = create_engine(database, pool_size=5, max_overflow=20)
    Base.metadata.create_all(app.state.engine)
    return app


def main() -> None:
    """Serve, with the server and the settings that Husrom has."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--database", required=True, help="an SQLAlchemy URL")
    asked = parser.parse_args()
    uvicorn.run(on(asked.database), port=asked.port, access_log=False, log_config=None, server_header=False)


if __name__ == "__main__":
    main()
