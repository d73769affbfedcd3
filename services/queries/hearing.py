"""What others told of the applicant in a case decided without the group, and how far it has been answered (LH6)."""

from datetime import date
from uuid import UUID

from pydantic import Field

from domain.decisions.heard import FactsException
from domain.decisions.hearing import Hearing, hearing_id
from services.log.streams import Readable
from services.queries.answer import Answer, ETag
from services.queries.reading import Reading
from services.versions import version_of


class HearingPart(Answer):
    """The hearing as it stands, with what was last put to the applicant."""

    etag: ETag = Field(description="Send as If-Match with a change to this part.")
    told: bool = Field(description="Whether others told anything, or nobody has said that they did not.")
    facts: str | None
    answer_by: date | None = Field(description="The applicant's last day to answer.")
    is_answered: bool
    answer: str | None
    exception: FactsException | None
    because: str | None = Field(description="Why the exception holds.")


def hearing(log: Readable, case: UUID, reading: Reading) -> HearingPart | None:
    """The hearing of the case with its texts, which only its events hold; None before it has begun."""
    found = log.find(Hearing, hearing_id(case))
    if found is None:
        return None
    facts = answer = because = None
    for event in log.stream(found.id):
        match event:
            case Hearing.FactsPutToApplicant():
                facts, answer, because = event.facts, None, None
            case Hearing.ApplicantAnswered():
                answer = event.answer
            case Hearing.ExceptionRecorded():
                because = event.because
    return HearingPart(
        etag=version_of(found), told=found.heard.told, facts=reading.text(facts),
        answer_by=found.heard.answer_by, is_answered=found.heard.is_answered, answer=reading.text(answer),
        exception=found.heard.exception, because=reading.text(because),
    )  # fmt: skip
