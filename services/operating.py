"""Commands by who runs the installation: on its own machine, without a token (design D16)."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec

from domain.actors import SERVICE_OG_TILDELING, THE_OPERATOR, Actor, Role
from services.command_desk import CommandRequest
from services.core import catalogue
from services.installation import Installation

OPERATOR: Final = Actor(THE_OPERATOR, SERVICE_OG_TILDELING, Role.SYSTEM)
"""Who the log names for it."""


def as_operator(
    office: Installation, operation: str, ids: Mapping[str, UUID], body: Mapping[str, object] | None = None
) -> dict[str, Any]:
    """Carry out a command by its id as the operator, and give its answer.

    Raises its refusals, and pydantic's ValidationError for a body that is none; nothing is stored then.
    """
    declared = {one.id: one for one in catalogue.operations()}[operation]
    sent = declared.sent.model_validate(body) if declared.sent is not None else None
    request = CommandRequest(OPERATOR, f"husrom employee {operation}", str(uuid4()), sha256().digest(), uuid4())
    answer = office.desk.carry_out(request, lambda context: declared.run(office, context, ids, sent))
    told: dict[str, Any] = msgspec.json.decode(answer.body)
    return told
