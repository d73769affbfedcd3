"""Who is in the directory before a test begins, entered as `husrom employee` would have done it."""

from datetime import datetime
from uuid import uuid4

from domain.actors import Actor, By
from domain.people.employee import Employee
from services.installation import Installation
from services.operating import OPERATOR

BY_OPERATOR = By.of(OPERATOR, correlation=uuid4(), cause=uuid4())


def enter(office: Installation, who: Actor, *, email: str | None = None, at: datetime | None = None) -> None:
    """See that somebody has an entry, with this seat when it is a new one. `at`: UTC; now unless it is said."""
    if office.case_log.find(Employee, who.id) is not None:
        return
    words = {"employee.name": "Ansatt Eksempelsen", "employee.email": email or f"{who.id.hex}@eksempel.invalid"}
    sealed = office.vault.seal_many(who.id, None, words)
    entry = Employee.register(
        id=who.id, unit=who.unit, role=who.role, name=sealed["employee.name"], email=sealed["employee.email"],
        by=BY_OPERATOR, at=at or office.clock.now(),
    )  # fmt: skip
    office.case_log.append(entry)
