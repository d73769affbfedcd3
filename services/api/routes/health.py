"""Whether the process lives, and whether it can work: the only addresses open to everybody."""

from typing import Literal

import redis
from eventsourcing.persistence import PersistenceError
from fastapi import APIRouter, Response, status
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from projections import access_log, due_rows
from services.api.desk import Office
from services.installation import Installation

router = APIRouter(tags=["health"])

MOST_LAG = 5_000
"""How many events a view may be behind before the installation calls itself not ready."""


class Alive(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Each part: `ok`, or a code for what is wrong.

    `lag`: how many events the slowest view is behind. `due`: how many things are due and not yet done. `out_of_place`: how
    many places with a text that was not closed for them somebody met in the last seven days; the log on standard output
    says which (`text_out_of_place`).
    """

    log: str
    views: str
    queue: str
    lag: int | None
    due: int | None
    out_of_place: int | None


@router.get("/healthz", operation_id="healthz")
def healthz() -> Alive:
    """The process is alive."""
    return Alive()


@router.get("/readyz", operation_id="readyz", responses={503: {"model": Readiness, "description": "Not ready."}})
def readyz(office: Office, response: Response) -> Readiness:
    """Log, views and queue can be used; the views' lag."""
    log, (views, lag, due, out_of_place), queue = _log(office), _views(office), _queue(office)
    if {log, views, queue} != {"ok"}:
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    return Readiness(log=log, views=views, queue=queue, lag=lag, due=due, out_of_place=out_of_place)


def _log(office: Installation) -> str:
    try:
        office.case_log.head()
        office.disclosure_log.head()
    except PersistenceError:
        return "unavailable"
    return "ok"


def _views(office: Installation) -> tuple[str, int | None, int | None, int | None]:
    try:
        lag = max(feed.lag() for feed in office.feeds)
        with office.views.connect() as connection:
            due = due_rows.outstanding(connection, now := office.clock.now())
            out_of_place = len(access_log.out_of_place(connection, now))
    except (PersistenceError, SQLAlchemyError):
        return "unavailable", None, None, None
    return ("ok" if lag <= MOST_LAG else "behind"), lag, due, out_of_place


def _queue(office: Installation) -> str:
    try:
        with redis.Redis.from_url(office.settings.redis_url, socket_timeout=1, socket_connect_timeout=1) as queue:
            queue.ping()
    except (redis.RedisError, ValueError):
        return "unavailable"
    return "ok"
