"""What the headers announce about haste is kept to, and nonsense in them is ignored."""

from datetime import UTC, datetime

import pytest

from freelancer_tui.marketplaces.rates import Bucket, Window, asked_wait, http_date, windows

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
POLICY = "50, 50;window=60, 1000;window=3600"


@pytest.mark.parametrize(
    ("policy", "found"),
    [
        (POLICY, (Window(50, 60), Window(1000, 3600))),
        ("100;w=60", (Window(100, 60),)),
        (" 5 ; window = 60 ", (Window(5, 60),)),
        ("", ()),
        ("50", ()),
        ("0;window=60", ()),
        ("50;window=0", ()),
        ("-5;window=60", ()),
        ("50;window=99999999", ()),
        ("999999999;window=60", ()),
        ("5e9;window=60, nonsense, ;;;,window=60;5", ()),
        ("١٢;window=60", (Window(12, 60),)),
        ("9" * 400 + ";window=60", ()),
        (", ".join(["7;window=60"] * 5000), (Window(7, 60),) * 38),
    ],
)
def test_windows(policy: str, found: tuple[Window, ...]) -> None:
    assert windows(policy) == found


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0"}, 1),
        ({"retry-after": "-5"}, 60),
        ({"retry-after": "1e9"}, 60),
        ({"retry-after": "nan"}, 60),
        ({"retry-after": "99999"}, 3600),
        ({"retry-after": "Tue, 24 Nov 2026 12:00:30 GMT"}, 30),
        ({"retry-after": "Tue, 24 Nov 2026 11:00:30 GMT"}, 1),
        ({"retry-after": "soon"}, 60),
        ({"ratelimit-reset": "42"}, 42),
        ({"ratelimit-reset": str(int(NOW.timestamp()) + 90)}, 90),
        ({"retry-after": "7", "ratelimit-reset": "42"}, 7),
        ({"ratelimit-limit": "5, 5;window=20, 100;window=3600"}, 20),
        ({"ratelimit-limit": "hostile"}, 60),
        ({}, 60),
    ],
)
def test_asked_wait(headers: dict[str, str], seconds: float) -> None:
    assert asked_wait(headers, NOW) == seconds


def test_a_bucket_without_a_policy_holds_nobody_up() -> None:
    bucket = Bucket()
    for _ in range(500):
        assert bucket.pause(0.0) == 0
        bucket.spend(0.0)


def test_no_window_is_ever_overrun() -> None:
    bucket = Bucket()
    bucket.learn({"ratelimit-limit": "5, 5;window=10, 12;window=60"}, 0.0)
    now, left = 0.0, []
    for _ in range(40):
        now += bucket.pause(now)
        bucket.spend(now)
        left.append(now)
    for calls, seconds in ((5, 10), (12, 60)):
        for number in range(len(left) - calls):
            assert left[number + calls] - left[number] > seconds


def test_callers_that_wait_together_queue_up() -> None:
    bucket = Bucket()
    bucket.learn({"ratelimit-limit": "2;window=10"}, 0.0)
    pauses = []
    for _ in range(6):
        pauses.append(bucket.pause(0.0))
        bucket.spend(pauses[-1])
    assert pauses == [0, 0, 11, 11, 22, 22]


def test_calls_that_somebody_else_spent_count() -> None:
    bucket = Bucket()
    bucket.spend(0.0)
    bucket.learn({"ratelimit-limit": POLICY, "ratelimit-remaining": "1"}, 0.0)
    assert bucket.pause(0.0) == 0
    bucket.spend(0.0)
    assert bucket.pause(0.0) == 61


@pytest.mark.parametrize("remaining", ["", "-1", "many", "9" * 30, "1000"])
def test_a_senseless_remainder_is_ignored(remaining: str) -> None:
    bucket = Bucket()
    bucket.learn({"ratelimit-limit": POLICY, "ratelimit-remaining": remaining}, 0.0)
    assert bucket.pause(0.0) == 0


def test_a_block_ends() -> None:
    bucket = Bucket()
    bucket.block(100.0)
    assert bucket.pause(40.0) == 60
    assert bucket.pause(100.0) == 0


def test_a_clock_set_back_locks_nobody_out() -> None:
    bucket = Bucket()
    bucket.learn({"ratelimit-limit": "1;window=60"}, 1e9)
    bucket.spend(1e9)
    bucket.block(1e9 + 60)
    assert bucket.pause(1e9 - 10 * 86_400) == 0


@pytest.mark.parametrize("text", ["", "soon", "Tue, 99 Nov 2026 12:00:30 GMT", "\x00", "1"])
def test_no_date(text: str) -> None:
    assert http_date(text) is None
