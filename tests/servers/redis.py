"""A Redis server of the tests' own, as `make demo` starts it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from demo.redis_server import start_redis
from demo.supervisor import Supervisor


@contextmanager
def running_redis() -> Iterator[str]:
    """The URL of a server for as long as the block lasts, or until this process ends in any other way."""
    with Supervisor() as supervisor:
        yield start_redis(supervisor, Path(tempfile.mkdtemp(prefix="husrom-redis-")))
