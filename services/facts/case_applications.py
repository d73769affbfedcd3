"""The applications of one case, whatever has become of them, and whether there is still something to decide in it."""

from uuid import UUID

from domain.cases.application import Application, ApplicationKind
from domain.group.agenda_item import Matter
from domain.refusals import WrongStateError
from services.installation import Installation

BEGUN_BY_APPLICATION = (Matter.NEW_CASE, Matter.EXTENSION)
"""What comes on an agenda because somebody applied. What a member submitted, or a lease that ends, stands by itself."""


class NothingToDecideError(WrongStateError):
    code = "nothing_to_decide"
    rule = "M11"
    missing = "Det er ingenting å drøfte: søknaden er trukket, sendt videre eller dobbeltregistrert."
    next_step = "Ta saken av sakslisten, eller sett den opp under et annet tema dersom noe annet skal drøftes."


def applications_in(office: Installation, case: UUID) -> list[Application]:
    """Every application in the case, as the log has it now."""
    return [office.case_log.load(Application, id) for id in office.case_log.applications_of(case)]


def unanswered_in(office: Installation, case: UUID) -> tuple[ApplicationKind, ...]:
    """What the applications in the case still wait for (LH4)."""
    return tuple(kind for application in applications_in(office, case) for kind in application.unanswered)


def require_something_to_decide(office: Installation, case: UUID | None, matter: Matter) -> None:
    """Raise `NothingToDecideError` for a matter that applications began, when all of them have fallen away."""
    if case is None or matter not in BEGUN_BY_APPLICATION:
        return
    applications = applications_in(office, case)
    if applications and all(application.fell_away for application in applications):
        raise NothingToDecideError
