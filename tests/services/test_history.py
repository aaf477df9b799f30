"""History: what is kept of a text, when, and how it comes back."""

from datetime import timedelta

import pytest

from freelancer_tui.domain.conflicts import Offering, seen
from freelancer_tui.domain.drafts import MOST_VERSIONS, Place, reply_subject
from freelancer_tui.errors import NotAllowed, NotFound, StoreError
from freelancer_tui.services.proposals import Proposals
from freelancer_tui.store.work import proposals, replies
from freelancer_tui.workspace import Workspace
from tests.services.desk import LONG, Clock, a_thread, lay, usd

MINUTE = timedelta(minutes=1)


def texts(workspace: Workspace, subject_id: str) -> list[str]:
    return [version.said.text for version in workspace.history.of(subject_id).versions]


def wait(workspace: Workspace, pause: timedelta) -> None:
    assert isinstance(workspace.clock, Clock)
    workspace.clock.now += pause


@pytest.fixture
def draft_id(workspace: Workspace) -> str:
    draft = workspace.proposals.draft(100)
    workspace.proposals.save(draft.id, text="one", price=usd("400"), days=7)
    return draft.id


def test_typing_on_keeps_nothing_and_a_pause_keeps_what_was_there(
    workspace: Workspace, draft_id: str
) -> None:
    for text in ("one t", "one tw", "one two"):
        workspace.proposals.save(draft_id, text=text)
    assert texts(workspace, draft_id) == []
    wait(workspace, MINUTE)
    workspace.proposals.save(draft_id, text="one two three")
    workspace.proposals.save(draft_id, text="one two three four")
    assert texts(workspace, draft_id) == ["one two"]


def test_five_minutes_without_a_pause_keep_one(workspace: Workspace, draft_id: str) -> None:
    for count in range(24):
        wait(workspace, MINUTE / 2)
        workspace.proposals.save(draft_id, text=f"one {'word ' * count}")
    assert len(texts(workspace, draft_id)) == 2


def test_the_first_change_of_a_program_keeps_what_it_found(
    workspace: Workspace, draft_id: str
) -> None:
    again = Proposals(workspace.cache, workspace.work, workspace.clock, workspace.mint)
    again.save(draft_id, text="one two")
    assert texts(workspace, draft_id) == ["one"]


def test_what_goes_at_one_stroke_is_kept(workspace: Workspace, draft_id: str) -> None:
    workspace.proposals.save(draft_id, text=LONG)
    workspace.proposals.save(draft_id, text="")
    workspace.proposals.save(draft_id, text="again")
    assert texts(workspace, draft_id) == [LONG]


def test_a_window_that_keeps_its_words_keeps_versions_too(
    workspace: Workspace, draft_id: str
) -> None:
    known = seen(workspace.proposals.show(draft_id).proposal)
    place = Place(3, 4, 1)
    known = workspace.proposals.keep(draft_id, Offering(LONG), known, place)
    workspace.proposals.keep(draft_id, Offering("x"), known)
    assert texts(workspace, draft_id) == [LONG]
    assert workspace.proposals.versions.place(draft_id) == place


def test_submitting_and_discarding_keep_what_was_there(workspace: Workspace, draft_id: str) -> None:
    workspace.proposals.save(draft_id, text=LONG)
    workspace.proposals.submit(draft_id)
    workspace.proposals.take_back(draft_id)
    workspace.proposals.save(draft_id, text=LONG + " And more.")
    workspace.proposals.discard(draft_id)
    assert texts(workspace, draft_id) == [LONG + " And more.", LONG]


def test_restoring_is_undone_by_restoring(workspace: Workspace, draft_id: str) -> None:
    wait(workspace, MINUTE)
    workspace.proposals.save(draft_id, text="two", price=usd("500"), days=9)
    (first,) = workspace.history.of(draft_id).versions
    past = workspace.history.restore(draft_id, first.number)
    assert past.present == Offering("one", usd("400"), 7)
    second = past.versions[0]
    assert second.said == Offering("two", usd("500"), 9)
    workspace.history.restore(draft_id, second.number)
    assert workspace.proposals.show(draft_id).proposal.text == "two"
    assert workspace.history.of(draft_id).present == Offering("two", usd("500"), 9)


def test_restoring_keeps_what_was_only_just_typed(workspace: Workspace, draft_id: str) -> None:
    wait(workspace, MINUTE)
    workspace.proposals.save(draft_id, text="two")
    (first,) = workspace.history.of(draft_id).versions
    workspace.proposals.save(draft_id, text="two and a half")
    workspace.history.restore(draft_id, first.number)
    assert texts(workspace, draft_id)[0] == "two and a half"


