"""The mail server of the demo, run as a program of its own."""

import json
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import httpx2
import pytest


@dataclass(frozen=True)
class Running:
    """Where it listens, and the folder it was started in."""

    smtp_port: int
    page: str
    folder: Path


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Running]:
    """A mailbox in a process of its own, on free ports."""
    command = [sys.executable, "-m", "demo.mailbox", "--smtp-port", "0", "--http-port", "0"]
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=tmp_path, env={"PYTHONPATH": root}) as process:
        assert process.stdout is not None
        ports = json.loads(process.stdout.readline())
        yield Running(ports["smtp_port"], f"http://127.0.0.1:{ports['http_port']}", tmp_path)
        process.terminate()
        assert process.wait() == 0


def send(mailbox: Running, subject: str) -> EmailMessage:
    """Send a mail with a Norwegian text, some markup and a second part; return it."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "husrom@eksempel.invalid", "kari@eksempel.invalid", subject
    mail.set_content("Hei på deg, <b>Kari</b>. Møtet er på øya.")
    mail.add_attachment("BEGIN:VCALENDAR", subtype="calendar")
    mail.set_boundary("the-same-each-time")
    with smtplib.SMTP("127.0.0.1", mailbox.smtp_port) as client:
        client.send_message(mail)
    return mail


def test_messages_are_given_to_a_program_byte_for_byte(mailbox: Running) -> None:
    sent = send(mailbox, "Første møte")

    (received,) = httpx2.get(f"{mailbox.page}/messages.json").json()

    parsed = message_from_bytes(received["raw"].encode("latin-1"), policy=policy.default)
    assert parsed["Subject"] == "Første møte"
    assert received["recipients"] == ["kari@eksempel.invalid"]
    assert received["raw"].encode("latin-1") == sent.as_bytes(policy=policy.SMTP)


def test_messages_are_shown_to_a_person_newest_first_and_with_their_markup_inert(mailbox: Running) -> None:
    send(mailbox, "Første møte")
    send(mailbox, "Andre møte")

    page = httpx2.get(mailbox.page).text

    assert page.index("Andre møte") < page.index("Første møte")
    assert "Hei på deg, &lt;b&gt;Kari&lt;/b&gt;. Møtet er på øya." in page
    assert "text/calendar" in page


def test_another_address_is_not_found(mailbox: Running) -> None:
    assert httpx2.get(f"{mailbox.page}/nothing").status_code == 404


def test_nothing_is_written_to_disk(mailbox: Running) -> None:
    send(mailbox, "Første møte")

    assert list(mailbox.folder.iterdir()) == []
