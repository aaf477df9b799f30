"""Thread list: what a row says was said last."""

from datetime import UTC, datetime

import pytest

from freelancer_tui.domain.messages import Thread, ThreadView
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets.thread_list import ThreadList

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "speaker", "shown"),
    [
        ("See you", 7, "See you"),
        ("", 7, "Files, no words"),
        ("", None, "Nothing said yet"),
    ],
)
@pytest.mark.parametrize("width", [40, 100])
def test_the_last_words(text: str, speaker: int | None, shown: str, width: int) -> None:
    threads = ThreadList(Clock(lambda: NOON))
    threads._views = (ThreadView(Thread(1, NOON, last_text=text, last_from_id=speaker), ("Sari",)),)
    (block,) = threads.draw(width)
    assert shown in "".join(words for words, _style in block.lines[-1])
