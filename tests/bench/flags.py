"""Flags: how often the rules are right, on texts they were tuned by and on others; their cost."""

from collections.abc import Callable
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from random import Random

from freelancer_tui.domain import flags
from freelancer_tui.domain.flags import Rules
from freelancer_tui.sandbox.seed import world
from freelancer_tui.sandbox.seed.briefs import told_in
from freelancer_tui.settings.judging import read_rules
from tests.bench.table import Row, at_most, milliseconds
from tests.domain.labelled import Figures, figures, labelled

JOBS = 4000
NOW = 1_700_000_000
MEGABYTE = 1_000_000


def run() -> list[Row]:
    """Compare with the labels, count false alarms in the sandbox, and time hostile texts."""
    rules = read_rules(Path("nowhere"))
    texts = labelled()
    rows = _figures("tuned on", figures([one for one in texts if not one.is_held_back], rules))
    rows += _figures("held back", figures([one for one in texts if one.is_held_back], rules))
    return [*rows, *_sandbox(rules), *_hostile(rules)]


def _figures(what: str, found: Figures) -> list[Row]:
    names = sorted({*found.right, *found.wrong, *found.missed})
    rows = [Row(f"{what}: precision", found.precision() * 100, "%")]
    rows.append(Row(f"{what}: recall", found.recall() * 100, "%"))
    for name in names:
        of = f"{found.right[name]} right, {found.wrong[name]} wrong, {found.missed[name]} missed"
        rows.append(Row(f"  {name} precision ({of})", found.precision(name) * 100, "%"))
        rows.append(Row(f"  {name} recall", found.recall(name) * 100, "%"))
    return rows


def _sandbox(rules: Rules) -> list[Row]:
    """Count flags on the sandbox's own jobs: its scams, and all others, which are fair."""
    scams = fair = hits = alarms = 0
    for job in world(1, JOBS, NOW).projects:
        raised = any(flags.of_words(job.title, job.description, rules))
        brief = told_in(job.description)
        if brief and brief.shelf == "scams":
            scams, hits = scams + 1, hits + raised
        else:
            fair, alarms = fair + 1, alarms + raised
    return [
        Row(f"sandbox's scams that are flagged, of {scams}", hits, ""),
        Row(f"sandbox's fair jobs that are flagged, of {fair}", alarms, ""),
    ]


def _hostile(rules: Rules) -> list[Row]:
    """Time a megabyte of each text that would hurt a careless matcher."""
    rows = []
    for what, make in _TEXTS.items():
        read = partial(_read, make(), rules)
        spent = min(milliseconds(read) for _ in range(3))
        rows.append(at_most(f"1 MB of {what}", spent, 50, "ms"))
    return rows


def _read(text: str, rules: Rules) -> int:
    return sum(1 for _flag in flags.of_words(text, text, rules))


def _words() -> str:
    words = (
        "contact me on whatsapp pay you directly first send a free sample of your account".split()
    )
    return " ".join(islice(cycle(words), MEGABYTE // 6))[:MEGABYTE]


def _dice() -> str:
    random = Random(1)
    return "".join(random.choice("aw @.+0123 (me)\n") for _ in range(MEGABYTE))


_TEXTS: dict[str, Callable[[], str]] = {
    "one letter": lambda: "a" * MEGABYTE,
    "letters apart": lambda: "a " * (MEGABYTE // 2),
    "dots and letters": lambda: "a." * (MEGABYTE // 2),
    "digits and blanks": lambda: "0 1-" * (MEGABYTE // 4),
    "at signs": lambda: "a@b." * (MEGABYTE // 4),
    "one word of a rule": lambda: "contact " * (MEGABYTE // 8),
    "all words of rules": _words,
    "thrown signs": _dice,
    "lines": lambda: "pay\n" * (MEGABYTE // 4),
}
