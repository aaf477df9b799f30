"""Markers: the user stars, mutes and reads conversations, here and at the website."""

from typing import TYPE_CHECKING, Final

from freelancer_tui.domain.messages import Message
from freelancer_tui.domain.signals import SignalKind
from freelancer_tui.errors import FreelancerError
from freelancer_tui.services.threads import Marked, Way
from freelancer_tui.store.cache import messages, threads
from freelancer_tui.store.work import thread_signals
from tests.sync.market import ME
from tests.sync.pins import Marking
from tests.sync.programs import Program

if TYPE_CHECKING:
    from tests.sync.world import World

_KINDS: Final[dict[Way, SignalKind]] = {"starred": "star", "muted": "mute"}


class Markers:
    """Draws who marks what; knows what must be marked in the end, here and there."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.random = world.random
        self.market = world.market
        self.stars: dict[int, bool] = {}
        """What the user last wished here: the marketplace does not tell it back."""
        self.wishes: dict[tuple[int, SignalKind], bool] = {}
        """The last wish of each kind, wherever it was made."""
        self.seen: dict[int, Message] = {}
        """The last message of each thread that the user saw."""
        self.whole: set[int] = set()
        """Threads that were here up to their last change when they were read."""
        self.elsewhere: set[int] = set()
        """Threads of which something was read at the website."""

    def act(self) -> None:
        """Let the user mark something."""
        with self.world.unhurt():
            self.user_acts(self.random.choice(self.world.programs))

    def meanwhile(self) -> None:
        """Let the user think again, or a client write, while the marketplace is told."""
        if self.random.random() < 0.5:
            self.act()
        else:
            self.market.says(self.random.choice(list(self.market.messages)), "one more thing")

    def user_acts(self, program: Program) -> None:
        """Star, mute or read a conversation; now and then take the mark back at once."""
        known = [one for one in self.market.messages if self.market.messages[one]]
        if not known:
            return
        ways: list[Way | None] = ["starred", "muted", None, None]
        thread, way = self.random.choice(known), self.random.choice(ways)
        try:
            if way is None:
                self._reads(program, thread)
                return
            marked = program.messages.threads_kept.turn(thread, way)
        except FreelancerError:
            return  # it is not here yet
        self._wished(marked, is_on=marked.is_on)
        if self.random.random() < 0.3:
            program.messages.threads_kept.take_back(marked)
            self._wished(marked, is_on=not marked.is_on)

    def website_acts(self, program: Program) -> None:
        """Mark a conversation with another program, while nothing of ours waits for that.

        What is marked there between a wish and its telling is told over by the older wish:
        nothing in the marketplace's list says when a mark was made.
        """
        if self.world.is_turning or any(isinstance(one, Marking) for _, one in self._lingering()):
            return
        known = [one for one in self.market.messages if self.market.messages[one]]
        if not known:
            return
        thread = self.random.choice(known)
        kind: SignalKind = self.random.choice(["star", "mute", "read"])
        with program.work.read() as session:
            if thread_signals.is_untold(session, thread, kind):
                return
        is_on = kind == "read" or (thread, kind) not in self.market.pins.on
        self.market.pins.put(thread, kind, is_on)
        self.wishes[thread, kind] = is_on
        if kind == "read":
            self.seen[thread] = self.market.messages[thread][-1]
            self.elsewhere.add(thread)
            self.whole.add(thread)

    def is_quiet(self) -> bool:
        """Tell whether nothing waits to be told."""
        return not self.world.programs[0].engine._signals._waiting()

    def always(self) -> None:
        """What a client wrote, and nobody saw, is not read here."""
        program = self.world.programs[0]
        for view in program.messages.threads():
            thread = view.thread
            said = [one for one in self.market.messages[thread.remote_id] if self._is_new(one)]
            is_told = [one for one in said if one.sent_at <= thread.updated_at]
            if is_told and thread.last_from_id != ME and not self._may_be_lost(thread.remote_id):
                assert thread.unread, f"{is_told[0]} is read, and nobody saw it"

    def end(self) -> None:
        """The marks there are the last wishes, and those that it tells are here."""
        assert self.is_quiet(), "a mark is stuck"
        pins = self.market.pins
        views = {one.thread.remote_id: one for one in self.world.programs[0].messages.threads()}
        for (thread, kind), is_on in self.wishes.items():
            if kind != "read" and (thread, kind) not in pins.late:
                assert ((thread, kind) in pins.on) == is_on, f"{kind} of {thread} is not {is_on}"
        for thread, view in views.items():
            assert view.mark.muted == ((thread, "mute") in pins.on), f"{thread}: mutes differ"
            assert view.mark.starred == self.stars.get(thread, False), f"{thread}: a star is lost"
            if self._has_seen_all(thread):
                is_told = not pins.unread(thread) or self._is_hidden(thread)
                assert is_told, f"{thread} is unread there, and was seen"
                is_read = view.thread.unread == 0 or thread in self.elsewhere
                assert is_read, f"{thread} is unread here, and was seen"

    def _reads(self, program: Program, thread: int) -> None:
        """Look at all that is here of it."""
        with program.cache.read() as connection:
            fact = threads.get(connection, thread)
            said = messages.in_thread(connection, thread, 1000)
        program.messages.mark_read(thread)
        shown = [one for one in said if fact and one.sent_at <= fact.updated_at]
        if fact and shown:
            old = self.seen.get(thread)
            self.seen[thread] = max(
                [shown[-1], *filter(None, [old])], key=lambda one: one.remote_id
            )
            self.whole.discard(thread)
            if shown[-1].sent_at == fact.updated_at:
                self.whole.add(thread)
                unread = program.messages.thread(thread).thread.unread
                assert not unread, f"{thread} was read, and is unread"

    def _is_new(self, said: Message) -> bool:
        """Tell whether it is a client's, and the user did not see it.

        Those of one second are one: a conversation tells the second of its last change.
        """
        seen = self.seen.get(said.thread_remote_id)
        return said.from_id != ME and (seen is None or said.sent_at > seen.sent_at)

    def _is_hidden(self, thread: int) -> bool:
        """Tell whether a client wrote in the second of a word of ours.

        A list that was read between the two counts nothing unread, and a later one tells no
        change: nobody knows that there was something to read.
        """
        said = self.market.messages[thread]
        ours = {one.sent_at for one in said if one.from_id == ME}
        return any(one.from_id != ME and one.sent_at in ours for one in said)

    def _has_seen_all(self, thread: int) -> bool:
        """Tell whether all that others said was seen, and each in a second of its own."""
        said = [one for one in self.market.messages[thread] if one.from_id != ME]
        seen = self.seen.get(thread)
        is_seen = thread in self.whole and all(
            seen and one.remote_id <= seen.remote_id for one in said
        )
        return is_seen and len({one.sent_at for one in said}) == len(said)

    def _may_be_lost(self, thread: int) -> bool:
        """Tell whether a program died that knew of a try which arrived late."""
        return self.world.may_crash and (thread, "read") in self.market.pins.late

    def _lingering(self) -> list[tuple[object, object]]:
        return list(self.market.lingering)

    def _wished(self, marked: Marked, *, is_on: bool) -> None:
        kind = _KINDS[marked.way]
        self.wishes[marked.thread_id, kind] = is_on
        if kind == "star":
            self.stars[marked.thread_id] = is_on
        self.world.figures["marked"] += 1
