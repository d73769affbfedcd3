"""The further notice to an applicant whose promised day slips (LH3)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.cases.application import Application
from services.command_desk import Outcome
from services.commands.body import Body, Code, Day
from services.context import Context
from services.core.codes import DELAY_REASONS
from services.core.permits.casework import Handles
from services.core.registry import Area, command
from services.installation import Installation


class SendDelayNotice(Body):
    """Why it takes longer than promised, as a code, and when to expect an answer now (LH3)."""

    reason: Annotated[
        Code, DELAY_REASONS, Field(description="Why it takes time.", examples=["waiting_for_information"])
    ]
    expected_on: Day


@dataclass(frozen=True)
class DelayNotified:
    """An application, and the day on which the applicant can expect its answer now."""

    application: UUID
    expected_on: date


@command("/applications/{application}/delay-notice", Area.APPLICATIONS, Handles(Application))
def send_delay_notice(
    _office: Installation, context: Context, application: Application, body: SendDelayNotice
) -> Outcome[DelayNotified]:
    """Record the further notice when the promised day slips: why, and the new day (LH3)."""
    application.send_delay_notice(
        reason=body.reason, expected_on=body.expected_on, today=context.today, by=context.by, at=context.at
    )
    return Outcome((application,), DelayNotified(application.id, body.expected_on), tagged=application)
