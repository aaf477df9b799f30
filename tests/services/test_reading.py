"""Reading services: projects with triage, milestones, the user's own account."""

from pathlib import Path

import pytest

from freelancer_tui.domain.people import Profile
from freelancer_tui.domain.projects import Verdict
from freelancer_tui.errors import NotFound
from freelancer_tui.services.outbox import Counts
from freelancer_tui.workspace import Workspace
from tests.services.desk import CLIENT, ME, a_milestone, a_project, a_request, desk, lay, usd


def test_searching(workspace: Workspace) -> None:
    lay(workspace, a_project(101, title="Logo in red"), a_project(102, title="Logo in blue"))
    found = workspace.projects.search("logo ")
    assert [one.remote_id for one in found] == [102, 101]
    assert workspace.projects.search("nothing of this ") == []
    assert workspace.projects.total() == 3


def test_showing(workspace: Workspace) -> None:
    view = workspace.projects.show(100)
    assert view.client == CLIENT
    assert view.project.description == "We sell coffee and need an API."
    with pytest.raises(NotFound):
        workspace.projects.show(404)


def test_marking_gives_the_mark_before(workspace: Workspace) -> None:
    assert workspace.projects.mark(100, "star") is None
    assert workspace.projects.show(100).verdict == "star"
    assert workspace.projects.search("")[0].verdict == "star"
    assert workspace.projects.mark(100, None) == "star"
    assert workspace.projects.show(100).verdict is None
    with pytest.raises(NotFound):
        workspace.projects.mark(404, "skip")


def test_milestones_and_requests(workspace: Workspace) -> None:
    lay(workspace, a_milestone(), a_request(), a_request(72, amount=usd("200"), status="created"))
    lines = {line.remote_id: line for line in workspace.milestones.lines()}
    assert set(lines) == {70, 71}, "a request that became a milestone is not shown twice"
    assert (lines[70].state, lines[70].client) == ("funded", "Acme Ltd")
    assert (lines[71].state, lines[71].is_request) == ("requested", True)
    assert lines[71].project_title == "Shop backend in Python"


def test_the_profile(workspace: Workspace) -> None:
    assert workspace.account.profile() == Profile(ME)


def test_a_mark_is_undone_by_what_it_gave(workspace: Workspace) -> None:
    verdicts: list[Verdict | None] = ["star", "skip", None, "skip", "star"]
    given = [workspace.projects.mark(100, verdict) for verdict in verdicts]
    assert given == [None, "star", "skip", None, "skip"]
    for before in reversed(given):
        workspace.projects.mark(100, before)
    assert workspace.projects.show(100).verdict is None


def test_marks_need_no_sqlmodel(workspace: Workspace) -> None:
    workspace.projects.mark(100, "star")
    assert "work" not in workspace.parts


def test_a_milestone_of_a_job_we_do_not_know(workspace: Workspace) -> None:
    lay(workspace, a_milestone(project_remote_id=999))
    (line,) = workspace.milestones.lines()
    assert (line.project_title, line.client) == ("", "")


def test_no_profile_before_the_first_sync(tmp_path: Path) -> None:
    with desk(tmp_path) as workspace:
        assert workspace.account.profile() is None
        assert workspace.projects.total() == 0
        assert workspace.proposals.board() == []
        assert workspace.messages.threads() == []
        assert workspace.milestones.lines() == []
        assert workspace.outbox.counts() == Counts(0, 0)
