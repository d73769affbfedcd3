"""The Celery application: `celery -A workers.app worker` and `… beat` (design D8, D9).

The queue carries ids of rows and nothing else, keeps no results, and may lose everything.
"""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from celery import Celery, signals

# Each registers what it does under the names of its tasks.
import workers.applications
import workers.consents
import workers.follow_ups
import workers.lease_ends
import workers.leases
import workers.meetings
import workers.offers
import workers.oversight
import workers.vedtak  # noqa: F401
from projections.due_rows import Task
from services.installation import Installation
from services.logging import configure_logging, without_words
from services.settings import Settings, load_settings
from workers.job import carry_out
from workers.schedule import EVERY_SECOND, SCAN, scan

QUEUE = "husrom"
SCAN_IS_STALE_AFTER = 5.0
"""Seconds after which a look that was never taken is left out; the next one sees the same."""

TRANSPORT: Mapping[str, object] = {
    # A worker that was killed holds its messages for this long. The rows' claims make up for it sooner.
    "visibility_timeout": 60,
    # The sweep for such messages runs every interval x throttle seconds, 100 unless both are set.
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    # A connection that went half-open when the server restarted is found out and made anew.
    "socket_keepalive": True,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
    "health_check_interval": 5,
}


EVERY_SECOND_LOGGERS = ("celery.beat", "celery.worker.strategy", "celery.app.trace")
"""They say the same three lines for every look; what goes wrong they still say."""


class NoInstallationError(RuntimeError):
    """A task ran outside a worker's process."""


_process: list[Installation] = []
"""The installation of this process: built in it, after the fork."""


def office() -> Installation:
    """The installation of this worker process."""
    if not _process:
        raise NoInstallationError
    return _process[0]


def broker_url(redis_url: str) -> str:
    """The queue's address as Celery wants it; only a Unix socket is called something else there."""
    scheme, _, rest = redis_url.partition("://")
    return f"redis+socket://{rest.replace('?db=', '?virtual_host=')}" if scheme == "unix" else redis_url


def configuration(settings: Settings) -> dict[str, object]:
    """Celery's settings for this installation."""
    return {
        "broker_url": broker_url(settings.redis_url),
        "broker_transport_options": TRANSPORT,
        "broker_connection_retry": True,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "task_default_queue": QUEUE,
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_time_limit": max(120.0, 2 * settings.claim_seconds),
        "worker_prefetch_multiplier": 1,
        "worker_enable_remote_control": False,
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "timezone": "UTC",
        # The schedule is one line and needs no file.
        "beat_scheduler": "celery.beat:Scheduler",
        "beat_max_loop_interval": EVERY_SECOND,
        "beat_schedule": {SCAN: {"task": SCAN, "schedule": EVERY_SECOND, "options": {"expires": SCAN_IS_STALE_AFTER}}},
    }


app = Celery("husrom")
app.add_defaults(lambda: configuration(load_settings()))


def ring(task: Task, row: UUID) -> None:
    """Put one row's id into the queue."""
    app.send_task(task.value, args=(str(row),))


@app.task(name=SCAN)
def look() -> None:
    """One look for what is due."""
    with without_words():
        scan(office(), ring)


def do(row: str) -> None:
    """Do one row."""
    with without_words():
        carry_out(office(), UUID(row))


for each in Task:
    app.task(name=each.value)(do)


@signals.setup_logging.connect
def _log_as_everybody_else(**_: Any) -> None:
    """Connected, so that Celery leaves logging alone: its lines pass the same redaction as all others."""
    configure_logging(load_settings().log_level)
    for name in EVERY_SECOND_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)


@signals.worker_process_init.connect
def _open(**_: Any) -> None:
    _process.append(Installation(load_settings()))


@signals.worker_process_shutdown.connect
def _close(**_: Any) -> None:
    while _process:
        _process.pop().close()
