"""Hints: in the app they tell the keys of the real screens, in the user's own keymap."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from textual.binding import Binding

from freelancer_tui import i18n, tui
from freelancer_tui.tui.hints import STEPS, WAYS, by_keys
from freelancer_tui.tui.keys import GLOBAL_KEYS
from tests.tui.billing_scenes import books
from tests.tui.desk import at

HOME = Path(tui.__file__).parent.parent
FLOORS = ("services/**/*.py", "store/**/*.py", "workspace/*.py", "settings/*.py", "*.py")
ONLY_IN_A_SHELL = {"account add", "account list", "account token", "backup", "doctor"}
NO_COMMAND = {"press"}
"""Words that follow the program's name where it is told which key to press in it."""


def commands() -> set[str]:
    """Give every command that a hint below the screens names."""
    texts = [path.read_text() for floor in FLOORS for path in HOME.glob(floor)]
    found = re.findall(r"freelancer-tui ([a-z]+(?: [a-z]+)?)(?=[ \"`.,)])", "\n".join(texts))
    return {one for one in found if one.partition(" ")[0] not in NO_COMMAND}


def bindings() -> Iterator[tuple[str, Binding]]:
    """Give every binding that has an id, with the name of the section that it belongs to."""
    for one in GLOBAL_KEYS:
        assert isinstance(one, Binding)
        yield "", one
    for module in walk_packages(tui.__path__, f"{tui.__name__}."):
        for kind in vars(import_module(module.name)).values():
            if isinstance(kind, type):
                for one in vars(kind).get("BINDINGS", ()):
                    if isinstance(one, Binding) and one.id:
                        yield getattr(kind, "NAME", ""), one


def test_every_command_that_a_hint_names_has_keys_or_none_on_purpose() -> None:
    assert commands() == set(WAYS) | ONLY_IN_A_SHELL
    assert {step for way in WAYS.values() for step in way} == set(STEPS)


def test_every_step_is_a_binding_of_its_section() -> None:
    found = {(one.id, name): one for name, one in bindings()}
    for step, (key, label) in STEPS.items():
        section = step.partition(".")[0]
        name = "" if section in ("app", "go", "list") else section
        binding = found[step, name]
        assert (binding.key.partition(",")[0], binding.description) == (key, label)


def shown(step: str, key: str) -> str:
    return {"invoice.issue": "f9"}.get(step, key)


@pytest.mark.parametrize(
    ("hint", "here", "told"),
    [
        ("See: freelancer-tui proposals list", "jobs", "See: Proposals (2)"),
        ("See: freelancer-tui proposals list", "proposals", "See: Proposals (2)"),
        ("See: freelancer-tui proposals show 0199", "proposals", "See: Open (enter)"),
        ("Issue (freelancer-tui invoices issue INV.7-a).", "invoice", "Issue (Issue (f9))."),
        (
            "Issue: freelancer-tui invoices issue 0199",
            "jobs",
            "Issue: Invoices (4) › Next view (right_square_bracket) › Open (enter) › Issue (f9)",
        ),
        ("See: freelancer-tui invoices list --state draft", "invoices",
         "See: Next view (right_square_bracket)"),
        ("With: freelancer-tui jobs search, or sync.", "jobs", "With: Search (slash), or sync."),
        ("freelancer-tui outbox list. Then go.", "log", "Outbox (5). Then go."),
        ("See: freelancer-tui doctor. Go.", "jobs", "See: freelancer-tui doctor. Go."),
        ("", "jobs", ""),
    ],
)  # fmt: skip
def test_a_command_becomes_the_keys_from_here(hint: str, here: str, told: str) -> None:
    assert by_keys(hint, here, shown) == told


def test_it_is_found_in_each_sentence_of_each_language() -> None:
    catalog = (HOME / "locale/id/LC_MESSAGES/freelancer_tui.po").read_text()
    hints = re.findall(r'msg(?:id|str) "(.*freelancer-tui (?:\w+ )*\w.*)"', catalog)
    told = [by_keys(hint, "log", shown) for hint in hints]
    left = "|".join(WAYS)
    assert len(hints) > 100
    assert not [one for one in told if re.search(rf"freelancer-tui ({left})\b", one)]
    i18n.use("id")
    assert by_keys("Lihat: freelancer-tui sync", "jobs", shown) == "Lihat: Sinkron (r)"


async def test_who_pays_a_document_that_became_void_is_told_their_own_key(tmp_path: Path) -> None:
    async with at(tmp_path, "invoice", books, (80, 24)) as user:
        user.host.set_keymap({"invoice.duplicate": "f4,d"})
        one = next(one for one in user.desk.invoices.list() if one.state == "issued")
        await user.host.section.open(one.id)
        await user.settle()
        await user.press("p")
        user.desk.invoices.void(one.id, "Sent twice")  # in another window
        await user.press("ctrl+s")
        assert user.sees(f"{one.number} is void. Make a new one of it: Duplicate (f4)")
        assert not user.sees("freelancer-tui")
        await user.press("f4")
        assert user.told() == "A new draft with the same client and lines."
