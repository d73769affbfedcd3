"""Which sign-in stands for which employee: linked and unlinked in the directory (design D16)."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from domain.actors import EmployeeId
from domain.people.employee import Employee, LoginId
from services.command_desk import Outcome
from services.commands.body import Body
from services.commands.employees import KEEPS_ENTRY
from services.context import Context
from services.core.registry import Area, command
from services.installation import Installation
from services.logins import require_free


class LinkLogin(Body):
    """Who somebody is at the login service, whatever that looks like there. Never stored as it is."""

    subject: Annotated[
        str,
        StringConstraints(min_length=1, max_length=200),
        Field(description="The claim `sub` of their tokens.", examples=["k7Yx-pairwise-0412"]),
    ]


@dataclass(frozen=True)
class LoginChanged:
    """Whose entry it is, and the sign-in as the log knows it."""

    employee: EmployeeId
    login: LoginId


@command("/employees/{employee}/logins", Area.EMPLOYEES, KEEPS_ENTRY, status=HTTPStatus.CREATED)
def link_login(office: Installation, context: Context, employee: Employee, body: LinkLogin) -> Outcome[LoginChanged]:
    """Let a sign-in at the municipality's login service stand for this employee."""
    login = office.vault.login_id(office.settings.token_issuer, body.subject)
    employee.link_login(login, by=context.by, at=context.at)
    require_free(office, body.subject, employee=employee.id)
    return Outcome((employee,), LoginChanged(employee.id, login), tagged=employee)


@command("/employees/{employee}/logins/{login}/unlinking", Area.EMPLOYEES, KEEPS_ENTRY)
def unlink_login(_office: Installation, context: Context, employee: Employee, login: UUID) -> Outcome[LoginChanged]:
    """Take a sign-in away again; it opens nothing any more."""
    employee.unlink_login(login, by=context.by, at=context.at)
    return Outcome((employee,), LoginChanged(employee.id, login), tagged=employee)
