"""Listening: the conversation that is open on the screen, where news is looked for more often."""

from collections.abc import Callable


class Listening:
    """Set by the screen, asked by the sync; setting it wakes whoever waits."""

    def __init__(self) -> None:
        self.thread_id: int | None = None
        self.wake: Callable[[], None] = lambda: None
        """Called when a conversation is opened, so that nobody sits out a longer wait."""

    def __call__(self) -> bool:
        """Tell whether a conversation is open."""
        return self.thread_id is not None

    def open(self, thread_id: int) -> None:
        """Look often from now on."""
        is_new, self.thread_id = thread_id != self.thread_id, thread_id
        if is_new:
            self.wake()

    def close(self) -> None:
        """Look seldom again."""
        self.thread_id = None
