"""The demo, by keys alone in a real terminal: from a job to the client's answer, and back."""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.terminal import Terminal

OFFER = (
    "Good day. I have mapped two old routes before and I know which stones move after the rain."
    " Three drafts in the first week, the final files ten days later."
)
ENTER, TAB, ESCAPE, F9, CTRL_S = "\r", "\t", "\x1b", "\x1b[20~", "\x13"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[list[Terminal]]:
    """Collect the terminals of a test, so that none outlives it."""
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.kill()


def start(opened: list[Terminal], home: Path) -> Terminal:
    environ = {**os.environ, "FREELANCER_TUI_HOME": str(home), "LANG": "en_US.UTF-8"}
    terminal = Terminal([sys.executable, "-m", "freelancer_tui", "demo"], environ=environ)
    opened.append(terminal)
    terminal.wait("Online", 30)
    return terminal


def leave(terminal: Terminal) -> None:
    """Quit from wherever we are, as a user would."""
    terminal.send(ESCAPE)
    terminal.settle(0.3)
    terminal.send("q")
    assert terminal.wait_end() == 0


def draft(terminal: Terminal) -> None:
    """Search a job, open it, and write an offer."""
    terminal.wait("Job ")
    terminal.send("/")
    terminal.settle(0.3)
    terminal.send('"story map for a coast"')
    terminal.wait("found")
    terminal.send(ENTER)
    terminal.settle(0.3)
    # All at once, as a slow line delivers it: not a key may land in the wrong field.
    terminal.send("d" + "450" + TAB + "12" + TAB + OFFER)
    terminal.wait("12 days")
    terminal.wait("days later.")
    terminal.wait("saved")
    assert re.search("[A-Z]{3} 450", terminal.text)


@pytest.mark.timeout(150)
def test_a_job_is_found_offered_for_offline_placed_and_answered(
    demo: list[Terminal], tmp_path: Path
) -> None:
    first = start(demo, tmp_path)
    draft(first)
    leave(first)

    again = start(demo, tmp_path)
    again.send("2")
    again.wait("Draft 1")
    again.send("]]")  # past what was awarded, to the drafts
    again.wait("Discard")
    again.settle(0.3)
    again.send(ENTER)
    again.wait("Good day.")

    again.send(F9)
    again.wait("The line is cut")
    again.send(CTRL_S)
    again.wait("1 waiting")
    again.send(F9)
    again.wait("Placed", 30)
    again.wait("Messages (5)", 60)  # four unread ones are there from the start
    again.send(ESCAPE)
    again.settle(0.3)
    again.send("3")
    again.settle(0.5)
    again.send(ENTER)
    again.settle(0.5)
    again.send("i")
    again.settle(0.3)
    again.send("Terima kasih, saya kirim contohnya besok pagi.")
    again.settle(0.5)
    again.send(CTRL_S)
    again.wait("sent", 20)
    leave(again)


def test_a_killed_workspace_leaves_no_marketplace_behind(
    demo: list[Terminal], tmp_path: Path
) -> None:
    terminal = start(demo, tmp_path)
    children = Path(f"/proc/{terminal.process.pid}/task/{terminal.process.pid}/children")
    if not children.exists():
        pytest.skip("needs /proc")
    child = int(children.read_text().split()[0])
    terminal.process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()
