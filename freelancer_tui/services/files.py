"""Files: what may go with a message, and its copy as it was when it was attached."""

import mimetypes
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from freelancer_tui.domain.attachments import Transfer, Upload
from freelancer_tui.domain.file_names import safe_name
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import _
from freelancer_tui.store.copies import Copies

MOST_BYTES: Final = 20_000_000
"""The largest file we queue."""
MOST_FILES: Final = 10
_MOST_SHOWN: Final = 60
"""Letters of a name in a sentence, so that what to do is still in sight."""
_ANY_TYPE: Final = "application/octet-stream"


def copied(
    source: Path,
    copies: Copies,
    tell: Callable[[Transfer], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Upload:
    """Copy a file to beside where it will wait; refused where it may not go with a message."""
    check_file(source)
    name = safe_name(source.name)
    try:
        upload = copies.take(source, name, MOST_BYTES, tell, stop)
    except OSError as error:
        raise NotAllowed(
            _("The attachment could not be copied: {reason}.").format(reason=error.strerror),
            hint=_("Nothing was queued; see that the disk has room and try again."),
        ) from error
    return replace(upload, content_type=mimetypes.guess_type(name)[0] or _ANY_TYPE)


def check_count(count: int) -> None:
    """Refuse more files than may go with one message."""
    if count > MOST_FILES:
        raise NotAllowed(
            _("Attach at most {most} files.").format(most=MOST_FILES),
            hint=_("Take one off, or pack several into one."),
        )


def check_copies(uploads: Sequence[Upload]) -> None:
    """Refuse what lost its copy."""
    for one in uploads:
        if not Path(one.path).is_file():
            raise NotAllowed(
                _("The copy of {file} is gone.").format(file=one.name),
                hint=_("Take it out and attach the file again; nothing was queued."),
            )


def check_file(source: Path) -> None:
    """Refuse what is no file, cannot be read, or is too large, and say what to do."""
    name = one_line(source.name or str(source), _MOST_SHOWN)
    try:
        if source.is_dir():
            raise NotAllowed(
                _("{file} is a folder.").format(file=name),
                hint=_("Name a file in it, or pack it into one file first."),
            )
        if not source.is_file():
            raise NotAllowed(
                _("There is no file {file}.").format(file=name),
                hint=_("Check how it is spelled and where it lies."),
            )
        with source.open("rb"):
            size = source.stat().st_size
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise NotAllowed(
            _("{file} cannot be read: {reason}.").format(file=name, reason=reason),
            hint=_("Give yourself the right to read it, or name a copy of it."),
        ) from error
    if size > MOST_BYTES:
        raise NotAllowed(
            _("{file} has more than {most} MB.").format(file=name, most=MOST_BYTES // 10**6),
            hint=_("Send a smaller one, or a link to it."),
        )
