"""Mail servers that do not do what one hopes."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

from demo.redis_server import free_port

SILENCE = ""
"""Instead of an answer: nothing, for longer than any test takes."""


@contextmanager
def answering(*, rcpt: str = "250 OK", data: str | None = "250 Kept") -> Iterator[tuple[int, list[bytes]]]:
    """A server on a port of its own that gives these answers, and the messages that it has been given.

    `data`: its answer to the message; None to hang up instead.
    """
    taken: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=_serve, args=(server, rcpt, data, taken), daemon=True).start()
        yield server.getsockname()[1], taken


def nobody_listens() -> int:
    """A port where there is no server."""
    return free_port()


def _serve(server: socket.socket, rcpt: str, data: str | None, taken: list[bytes]) -> None:
    with suppress(OSError):
        while True:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                _talk(connection, rcpt, data, taken)


def _talk(connection: socket.socket, rcpt: str, data: str | None, taken: list[bytes]) -> None:
    def say(text: str) -> None:
        connection.sendall(f"{text}\r\n".encode())

    lines = connection.makefile("rb")
    say("220 here")
    for line in lines:
        verb = line[:4].upper()
        if verb == b"DATA":
            say("354 go on")
            taken.append(b"".join(iter(lines.readline, b".\r\n")))
            if data is None:
                return
            if data is SILENCE:
                continue
            say(data)
        else:
            say(rcpt if verb == b"RCPT" else "250 OK")
