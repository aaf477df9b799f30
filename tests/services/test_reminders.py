"""Reminders: what is written about overdue money, and where it goes."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from freelancer_tui.domain.invoices import Invoice
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.workspace import Workspace
from tests.services.bills import GERMAN, HOME, a_draft, money, office
from tests.services.desk import CLIENT, NOON, a_project, a_thread, lay, lay_world

TODAY = NOON.date()


def late(workspace: Workspace, days: int = 10, **changes: object) -> Invoice:
    client = workspace.clients.add(replace(GERMAN, currency="EUR", terms_days=0, **changes))  # type: ignore[arg-type]
    draft = workspace.invoices.edit(a_draft(workspace).id, client_id=client.id)
    return workspace.invoices.issue(draft.id, TODAY - timedelta(days=days))


def test_the_letter_is_laid_behind_what_was_begun_and_sent_only_when_meant(tmp_path: Path) -> None:
    with office(tmp_path) as workspace:
        lay_world(workspace)
        lay(workspace, a_thread(41, project_remote_id=None))
        overdue = late(workspace, remote_id=CLIENT.remote_id)
        workspace.invoices.pay(overdue.id, money("40"), TODAY)
        workspace.messages.keep_draft(40, "By the way:")
        reminder = workspace.reminders.of(overdue.number)
        assert "EUR\u00a060.00 was due on 14 November 2026" in reminder.text
        assert "When may I expect it?" not in reminder.text
        thread = reminder.thread_id
        assert thread is not None
        workspace.messages.keep_draft(thread, "By the way:")
        with pytest.raises(NotAllowed, match="began to write"):
            workspace.reminders.send(overdue.id)
        workspace.reminders.lay(overdue.id)
        workspace.reminders.lay(overdue.id)
        assert workspace.messages.draft(thread) == f"By the way:\n\n{reminder.text}"
        assert workspace.outbox.entries() == []
        workspace.messages.keep_draft(thread, "", replaces=True)
        assert workspace.reminders.send(overdue.id).text == reminder.text
        assert len(workspace.outbox.entries()) == 1


def test_the_language_is_the_clients_and_without_a_conversation_it_is_to_copy(
    tmp_path: Path,
) -> None:
    with office(tmp_path) as workspace:
        overdue = late(workspace, 45, language="both")
        text = workspace.reminders.of(overdue.id).text
        assert text.index("When may I expect it?") < text.index("Kapan kira-kira")
        assert "EUR\u00a0100,00 jatuh tempo pada 10 Oktober 2026" in text
        for verb in (workspace.reminders.lay, workspace.reminders.send):
            with pytest.raises(NotFound, match="no conversation with Acme GmbH"):
                verb(overdue.id)
        workspace.clients.remove(overdue.client_id)
        assert workspace.reminders.of(overdue.id).thread_id is None
        for fine in (a_draft(workspace, client=HOME), late(workspace, 0)):
            with pytest.raises(NotAllowed, match="not overdue"):
                workspace.reminders.of(fine.id)


def test_the_job_tells_which_conversation(tmp_path: Path) -> None:
    with office(tmp_path) as workspace:
        lay_world(workspace)
        lay(workspace, a_project(200), a_thread(50, project_remote_id=200))
        draft = a_draft(workspace)
        workspace.invoices.edit(draft.id, project_remote_id=200, terms_days=0)
        done = workspace.invoices.issue(draft.id, TODAY - timedelta(days=1), Decimal(1))
        assert workspace.reminders.of(done.id).thread_id == 50
