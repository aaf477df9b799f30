"""Driver: the terminal that the screens are drawn on, which may go away at any time."""

import sys
from contextlib import suppress
from typing import Any, TextIO

from textual.driver import Driver


class Fading:
    """What is drawn on; once the terminal is gone, what is written goes nowhere.

    Textual's writer ends at the first write that fails, and the loop then waits for ever for
    room in its queue: a window that is closed left the program behind, holding its files.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """Write, as long as there is somebody to see it."""
        with suppress(OSError, ValueError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        """Let all that is written be seen."""
        with suppress(OSError, ValueError):
            self._file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def lasting(usual: type[Driver]) -> type[Driver]:
    """Give the driver that outlives its terminal, in place of the usual one."""
    if sys.platform == "win32":
        return usual
    from textual.drivers.linux_driver import LinuxDriver

    class LastingDriver(LinuxDriver):
        def __init__(self, *given: Any, **more: Any) -> None:
            super().__init__(*given, **more)
            self._file: Any = Fading(self._file)

    return LastingDriver if usual is LinuxDriver else usual
