"""Where commands are carried out: exactly once, all or nothing, with races settled (design D1, D7)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Generic, cast
from uuid import UUID, uuid5

import msgspec
from eventsourcing.persistence import IntegrityError, PersistenceError
from typing_extensions import TypeVar

from domain.access.changes import takes_access
from domain.actors import Actor
from domain.base import Event, HusromAggregate
from domain.command_record import CommandRecord
from domain.refusals import Refusal
from services.clock import OfficeClock
from services.context import Context
from services.log.event_log import CaseLog
from services.log.reads import Reads
from services.own_access import OwnAccess
from services.refusals import IdempotencyKeyReusedError, LogUnavailableError, RaceLostError
from services.still_seated import require_still_seated
from services.turns import Turns
from services.versions import Etags

COMMANDS = UUID("7b0c5b1e-6d0e-4f8e-9a6b-1f2d3c4b5a69")
PATIENCE_SECONDS = 10.0
"""How long a command that lost a race waits for those who lost one in the same case before it."""


@dataclass(frozen=True)
class CommandRequest:
    """One request for a command. `digest`: keyed digest of the body, taken before anything is sealed.

    `seated_at`: where the case log stood when the door said who asks; None for who comes through no door.
    """

    actor: Actor
    route: str
    key: str
    digest: bytes
    correlation: UUID
    if_match: str | None = None
    seated_at: int | None = None

    @property
    def record_id(self) -> UUID:
        """The id under which the command is recorded, the same for the same caller, route and key."""
        return uuid5(COMMANDS, f"{self.actor.id}\n{self.route}\n{self.key}")


R_co = TypeVar("R_co", covariant=True, default=Mapping[str, object])
"""What a command answers with. An operation's is a frozen dataclass: `services.core.registry` takes nothing else (D15)."""


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


class _LostRaceError(Exception):
    """Something that the command read has changed before it was stored. `ahead`: it takes access away, so it goes first."""

    def __init__(self, case: UUID, *, ahead: bool) -> None:
        self.case, self.ahead = case, ahead
        super().__init__(case)


class CommandDesk:
    """Carries out commands against the case log."""

    def __init__(self, log: CaseLog, clock: OfficeClock, own_access: OwnAccess, etags: Etags) -> None:
        self._log = log
        self._clock = clock
        self._own_access = own_access
        self._etags = etags
        self._turns = Turns(PATIENCE_SECONDS)

    def carry_out(self, request: CommandRequest, command: Command) -> Answer:
        """Run `command` and store what it did together with the record that it was done.

        What it decided on still holds when it is stored, and what the door read of its sender: should any of that have
        changed meanwhile, it runs again, in its turn. Who takes access away (a withdrawal, a narrowing, a declaration of
        inhabil, a seat ended) goes first.

        Raises `IdempotencyKeyReusedError` for the same key with another body, `RaceLostError` when its turn does not
        come or it begins what is there already, `LogUnavailableError`, and whatever `command` refuses with. After a
        refusal nothing is stored.
        """
        try:
            try:
                return self._attempt(request, command, since=request.seated_at)
            except _LostRaceError as lost:
                return self._in_turn(request, command, lost)
        except PersistenceError as error:
            raise LogUnavailableError from error

    def _in_turn(self, request: CommandRequest, command: Command, lost: "_LostRaceError") -> Answer:
        """Try once more, after those who lost in the same case before us, and then with nobody able to come between."""
        with self._turns.turn(lost.case, ahead=lost.ahead) as came:
            if not came and not lost.ahead:
                raise RaceLostError from lost
            try:
                with self._log.alone():
                    self._require_still_seated(request)
                    return self._attempt(request, command)
            except _LostRaceError as again:
                # Nobody came between: it would begin something that is there already.
                raise RaceLostError from again

    def _require_still_seated(self, request: CommandRequest) -> None:
        if request.seated_at is not None:
            require_still_seated(self._log, request.actor, self._context(request).today)

    def _attempt(self, request: CommandRequest, command: Command, *, since: int | None = None) -> Answer:
        """Answer with what has been done, or do it. Raises `_LostRaceError`.

        `since`: the position from which on nothing that it stands on may change; now, when it is None.
        """
        head, done = self._done(request)
        if done is not None:
            return done
        try:
            with self._log.deciding(head if since is None else since) as reads:
                return self._once(request, command, reads)
        except Refusal:
            # Perhaps because it has been done: the same request may have come twice at the same moment.
            _, done = self._done(request)
            if done is not None:
                return done
            raise

    def rehearse(self, request: CommandRequest, command: Command) -> Answer:
        """Answer as if `command` had been carried out, and store nothing: not even that it was asked (a dry run)."""
        try:
            context = self._context(request)
            outcome = command(context)
            self._own_access.grounds(context, outcome.aggregates)
            return Answer(outcome.status, msgspec.json.encode(outcome.answer).decode(), None, self._log.head())
        except PersistenceError as error:
            raise LogUnavailableError from error

    def _done(self, request: CommandRequest) -> tuple[int, Answer | None]:
        """Where the log stands, and the answer that the request has got already."""
        head, record = self._log.find_with_head(CommandRecord, request.record_id)
        if record is None:
            return head, None
        if record.digest != request.digest:
            raise IdempotencyKeyReusedError
        return head, Answer(record.status, record.answer, record.etag, head)

    def _once(self, request: CommandRequest, command: Command, reads: Reads) -> Answer:
        context = self._context(request)
        reads.note_facts((), context.actor.id)
        outcome = command(context)
        self._own_access.record(self._own_access.grounds(context, outcome.aggregates))
        events = [cast(Event, event) for aggregate in outcome.aggregates for event in aggregate.pending_events]
        ahead = any(takes_access(event) for event in events)
        try:
            return self._stored(request, context, outcome)
        except IntegrityError as error:
            # Somebody was first, or our own save went through and its acknowledgement was lost.
            raise _LostRaceError(reads.case or request.record_id, ahead=ahead) from error

    def _stored(self, request: CommandRequest, context: Context, outcome: Outcome[object]) -> Answer:
        body = msgspec.json.encode(outcome.answer).decode()
        tag = self._etags.of(outcome.tagged) if outcome.tagged else None
        record = CommandRecord.carried_out(
            id=request.record_id, route=request.route, digest=request.digest, status=outcome.status, answer=body,
            etag=tag, by=context.by, at=context.at,
        )  # fmt: skip
        position = self._log.append(*outcome.aggregates, record)
        return Answer(outcome.status, body, tag, position)

    def _context(self, request: CommandRequest) -> Context:
        return Context(
            request.actor,
            request.correlation,
            request.record_id,
            self._clock.now(),
            if_match=request.if_match,
            etags=self._etags,
        )
