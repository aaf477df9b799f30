"""Doctor: what could keep the program from working, each with a remedy."""

import asyncio
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass

import click

from freelancer_tui import __version__, i18n
from freelancer_tui.cli import output
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.workspace import pass_choices, read_settings
from freelancer_tui.errors import FreelancerError, StoreError, Unauthorized
from freelancer_tui.i18n import _
from freelancer_tui.settings import Account, Settings
from freelancer_tui.workspace import Workspace, open_workspace

MOST_DRIFT_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    check: str
    ok: bool
    detail: str
    remedy: str = ""


@click.command(help=_("Check the store, keyring, network, clock and terminal."))
@shared
@pass_choices
def doctor(choices: Choices) -> None:
    """Run every check; no secret is ever printed."""
    findings = [_program()]
    try:
        settings = read_settings(choices)
    except FreelancerError as error:
        findings.append(Finding("settings", False, str(error), error.hint))
    else:
        findings.append(Finding("settings", True, str(settings.places.config_file)))
        findings.append(_tried("rules", lambda: _rules(settings)))
        findings += _of_account(settings, choices.account)
    findings += [_terminal(), _language()]
    document = [
        {"check": one.check, "ok": one.ok, "detail": one.detail, "remedy": one.remedy or None}
        for one in findings
    ]
    marks = [("ok" if one.ok else "!!", one.check, one.detail, one.remedy) for one in findings]
    output.show(choices, document, output.table(marks))


def _of_account(settings: Settings, name: str | None) -> list[Finding]:
    try:
        workspace = open_workspace(settings, name)
    except StoreError as error:
        return [Finding("store", False, str(error), error.hint), _keyring(None)]
    except FreelancerError as error:
        return [Finding("account", False, str(error), error.hint), _keyring(None)]
    try:
        account = workspace.account_settings
        found = [Finding("account", True, f"{account.name}, {account.url}")]
        found += [_work_file(workspace), _cache_file(workspace)]
        found.append(_tried("store", lambda: _store(workspace)))
        found.append(_tried("documents", workspace.papers.check))
        found.append(_keyring(account))
        found.append(_tried("token", lambda: _token(workspace)))
        return found + _network(workspace)
    finally:
        workspace.close()


def _rules(settings: Settings) -> str:
    """Read what jobs are judged by; tell which of it the user wrote."""
    from freelancer_tui.settings import judging

    config = settings.places.config
    judging.read_rules(config)
    judging.read_weighing(config)
    mine = [name for name in (judging.FLAGS, judging.MATCH) if (config / name).exists()]
    return ", ".join(mine) or _("as they come with the program")


def _work_file(workspace: Workspace) -> Finding:
    """Look at the user's own file as a whole, and tell what became of a damaged one."""
    try:
        rescued = workspace.rescue.pending()
        faults = workspace.work.faults()
    except FreelancerError as error:
        return Finding("work file", False, str(error), error.hint)
    if faults:
        remedy = _("Run this again: what can be read is brought over, the damaged file is kept.")
        return Finding("work file", False, faults, remedy)
    if rescued is None:
        return Finding("work file", True, str(workspace.work.path))
    from freelancer_tui.services.rescue import told

    remedy = _("Nothing more is to be had from the backups; look through your proposals.")
    if rescued.more:
        remedy = _("The last backup has {count} more: freelancer-tui restore --missing")
    return Finding("work file", False, " ".join(told(rescued)), remedy.format(count=rescued.more))


def _cache_file(workspace: Workspace) -> Finding:
    try:
        faults = workspace.cache.faults()
    except FreelancerError as error:
        return Finding("cache file", False, str(error), error.hint)
    if faults:
        return Finding("cache file", False, faults, _("Bring it in anew: freelancer-tui sync"))
    if workspace.rebuilt:
        remedy = _("Bring it in anew: freelancer-tui sync")
        return Finding("cache file", False, workspace.rebuilt, remedy)
    return Finding("cache file", True, str(workspace.cache.path))


def _tried(check: str, work: Callable[[], str]) -> Finding:
    try:
        return Finding(check, True, work())
    except FreelancerError as error:
        return Finding(check, False, str(error), error.hint)


def _store(workspace: Workspace) -> str:
    counts = workspace.outbox.counts()
    told = _("{jobs} jobs, {waiting} waiting to be sent, in {folder}")
    jobs = workspace.projects.total()
    return told.format(jobs=jobs, waiting=counts.waiting, folder=workspace.folder)


def _keyring(account: Account | None) -> Finding:
    """Try the keyring, where the account's token is or would be in it."""
    if account is not None and account.secret_source in ("environment", "command"):
        return Finding("keyring", True, _("not needed: the token comes from elsewhere"))
    from freelancer_tui.credentials import Keyring

    keyring = Keyring(account.keyring_backend if account else "")
    return _tried("keyring", keyring.probe)


def _token(workspace: Workspace) -> str:
    workspace.token()
    return _("found in: {source}").format(source=workspace.account_settings.secret_source)


def _network(workspace: Workspace) -> list[Finding]:
    try:
        profile, there = asyncio.run(workspace.check())
    except Unauthorized as error:
        return [Finding("network", False, str(error), error.hint)]
    except FreelancerError as error:
        remedy = error.hint or _("Check the line; what you write is kept and sent later.")
        return [Finding("network", False, str(error), remedy)]
    drift = abs((workspace.clock() - there).total_seconds())
    off = drift > MOST_DRIFT_SECONDS
    return [
        Finding("network", True, _("signed in as {user}").format(user=profile.person.username)),
        Finding(
            "clock",
            not off,
            _("{seconds} s from the marketplace's").format(seconds=round(drift)),
            _("Set this machine's clock; nothing is lost by it.") if off else "",
        ),
    ]


def _program() -> Finding:
    python = ".".join(str(part) for part in sys.version_info[:3])
    detail = f"freelancer-tui {__version__}, Python {python}, SQLite {sqlite3.sqlite_version}"
    return Finding("program", True, detail)


def _terminal() -> Finding:
    size = shutil.get_terminal_size()
    kind = os.environ.get("TERM", "")
    detail = f"{kind or '-'}, {size.columns}×{size.lines}"
    if kind in ("", "dumb"):
        return Finding("terminal", False, detail, _("Use a terminal that can move the cursor."))
    if size.columns < 80 or size.lines < 24:
        return Finding("terminal", False, detail, _("Make it at least 80×24."))
    return Finding("terminal", True, detail)


def _language() -> Finding:
    return Finding("language", True, i18n.language())
