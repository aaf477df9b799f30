"""A list that moves while it is read: nothing that was there at the start is passed over."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from freelancer_tui.marketplaces.calls import Answer
from freelancer_tui.marketplaces.freelancer import gathering, paging
from freelancer_tui.marketplaces.freelancer.listings import Listing
from freelancer_tui.marketplaces.freelancer.paging import Place, Row, Slice, Window

SMALL = 5


@contextmanager
def small_pages() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "LIMIT", SMALL)
        patch.setattr(paging, "STEP", SMALL - 1)
        yield


@dataclass
class Market:
    """A list that a server sorts by newest update, and that its users keep changing."""

    chance: Random
    churn: float
    now: int = 1_700_000_000
    rows: dict[int, int] = field(default_factory=dict)
    totals: bool = True
    cap: int = SMALL
    most_changes: int = 60

    def change(self) -> None:
        while self.most_changes > 0 and self.chance.random() < self.churn:
            self.most_changes -= 1
            self.now += self.chance.choice((0, 0, 1, 400))
            known = sorted(self.rows)
            match self.chance.randrange(4):
                case 0:
                    new = max(known, default=0) + 1
                    self.rows[new] = self.now
                case 1 if known:
                    del self.rows[self.chance.choice(known)]
                case _ if known:
                    self.rows[self.chance.choice(known)] = self.now

    def answer(self, window: Window) -> Slice:
        self.change()
        found = [
            (at, number)
            for number, at in self.rows.items()
            if (window.since is None or at >= window.since)
            and (window.until is None or at <= window.until)
        ]
        found.sort(key=lambda row: (-row[0], row[1]))
        part = found[window.offset : window.offset + min(window.limit, self.cap)]
        return Slice(
            tuple(Row(number, at) for at, number in part), len(found) if self.totals else None
        )


def pull(market: Market, cursor: str | None, seen: dict[int, int]) -> tuple[str, Place]:
    place = paging.read_place(cursor, "list")
    scan = paging.begun(place)
    asked = paging.windows(scan)
    answers: dict[int, Slice] = {}
    order = list(range(len(asked)))
    market.chance.shuffle(order)
    start = market.now
    for number in order:
        answers[number] = market.answer(asked[number])
    slices = [answers[number] for number in range(len(asked))]
    for piece in slices:
        for row in piece.rows:
            assert row.id is not None
            assert row.at is not None
            seen[row.id] = max(row.at, seen.get(row.id, 0))
    place = paging.follow(place, scan, slices, start)
    return paging.write_place(place), place


def scan_to_its_end(market: Market, cursor: str | None, seen: dict[int, int]) -> str:
    for _ in range(400):
        cursor, place = pull(market, cursor, seen)
        if place.scan is None:
            return cursor
    raise AssertionError("the scan does not end")


@st.composite
def markets(draw: st.DrawFn) -> Market:
    market = Market(
        chance=Random(draw(st.integers(0, 2**32))),
        churn=draw(st.sampled_from((0.0, 0.2, 0.5, 0.8))),
        totals=draw(st.booleans()),
        cap=draw(st.sampled_from((SMALL, SMALL, SMALL, 3))),
    )
    market.totals = market.totals or market.cap < SMALL
    age = draw(st.sampled_from((0, 1, 50, 1000)))
    for number in range(1, draw(st.integers(0, 60)) + 1):
        market.rows[number] = market.now - market.chance.randint(0, age)
    return market


@settings(max_examples=500, deadline=None)
@given(markets())
def test_no_row_that_was_there_at_the_start_is_missed(market: Market) -> None:
    with small_pages():
        seen: dict[int, int] = {}
        cursor: str | None = None
        for _round in range(3):
            there = dict(market.rows)
            cursor = scan_to_its_end(market, cursor, seen)
            missed = [number for number in there if number in market.rows and number not in seen]
            assert not missed
            market.most_changes = 60
        market.churn = 0.0
        scan_to_its_end(market, cursor, seen)
        assert {number: seen.get(number) for number in market.rows} == market.rows, "all news came"


def test_the_first_pull_is_one_page_and_later_ones_four() -> None:
    market = Market(Random(1), 0.0, rows={n: 1_600_000_000 + n for n in range(1, 1001)})
    with small_pages():
        seen: dict[int, int] = {}
        cursor, place = pull(market, None, seen)
        assert len(seen) == SMALL
        assert place.scan is not None
        assert (place.scan.done, place.scan.total) == (5, 1000)
        cursor, place = pull(market, cursor, seen)
        assert len(seen) == SMALL + 4 * (SMALL - 1)


def test_high_water_moves_only_with_the_end() -> None:
    market = Market(Random(1), 0.0, rows={n: 1_600_000_000 + n for n in range(1, 31)})
    with small_pages():
        cursor: str | None = None
        places = []
        for _ in range(20):
            cursor, place = pull(market, cursor, {})
            places.append(place)
            if place.scan is None:
                break
            market.now += 10
        assert all(place.high is None for place in places[:-1])
        assert places[-1].high == market.now
        assert len(places) <= 5


def test_nothing_new_costs_one_request() -> None:
    market = Market(Random(1), 0.0, rows={n: 1_600_000_000 + n for n in range(1, 31)})
    with small_pages():
        cursor = scan_to_its_end(market, None, {})
        place = paging.read_place(cursor, "list")
        assert len(paging.windows(paging.begun(place))) == 1
        _cursor, place = pull(market, cursor, {})
        assert place.scan is None


@pytest.mark.parametrize(
    "cursor",
    [
        None,
        "",
        "junk",
        "[]",
        '{"about": 5}',
        '{"about":"other","high":5}',
        '{"version":2}',
        "[" * 9999,
    ],
)
def test_a_damaged_or_foreign_cursor_means_the_beginning(cursor: str | None) -> None:
    assert paging.read_place(cursor, "list") == Place("list")


@given(
    st.builds(
        Place,
        about=st.just("list"),
        high=st.none() | st.integers(0, 2**40),
        scan=st.none()
        | st.builds(
            paging.Scan,
            start=st.none() | st.integers(0, 2**40),
            until=st.none() | st.integers(0, 2**40),
            offset=st.integers(0, 10**6),
            anchor=st.none() | st.integers(1, 2**62),
        ),
    )
)
def test_a_cursor_survives_its_keeping(place: Place) -> None:
    cursor = paging.write_place(place)
    assert paging.read_place(cursor, "list") == place
    assert msgspec.json.decode(cursor)
    assert "\n" not in cursor


def test_a_list_without_order_is_still_left_in_the_end() -> None:
    """A server that shuffles each answer never shows the anchor where it belongs."""
    chance = Random(3)
    with small_pages():
        cursor: str | None = None
        for _ in range(300):
            place = paging.read_place(cursor, "list")
            scan = paging.begun(place)
            slices = [
                Slice(tuple(Row(chance.randint(1, 10**6), 1_600_000_000) for _ in range(SMALL)), 40)
                if window.offset < 40
                else Slice((), 40)
                for window in paging.windows(scan)
            ]
            place = paging.follow(place, scan, slices, 1_700_000_000)
            cursor = paging.write_place(place)
            if place.scan is None:
                return
    raise AssertionError("the scan does not end")


def test_rows_that_cannot_be_read_do_not_stop_a_scan() -> None:
    with small_pages():
        place, scan = Place("list"), paging.Scan()
        piece = Slice(tuple(Row(None) for _ in range(SMALL)), 12)
        place = paging.follow(place, scan, [piece], 1_700_000_000)
        assert place.scan is not None
        assert (place.scan.offset, place.scan.anchor) == (SMALL, None)


async def test_a_whole_reading_starts_over_when_the_list_moves() -> None:
    rows = list(range(20, 0, -1))
    asked = 0

    async def turn(window: Window) -> tuple[Listing, list[Answer]]:
        nonlocal asked
        asked += 1
        if asked == 2:
            del rows[:6]
        part = rows[window.offset : window.offset + SMALL]
        return Listing(rows=tuple(map(Row, part))), []

    with small_pages():
        tally = await gathering.whole(turn)
    assert tally.whole
    assert asked > 5


async def test_a_list_that_never_stands_still_is_not_called_whole() -> None:
    chance = Random(5)

    async def turn(window: Window) -> tuple[Listing, list[Answer]]:
        rows = tuple(Row(chance.randint(1, 10**9)) for _ in range(SMALL))
        return Listing(rows=rows), []

    with small_pages():
        assert not (await gathering.whole(turn)).whole
