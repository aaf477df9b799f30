"""Autosave: in time, in order, and never forgotten."""

import asyncio
import threading
from time import monotonic

import pytest

from freelancer_tui.errors import FreelancerError, Gone, NotFound, StoreError
from freelancer_tui.tui.screens import autosave
from freelancer_tui.tui.screens.autosave import Autosave


class Paper:
    """Something to write on."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.complaints: list[FreelancerError] = []
        self.tries = 0
        self.is_full = False
        self.autosave = Autosave(self.complaints.append)

    def type(self, text: str, name: str = "text") -> None:
        self.autosave.soon(name, lambda: self.write(text))

    def write(self, text: str) -> None:
        self.tries += 1
        if self.is_full:
            raise StoreError("The disk is full.")
        self.written.append(text)


async def test_the_newest_text_is_written_once() -> None:
    paper = Paper()
    for text in ("a", "ab", "abc"):
        paper.type(text)
    await asyncio.sleep(0.3)
    assert paper.written == ["abc"]


async def test_who_types_on_and_on_is_saved_within_300_ms() -> None:
    paper, began = Paper(), monotonic()
    while not paper.written:
        paper.type(str(monotonic()))
        await asyncio.sleep(0.02)
    assert monotonic() - began < 0.3


async def test_flush_writes_every_sheet_now() -> None:
    paper = Paper()
    paper.type("one", "first")
    paper.type("two", "second")
    assert await paper.autosave.flush()
    assert sorted(paper.written) == ["one", "two"]
    assert await paper.autosave.flush()


async def test_writes_of_one_sheet_never_overtake_each_other() -> None:
    gate, order = threading.Event(), list[str]()
    saver = Autosave(lambda error: None)

    def slow() -> None:
        gate.wait(2)
        order.append("old")

    saver.soon("text", slow)
    flushing = asyncio.create_task(saver.flush())
    await asyncio.sleep(0.02)
    saver.soon("text", lambda: order.append("new"))
    gate.set()
    assert await flushing
    assert await saver.flush()
    assert order == ["old", "new"]


async def test_what_cannot_be_written_is_told_and_kept() -> None:
    paper = Paper()
    paper.is_full = True
    paper.type("precious")
    assert not await paper.autosave.flush()
    assert [str(error) for error in paper.complaints] == ["The disk is full."]
    paper.is_full = False
    assert await paper.autosave.flush()
    assert paper.written == ["precious"]


async def test_what_cannot_be_written_is_tried_again_until_it_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(autosave, "FIRST_RETRY_SECONDS", 0.01)
    monkeypatch.setattr(autosave, "LAST_RETRY_SECONDS", 0.04)
    paper = Paper()
    paper.is_full = True
    paper.type("precious")
    assert not await paper.autosave.flush()
    while paper.tries < 5:
        await asyncio.sleep(0.005)
    paper.type("precious and more")
    assert list(paper.autosave.unsaved()) == ["text"]
    paper.is_full = False
    while not paper.written:
        await asyncio.sleep(0.005)
    assert paper.written == ["precious and more"]
    assert len(paper.complaints) == 1
    assert paper.autosave.unsaved() == {}


@pytest.mark.parametrize(("error", "left"), [(Gone("Gone."), {}), (NotFound("No."), ["text"])])
async def test_what_has_no_place_any_more_is_told_once_and_not_tried_again(
    error: FreelancerError, left: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "FIRST_RETRY_SECONDS", 0.001)
    paper = Paper()

    def write(_text: str) -> None:
        paper.tries += 1
        raise error

    monkeypatch.setattr(paper, "write", write)
    paper.type("precious")
    assert await paper.autosave.flush() == (not left)
    await asyncio.sleep(0.02)
    assert (paper.tries, paper.complaints) == (1, [error])
    assert list(paper.autosave.unsaved()) == list(left)
    assert not paper.autosave._timers
    paper.autosave.now()
    assert list(paper.autosave.unsaved()) == list(left)


async def test_the_pause_between_tries_grows_to_its_bound() -> None:
    paper = Paper()
    paper.is_full = True
    paper.type("precious")
    assert not await paper.autosave.flush()
    pauses = []
    for _try in range(6):
        pauses.append(paper.autosave._retries["text"])
        paper.autosave._start("text")
        await paper.autosave._writes["text"]
    assert pauses == [0.5, 1, 2, 4, 5, 5]


async def test_hurry_begins_at_once_but_lets_what_failed_wait() -> None:
    paper = Paper()
    paper.is_full = True
    paper.type("precious")
    assert not await paper.autosave.flush()
    tries = paper.tries
    paper.autosave.hurry()
    assert not paper.autosave._writes
    assert paper.tries == tries
    paper.is_full = False
    paper.type("other", "second")
    paper.autosave.hurry()
    await paper.autosave._writes["second"]
    assert paper.written == ["other"]


async def test_now_writes_before_it_comes_back_and_the_newest_wins() -> None:
    gate, order = threading.Event(), list[str]()
    saver = Autosave(lambda error: None)

    def slow() -> None:
        gate.wait(2)
        order.append("old")

    saver.soon("text", slow)
    saver.hurry()
    await asyncio.sleep(0.01)
    saver.soon("text", lambda: order.append("new"))
    threading.Timer(0.02, gate.set).start()
    saver.now()
    assert order == ["old", "new"]
    assert await saver.flush()
    assert order == ["old", "new"]


async def test_an_older_text_that_failed_never_comes_over_a_newer_one() -> None:
    gate, order = threading.Event(), list[str]()
    saver = Autosave(lambda error: None)

    def fail() -> None:
        gate.wait(2)
        raise StoreError("busy")

    saver.soon("text", fail)
    saver.hurry()
    await asyncio.sleep(0.01)
    saver.soon("text", lambda: order.append("new"))
    gate.set()
    saver.now()
    assert await saver.flush()
    assert order == ["new"]
