"""Commands are carried out exactly once, all or nothing, and races are settled (D1, D7, R07)."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError, OperationalError

from domain.cases.case import Case, CaseClosedError, OpenedBy
from domain.cases.consent import Consent, consent_id
from domain.cases.consent_facts import ConsentState
from domain.command_record import CommandRecord
from domain.refusals import WrongStateError
from services.command_desk import Answer, CommandRequest, Outcome
from services.commands.consents import withdraw_consent
from services.context import Context
from services.installation import Installation
from services.refusals import IdempotencyKeyReusedError, LogUnavailableError, RaceLostError, StaleVersionError
from services.settings import Settings
from services.turns import Turns
from tests.conftest import Installation as Database
from tests.stage import NAV, Stage


@pytest.fixture
def office(migrated: Database) -> Iterator[Installation]:
    """A fresh installation on each database: each settles races in its own way."""
    with Installation(Settings(demo=True, **migrated)) as installation:
        yield installation


def tag(stage: Stage, case: UUID, version: int) -> str:
    """The ETag of that version of a case."""
    return stage.office.etags.of_version(f"{case} {version}")


def a_request(stage: Stage, **changes: Any) -> CommandRequest:
    request = CommandRequest(stage.saksbehandler, "POST /cases", str(uuid4()), b"digest", uuid4())
    return replace(request, **changes)


def open_a_case(context: Context) -> Outcome:
    case = Case.open(id=uuid4(), person=uuid4(), opened_by=OpenedBy.TELEPHONE, by=context.by, at=context.at)
    return Outcome((case,), {"case": case.id}, tagged=case)


def hand_over(stage: Stage, case: UUID, *, before_saving: Callable[[], None] = lambda: None) -> Any:
    def command(context: Context) -> Outcome:
        loaded = stage.office.case_log.load(Case, case)
        context.expect(loaded)
        loaded.assign_responsibility(to=uuid4(), reason="substituting", by=context.by, at=context.at)
        before_saving()
        return Outcome((loaded,), {"case": case}, tagged=loaded)

    return command


def elsewhere(do: Callable[[], object]) -> None:
    """Done meanwhile, in a request of its own."""
    with ThreadPoolExecutor(1) as request:
        request.submit(do).result()


def head(stage: Stage) -> int:
    return stage.office.case_log.head()


def test_D7_the_same_request_again_gives_the_same_answer_and_stores_nothing(stage: Stage) -> None:
    request = a_request(stage)
    first = stage.office.desk.carry_out(request, open_a_case)
    stored = head(stage)

    again = stage.office.desk.carry_out(replace(request, correlation=uuid4()), open_a_case)

    assert (again.body, again.status, again.version) == (first.body, first.status, first.version)
    assert head(stage) == stored == first.position


def test_D7_the_same_key_with_another_body_is_refused(stage: Stage) -> None:
    request = a_request(stage)
    stage.office.desk.carry_out(request, open_a_case)
    stored = head(stage)

    with pytest.raises(IdempotencyKeyReusedError):
        stage.office.desk.carry_out(replace(request, digest=b"another"), open_a_case)

    assert head(stage) == stored


@pytest.mark.parametrize("change", ["caller", "route", "key"])
def test_D7_a_key_counts_for_its_caller_and_its_route_only(stage: Stage, change: str) -> None:
    request = a_request(stage)
    changes: dict[str, Any] = {"caller": {"actor": stage.colleague}, "route": {"route": "POST /x"}, "key": {"key": "x"}}

    first = stage.office.desk.carry_out(request, open_a_case)
    other = stage.office.desk.carry_out(replace(request, **changes[change]), open_a_case)

    assert first.body != other.body


def test_C05_what_was_done_names_who_the_request_and_the_record_as_its_cause(stage: Stage) -> None:
    request = a_request(stage)

    stage.office.desk.carry_out(request, open_a_case)

    opened, record = (recorded.event for recorded in stage.office.case_log.after(0, 10))
    assert isinstance(record, CommandRecord.CarriedOut)
    assert opened.by == record.by
    assert (opened.by.as_actor, opened.by.correlation) == (request.actor, request.correlation)
    assert opened.by.cause == record.originator_id == request.record_id


def test_D7_a_refused_command_stores_nothing_and_can_be_sent_again(stage: Stage) -> None:
    case, request = stage.open_case(), a_request(stage)
    closed = stage.office.case_log.load(Case, case)
    closed.close(reason="done", by=stage.by(), at=stage.now)
    stage.office.case_log.append(closed)
    stored = head(stage)

    for _ in range(2):
        with pytest.raises(CaseClosedError):
            stage.office.desk.carry_out(request, hand_over(stage, case))

    assert head(stage) == stored
    assert stage.office.case_log.find(CommandRecord, request.record_id) is None


def test_D7_a_change_that_builds_on_a_stale_version_is_refused(stage: Stage) -> None:
    case = stage.open_case()
    stale = a_request(stage, if_match=tag(stage, case, 1))

    with pytest.raises(StaleVersionError):
        stage.office.desk.carry_out(stale, hand_over(stage, case))

    fresh = stage.office.desk.carry_out(a_request(stage, if_match=tag(stage, case, 2)), hand_over(stage, case))
    assert fresh.version == tag(stage, case, 3)


def somebody_is_first(stage: Stage, case: UUID) -> Callable[[], None]:
    """Somebody else hands the case over, the first time this is called."""
    others = [partial(stage.office.desk.carry_out, a_request(stage), hand_over(stage, case))]

    def come() -> None:
        while others:
            elsewhere(others.pop())

    return come


def test_D7_a_lost_race_is_tried_again_from_what_the_winner_stored(stage: Stage) -> None:
    case = stage.open_case()

    stage.office.desk.carry_out(a_request(stage), hand_over(stage, case, before_saving=somebody_is_first(stage, case)))

    assert stage.office.case_log.load(Case, case).version == 4


def test_D7_a_lost_race_on_a_version_the_caller_named_is_stale_and_not_tried_over_it(stage: Stage) -> None:
    case = stage.open_case()

    with pytest.raises(StaleVersionError):
        stage.office.desk.carry_out(
            a_request(stage, if_match=tag(stage, case, 2)),
            hand_over(stage, case, before_saving=somebody_is_first(stage, case)),
        )

    assert stage.office.case_log.load(Case, case).version == 3


def test_R07_whoever_has_lost_a_race_runs_again_with_nobody_able_to_come_between(stage: Stage) -> None:
    """Another comes all the same. She decides before this is stored, so she runs again too."""
    case, others = stage.open_case(), ThreadPoolExecutor(1)
    first_time, coming = somebody_is_first(stage, case), list[Future[Answer]]()
    runs: list[Context] = []

    def others_come() -> None:
        first_time()
        if len(runs) == 2:
            coming.append(others.submit(stage.office.desk.carry_out, a_request(stage), hand_over(stage, case)))

    def command(context: Context) -> Outcome:
        runs.append(context)
        outcome: Outcome = hand_over(stage, case, before_saving=others_come)(context)
        return outcome

    stage.office.desk.carry_out(a_request(stage), command)
    coming[0].result()

    assert len(runs) == 2
    assert stage.office.case_log.load(Case, case).version == 5


def test_R07_whoever_runs_again_is_alone_in_the_log_until_it_is_stored(stage: Stage) -> None:
    """Somebody who comes by another process meanwhile waits in vain, and stores nothing."""
    case, runs = stage.open_case(), list[int]()
    first_time = somebody_is_first(stage, case)
    with Installation(stage.office.settings.model_copy(update={"lock_timeout_seconds": 1})) as in_a_hurry:

        def others_come() -> None:
            first_time()
            runs.append(head(stage))
            if len(runs) > 1:
                with pytest.raises(LogUnavailableError):
                    elsewhere(partial(in_a_hurry.desk.carry_out, a_request(stage), hand_over(stage, case)))

        stage.office.desk.carry_out(a_request(stage), hand_over(stage, case, before_saving=others_come))

    assert len(runs) == 2
    assert stage.office.case_log.load(Case, case).version == 4


class NobodysTurn(Turns):
    """Others keep being before."""

    @contextmanager
    def turn(self, case: UUID, *, ahead: bool = False) -> Iterator[bool]:
        yield False


def test_D7_whose_turn_does_not_come_is_told_so_and_stores_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = stage.open_case()
    monkeypatch.setattr(stage.office.desk, "_turns", NobodysTurn(0))

    with pytest.raises(RaceLostError):
        stage.office.desk.carry_out(
            a_request(stage), hand_over(stage, case, before_saving=somebody_is_first(stage, case))
        )

    assert stage.office.case_log.load(Case, case).version == 3


def test_M09_a_withdrawal_never_loses_a_race(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when so many are before it that its turn does not come."""
    stage.give_consent(case := stage.open_case())
    monkeypatch.setattr(stage.office.desk, "_turns", NobodysTurn(0))
    meanwhile = somebody_is_first(stage, case)

    def withdraw(context: Context) -> Outcome[object]:
        outcome = withdraw_consent(stage.office, context, stage.office.case_log.load(Consent, consent_id(case)))
        stage.office.case_log.load(Case, case)
        meanwhile()
        return outcome

    stage.office.desk.carry_out(a_request(stage), withdraw)

    assert stage.office.case_log.load(Consent, consent_id(case)).state is ConsentState.WITHDRAWN


