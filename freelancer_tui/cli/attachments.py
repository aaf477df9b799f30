"""Attachments: files of conversations on the command line; the group of messages takes these in."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from freelancer_tui import wording
from freelancer_tui.cli import output
from freelancer_tui.cli.options import REMOTE_ID, Choices, shared
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain import file_kinds
from freelancer_tui.domain.attachments import Download, Enclosed, Transfer
from freelancer_tui.domain.messages import Utterance
from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import _
from freelancer_tui.workspace import Workspace


@click.command(help=_("List the files of a thread, the newest first."))
@click.argument("thread", type=REMOTE_ID)
@click.option("--limit", type=click.IntRange(1, 10_000), default=200, show_default=True)
@shared
@pass_choices
def files(choices: Choices, thread: int, limit: int) -> None:
    """List what came and went with messages."""
    with desk(choices) as workspace:
        workspace.messages.thread(thread)  # or say that there is none
        said = workspace.attachments.of_thread(thread, limit)
        zone = workspace.settings.zone
    found = [(one, file) for one in said for file in one.attachments][:limit]
    lines = output.table(
        [
            (
                one.remote_id,
                wording.moment(one.sent_at, zone),
                output.shortened(one.from_name, 24),
                line_of(file),
            )
            for one, file in found
        ]
    )
    document = [_line_document(one, file) for one, file in found]
    output.show(choices, document, lines or _("No files came with this conversation yet."))


@click.command(help=_("Save the files of a message; none is overwritten or can run."))
@click.argument("message", type=REMOTE_ID)
@click.option(
    "--file", "names", metavar="NAME", multiple=True,
    help=_("Save the file of this name only, again for more."),
)  # fmt: skip
@click.option(
    "--to", "folder", metavar="DIR", type=Path,
    help=_("Save them in this folder; without it, in your downloads."),
)  # fmt: skip
@click.option("--again", is_flag=True, help=_("Fetch what is in the folder already once more."))
@shared
@pass_choices
def download(
    choices: Choices, message: int, names: tuple[str, ...], folder: Path | None, again: bool
) -> None:
    """Bring files of a message here."""
    with desk(choices) as workspace:
        said = workspace.attachments.of_message(message)
        place = (folder or workspace.settings.downloads_folder).expanduser().absolute()
        saved = [
            _here(file, place, again=again) or _fetched(workspace, message, file, place, choices)
            for file in _wanted(said, names)
        ]
    lines = "\n".join(_("Saved: {path}").format(path=one.path) for one in saved)
    output.show(choices, [_saved_document(one) for one in saved], lines)


def line_of(file: Enclosed) -> str:
    """Give a file in one line: its name, what it is, and where it lies."""
    one = file.attachment
    line = f"{one.name} ({file_kinds.told(one.name, one.size, one.content_type)})"
    return f"{line} {file.saved.path}" if file.saved else line


def document_of(file: Enclosed) -> dict[str, Any]:
    """Give a file as JSON has it; path and checksum are null until it is saved."""
    return {
        "name": file.attachment.name,
        "size": file.attachment.size,
        "type": file.attachment.content_type or None,
        "path": file.saved.path if file.saved else None,
        "checksum": file.saved.checksum if file.saved else None,
    }


def _line_document(one: Utterance, file: Enclosed) -> dict[str, Any]:
    return {
        "message_remote_id": one.remote_id,
        "from": one.from_name,
        "mine": one.mine,
        "sent_at": output.moment(one.sent_at),
        **document_of(file),
    }


def _saved_document(one: Download) -> dict[str, Any]:
    return {
        "message_remote_id": one.message_remote_id,
        "name": one.name,
        "path": one.path,
        "size": one.size,
        "checksum": one.checksum,
        "saved_at": output.moment(one.at),
    }


def _wanted(said: Utterance, names: Sequence[str]) -> list[Enclosed]:
    found = [one for one in said.attachments if not names or one.attachment.name in names]
    missing = set(names) - {one.attachment.name for one in found}
    if missing or not found:
        raise NotFound(
            _("No file {name} came with this message.").format(name=", ".join(sorted(missing)))
            if missing
            else _("No file came with this message."),
            hint=_("See the files with: freelancer-tui messages files THREAD"),
        )
    return sorted(found, key=lambda one: one.attachment.is_shadowed)  # what cannot come, last


def _here(file: Enclosed, folder: Path, *, again: bool) -> Download | None:
    """Give a file that lies in the folder already, which needs no network."""
    saved = file.saved
    if again or saved is None or Path(saved.path).parent.resolve() != folder.resolve():
        return None
    return saved


def _fetched(
    workspace: Workspace, message: int, file: Enclosed, folder: Path, choices: Choices
) -> Download:
    tell = _telling(file.attachment.name) if sys.stderr.isatty() and not choices.json else _silent
    return workspace.downloads.fetch(message, file.attachment, folder, tell)


def _telling(name: str) -> Callable[[Transfer], None]:
    """Give what writes the progress over itself."""

    def tell(far: Transfer) -> None:
        size = file_kinds.size_of(far.done)
        shown = f"{far.percent} %" if far.total else size
        end = "\n" if far.total and far.done >= far.total else ""
        print(f"\r{output.shortened(name, 60)}  {shown}    ", end=end, file=sys.stderr, flush=True)

    return tell


def _silent(far: Transfer) -> None:
    """Tell nothing."""
