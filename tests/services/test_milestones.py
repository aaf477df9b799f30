"""Asking for milestones: what is queued, what is refused before, and what the user decides."""

from dataclasses import replace
from typing import Any

import pytest

from freelancer_tui.domain.intents import (
    PARENT_REFUSED,
    EditBid,
    OutboxEntry,
    RequestMilestone,
    Terms,
)
from freelancer_tui.domain.milestones import MilestoneRequest
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.store.work import outbox, proposals
from freelancer_tui.workspace import Workspace
from tests.services.desk import LONG, NOON, a_bid, a_milestone, force, lay, usd
from tests.services.test_proposals import carried, refuse, written


def asked(entry: OutboxEntry) -> RequestMilestone:
    assert isinstance(entry.intent, RequestMilestone)
    return entry.intent


def test_a_request_is_queued_with_a_mark(workspace: Workspace) -> None:
    lay(workspace, a_bid())
    entry = workspace.milestones.request(500, usd("120.50"), "First\n half ")
    assert workspace.outbox.entries() == [entry]
    assert (entry.state, entry.entity, entry.about) == (
        "queued",
        "project:100",
        "Shop backend in Python",
    )
    intent = asked(entry)
    assert (intent.project_remote_id, intent.bid_remote_id) == (100, 500)
    assert (intent.amount, intent.text) == (usd("120.50"), "First half")
    assert intent.marked_text == f"First half (ref {intent.mark})"
    assert len(intent.mark) == 6
    assert intent.mark.isalnum()


def test_what_is_not_sent_yet_stands_among_the_facts(workspace: Workspace) -> None:
    lay(workspace, a_bid(), a_milestone())
    entry = workspace.milestones.request(500, usd("120.50"), "First half")
    workspace.messages.send(40, "Hello")
    line, held = workspace.milestones.lines()
    assert (line.remote_id, line.entry_id, line.state) == (None, entry.id, "queued")
    assert (line.project_title, line.client) == ("Shop backend in Python", "Acme Ltd")
    assert (line.amount, line.text, line.is_request) == (usd("120.50"), "First half", True)
    assert (held.remote_id, held.entry_id) == (70, "")
    force(workspace, entry, state="refused")
    assert workspace.milestones.lines()[0].state == "refused"
    force(workspace, replace(entry, state="refused"), state="sent")
    assert [one.remote_id for one in workspace.milestones.lines()] == [70]
    assert len(workspace.milestones.lines(limit=1)) == 1


def test_two_equal_requests_have_marks_of_their_own(workspace: Workspace) -> None:
    lay(workspace, a_bid())
    entries = [workspace.milestones.request(500, usd("50"), "Part") for _ in range(20)]
    assert len({asked(entry).mark for entry in entries}) == 20


def test_a_mark_that_is_taken_is_drawn_again(workspace: Workspace) -> None:
    lay(workspace, a_bid())
    minted = iter(["id1-AAAAAA", "x-ABCDEF", "id2-AAAAAA", "y-ABCDEF", "z-GHJKMN"])
    workspace.milestones._mint = lambda: next(minted)
    marks = [asked(workspace.milestones.request(500, usd("5"), "Part")).mark for _ in range(2)]
    assert marks == ["ABCDEF", "GHJKMN"]


@pytest.mark.parametrize(
    ("amount", "text", "said"),
    [
        (usd("0"), "Part", "above zero"),
        (usd("5"), " \n", "what the milestone is for"),
        (replace(usd("5"), currency="IDR"), "Part", "in USD"),
    ],
)
def test_what_is_not_ready_is_not_queued(
    workspace: Workspace, amount: Any, text: str, said: str
) -> None:
    lay(workspace, a_bid())
    with pytest.raises(NotAllowed, match=said) as caught:
        workspace.milestones.request(500, amount, text)
    assert len(caught.value.problems) == 1
    assert workspace.outbox.entries() == []


@pytest.mark.parametrize(
    "changes",
    [{"retracted": True}, {"award_status": "rejected"}, {"award_status": "revoked"}],
)
def test_a_bid_that_is_over_brings_no_money(workspace: Workspace, changes: Any) -> None:
    lay(workspace, a_bid(**changes))
    with pytest.raises(NotAllowed):
        workspace.milestones.request(500, usd("5"), "Part")


def test_an_unknown_bid(workspace: Workspace) -> None:
    for verb in (
        workspace.milestones.currency,
        lambda n: workspace.milestones.request(n, usd("5"), "x"),
    ):
        with pytest.raises(NotFound, match="404"):
            verb(404)


def queued(workspace: Workspace) -> tuple[OutboxEntry, OutboxEntry]:
    """Queue a proposal and a request that waits for it."""
    proposal_id = written(workspace)
    workspace.proposals.submit(proposal_id)
    child = workspace.milestones.request_with(proposal_id, usd("50"), "First half")
    return carried(workspace, proposal_id), child


def test_a_request_can_wait_for_its_bid(workspace: Workspace) -> None:
    parent, child = queued(workspace)
    assert (child.after, asked(child).bid_remote_id) == (parent.id, None)
    assert child.entity == parent.entity


def test_nothing_waits_for_what_does_not_wait_itself(workspace: Workspace) -> None:
    proposal_id = written(workspace)
    for unknown in (proposal_id, "nope"):
        with pytest.raises(NotAllowed, match=unknown):
            workspace.milestones.request_with(unknown, usd("50"), "First half")