def test_D7_what_begins_something_that_is_there_already_is_given_up_and_stores_nothing(stage: Stage) -> None:
    """Not a race that running again could settle."""
    there, runs = stage.open_case(), list[Context]()
    stored = head(stage)

    def begin_it_again(context: Context) -> Outcome:
        runs.append(context)
        case = Case.open(id=there, person=uuid4(), opened_by=OpenedBy.TELEPHONE, by=context.by, at=context.at)
        return Outcome((case,), {})

    with pytest.raises(RaceLostError):
        stage.office.desk.carry_out(a_request(stage), begin_it_again)

    assert (len(runs), head(stage)) == (2, stored)


def losing_the_acknowledgement(stage: Stage, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next save is committed, and then the connection breaks before anybody hears of it."""
    really_insert, lost = stage.office.case_log.recorder.insert_events, iter([True])

    def insert_events(*args: Any, **kwargs: Any) -> Any:
        stored = really_insert(*args, **kwargs)
        if next(lost, False):
            raise error
        return stored

    monkeypatch.setattr(stage.office.case_log.recorder, "insert_events", insert_events)


def test_D7_an_acknowledgement_lost_on_the_way_to_the_library_is_healed_at_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library tries again by itself, and gets an `IntegrityError` from its own first try."""
    losing_the_acknowledgement(stage, IntegrityError("a false conflict"), monkeypatch)
    request, runs = a_request(stage), list[UUID]()

    def counted(context: Context) -> Outcome:
        runs.append(context.cause)
        return open_a_case(context)

    answer = stage.office.desk.carry_out(request, counted)

    (opened, _) = stage.office.case_log.after(0, 10)
    assert str(opened.event.originator_id) in answer.body
    assert len(runs) == 1


def test_D7_an_acknowledgement_lost_for_good_is_healed_when_the_request_comes_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    losing_the_acknowledgement(stage, OperationalError("the connection broke"), monkeypatch)
    request = a_request(stage)

    with pytest.raises(LogUnavailableError):
        stage.office.desk.carry_out(request, open_a_case)
    answer = stage.office.desk.carry_out(request, open_a_case)

    (opened, _) = stage.office.case_log.after(0, 10)
    assert str(opened.event.originator_id) in answer.body


def test_D7_the_same_request_sent_by_twelve_at_once_is_carried_out_once(stage: Stage) -> None:
    request = a_request(stage)
    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(lambda _: stage.office.desk.carry_out(request, open_a_case).body, range(12)))

    assert len(set(answers)) == 1
    assert head(stage) == stage.office.case_log.after(0, 10)[-1].position
    assert len(stage.office.case_log.after(0, 10)) == 2


