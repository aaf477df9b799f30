"""Hints: where a hint names a command for the shell, the keys of the app that do the same."""

import re
from collections.abc import Callable
from typing import Final

from textual.app import App
from textual.binding import Binding

from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _

Shown = Callable[[str, str], str]
"""Gives a binding's key as it is shown, from its id and the key it has by default."""

STEPS: Final = {
    "app.sync": ("r", N_("Sync")),
    "clients.write": ("e", N_("Change")),
    "go.invoices": ("4", N_("Invoices")),
    "go.jobs": ("1", N_("Jobs")),
    "go.messages": ("3", N_("Messages")),
    "go.outbox": ("5", N_("Outbox")),
    "go.proposals": ("2", N_("Proposals")),
    "invoice.bill": ("i", N_("Invoice it")),
    "invoice.credit": ("r", N_("Credit note")),
    "invoice.deposit": ("s", N_("Deposit")),
    "invoice.duplicate": ("d", N_("Duplicate")),
    "invoice.issue": ("ctrl+s", N_("Issue")),
    "invoice.pay": ("p", N_("Paid")),
    "invoice.remind": ("m", N_("Remind")),
    "invoice.repeat": ("e", N_("Again")),
    "invoice.undo": ("u", N_("Undo")),
    "invoices.clients": ("c", N_("Clients and you")),
    "invoices.next": ("right_square_bracket", N_("Next view")),
    "invoices.rates": ("v", N_("Rates")),
    "jobs.search": ("slash", N_("Search")),
    "jobs.searches": ("f", N_("Searches")),
    "list.open": ("enter", N_("Open")),
    "messages.files": ("f", N_("Files")),
    "outbox.again": ("t", N_("Send again")),
    "proposals.templates": ("f2", N_("Templates")),
}
"""Bindings by their ids: the key by default, and the words of the bottom line. They stand here
once more because nobody should wait for every screen to be loaded to read a hint."""
_DOCUMENTS: Final = ("go.invoices", "invoices.next")
_DOCUMENT: Final = (*_DOCUMENTS, "list.open")
_PARTIES: Final = ("go.invoices", "invoices.clients")
WAYS: Final[dict[str, tuple[str, ...]]] = {
    "clients edit": (*_PARTIES, "clients.write"),
    "clients list": _PARTIES,
    "invoices credit": (*_DOCUMENT, "invoice.credit"),
    "invoices deposit": (*_DOCUMENT, "invoice.deposit"),
    "invoices duplicate": (*_DOCUMENT, "invoice.duplicate"),
    "invoices issue": (*_DOCUMENT, "invoice.issue"),
    "invoices list": _DOCUMENTS,
    "invoices pay": (*_DOCUMENT, "invoice.pay"),
    "invoices remind": (*_DOCUMENT, "invoice.remind"),
    "invoices repeat": (*_DOCUMENT, "invoice.repeat"),
    "invoices show": _DOCUMENT,
    "jobs search": ("go.jobs", "jobs.search"),
    "messages files": ("go.messages", "list.open", "messages.files"),
    "messages threads": ("go.messages",),
    "milestones list": ("go.invoices",),
    "outbox list": ("go.outbox",),
    "outbox retry": ("go.outbox", "outbox.again"),
    "proposals list": ("go.proposals",),
    "proposals show": ("go.proposals", "list.open"),
    "quotes duplicate": (*_DOCUMENT, "invoice.duplicate"),
    "quotes invoice": (*_DOCUMENT, "invoice.bill"),
    "quotes issue": (*_DOCUMENT, "invoice.issue"),
    "quotes list": _DOCUMENTS,
    "quotes reopen": (*_DOCUMENT, "invoice.undo"),
    "rates list": ("go.invoices", "invoices.rates"),
    "searches list": ("go.jobs", "jobs.searches"),
    "seller set": (*_PARTIES, "clients.write"),
    "sync": ("app.sync",),
    "templates list": ("go.proposals", "proposals.templates"),
}
"""The keys that lead where a command would."""
_COMMAND: Final = re.compile(
    rf"freelancer-tui ({'|'.join(WAYS)})\b(?: [^\s,;()]*[^\s,;().])*"  # with what stands behind it
)


def point_at_keys(error: FreelancerError, here: str, app: App[object]) -> None:
    """Let the hint of an error, shown in a section, tell keys in the place of commands."""

    def shown(binding_id: str, key: str) -> str:
        keys = app._keymap.get(binding_id, key)
        return app.get_key_display(Binding(keys.partition(",")[0], ""))

    error.hint = by_keys(error.hint, here, shown)


def by_keys(hint: str, here: str, shown: Shown) -> str:
    """Give a hint, in any language, with keys in the place of commands, seen from a section."""
    return _COMMAND.sub(lambda found: _way(found[1], here, shown), hint)


def _way(command: str, here: str, shown: Shown) -> str:
    way = WAYS[command]
    begun = [place for place, step in enumerate(way) if step.startswith(f"{here}.")]
    reached = [place + 1 for place, step in enumerate(way) if step == f"go.{here}"]
    rest = way[min(begun or reached or [0]) :] or way
    return " › ".join(f"{_(STEPS[step][1])} ({shown(step, STEPS[step][0])})" for step in rest)
