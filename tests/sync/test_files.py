"""Files on their way: told as they move, at most once, and kept when they are refused."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from freelancer_tui.domain.attachments import Transfer, Upload
from freelancer_tui.domain.intents import SendMessage
from freelancer_tui.errors import Offline, OutcomeUnknown
from freelancer_tui.store.copies import Copies
from freelancer_tui.sync.events import Moved, Transferring
from tests.sync.desk import Desk
from tests.sync.market import CLIENT, ME
from tests.sync.test_turns import SlowMarket


def sends(desk: Desk, text: str, *contents: bytes, name: str = "plan.pdf") -> str:
    """Queue a message with files, all of one name; give the entry's id."""
    entry_id = desk.says(text)
    copies, uploads = Copies(desk.folder / "files"), []
    for content in contents:
        source = desk.folder / "home.bin"
        source.write_bytes(content)
        uploads.append(copies.take(source, name, 10**6))
        copies.keep(uploads[-1])
        source.unlink()
    entry = desk.entry(entry_id)
    assert isinstance(entry.intent, SendMessage)
    desk.put("queued", replace(entry, intent=replace(entry.intent, uploads=tuple(uploads))))
    return entry_id


def uploads_of(desk: Desk, entry_id: str) -> tuple[Upload, ...]:
    intent = desk.entry(entry_id).intent
    assert isinstance(intent, SendMessage)
    return intent.uploads


async def test_files_are_told_while_they_move(desk: Desk) -> None:
    entry_id = sends(desk, "see files", b"x" * 10, b"y" * 30)
    events = await desk.turn()
    told = [one for one in events if isinstance(one, Transferring | Moved)]
    assert [one.transfer for one in told if isinstance(one, Transferring)] == [
        Transfer(10, 40),
        Transfer(40, 40),
    ]
    states = [one.entry.state if isinstance(one, Moved) else "moving" for one in told]
    assert states == ["sending", "moving", "moving", "sent"]
    assert desk.market.files[desk.entry(entry_id).remote_id or 0] == (b"x" * 10, b"y" * 30)


async def test_a_turn_that_is_cancelled_sees_its_files_to_the_end(desk: Desk) -> None:
    market = SlowMarket(desk.clock)
    desk.market = market
    desk.engine = desk.an_engine()
    entry_id = sends(desk, "see file", b"plan")
    turn = asyncio.create_task(desk.turn())
    await market.asked.wait()
    turn.cancel()
    await asyncio.sleep(0)
    assert not turn.done()
    market.let_go.set()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert market.answered
    assert desk.entry(entry_id).state in ("sending", "sent")
    await desk.turn()
    assert desk.entry(entry_id).state == "sent"
    assert desk.market.said(34) == ["see file"]


async def test_offline_they_wait_with_their_copies(desk: Desk) -> None:
    entry_id = sends(desk, "see file", b"plan")
    desk.market.fail("push", Offline("no line"))
    await desk.turn()
    assert desk.entry(entry_id).state == "queued"
    await desk.turn(by_hand=True)
    assert desk.entry(entry_id).state == "sent"


async def test_equal_words_with_other_files_are_told_apart(desk: Desk) -> None:
    """One that got lost is not found in one that the user sent from the website meanwhile."""

    def meanwhile(name: str) -> None:
        if name == "receipt":
            desk.market.says(34, "see file", ME)

    for echoes in (True, False):
        desk.market.echoes = echoes
        lost = sends(desk, "see file", b"one")
        desk.market.fail("push", OutcomeUnknown("lost"))
        desk.market.on_call = meanwhile
        await desk.turn()
        assert desk.entry(lost).state == "doubtful"
        desk.market.on_call = lambda name: None
        desk.market.land_what_lingers(desk.clock.now)
        intent = desk.entry(lost).intent
        assert isinstance(intent, SendMessage)
        there = desk.market._apply(intent)
        desk.clock.pass_(120)
        await desk.turn(by_hand=True)
        assert (desk.entry(lost).state, desk.entry(lost).remote_id) == ("sent", there.remote_id)


async def test_what_is_refused_keeps_words_and_files(desk: Desk) -> None:
    desk.market.says(34, "hello", CLIENT)
    refused = sends(desk, "see file", b"MZ", name="run.exe")
    gone = sends(desk, "and this", b"plan")
    Path(uploads_of(desk, gone)[0].path).unlink()
    await desk.turn()
    entry = desk.entry(refused)
    assert (entry.state, entry.reason) == ("refused", "We do not like it.")
    assert Path(uploads_of(desk, refused)[0].path).read_bytes() == b"MZ"
    assert desk.entry(gone).state == "refused"
    assert desk.market.said(34) == []
