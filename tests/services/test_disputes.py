"""Dispute packs: a folder that holds all of a case, can be checked, and appears whole or not."""

import errno
import hashlib
import io
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from freelancer_tui.documents import printing
from freelancer_tui.documents.disputes.record import KEYS
from freelancer_tui.documents.files import NotWritten
from freelancer_tui.domain.attachments import Attachment, Download
from freelancer_tui.domain.disputes import Packed
from freelancer_tui.domain.text import clean
from freelancer_tui.errors import NotFound, Stopped
from freelancer_tui.store.work import downloads, outbox
from freelancer_tui.workspace import Workspace
from tests.hostile import NAMES, TEXTS, UNSAFE, faults, tree
from tests.services.desk import (
    CLIENT,
    ME,
    NOON,
    a_bid,
    a_message,
    a_milestone,
    a_request,
    a_thread,
    lay,
    usd,
)
from tests.sync.values import an_entry

WORDS = ("Can you start?", "Yes, on Monday.", "Here is the logo.", "It is not what we agreed.")


def the_case(workspace: Workspace, folder: Path) -> None:
    """Lay a quarrel: two bids, four messages with files, money, and a reply that was refused."""
    kept = folder / "logo.png"
    kept.write_bytes(b"logo")
    digest = hashlib.sha256(b"logo").hexdigest()
    files = (Attachment("logo.png", 4, "image/png"), Attachment("brief.pdf", 9, "application/pdf"))
    late = [NOON + timedelta(hours=hour) for hour in range(4)]
    lay(
        workspace,
        replace(CLIENT, timezone="Australia/Sydney"),
        a_bid(awarded_at=late[1], accepted_at=late[2], amount=usd("420"), text="The newer words."),
        a_milestone(created_at=late[2]),
        a_milestone(created_at=late[2], status="cleared"),
        a_request(requested_at=late[3]),
        a_message(900, text=WORDS[0], sent_at=late[0]),
        a_message(901, text=WORDS[1], sent_at=late[1], from_id=ME.remote_id),
        a_message(902, text=WORDS[2], sent_at=late[2], attachments=files),
        a_message(903, text=WORDS[3], sent_at=late[3]),
    )
    workspace.invoices.from_project(100)
    with workspace.work.transaction() as session:
        downloads.put(session, Download(902, "logo.png", str(kept), 4, digest, late[2]))
        outbox.add(session, an_entry("e1", "project:100", state="sent", remote_id=500))
        outbox.add(session, an_entry("e2", "thread:40", state="refused", reason="Too late"))


def packed(workspace: Workspace, parent: Path, **more: Any) -> tuple[Path, Packed]:
    disputes = workspace.disputes
    made = disputes.pack(disputes.cases.of_thread(40), parent, **more)
    return Path(made.folder), made


def paths(value: Any, at: str = "") -> Iterator[str]:
    """Give the keys of a JSON value as the README names them."""
    if isinstance(value, list):
        for one in value:
            yield from paths(one, f"{at}[]")
    elif isinstance(value, dict) and set(value) != {"amount", "currency"}:
        for key, inside in value.items():
            yield from paths(inside, f"{at}.{key}" if at else key)
    else:
        yield at


def pdf_text(folder: Path, most: int = 10) -> str:
    pages = PdfReader(io.BytesIO((folder / "dispute.pdf").read_bytes())).pages[:most]
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_a_stranger_can_read_and_check_it(workspace: Workspace, tmp_path: Path) -> None:
    the_case(workspace, tmp_path)
    folder, made = packed(workspace, tmp_path / "out", spoken="both")
    assert folder.name == "dispute-2026-11-24-100-shop-backend-in-python"
    assert set(made.files) == {
        "README.txt", "SHA256SUMS", "dispute.json", "dispute.pdf", "dispute.txt",
        "files/902-logo.png",
    }  # fmt: skip
    assert (made.messages, made.lacking, made.trouble) == (4, 1, "")
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert set(sums) == set(made.files) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest

    document = json.loads((folder / "dispute.json").read_text())
    unused = {one for one in KEYS if one.startswith("invoices[].payments")}
    assert set(paths(document)) == set(KEYS) - unused
    assert [one["text"] for one in document["messages"]] == [*WORDS, "ok"]
    assert [one["state"] for one in document["messages"]][-2:] == ["sent", "refused"]
    logo, brief = document["messages"][2]["files"]
    assert (logo["path"], logo["state"]) == ("files/902-logo.png", "included")
    assert logo["sha256"] == sums["files/902-logo.png"]
    assert (brief["path"], brief["state"]) == (None, "not_downloaded")
    first, second = document["bid"]["versions"]
    assert (first["amount"]["amount"], first["is_standing"]) == ("250.00", False)
    assert (second["amount"]["amount"], second["text"]) == ("420.00", "The newer words.")
    assert [one["state"] for one in document["events"] if one["kind"] == "money_moved"] == [
        "released"
    ]
    happened = [(one["kind"], (one["amount"] or {}).get("amount")) for one in document["events"]]
    assert happened[-4:] == [
        ("awarded", None), ("accepted", None), ("milestone", "200.00"), ("requested", "300.00"),
    ]  # fmt: skip
    text = (folder / "dispute.txt").read_text()
    assert "24 November 2026, 20:00:00 (UTC+8) · client 24 November 2026, 23:00:00 (UTC+11)" in text
    readme = (folder / "README.txt").read_text()
    assert "sha256sum -c SHA256SUMS" in readme
    assert "Kunci dalam dispute.json" in readme
    assert all(f"    {key}: " in readme for key in KEYS)