def close(stage: Stage, case: UUID, *, before_reading: Callable[[], None] = lambda: None) -> Any:
    def command(context: Context) -> Outcome:
        before_reading()
        loaded = stage.office.case_log.load(Case, case)
        loaded.close(reason="done", by=context.by, at=context.at)
        return Outcome((loaded,), {"case": case}, tagged=loaded)

    return command


def test_D7_a_request_that_its_own_twin_makes_impossible_gets_the_twins_answer(stage: Stage) -> None:
    case, request, desk = stage.open_case(), a_request(stage), stage.office.desk
    twins: list[Answer] = []

    def twin() -> None:
        twins.append(desk.carry_out(request, close(stage, case)))

    answer = desk.carry_out(request, close(stage, case, before_reading=lambda: elsewhere(twin)))

    assert [answer] == twins


def test_D7_a_request_whose_twin_made_its_version_stale_gets_the_twins_answer(stage: Stage) -> None:
    case, desk = stage.open_case(), stage.office.desk
    request = a_request(stage, if_match=tag(stage, case, 2))
    twins: list[Answer] = []

    def twin() -> None:
        twins.append(desk.carry_out(request, hand_over(stage, case)))

    def once_the_twin_is_done(context: Context) -> Outcome:
        elsewhere(twin)
        outcome: Outcome = hand_over(stage, case)(context)
        return outcome

    assert [desk.carry_out(request, once_the_twin_is_done)] == twins


def test_R07_what_a_command_decided_on_still_holds_when_it_is_stored(stage: Stage) -> None:
    """A consent that is read and not saved: withdrawn between the reading and the save, it refuses the command."""
    case, desk = stage.open_case(), stage.office.desk
    stage.give_consent(case)
    withdrawals = iter([lambda: stage.withdraw_consent(case)])

    def tell_somebody(context: Context) -> Outcome:
        consent = stage.office.case_log.load(Consent, consent_id(case))
        if not consent.facts.covers((NAV,), stage.today):
            raise WrongStateError
        for withdraw in withdrawals:
            elsewhere(withdraw)
        return open_a_case(context)

    with pytest.raises(WrongStateError):
        desk.carry_out(a_request(stage), tell_somebody)


def test_R10_a_log_that_cannot_be_read_is_a_log_that_is_not_there(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperationalError("no such server")

    monkeypatch.setattr(stage.office.case_log, "find_with_head", broken)

    with pytest.raises(LogUnavailableError):
        stage.office.desk.carry_out(a_request(stage), open_a_case)
