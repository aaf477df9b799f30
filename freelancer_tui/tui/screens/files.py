"""Files: those of one conversation: saved to a folder, followed on their way, and opened."""

from pathlib import Path
from typing import TYPE_CHECKING

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from freelancer_tui.domain.file_names import may_run
from freelancer_tui.domain.messages import ThreadView
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.services.folders import path_of
from freelancer_tui.sync.events import Event, Finished, Pulled
from freelancer_tui.tui.format import Clock, tame
from freelancer_tui.tui.screens.downloading import Downloading, Fetch, Wish
from freelancer_tui.tui.screens.links import open_file
from freelancer_tui.tui.screens.naming import Naming
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.file_list import FileLine, FileList, lines_of
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.path_line import PathLine
from freelancer_tui.wording import who

if TYPE_CHECKING:
    from freelancer_tui.services.attachments import Attachments
    from freelancer_tui.services.messages import Messages


class FilesScreen(Section):
    """What came and went with the messages of a thread; Escape goes back to what was said."""

    NAME = "files"
    AUTO_FOCUS = "#shared"
    CSS_PATH = "files.tcss"
    BINDINGS = [
        Binding("escape", "back", N_("Back"), id="files.back",
                tooltip=N_("Go back to the conversation; what is being saved goes on")),
        Binding("s", "save", N_("Save"), id="files.save",
                tooltip=N_("Save this file in your downloads; none is overwritten")),
        Binding("w", "save_in", N_("Save in…"), id="files.save_in",
                tooltip=N_("Name the folder to save this file in")),
        Binding("a", "save_all", N_("Save all"), id="files.save_all",
                tooltip=N_("Save all files that are not saved yet")),
        Binding("o", "see", N_("Open"), id="files.open",
                tooltip=N_("Open a saved file with what shows it on this machine")),
        Binding("x", "stop", N_("Stop"), id="files.stop",
                tooltip=N_("Do not save this file after all")),
        Binding("y", "copy", N_("Copy path"), show=False, id="files.copy",
                tooltip=N_("Copy where this file lies to the clipboard")),
    ]  # fmt: skip
    shared = getters.query_one(FileList)
    path = getters.query_one(PathLine)

    def __init__(
        self,
        messages: "Messages",
        attachments: "Attachments",
        fetch: Fetch,
        folder: Path,
        *,
        clock: Clock,
    ) -> None:
        """Files are saved in `folder` unless another one is named."""
        super().__init__(clock)
        self.messages = messages
        self.attachments = attachments
        self.folder = folder
        self.downloading = Downloading(self, fetch, self._show_lines)
        self.naming = Naming(self, folders_only=True)
        self._shown_id: int | None = None
        self._lines: tuple[FileLine, ...] = ()
        self._goal = ""
        """The message whose first file the cursor goes to."""

    def body(self) -> ComposeResult:
        yield Static(id="files-about", markup=False)
        yield PathLine(id="path")
        yield FileList(self.clock, id="shared")
        yield Notice(id="nothing")

    def on_unmount(self) -> None:
        self.downloading.stop_all()

    async def show(self) -> None:
        if (thread_id := self._shown_id) is None:
            return
        view = await self.ask(self.messages.thread, thread_id)
        said = await self.ask(self.attachments.of_thread, thread_id)
        if thread_id != self._shown_id:
            return
        self._lines = lines_of(said)
        self.query_one("#files-about", Static).update(_head(view, self.folder))
        self._say_instead(() if self._lines else _nothing())
        self._show_lines()
        self._reach_goal()
        if self.focused is None:  # it could not take the keys before there was something in it
            self.shared.focus()
        self.refresh_bindings()

    async def open(self, target: Target) -> None:
        """Show the files of a thread; a text names a message of it too: `30/305`."""
        thread, _slash, self._goal = str(target).partition("/")
        self._shown_id = int(thread)
        self.path.close()
        self.shared.focus()
        self.reload()

    def follows(self, event: Event) -> bool:
        if isinstance(event, Finished | Pulled):  # there is a line again
            self.downloading.go_on()
        return isinstance(event, Pulled) and event.feed.kind in ("threads", "messages")

    def fail(self, error: FreelancerError) -> None:
        self._say_instead((_("The files cannot be listed now"), str(error), error.hint))

    @on(FileList.Moved, "#shared")
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(FileList.Chosen, "#shared")
    def _chosen(self) -> None:
        one = self.shared.current
        if one is not None and one.file.saved is not None:
            self.action_see()
        else:
            self.action_save()

    @on(PathLine.Typed)
    def _typed(self, event: PathLine.Typed) -> None:
        self.naming.look_at(event.text)

    @on(PathLine.Named)
    def _named(self, event: PathLine.Named) -> None:
        self.path.last = event.text
        self._close_path()
        if one := self.shared.current:
            self._save(one, path_of(event.text))

    @on(PathLine.Left)
    def _close_path(self) -> None:
        self.path.close()
        self.shared.focus()

    def action_back(self) -> None:
        self.post_message(self.Go("messages", self._shown_id))

    def action_save(self) -> None:
        if one := self.shared.current:
            self._save(one, self.folder)

    def action_save_in(self) -> None:
        self.path.ask(_("Save in"))

    def action_save_all(self) -> None:
        for one in filter(self._is_missing, self._lines):
            self._save(one, self.folder)

    def action_stop(self) -> None:
        if one := self.shared.current:
            self.downloading.stop(one.key)
            self._show_lines()
            self.refresh_bindings()

    def action_see(self) -> None:
        if one := self.shared.current:
            self.act(self._see(one))

    def action_copy(self) -> None:
        one = self.shared.current
        if one is not None and one.file.saved is not None:
            self.app.copy_to_clipboard(one.file.saved.path)
            self.say(_("Copied."))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "save_all":
            return any(self._is_missing(one) for one in self._lines)
        if not self.is_mounted or action not in _OF_A_FILE:
            return super().check_action(action, parameters)
        one = self.shared.current
        if one is None:
            return False
        is_wanted, is_here = one.key in self.downloading.wishes, one.file.saved is not None
        possible = {
            "stop": is_wanted,
            "save": not is_wanted and not is_here and _can_come(one),
            "save_in": not is_wanted and _can_come(one),
            "see": is_here,
            "copy": is_here,
        }
        return possible[action]

    def _is_missing(self, one: FileLine) -> bool:
        is_wanted = one.key in self.downloading.wishes
        return _can_come(one) and one.file.saved is None and not is_wanted

    def _save(self, one: FileLine, folder: Path) -> None:
        if one.said.remote_id is not None:
            wish = Wish(one.said.remote_id, one.file.attachment, folder)
            self.downloading.begin(one.key, wish)
            self._show_lines()
            self.refresh_bindings()

    async def _see(self, one: FileLine) -> None:
        """Open a file that is here, unless opening it could run something."""
        saved = one.file.saved
        if saved is None:
            return self.say(_("Save it first: s."))
        if may_run(saved.path):
            words = _("Opening it could run something, so it is left alone: {path}")
            return self.warn(words.format(path=saved.path))
        if not await open_file(Path(saved.path), self.app.suspend):
            self.app.copy_to_clipboard(saved.path)
            self.say(_("Nothing here shows files; where it lies is copied."))

    def _show_lines(self) -> None:
        wishes = self.downloading.wishes
        self.shared.show(self._lines, {key: wish.far for key, wish in wishes.items()})

    def _reach_goal(self) -> None:
        goal, self._goal = self._goal, ""
        if goal:
            self.shared.move_to(f"{goal}/0")

    def _say_instead(self, words: tuple[str, ...]) -> None:
        self.query_one("#nothing", Notice).words = words
        self.set_class(bool(words), "-empty")


_OF_A_FILE = frozenset({"stop", "save", "save_in", "see", "copy"})


def _can_come(one: FileLine) -> bool:
    """Tell whether the marketplace gives it: what we send is there once it is sent."""
    return one.said.remote_id is not None and not one.file.attachment.is_shadowed


def _head(view: ThreadView, folder: Path) -> Content:
    return Content.assemble(
        (_("Files"), "bold $primary"),
        (f"  {tame(who(view))}", "bold $foreground"),
        (f"  {tame(view.project_title)}", "$foreground-muted"),
        ("\n" + _("s saves into {folder}").format(folder=folder), "$foreground-muted"),
    )


def _nothing() -> tuple[str, ...]:
    return (
        _("No files came with this conversation yet"),
        _("Esc goes back to it; F3 there sends one along with a reply."),
    )
