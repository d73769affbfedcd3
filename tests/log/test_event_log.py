"""The case log on both databases: order, all or nothing, races, and access facts that know at once (D1, D4, D5, R07)."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError
from sqlalchemy import NullPool, create_engine, text

from domain.access.decision import Action, Rule
from domain.access.disclosure import Disclosure
from domain.access.facts import FactName
from domain.cases.case import Case, OpenedBy
from domain.cases.consent import Consent, consent_id
from domain.cases.consent_facts import ConsentState
from domain.group.agenda_item import AgendaItem, CaseFacts, ItemState
from domain.refusals import NotAllowedError, NotFoundError
from services.command_desk import CommandRequest, Outcome
from services.commands.consents import withdraw_consent
from services.context import Context
from services.core.registry import OPERATIONS
from services.installation import Installation
from services.log.access_facts import NOW, Moment
from services.log.event_log import CaseLog
from services.settings import Store
from tests.stage import Stage, look


def a_case(stage: Stage) -> Case:
    """A case that is not stored."""
    return Case.open(id=uuid4(), person=uuid4(), opened_by=OpenedBy.APPLICATION, by=stage.by(), at=stage.now)


def facts_table(office: Installation) -> list[tuple[object, ...]]:
    """Every row of the access facts, open and closed."""
    engine = create_engine(office.settings.sqlalchemy_url(Store.CASE_LOG), poolclass=NullPool)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, scope, subject, about, value, since, until FROM access_facts"))
        return sorted((tuple(row) for row in rows), key=str)


def test_C01_events_come_back_in_the_order_they_were_stored(stage: Stage) -> None:
    log, cases = stage.office.case_log, [a_case(stage) for _ in range(12)]

    positions = [log.append(case) for case in cases]

    assert positions == sorted(set(positions))
    assert [recorded.event.originator_id for recorded in log.after(0, 100)] == [case.id for case in cases]
    assert [recorded.position for recorded in log.after(positions[4], 3)] == positions[5:8]
    assert log.head() == positions[-1]


def test_C01_an_aggregate_can_be_loaded_as_it_was_at_a_version(stage: Stage) -> None:
    log, case = stage.office.case_log, stage.open_case()

    assert log.load(Case, case, version=1).responsible is None
    assert log.load(Case, case).responsible == stage.saksbehandler.id
    assert [type(event).__name__ for event in log.stream(case)] == ["Opened", "ResponsibilityAssigned"]


def test_D1_an_id_of_another_kind_of_aggregate_is_not_found(stage: Stage) -> None:
    case = stage.open_case()

    with pytest.raises(NotFoundError):
        stage.office.case_log.load(Consent, case)


def test_D1_a_save_of_two_aggregates_stores_both_or_neither(stage: Stage) -> None:
    log, case, fresh = stage.office.case_log, stage.open_case(), a_case(stage)
    stale, winner = log.load(Case, case), log.load(Case, case)
    winner.close(reason="first", by=stage.by(), at=stage.now)
    log.append(winner)
    before = (log.head(), facts_table(stage.office))
    stale.close(reason="second", by=stage.by(), at=stage.now)

    with pytest.raises(IntegrityError):
        log.append(fresh, stale)

    assert (log.head(), facts_table(stage.office)) == before
    assert log.find(Case, fresh.id) is None


def together(*calls: Callable[[], object]) -> list[object]:
    """Run the calls at the same moment, a thread each; what each returned, or the exception it raised."""
    gate = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        gate.wait()
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - what was raised is the outcome
            return error

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def test_R07_of_twenty_writers_on_one_version_exactly_one_wins(stage: Stage) -> None:
    log, case = stage.office.case_log, stage.open_case()
    rivals = [log.load(Case, case) for _ in range(20)]
    for rival in rivals:
        rival.assign_responsibility(to=uuid4(), reason="substituting", by=stage.by(), at=stage.now)

    outcomes = together(*(lambda rival=rival: log.append(rival) for rival in rivals))

    assert sum(isinstance(outcome, int) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 19
    assert log.load(Case, case).version == 3


def test_R07_no_update_is_lost_when_everybody_tries_again(stage: Stage) -> None:
    log, case = stage.office.case_log, stage.open_case()

    def submit() -> None:
        who = uuid4()
        while True:
            loaded = log.load(Case, case)
            loaded.assign_responsibility(to=who, reason="substituting", by=stage.by(), at=stage.now)
            try:
                log.append(loaded)
            except IntegrityError:
                continue
            return

    outcomes = together(*[submit] * 12)

    assert outcomes == [None] * 12
    assert [event.originator_version for event in log.stream(case)] == list(range(1, 15))
    replaced = [event for event in log.stream(case) if isinstance(event, Case.ResponsibilityAssigned)]
    assert [event.replaces for event in replaced[1:]] == [event.responsible for event in replaced[:-1]]


def test_R07_a_reader_that_follows_the_log_skips_nothing_and_sees_nothing_twice(stage: Stage) -> None:
    log, seen, writers_done = stage.office.case_log, list[UUID](), threading.Event()
    written = [[a_case(stage) for _ in range(25)] for _ in range(4)]

    def write(cases: list[Case]) -> None:
        for case in cases:
            log.append(case)

    def follow() -> None:
        position = 0
        while True:
            done = writers_done.is_set()
            batch = log.after(position, 7)
            seen.extend(recorded.event.originator_id for recorded in batch)
            position = batch[-1].position if batch else position
            if done and not batch:
                return

    reader = threading.Thread(target=follow)
    reader.start()
    assert together(*(lambda cases=cases: write(cases) for cases in written)) == [None] * 4
    writers_done.set()
    reader.join()

    assert len(seen) == len(set(seen)) == 100


def test_D13_the_position_at_a_moment_is_that_of_the_last_event_recorded_by_then(stage: Stage) -> None:
    log = stage.office.case_log
    assert log.position_at(stage.now) == 0
    marks = [(stage.later(), log.append(a_case(stage))) for _ in range(9)]

    assert [log.position_at(moment) for moment, _ in marks] == [position for _, position in marks]
    assert log.position_at(marks[0][0] - timedelta(microseconds=1)) == 0
    assert log.position_at(marks[4][0] + timedelta(seconds=59)) == marks[4][1]
    assert log.position_at(marks[-1][0] + timedelta(days=999)) == marks[-1][1]


def test_D13_clocks_that_differ_a_little_hide_no_event(stage: Stage) -> None:
    log, moment = stage.office.case_log, stage.now
    for seconds in (0, 1, 3, 2, 4):
        stage.now = moment + timedelta(seconds=seconds)
        log.append(a_case(stage))

    assert log.position_at(moment + timedelta(seconds=2)) == log.head() - 1


def test_R09_a_decision_begun_after_the_withdrawals_commit_refuses_though_no_feed_runs(stage: Stage) -> None:
    stage.call_the_member()
    case = stage.open_case()
    stage.give_consent(case)
    stage.put_on_agenda(case)
    asking = stage.context(stage.member)
    assert stage.office.gate.permit(asking, Action.READ, case, purpose="test").rules == (Rule.CALLED_AND_CONSENTED,)

    stage.withdraw_consent(case)

    with pytest.raises(NotAllowedError, match=Rule.CONSENT_MISSING):
        stage.office.gate.permit(asking, Action.READ, case, purpose="test")


def test_M02_a_decision_begun_after_a_release_refuses_though_no_feed_runs(stage: Stage) -> None:
    stage.call_the_member()
    case = stage.open_case()
    stage.give_consent(case)
    stage.put_on_agenda(case)

    stage.release_the_member()

    with pytest.raises(NotAllowedError, match=Rule.MEMBERSHIP_ENDED):
        stage.office.gate.permit(stage.context(stage.member), Action.READ, case, purpose="test")


def test_D4_the_facts_can_be_asked_for_as_they_were_at_a_position(stage: Stage) -> None:
    log, reader = stage.office.case_log, stage.office.case_log.facts
    case = stage.open_case()
    stage.give_consent(case)
    with_consent = log.head()
    stage.withdraw_consent(case)

    def consents(moment: Moment) -> int:
        return len(reader.of([case], None, moment).facts[case].named(FactName.CONSENT))

    assert (consents(Moment(0)), consents(Moment(with_consent - 1))) == (0, 0)
    assert (consents(Moment(with_consent)), consents(Moment(log.head())), consents(NOW)) == (1, 0, 0)


def open_discussion(log: CaseLog, stage: Stage, case: UUID, item_id: UUID) -> Callable[[Context], Outcome]:
    def command(context: Context) -> Outcome:
        consent, item = log.load(Consent, consent_id(case)), log.load(AgendaItem, item_id)
        person = log.load(Case, case).person
        item.open_discussion(
            case=CaseFacts(case, person, False), consent=consent.facts, day=stage.today, by=context.by, at=stage.now
        )
        consent.rely_on(
            item=item_id, meeting=stage.meeting, units=item.room.units, today=stage.today, by=context.by, at=stage.now
        )
        return Outcome((item, consent), {})

    return command


def withdrawal_of_consent(office: Installation, case: UUID) -> Callable[[Context], Outcome[object]]:
    withdraw = OPERATIONS[withdraw_consent.__name__]
    return lambda context: withdraw.run(office, context, {"case": case})


def request(stage: Stage, route: str) -> CommandRequest:
    return CommandRequest(stage.saksbehandler, route, str(uuid4()), b"", uuid4())


def test_M09_a_withdrawal_and_the_opening_of_a_discussion_never_both_stand(stage: Stage) -> None:
    office = stage.office
    stage.call_the_member()
    for _ in range(12):
        case = stage.open_case()
        stage.give_consent(case)
        item = stage.put_on_agenda(case)
        stage.enter_the_room(case, item)

        opening, withdrawal = together(
            lambda: office.desk.carry_out(request(stage, "open"), open_discussion(office.case_log, stage, case, item)),  # noqa: B023
            lambda: office.desk.carry_out(request(stage, "withdraw"), withdrawal_of_consent(office, case)),  # noqa: B023
        )

        consent, after = office.case_log.load(Consent, consent_id(case)), office.case_log.load(AgendaItem, item)
        assert not isinstance(withdrawal, Exception), "a withdrawal is never answered with a conflict"
        assert consent.state is ConsentState.WITHDRAWN
        assert after.state is ItemState.REMOVED
        assert not after.room.discussions or after.room.discussions[0].until is not None
        assert isinstance(opening, Exception) is (consent.relied_on == ())
        if isinstance(opening, Exception):
            assert not isinstance(opening, IntegrityError)


def test_D4_the_facts_rebuilt_from_the_whole_log_equal_the_live_ones(stage: Stage) -> None:
    stage.register_everybody()
    stage.call_the_member()
    for number in range(3):
        case = stage.open_case(care_housing=number == 2)
        stage.give_consent(case)
        if number != 2:
            stage.enter_the_room(case, stage.put_on_agenda(case))
        if number == 1:
            stage.withdraw_consent(case)
    stage.release_the_member()
    live = facts_table(stage.office)

    stage.office.case_log.rebuild_access_facts()

    assert len(live) > 20
    assert facts_table(stage.office) == live


def test_D3_reads_are_logged_apart_from_the_case_log(stage: Stage) -> None:
    case = stage.open_case()
    head = stage.office.case_log.head()

    look(stage.office.gate, stage.context(stage.saksbehandler), case, {}, purpose="test")

    assert stage.office.case_log.head() == head
    assert isinstance(stage.office.disclosure_log.after(0, 10)[0].event, Disclosure.Viewed)


def test_D16_facts_of_an_earlier_version_are_written_anew_when_an_installation_is_brought_up_to_date(
    stage: Stage,
) -> None:
    stage.register_everybody()
    stage.call_the_member()
    live = facts_table(stage.office)
    stage.office.case_log.case_recorder.rewrite_facts([], rules="of an earlier version")
    assert facts_table(stage.office) == []

    for _ in range(2):
        stage.office.migrate()

    assert facts_table(stage.office) == live