@pytest.mark.parametrize("is_discarded", [False, True])
def test_restoring_happens_as_a_whole_or_not_at_all(
    workspace: Workspace, draft_id: str, monkeypatch: pytest.MonkeyPatch, is_discarded: bool
) -> None:
    wait(workspace, MINUTE)
    workspace.proposals.save(draft_id, text="two")
    if is_discarded:
        workspace.proposals.discard(draft_id)
    before, gone = workspace.history.of(draft_id), workspace.proposals.discarded()

    def full(*_given: object) -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(proposals, "put", full)
        with pytest.raises(StoreError):
            workspace.history.restore(draft_id, before.versions[-1].number)
    assert workspace.history.of(draft_id) == before
    assert workspace.proposals.discarded() == gone
    workspace.history.restore(draft_id, before.versions[-1].number)
    assert workspace.proposals.show(draft_id).proposal.text == "one"
    assert texts(workspace, draft_id)[0] == "two"


def test_restoring_a_reply_happens_as_a_whole_or_not_at_all(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(workspace, a_thread())
    thread_id = a_thread().remote_id
    workspace.messages.keep_draft(thread_id, "one")
    wait(workspace, MINUTE)
    workspace.messages.keep_draft(thread_id, "two")
    before = workspace.history.of(reply_subject(thread_id))

    def full(*_given: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(replies, "keep_draft", full)
    with pytest.raises(StoreError):
        workspace.history.restore(before.subject_id, before.versions[0].number)
    assert workspace.history.of(before.subject_id) == before


def test_restoring_what_stands_there_keeps_no_second_one(
    workspace: Workspace, draft_id: str
) -> None:
    workspace.proposals.save(draft_id, text=LONG)
    workspace.proposals.save(draft_id, text="")
    (version,) = workspace.history.of(draft_id).versions
    workspace.history.restore(draft_id, version.number)
    assert len(workspace.history.restore(draft_id, version.number).versions) <= 3


def test_only_a_version_of_this_text_can_be_restored(workspace: Workspace, draft_id: str) -> None:
    with pytest.raises(NotFound):
        workspace.history.restore(draft_id, 99)
    with pytest.raises(NotAllowed):
        workspace.history.restore(draft_id)
    with pytest.raises(NotFound):
        workspace.history.of("nothing")


def test_a_text_on_its_way_is_not_changed(workspace: Workspace, draft_id: str) -> None:
    wait(workspace, MINUTE)
    workspace.proposals.save(draft_id, text=LONG)
    workspace.proposals.submit(draft_id)
    number = workspace.history.of(draft_id).versions[-1].number
    with pytest.raises(NotAllowed):
        workspace.history.restore(draft_id, number)
    assert workspace.proposals.show(draft_id).proposal.text == LONG


def test_a_discarded_draft_is_listed_and_comes_back(workspace: Workspace, draft_id: str) -> None:
    gone = workspace.proposals.discard(draft_id)
    assert workspace.proposals.discarded() == [gone]
    assert workspace.history.of(draft_id).present is None
    workspace.history.restore(draft_id)
    assert workspace.proposals.show(draft_id).proposal.text == "one"
    assert workspace.proposals.discarded() == []


def test_a_discarded_draft_comes_back_as_it_said_before(
    workspace: Workspace, draft_id: str
) -> None:
    wait(workspace, MINUTE)
    workspace.proposals.save(draft_id, text="two")
    workspace.proposals.discard(draft_id)
    oldest = workspace.history.of(draft_id).versions[-1]
    assert workspace.history.restore(draft_id, oldest.number).present == oldest.said
    assert texts(workspace, draft_id)[0] == "two"


def test_replies_have_a_history_and_a_place(workspace: Workspace) -> None:
    lay(workspace, a_thread())
    thread_id = a_thread().remote_id
    workspace.messages.keep_draft(thread_id, "Good morning", Place(0, 12, 0))
    wait(workspace, MINUTE)
    workspace.messages.keep_draft(thread_id, "Good morning, Ana")
    subject_id = reply_subject(thread_id)
    (version,) = workspace.history.of(subject_id).versions
    assert version.said == Offering("Good morning")
    assert workspace.history.restore(subject_id, version.number).present == version.said
    assert texts(workspace, subject_id)[0] == "Good morning, Ana"
    assert workspace.messages.draft(thread_id) == "Good morning"
    assert workspace.messages.versions.place(subject_id) == Place(0, 12, 0)


def test_the_file_keeps_no_more_than_the_bound(workspace: Workspace, draft_id: str) -> None:
    for count in range(MOST_VERSIONS + 20):
        wait(workspace, MINUTE)
        workspace.proposals.save(draft_id, text=f"text {count}")
    kept = workspace.history.of(draft_id).versions
    assert len(kept) == MOST_VERSIONS
    assert kept[0].said.text == f"text {MOST_VERSIONS + 18}"
