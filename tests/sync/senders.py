"""Senders: files that go with messages, and what must become of them."""

import hashlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

from freelancer_tui.domain.attachments import Attachment, Upload
from freelancer_tui.domain.intents import OutboxEntry, SendMessage
from freelancer_tui.errors import FreelancerError
from freelancer_tui.store.work import intents
from tests.sync.market import ME
from tests.sync.programs import Program

if TYPE_CHECKING:
    from tests.sync.world import World

_NAMES: Final = ("plan.pdf", "plan.pdf", "plan.pdf", "photo.jpg", "photo.jpg", "run.exe")
_WORDS: Final = ("ok", "ok", "see file")
_DRAFTS: Final = "SELECT thread_id, path, checksum FROM reply_files"
_OUTBOX: Final = "SELECT state, intent FROM outbox"


class Senders:
    """Draws who sends which files; knows which must therefore be somewhere."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.random = world.random
        self.attached: set[tuple[int, str]] = set()
        """Threads and the checksums of what the user attached to a reply in them."""
        self._home = world.folder / "home"
        self._home.mkdir(exist_ok=True)

    def sends(self, program: Program) -> None:
        """Attach files to a reply, and send it, mostly; what lies at home may go meanwhile."""
        if self._uses_the_website(program):
            return
        thread = self.random.choice((34, 35))
        try:
            for _ in range(self.random.choice((1, 1, 2))):
                self._attaches(program, thread)
            if self.random.random() < 0.2:
                return
            with self.world.people.noticing(program):
                program.messages.send(thread, self.random.choice(_WORDS))
        except FreelancerError:
            return  # nothing was said in that thread yet, as far as this program knows
        self.world.figures["files"] += 1

    def _uses_the_website(self, program: Program) -> bool:
        """Say the same as something that may be on its way, with another file."""
        doubtful = [one.intent for one in program.outbox.entries() if one.state == "doubtful"]
        for intent in doubtful:
            if isinstance(intent, SendMessage) and intent.uploads:
                other = Attachment("other.pdf", 1 if self.world.market.tells_sizes else None)
                thread = intent.thread_remote_id
                said = self.world.market.says(thread, intent.text, ME, files=(other,))
                self.world.market.files[said.remote_id] = (b"?",)
                return True
        return False

    def _attaches(self, program: Program, thread: int) -> None:
        kept = program.messages.files(thread)
        if len(kept) > 3:  # much came back; the user takes one of them off
            self.attached.discard((thread, kept[0].checksum))
            program.messages.detach(thread, kept[0])
            self.attached |= {(thread, one.checksum) for one in program.messages.files(thread)}
        source = self._home / self.random.choice(_NAMES)
        content = b"x" * self.random.choice((0, 5, 5, 9)) + bytes([self.random.randrange(3)])
        source.write_bytes(content)
        program.messages.attach(thread, source)
        self.attached.add((thread, hashlib.sha256(content).hexdigest()))
        if self.random.random() < 0.5:
            source.unlink()
        else:
            source.write_bytes(b"changed since")

    def check(self, work: sqlite3.Connection) -> None:
        """What was attached is with a draft or a message, and what waits has its copy."""
        reachable = set()
        for thread, path, checksum in work.execute(_DRAFTS):
            reachable.add((thread, checksum))
            self._is_whole(path, checksum)
        for state, text in work.execute(_OUTBOX):
            if '"uploads": []' in text or "uploads" not in text:
                continue
            intent = intents.read(text)
            for one in _uploads(intent):
                assert isinstance(intent, SendMessage)
                reachable.add((intent.thread_remote_id, one.checksum))
                if state != "sent":
                    self._is_whole(one.path, one.checksum)
        lost = self.attached - reachable
        assert not lost, f"nobody can reach {lost} any more"

    def _is_whole(self, path: str, checksum: str) -> None:
        assert Path(path).exists(), "the copy of a file that waits is gone"
        content = Path(path).read_bytes()
        assert hashlib.sha256(content).hexdigest() == checksum, "a copy is another file by now"

    def ended_well(self, entry: OutboxEntry) -> None:
        """What was sent stands there with its own words and files, and with no others."""
        intent = entry.intent
        if not isinstance(intent, SendMessage) or entry.id in self.world.people.by_hand:
            return
        market = self.world.market
        said = {one.remote_id: one for one in market.messages[intent.thread_remote_id]}
        message = said[entry.remote_id or 0]
        assert message.text == intent.text, f"{entry.id} is another message"
        names = [one.name for one in intent.uploads]
        assert [one.name for one in message.attachments] == names, f"{entry.id} has other files"
        there = [hashlib.sha256(one).hexdigest() for one in market.files.get(message.remote_id, ())]
        assert there == [one.checksum for one in intent.uploads], f"{entry.id}: other bytes"


def _uploads(intent: object) -> tuple[Upload, ...]:
    return intent.uploads if isinstance(intent, SendMessage) else ()
