"""Restore: a backup put back whole, or only what the local file lacks."""

from pathlib import Path

import click

from freelancer_tui.cli import output
from freelancer_tui.cli.backup import proposals_in_words, unsent_in_words
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.workspace import Workspace

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    help=_(
        "Put a backup in the place of what is here, which is kept. What was not sent in it asks"
        " you before it goes, since it may have been sent meanwhile. With --missing only what is"
        " missing here is added, from the newest backup if you name none."
    )
)
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@click.option("--missing", is_flag=True, help=_("Only add what is missing here."))
@shared
@pass_choices
def restore(choices: Choices, file: Path | None, missing: bool) -> None:
    """Put a backup back."""
    if file is None and not missing:
        raise click.UsageError(_("Name the backup to restore."))
    with desk(choices) as workspace:
        if missing:
            _add_missing(choices, workspace, file)
        elif file is not None:
            _replace(choices, workspace, file)


def _add_missing(choices: Choices, workspace: Workspace, file: Path | None) -> None:
    count = workspace.rescue.take(file)
    told = _("Nothing was missing.")
    if count:
        told = ngettext("{count} thing was added.", "{count} things were added.", count)
    output.show(choices, {"added": count}, told.format(count=count))


def _replace(choices: Choices, workspace: Workspace, file: Path) -> None:
    held, kept = workspace.rescue.restore(file)
    told = [
        _("Back here: {proposals}. Asking you first: {unsent}.").format(
            proposals=proposals_in_words(held.proposals), unsent=unsent_in_words(held.outbox)
        )
    ]
    if kept:
        told.append(_("What was here is kept in {folder}.").format(folder=kept))
    if held.lost:
        words = ngettext(
            "{count} attached file is not here any more: take it off its reply, attach it again.",
            "{count} attached files are not here any more: take them off, attach them again.",
            held.lost,
        )
        told.append(words.format(count=held.lost))
    document = {
        "file": str(file.absolute()),
        "kept": str(kept) if kept else None,
        "proposals": held.proposals,
        "asks": held.outbox,
        "files_lost": held.lost,
    }
    output.show(choices, document, "\n".join(told))
