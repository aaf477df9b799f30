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
    told = _("{proposals} proposals and {outbox} unsent entries are in {file}.").format(
        proposals=held.proposals, outbox=held.outbox, file=file
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
