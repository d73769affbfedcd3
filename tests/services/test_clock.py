"""Two clocks (D13)."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.clock import ClockError, DemoClock, SystemClock, office_clock, real_now
from services.settings import Settings

JANUARY = datetime(2077, 1, 4, 8, 0, tzinfo=UTC)
A_MOMENT = timedelta(seconds=5)


def test_D13_a_real_office_keeps_the_real_time() -> None:
    key = b64encode(bytes(32)).decode()
    clock = office_clock(
        Settings(
            municipality="Fjordvik kommune", contact="post@fjordvik.invalid", wrapping_key=key, index_key=key,
            token_issuer="https://login.invalid", token_keys="keys.json",
        )
    )  # fmt: skip

    assert isinstance(clock, SystemClock)
    assert abs(clock.now() - real_now()) < A_MOMENT


def test_D13_a_demo_that_never_set_its_clock_shows_the_real_time(tmp_path: Path) -> None:
    assert abs(office_clock(Settings(demo=True, data_dir=tmp_path)).now() - real_now()) < A_MOMENT


def test_D13_every_process_of_a_demo_sees_the_time_that_one_of_them_set(tmp_path: Path) -> None:
    settings = Settings(demo=True, data_dir=tmp_path)
    DemoClock(settings.office_clock_path).set(JANUARY)

    assert timedelta(0) <= office_clock(settings).now() - JANUARY < A_MOMENT


def test_D13_the_office_clock_keeps_ticking_after_it_was_set(tmp_path: Path) -> None:
    clock = DemoClock(tmp_path / "clock.json")
    clock.set(JANUARY)

    first, second = clock.now(), clock.now()

    assert JANUARY <= first < second
    assert second.utcoffset() == timedelta(0)


def test_D13_the_office_clock_never_goes_back(tmp_path: Path) -> None:
    clock = DemoClock(tmp_path / "clock.json")
    clock.set(JANUARY)

    with pytest.raises(ClockError):
        clock.set(JANUARY - timedelta(seconds=1))

    assert clock.now() >= JANUARY


def test_D13_a_demo_may_begin_in_the_past(tmp_path: Path) -> None:
    clock = DemoClock(tmp_path / "clock.json")

    clock.set(datetime(2001, 1, 1, tzinfo=UTC))

    assert clock.now().year == 2001


def test_D13_a_time_without_a_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClockError):
        DemoClock(tmp_path / "clock.json").set(JANUARY.replace(tzinfo=None))


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"3", b"\xff", b'{"offset_microseconds": "x"}', b'{"offset_microseconds": 1e30}'],
)
def test_D13_a_damaged_clock_file_stops_the_clock_rather_than_guess(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clock.json"
    path.write_bytes(content)

    with pytest.raises(ClockError):
        DemoClock(path).now()
