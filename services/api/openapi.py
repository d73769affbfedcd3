"""What the framework cannot know of commands when it describes them: the key, the headers, what an answer holds."""

from typing import Any, Final

from fastapi import FastAPI

from services.api.tokens import SEAT_HEADER

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
SEAT: Final = {
    "name": SEAT_HEADER,
    "in": "header",
    "required": False,
    "description": "The id of the seat that is used. Needed only by who has several today.",
    "schema": {"type": "string", "format": "uuid"},
}
ANSWER: Final = "What was recorded, as its ids, dates and codes by name. Which ones hangs on the command."


def install_command_descriptions(app: FastAPI) -> None:
    """Complete the OpenAPI document of every command. Install after the problems, whose descriptions it builds on."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = generate()
            for path in document["paths"].values():
                for operation in path.values():
                    if "security" in operation:
                        operation.setdefault("parameters", []).append(SEAT)
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
            text, _null = parameter["schema"].pop("anyOf")
            parameter["schema"] |= text
    for status in ("200", "201"):
        if done := command["responses"].get(status):
            done["headers"] = ANSWER_HEADERS
            done["description"] = ANSWER
