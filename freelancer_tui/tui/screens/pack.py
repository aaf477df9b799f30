"""Pack: writes a dispute pack: asks where to, tells how far it is, and what came of it."""

import os
import threading
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message

from freelancer_tui import wording
from freelancer_tui.domain.disputes import Matter, Packed, PackStep
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _, language, ngettext
from freelancer_tui.sync.events import Event
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.links import open_file
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.inquiry import Blank, Inquiry
from freelancer_tui.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from freelancer_tui.domain.invoices import DocumentLanguage
    from freelancer_tui.services.disputes import Disputes

_LANGUAGES: Final = {"en": N_("English"), "id": N_("Indonesian"), "both": N_("both languages")}


class PackScreen(Section):
    """One pack at a time; leaving the screen does not end it, Escape while it is made does."""

    NAME = "pack"
    CSS_PATH = "pack.tcss"
    BINDINGS = [
        Binding("escape", "back", N_("Back"), id="pack.back",
                tooltip=N_("Stop what is being made, else go back to where you came from")),
        Binding("enter,o", "look", N_("Open"), id="pack.open",
                tooltip=N_("Open the folder that was made")),
        Binding("n", "again", N_("Once more"), id="pack.again",
                tooltip=N_("Make the pack anew, into a folder of its own")),
    ]  # fmt: skip
    inquiry = getters.query_one(Inquiry)
    notice = getters.query_one(Notice)

    @dataclass
    class Reached(Message):
        """The pack came to its next step."""

        step: PackStep

    def __init__(self, disputes: "Disputes", *, clock: Clock) -> None:
        super().__init__(clock)
        self.disputes = disputes
        self._from = "messages"
        self._matter: Matter | None = None
        self._made: Packed | None = None
        self._stop = threading.Event()
        self._is_making = False
        self._folder = str(Path("~"))

    def body(self) -> ComposeResult:
        with Vertical(id="pack"):
            yield Notice(id="told")
        yield Inquiry(id="asks")

    async def open(self, target: Target) -> None:
        """Pack what `messages:40` or `jobs:100` names; one that is being made is shown first."""
        if isinstance(target, str) and not self._is_making:
            self._from, _colon, number = target.partition(":")
            self.act(self._begin(int(number)))

    def follows(self, event: Event) -> bool:
        return False

    def fail(self, error: FreelancerError) -> None:
        self._tell(_("There is no pack"), str(error), error.hint)

    def on_unmount(self) -> None:
        self._stop.set()  # nobody waits for it any more

    @on(Inquiry.Filled)
    def _filled(self, event: Inquiry.Filled) -> None:
        self._folder = event.values["folder"]
        spoken = cast("DocumentLanguage", event.values["language"])
        self.run_worker(self._make(Path(self._folder).expanduser(), spoken), group="pack")

    @on(Inquiry.Left)
    def _left(self) -> None:
        self.post_message(self.Go(self._from))

    @on(Reached)
    def _reached(self, event: Reached) -> None:
        if self._is_making:
            self._tell(wording.pack_step(event.step), _("Esc stops it; nothing is left then."))

    def action_back(self) -> None:
        if self._is_making:
            self._stop.set()
        else:
            self.post_message(self.Go(self._from))

    def action_look(self) -> None:
        self.act(self._look())

    def action_again(self) -> None:
        self.act(self._ask())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        is_idle = not self._is_making and self._matter is not None
        possible = {"look": self._made is not None, "again": is_idle and not self.inquiry.is_open}
        return possible.get(action, True)

    async def _begin(self, number: int) -> None:
        cases = self.disputes.cases
        find = cases.of_thread if self._from == "messages" else cases.of_project
        self._matter = self._made = None
        try:
            self._matter = await self.ask(find, number)
        except FreelancerError as error:
            return self.fail(error)
        await self._ask()

    async def _ask(self) -> None:
        self._made = None
        self._tell(
            _("Dispute pack"),
            _("All about this work, for somebody who was not there:"),
            _("brief, bid, messages, files, money and invoices,"),
            _("as text, JSON and PDF in a new folder with checksums."),
        )
        usual = "en" if language() == "en" else "both"
        blanks = (
            Blank("folder", _("Into folder"), self._folder, _needed),
            Blank("language", _("Language"), usual, _spoken),
        )
        await self.inquiry.ask(
            "pack", _("Where to, and in which language: en, id or both?"), blanks
        )
        self.refresh_bindings()

    async def _make(self, parent: Path, spoken: "DocumentLanguage") -> None:
        if self._matter is None or self._is_making:
            return
        self._is_making, self._stop = True, threading.Event()
        self.refresh_bindings()
        pack = partial(
            self.disputes.pack,
            tell=lambda step: self.post_message(self.Reached(step)),
            stop=self._stop.is_set,
        )
        try:
            self._made = await self.ask(pack, self._matter, parent, spoken)
            self._tell(*_came_of(self._made))
        except FreelancerError as error:
            self.fail(error)
        finally:
            self._is_making = False
            self.refresh_bindings()

    async def _look(self) -> None:
        if self._made is not None:
            folder = Path(self._made.folder)
            if not await open_file(folder, self.app.suspend):
                self.app.copy_to_clipboard(str(folder))
                self.say(_("Nothing here shows files; where it lies is copied."))

    def _tell(self, *words: str) -> None:
        self.notice.tell(tuple(word for word in words if word))


def _came_of(made: Packed) -> tuple[str, ...]:
    """Say where the pack is, and what it lacks."""
    written = ngettext(
        "Written with {count} message", "Written with {count} messages", made.messages
    )
    folder = Path(made.folder)
    told = (written.format(count=made.messages), f"{folder.parent}{os.sep}", folder.name)
    return (*told, *wording.pack_lacks(made))


def _needed(typed: str) -> tuple[str, bool]:
    return "", not typed.strip()


def _spoken(typed: str) -> tuple[str, bool]:
    name = _LANGUAGES.get(typed.strip())
    return (_(name), False) if name else (_("en, id or both"), True)
