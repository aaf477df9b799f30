"""Conflicts from the shell: named in every list, and no submit gets past one."""

from freelancer_tui.domain.conflicts import Conflict, Offering
from freelancer_tui.store.work import conflicts
from freelancer_tui.store.work.database import WorkDatabase
from tests.cli.shell import LETTER, Shell
from tests.cli.test_odd import open_job
from tests.factories import NOW, usd
from tests.sandbox.server import Sandbox


def open_one(shell: Shell, proposal_id: str) -> None:
    """Let another window have written on a draft."""
    work = WorkDatabase(shell.folder())
    theirs, mine = Offering(LETTER, usd("300"), 5), Offering("Others.", usd("300"), 5)
    with work.transaction() as session:
        conflicts.put(session, Conflict("c1", "two_windows", proposal_id, theirs, NOW, mine))
    work.close()


def test_a_proposal_with_a_conflict_says_so_and_is_not_submitted(synced: Shell) -> None:
    draft = synced.draft(open_job(synced), "300")
    assert draft["conflict"] is None
    open_one(synced, draft["id"])
    [listed] = [one for one in synced.ok("proposals", "list") if one["id"] == draft["id"]]
    assert (listed["conflict"], listed["state"]) == ("two_windows", "draft")
    assert "Edited in two windows" in synced("proposals", "list").out
    assert "Two windows wrote on this draft." in synced("proposals", "show", draft["id"]).out
    ran = synced("proposals", "submit", draft["id"], "--json")
    assert (ran.code, ran.error["code"]) == (2, "invalid")
    assert "settle that first" in ran.error["message"]
    assert "F7" in ran.error["hint"]
    assert synced.ok("outbox", "list") == []


def test_what_was_placed_stays_without_a_conflict_and_a_closed_job_is_told(
    synced: Shell, sandbox: Sandbox
) -> None:
    """Against a real sandbox: what it makes of a text is no edit, and closing a job is seen."""
    jobs = [open_job(synced)]
    placed = synced.draft(jobs[0], "300")
    synced.ok("proposals", "submit", placed["id"])
    jobs.append(open_job(synced))
    draft = synced.draft(jobs[1], "300")
    for _turn in range(2):
        synced.ok("sync")
    shown = synced.ok("proposals", "show", placed["id"])
    assert (shown["state"], shown["conflict"]) == ("placed", None)

    sandbox.market.projects.walk(jobs[1], "closed", "complete")
    synced.ok("sync")
    assert synced.ok("proposals", "show", draft["id"])["conflict"] == "project_changed"
