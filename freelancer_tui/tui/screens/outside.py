"""Outside: going to the user's own editor with what they write, and coming back."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual.app import App, SuspendNotSupported

from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import _
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from freelancer_tui.services.outside import Outside


async def edit_outside(section: Section, outside: "Outside", writing: Writing) -> None:
    """Save, lend the text to the editor, and put what comes back into the field as one change."""
    if not await section.flush():
        return
    text = writing.text
    try:
        with _away(section.app):
            edited = await section.ask(outside.edit, text)
    except SuspendNotSupported as error:
        raise NotAllowed(_("This terminal cannot be lent to another program.")) from error
    finally:
        section.refresh(layout=True)
    if edited == text:
        return section.say(_("Nothing was changed."))
    if not writing.is_attached or writing.text != text:  # it shows another text by now
        raise NotAllowed(_("Another text is shown now: go back and try again."))
    writing.take(edited)
    section.say(_("Taken over from the editor; Ctrl+Z brings back what was there."))


@contextmanager
def _away(app: App[object]) -> Iterator[None]:
    """Give the terminal away. The sync goes on meanwhile, but nothing of ours is drawn."""
    before = signal.getsignal(signal.SIGINT)
    with app.batch_update(), app.suspend():
        # Ctrl+C in there reaches us as well; what an editor inherits is the default.
        signal.signal(signal.SIGINT, lambda *_: None)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
