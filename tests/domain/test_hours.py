"""Hours: when somebody works, read as people write it."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from freelancer_tui.domain.hours import USUAL, WorkingHours, day_beside, overlap
from freelancer_tui.domain.zones import _zones, zone_name

JAKARTA = ZoneInfo("Asia/Jakarta")
WINTER = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("9-17", time(9), time(17)),
        (" 09:00 - 17:30 ", time(9), time(17, 30)),
        ("08.30–16.00", time(8, 30), time(16)),
        ("22:00-06:00", time(22), time(6)),
        ("16:00-24:00", time(16), time(0)),
    ],
)
def test_hours_are_read(text: str, begins: time, ends: time) -> None:
    assert WorkingHours.read(text) == WorkingHours(begins, ends)


@pytest.mark.parametrize("text", ["", "9", "9-9", "0-24:00", "9-24:30", "9-25", "9:61-17", "a-b"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (any of them will do)
        WorkingHours.read(text)


@pytest.mark.parametrize(
    ("zone", "now", "minutes"),
    [
        ("Asia/Jakarta", WINTER, 480),
        ("Asia/Makassar", WINTER, 420),
        ("Asia/Kolkata", WINTER, 390),
        ("Europe/Berlin", WINTER, 120),
        ("Europe/Berlin", SUMMER, 180),
        ("America/New_York", WINTER, 0),
    ],
)
def test_hours_in_common_follow_both_clocks(zone: str, now: datetime, minutes: int) -> None:
    assert overlap(USUAL, JAKARTA, ZoneInfo(zone), now) == minutes


def test_a_night_worker_meets_new_york() -> None:
    night = WorkingHours.read("20:00-04:00")
    day = day_beside(night, JAKARTA, ZoneInfo("America/New_York"), WINTER)
    assert overlap(night, JAKARTA, ZoneInfo("America/New_York"), WINTER) == 7 * 60
    assert {number // 4 for number, one in enumerate(day) if one.shared} == {21, 22, 23, 0, 1, 2, 3}


def test_a_country_with_one_time_tells_the_zone_and_others_do_not() -> None:
    assert zone_name("Asia/Makassar", "DE") == "Asia/Makassar"
    assert zone_name("", "DE") == "Europe/Berlin"
    assert [zone_name("", code) for code in ("ID", "US", "AU", "ZZ", "")] == [""] * 5
    for zone in _zones().values():
        ZoneInfo(zone)
