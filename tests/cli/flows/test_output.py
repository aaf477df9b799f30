"""Output: columns that stay straight whatever is written in them."""

from datetime import UTC, datetime, timedelta, timezone

from freelancer_tui.cli import output


def test_wide_letters_take_two_columns() -> None:
    rows = output.table([("報價", "a"), ("abc", "b"), ("e\u0301", "c")]).splitlines()
    assert [output.width(row) for row in rows] == [7, 7 - 1 + 1, 7]
    assert rows[0] == "報價  a"
    assert rows[1] == "abc   b"


def test_cutting_counts_columns() -> None:
    assert output.shortened("報價單", 5) == "報價…"
    assert output.shortened("abc", 3) == "abc"


def test_no_rows_are_no_text() -> None:
    assert output.table([]) == ""


def test_times_are_in_utc() -> None:
    noon = datetime(2026, 11, 24, 12, tzinfo=timezone(timedelta(hours=8)))
    assert output.moment(noon) == "2026-11-24T04:00:00Z"
    assert output.moment(noon.astimezone(UTC).replace(microsecond=5000)) == (
        "2026-11-24T04:00:00.005000Z"
    )
    assert output.moment(None) is None
