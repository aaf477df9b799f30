"""Looks: what the jobs screen says while it has nothing to list, and what to do about it."""

from collections.abc import Sequence
from typing import Final

from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.tui.format import number
from freelancer_tui.tui.widgets.sync_bar import SyncStatus

_MOST_TOLD: Final = 3
Words = tuple[str, ...]
"""A title and lines of advice."""


def reading() -> Words:
    """Give the look of a list that takes a moment."""
    return (_("Reading the jobs…"),)


def nothing_found(lacking: Sequence[str] = ()) -> Words:
    """Give the look of a search without a match, and what it could do without to have one."""
    advice = (
        _("There are some without: {part}").format(part=part) for part in lacking[:_MOST_TOLD]
    )
    return (_("No job here fits all of this."), *advice, _("Esc clears the search."))


def nothing_yet(status: SyncStatus) -> Words:
    """Give the look of an empty cache: why it is empty, and what fills it."""
    match status.phase:
        case "starting" | "syncing" | "elsewhere":
            return (_("The first jobs are on their way…"), _("Read them as they come."))
        case "offline":
            return (
                _("No jobs here yet, and the marketplace cannot be reached."),
                _("They come as soon as there is a connection; it is tried again by itself."),
                _("Press r to try now."),
            )
        case "sign_in":
            return (
                _("Sign in to bring the first jobs in."),
                status.reason,
                _("Leave with q, then: freelancer-tui account add NAME --url URL"),
            )
        case "failed":
            return (_("The first jobs could not be read."), status.reason, _("Press r to try now."))
        case _:
            return (_("No jobs here yet."), _("Press r to bring them in."))


def failed(error: FreelancerError) -> Words:
    """Give the look of a list that cannot be read."""
    words = (_("The jobs cannot be read."), str(error), error.hint)
    return tuple(filter(None, words))


def counted(shown: int, *, is_all: bool, is_search: bool) -> str:
    """Say how many jobs there are, or how many a search has found so far."""
    if not is_search:
        text = ngettext("{count} job", "{count} jobs", shown)
        return text.format(count=number(shown)) if shown else ""
    if not is_all:
        return _("{count} or more found").format(count=number(shown))
    return ngettext("{count} found", "{count} found", shown).format(count=number(shown))
