"""What the framework cannot know of commands when it describes them: the key, the headers, an example of an answer."""

from typing import Any, Final

from fastapi import FastAPI

ANSWER_HEADERS: Final = {
    "Husrom-Position": {
        "description": "Opaque. Send it as Husrom-At-Least with a read that must show what was done.",
        "schema": {"type": "string"},
    },
    "ETag": {
        "description": "The version of what was changed, for If-Match. Not on every command.",
        "schema": {"type": "string"},
    },
}
ANSWER_EXAMPLE: Final = {"case": "3f2b9c1e-5d0a-4b7e-9c44-0d1f6a2b8e70", "state": "given", "expires_on": "2027-12-01"}


def install_command_descriptions(app: FastAPI) -> None:
    """Complete the OpenAPI document of every command. Install after the problems, whose descriptions it builds on."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = generate()
            for path in document["paths"].values():
                if "post" in path:
                    _complete(path["post"])
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _complete(command: dict[str, Any]) -> None:
    for parameter in command["parameters"]:
        if parameter["name"] == "idempotency-key":
            # Optional to the framework only, so that leaving it out is answered with 428 and the reason.
            parameter["required"] = True
    for status in ("200", "201"):
        if done := command["responses"].get(status):
            done["headers"] = ANSWER_HEADERS
            done["content"]["application/json"]["example"] = ANSWER_EXAMPLE
