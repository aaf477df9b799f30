"""Welcome: opening the screen, on the first run by way of choosing a marketplace."""

import asyncio
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from freelancer_tui.cli.leaving import leave
from freelancer_tui.cli.options import Choices
from freelancer_tui.cli.showing import need_terminal, show
from freelancer_tui.cli.workspace import keep_secret, read_settings
from freelancer_tui.errors import FreelancerError, MarketplaceError, Unauthorized
from freelancer_tui.i18n import _
from freelancer_tui.settings import Account, Settings, read_accounts, write_accounts
from freelancer_tui.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from freelancer_tui.tui.screens.welcome import Choice


def open_tui(choices: Choices) -> int:
    """Open the workspace; without an account it asks which marketplace. Give the exit code."""
    settings = read_settings(choices)
    if settings.accounts:
        return run_tui(open_workspace(settings, choices.account))
    return welcome(choices, settings)


def welcome(choices: Choices, settings: Settings) -> int:
    """Ask which marketplace until there is an account or the user leaves; give the exit code."""
    from freelancer_tui.tui.welcome import WelcomeApp

    need_terminal()
    problem, choice = "", None
    while True:
        choice = WelcomeApp(theme=settings.theme, problem=problem, before=choice).run()
        if choice is None:
            return 0
        if choice.kind == "demo":
            from freelancer_tui.cli.demo import run_demo

            return run_demo(settings, debug=choices.debug)
        try:
            workspace = _signed_in(settings, choice)
        except FreelancerError as error:
            problem = f"{error} {error.hint}".strip()
            continue
        return run_tui(workspace)


def run_tui(workspace: Workspace) -> int:
    """Show an open workspace until the user leaves it; give the exit code."""
    from freelancer_tui.tui.app import FreelancerApp

    keep_secret(workspace)
    app = FreelancerApp(workspace)
    try:
        need_terminal()
        show(app)
    finally:
        workspace.close()
    if workspace.account_settings.secret_source == "session":
        print(_("No keyring keeps the token here: it is asked for again."), file=sys.stderr)
    return leave(app)


def _signed_in(settings: Settings, choice: "Choice") -> Workspace:
    """Open a workspace whose token works, or that cannot be tried while offline; keep it."""
    account = Account(choice.kind, choice.url, "session")
    workspace = open_workspace(replace(settings, accounts=(account,), account=account.name))
    try:
        workspace.token.remember(choice.token)
        account = replace(account, user=_user_of(workspace))
        account = _kept(settings, account, choice.token)
    except FreelancerError:
        workspace.close()
        raise
    workspace.account_settings = account
    return workspace


def _user_of(workspace: Workspace) -> str:
    try:
        profile, _at = asyncio.run(workspace.check())
    except Unauthorized:
        raise
    except MarketplaceError:  # offline, or busy: the sync bar will tell
        return ""
    return profile.person.username


def _kept(settings: Settings, account: Account, token: str) -> Account:
    """Keep token and account; without a keyring they last as long as this window."""
    from freelancer_tui.credentials import Keyring

    try:
        backend = Keyring().probe()
        Keyring(backend).write(account.name, token)
    except Unauthorized:
        return account
    kept = replace(account, secret_source="keyring", keyring_backend=backend)
    _default, known = read_accounts(settings.places.accounts_file)
    write_accounts(settings.places.accounts_file, kept.name, (*known, kept))
    return kept
