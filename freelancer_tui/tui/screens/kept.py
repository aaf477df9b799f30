"""Kept: the word that something typed is in the file, or could not be written."""

from dataclasses import dataclass

from textual.message import Message

from freelancer_tui import wording
from freelancer_tui.errors import FreelancerError, Gone, NotFound
from freelancer_tui.i18n import _
from freelancer_tui.tui.hints import point_at_keys
from freelancer_tui.tui.screens.autosave import Save
from freelancer_tui.tui.screens.section import Section


@dataclass
class Kept(Message):
    """A save ended; `key` tells which sheet or reply it was for."""

    key: str
    error: FreelancerError | None = None
    """Why it did not work."""

    @property
    def is_gone(self) -> bool:
        """True when the words are safe, but what they were for is not here any more."""
        return isinstance(self.error, Gone)

    @property
    def worked(self) -> bool:
        """True when it is in the file."""
        return self.error is None

    def words(self, section: Section) -> str:
        """Say it beside the text in a section."""
        if isinstance(self.error, NotFound):
            return f"! {self.error}"
        if self.error is not None:
            point_at_keys(self.error, section.NAME, section.app)
            words = _("! not saved yet: {reason} Go on: it is tried again by itself.")
            return words.format(reason=" ".join(filter(None, (str(self.error), self.error.hint))))
        clock = section.clock
        return _("saved {time}").format(time=wording.hour(clock.now(), clock.zone))


def telling(section: Section, key: str, save: Save) -> Save:
    """Give a save that tells the section how it ended; it runs on a thread."""

    def keep() -> None:
        try:
            save()
        except FreelancerError as error:
            section.post_message(Kept(key, error))
            raise
        section.post_message(Kept(key))

    return keep
