"""Steps: what the user did last in a section, to be taken back one after the other."""

from collections import deque
from dataclasses import dataclass
from typing import Final

from freelancer_tui.services.triage import Undo

_MOST: Final = 100
"""Steps that are remembered."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done: how to take it back, and what is said then."""

    undo: Undo
    words: str


class Steps:
    """The last steps, the newest on top."""

    def __init__(self) -> None:
        self._done: deque[Step] = deque(maxlen=_MOST)

    def __bool__(self) -> bool:
        """True while there is something to take back."""
        return bool(self._done)

    def add(self, undo: Undo, words: str) -> None:
        """Remember what was done just now."""
        self._done.append(Step(undo, words))

    def take_back(self) -> Step | None:
        """Undo the last step, on the disk, and give it; None when there is none."""
        if not self._done:
            return None
        step = self._done.pop()
        try:
            step.undo.take_back()
        except BaseException:
            self._done.append(step)
            raise
        return step
