"""File names: whatever a stranger calls a file, it stays where it is put, and shows as it is."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.file_names import MOST_BYTES, free_name, may_run, safe_name, sameness
from freelancer_tui.domain.text import clean
from tests.hostile import NAMES, faults

HOSTILE = (
    *NAMES,
    *(
        "",
        "...",
        "\t\n",
        "~",
        "//",
        "a/../../b",
        "....//....//x",
        "%2e%2e%2fx",
        "NUL .pdf",
        "com¹.log",
    ),
    *("a\x00.exe\x00.txt", "\u3164", "\u2800.txt", "\u00ad.txt", "\ud800.txt", "e\u200b\u0301.txt"),
    *("a\u0300" * 400, "x" * 256 + ".pdf", "报" * 90 + ".pdf", "." + "x" * 300, "x." + "y" * 300),
    *(
        "a" * 251 + ". . .pdf",
        "name.pdf. . .",
        "ＣＯＮ",
        "a\u034f\u180eb.pdf",
        "\u037e.txt",
        "\u1fef.txt",
    ),
)
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"
}
SNEAKY = st.text(st.sampled_from([*"aZ9./\\:. -~_\x00\x1b\n\u202e\u200b\u0301é报😀"]), max_size=40)
ANY = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=400), SNEAKY)


def check(safe: str) -> None:
    assert safe
    assert len(safe.encode()) <= MOST_BYTES
    assert safe == clean(safe)
    assert PurePosixPath(safe).name == PureWindowsPath(safe).name == safe
    assert safe.split(".")[0].strip().lower() not in DEVICES
    assert not re.search(r'[\x00-\x1f\x7f-\x9f/\\<>:"|?*]', safe)
    assert safe[0] not in " .-~"
    assert safe[-1] not in " ."
    assert not {unicodedata.category(one) for one in safe} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert safe_name(safe) == safe
    assert faults(safe) == []


@given(ANY)
def test_any_name_becomes_a_safe_one(name: str) -> None:
    check(safe_name(name))


def test_every_hostile_name_becomes_a_safe_one() -> None:
    for name in HOSTILE:
        check(safe_name(name))


@given(ANY, st.integers(0, 12))
def test_a_free_name_meets_no_other(name: str, count: int) -> None:
    taken: set[str] = set()
    for _ in range(count + 1):
        free = free_name(name, lambda one: sameness(one) in taken)
        check(free)
        assert sameness(free) not in taken
        taken.add(sameness(free))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("offer.pdf", "offer.pdf"),
        ("报价 单 (v2).pdf", "报价 单 (v2).pdf"),
        ("../../etc/passwd", "etc_passwd"),
        ("C:\\temp\\plan.pdf", "C__temp_plan.pdf"),
        (".hidden", "hidden"),
        ("...", "file"),
        ("CON.txt", "_CON.txt"),
        ("contract.pdf", "contract.pdf"),
        ("\u202egpj.exe", "gpj.exe"),
        ("photo.jpg          .exe", "photo.jpg.exe"),
        ("ends. . ", "ends"),
        ('q"u:o*t.e?', "q_u_o_t.e_"),
        ("e\u0301.txt", "é.txt"),
    ],
)
def test_usual_names_stay_and_odd_ones_are_told(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("name", ["x" * 300 + ".tar.gz", "报" * 90 + ".gz", "é" * 150 + ".gz"])
def test_a_long_name_keeps_its_ending(name: str) -> None:
    assert safe_name(name).endswith(".gz")
    assert 250 < len(safe_name(name).encode()) <= MOST_BYTES
    numbered = free_name(name, lambda one: "-2" not in one)
    assert numbered.endswith("-2.gz")


def test_names_that_a_desktop_may_run() -> None:
    for name in ("a.exe", "a.pdf.EXE", "x\u202efdp.scr", "run.sh", "menu.desktop", "macro.xlsm"):
        assert may_run(name), name
    for name in ("a.pdf", "exe", "photo.jpg", "sheet.xlsx", "notes.txt", "file.tar.gz", ".sh"):
        assert not may_run(name), name
