"""Texts: what the user wrote in a file, pipes in or gives as an amount."""

import sys
from pathlib import Path
from typing import Final

from freelancer_tui.domain.money import Money, parse_amount
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import _

MOST_BYTES: Final = 1_000_000


def read_price(amount: str, currency: str) -> Money:
    """Read an amount as people write it."""
    try:
        return parse_amount(amount, currency)
    except ValueError:
        raise NotAllowed(
            _("{text} is no amount in {currency}.").format(text=amount, currency=currency),
            hint=_("Write it like 250 or 1250.50."),
        ) from None


def read_text(name: str) -> str:
    """Read a text from a file, or from standard input for `-`."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotAllowed(
            _("{file} cannot be read: {reason}").format(file=name, reason=error.strerror),
            hint=_("Name a file of text, or - for standard input."),
        ) from None
    if len(data) > MOST_BYTES:
        raise NotAllowed(
            _("{file} is too long for a text.").format(file=name),
            hint=_("Give at most {most} bytes.").format(most=MOST_BYTES),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAllowed(
            _("{file} is no text in UTF-8.").format(file=name),
            hint=_("Save it as UTF-8 and try again."),
        ) from None
