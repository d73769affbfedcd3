"""Sent once, or a person sees it (D8)."""

import time
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from demo.mailbox import Mailbox
from domain.base import Event
from domain.delivery import Delivery, DeliverySettledError, DeliveryState, Message, MessageKind
from projections.due_rows import RowState, Task
from services.clock import real_now
from services.settings import Settings
from tests.conftest import Installation
from tests.workers.mail_servers import answering, nobody_listens
from tests.workers.workplace import Workplace, workplace
from workers.deliveries import ATTEMPTS
from workers.job import carry_out


@pytest.fixture
def database(tmp_path: Path) -> Installation:
    """One database is enough here: what the databases do differently is tested with the view and the queue."""
    return Installation(data_dir=tmp_path)


def at_work_with(database: Installation, port: int) -> Settings:
    return Settings(demo=True, **database, smtp_host="127.0.0.1", smtp_port=port, claim_seconds=0.001)


def kinds(at_work: Workplace) -> list[str]:
    """What has become of the deliveries, in the log's order."""
    return [type(event).__name__ for event in at_work.events(Event) if type(event).TOPIC.startswith("delivery.")]


def send_receipt(at_work: Workplace) -> UUID:
    """An application has come in and its receipt's turn has come once. Returns the row's id."""
    at_work.application()
    at_work.carry_forward()
    (row,) = [row for row in at_work.rows() if row.task is Task.SEND_RECEIPT]
    carry_out(at_work.office, row.id)
    return row.id


def test_D8_one_row_is_one_message_however_often_its_bell_rings(at_work: Workplace) -> None:
    row = send_receipt(at_work)
    for _ in range(3):
        carry_out(at_work.office, row)
        at_work.carry_forward()
        carry_out(at_work.office, row)
    assert kinds(at_work) == ["Begun", "Sent"]
    (message,) = at_work.mailbox.messages
    assert message.mail["Message-ID"] == f"<{row}@husrom>"


def test_D8_what_surely_did_not_leave_is_tried_again_and_at_last_shown_to_a_person(
    database: Installation, smtp: Mailbox
) -> None:
    with workplace(at_work_with(database, nobody_listens()), smtp) as at_work:
        row = send_receipt(at_work)
        for _ in range(ATTEMPTS + 3):
            wait_for_the_pause(at_work, row)
            carry_out(at_work.office, row)
        assert kinds(at_work) == ["Begun", *["Deferred", "Retried"] * (ATTEMPTS - 1), "Failed"]
        (failed,) = at_work.events(Delivery.Failed)
        assert failed.reason == "mail_server_unreachable"


def test_D8_a_server_that_comes_back_gets_the_message_once(database: Installation, smtp: Mailbox) -> None:
    port = nobody_listens()
    with workplace(at_work_with(database, port), smtp) as at_work:
        row = send_receipt(at_work)
        wait_for_the_pause(at_work, row)
        with Mailbox(port) as back:
            carry_out(at_work.office, row)
            assert len(back.messages) == 1
        assert kinds(at_work) == ["Begun", "Deferred", "Retried", "Sent"]


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"rcpt": "450 later"}, "Deferred"),
        ({"rcpt": "550 no such box"}, "Failed"),
        ({"data": "452 full"}, "Deferred"),
        ({"data": "554 no"}, "Failed"),
        ({"data": None}, "Uncertain"),
        ({"rcpt": "251 forwarded"}, "Sent"),
    ],
)
def test_D8_the_servers_answer_decides(
    database: Installation, smtp: Mailbox, answers: dict[str, str], outcome: str
) -> None:
    with answering(**answers) as (port, _), workplace(at_work_with(database, port), smtp) as at_work:
        send_receipt(at_work)
        assert kinds(at_work) == ["Begun", outcome]


def test_D8_an_uncertain_message_is_never_repeated_by_itself(database: Installation, smtp: Mailbox) -> None:
    with answering(data=None) as (port, taken), workplace(at_work_with(database, port), smtp) as at_work:
        row = send_receipt(at_work)
        at_work.work()
        carry_out(at_work.office, row)
        assert len(taken) == 1
        assert at_work.states_of(Task.SEND_RECEIPT) == [RowState.DONE]


def test_D8_begun_by_somebody_who_died_becomes_uncertain_when_the_claim_has_run_out(at_work: Workplace) -> None:
    row = begun(at_work, claimed_until=timedelta(seconds=-1))
    carry_out(at_work.office, row)
    assert kinds(at_work) == ["Begun", "Uncertain"]
    assert at_work.mailbox.messages == []


def test_D8_begun_by_somebody_who_is_at_it_is_left_to_them(at_work: Workplace) -> None:
    row = begun(at_work, claimed_until=timedelta(days=1))
    carry_out(at_work.office, row)
    assert kinds(at_work) == ["Begun"]


def test_D8_a_reminder_that_has_begun_is_settled_although_the_task_is_completed(at_work: Workplace) -> None:
    task = at_work.task(at_work.employ(), date(2027, 1, 4))
    at_work.carry_forward()
    row = next(row for row in at_work.rows() if row.task is Task.SEND_REMINDER)
    message = Message(MessageKind.FOLLOW_UP_REMINDER, task.id, task.assignee, task.case, 1, row.due_at)
    begin(at_work, row.id, message, claimed_until=timedelta(seconds=-1))
    task.complete(by=at_work.by, at=at_work.now)
    at_work.save(task)
    at_work.on(date(2027, 1, 5))
    assert "Uncertain" in kinds(at_work)


def test_D8_an_outcome_that_becomes_known_late_still_counts(at_work: Workplace) -> None:
    row = begun(at_work, claimed_until=timedelta(seconds=-1))
    carry_out(at_work.office, row)
    delivery = at_work.office.case_log.load(Delivery, row)
    delivery.sent(message_id="<x@husrom>", by=at_work.by, at=at_work.now)
    assert delivery.state is DeliveryState.SENT
    with pytest.raises(DeliverySettledError):
        delivery.failed(reason="smtp_550", by=at_work.by, at=at_work.now)


def test_D3_nothing_is_sent_before_the_office_clock_says_so(at_work: Workplace) -> None:
    at_work.task(at_work.employ(), date(2027, 2, 10))
    at_work.carry_forward()
    for row in at_work.rows():
        carry_out(at_work.office, row.id)
    assert kinds(at_work) == []


def begun(at_work: Workplace, claimed_until: timedelta) -> UUID:
    """A receipt that somebody else has begun to send."""
    application = at_work.application()
    at_work.carry_forward()
    (row,) = [row for row in at_work.rows() if row.task is Task.SEND_RECEIPT]
    kind = MessageKind.APPLICATION_RECEIPT
    message = Message(kind, application.id, application.person, application.case, 1, row.due_at)
    begin(at_work, row.id, message, claimed_until)
    return row.id


def begin(at_work: Workplace, row: UUID, message: Message, claimed_until: timedelta) -> None:
    until = real_now() + claimed_until
    at_work.save(Delivery.start(id=row, message=message, claimed_until=until, by=at_work.by, at=at_work.now))
    at_work.carry_forward()


def wait_for_the_pause(at_work: Workplace, row: UUID) -> None:
    """Wait out the pause between two attempts, some milliseconds under these settings."""
    until = at_work.office.case_log.load(Delivery, row).claimed_until
    assert until is not None
    time.sleep(max(0.0, (until - real_now()).total_seconds()))
