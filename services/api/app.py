"""The HTTP application, built inside the process that serves it (design D9)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from fastapi import FastAPI

from services.api.middleware import install_middleware
from services.api.openapi import install_command_descriptions
from services.api.problems import install_problems
from services.api.routes import health
from services.api.tokens import Verifier
from services.core import catalogue
from services.http import derive
from services.http.documentation.serving import install_documentation
from services.installation import Installation
from services.settings import Settings, load_settings

DESCRIPTION = """The case system of a municipality's boligsosial arbeidsgruppe.

Every command needs a bearer token and an `Idempotency-Key`; sending the same request again gives the same answer.
Answers to commands carry `Husrom-Position`; send it as `Husrom-At-Least` with a read that must show what was done.
Errors are problems (RFC 9457) that say what is missing and what to do next.
"""


SERVERS: Final = [{"url": "/", "description": "The server that this document comes from."}]


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application. The installation is opened when the server starts and closed when it stops."""
    settings = settings or load_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with Installation(settings) as office:
            office.vault.check_wrapping_key()
            app.state.office = office
            yield

    app = FastAPI(
        title="Husrom", version="0.1.0", description=DESCRIPTION, lifespan=lifespan, openapi_url="/api/v1/openapi.json",
        docs_url=None, redoc_url=None, separate_input_output_schemas=False, servers=SERVERS,
    )  # fmt: skip
    app.state.verifier = Verifier(settings)
    derive.add_routes(app.router, "/api/v1", catalogue.operations())
    app.include_router(health.router)
    install_documentation(app)
    install_problems(app)
    install_command_descriptions(app)
    install_middleware(app, settings)
    return app
