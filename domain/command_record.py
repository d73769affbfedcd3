"""That a command was carried out, so that the same request again gives the same answer (design D7)."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.actors import By
from domain.base import CreatedEvent, HusromAggregate


class CommandRecord(HusromAggregate):
    """One carried-out command. Its id follows from caller, route and Idempotency-Key."""

    TOPIC = "command_record"

    class CarriedOut(CreatedEvent):
        """`digest` is a keyed digest of the request's body; `answer` holds ids, dates and codes only."""

        TOPIC: ClassVar[str] = "command_record.CarriedOut"
        route: str
        digest: bytes
        status: int
        answer: str
        etag: str | None

        def apply(self, record: "CommandRecord") -> None:
            record.digest, record.status = self.digest, self.status
            record.answer, record.etag = self.answer, self.etag

    def __init__(self) -> None:
        self.digest: bytes
        self.status: int
        self.answer: str
        self.etag: str | None

    @classmethod
    def carried_out(
        cls, *, id: UUID, route: str, digest: bytes, status: int, answer: str, etag: str | None, by: By, at: datetime
    ) -> "CommandRecord":
        """Record the answer given to a command, in the same save as what the command did."""
        return cls.begin(
            cls.CarriedOut, id=id, by=by, at=at, route=route, digest=digest, status=status, answer=answer, etag=etag
        )
