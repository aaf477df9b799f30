"""Autosave: in time, in order, and never forgotten."""

import asyncio
import threading
from time import monotonic

from freelancer_tui.errors import FreelancerError, StoreError
from freelancer_tui.tui.screens.autosave import Autosave


class Paper:
    """Something to write on."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.complaints: list[FreelancerError] = []
        self.is_full = False
        self.autosave = Autosave(self.complaints.append)

    def type(self, text: str, name: str = "text") -> None:
        self.autosave.soon(name, lambda: self.write(text))

    def write(self, text: str) -> None:
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
    autosave = Autosave(lambda error: None)

    def slow() -> None:
        gate.wait(2)
        order.append("old")

    autosave.soon("text", slow)
    flushing = asyncio.create_task(autosave.flush())
    await asyncio.sleep(0.02)
    autosave.soon("text", lambda: order.append("new"))
    gate.set()
    assert await flushing
    assert await autosave.flush()
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
