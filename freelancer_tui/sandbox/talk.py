"""Talk: what simulated clients say, in their language, without repeating themselves."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, Final, Literal

from freelancer_tui.sandbox.seed.briefs import told_in
from freelancer_tui.sandbox.seed.grammar import Filling, Template, parse
from freelancer_tui.sandbox.seed.places import WHOLE, read

Topic = Literal[
    "price", "deadline", "portfolio", "greeting", "thanks", "delivery", "question", "file", "other"
]
TRIES: Final = 12
_TOPICS: Final[tuple[tuple[Topic, str], ...]] = (
    (
        "delivery",
        r"\b(selesai|sudah jadi|sudah saya kirim|hasilnya|terlampir|finished|deliver(ed|y|ing)?"
        r"|done|attached|ready (for|to)|complete[d]?)\b",
    ),
    (
        "price",
        r"\b(harga|biaya|tarif|anggaran|budget|price|cost|rate|fee|nego|diskon|discount|murah|rp"
        r"|usd|bayar|pembayaran|payment)\b",
    ),
    (
        "deadline",
        r"\b(tenggat|kapan|deadline|when|hari|minggu|days?|weeks?|jadwal|schedule|timeline|lama)\b",
    ),
    (
        "portfolio",
        r"\b(portofolio|portfolio|contoh|sample|example|karya|repo|github|website saya)\b",
    ),
    ("thanks", r"\b(terima ?kasih|makasih|thanks?|thank you|suwun|nuhun)\b"),
    (
        "greeting",
        r"^\W*(halo|hai|hi|hello|hey|selamat|assalamu\w*|salam|good (morning|day|evening))\b",
    ),
)
_PATTERNS: Final = tuple((topic, re.compile(text, re.IGNORECASE)) for topic, text in _TOPICS)


def topic_of(text: str) -> Topic:
    """Give what a freelancer's message seems to be about."""
    if not text.strip():
        return "file"
    found: list[Topic] = [topic for topic, pattern in _PATTERNS if pattern.search(text)]
    if "delivery" in found and "?" not in text:
        return "delivery"
    asked: list[Topic] = [topic for topic in found if topic in ("price", "deadline", "portfolio")]
    if asked:
        return asked[0]
    if "?" in text:
        return "question"
    return next((topic for topic in found if topic != "delivery"), "other")


class Voice:
    """One client's way of talking to one freelancer about one job."""

    def __init__(self, language: str, random: Random, words: dict[str, str]) -> None:
        self.words = words
        """What the slots are filled with; an amount may be added before it is said."""
        self._random = random
        self._texts = _texts("id" if language == "id" else "en")

    def say(self, what: str, said: Iterable[str] = ()) -> str:
        """Give a text of this kind that is not among what was said before, if there is one."""
        return self._pick(self._texts[what], "", tuple(said))

    def answer(self, topic: Topic, said: Iterable[str] = ()) -> str:
        """Give an answer to a message about this."""
        return self.say(f"answer.{topic}", said)

    def ask(self, description: str) -> str:
        """Give a question about the job: one of its own where the job has some."""
        brief = told_in(description)
        if brief is None or not brief.asks:
            return self.say("ask")
        greet = brief.language in ("id", "en") and brief.shelf != "scams"
        hello = self.say("hello") if greet else ""
        return self._pick(brief.asks, hello, ())

    def _pick(self, options: tuple[Template, ...], before: str, said: tuple[str, ...]) -> str:
        text = ""
        for _ in range(TRIES):
            filling = Filling(self._random, {}, dict(self.words))
            text = before + filling.fill(self._random.choice(options))
            if text not in said:
                return text
        return next((one for one in self._all(options) if one != said[0]), text)

    def _all(self, options: tuple[Template, ...]) -> Iterable[str]:
        return (Filling(self._random, {}, dict(self.words)).fill(option) for option in options)


def money(hundredths: int, currency: str) -> str:
    """Give an amount as clients write it: `Rp 1.200.000`, `USD 250`."""
    amount = Decimal(hundredths).scaleb(-2)
    if currency == "IDR":
        return f"Rp {int(amount):,}".replace(",", ".")
    whole = currency in WHOLE or amount == amount.to_integral_value()
    return f"{currency} {int(amount):,}" if whole else f"{currency} {amount:,.2f}"


@cache
def _texts(language: str) -> dict[str, tuple[Template, ...]]:
    rows: dict[str, Any] = read(f"clients_{language}.toml")
    answers = {f"answer.{topic}": texts for topic, texts in rows.pop("answer").items()}
    return {what: tuple(map(parse, texts)) for what, texts in (rows | answers).items()}
