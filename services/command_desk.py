"""Where commands are carried out: exactly once, all or nothing, with races settled (design D1, D7)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Generic
from uuid import UUID, uuid5

import msgspec
from eventsourcing.persistence import IntegrityError, PersistenceError
from typing_extensions import TypeVar

from domain.actors import Actor
from domain.base import HusromAggregate
from domain.command_record import CommandRecord
from domain.refusals import Refusal
from services.clock import OfficeClock
from services.context import Context
from services.log.event_log import CaseLog
from services.own_access import OwnAccess
from services.refusals import IdempotencyKeyReusedError, LogUnavailableError, RaceLostError
from services.versions import etag

COMMANDS = UUID("7b0c5b1e-6d0e-4f8e-9a6b-1f2d3c4b5a69")
ATTEMPTS = 20
"""How often a command is tried again when somebody else was first; each try starts from what they stored."""


@dataclass(frozen=True)
class CommandRequest:
    """One request for a command. `digest`: keyed digest of the body, taken before anything is sealed."""

    actor: Actor
    route: str
    key: str
    digest: bytes
    correlation: UUID
    if_match: str | None = None

    @property
    def record_id(self) -> UUID:
        """The id under which the command is recorded, the same for the same caller, route and key."""
        return uuid5(COMMANDS, f"{self.actor.id}\n{self.route}\n{self.key}")


R_co = TypeVar("R_co", covariant=True, default=Mapping[str, object])
"""What a command answers with: a frozen dataclass, or a mapping until the command is declared (design D15)."""


@dataclass(frozen=True)
class Outcome(Generic[R_co]):
    """What a command did: the aggregates to store, and the answer (ids, dates and codes only)."""

    aggregates: tuple[HusromAggregate, ...]
    answer: R_co
    tagged: HusromAggregate | None = None
    """The aggregate whose version the answer's ETag shows."""
    status: HTTPStatus = HTTPStatus.OK


@dataclass(frozen=True)
class Answer:
    """What the caller gets; the same bytes when the same request comes again."""

    status: int
    body: str
    version: str | None
    position: int


Command = Callable[[Context], Outcome[object]]


class CommandDesk:
    """Carries out commands against the case log."""

    def __init__(self, log: CaseLog, clock: OfficeClock, own_access: OwnAccess) -> None:
        self._log = log
        self._clock = clock
        self._own_access = own_access

    def carry_out(self, request: CommandRequest, command: Command) -> Answer:
        """Run `command` and store what it did together with the record that it was done.

        What it decided on still holds when it is stored: should something that it read have changed meanwhile, it runs
        again. Raises `IdempotencyKeyReusedError` for the same key with another body, `RaceLostError` when others keep
        being first, `LogUnavailableError`, and whatever `command` refuses with. After a refusal nothing is stored.
        """
        try:
            for _ in range(ATTEMPTS):
                if (done := self._already_done(request)) is not None:
                    return done
                try:
                    return self._once(request, command)
                except Refusal:
                    # Perhaps because it has been done: the same request may have come twice at the same moment.
                    if (done := self._already_done(request)) is not None:
                        return done
                    raise
                except IntegrityError:
                    # Somebody was first, or our own save went through and its acknowledgement was lost.
                    continue
        except PersistenceError as error:
            raise LogUnavailableError from error
        raise RaceLostError

    def rehearse(self, request: CommandRequest, command: Command) -> Answer:
        """Answer as if `command` had been carried out, and store nothing: not even that it was asked (a dry run)."""
        try:
            context = self._context(request)
            outcome = command(context)
            self._own_access.grounds(context, outcome.aggregates)
            return Answer(outcome.status, msgspec.json.encode(outcome.answer).decode(), None, self._log.head())
        except PersistenceError as error:
            raise LogUnavailableError from error

    def _already_done(self, request: CommandRequest) -> Answer | None:
        record = self._log.find(CommandRecord, request.record_id)
        if record is None:
            return None
        if record.digest != request.digest:
            raise IdempotencyKeyReusedError
        return Answer(record.status, record.answer, record.etag, self._log.head())

    def _once(self, request: CommandRequest, command: Command) -> Answer:
        with self._log.deciding():
            context = self._context(request)
            outcome = command(context)
            self._own_access.record(self._own_access.grounds(context, outcome.aggregates))
            return self._stored(request, context, outcome)

    def _stored(self, request: CommandRequest, context: Context, outcome: Outcome[object]) -> Answer:
        body = msgspec.json.encode(outcome.answer).decode()
        tag = etag(outcome.tagged.id, outcome.tagged.version) if outcome.tagged else None
        record = CommandRecord.carried_out(
            id=request.record_id, route=request.route, digest=request.digest, status=outcome.status, answer=body,
            etag=tag, by=context.by, at=context.at,
        )  # fmt: skip
        position = self._log.append(*outcome.aggregates, record)
        return Answer(outcome.status, body, tag, position)

    def _context(self, request: CommandRequest) -> Context:
        return Context(
            request.actor, request.correlation, request.record_id, self._clock.now(), if_match=request.if_match
        )
