"""Outbox: the user's decisions about what waits."""

from dataclasses import replace
from typing import Any

import pytest

from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.workspace import Workspace
from tests.services.desk import LONG, NOON, a_bid, force, lay
from tests.services.test_proposals import carried, refuse, written


def queued(workspace: Workspace) -> str:
    proposal_id = written(workspace)
    workspace.proposals.submit(proposal_id)
    return proposal_id


def test_counts(workspace: Workspace) -> None:
    workspace.messages.send(40, "Yes")
    entry = workspace.outbox.entries()[0]
    queued(workspace)
    force(workspace, entry, state="refused")
    counts = workspace.outbox.counts()
    assert (counts.waiting, counts.needs_user) == (1, 1)


def test_discarding_a_bid_gives_the_draft_back(workspace: Workspace) -> None:
    proposal_id = queued(workspace)
    workspace.outbox.discard(carried(workspace, proposal_id).id)
    assert workspace.proposals.show(proposal_id).standing == "draft"
    assert workspace.outbox.entries() == []


def test_discarding_a_reply_gives_its_text_back(workspace: Workspace) -> None:
    sent = workspace.messages.send(40, "Yes, on Monday.")
    workspace.messages.keep_draft(40, "By the way")
    workspace.outbox.discard(sent.id)
    assert workspace.messages.draft(40) == "Yes, on Monday.\n\nBy the way"


def test_retrying_a_refused_bid(workspace: Workspace) -> None:
    proposal_id = queued(workspace)
    refuse(workspace, proposal_id)
    entry = workspace.outbox.retry(carried(workspace, proposal_id).id)
    assert (entry.state, entry.reason) == ("queued", "")
    assert workspace.proposals.show(proposal_id).standing == "queued"


@pytest.mark.parametrize("verb", ["retry", "discard"])
@pytest.mark.parametrize("state", ["sending", "doubtful"])
def test_what_may_have_landed_is_left_alone(workspace: Workspace, verb: str, state: str) -> None:
    proposal_id = queued(workspace)
    entry = force(workspace, carried(workspace, proposal_id), state=state)
    with pytest.raises(NotAllowed) as caught:
        getattr(workspace.outbox, verb)(entry.id)
    assert "sync" in caught.value.hint
    assert workspace.outbox.show(entry.id) == entry


def test_what_asks_is_settled_by_the_user(workspace: Workspace) -> None:
    sent = workspace.messages.send(40, "Yes")
    entry = workspace.outbox.show(sent.id)
    with pytest.raises(NotAllowed):
        workspace.outbox.arrived(entry.id)
    force(workspace, entry, state="doubtful", asks=True)
    assert workspace.outbox.counts().needs_user == 1
    assert workspace.outbox.arrived(entry.id).state == "sent"
    assert workspace.outbox.entries() == []
    assert [line.text for line in workspace.messages.conversation(40)] == ["Can you start?"]


def test_what_asks_can_be_sent_again(workspace: Workspace) -> None:
    entry = workspace.outbox.show(workspace.messages.send(40, "Yes").id)
    force(workspace, entry, state="doubtful", asks=True)
    again = workspace.outbox.retry(entry.id)
    assert (again.state, again.asks) == ("queued", False)


def test_an_unknown_id(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="nope"):
        workspace.outbox.retry("nope")


STATES: list[tuple[str, dict[str, Any]]] = [
    ("queued", {"state": "queued"}),
    ("backing off", {"state": "queued", "attempts": 3, "next_try_at": NOON}),
    ("sending", {"state": "sending"}),
    ("looking", {"state": "doubtful"}),
    ("asking", {"state": "doubtful", "asks": True, "looked_first_at": NOON}),
    ("refused", {"state": "refused", "reason": "No", "reason_code": "NO"}),
    ("sent", {"state": "sent", "remote_id": 5}),
]
ALLOWED = {
    "retry": {"queued", "backing off", "asking", "refused"},
    "discard": {"queued", "backing off", "asking", "refused"},
    "arrived": {"asking"},
}


@pytest.mark.parametrize("kind", ["bid", "reply"])
@pytest.mark.parametrize("verb", list(ALLOWED))
@pytest.mark.parametrize(("name", "changes"), STATES)
def test_each_verb_in_each_state(
    workspace: Workspace, kind: str, verb: str, name: str, changes: dict[str, Any]
) -> None:
    if kind == "bid":
        queued(workspace)
    else:
        workspace.messages.send(40, "Yes")
    (entry,) = workspace.outbox.entries()
    force(workspace, entry, **changes)
    act = getattr(workspace.outbox, verb)
    if name == "sent":
        with pytest.raises(NotFound):
            act(entry.id)
    elif name not in ALLOWED[verb]:
        with pytest.raises(NotAllowed):
            act(entry.id)
        assert workspace.outbox.show(entry.id).state == changes["state"]
    else:
        act(entry.id)
        left = [(one.id, one.state) for one in workspace.outbox.entries()]
        assert left == ([(entry.id, "queued")] if verb == "retry" else [])


def test_a_retry_forgets_the_last_attempt(workspace: Workspace) -> None:
    queued(workspace)
    (entry,) = workspace.outbox.entries()
    force(workspace, entry, **dict(STATES)["asking"], next_try_at=NOON, reason="?", attempts=4)
    fresh = workspace.outbox.retry(entry.id)
    assert fresh == replace(entry, attempts=4)
    assert workspace.outbox.show(entry.id) == fresh


def test_a_bid_that_arrived_is_placed(workspace: Workspace) -> None:
    proposal_id = queued(workspace)
    force(workspace, carried(workspace, proposal_id), state="doubtful", asks=True)
    workspace.outbox.arrived(carried(workspace, proposal_id).id)
    view = workspace.proposals.show(proposal_id)
    assert (view.standing, view.entry) == ("placed", None)
    lay(workspace, a_bid(award_status="awarded"))
    assert workspace.proposals.show(proposal_id).standing == "awarded"


def test_discarding_a_refused_bid_keeps_its_text(workspace: Workspace) -> None:
    proposal_id = queued(workspace)
    refuse(workspace, proposal_id)
    workspace.outbox.discard(carried(workspace, proposal_id).id)
    kept = workspace.proposals.show(proposal_id).proposal
    assert (kept.state, kept.text, kept.refusal) == ("draft", LONG, "")
    assert workspace.proposals.submit(proposal_id).standing == "queued"


def test_discarding_replies_gives_each_text_back(workspace: Workspace) -> None:
    sent = [workspace.messages.send(40, text) for text in ("One", "Two")]
    for one in sent:
        workspace.outbox.discard(one.id)
    assert workspace.messages.draft(40) == "Two\n\nOne"
    assert workspace.messages.thread(40).waiting == 0


def test_entries_go_out_in_the_order_they_came(workspace: Workspace) -> None:
    queued(workspace)
    for text in ("One", "Two", "Three"):
        workspace.messages.send(40, text)
    entries = workspace.outbox.entries()
    assert [one.name for one in entries] == ["place_bid", *["send_message"] * 3]
    assert [one.queued_at for one in entries] == sorted(one.queued_at for one in entries)
    assert len(workspace.outbox.entries(limit=2)) == 2
