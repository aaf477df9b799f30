"""Contacts: ways to reach somebody outside the marketplace, found in a text."""

import re
from typing import Final

_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.\w{2,}")
"""As the marketplace finds it: a bid with one is refused (wire reference, section 3)."""
_HIDDEN: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?[(\[{] ?(?:at|@) ?[)\]}] ?"
    r"[\w-]{1,64} ?(?:[(\[{] ?(?:dot|\.) ?[)\]}]|\.) ?\w{2,}",
    re.I,
)
_PHONE: Final = re.compile(r"(?<![\w.,])(?:\+|00|\(?0)[1-9][\d ()-]{7,}\d")
_MESSENGER: Final = re.compile(
    r"\b(?:wa\.me|t\.me|skype:|chat\.whatsapp\.com)|"
    r"\b(?:whats ?app|wa|telegram|skype|signal|line id|wechat)\b[^\n]{0,20}(?:@\w|\+?\d{6,})",
    re.I,
)


def email_in(text: str) -> str:
    """Give the first e-mail address in a text; empty where there is none."""
    found = _EMAIL.search(text)
    return found[0] if found else ""


def reach_in(text: str) -> str:
    """Give the first thing that looks like another way to reach somebody; empty without one."""
    for pattern in (_HIDDEN, _MESSENGER, _PHONE):
        if found := pattern.search(text):
            return found[0].strip()
    return ""
