"""Files: attached by path to a reply, and those of a conversation saved and opened."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from freelancer_tui.domain.attachments import Attachment, Download, Transfer, told_apart
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import Offline
from freelancer_tui.services import files as limits
from freelancer_tui.store.work import downloads
from freelancer_tui.sync.events import Moved, Pulled, Transferring
from freelancer_tui.tui.screens import files as screens
from freelancer_tui.tui.screens.files import FilesScreen
from freelancer_tui.tui.screens.links import Suspend
from freelancer_tui.tui.screens.messages import MessagesScreen
from freelancer_tui.tui.widgets.path_line import PathLine
from tests.factories import ME, NOW, a_message, a_person, a_thread
from tests.hostile import NAMES, UNSAFE
from tests.tui.desk import Desk, User, at

FILES = (
    Attachment("Brief v2.pdf", 1_234_567),
    Attachment("setup.exe", 640, "application/pdf"),
)


def talk(desk: Desk) -> None:
    """Let a client have sent two files, and us have answered."""
    desk.keep(Feed("threads"), a_person(display_name="Sari"), a_thread(30))
    said = [
        a_message(300, text="Here they are.", attachments=FILES),
        a_message(301, from_id=ME, text="Thank you."),
    ]
    desk.keep(Feed("messages", "30"), *said)


def papers(folder: Path) -> Path:
    """Lay files on the user's disk."""
    found = folder / "papers"
    (found / "Old").mkdir(parents=True)
    (found / "Offer 2026.pdf").write_bytes(b"x" * 1234)
    (found / "notes.txt").write_text("notes")
    return found


def talking(user: User) -> MessagesScreen:
    section = user.host.section
    assert isinstance(section, MessagesScreen)
    return section


async def name(user: User, text: str) -> None:
    """Type a path in place of what stands in the line."""
    user.host.section.query_one(PathLine).field.value = text
    await user.settle()


async def attach(user: User, path: Path) -> None:
    await user.press("f3")
    await name(user, str(path))
    await user.press("enter")


async def test_a_file_is_found_attached_kept_taken_off_and_sent(tmp_path: Path) -> None:
    folder = papers(tmp_path)
    async with at(tmp_path, "messages", talk) as user:
        await user.press("enter", "c", "f3")
        await name(user, f"{tmp_path}/PAP")
        assert user.sees(" papers/ ")
        await user.press("tab")
        assert user.sees(" Old/")
        assert user.sees(" notes.txt       text, 5 B")
        line = user.host.section.query_one(PathLine)
        line.field.value += "n"
        line.action_take()  # sooner than the list for it: what stands there was for another text
        assert line.field.value == f"{folder}/n"
        await name(user, f"{folder}/")
        await user.press("O", "f", "tab", "enter")
        assert user.sees("+ Offer 2026.pdf")
        assert user.sees("PDF, 1.2 kB")
        await attach(user, folder / "notes.txt")
        await user.press("shift+tab", "x")
        assert [one.name for one in user.desk.messages.files(30)] == ["notes.txt"]
    (folder / "notes.txt").unlink()
    async with at(tmp_path, "messages", lambda desk: None) as user:
        assert user.sees("✎ draft")
        await user.press("enter", "c")
        assert user.sees("+ notes.txt")
        await user.press("ctrl+s")
        assert user.sees("File: notes.txt (text, 5 B)")
        assert user.sees("↑ Waiting to be sent")
        assert not user.sees("+ notes.txt")
        [entry] = user.desk.outbox.entries()
        sending = replace(entry, state="sending")
        user.desk.move(entry, sending)
        await user.syncs(Moved(sending), Transferring(entry.id, Transfer(2, 5)))
        assert user.sees("→ Sending: 40 %")
        user.desk.move(sending, entry)
        await user.syncs(Moved(entry))
        await user.press("escape", "G", "e")
        assert user.sees("+ notes.txt")
        assert user.desk.outbox.entries() == []


