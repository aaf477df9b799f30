"""Pack: a whole piece of work as a folder for whoever judges a dispute."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from freelancer_tui import wording
from freelancer_tui.cli import output
from freelancer_tui.cli.options import REMOTE_ID, Choices, shared_but_lang
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.invoices import DocumentLanguage
from freelancer_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from freelancer_tui.domain.disputes import Packed, PackStep


@click.command(
    help=_(
        "Write a dispute pack: brief, bid, all messages, files with checksums, milestones and "
        "invoices as text, JSON and PDF, into a new dated folder within FOLDER. THREAD is a "
        "conversation; with --job it is a job. Works offline."
    )
)
@click.argument("thread", metavar="THREAD", type=REMOTE_ID)
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--job", "is_job", is_flag=True, help=_("THREAD is the number of a job."))
@click.option(
    "--lang",
    "language",
    type=click.Choice(("id", "en", "both")),
    help=_("Language of the pack; without it English, beside Indonesian if you read that."),
)
@shared_but_lang
@pass_choices
def pack(
    choices: Choices, thread: int, folder: Path, is_job: bool, language: DocumentLanguage | None
) -> None:
    """Write a dispute pack."""

    def tell(step: "PackStep") -> None:
        if sys.stderr.isatty() and not choices.json:
            print(wording.pack_step(step), file=sys.stderr)

    with desk(choices) as workspace:
        disputes = workspace.disputes
        matter = disputes.cases.of_project(thread) if is_job else disputes.cases.of_thread(thread)
        made = disputes.pack(matter, folder, language, tell=tell)
    output.show(choices, _document(made), "\n".join(_lines(made)))


def _document(made: "Packed") -> dict[str, Any]:
    return {
        "folder": str(Path(made.folder).absolute()),
        "files": list(made.files),
        "messages": made.messages,
        "files_lacking": made.lacking,
        "pdf_missing": made.trouble or None,
    }


def _lines(made: "Packed") -> list[str]:
    written = ngettext(
        "Written with {count} message: {folder}", "Written with {count} messages: {folder}",
        made.messages,
    )  # fmt: skip
    told = [written.format(count=made.messages, folder=made.folder)]
    return [*told, *wording.pack_lacks(made)]
