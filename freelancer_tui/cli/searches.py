"""Searches: saving, listing and removing named queries from the command line."""

from typing import Any

import click

from freelancer_tui import wording
from freelancer_tui.cli import output
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.counts import counted
from freelancer_tui.domain.searches import ALERTS, Alert, Counts, SavedSearch
from freelancer_tui.i18n import _
from freelancer_tui.workspace import Workspace


@click.group(help=_("Save, list and remove searches that have a name; all of it works offline."))
@shared
def searches() -> None:
    """Hold the commands about saved searches."""


@searches.command(
    name="list",
    help=_(
        "List the saved searches with how many jobs match and how many of them are new. Counts"
        " end at 100, which means more than 99; one that takes too long is left out."
    ),
)
@shared
@pass_choices
def list_(choices: Choices) -> None:
    """List the searches in the user's order."""
    with desk(choices) as workspace:
        found = [(one, workspace.searches.count(one)) for one in workspace.searches.all()]
    lines = output.table([_line(one, counts) for one, counts in found])
    empty = _("No search is saved yet. Save one with: freelancer-tui searches save NAME QUERY")
    output.show(choices, [_document(one, counts) for one, counts in found], lines or empty)


@searches.command(help=_("Save a query under a name; the sync follows it from now on."))
@click.argument("name")
@click.argument("query", nargs=-1, required=True)
@click.option("--alert", type=click.Choice(ALERTS), help=_("How new matches are told."))
@shared
@pass_choices
def save(choices: Choices, name: str, query: tuple[str, ...], alert: Alert | None) -> None:
    """Keep a query."""
    with desk(choices) as workspace:
        fresh, _undo = workspace.searches.save(name, " ".join(query))
        if alert is not None:
            fresh = workspace.searches.set_alert(fresh, alert)
        _show(choices, workspace, fresh)


@searches.command(help=_("Give a saved search another name."))
@click.argument("name")
@click.argument("new_name")
@shared
@pass_choices
def rename(choices: Choices, name: str, new_name: str) -> None:
    """Change a name."""
    with desk(choices) as workspace:
        found = workspace.searches.find(name)
        fresh, _undo = workspace.searches.rename(found, new_name)
        _show(choices, workspace, fresh)


@searches.command(
    help=_(
        "Choose how new matches of a saved search are told: off, app (on the screen), or terminal"
        " (also a bell or notification, as `notify` in the config file says)."
    )
)
@click.argument("name")
@click.argument("way", type=click.Choice(ALERTS))
@shared
@pass_choices
def alert(choices: Choices, name: str, way: Alert) -> None:
    """Change the alert."""
    with desk(choices) as workspace:
        _show(choices, workspace, workspace.searches.set_alert(workspace.searches.find(name), way))


@searches.command(help=_("Forget a saved search; the jobs it found stay."))
@click.argument("name")
@shared
@pass_choices
def remove(choices: Choices, name: str) -> None:
    """Drop a search."""
    with desk(choices) as workspace:
        gone = workspace.searches.find(name)
        workspace.searches.remove(gone)
    output.show(choices, _document(gone, None), _("Removed: {name}").format(name=gone.name))


def _show(choices: Choices, workspace: Workspace, search: SavedSearch) -> None:
    counts = workspace.searches.count(search)
    output.show(choices, _document(search, counts), output.table([_line(search, counts)]))


def _line(search: SavedSearch, counts: Counts | None) -> tuple[str, ...]:
    found = _("{count} found").format(count=counted(counts.found)) if counts else "…"
    new = _("{count} new").format(count=counted(counts.new)) if counts and counts.new else ""
    return (search.name, found, new, wording.alert(search.alert), search.query)


def _document(search: SavedSearch, counts: Counts | None) -> dict[str, Any]:
    return {
        "id": search.id,
        "name": search.name,
        "query": search.query,
        "alert": search.alert,
        "from_config": search.is_fixed,
        "found": counts.found if counts else None,
        "new": counts.new if counts else None,
        "waiting": search.waiting,
    }
