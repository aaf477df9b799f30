"""Parsing: any text is a query; what cannot be read is told and the rest still counts."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, cast

from freelancer_tui.domain.search import keys, spans
from freelancer_tui.domain.search.query import (
    Choice,
    ChoiceKey,
    Group,
    Mistake,
    Named,
    NameKey,
    Phrase,
    Query,
    Sort,
    SortBy,
    SpanKey,
    Term,
    Word,
)

MOST_LETTERS: Final = 500
MOST_GROUPS: Final = 16
"""Parts of a query that count; each costs a look at every candidate."""
MOST_CHOICES: Final = 16
"""Parts side by side with `or`."""
OR_WORDS: Final = ("or", "atau")
_TOKEN: Final = re.compile(
    r'(?P<minus>-*)(?:(?P<key>[a-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]*))'
)
_WORD: Final = re.compile(r"\w+")
_SIGNS: Final = (">", "<", ">=", "<=")
_QUOTES: Final = str.maketrans("“”„«»", '"' * 5)


@dataclass(frozen=True, slots=True)
class Token:
    """What stands between two blanks, or within quotes."""

    text: str
    key: str = ""
    is_not: bool = False
    is_quoted: bool = False
    is_last: bool = False
    """True when no blank follows: it may be unfinished."""
    whole: str = ""
    """As it was typed."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What a token asks for: groups, or an order; or why it cannot be read."""

    groups: tuple[Group, ...] = ()
    sort: Sort | None = None
    mistake: Mistake | None = None


def parse(text: str) -> Query:
    """Read a query. Parts side by side must all be so; `or` binds its two neighbours tighter.

    A last word of one letter is left out while it is being typed: it would match nearly
    everything.
    """
    groups: list[Group] = []
    mistakes: list[Mistake] = []
    sort, joins = Sort(), False
    for token, before_or in _with_or(_joined(list(tokens(text)))):
        read = _read(token, is_one=joins or before_or)
        if joins and read.groups and groups:
            groups[-1] += read.groups[0]
            groups += read.groups[1:]
        else:
            groups += read.groups
        mistakes += [read.mistake] if read.mistake else []
        sort = read.sort or sort
        joins = before_or and (joins or bool(read.groups))
    if len(groups) > MOST_GROUPS:
        mistakes.append(Mistake("many", str(MOST_GROUPS)))
    kept = tuple(group[:MOST_CHOICES] for group in groups[:MOST_GROUPS])
    return Query(kept, sort, tuple(mistakes))


def tokens(text: str) -> Iterator[Token]:
    """Cut a text into tokens."""
    text = unicodedata.normalize("NFC", text[:MOST_LETTERS].lower()).translate(_QUOTES)
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        found = _TOKEN.match(text, place)
        if found is None or found.end() == place:
            place += 1
            continue
        place = found.end()
        quoted = found["quoted"]
        yield Token(
            text=found["bare"] or "" if quoted is None else quoted,
            key=found["key"] or "",
            is_not=bool(found["minus"]),
            is_quoted=quoted is not None,
            is_last=place == len(text),
            whole=found[0],
        )


def _joined(found: list[Token]) -> Iterator[Token]:
    """Join a key, and a sign of comparison, with what follows after a blank."""
    place = 0
    while place < len(found):
        token, after = found[place], found[place + 1 : place + 3]
        place += 1
        if token.key and token.text == "" and len(after) == 2 and after[0].whole in _SIGNS:
            joined = replace(after[1], text=after[0].text + after[1].text)
            if _fits(token, joined):
                yield replace(joined, key=token.key, is_not=token.is_not)
                place += 2
                continue
        if token.key and token.text in ("", *_SIGNS) and after and _fits(token, after[0]):
            joined = replace(after[0], text=token.text + after[0].text)
            token, place = replace(joined, key=token.key, is_not=token.is_not), place + 1
        yield token


def _fits(token: Token, after: Token) -> bool:
    key = keys.key_of(token.key)
    if key is None or after.key or after.is_not or token.is_quoted or _is_or(after):
        return False
    if key in ("skill", "country", "lang"):
        return bool(_WORD.search(after.text))
    if key in ("budget", "bids", "posted"):
        return spans.span(key, token.text + after.text) is not None
    return keys.value_of(key, after.text) is not None


