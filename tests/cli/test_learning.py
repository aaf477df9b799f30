"""Figures about one's own bids from the shell."""

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.people import Profile
from freelancer_tui.settings import Account, Places, Settings
from freelancer_tui.store.cache import facts
from freelancer_tui.workspace import open_workspace
from tests.cli.shell import Shell
from tests.factories import ME, a_bid, a_page, a_person, a_project


def test_figures_are_printed_with_how_many_they_rest_on(shell: Shell) -> None:
    shell.sign_in("http://127.0.0.1:9", "t" * 30)
    assert shell("proposals", "stats").out.strip() == "No bid was sent yet"
    account = Account("env", "http://127.0.0.1:9", "environment")
    workspace = open_workspace(Settings(Places.under(shell.home), accounts=(account,)))
    for feed, fact in (
        ("self", Profile(a_person(ME))),
        ("projects", a_project()),
        ("bids", a_bid(award_status="rejected")),
    ):
        with workspace.cache.transaction() as connection:
            facts.store(connection, Feed(feed), a_page(fact))  # type: ignore[arg-type]
    workspace.close()
    told = shell.ok("proposals", "stats")
    assert (told["all"]["sent"], told["all"]["won"]) == (1, {"hits": 0, "of": 1})
    assert [one["name"] for one in told["by"]["skill"]] == ["PHP"]
    assert "0 % of 1 *" in shell("proposals", "stats").out
