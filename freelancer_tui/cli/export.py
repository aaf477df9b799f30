"""Export: all that the user made as plain files, for other programs and for keeping."""

from pathlib import Path

import click

from freelancer_tui.cli import output
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.i18n import _, ngettext


@click.command(
    help=_(
        "Write all that you made into DIR: proposals, replies, templates, notes and invoices as "
        "JSON and text, tables and rates as CSV, and journals for hledger and beancount."
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help=_("Renew an export that is there."))
@shared
@pass_choices
def export(choices: Choices, folder: Path, force: bool) -> None:
    """Write everything as plain files."""
    with desk(choices) as workspace:
        files = workspace.exports.write(folder, force=force)
    written = ngettext("{count} file written.", "{count} files written.", len(files))
    document = {"folder": str(folder.absolute()), "files": [str(one) for one in files]}
    output.show(choices, document, written.format(count=len(files)))
