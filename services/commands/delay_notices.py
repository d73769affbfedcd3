"""The further notice to an applicant whose promised day slips (LH3)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.command_desk import Outcome
from services.commands.applications import handled_application
from services.commands.body import Body, Code, Day
from services.context import Context
from services.core.codes import DELAY_REASONS
from services.installation import Installation


class SendDelayNotice(Body):
    """Why it takes longer than promised, as a code, and when to expect an answer now (LH3)."""

    reason: Annotated[Code, DELAY_REASONS, Field(examples=["waiting_for_information"])]
    expected_on: Day


def send_delay_notice(office: Installation, context: Context, application_id: UUID, body: SendDelayNotice) -> Outcome:
    """Record that the applicant was told anew why it takes time, and when to expect an answer (LH3)."""
    application = handled_application(office, context, application_id, "send_delay_notice")
    application.send_delay_notice(
        reason=body.reason, expected_on=body.expected_on, today=context.today, by=context.by, at=context.at
    )
    answer = {"application": application.id, "expected_on": body.expected_on}
    return Outcome((application,), answer, tagged=application)
