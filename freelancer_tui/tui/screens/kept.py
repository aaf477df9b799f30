"""Kept: the word that something typed is in the file, or could not be written."""

from dataclasses import dataclass

from textual.message import Message

from freelancer_tui import wording
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.autosave import Save
from freelancer_tui.tui.screens.section import Section


@dataclass
class Kept(Message):
    """A save ended; `key` tells which sheet or reply it was for."""

    key: str
    worked: bool

    def words(self, clock: Clock) -> str:
        """Say it beside the text."""
        if not self.worked:
            return _("not saved yet")
        return _("saved {time}").format(time=wording.hour(clock.now(), clock.zone))


def telling(section: Section, key: str, save: Save) -> Save:
    """Give a save that tells the section how it ended; it runs on a thread."""

    def keep() -> None:
        try:
            save()
        except FreelancerError:
            section.post_message(Kept(key, worked=False))
            raise
        section.post_message(Kept(key, worked=True))

    return keep
