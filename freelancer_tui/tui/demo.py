"""Demo: the line to its marketplace, which the user may cut and mend."""

from typing import Protocol


class DemoControl(Protocol):
    """What the command line gives the app when it runs the demo; the verbs may take seconds."""

    @property
    def running(self) -> bool:
        """True while the marketplace can be reached."""
        ...

    def stop(self) -> None:
        """Cut the line."""
        ...

    def start(self) -> None:
        """Mend the line."""
        ...
