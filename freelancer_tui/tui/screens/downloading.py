"""Downloading: files of messages brought here one after another, while one goes on reading."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from freelancer_tui.domain.attachments import Attachment, Download, Transfer
from freelancer_tui.errors import FreelancerError, Offline, RateLimited, Stopped
from freelancer_tui.i18n import _
from freelancer_tui.tui.screens.section import Section

GROUP: Final = "downloads"


class Fetch(Protocol):
    """Brings one file here; it is called on a thread."""

    def __call__(
        self,
        message_remote_id: int,
        attachment: Attachment,
        folder: Path,
        tell: Callable[[Transfer], None],
        stop: Callable[[], bool],
    ) -> Download:
        """Save the file in the folder and give where it lies."""
        ...


@dataclass(slots=True)
class Wish:
    """A file that is to be brought here."""

    message_remote_id: int
    attachment: Attachment
    folder: Path
    far: Transfer | None = None
    """How far it is; None while it waits for its turn or for a line."""
    is_unwanted: bool = False
    is_put_off: bool = False
    """True once the user was told that it waits."""

    def tells(self, far: Transfer) -> bool:
        """Take in how far it is; True when that can be seen."""
        before, self.far = self.far, far
        return before is None or before.percent != far.percent


class Downloading:
    """What is to be brought here for a section, by the key of its line."""

    def __init__(self, section: Section, fetch: Fetch, far: Callable[[], None]) -> None:
        """`far` is called on the event loop when one got farther."""
        self._section = section
        self._fetch = fetch
        self._far = far
        self._is_running = False
        self.wishes: dict[str, Wish] = {}

    def begin(self, key: str, wish: Wish) -> None:
        """Bring a file here, when those before it are here."""
        self.wishes.setdefault(key, wish)
        self.go_on()

    def stop(self, key: str) -> None:
        """Do not bring a file here after all; nothing of it stays."""
        if (wish := self.wishes.get(key)) is None:
            return
        wish.is_unwanted = True
        if wish.far is None:
            del self.wishes[key]

    def stop_all(self) -> None:
        """The section ends: whatever is under way ends soon."""
        for key in list(self.wishes):
            self.stop(key)

    def go_on(self) -> None:
        """Begin with what waits, also with what waited for a line."""
        if self.wishes and not self._is_running:
            self._is_running = True
            self._section.run_worker(self._run(), group=GROUP)

    async def _run(self) -> None:
        try:
            while self.wishes and await self._next():
                pass
        finally:
            self._is_running = False
            self._section.reload()

    async def _next(self) -> bool:
        """Bring the first file here; False where there is no line for the others either."""
        key, wish = next(iter(self.wishes.items()))

        def tell(far: Transfer) -> None:
            if wish.tells(far):
                self._section.call_later(self._far)

        wish.far = Transfer()
        try:
            saved = await self._section.ask(
                self._fetch, wish.message_remote_id, wish.attachment, wish.folder, tell,
                lambda: wish.is_unwanted,
            )  # fmt: skip
        except (Offline, RateLimited) as error:
            if not wish.is_unwanted:
                self._let_wait(wish, error)
                return False
        except Stopped:
            self._section.say(_("Stopped: nothing was saved."))
        except FreelancerError as error:
            self._section.complain(error)
        else:
            self._section.say(_("Saved: {path}").format(path=saved.path))
        del self.wishes[key]
        self._section.reload()
        return True

    def _let_wait(self, wish: Wish, error: Offline | RateLimited) -> None:
        wish.far = None
        if isinstance(error, RateLimited):
            words = _("The marketplace asks to wait: it is saved after that.")
        else:
            words = _("There is no line just now: it is saved as soon as there is one.")
        if not wish.is_put_off:
            self._section.say(words)
        wish.is_put_off = True
