"""Searches: saved under a name, counted, told of once, and followed by the sync."""

from dataclasses import replace
from pathlib import Path

import pytest

from freelancer_tui.domain.counts import counted
from freelancer_tui.domain.searches import by_age, followed
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.services.projects import Projects
from freelancer_tui.store.work import meta
from freelancer_tui.sync.interests import saved_searches
from freelancer_tui.workspace import Workspace, open_workspace
from tests.services.desk import Clock, a_project, lay, lay_world, settings_in


def names(workspace: Workspace) -> list[str]:
    return [one.name for one in workspace.searches.all()]


def told_to_the_sync(workspace: Workspace) -> tuple[str, ...]:
    with workspace.work.read() as session:
        return saved_searches(meta.get(session, "saved_searches"))


def test_a_search_is_saved_renamed_moved_and_removed(workspace: Workspace) -> None:
    searches = workspace.searches
    backend, undo_first = searches.save(" Back\nend\x07 ", "python api")
    logo, _undo = searches.save("Logo", "logo -urgent")
    assert names(workspace) == ["Back end", "Logo"]
    assert searches.find("back END").query == "python api"
    searches.move(logo, -1)
    searches.move(logo, -1)
    assert names(workspace) == ["Logo", "Back end"]
    renamed, undo = searches.rename(backend, "API")
    assert names(workspace) == ["Logo", "API"]
    undo.take_back()
    gone = searches.remove(logo)
    assert names(workspace) == ["Back end"]
    gone.take_back()
    assert names(workspace) == ["Logo", "Back end"]
    undo_first.take_back()
    assert names(workspace) == ["Logo"]
    assert renamed.id == backend.id


@pytest.mark.parametrize(("name", "query"), [("", "x"), ("New", "  "), ("LOGO", "other")])
def test_what_cannot_be_saved_says_why(workspace: Workspace, name: str, query: str) -> None:
    workspace.searches.save("Logo", "logo")
    with pytest.raises(NotAllowed):
        workspace.searches.save(name, query)
    with pytest.raises(NotFound, match="saved search"):
        workspace.searches.find("nowhere")


def test_those_of_the_config_file_are_there_and_stay(tmp_path: Path) -> None:
    settings = replace(settings_in(tmp_path), searches={"Python": "python"})
    workspace = open_workspace(settings, clock=Clock())
    lay_world(workspace)
    workspace.searches.save("Logo", "logo")
    assert names(workspace) == ["Python", "Logo"]
    fixed = workspace.searches.find("python")
    assert (fixed.alert, workspace.searches.ring(fixed).alert) == ("off", "app")
    assert workspace.searches.find("python").alert == "app"
    for change in (workspace.searches.remove, lambda one: workspace.searches.rename(one, "x")):
        with pytest.raises(NotAllowed, match="config file"):
            change(workspace.searches.find("python"))
    assert told_to_the_sync(workspace) == ("python", "logo")
    workspace.close()


def test_counts_of_all_and_of_new_ones(workspace: Workspace) -> None:
    python, _undo = workspace.searches.save("Python", "python")
    workspace.triage.begin()
    lay(workspace, a_project(101), a_project(102, title="Logo"))
    counts = workspace.searches.count(python)
    assert counts is not None
    assert (counts.found, counts.new) == (2, 1)
    lay(workspace, *(a_project(number) for number in range(200, 320)))
    counts = workspace.searches.count(python)
    assert counts is not None
    assert (counted(counts.found), counted(counts.new)) == ("99+", "99+")


def test_new_matches_are_told_once_and_counted_until_visited(workspace: Workspace) -> None:
    searches = workspace.searches
    python, _undo = searches.save("Python", "python")
    quiet, _undo = searches.save("Quiet", "python")
    while quiet.alert != "off":
        quiet = searches.ring(quiet)
    assert searches.weigh() == []
    lay(workspace, a_project(101), a_project(102), a_project(103, title="Logo"))
    assert [(news.search.name, news.count) for news in searches.weigh()] == [("Python", 2)]
    assert searches.weigh() == []
    lay(workspace, a_project(104))
    searches.weigh()
    assert searches.waiting() == 3
    searches.visit(searches.find("Python"))
    assert searches.waiting() == 0
    assert python.id == searches.find("Python").id


def test_the_first_look_at_a_search_of_the_config_file_tells_nothing(tmp_path: Path) -> None:
    settings = replace(settings_in(tmp_path), searches={"Python": "python"})
    workspace = open_workspace(settings, clock=Clock())
    fixed = workspace.searches.ring(workspace.searches.find("Python"))
    lay_world(workspace)
    assert (fixed.alert, fixed.told_to) == ("app", None)
    assert workspace.searches.weigh() == []
    lay(workspace, a_project(101))
    assert len(workspace.searches.weigh()) == 1
    workspace.close()


class SlowProjects(Projects):
    """Search that never ends by itself."""

    def search(self, text, *, limit=50, stop=None, at_once=False):  # type: ignore[no-untyped-def]
        while text and stop is not None and not stop.raised:
            pass
        return super().search(text, limit=limit, stop=stop)


def test_a_count_that_takes_too_long_is_unknown(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("freelancer_tui.services.searches._PATIENCE_SECONDS", 0.01)
    workspace.projects = SlowProjects(workspace.cache, workspace.marks, workspace.clock)
    python, _undo = workspace.searches.save("Python", "python")
    assert workspace.searches.count(python) is None
    lay(workspace, a_project(101))
    assert workspace.searches.weigh() == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Django api", ("django api",)),
        ('"rest api" -wordpress skill:django', ("rest api django",)),
        ('skill:"graphic design" budget:>500', ("graphic design",)),
        ("php or laravel shop sort:budget", ("php shop", "laravel shop")),
        ("a1 or b1 c1 or d1 e1 or f1", ("a1 c1 e1", "a1 c1 f1", "a1 d1 e1", "a1 d1 f1")),
        ("is:starred or web logo", ("logo",)),
        ("is:starred budget:>5jt -x", ()),
        ("", ()),
    ],
)
def test_the_marketplace_is_asked_for_words_alone(query: str, words: tuple[str, ...]) -> None:
    assert followed(query) == words


def test_the_order_of_a_query_is_left_out_when_it_is_counted() -> None:
    assert by_age("logo sort:budget") == "logo "
    assert by_age("resort") == "resort"


def test_queries_with_filters_are_counted_as_they_are_read(workspace: Workspace) -> None:
    shops, _undo = workspace.searches.save("Shops", "sort:budget type:fixed logo or pyth")
    workspace.triage.begin()
    lay(workspace, a_project(101), a_project(102, title="Logo"), a_project(103, kind="hourly"))
    counts = workspace.searches.count(shops)
    assert counts is not None
    assert (counts.found, counts.new) == (3, 2)
    workspace.triage.mark([102], "skip")
    counts = workspace.searches.count(shops)
    assert counts is not None
    assert counts.new == 1
