"""The export and the shell: hostile words and names come out as words, and nothing moves."""

from dataclasses import replace
from pathlib import Path

from freelancer_tui.domain.text import clean, one_line
from freelancer_tui.workspace import Workspace
from tests.hostile import NAMES, TEXTS, UNSAFE, faults, tree
from tests.services.desk import CLIENT, ME, a_message, a_project, lay


def test_all_of_it_is_exported_as_words(workspace: Workspace, tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    (room / "mine.txt").write_text("mine")
    texts = [clean(text[:3_000]) for text in TEXTS]
    said = (a_message(1000 + n, from_id=ME.remote_id, text=one) for n, one in enumerate(texts))
    evil = replace(CLIENT, display_name=clean("\x1b]0;x\x07Eve\u202e"))
    lay(workspace, evil, a_project(101, title=clean("../\x1b[2J\u202etitle")), *said)
    workspace.messages.keep_draft(40, "\n".join(TEXTS[:30]))
    for name in filter(one_line, NAMES):  # a template needs a name
        made = workspace.templates.begin("template", name)
        workspace.templates.save(replace(made, english=TEXTS[0], indonesian=name))
    before = tree(room)
    files = workspace.exports.write(room / "out")
    after = tree(room)
    assert {name: after[name] for name in before} == before
    assert {name.split("/")[0] for name in set(after) - set(before)} == {"out"}
    names = [part for one in files for part in one.relative_to(room / "out").parts]
    assert [(name, faults(name)) for name in names if faults(name)] == []
    assert [one.name for one in files if UNSAFE.search(one.read_text("utf-8"))] == []
