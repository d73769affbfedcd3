"""`python -m bench.profiled husrom|plain`: a service that says at /spent where its CPU time has gone."""

import argparse
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn

from bench import plain
from bench.parts import DOORS, Meter
from services.api.app import create_app

Asgi = Callable[[MutableMapping[str, Any], Any, Any], Awaitable[None]]


class Telling:
    """An application, and the meter's figures beside it."""

    def __init__(self, app: Asgi, meter: Meter) -> None:
        self._app = app
        self._meter = meter

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != "/spent":
            return await self._app(scope, receive, send)
        body = json.dumps(self._meter.read()).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
        await send({"type": "http.response.body", "body": body})
        return None


def main() -> None:
    """Serve as `husrom api` and `bench.plain` do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("service", choices=["husrom", "plain"])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--database", help="of the plain service: an SQLAlchemy URL")
    asked = parser.parse_args()
    app = create_app() if asked.service == "husrom" else plain.on(asked.database)
    meter = Meter()
    meter.watch(DOORS if asked.service == "husrom" else {"views": DOORS["views"]})
    uvicorn.run(Telling(app, meter), port=asked.port, access_log=False, log_config=None, server_header=False)


if __name__ == "__main__":
    main()