@pytest.mark.parametrize("verb", ["discard", "take back"])
def test_a_proposal_that_does_not_go_out_refuses_its_requests(
    workspace: Workspace, verb: str
) -> None:
    parent, child = queued(workspace)
    if verb == "discard":
        workspace.outbox.discard(parent.id)
    else:
        workspace.proposals.take_back(parent.subject_id)
    (left,) = workspace.outbox.entries()
    assert (left.id, left.state, left.reason_code) == (child.id, "refused", PARENT_REFUSED)


def test_a_request_is_not_sent_again_before_its_refused_bid(workspace: Workspace) -> None:
    parent, child = queued(workspace)
    refuse(workspace, parent.subject_id)
    force(workspace, child, state="refused")
    with pytest.raises(NotAllowed) as caught:
        workspace.outbox.retry(child.id)
    assert parent.id in caught.value.hint
    workspace.outbox.retry(parent.id)
    assert workspace.outbox.retry(child.id).state == "queued"


@pytest.mark.parametrize("verb", ["retry", "discard", "arrived"])
def test_a_request_that_asks_is_the_users_to_settle(workspace: Workspace, verb: str) -> None:
    lay(workspace, a_bid())
    entry = workspace.milestones.request(500, usd("50"), "Part")
    force(workspace, entry, state="doubtful", asks=True, watermark=7, attempts=1)
    settled = getattr(workspace.outbox, verb)(entry.id)
    left = [(one.state, one.watermark) for one in workspace.outbox.entries()]
    assert left == ([("queued", 7)] if verb == "retry" else []), "the watermark finds a late one"
    assert settled.intent == entry.intent


def an_edit_of(workspace: Workspace, **changes: Any) -> OutboxEntry:
    """Put a change of a placed proposal's bid into the outbox."""
    proposal_id = written(workspace)
    sheet = workspace.proposals.show(proposal_id).proposal
    old = a_bid()
    base = (old.amount, old.days, old.text)
    entry = OutboxEntry(
        id="edit",
        intent=EditBid(500, 100, usd("450"), 9, LONG + "More.", *base),
        subject_id=proposal_id,
        entity="project:100",
        about="Shop",
        state="queued",
        queued_at=NOON,
    )
    with workspace.work.transaction() as session:
        proposals.put(session, replace(sheet, state="placed", bid_remote_id=500))
        outbox.add(session, replace(entry, **changes))
    return replace(entry, **changes)


def test_a_change_sent_again_goes_over_what_the_user_was_shown(workspace: Workspace) -> None:
    found = replace(_terms(), days=30, text="Theirs.")
    an_edit_of(workspace, state="doubtful", asks=True, found=found, reason_code="edited_elsewhere")
    fresh = workspace.outbox.retry("edit")
    assert isinstance(fresh.intent, EditBid)
    assert (fresh.intent.base, fresh.found) == (found, None)
    assert fresh.intent.mine == replace(_terms(), amount=usd("450"), days=9, text=LONG + "More.")
    assert workspace.outbox.show("edit") == fresh


@pytest.mark.parametrize("verb", ["retry", "discard", "arrived"])
def test_the_proposal_whose_bid_is_changed_stays_placed(workspace: Workspace, verb: str) -> None:
    entry = an_edit_of(workspace, state="doubtful", asks=True)
    getattr(workspace.outbox, verb)("edit")
    assert workspace.proposals.show(entry.subject_id).proposal.state == "placed"


def _terms() -> Terms:
    old = a_bid()
    return Terms(old.amount, old.days, old.text)


def test_asking_for_release_lies_over_the_milestone(workspace: Workspace) -> None:
    lay(workspace, a_bid(), a_milestone())
    (line,) = workspace.milestones.lines()
    assert line.can_be_asked_for
    entry = workspace.milestones.ask_release(70)
    assert (entry.name, entry.entity) == ("ask_release", "project:100")
    (line,) = workspace.milestones.lines()
    assert (line.state, line.entry, line.can_be_asked_for) == ("funded", entry, False)
    with pytest.raises(NotAllowed):
        workspace.milestones.ask_release(70)
    force(workspace, entry, state="refused")
    again = workspace.milestones.ask_release(70)
    assert workspace.outbox.entries() == [again]


@pytest.mark.parametrize("status", ["requested_release", "cleared", "disputed", "canceled"])
def test_what_is_not_held_is_not_asked_for(workspace: Workspace, status: Any) -> None:
    lay(workspace, a_bid(), replace(a_milestone(), status=status))
    with pytest.raises(NotAllowed):
        workspace.milestones.ask_release(70)
    with pytest.raises(NotFound):
        workspace.milestones.ask_release(71)
    assert workspace.outbox.entries() == []


@pytest.mark.parametrize("status", ["pending", "created", "rejected", "deleted"])
def test_only_a_request_without_an_answer_is_withdrawn(workspace: Workspace, status: Any) -> None:
    wish = MilestoneRequest(80, 100, 500, 1, usd("40"), "Part", status, NOON)
    lay(workspace, a_bid(), wish)
    (line,) = workspace.milestones.lines()
    assert line.can_be_withdrawn == (status == "pending")
    if status != "pending":
        with pytest.raises(NotAllowed):
            workspace.milestones.withdraw(80)
        return
    entry = workspace.milestones.withdraw(80)
    assert entry.name == "withdraw_request"
    assert not workspace.milestones.lines()[0].can_be_withdrawn
    workspace.outbox.discard(entry.id)
    assert workspace.milestones.lines()[0].can_be_withdrawn
