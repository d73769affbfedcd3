"""The directory of employees."""

from uuid import UUID

from fastapi import APIRouter, Response, status

from services.api.desk import COMMAND_ERRORS, CommandAnswer, CommandDesk
from services.commands import employees

router = APIRouter(prefix="/employees", tags=["employees"], responses=COMMAND_ERRORS)


@router.post("", operation_id="register_employee", response_model=CommandAnswer, status_code=status.HTTP_201_CREATED)
def register_employee(body: employees.RegisterEmployee, desk: CommandDesk) -> Response:
    """Enter an employee, under the id that the login service gives them."""
    return desk.carry_out(employees.register_employee, body)


@router.post("/{employee}/leaving", operation_id="record_leaving", response_model=CommandAnswer)
def record_leaving(employee: UUID, desk: CommandDesk) -> Response:
    """Record that somebody no longer works here; nothing opens for them any more (M02)."""
    return desk.carry_out(employees.record_leaving, employee)