async def test_what_cannot_be_attached_is_said_and_can_be_corrected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = papers(tmp_path)
    monkeypatch.setattr(limits, "MOST_BYTES", 1000)
    async with at(tmp_path, "messages", talk, (80, 24)) as user:
        await user.press("enter", "c")
        for path, words in (
            (folder, "is a folder. Name a file in it"),
            (folder / "none", "Check how it is spelled"),
            (folder / "Offer 2026.pdf", "Send a smaller one, or a link to it."),
        ):
            await attach(user, path)
            assert words in user.told()
            assert talking(user).path.is_asking
        await name(user, "/nothing/lies/here")
        await user.press("tab")  # has nothing to fill in, and does not close the line
        assert talking(user).path.is_asking
        await user.press("escape")
        assert (talking(user).composer.writing.has_focus, user.told()) == (True, "")
        await user.press("f3", "shift+tab")
        assert not talking(user).path.is_asking
        assert user.desk.messages.files(30) == ()


def market(desk: Desk) -> list[str]:
    """Let the marketplace give files; what it was asked for is listed."""
    asked: list[str] = []

    def fetch(
        message_remote_id: int,
        attachment: Attachment,
        folder: Path,
        tell: Callable[[Transfer], None],
        stop: Callable[[], bool],
    ) -> Download:
        asked.append(attachment.name)
        if len(asked) == 1:
            raise Offline("There is no line.")
        tell(Transfer(1, 2))
        folder.mkdir(exist_ok=True)
        path = folder / attachment.name
        path.write_text("data")
        saved = Download(message_remote_id, attachment.name, str(path), 4, "aa", NOW)
        with desk.work.transaction() as session:
            downloads.put(session, saved)
        return saved

    desk.fetch = fetch
    return asked


async def test_files_are_saved_when_there_is_a_line_and_opened_unless_they_could_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    async def take(path: Path, _suspend: Suspend) -> bool:
        opened.append(path)
        return True

    monkeypatch.setattr(screens, "open_file", take)
    asked: list[str] = []
    async with at(tmp_path, "messages", talk) as user:
        await user.press("enter")
        assert user.sees("File: Brief v2.pdf (PDF, 1.2 MB)")
        talking(user).talk.said.move_to("300")
        await user.press("f")
        assert user.host.wished == [("files", "30/300")]
    async with at(tmp_path, "files", lambda desk: asked.extend(market(desk))) as user:
        screen = user.host.section
        assert isinstance(screen, FilesScreen)
        await screen.open("30/300")
        await user.settle()
        assert user.sees("Brief v2.pdf")
        assert user.sees("program, 640 B")
        await user.press("a")
        assert user.sees("waits to be saved")
        assert "as soon as there is one" in user.told()
        await user.press("down", "x", "s")
        await user.syncs(Pulled(Feed("projects"), 1, 1, None))
        await user.settle()
        saved = user.desk.folder / "saved"
        assert sorted(one.name for one in saved.iterdir()) == ["Brief v2.pdf", "setup.exe"]
        await user.press("enter")
        assert "could run something" in user.told()
        await user.press("up", "enter")
        assert opened == [saved / "Brief v2.pdf"]


async def test_hostile_names_are_only_names(tmp_path: Path) -> None:
    def hostile(desk: Desk) -> None:
        desk.keep(Feed("threads"), a_person(), a_thread(30))
        files = told_apart(Attachment(one_line(name)) for name in ("plan.pdf", "plan.pdf", *NAMES))
        desk.keep(Feed("messages", "30"), a_message(300, text="", attachments=files))

    async with at(tmp_path, "files", hostile, (80, 24)) as user:
        await user.host.section.open("30")
        await user.settle()
        assert user.sees("cannot come: one before it has this name")
        await user.press("down")
        assert user.host.section.check_action("save", ()) is False
        seen: list[str] = []
        for key in (*["pagedown"] * 9, "G"):
            seen += user.screen()
            await user.press(key)
        seen += user.screen()
        assert not any(UNSAFE.search(line) for line in seen)
        assert any("[red]markup[/].txt" in line for line in seen)