def _with_or(found: Iterator[Token]) -> Iterator[tuple[Token, bool]]:
    """Give each token that is not `or`, and whether an `or` follows it."""
    kept: Token | None = None
    for token in found:
        if _is_or(token):
            if kept:
                yield kept, True
            kept = None
            continue
        if kept:
            yield kept, False
        kept = token
    if kept:
        yield kept, False


def _is_or(token: Token) -> bool:
    return not (token.key or token.is_quoted or token.is_not) and token.text in (*OR_WORDS, "|")


def _read(token: Token, *, is_one: bool) -> _Read:
    if not token.key:
        return _words(token, is_one=is_one)
    match keys.key_of(token.key):
        case None:
            return _no_key(token, is_one=is_one)
        case "skill" | "country" | "lang" as key:
            return _named(token, key)
        case "budget" | "bids" | "posted" as key:
            return _span(token, key)
        case "sort":
            return _sort(token)
        case "type" | "client" | "is" as key:
            return _choice(token, key)


def _words(token: Token, *, is_one: bool) -> _Read:
    words = tuple(_WORD.findall(token.text))
    if not words:
        return _Read()
    if len(words) > 1 and (token.is_quoted or token.is_not or is_one):
        return _Read(((Term(Phrase(words), token.is_not),),))
    is_typed = token.is_last and not (token.is_quoted or token.is_not)
    is_begun = is_typed and token.text.endswith(words[-1]) and words[-1] not in OR_WORDS
    if is_begun and len(words[-1]) == 1 and words[-1].isascii():
        words, is_begun = words[:-1], False
    found = [Word(word, is_begun and place == len(words) - 1) for place, word in enumerate(words)]
    return _Read(tuple((Term(word, token.is_not),) for word in found))


def _no_key(token: Token, *, is_one: bool) -> _Read:
    nearest = keys.nearest_key(token.key)
    if nearest:
        return _Read(mistake=Mistake("key", token.key, nearest=nearest))
    read = _words(replace(token, text=f"{token.key} {token.text}"), is_one=is_one)
    return replace(read, mistake=Mistake("words", token.key))


def _named(token: Token, key: NameKey) -> _Read:
    parts = [token.text] if token.is_quoted else token.text.split(",")
    parts = [plain_name(part) for part in parts]
    named = [part for part in parts if _WORD.search(part)]
    begun = token.is_last and not token.is_quoted
    terms = [
        Term(Named(key, name, begun and place == len(parts) - 1), token.is_not)
        for place, name in enumerate(named)
    ]
    return _Read(_grouped(terms))


def plain_name(text: str) -> str:
    """Give a name without capitals, hyphens and needless blanks."""
    return " ".join(re.sub(r'[-_,"]', " ", text.lower()).split())


def _span(token: Token, key: SpanKey) -> _Read:
    text = "".join(token.text.split())
    found = spans.span(key, text)
    if found is not None:
        return _Read(((Term(found, token.is_not),),))
    if not text or (token.is_last and spans.is_begun(text)):
        return _Read()  # still being typed
    return _Read(mistake=Mistake("value", token.text, token.key))


def _choice(token: Token, key: ChoiceKey) -> _Read:
    terms, mistake = [], None
    for text in token.text.split(","):
        if (value := keys.value_of(key, text)) is not None:
            terms.append(Term(Choice(key, value), token.is_not))
        elif text and not (token.is_last and keys.is_beginning(key, text)):
            mistake = _no_value(token, key, text)
    return _Read(_grouped(terms), mistake=mistake)


def _grouped(terms: list[Term]) -> tuple[Group, ...]:
    """Any of several things may be so; but of those that must not be so, none."""
    if terms and terms[0].is_not:
        return tuple((term,) for term in terms)
    return (tuple(terms),) if terms else ()


def _sort(token: Token) -> _Read:
    text = token.text.lstrip("-")
    value = keys.value_of("sort", text)
    if value is None:
        is_typed = not text or (token.is_last and keys.is_beginning("sort", text))
        return _Read() if is_typed else _Read(mistake=_no_value(token, "sort", text))
    is_reversed = token.text.startswith("-") != token.is_not
    if value == "oldest":
        return _Read(sort=Sort("newest", not is_reversed))
    return _Read(sort=Sort(cast(SortBy, value), is_reversed))


def _no_value(token: Token, key: str, text: str) -> Mistake:
    nearest = keys.nearest_value(key, text)
    return Mistake("value", text, token.key, f"{token.key}:{nearest}" if nearest else "")
