"""Conflicts: two windows on one draft, and what the user can decide."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from freelancer_tui.domain.briefs import brief_of
from freelancer_tui.domain.conflicts import Conflict, Offering, Seen, offering, seen
from freelancer_tui.domain.intents import EditBid, Terms
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.store.work import conflicts, proposals, versions
from freelancer_tui.workspace import Workspace
from tests.services.desk import LONG, NOON, a_project, desk, lay, usd


@dataclass
class Window:
    """One of two programs on the same files, with one sheet open."""

    workspace: Workspace
    id: str
    known: Seen

    def types(self, text: str) -> None:
        """Save as the editor does, the price and the days as they were."""
        typed = replace(self.known.offering, text=text)
        self.known = self.workspace.proposals.keep(self.id, typed, self.known)

    @property
    def draft(self) -> str:
        """What the file has."""
        return self.workspace.proposals.show(self.id).proposal.text

    @property
    def open(self) -> Conflict:
        """The only thing to settle."""
        [view] = self.workspace.conflicts.unsettled()
        return view.conflict

    def sees_anew(self) -> None:
        """Read the sheet again, as the editor does when it is filled anew."""
        self.known = seen(self.workspace.proposals.show(self.id).proposal)


@pytest.fixture
def windows(tmp_path: Path, workspace: Workspace) -> Iterator[tuple[Window, Window]]:
    """Give two programs that look at one draft."""
    draft = workspace.proposals.draft(100)
    workspace.proposals.save(draft.id, text="Both began here.", price=usd("300"), days=3)
    sheet = workspace.proposals.show(draft.id).proposal
    with desk(tmp_path) as other:
        yield Window(workspace, sheet.id, seen(sheet)), Window(other, sheet.id, seen(sheet))


def texts(conflict: Conflict) -> list[str]:
    sides = (conflict.base, conflict.mine, conflict.theirs)
    return [side.text for side in sides if isinstance(side, Offering)]


def test_one_window_alone_types_on_without_a_conflict(windows: tuple[Window, Window]) -> None:
    one, _other = windows
    for text in ("a", "ab", "abc", "abc"):
        one.types(text)
    assert one.draft == "abc"
    assert one.workspace.conflicts.count() == 0


def test_what_the_second_window_types_is_kept_beside_the_first(
    windows: tuple[Window, Window],
) -> None:
    one, other = windows
    one.types("The first.")
    other.types("The second.")
    assert other.draft == "The first."
    assert texts(other.open) == ["Both began here.", "The second.", "The first."]
    other.types("The second, and a word more.")
    one.types("The first, too.")
    assert texts(one.open) == [
        "Both began here.",
        "The second, and a word more.",
        "The first, too.",
    ]


def test_equal_words_in_both_windows_are_no_conflict(windows: tuple[Window, Window]) -> None:
    one, other = windows
    one.types("The same.")
    other.types("The same.")
    assert other.workspace.conflicts.count() == 0
    other.types("The same, and more.")
    assert other.draft == "The same, and more."


def test_a_conflict_ends_when_both_say_the_same(windows: tuple[Window, Window]) -> None:
    one, other = windows
    one.types("The first.")
    other.types("The second.")
    other.types("The first.")
    assert other.workspace.conflicts.count() == 0


def test_a_window_in_which_nothing_was_typed_writes_nothing(
    windows: tuple[Window, Window],
) -> None:
    one, other = windows
    one.types("The first.")
    other.types("Both began here.")
    assert other.draft == "The first."
    assert other.workspace.conflicts.count() == 0


def test_keeping_mine_puts_it_into_the_draft(windows: tuple[Window, Window]) -> None:
    one, other = windows
    one.types("The first.")
    other.types("The second.")
    settled = other.workspace.conflicts.settle(other.open.id, "mine")
    assert (other.draft, settled.theirs) == ("The second.", replace(ours(one), text="The first."))
    other.types("The second, going on.")
    assert other.draft == "The second, going on."
    one.types("The first, going on.")
    assert texts(one.open)[1:] == ["The first, going on.", "The second, going on."]


def ours(window: Window) -> Offering:
    return offering(window.workspace.proposals.show(window.id).proposal)


def test_taking_theirs_leaves_the_draft_and_keeps_mine_in_what_was_settled(
    windows: tuple[Window, Window],
) -> None:
    one, other = windows
    one.types("The first.")
    other.types("The second.")
    settled = other.workspace.conflicts.settle(other.open.id, "theirs")
    assert other.draft == "The first."
    kept = other.workspace.conflicts.show(settled.id).conflict
    assert texts(kept) == ["Both began here.", "The second.", "The first."]
    other.sees_anew()
    other.types("Going on.")
    assert other.draft == "Going on."


def test_words_typed_after_the_other_window_submitted_are_kept(
    windows: tuple[Window, Window],
) -> None:
    one, other = windows
    one.types(LONG)
    one.workspace.proposals.submit(one.id)
    other.types("Wait, one word more.")
    [view] = other.workspace.conflicts.unsettled()
    assert view.conflict.mine == replace(ours(one), text="Wait, one word more.")
    other.workspace.conflicts.settle(view.conflict.id, "mine")
    assert other.workspace.proposals.show(other.id).standing == "draft"
    assert (other.draft, other.workspace.outbox.entries()) == ("Wait, one word more.", [])


def test_nothing_is_submitted_or_thrown_away_while_two_windows_disagree(
    windows: tuple[Window, Window],
) -> None:
    one, other = windows
    one.types(LONG)
    other.types("The second.")
    for verb in (one.workspace.proposals.submit, one.workspace.proposals.discard):
        with pytest.raises(NotAllowed, match="settle that first") as caught:
            verb(one.id)
        assert "F7" in caught.value.hint
    view = one.workspace.proposals.show(one.id)
    assert view.conflict == "two_windows"
    assert [each.conflict for each in one.workspace.proposals.board()] == ["two_windows"]


def test_words_typed_into_a_draft_that_the_other_window_threw_away_are_in_its_history(
    windows: tuple[Window, Window],
) -> None:
    one, other = windows
    one.workspace.proposals.discard(one.id)
    with pytest.raises(NotFound):
        other.types("One word more.")
    with one.workspace.work.read() as session:
        said = [each.said.text for each in versions.of_subject(session, one.id)]
    assert said[0] == "One word more."


def test_a_discarded_draft_leaves_no_conflict_behind(workspace: Workspace) -> None:
    draft = workspace.proposals.draft(100)
    opened = a_conflict(draft)
    with workspace.work.transaction() as session:
        conflicts.put(session, opened)
    workspace.proposals.discard(draft.id)
    assert workspace.conflicts.count() == 0


def a_conflict(sheet: Proposal) -> Conflict:
    before, now = brief_of(a_project()), brief_of(a_project(status="closed"))
    return Conflict("c1", "project_changed", sheet.id, now, NOON, base=before)


def test_a_draft_can_go_on_for_a_job_that_changed_but_not_be_taken_back(
    workspace: Workspace,
) -> None:
    draft = workspace.proposals.draft(100)
    assert draft.brief == brief_of(a_project())
    with workspace.work.transaction() as session:
        conflicts.put(session, a_conflict(draft))
    [view] = workspace.conflicts.unsettled()
    assert (view.choices, view.title) == (("go_on",), "Shop backend in Python")
    assert view.conflict.mine == offering(draft)
    for choice in ("take_back", "mine"):
        with pytest.raises(NotAllowed):
            workspace.conflicts.settle("c1", choice)
    workspace.conflicts.settle("c1", "go_on")
    brief = workspace.proposals.show(draft.id).proposal.brief
    assert brief == brief_of(a_project(status="closed"))
    with pytest.raises(NotAllowed, match="settled already"):
        workspace.conflicts.settle("c1", "go_on")


def test_a_placed_bid_is_changed_over_what_was_last_known(workspace: Workspace) -> None:
    lay(workspace, a_project())
    sheet = Proposal("p9", 100, "USD", LONG, usd("300"), 3, state="placed", bid_remote_id=500)
    sheet = replace(sheet, placed=Terms(usd("300"), 3, LONG.strip()))
    typed = Offering("Other words.", usd("200"), 2)
    with workspace.work.transaction() as session:
        proposals.put(session, sheet)
    workspace.proposals.keep("p9", typed, seen(sheet))
    [view] = workspace.conflicts.unsettled()
    workspace.conflicts.settle(view.conflict.id, "mine")
    [entry] = workspace.outbox.entries()
    assert isinstance(entry.intent, EditBid)
    assert entry.intent.base == sheet.placed
    assert entry.intent.mine == Terms(usd("200"), 2, "Other words.")
    assert workspace.proposals.show("p9").proposal.text == "Other words."


def test_an_offer_without_a_price_cannot_become_a_bid(workspace: Workspace) -> None:
    sheet = Proposal("p9", 100, "USD", LONG, usd("300"), 3, state="placed", bid_remote_id=500)
    with workspace.work.transaction() as session:
        proposals.put(session, sheet)
        mine, theirs = Offering(LONG, None, 3), offering(sheet)
        conflicts.put(session, Conflict("c1", "edited_elsewhere", "p9", theirs, NOON, mine))
    with pytest.raises(NotAllowed, match="needs a price"):
        workspace.conflicts.settle("c1", "mine")
    assert workspace.conflicts.count() == 1


def test_what_is_not_there_is_said(workspace: Workspace) -> None:
    for verb in (workspace.conflicts.show, lambda one: workspace.conflicts.settle(one, "mine")):
        with pytest.raises(NotFound):
            verb("c9")
