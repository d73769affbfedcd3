"""What is due, and when, as it follows from what has happened (D8, D11)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from domain.group.meeting_plan import CancelReason
from domain.law.rulebook import DecisionSubject
from domain.people.person import Person
from projections import due_rows
from projections.due_rows import RowState, Task
from services.clock import real_now
from tests.workers.workplace import NAV, Workplace


def states(at_work: Workplace, task: Task) -> list[tuple[datetime, RowState]]:
    at_work.carry_forward()
    return [(row.due_at, row.state) for row in at_work.rows() if row.task is task]


def test_LH1_a_receipt_is_due_the_moment_an_application_is_registered(at_work: Workplace) -> None:
    application = at_work.application()
    at_work.carry_forward()
    receipt = next(row for row in at_work.rows() if row.task is Task.SEND_RECEIPT)
    assert (receipt.due_at, receipt.recipient) == (application.created_on, application.person)


def test_LH2_the_warning_comes_while_an_interim_reply_can_still_be_in_time(at_work: Workplace) -> None:
    at_work.application()
    # Received 4 January; one month is 4 February, and 30 January is five days before, eight o'clock in winter.
    assert states(at_work, Task.WARN_OF_DEADLINE) == [(datetime(2027, 1, 30, 7, tzinfo=UTC), RowState.PENDING)]


def test_LH3_a_promised_date_is_watched_in_place_of_the_first_one(at_work: Workplace) -> None:
    application = at_work.application()
    application.send_interim_reply(reason="many_cases", expected_on=date(2027, 6, 20), by=at_work.by, at=at_work.now)
    at_work.save(application)
    assert states(at_work, Task.WARN_OF_DEADLINE) == [
        (datetime(2027, 1, 30, 7, tzinfo=UTC), RowState.CANCELLED),
        (datetime(2027, 6, 15, 6, tzinfo=UTC), RowState.PENDING),
        (datetime(2027, 6, 21, 6, tzinfo=UTC), RowState.PENDING),
    ]


def test_LH3_a_further_notice_is_watched_in_place_of_the_first_promise(at_work: Workplace) -> None:
    application, by, at = at_work.application(), at_work.by, at_work.now
    application.send_interim_reply(reason="many_cases", expected_on=date(2027, 6, 20), by=by, at=at)
    application.send_delay_notice(reason="ill", expected_on=date(2027, 8, 20), today=date(2027, 1, 4), by=by, at=at)
    at_work.save(application)
    pending = [moment for moment, state in states(at_work, Task.WARN_OF_DEADLINE) if state is RowState.PENDING]
    assert pending == [datetime(2027, 8, 15, 6, tzinfo=UTC), datetime(2027, 8, 21, 6, tzinfo=UTC)]


def test_C04_reminders_stand_three_days_before_and_on_the_date_and_the_leader_a_week_after(at_work: Workplace) -> None:
    at_work.task(at_work.employ(), date(2027, 2, 10))
    assert [moment.day for moment, _ in states(at_work, Task.SEND_REMINDER)] == [7, 10]
    assert [moment.day for moment, _ in states(at_work, Task.ESCALATE)] == [17]


def test_M15_a_task_that_waits_for_its_vedtak_is_not_reminded_of(at_work: Workplace) -> None:
    at_work.task(at_work.employ(), date(2027, 2, 10), track=DecisionSubject.ASSISTANCE)
    assert {state for _, state in states(at_work, Task.SEND_REMINDER)} == {RowState.WAITING}


def test_C04_a_moved_due_date_takes_its_reminders_along(at_work: Workplace) -> None:
    task = at_work.task(at_work.employ(), date(2027, 2, 10))
    task.move_due_date(due_on=date(2027, 3, 10), today=date(2027, 1, 4), by=at_work.by, at=at_work.now)
    at_work.save(task)
    reminders = states(at_work, Task.SEND_REMINDER)
    assert [(moment.month, state) for moment, state in reminders] == [
        (2, RowState.CANCELLED), (2, RowState.CANCELLED), (3, RowState.PENDING), (3, RowState.PENDING),
    ]  # fmt: skip


def test_C04_a_completed_task_is_not_reminded_of(at_work: Workplace) -> None:
    task = at_work.task(at_work.employ(), date(2027, 2, 10))
    task.complete(by=at_work.by, at=at_work.now)
    at_work.save(task)
    at_work.carry_forward()
    assert {row.state for row in at_work.rows() if row.subject == task.id} == {RowState.CANCELLED}


def test_M18_a_lease_is_warned_of_six_three_and_one_month_before_it_ends(at_work: Workplace) -> None:
    at_work.lease(date(2029, 12, 31))
    warnings = [moment.date() for moment, _ in states(at_work, Task.WARN_OF_LEASE_END)]
    assert warnings == [date(2029, 6, 30), date(2029, 9, 30), date(2029, 11, 30)]
    assert states(at_work, Task.PUT_ON_AGENDA) == [(datetime(2029, 6, 30, 6, tzinfo=UTC), RowState.PENDING)]


def test_M20_a_lease_in_care_housing_is_never_due_on_an_agenda(at_work: Workplace) -> None:
    at_work.lease(date(2029, 12, 31), care_housing=True)
    assert states(at_work, Task.PUT_ON_AGENDA) == []
    assert len(states(at_work, Task.WARN_OF_LEASE_END)) == 3


def test_M06_a_moved_meeting_is_written_about_to_everybody_who_was_called(at_work: Workplace) -> None:
    called = {at_work.employ(), at_work.employ()}
    meeting = at_work.meeting(date(2027, 2, 9), *called)
    moved = datetime(2027, 2, 16, 9, tzinfo=UTC)
    meeting.reschedule(
        day=moved.date(), starts_at=moved, ends_at=moved + timedelta(hours=1), by=at_work.by, at=at_work.now
    )
    at_work.save(meeting)
    at_work.carry_forward()
    invitations = [row for row in at_work.rows() if row.task is Task.SEND_INVITATION]
    assert {(row.recipient, row.sequence) for row in invitations if row.state is RowState.PENDING} == {
        (member, 1) for member in called
    }
    assert {row.sequence for row in invitations if row.state is RowState.CANCELLED} == {0}


def test_M06_who_is_no_longer_called_loses_the_entry_and_the_others_keep_it(at_work: Workplace) -> None:
    stays, leaves = at_work.employ(), at_work.employ()
    meeting = at_work.meeting(date(2027, 2, 9), stays, leaves)
    at_work.call(meeting, stays)
    at_work.save(meeting)
    at_work.carry_forward()
    pending = {(row.task, row.recipient) for row in at_work.rows() if row.state is RowState.PENDING}
    assert pending == {(Task.SEND_INVITATION, stays), (Task.SEND_CANCELLATION, leaves)}


def test_M06_a_meeting_to_which_nobody_was_called_is_cancelled_in_silence(at_work: Workplace) -> None:
    meeting = at_work.meeting(date(2027, 2, 9))
    meeting.cancel(reason=CancelReason.NO_CASES, by=at_work.by, at=at_work.now)
    at_work.save(meeting)
    at_work.carry_forward()
    assert at_work.rows() == []


def test_D6_a_rebuilt_view_is_the_live_one(at_work: Workplace) -> None:
    at_work.application()
    at_work.meeting(date(2027, 2, 9), at_work.employ())
    at_work.task(at_work.employ(NAV), date(2027, 1, 5))
    at_work.lease(date(2027, 7, 1))
    at_work.on(date(2027, 2, 1))
    live = at_work.rows()
    feed = at_work.office.feeds[0]
    feed.rebuild(next(view for view in feed.views if view.name == "due_work"))
    at_work.carry_forward()
    assert at_work.rows() == live


def test_D8_of_two_who_claim_at_the_same_time_each_row_goes_to_one(at_work: Workplace) -> None:
    at_work.meeting(date(2027, 2, 9), *(at_work.employ() for _ in range(20)))
    at_work.carry_forward()
    now, real = at_work.now, real_now()

    def claim(_: int) -> list[object]:
        with at_work.office.view_store.begin() as connection:
            until = real + timedelta(seconds=60)
            rows = due_rows.claim(connection, now=now, real_now=real, until=until, limit=5)
        return [row.id for row in rows]

    with ThreadPoolExecutor(8) as pool:
        claimed = [id for ids in pool.map(claim, range(8)) for id in ids]
    assert len(claimed) == len(set(claimed))
    assert len({*claimed, *claim(0), *claim(0), *claim(0), *claim(0)}) == 20


def test_D8_a_claim_that_has_run_out_is_free_again(at_work: Workplace) -> None:
    at_work.application(person=at_work.person())
    at_work.carry_forward()
    now, real = at_work.now, real_now()
    with at_work.office.view_store.begin() as connection:
        until = real + timedelta(seconds=1)
        first = due_rows.claim(connection, now=now, real_now=real, until=until, limit=9)
        none = due_rows.claim(connection, now=now, real_now=real, until=until, limit=9)
        later = real + timedelta(seconds=2)
        again = due_rows.claim(connection, now=now, real_now=later, until=later, limit=9)
    assert ([row.id for row in again], none) == ([row.id for row in first], [])


def test_D8_an_event_that_nothing_follows_from_leaves_no_row(at_work: Workplace) -> None:
    at_work.save(Person.register(id=uuid4(), details=at_work.person().details, by=at_work.by, at=at_work.now))
    at_work.carry_forward()
    assert at_work.rows() == []


def test_D13_the_next_moment_is_when_something_falls_due_by_itself(at_work: Workplace) -> None:
    at_work.task(at_work.employ(), date(2027, 2, 10))
    at_work.carry_forward()
    with at_work.office.views.connect() as connection:
        assert due_rows.next_moment(connection, at_work.now) == datetime(2027, 2, 7, 7, tzinfo=UTC)
        assert due_rows.next_moment(connection, datetime(2028, 1, 1, tzinfo=UTC)) is None
