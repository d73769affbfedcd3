"""Opening a case in an emergency: for some days, for a written reason, and somebody is told at once."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.access.decision import Action
from domain.access.emergency import EmergencyAccess
from domain.cases.case import Case
from domain.refusals import NotFoundError
from services.command_desk import Outcome
from services.commands.body import Body, Day, Text
from services.context import Context
from services.core.duties import EMERGENCY
from services.core.permits.keeping import Holds
from services.core.registry import Area, command
from services.installation import Installation


class OpenInEmergency(Body):
    """Until when, and why it cannot wait for whoever has the case. `last_day` is included."""

    last_day: Day
    reason: Annotated[
        Text, Field(examples=["Søkeren står uten tak over hodet, og saksbehandleren er ikke å få tak i."])
    ]


@dataclass(frozen=True)
class OpenedInEmergency:
    """The access, the case that it opens, and the last day of it."""

    emergency_access: UUID
    case: UUID
    last_day: date


@command("/cases/{case}/emergency-access", Area.CASES, Holds(EMERGENCY), status=HTTPStatus.CREATED)
def open_in_emergency(
    office: Installation, context: Context, _: None, case: UUID, body: OpenInEmergency
) -> Outcome[OpenedInEmergency]:
    """Open a case to oneself in an emergency, to read it until a day.

    The leader of Service og tildeling is told at once; when it is the leader who opens it, the reviewer is. It comes
    first in the next review.
    """
    about = office.case_log.find(Case, case)
    if about is None:
        office.gate.permit(context, Action.READ, case, purpose="open_in_emergency")
        raise NotFoundError
    access = EmergencyAccess.open(
        id=uuid4(), case=case, person=about.person, last_day=body.last_day,
        most_days=office.rules(context).choices.emergency_days,
        reason=office.vault.seal(about.person, case, "note.emergency", body.reason), today=context.today,
        by=context.by, at=context.at,
    )  # fmt: skip
    return Outcome((access,), OpenedInEmergency(access.id, case, body.last_day), tagged=access)
