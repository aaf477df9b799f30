"""Finding: what was looked for in one conversation, and at which of the hits one stands."""

from typing import TYPE_CHECKING

from freelancer_tui.i18n import _
from freelancer_tui.tui.format import number, tame

if TYPE_CHECKING:
    from freelancer_tui.services.talks import Talks


class Finding:
    """Steps through the hits, the newest first, round the ends; its search runs on a thread."""

    def __init__(self, talks: "Talks") -> None:
        self._talks = talks
        self._words = ""
        self._thread_id: int | None = None
        self._hits: tuple[int, ...] = ()
        self._place = 0

    def find(self, thread_id: int, words: str) -> str | None:
        """Look for words; give the message to go to, None without one."""
        self._words, self._thread_id, self._place = words, thread_id, 0
        self._hits = self._talks.found_in(thread_id, words)
        return self._hit

    def step(self, direction: int) -> str | None:
        """Go to the next older hit, or by -1 to the newer one; None without any."""
        if self._hits:
            self._place = (self._place + direction) % len(self._hits)
        return self._hit

    def has_hits(self, thread_id: int | None) -> bool:
        """Tell whether there is something to step through in a conversation."""
        return bool(self._hits) and thread_id == self._thread_id

    def words(self) -> str:
        """Say which hit this is, and how to go on."""
        if not self._hits:
            return _("Nobody said this here: {words}").format(words=tame(self._words.strip()))
        text = _("{place} of {count} · n older, N newer")
        return text.format(place=number(self._place + 1), count=number(len(self._hits)))

    @property
    def _hit(self) -> str | None:
        return str(self._hits[self._place]) if self._hits else None
