"""Hours: when somebody works, read as people write it."""

from datetime import time

import pytest

from freelancer_tui.domain.hours import WorkingHours


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
