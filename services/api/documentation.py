"""The documentation as one plain page, made from the OpenAPI document. It loads nothing, from here or elsewhere.

The framework's own page runs scripts from somebody else's server on the address where people hand in their tokens.
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

PATH: Final = "/api/docs"
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
STYLE: Final = "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}code{font-weight:bold}"


def install_documentation(app: FastAPI) -> None:
    """Serve the page at `PATH`."""

    @app.get(PATH, include_in_schema=False)
    def documentation() -> HTMLResponse:
        return HTMLResponse(page(app.openapi(), app.openapi_url or ""), headers=HEADERS)


def page(document: Mapping[str, Any], address: str) -> str:
    """The page for an OpenAPI document that is itself served at `address`."""
    info = document["info"]
    title = escape(f"{info['title']} {info['version']}")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
        f"<h1>{title}</h1>{_paragraphs(info.get('description', ''))}"
        f'<p>The whole of it, with every field: <a href="{escape(address)}">{escape(address)}</a></p>'
        f"{''.join(_operations(document))}</html>"
    )


def _operations(document: Mapping[str, Any]) -> Iterator[str]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            name = escape(operation["operationId"])
            yield f'<h2 id="{name}">{name}</h2><p><code>{escape(method.upper())} {escape(path)}</code></p>'
            yield _paragraphs(operation.get("description", ""))


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
