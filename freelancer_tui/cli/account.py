"""Account: adding, listing, checking and removing accounts from the command line."""

import asyncio
import shlex
import sys
from dataclasses import replace
from typing import Any

import click

from freelancer_tui.cli import output
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.texts import read_text
from freelancer_tui.cli.workspace import desk, pass_choices, read_settings
from freelancer_tui.errors import NotAllowed, NotFound, Unauthorized
from freelancer_tui.i18n import _
from freelancer_tui.settings import (
    ENVIRONMENT,
    Account,
    Settings,
    account_name,
    account_named,
    base_address,
    read_accounts,
    write_accounts,
)

TOKEN_FILE = click.option(
    "--token-file", metavar="FILE", help=_("Read the token from a file; - is standard input.")
)


@click.group(help=_("Add, list, check and remove accounts."))
@shared
def account() -> None:
    """Hold the commands about accounts."""


@account.command(help=_("Add an account. The token goes to the system's keyring."))
@click.argument("name")
@click.option("--url", required=True, help=_("The marketplace, such as https://www.freelancer.com"))
@TOKEN_FILE
@click.option(
    "--secret-command", help=_("A command that prints the token, instead of the keyring.")
)
@shared
@pass_choices
def add(
    choices: Choices, name: str, url: str, token_file: str | None, secret_command: str | None
) -> None:
    """Keep an account; the first one is the default."""
    if token_file and secret_command:
        raise click.UsageError(_("Give --token-file or --secret-command, not both."))
    settings = read_settings(choices)
    add_account(settings, account_name(name), base_address(url), token_file, secret_command)
    output.show(choices, _rows(read_settings(choices)), _("Added {name}.").format(name=name))


def add_account(
    settings: Settings, name: str, url: str, token_file: str | None, secret_command: str | None
) -> None:
    """Check where the token will live before asking for it, then keep both."""
    default, known = read_accounts(settings.places.accounts_file)
    if any(one.name == name for one in known):
        raise NotAllowed(
            _("There is an account named {name} already.").format(name=name),
            hint=_("Renew its token with: freelancer-tui account token {name}").format(name=name),
        )
    if secret_command:
        made = _with_command(name, url, secret_command)
    else:
        made = _with_keyring(name, url, token_file)
    write_accounts(settings.places.accounts_file, default or name, (*known, made))


@account.command(name="list", help=_("List the accounts there are."))
@shared
@pass_choices
def list_(choices: Choices) -> None:
    """List accounts; no token is ever shown."""
    settings = read_settings(choices)
    rows = _rows(settings)
    lines = output.table(
        [
            ("*" if row["default"] else " ", row["name"], row["url"], row["secret_source"])
            for row in rows
        ]
    )
    empty = _("No account yet. Add one with: freelancer-tui account add NAME --url URL")
    output.show(choices, rows, lines or empty)


@account.command(help=_("Remove an account and its token; what you wrote stays on the disk."))
@click.argument("name")
@shared
@pass_choices
def remove(choices: Choices, name: str) -> None:
    """Forget an account."""
    settings = read_settings(choices)
    default, known = read_accounts(settings.places.accounts_file)
    gone = account_named(known, name)
    if gone.secret_source == "keyring":
        _forget_token(gone)
    rest = tuple(one for one in known if one.name != name)
    if default == name:
        default = rest[0].name if rest else ""
    write_accounts(settings.places.accounts_file, default, rest)
    folder = settings.folder(gone)
    told = _("Removed {name}.").format(name=name)
    if folder.exists():
        told += " " + _("Its drafts are still in {folder}").format(folder=folder)
    output.show(choices, _rows(read_settings(choices)), told)


@account.command(help=_("Renew an account's token in the keyring."))
@click.argument("name")
@TOKEN_FILE
@shared
@pass_choices
def token(choices: Choices, name: str, token_file: str | None) -> None:
    """Sign in again."""
    settings = read_settings(choices)
    default, known = read_accounts(settings.places.accounts_file)
    old = account_named(known, name)
    if old.secret_source != "keyring":
        raise NotAllowed(
            _("The token of {name} comes from a command of yours.").format(name=name),
            hint=_("Renew it there."),
        )
    fresh = replace(_with_keyring(old.name, old.url, token_file), user=old.user)
    swapped = tuple(fresh if one.name == name else one for one in known)
    write_accounts(settings.places.accounts_file, default, swapped)
    output.show(choices, _rows(read_settings(choices)), _("The token is renewed."))


@account.command(help=_("Ask the marketplace whose account it is."))
@click.argument("name", required=False)
@shared
@pass_choices
def check(choices: Choices, name: str | None) -> None:
    """Make one call with the token."""
    choices.account = name or choices.account
    with desk(choices) as workspace:
        profile, at = asyncio.run(workspace.check())
        used = workspace.account_settings
        _remember_user(workspace.settings, used.name, profile.person.username)
    document = {
        "name": used.name,
        "url": used.url,
        "user": profile.person.username,
        "remote_id": profile.person.remote_id,
        "bids_left": profile.bids_left,
        "server_time": output.moment(at),
    }
    told = _("{name} works: {user} at {url}.").format(
        name=used.name, user=profile.person.name, url=used.url
    )
    output.show(choices, document, told)


def _with_command(name: str, url: str, secret_command: str) -> Account:
    from freelancer_tui.credentials import from_command

    try:
        command = tuple(shlex.split(secret_command))
    except ValueError as error:
        raise NotAllowed(
            _("The secret command cannot be read: {reason}").format(reason=error)
        ) from None
    from_command(command)  # an account whose token cannot be had is not added
    return Account(name, url, "command", command)


def _with_keyring(name: str, url: str, token_file: str | None) -> Account:
    from freelancer_tui.credentials import Keyring, checked

    backend = Keyring().probe()
    secret = checked(_asked_token(name, token_file))
    Keyring(backend).write(name, secret)
    return Account(name, url, "keyring", (), backend)


def _asked_token(name: str, token_file: str | None) -> str:
    if token_file:
        return read_text(token_file).strip()
    if not sys.stdin.isatty():
        raise NotAllowed(
            _("There is nobody to ask for the token."),
            hint=_("Pipe it in with --token-file -"),
        )
    asked = click.prompt(_("Token of {name}").format(name=name), hide_input=True, err=True)
    return str(asked).strip()


def _forget_token(gone: Account) -> None:
    """Delete a token; a keyring that is lost must not keep the account here."""
    from freelancer_tui.credentials import Keyring

    try:
        Keyring(gone.keyring_backend).delete(gone.name)
    except Unauthorized as error:
        print(_("Its token was not deleted. {reason}").format(reason=error), file=sys.stderr)


def _remember_user(settings: Settings, name: str, user: str) -> None:
    default, known = read_accounts(settings.places.accounts_file)
    if any(one.name == name and one.user != user for one in known):
        fresh = tuple(replace(one, user=user) if one.name == name else one for one in known)
        write_accounts(settings.places.accounts_file, default, fresh)


def _default_of(settings: Settings) -> str:
    """Name the account in use by default; none, where the config names one that is gone."""
    try:
        return settings.choose().name
    except (NotFound, Unauthorized):
        return ""


def _rows(settings: Settings) -> list[dict[str, Any]]:
    chosen = _default_of(settings)
    return [
        {
            "name": one.name,
            "url": one.url,
            "default": one.name == chosen,
            "secret_source": "environment" if one.name == ENVIRONMENT else one.secret_source,
            "user": one.user or None,
        }
        for one in settings.accounts
    ]
