"""Damage: what a disk can do to the bytes of a file."""

import random

PAGE = 4096


def spoiled(content: bytes, dice: random.Random, bytes_at_most: tuple[int, ...]) -> bytes:
    """Put chance in place of a few bytes."""
    changed = bytearray(content)
    for _round in range(dice.choice(bytes_at_most)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def cut(content: bytes, dice: random.Random) -> bytes:
    """Leave the beginning alone."""
    return content[: dice.randrange(len(content))]


def blank(content: bytes, dice: random.Random) -> bytes:
    """Empty a page."""
    start = dice.randrange(0, len(content), PAGE)
    return content[:start] + bytes(PAGE) + content[start + PAGE :]
