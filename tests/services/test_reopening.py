"""Reopening: what the user made is there after the program ends, or is killed at any point."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest

from freelancer_tui.errors import NotAllowed
from freelancer_tui.store.work import outbox
from freelancer_tui.workspace import Workspace
from tests.services.desk import LONG, desk, force, lay_world, usd
from tests.services.test_proposals import carried, refuse, written

ROOT = Path(__file__).parents[2]


def test_everything_is_there_after_reopening(tmp_path: Path) -> None:
    with desk(tmp_path) as workspace:
        lay_world(workspace)
        proposal_id = written(workspace)
        workspace.messages.keep_draft(40, "I began to")
        workspace.messages.mark_read(40)
        workspace.projects.mark(100, "star")
    with desk(tmp_path) as workspace:
        kept = workspace.proposals.show(proposal_id).proposal
        assert (kept.text, kept.price, kept.days) == (LONG, usd("400"), 7)
        assert workspace.proposals.draft(100) == kept
        assert workspace.messages.draft(40) == "I began to"
        assert workspace.messages.thread(40).thread.unread == 0
        assert workspace.projects.show(100).verdict == "star"


def test_what_waits_is_there_after_reopening(tmp_path: Path) -> None:
    with desk(tmp_path) as workspace:
        lay_world(workspace)
        proposal_id = written(workspace)
        workspace.proposals.submit(proposal_id)
        workspace.messages.send(40, "Yes")
        waiting = workspace.outbox.entries()
    with desk(tmp_path) as workspace:
        assert workspace.outbox.entries() == waiting
        assert workspace.proposals.show(proposal_id).entry == waiting[0]
        assert workspace.proposals.take_back(proposal_id).standing == "draft"


def test_a_refusal_opens_again_after_reopening(tmp_path: Path) -> None:
    with desk(tmp_path) as workspace:
        lay_world(workspace)
        proposal_id = written(workspace)
        workspace.proposals.submit(proposal_id)
        refuse(workspace, proposal_id)
    with desk(tmp_path) as workspace:
        assert workspace.proposals.show(proposal_id).proposal.refusal == "No bids left"
        kept = workspace.proposals.save(proposal_id, price=usd("300"))
        assert (kept.state, kept.text, kept.refusal) == ("draft", LONG, "")
        assert workspace.outbox.entries() == []


KILLED = """
import os, sys
from pathlib import Path
from freelancer_tui.store.work import proposals, replies
from tests.services.desk import desk

verb, when = sys.argv[2:]
with desk(Path(sys.argv[1])) as workspace:
    table, name = (replies, "keep_draft") if verb == "send" else (proposals, "put")
    known = getattr(table, name)

    def die(*values):
        if when == "after":
            known(*values)
        os._exit(9)

    setattr(table, name, die)
    found = workspace.proposals.draft(100).id
    match verb:
        case "submit":
            workspace.proposals.submit(found)
        case "take_back":
            workspace.proposals.take_back(found)
        case "discard":
            workspace.outbox.discard(workspace.outbox.entries()[0].id)
        case "send":
            workspace.messages.send(40, "Yes", [Path("pyproject.toml")])
"""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("verb", ["submit", "take_back", "discard", "send"])
def test_a_kill_leaves_no_half(tmp_path: Path, verb: str, when: str) -> None:
    with desk(tmp_path) as workspace:
        lay_world(workspace)
        proposal_id = written(workspace)
        workspace.messages.keep_draft(40, "Yes, I")
        if verb in ("take_back", "discard"):
            workspace.proposals.submit(proposal_id)
        before = picture(workspace, proposal_id)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), verb, when],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (9, "")
    with desk(tmp_path) as workspace:
        assert picture(workspace, proposal_id) == before


def picture(workspace: Workspace, proposal_id: str) -> tuple[object, ...]:
    view = workspace.proposals.show(proposal_id)
    assert (view.standing == "queued") == (view.entry is not None), "queued means in the outbox"
    return view, workspace.outbox.entries(), workspace.messages.draft(40)


def test_many_at_once_begin_one_draft(workspace: Workspace) -> None:
    start = Barrier(6)

    def begin(_: int) -> str:
        start.wait(10)
        return workspace.proposals.draft(100).id

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(begin, range(6)))) == 1
    assert len(workspace.proposals.board()) == 1


def test_many_at_once_submit_once(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    outcomes = at_once(5, lambda: workspace.proposals.submit(proposal_id))
    assert outcomes.count("done") == 1
    assert len(workspace.outbox.entries()) == 1


def test_taking_back_and_sending_never_both_win(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    for _ in range(10):
        workspace.proposals.submit(proposal_id)
        entry = carried(workspace, proposal_id)
        acts = iter(
            [
                partial(claim, workspace, entry.id),
                partial(workspace.proposals.take_back, proposal_id),
            ]
        )
        assert sorted(at_once(2, lambda acts=acts: next(acts)())) == ["done", "refused"]  # type: ignore[misc]
        if workspace.proposals.show(proposal_id).standing == "queued":
            force(workspace, workspace.outbox.show(entry.id), state="queued")
            workspace.proposals.take_back(proposal_id)


def claim(workspace: Workspace, entry_id: str) -> None:
    """Do what the engine does just before a call."""
    with workspace.work.transaction() as session:
        entry = outbox.get(session, entry_id)
        if entry is None or not outbox.replace(session, "queued", replace(entry, state="sending")):
            raise NotAllowed("gone")


def at_once(count: int, act: Callable[[], object]) -> list[str]:
    start = Barrier(count)

    def one(_: int) -> str:
        start.wait(10)
        try:
            act()
        except NotAllowed:
            return "refused"
        return "done"

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_two_programs_see_each_other(tmp_path: Path) -> None:
    with desk(tmp_path) as here, desk(tmp_path) as there:
        lay_world(here)
        proposal_id = written(here)
        assert there.proposals.draft(100).id == proposal_id
        there.proposals.submit(proposal_id)
        assert here.proposals.show(proposal_id).standing == "queued"
        with pytest.raises(NotAllowed):
            here.proposals.submit(proposal_id)
