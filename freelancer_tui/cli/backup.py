"""Backup: a whole copy of what the user made, taken while the program may be running."""

from pathlib import Path

import click

from freelancer_tui.cli import output
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.i18n import _, ngettext


@click.command(help=_("Copy all that you made into one file, also while the program runs."))
@click.argument("file", type=click.Path(path_type=Path))
@shared
@pass_choices
def backup(choices: Choices, file: Path) -> None:
    """Write a consistent copy; only another backup is written over."""
    with desk(choices) as workspace:
        held = workspace.rescue.back_up(file)
    told = _("{file} holds {proposals} and {unsent}.").format(
        file=file, proposals=proposals_in_words(held.proposals), unsent=unsent_in_words(held.outbox)
    )
    if held.files:
        words = ngettext(
            "{count} attached file is not in it: what it was copied from is needed too.",
            "{count} attached files are not in it: what they were copied from is needed too.",
            held.files,
        )
        told = f"{told}\n{words.format(count=held.files)}"
    document = {
        "file": str(file.absolute()),
        "bytes": file.stat().st_size,
        "proposals": held.proposals,
        "outbox": held.outbox,
        "files": held.files,
    }
    output.show(choices, document, told)


def proposals_in_words(count: int) -> str:
    """Say how many proposals there are."""
    return ngettext("{count} proposal", "{count} proposals", count).format(count=count)


def unsent_in_words(count: int) -> str:
    """Say how many entries wait to be sent."""
    return ngettext("{count} unsent entry", "{count} unsent entries", count).format(count=count)
