"""Workspace: opening the desk for a command, with its settings and its log."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler

import click

from freelancer_tui import i18n
from freelancer_tui.cli.options import Choices
from freelancer_tui.errors import StoreError
from freelancer_tui.i18n import _
from freelancer_tui.settings import Places, Settings, load, places_of
from freelancer_tui.workspace import Workspace, open_workspace

pass_choices = click.make_pass_decorator(Choices, ensure=True)


def read_settings(choices: Choices) -> Settings:
    """Read the settings of the chosen home; from here on there is a log."""
    settings = load(places_of(choices.home))
    if settings.language and not choices.lang:
        i18n.use(settings.language)
    begin_log(settings.places, debug=choices.debug)
    return settings


@contextmanager
def desk(choices: Choices) -> Iterator[Workspace]:
    """Open the chosen account's workspace for the length of a command."""
    workspace = open_workspace(read_settings(choices), choices.account)
    workspace.stops_at_damage = True
    keep_secret(workspace)
    if workspace.rebuilt:
        workspace.journal.rebuilt(workspace.rebuilt)
        if not choices.json:
            print(workspace.rebuilt, file=sys.stderr)
        workspace.bring_back()
    is_told = False
    try:
        yield workspace
    except StoreError:
        is_told = True  # it says itself what is wrong with the files
        raise
    finally:
        if not is_told:
            _tell_damage(workspace)
        workspace.close()


def _tell_damage(workspace: Workspace) -> None:
    """Say what this command found out about the user's own file."""
    if workspace.mended:
        words = _("Your file {name} was damaged; what could be read was brought over.")
    elif workspace.cache.marks_missing:
        words = _("Your marks are missing here: {name} cannot be read.")
    else:
        return
    print(words.format(name="work.db"), _("See: freelancer-tui doctor"), file=sys.stderr)


class _Discreet(logging.Filter):
    """Takes the workspace's token out of every record, once it has been read."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace

    def filter(self, record: logging.LogRecord) -> bool:
        return "redactor" not in self._workspace.parts or self._workspace.redactor.filter(record)


def keep_secret(workspace: Workspace) -> None:
    """Keep a workspace's token out of the log."""
    for handler in our_logs():
        handler.addFilter(_Discreet(workspace))


def our_logs() -> list[RotatingFileHandler]:
    """Give the log that `begin_log` began, if it could."""
    return [one for one in logging.getLogger().handlers if isinstance(one, RotatingFileHandler)]


def begin_log(places: Places, *, debug: bool) -> None:
    """Log to a file that turns over at 1 MB; a log that cannot be written stops nobody."""
    root = logging.getLogger()
    if our_logs():
        return
    try:
        places.logs.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            places.log_file, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.raiseExceptions = False  # a full disk: its traceback is not for standard error
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    for name in ("httpx", "httpcore", "asyncio", "markdown_it"):
        logging.getLogger(name).setLevel(logging.WARNING)
