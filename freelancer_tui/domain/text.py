"""Text: what strangers wrote, made safe to store and to draw."""

import re
from typing import Final

BODY_LIMIT: Final = 200_000
"""Characters kept of a long text: ten times the longest brief ever seen."""
LINE_LIMIT: Final = 500
"""Characters kept of a one-line text such as a title or a name."""

_ESCAPES: Final = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor moves
    "|(?:\x1b[\\]PX^_]|[\x9d\x90\x98\x9e\x9f])"  # OSC, DCS and their kin, with what they
    "(?:[^\x07\x1b\x9c\n]{0,500}(?:\x07|\x1b\\\\|\x9c))?"  # carry, if they end at all
    "|\x1b[ -/]*[0-~]?"  # every shorter escape
)
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls but tab and newline
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # bidi, invisible
    "\U000e0000-\U000e0fff]"  # tag characters
)
_SUSPECT: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Whatever any of the other patterns can begin with."""
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_BREAKS: Final = re.compile("\r\n?|[\u2028\u2029\x85]")


def clean(text: str | None, limit: int = BODY_LIMIT) -> str:
    """Give a text without controls, escape sequences and direction tricks; lines are kept.

    Everything from the network passes here before it is stored, so no screen, file or
    terminal needs to defend itself again. Cleaning twice changes nothing.
    """
    if not text:
        return ""
    text = text[: limit * 2]
    if _SUSPECT.search(text):  # nearly no text needs the thorough way, three times as slow
        text = _ESCAPES.sub("", _BREAKS.sub("\n", text))
        text = _SURROGATES.sub("\ufffd", _UNSAFE.sub("", text))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def one_line(text: str | None, limit: int = LINE_LIMIT) -> str:
    """Give a cleaned text on one line, its white space folded."""
    return clean(" ".join(clean(text, limit * 4).split()), limit)