def test_the_pdf_is_tagged_and_tells_it_in_order(workspace: Workspace, tmp_path: Path) -> None:
    the_case(workspace, tmp_path)
    folder, _made = packed(workspace, tmp_path, spoken="en")
    content = (folder / "dispute.pdf").read_bytes()
    catalog = PdfReader(io.BytesIO(content)).root_object
    assert catalog["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in catalog
    assert b"pdfaid:part>3<" in content
    assert b"pdfuaid:part>1<" in content
    text = pdf_text(folder)
    wanted = (
        "We sell coffee and need an API.", "USD 250.00 in 7 days", "USD 420.00 in 7 days",
        "Milestone set aside · USD 200.00 · now paid out", "First half", *WORDS, "ok", "logo.png",
        hashlib.sha256(b"logo").hexdigest(), "not downloaded",
    )  # fmt: skip
    place = text.index("The brief")
    for one in wanted:
        place = text.index(one, place) + len(one)


def test_hostile_words_and_names_do_no_harm(workspace: Workspace, tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    source = room / "source"
    source.write_bytes(b"x")
    names = [clean(name) for name in NAMES]
    said = [a_message(1000 + place, text=clean(text[:150])) for place, text in enumerate(TEXTS)]
    with_files = [
        a_message(2000 + place, text="file", attachments=(Attachment(name, 1),))
        for place, name in enumerate(names)
    ]
    twice = a_message(
        3000, attachments=tuple(Attachment(name, 1) for name in ("a", "A", "a.", "a"))
    )
    lay(workspace, replace(CLIENT, display_name=clean("\x1b[1mEve")), *said, *with_files, twice)
    with workspace.work.transaction() as session:
        for one in (*with_files, twice):
            for file in one.attachments:
                downloads.put(session, Download(one.remote_id, file.name, str(source), 1, "", NOON))
    before = tree(room)
    folder, made = packed(workspace, room / "out", spoken="en")
    after = tree(room)
    assert {name: after[name] for name in before} == before
    assert {name.split("/")[0] for name in set(after) - set(before)} == {"out"}
    assert [one.name for one in (room / "out").iterdir()] == [folder.name]
    exhibits = list((folder / "files").iterdir())
    assert len(exhibits) == len(NAMES) + 4
    assert [(one.name, faults(one.name)) for one in exhibits if faults(one.name)] == []
    assert all(one.read_bytes() == b"x" for one in exhibits)
    for name in ("dispute.txt", "README.txt", "SHA256SUMS", "dispute.json"):
        assert not UNSAFE.search((folder / name).read_text()), name
    assert made.trouble == ""
    text = pdf_text(folder, 4)  # what was said; to read them all takes seconds
    assert not UNSAFE.search(text)
    assert "[red]markup[/] [@click=app.quit]x[/] $primary {name} %s" in text
    assert '#eval("1") #read("/etc/passwd")' in text


def test_a_file_that_changed_or_is_gone_is_told(workspace: Workspace, tmp_path: Path) -> None:
    the_case(workspace, tmp_path)
    (tmp_path / "logo.png").write_bytes(b"other")
    folder, made = packed(workspace, tmp_path)
    assert made.lacking == 1
    assert "changed since it was saved" in (folder / "dispute.txt").read_text()
    (tmp_path / "logo.png").unlink()
    os.mkfifo(tmp_path / "logo.png") if hasattr(os, "mkfifo") else None
    again, made = packed(workspace, tmp_path)
    assert again.name == f"{folder.name}-2"
    assert made.lacking == 2
    assert "no longer there" in (again / "dispute.txt").read_text()


def test_without_typst_the_rest_comes_and_says_so(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_arguments: object) -> tuple[int, bytes, bytes]:
        return 3, b"", "\0".join(("missing", "No module named 'typst'", "")).encode()

    monkeypatch.setattr(printing, "_run", none)
    folder, made = packed(workspace, tmp_path)
    assert "dispute.pdf" not in made.files
    assert "typst" in made.trouble
    assert made.trouble in (folder / "README.txt").read_text()
    assert "dispute.pdf" not in (folder / "SHA256SUMS").read_text()


def test_nothing_is_left_of_one_that_failed_or_was_stopped(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    the_case(workspace, tmp_path)
    steps: list[str] = []
    with pytest.raises(Stopped):
        packed(workspace, tmp_path / "a", tell=steps.append, stop=lambda: "printing" in steps)
    assert steps == ["reading", "writing", "printing"]
    assert not (tmp_path / "a").exists()

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(NotWritten, match="No space left") as caught:
            packed(workspace, tmp_path / "b")
        assert "room on the disk" in caught.value.hint
    assert not (tmp_path / "b").exists()
    (tmp_path / "c").write_text("mine")
    with pytest.raises(NotWritten):
        packed(workspace, tmp_path / "c")
    assert (tmp_path / "c").read_text() == "mine"


def test_a_job_without_thread_and_a_thread_without_job(
    workspace: Workspace, tmp_path: Path
) -> None:
    lay(workspace, a_thread(41, project_remote_id=None))
    disputes = workspace.disputes
    assert disputes.cases.of_thread(41).thread_remote_ids == (41,)
    made = disputes.pack(disputes.cases.of_thread(41), tmp_path, stop=lambda: False)
    assert made.folder.endswith("dispute-2026-11-24-41-acme-ltd")
    with pytest.raises(NotFound):
        disputes.cases.of_thread(99)
    with pytest.raises(NotFound):
        disputes.cases.of_project(99)
