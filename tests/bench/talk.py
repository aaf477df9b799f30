"""Talk: what one keystroke of the search costs over a million messages, and a long thread."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from time import thread_time

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.ids import new_id
from freelancer_tui.domain.messages import Message, Thread
from freelancer_tui.domain.people import Person, Profile
from freelancer_tui.services.messages import Messages
from freelancer_tui.store.cache import facts, schema
from freelancer_tui.store.cache import messages as messages_file
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets.utterances import Look, block_of
from freelancer_tui.workspace import utc_now
from tests.bench.table import Row, against, at_most, median, milliseconds, percentile

MESSAGES = 1_000_000
LONG, SHORT = 50_000, 50
_BATCH = 5_000
_ME, _CLIENT = 1, 2
_START = datetime(2024, 1, 1, tzinfo=UTC)
# As in any language the share of a word falls with its rank: the first is in a fifth of all.
_WORDS = (
    "hello thanks draft page logo shop invoice please could would friday monday tomorrow file "
    "design colour checkout payment milestone release budget price hours kopi kemasan gambar "
    "warna halaman besok terima kasih tolong segera server database login button mobile android "
    "review feedback change text photo video translate report export excel script deploy error"
).split()
TYPED = (
    "draft friday",
    "thanks",
    "terima kasih",
    "checkout payment error",
    "invoice w01234",
    "w00042",
    "kopi kemasan warna",
    "milestone release budget",
    '"payment checkout" error',
    "zzz nothing",
)


def run(count: int = MESSAGES) -> list[Row]:
    """Type nine searches letter by letter, then open a long and a short conversation."""
    folder = filled(count)
    _print_plans(folder)
    with closing(CacheDatabase(folder)) as cache, closing(WorkDatabase(folder)) as work:
        random = Random(1)
        messages = Messages(cache, work, utc_now, lambda: new_id(utc_now(), random), folder / "f")
        times, busy = [], []
        messages.talks.search("warm ")
        for typed in TYPED:
            for end in range(2, len(typed) + 1):
                start = thread_time()
                times.append(milliseconds(partial(messages.talks.search, typed[:end])))
                busy.append((thread_time() - start) * 1000)
        opened = [(*_timed(messages, 2), *_timed(messages, 1)) for _ in range(41)]
        short, short_work, long, long_work = (median(taken) for taken in zip(*opened, strict=True))
        middle = percentile(times, 0.5)
        page = median([milliseconds(lambda: _older(messages, 1)) for _ in range(21)])
    return [
        at_most(
            f"search over {count:,} messages: p95 (p50 {middle:.1f})",
            percentile(times, 0.95),
            16,
            "ms",
        ),
        at_most("  of which the processor worked", percentile(busy, 0.95), 16, "ms"),
        against(f"open a thread of {min(LONG, count):,} (floor: {SHORT})", long, short, "ms", 1.5),
        against("  of which the processor worked", long_work, short_work, "ms", 1.5),
        Row("read the page above the middle of it", page, "ms"),
    ]


def filled(count: int) -> Path:
    """Give a folder with so many messages in its cache; it is filled once and kept."""
    shape = hashlib.sha256(Path(schema.__file__).read_bytes()).hexdigest()[:8]
    folder = Path(tempfile.gettempdir()) / f"freelancer-tui-talk-{count}-{shape}"
    with closing(CacheDatabase(folder)) as cache:
        with cache.read() as connection:
            known = connection.execute("SELECT count(*) FROM messages").fetchone()[0]
        if known == 0:
            _fill(cache, count)
        elif known != count:
            raise SystemExit(f"{folder} is half filled: remove it")
    return folder


def _fill(cache: CacheDatabase, count: int) -> None:
    threads = [Thread(number, _START, (_ME, _CLIENT)) for number in range(1, 1_000)]
    people = (Profile(Person(_ME, "me")), Person(_CLIENT, "client"))
    with cache.transaction() as connection:
        facts.store(connection, Feed("threads"), Page((*people, *threads), None, False, _START))
    rows = _said(count)
    while batch := tuple(islice(rows, _BATCH)):
        with cache.transaction() as connection:
            page = Page(batch, None, False, _START)
            facts.store(connection, Feed("messages", "1"), page)
        cache.checkpoint()


def _said(count: int) -> Iterator[Message]:
    """Yield messages: a long thread, a short one, and the rest in a thousand others."""
    random = Random(1)
    rare = [f"w{number:05}" for number in range(30_000)]
    words_known = [*_WORDS, *rare]
    weights = list(accumulate(1 / (place + 8) for place in range(len(words_known))))
    for number in range(1, count + 1):
        place = number % 20
        thread = 1 if place == 0 and number // 20 <= LONG else 3 + number % 997
        thread = 2 if number % 20 == 1 and number // 20 < SHORT else thread
        words = random.choices(words_known, cum_weights=weights, k=random.randint(3, 40))
        at = _START + timedelta(minutes=number)
        sender = random.choice((_ME, _CLIENT))
        yield Message(number, thread, sender, " ".join(words), at)


def _print_plans(folder: Path) -> None:
    """Show that no query of these walks a whole table."""
    asked = {
        "search": (messages_file._FOUND, ("draft", 1)),
        "open": (messages_file._LAST, (1, 1, 1)),
    }
    with closing(CacheDatabase(folder)) as cache, cache.read() as connection:
        for name, (query, values) in asked.items():
            for row in connection.execute(f"EXPLAIN QUERY PLAN {query}", values):
                print(f"  {name}: {row[3]}")


def _timed(messages: Messages, thread_id: int) -> tuple[float, float]:
    """Give how long opening a thread took by the clock, and by the processor."""
    start = thread_time()
    taken = milliseconds(lambda: _opened(messages, thread_id))
    return taken, (thread_time() - start) * 1000


def _opened(messages: Messages, thread_id: int) -> None:
    """Read what the screen shows first, and lay it out."""
    messages.thread(thread_id)
    look = Look(78, Clock(utc_now, UTC))
    for said in messages.talks.stretch(thread_id).said:
        block_of(said, look, is_folded=True)


def _older(messages: Messages, thread_id: int) -> None:
    middle = messages.talks.away(thread_id, None, -LONG // 2)
    messages.talks.stretch(thread_id, messages.talks.away(thread_id, middle, -60), middle)
