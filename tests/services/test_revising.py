"""Revising: a change of a placed bid is kept while it is typed, sent once, and put away whole."""

from dataclasses import replace

import pytest

from freelancer_tui.domain.conflicts import offering
from freelancer_tui.domain.intents import EditBid
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.errors import NotAllowed
from freelancer_tui.sync.conflicts import meet_bid
from freelancer_tui.workspace import Workspace
from tests.services.desk import LONG, a_bid, lay, usd


@pytest.fixture
def elsewhere(workspace: Workspace) -> ProposalView:
    """A bid of 400 dollars that was placed on the web site."""
    lay(workspace, a_bid())
    return workspace.proposals.show("bid-500")


def kept(workspace: Workspace, view: ProposalView, text: str) -> ProposalView:
    workspace.proposals.placed.keep("bid-500", replace(offering(view.offered), text=text))
    return workspace.proposals.show("bid-500")


def test_what_is_typed_is_kept_and_nothing_is_queued(
    workspace: Workspace, elsewhere: ProposalView
) -> None:
    assert not elsewhere.proposal.has_change
    view = kept(workspace, elsewhere, LONG + "Sooner.")
    assert (view.standing, view.proposal.has_change) == ("placed", True)
    assert view.proposal.text.endswith("Sooner.")
    assert view.offered.text == LONG
    assert workspace.outbox.views() == []


def test_a_sync_takes_an_unsent_change_for_ours_and_another_hand_for_a_clash(
    workspace: Workspace, elsewhere: ProposalView
) -> None:
    sheet = kept(workspace, elsewhere, LONG + "Sooner.").proposal
    assert meet_bid(sheet, a_bid()).clash is None
    assert meet_bid(sheet, a_bid(text=LONG + "Later.")).clash is not None


def test_a_change_that_waits_is_put_away_with_its_words_in_the_history(
    workspace: Workspace, elsewhere: ProposalView
) -> None:
    view = kept(workspace, elsewhere, LONG + "Sooner.")
    placed = workspace.proposals.placed
    waiting = placed.change("bid-500", replace(offering(view.proposal), price=usd("350")))
    assert waiting.entry is not None
    assert isinstance(waiting.entry.intent, EditBid)
    dropped = placed.drop("bid-500")
    assert (dropped.entry, dropped.proposal.has_change) == (None, False)
    assert (dropped.proposal.price, dropped.proposal.text.strip()) == (usd("400"), LONG.strip())
    past = workspace.history.of("bid-500")
    assert any("Sooner." in version.said.text for version in past.versions)


def test_what_is_over_is_not_revised(workspace: Workspace) -> None:
    lay(workspace, a_bid(retracted=True))
    view = workspace.proposals.show("bid-500")
    with pytest.raises(NotAllowed):
        kept(workspace, view, "x")
