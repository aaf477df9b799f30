"""Outbox: the user's decisions about what waits."""

import pytest

from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.workspace import Workspace
from tests.services.desk import force
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
