"""Downloads: a file of a message is saved whole, under a safe name, over nothing, or not at all."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from freelancer_tui.domain.attachments import Attachment, Transfer
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import (
    FreelancerError,
    NotAllowed,
    NotFound,
    Offline,
    RateLimited,
    Refused,
    Stopped,
    WireMismatch,
)
from freelancer_tui.store.work import downloads
from freelancer_tui.sync import pauses
from freelancer_tui.sync.downloads import Downloads
from freelancer_tui.sync.marketplace import Take
from tests.hostile import NAMES, faults, tree
from tests.sync.desk import Desk
from tests.sync.market import Market

CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 40
PLAN = Attachment("plan.pdf", key="plan.pdf")


@dataclass
class Shelf:
    """A marketplace that has one file, and gives it in a way of its own."""

    desk: Desk
    parts: list[tuple[int, bytes]] = field(default_factory=lambda: [(0, b""), (0, CONTENT)])
    error: Exception | None = None
    asked: list[tuple[int, str]] = field(default_factory=list)
    total: int | None = None

    def downloads(self, most: int = 10**9) -> Downloads:
        market = Market(self.desk.clock)
        market.download = self.download  # type: ignore[method-assign, assignment]
        return Downloads(lambda: market, self.desk.work, self.desk.clock, most)

    async def download(self, message: int, key: str, take: Take, stop: Callable[[], bool]) -> None:
        self.asked.append((message, key))
        for at, part in self.parts:
            if stop():
                raise Stopped("Stopped.")
            take(at, part, self.total)
        if self.error is not None:
            raise self.error


@pytest.fixture
def shelf(desk: Desk) -> Shelf:
    return Shelf(desk)


def test_a_file_is_saved_and_written_down(shelf: Shelf, tmp_path: Path) -> None:
    told: list[Transfer] = []
    shelf.total = len(CONTENT)
    shelf.parts = [(0, b""), (0, CONTENT[:100]), (100, CONTENT[100:])]
    saved = shelf.downloads().fetch(9, PLAN, tmp_path / "new" / "here", told.append)
    assert Path(saved.path) == tmp_path / "new" / "here" / "plan.pdf"
    assert Path(saved.path).read_bytes() == CONTENT
    assert saved.checksum == hashlib.sha256(CONTENT).hexdigest()
    assert (saved.message_remote_id, saved.size) == (9, len(CONTENT))
    assert stat.S_IMODE(Path(saved.path).stat().st_mode) == 0o600
    assert told[-1] == Transfer(len(CONTENT), len(CONTENT))
    assert shelf.asked == [(9, "plan.pdf")]
    with shelf.desk.work.read() as session:
        assert downloads.of_messages(session, [8, 9]) == {(9, "plan.pdf"): saved}


def test_a_file_that_an_older_cache_knows(shelf: Shelf, tmp_path: Path) -> None:
    shelf.downloads().fetch(9, Attachment("my plan.pdf"), tmp_path)
    assert shelf.asked == [(9, "my%20plan.pdf")]


def test_nothing_is_ever_overwritten(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_text("mine")
    (tmp_path / "plan-2.pdf").symlink_to(tmp_path / "nowhere")
    names = [Path(shelf.downloads().fetch(9, PLAN, tmp_path).path).name for _ in range(2)]
    assert names == ["plan-3.pdf", "plan-4.pdf"]
    assert (tmp_path / "plan.pdf").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_a_name_that_is_taken_at_the_last_moment(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = Path.hardlink_to
    raced: list[Path] = []

    def race(self: Path, target: Path) -> None:
        if not raced:
            raced.append(self)
            self.write_text("somebody was faster")
        link(self, target)

    monkeypatch.setattr(Path, "hardlink_to", race)
    saved = shelf.downloads().fetch(9, PLAN, tmp_path)
    assert (tmp_path / "plan.pdf").read_text() == "somebody was faster"
    assert Path(saved.path).name == "plan-2.pdf"


def test_a_disk_without_second_names(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", cannot)
    names = [Path(shelf.downloads().fetch(9, PLAN, tmp_path).path).name for _ in range(2)]
    assert names == ["plan.pdf", "plan-2.pdf"]
    assert {one.name for one in tmp_path.glob("*plan*")} == set(names)


def test_hostile_names_stay_in_their_folder(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "kept").write_text("kept")
    folder = tmp_path / "here"
    before = {path: one for path, one in tree(tmp_path).items() if path.startswith("outside")}
    for number, name in enumerate(NAMES):
        key = quote(name, safe="", errors="replace")
        saved = shelf.downloads().fetch(number, Attachment(one_line(name), key=key), folder)
        assert Path(saved.path).parent == folder
        assert faults(Path(saved.path).name) == []
    after = {path: one for path, one in tree(tmp_path).items() if path.startswith("outside")}
    assert after == before
    assert len(list(folder.iterdir())) == len(NAMES)


def test_two_files_that_show_one_name_are_kept_apart(shelf: Shelf, tmp_path: Path) -> None:
    other = Attachment("plan-2.pdf", key="pl%E2%80%AEan.pdf")
    hidden = Attachment("plan-3.pdf", key="plan.pdf", is_shadowed=True)
    saved = [shelf.downloads().fetch(9, one, tmp_path) for one in (PLAN, other)]
    with pytest.raises(NotAllowed, match="only the first"):
        shelf.downloads().fetch(9, hidden, tmp_path)
    assert shelf.asked == [(9, PLAN.key), (9, other.key)]
    assert sorted(one.name for one in tmp_path.glob("*.pdf")) == ["plan-2.pdf", "plan.pdf"]
    with shelf.desk.work.read() as session:
        kept = downloads.of_messages(session, [9])
    assert kept == {(9, "plan.pdf"): saved[0], (9, "plan-2.pdf"): saved[1]}


def test_a_file_that_begins_anew(shelf: Shelf, tmp_path: Path) -> None:
    shelf.parts = [(0, b""), (0, b"x" * 50_000), (0, b""), (0, CONTENT)]
    saved = shelf.downloads().fetch(9, PLAN, tmp_path)
    assert Path(saved.path).read_bytes() == CONTENT
    assert saved.checksum == hashlib.sha256(CONTENT).hexdigest()


ERRORS = [
    (Offline("no line"), Offline),
    (Refused("RestExceptionCodes.NOT_FOUND", "x"), NotFound),
    (Refused("OTHER", "x"), Refused),
    (RateLimited("slow", wait_seconds=3), RateLimited),
    (WireMismatch("odd"), WireMismatch),
]


@pytest.mark.parametrize(("error", "raised"), ERRORS, ids=lambda one: getattr(one, "code", ""))
def test_what_fails_leaves_nothing(
    shelf: Shelf, tmp_path: Path, error: FreelancerError, raised: type[FreelancerError]
) -> None:
    shelf.error = error
    with pytest.raises(raised):
        shelf.downloads().fetch(9, PLAN, tmp_path / "here")
    assert list((tmp_path / "here").iterdir()) == []
    with shelf.desk.work.read() as session:
        assert downloads.of_messages(session, [9]) == {}


def test_a_stop_leaves_nothing(shelf: Shelf, tmp_path: Path) -> None:
    shelf.parts = [(0, b""), (0, b"x"), (1, b"y")]
    told: list[Transfer] = []
    with pytest.raises(Stopped):
        shelf.downloads().fetch(9, PLAN, tmp_path / "here", told.append, lambda: len(told) > 1)
    assert list((tmp_path / "here").iterdir()) == []
    asked = len(shelf.asked)
    with pytest.raises(Stopped):
        shelf.downloads().fetch(9, PLAN, tmp_path / "here", stop=lambda: True)
    assert len(shelf.asked) == asked


def test_what_is_too_large_or_another_file_is_not_saved(shelf: Shelf, tmp_path: Path) -> None:
    folder = tmp_path / "here"
    with pytest.raises(NotAllowed, match="MB"):
        shelf.downloads(most=1000).fetch(9, PLAN, folder)
    shelf.total = 10**6
    with pytest.raises(NotAllowed, match="MB"):
        shelf.downloads(most=10**5).fetch(9, PLAN, folder)
    shelf.total = None
    with pytest.raises(WireMismatch):
        shelf.downloads().fetch(9, Attachment("plan.pdf", size=5, key="plan.pdf"), folder)
    shelf.parts = [(7, b"x")]
    with pytest.raises(WireMismatch):
        shelf.downloads().fetch(9, PLAN, folder)
    assert list(folder.iterdir()) == []


def test_where_nothing_can_be_saved(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(NotAllowed, match="could not be saved"):
        shelf.downloads().fetch(9, PLAN, tmp_path / "file")
    assert shelf.asked == []

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotAllowed, match="No space left"):
        shelf.downloads().fetch(9, PLAN, tmp_path / "here")
    assert list((tmp_path / "here").iterdir()) == []


def test_a_pause_that_was_named_holds_here_too(shelf: Shelf, tmp_path: Path) -> None:
    pauses.pause(shelf.desk.work, shelf.desk.clock() + timedelta(seconds=60))
    with pytest.raises(RateLimited) as limited:
        shelf.downloads().fetch(9, PLAN, tmp_path)
    assert limited.value.wait_seconds == 60
    shelf.desk.clock.pass_(60)
    shelf.downloads().fetch(9, PLAN, tmp_path)


def test_what_comes_after_the_end_is_for_nobody(shelf: Shelf, tmp_path: Path) -> None:
    late: list[Take] = []

    async def download(message: int, key: str, take: Take, stop: Callable[[], bool]) -> None:
        late.append(take)
        take(0, CONTENT, None)

    shelf.download = download  # type: ignore[method-assign]
    saved = shelf.downloads().fetch(9, PLAN, tmp_path)
    with suppress(Stopped):
        late[0](len(CONTENT), b"more", None)
    assert Path(saved.path).read_bytes() == CONTENT
