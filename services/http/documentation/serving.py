"""Where the documentation is found, and where the name of a problem leads."""

from functools import cache
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from services.core.registry import OPERATIONS
from services.http.documentation import page
from services.http.documentation.problem_types import problem_types

PATH: Final = "/api/docs"
PROBLEMS: Final = "/problems/{code}"


def install_documentation(app: FastAPI) -> None:
    """Serve the page at `PATH`, and lead who follows the `type` of a problem to what the page says of it.

    The page is made when it is first asked for, and kept.
    """

    @cache
    def made() -> page.Page:
        return page.made(app.openapi(), app.openapi_url or "", OPERATIONS)

    @cache
    def codes() -> frozenset[str]:
        return frozenset(each.code for each in problem_types())

    @app.get(PATH, include_in_schema=False)
    def documentation(request: Request) -> Response:
        packs = "gzip" in request.headers.get("accept-encoding", "")
        content = made().packed if packs else made().content
        return Response(content, headers=_headers(made(), packs=packs), media_type="text/html")

    @app.get(PROBLEMS, include_in_schema=False)
    def problem(code: str) -> Response:
        if code not in codes():
            raise HTTPException(404)
        return RedirectResponse(f"{PATH}#problem-{code}")


def _headers(made: page.Page, *, packs: bool) -> dict[str, str]:
    return {
        "Content-Security-Policy": made.policy,
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        **({"Content-Encoding": "gzip"} if packs else {}),
    }
