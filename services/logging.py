"""Log lines: structured, and with one last redaction of anything that looks like an identity number."""

import logging
import re
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog

_ELEVEN_DIGITS = re.compile(r"(?<!\d)\d{6}[\s.\-–]?\d{5}(?!\d)")


def redact(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace every eleven-digit string. Nothing personal should get this far; this is the net below."""
    return {_redacted(key): _cleaned(value) for key, value in line.items()}


def _cleaned(value: object) -> object:
    match value:
        case dict():
            return {_redacted(key): _cleaned(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_cleaned(inner) for inner in value]
        case _:
            return _redacted(value)


def _redacted(value: object) -> str:
    return _ELEVEN_DIGITS.sub("[redacted]", str(value))


class UnexpectedError(RuntimeError):
    """Something nobody foresaw. Which error and where, never its words: they may hold personal data."""


@contextmanager
def without_words() -> Iterator[None]:
    """Let no error's words out of here: it is logged by kind and place and becomes an `UnexpectedError`."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it is, its words stay here
        structlog.get_logger().error("unexpected_error", error=type(error).__name__, where=places(error))
        raise UnexpectedError(type(error).__name__) from None


def places(error: BaseException) -> list[str]:
    """The innermost eight places that an error passed."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return [f"{frame.name} ({frame.filename.rpartition('/')[2]}:{frame.lineno})" for frame in frames]


def configure_logging(level: str) -> None:
    """Send the libraries' lines and our own through the same redaction, one JSON object a line, to stderr."""
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler()
    final: list[structlog.types.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        redact,
        structlog.processors.JSONRenderer(),
    ]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=final, foreign_pre_chain=shared))
    logging.basicConfig(handlers=[handler], level=level, force=True)
