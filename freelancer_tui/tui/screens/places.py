"""Places: where the user is in the texts of a screen, remembered for the next time."""

from functools import partial
from typing import TYPE_CHECKING

from freelancer_tui.domain.drafts import Place
from freelancer_tui.tui.screens.section import Section

if TYPE_CHECKING:
    from freelancer_tui.services.versions import Versions


class Places:
    """Saves a place when it is another one than was last read or saved for that text."""

    def __init__(self, section: Section, versions: "Versions") -> None:
        self._section = section
        self._versions = versions
        self._known: dict[str, Place] = {}

    async def read(self, subject_id: str) -> Place | None:
        """Give where the user was in a text."""
        place = await self._section.ask(self._versions.place, subject_id)
        if place is not None:
            self._known[subject_id] = place
        return place

    def save(self, subject_id: str, place: Place) -> None:
        """Remember where the user is in a text."""
        if self._known.get(subject_id) != place:
            self._known[subject_id] = place
            keep = partial(self._versions.keep_place, subject_id, place)
            self._section.save_soon(f"place:{subject_id}", keep)
