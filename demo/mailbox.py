"""A real mail server that keeps what it receives in memory, and shows it on a small page.

Run as `python -m demo.mailbox --smtp-port 0 --http-port 0`; 0 means a free port. One JSON line on standard output
says which were chosen: `{"smtp_port": …, "http_port": …}`. Listens on loopback only and writes nothing to disk.

- `GET /` lists the messages for a person, newest first
- `GET /messages.json` gives them as they came, oldest first
"""

import argparse
import asyncio
import json
import signal
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"

PAGE = """<!doctype html>
<html lang="nb"><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>Postkassen</title>
<style>body {{ font: 16px/1.5 system-ui; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
article {{ border-top: 1px solid #bbb; padding: 1rem 0 }} h2 {{ margin: 0; font-size: 1.1rem }}
pre {{ white-space: pre-wrap }}</style>
<h1>Postkassen</h1><p>{count} meldinger. De finnes bare i minnet.</p>{articles}</html>"""

ARTICLE = """<article><h2>{subject}</h2><div>Til {recipients}, mottatt {received}</div><pre>{text}</pre>
<div>{parts}</div></article>"""


@dataclass(frozen=True)
class Message:
    """One message as it came: envelope, time of receipt (UTC) and all its bytes."""

    sender: str
    recipients: tuple[str, ...]
    received_at: datetime
    raw: bytes

    @property
    def mail(self) -> EmailMessage:
        """The message, parsed."""
        return message_from_bytes(self.raw, policy=policy.default)

    def as_json(self) -> dict[str, object]:
        """`raw` has one character a byte (latin-1), so that every byte survives."""
        return {
            "sender": self.sender,
            "recipients": self.recipients,
            "received_at": self.received_at.isoformat(),
            "raw": self.raw.decode("latin-1"),
        }

    def as_html(self) -> str:
        """For a person: subject, recipients, text, and which other parts there are."""
        mail = self.mail
        body = mail.get_body(("plain",))
        return ARTICLE.format(
            subject=escape(str(mail["Subject"])),
            recipients=escape(", ".join(self.recipients)),
            received=self.received_at.strftime("%H:%M:%S UTC"),
            text=escape(body.get_content() if body else ""),
            parts=escape(", ".join(part.get_content_type() for part in mail.walk() if part is not body)),
        )


class _Port(Controller):
    """The library's server in a thread, with its port read back where a free one was asked for."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # the library gives it no types


class Mailbox:
    """A mail server in this process. `messages` holds all it has accepted, oldest first."""

    def __init__(self, port: int = 0) -> None:
        self.messages: list[Message] = []
        self._server = _Port(self, hostname=HOST, port=port, ident="husrom mailbox")

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.stop()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        """Keep one message; the answer is what the sender gets."""
        content = envelope.original_content or b""
        self.messages.append(
            Message(envelope.mail_from or "", tuple(envelope.rcpt_tos), datetime.now(UTC), content),
        )
        return "250 Kept"

    def page(self) -> str:
        """All messages for a person, newest first."""
        articles = "".join(message.as_html() for message in reversed(self.messages))
        return PAGE.format(count=len(self.messages), articles=articles)

    def as_json(self) -> str:
        """All messages for a program, oldest first."""
        return json.dumps([message.as_json() for message in self.messages])


def web_server(mailbox: Mailbox, port: int) -> ThreadingHTTPServer:
    """A server that shows `mailbox` at `port` (0: a free one), to be started with `serve_forever`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            match self.path:
                case "/":
                    self._answer(200, "text/html; charset=utf-8", mailbox.page())
                case "/messages.json":
                    self._answer(200, "application/json", mailbox.as_json())
                case _:
                    self._answer(404, "text/plain; charset=utf-8", "Her er det ingenting. Meldingene ligger på /.")

        def _answer(self, status: int, kind: str, text: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing: a log is a file, and this server writes none."""

    return ThreadingHTTPServer((HOST, port), Handler)


def main() -> None:
    """Run until TERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m demo.mailbox", description="Mail server with a page, in memory.")
    parser.add_argument("--smtp-port", type=int, default=0)
    parser.add_argument("--http-port", type=int, default=0)
    asked = parser.parse_args()
    stops = {signal.SIGTERM, signal.SIGINT}
    # Before the first thread starts, so that all of them leave these two to `sigwait`.
    signal.pthread_sigmask(signal.SIG_BLOCK, stops)
    with Mailbox(asked.smtp_port) as mailbox, web_server(mailbox, asked.http_port) as web:
        Thread(target=web.serve_forever, daemon=True).start()
        print(json.dumps({"smtp_port": mailbox.port, "http_port": web.server_port}), flush=True)
        signal.sigwait(stops)
        web.shutdown()


if __name__ == "__main__":
    main()
