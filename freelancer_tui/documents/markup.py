"""Markup: elements of XML built from the inside out; what says nothing is left out."""

import re
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree

Element = ElementTree.Element
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped."""


def element(name: str, /, *inside: "Element | None", **attributes: str) -> Element | None:
    """Give an element around others; none where there is nothing in it."""
    kept = [one for one in inside if one is not None]
    return hull(name, *kept, **attributes) if kept else None


def hull(name: str, /, *inside: "Element | None", **attributes: str) -> Element:
    """Give an element around others, though nothing may be in it."""
    made = Element(name, {key: _legal(value) for key, value in attributes.items() if value})
    made.extend(one for one in inside if one is not None)
    return made


def leaf(name: str, text: str, /, **attributes: str) -> Element | None:
    """Give an element with a text; none for an empty one."""
    if not (legal := _legal(text)):
        return None
    made = hull(name, **attributes)
    made.text = legal
    return made


def written(root: Element, spaces: Mapping[str, str]) -> bytes:
    """Give a document in UTF-8; `spaces` are its name spaces by prefix, `""` for none."""
    for prefix, space in spaces.items():
        root.set(f"xmlns:{prefix}" if prefix else "xmlns", space)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text).strip()
