"""No identity number gets into a log line, whoever wrote it (D3)."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from services.logging import UnexpectedError, configure_logging, redact, without_words

NUMBER = "01018012345"


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Iterator[io.StringIO]:
    """What reaches stderr, with logging put back as it was afterwards."""
    root, lines = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    configure_logging("INFO")
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(lines)
    yield lines
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("number", [NUMBER, "010180 12345", "010180-12345", "010180.12345", "010180\u00a012345"])
def test_D3_eleven_digits_are_redacted_however_they_are_written(number: str) -> None:
    line = redact(None, "info", {"event": f"Søker {number} finnes", "detail": {"number": [number]}})

    assert number not in str(line)
    assert line["event"] == "Søker [redacted] finnes"


@pytest.mark.parametrize("other", ["2027-01-12T09:30:00.123456Z", "1234567890", "123456789012", "position 7"])
def test_D3_other_numbers_are_left_alone(other: str) -> None:
    assert redact(None, "info", {"event": other}) == {"event": other}


def test_D3_a_key_is_redacted_like_a_value() -> None:
    assert NUMBER not in str(redact(None, "info", {NUMBER: "known"}))


def test_D3_our_own_line_is_one_redacted_json_object(written: io.StringIO) -> None:
    structlog.get_logger().info("person_found", about=NUMBER)

    line = json.loads(written.getvalue())
    assert (line["event"], line["about"], line["level"]) == ("person_found", "[redacted]", "info")


def test_D3_a_librarys_line_is_redacted_with_its_arguments(written: io.StringIO) -> None:
    logging.getLogger("some.library").warning("no row for %s", NUMBER)

    assert json.loads(written.getvalue())["event"] == "no row for [redacted]"


def test_D3_a_traceback_is_redacted(written: io.StringIO) -> None:
    try:
        raise ValueError(f"bad number {NUMBER}")
    except ValueError:
        logging.getLogger("some.library").exception("failed")
        structlog.get_logger().exception("failed")

    lines = written.getvalue().splitlines()
    assert len(lines) == 2
    for line in lines:
        assert "bad number [redacted]" in json.loads(line)["exception"]
        assert NUMBER not in line


def test_R10_an_errors_words_stay_out_of_the_log_and_its_kind_gets_in(written: io.StringIO) -> None:
    with pytest.raises(UnexpectedError) as raised, without_words():
        raise ValueError("Prøve Eksempelsen bor i Testveien 1")
    logging.getLogger("celery.app.trace").error("task failed: %r", raised.value, exc_info=raised.value)

    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert (lines[0]["event"], lines[0]["error"]) == ("unexpected_error", "ValueError")
    assert "Eksempelsen" not in written.getvalue()
