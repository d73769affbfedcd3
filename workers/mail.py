"""Mail: how a message is put together, and how it is handed to the mail server (C03).

What goes wrong is told apart by one question: can the message have left? Nothing here repeats an address: errors of
the mail library, which quote them, end here.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as INTERNET
from email.utils import format_datetime
from smtplib import SMTP, SMTPDataError, SMTPException, SMTPResponseException
from uuid import UUID

from services.settings import Settings

GREETING = (220,)
ACCEPTED = (250, 251)
TRANSIENT = range(400, 500)


class NotSentError(Exception):
    """It surely did not leave. `reason` is a code; `for_good`: trying again would not help."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        self.reason, self.for_good = reason, for_good
        super().__init__(reason)


class MaybeSentError(Exception):
    """The server had been given the message, and its answer was lost."""


@dataclass(frozen=True)
class CalendarPart:
    """A calendar beside the text. `method`: REQUEST or CANCEL, the same as in the calendar itself."""

    method: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """One message to one address. `id` is the row's, so that a message that comes twice is known as one."""

    id: UUID
    to: str
    subject: str
    text: str
    at: datetime
    calendar: CalendarPart | None = None

    @property
    def message_id(self) -> str:
        return f"<{self.id}@husrom>"


def message(mail: Mail, settings: Settings) -> EmailMessage:
    """The message as it goes out: text/plain, and beside it the calendar when there is one."""
    made = EmailMessage(policy=INTERNET)
    made["From"] = settings.mail_from
    made["To"] = mail.to
    made["Subject"] = mail.subject
    made["Date"] = format_datetime(mail.at)
    made["Message-ID"] = mail.message_id
    made["Content-Language"] = "nb"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(mail.text, cte="base64")
    if mail.calendar is not None:
        made.add_alternative(
            mail.calendar.content, maintype="text", subtype="calendar", cte="base64",
            params={"method": mail.calendar.method, "charset": "utf-8"},
        )  # fmt: skip
    return made


def send(mail: Mail, settings: Settings) -> None:
    """Hand the message to the mail server.

    Raises `NotSentError` for everything that goes wrong before the server has the message or that the server says no
    to, and `MaybeSentError` when its last answer is missing.
    """
    domain = settings.mail_from.partition("@")[2]
    server = SMTP(timeout=settings.smtp_timeout_seconds, local_hostname=domain)
    try:
        with _refusals():
            content = message(mail, settings).as_bytes()
            _expect(server.connect(settings.smtp_host, settings.smtp_port), GREETING)
            server.ehlo_or_helo_if_needed()
            _expect(server.mail(settings.mail_from))
            _expect(server.rcpt(mail.to))
        _hand_over(server, content)
        with suppress(SMTPException, OSError):
            server.quit()
    finally:
        server.close()


def _hand_over(server: SMTP, content: bytes) -> None:
    """The part in which it can leave."""
    try:
        answer = server.data(content)
    except SMTPDataError as refusal:
        raise _refused(refusal.smtp_code) from None
    except (SMTPException, OSError):
        raise MaybeSentError from None
    _expect(answer)


def _expect(answer: tuple[int, bytes], wanted: Collection[int] = ACCEPTED) -> None:
    if answer[0] not in wanted:
        raise _refused(answer[0])


def _refused(code: int) -> NotSentError:
    return NotSentError(f"smtp_{code}", for_good=code not in TRANSIENT)


@contextmanager
def _refusals() -> Iterator[None]:
    """Whatever goes wrong inside, nothing has left yet."""
    try:
        yield
    except SMTPResponseException as refusal:
        raise _refused(refusal.smtp_code) from None
    except (SMTPException, OSError):
        raise NotSentError("mail_server_unreachable") from None
    except ValueError:
        raise NotSentError("address_unusable", for_good=True) from None
