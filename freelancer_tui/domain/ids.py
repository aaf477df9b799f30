"""Identifiers: our own ids, minted offline, sortable by the time they were made."""

from datetime import datetime
from random import Random
from typing import Final

_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"


def new_id(now: datetime, random: Random) -> str:
    """Mint an id of 16 letters: nine for the millisecond, seven of chance (35 bits)."""
    return _letters(int(now.timestamp() * 1000), 9) + _letters(random.getrandbits(35), 7)


def _letters(number: int, width: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(width)))
