"""Flag rules: read from a table such as a TOML file gives, with an eye for each mistake."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, cast, get_args

from freelancer_tui.domain.flags import FACTS, SEVERITIES, Fact, FactRule, Rule, Rules, Severity
from freelancer_tui.domain.phrases import BadPhrase, Book, Phrase
from freelancer_tui.i18n import LANGUAGES, _

MOST_PHRASES: Final = 400
"""In one rule."""
_KEYS: Final = frozenset({"id", "severity", "why", "phrases", "unless", "together"})
_LIMITS: Final[Mapping[Fact, tuple[str, ...]]] = {
    "unverified": (),
    "new_client": ("days", "reviews"),
    "repost": (),
    "budget_low": ("jobs", "times"),
    "budget_high": ("jobs", "times"),
}
Tree = Mapping[str, Any]


class BadRule(ValueError):
    """A rule cannot be read; `str()` names it and says what to change."""


def read(ours: Tree, theirs: Tree | None = None) -> Rules:
    """Build the rules that come with the program, with those that the user changed or added.

    A rule of theirs takes the place of ours with the same id; `off` names those to leave out.
    """
    theirs = theirs or {}
    off = _texts(theirs.get("off", []), "off")
    lists = {**_lists(ours), **_lists(theirs)}
    book = Book(lists)
    tables = {_id(row): row for tree in (ours, theirs) for row in _rows(tree)}
    facts = _merged(ours.get("facts", {}), theirs.get("facts", {}))
    for name in off:
        if name not in tables and name not in facts:
            known = ", ".join((*tables, *facts))
            raise BadRule(
                _("off: there is no rule {name}; known: {all}").format(name=name, all=known)
            )
    return Rules(
        book,
        tuple(_rule(book, name, row) for name, row in tables.items() if name not in off),
        tuple(_fact(name, row) for name, row in facts.items() if name not in off),
        _phrases(book, "about", [*ours.get("about", []), *theirs.get("about", [])]),
    )


def _lists(tree: Tree) -> dict[str, list[str]]:
    lists = tree.get("lists", {})
    if not isinstance(lists, dict):
        raise BadRule(_("lists must be a table"))
    return {name: _texts(value, f"lists.{name}") for name, value in lists.items()}


def _texts(value: object, where: str) -> list[str]:
    """Give a list of words; one text with blanks between them is one too."""
    if isinstance(value, str):
        return value.split()
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return value
    raise BadRule(_("{where} must be a list of texts").format(where=where))


def _rows(tree: Tree) -> list[Tree]:
    rows = tree.get("rule", [])
    if not isinstance(rows, list):
        raise BadRule(_("write each rule under a line [[rule]]"))
    return rows


def _id(row: Tree) -> str:
    name = row.get("id")
    if not isinstance(name, str) or not name:
        raise BadRule(_('a rule has no id; give it one, such as id = "no_calls"'))
    return name


def _rule(book: Book, name: str, row: Tree) -> Rule:
    if strange := sorted(set(row) - _KEYS):
        known = ", ".join(sorted(_KEYS))
        raise BadRule(
            _("rule {id}: there is no {key}; known: {all}").format(
                id=name, key=strange[0], all=known
            )
        )
    found = [
        _phrases(book, name, _all(row, key, name)) for key in ("phrases", "unless", "together")
    ]
    if not found[0]:
        raise BadRule(_("rule {id}: give it phrases that raise it").format(id=name))
    why = row.get("why", "")
    if not isinstance(why, str):
        raise BadRule(_("rule {id}: why must be a text").format(id=name))
    return Rule(name, _severity(name, row), why, found[0], found[1], found[2])


def _severity(name: str, row: Tree) -> Severity:
    value = row.get("severity", "warning")
    if value not in SEVERITIES:
        allowed = ", ".join(SEVERITIES)
        raise BadRule(_("rule {id}: severity must be one of {all}").format(id=name, all=allowed))
    return cast(Severity, value)


def _all(row: Tree, key: str, name: str) -> list[str]:
    """Give the phrases under a key: a list, or a table with a list for each language."""
    value = row.get(key, [])
    lists = value if isinstance(value, dict) else {"en": value}
    for code in lists:
        if code not in LANGUAGES:  # most likely a line that was meant for the rule itself
            raise BadRule(
                _("rule {id}: {key} is for the languages {all}; there is no {code}").format(
                    id=name, key=f"[rule.{key}]", all=", ".join(LANGUAGES), code=code
                )
            )
    phrases = [one for part in lists.values() for one in _listed(part, f"{name}.{key}")]
    if len(phrases) > MOST_PHRASES:
        raise BadRule(_("rule {id}: at most {count} phrases").format(id=name, count=MOST_PHRASES))
    return phrases


def _listed(value: object, where: str) -> Sequence[str]:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return value
    raise BadRule(_("{where} must be a list of texts").format(where=where))


def _phrases(book: Book, name: str, texts: Iterable[str]) -> tuple[Phrase, ...]:
    found = []
    for text in texts:
        try:
            found.append(book.phrase(text))
        except BadPhrase as error:
            raise BadRule(
                _('rule {id}: "{phrase}": "{part}" is no word, word*, {{list}} or gap').format(
                    id=name, phrase=text, part=error
                )
            ) from error
    return tuple(found)


def _merged(ours: Tree, theirs: Tree) -> dict[str, Tree]:
    if not isinstance(theirs, dict) or any(not isinstance(row, dict) for row in theirs.values()):
        raise BadRule(_("facts must be tables, such as [facts.new_client]"))
    return {name: {**ours.get(name, {}), **theirs.get(name, {})} for name in {**ours, **theirs}}


def _fact(name: str, row: Tree) -> FactRule:
    if name not in get_args(Fact):
        raise BadRule(
            _("facts: there is no rule {name}; known: {all}").format(
                name=name, all=", ".join(FACTS)
            )
        )
    fact = cast(Fact, name)
    limits = {key: row.get(key) for key in _LIMITS[fact]}
    for key, value in limits.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise BadRule(_("facts.{id}.{key} must be a whole number").format(id=name, key=key))
    return FactRule(fact, _severity(f"facts.{name}", row), cast("Mapping[str, int]", limits))
