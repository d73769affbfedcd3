"""The replay of knowledge (B01, C05)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AfterValidator, AwareDatetime

from services import audit
from services.api.desk import QUERY_ERRORS, Looking
from services.replay_answer import Replay

router = APIRouter(prefix="/cases", tags=["reviews"], responses=QUERY_ERRORS)


def _in_living_memory(moment: datetime) -> datetime:
    if not 1900 < moment.year < 2200:
        raise ValueError("must be between 1900 and 2200")
    return moment


Moment = Annotated[
    AwareDatetime,
    AfterValidator(_in_living_memory),
    Query(description="A moment that has been, with a time zone.", examples=["2027-01-12T12:00:00Z"]),
]


@router.get("/{case}/replay", operation_id="replay_case")
def replay_case(case: UUID, at: Moment, look: Looking) -> Replay:
    """Who could see the case at that moment, who did, who was told and who was refused, under which consent and rule.

    For reviewers. What the case said then is there only while the reviewer has a review of it open; both are logged.
    """
    return audit.replay(look.office, look.context, case, at)
