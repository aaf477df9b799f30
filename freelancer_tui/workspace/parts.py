"""Parts: what a workspace builds when it is first looked at."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar, cast

T = TypeVar("T")
Owner = TypeVar("Owner", bound="Parted")


class Parted:
    """Something with parts, each built once."""

    def __init__(self) -> None:
        self.parts: dict[str, object] = {}
        self.locks = {name: threading.Lock() for name in _names(type(self))}
        """A lock for each part: the engine's can be held for as long as a keyring thinks."""


class Part(Generic[Owner, T]):
    """A part: built by its function at the first look, by one thread only."""

    def __init__(self, build: Callable[[Owner], T]) -> None:
        self._build = build
        self.__doc__ = build.__doc__

    def __set_name__(self, owner: type[Owner], name: str) -> None:
        self._name = name

    def __get__(self, whole: Owner, owner: type[Owner]) -> T:
        if self._name not in whole.parts:
            with whole.locks[self._name]:
                if self._name not in whole.parts:
                    whole.parts[self._name] = self._build(whole)
        return cast(T, whole.parts[self._name])


def _names(kind: type) -> list[str]:
    return [
        name for base in kind.mro() for name, one in vars(base).items() if isinstance(one, Part)
    ]
