"""Workspace: parts are built once, when first needed, and none waits for another's keyring."""

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from random import Random
from threading import Barrier

import pytest

from freelancer_tui.credentials import Keyring, Source, Token
from freelancer_tui.domain.facts import Fact, Page
from freelancer_tui.domain.feeds import Cursor, Feed
from freelancer_tui.domain.intents import Intent, Receipt, Sighting
from freelancer_tui.domain.signals import SignalAction
from freelancer_tui.errors import NotFound, Offline, Unauthorized, WireMismatch
from freelancer_tui.settings import Account, Places, Settings, load, write_accounts
from freelancer_tui.store.work import meta
from freelancer_tui.sync.interests import saved_searches
from freelancer_tui.sync.marketplace import Marketplace, Take, Tell, ignore
from freelancer_tui.workspace import Workspace, open_workspace
from tests.factories import NOW, a_page, a_profile
from tests.services.desk import lay_world

ROOT = Path(__file__).parents[1]
URL = "https://example.org"
TOKEN = "tok-1234567890abcdef"


class Answering:
    """A marketplace that answers one question, and remembers that it was closed."""

    def __init__(self, answer: tuple[Fact, ...] | Exception) -> None:
        self._answer = answer
        self.closed = 0

    async def pull(self, feed: Feed, cursor: Cursor | None) -> Page:
        assert (feed, cursor) == (Feed("self"), None)
        if isinstance(self._answer, Exception):
            raise self._answer
        return a_page(*self._answer)

    async def watermark(self, intent: Intent) -> int | None:
        raise AssertionError(intent)

    async def push(self, intent: Intent, tell: Tell = ignore) -> Receipt:
        raise AssertionError(intent)

    async def receipt(self, intent: Intent, watermark: int | None) -> Sighting:
        raise AssertionError(intent)

    async def mark(self, action: SignalAction, thread_ids: Sequence[int]) -> datetime:
        raise AssertionError(action)

    async def download(
        self, message_remote_id: int, key: str, take: Take, stop: Callable[[], bool]
    ) -> None:
        raise AssertionError(key)

    async def ping(self) -> None:
        raise AssertionError

    async def close(self) -> None:
        self.closed += 1


def a_command(code: str) -> Account:
    return Account("main", URL, "command", (sys.executable, "-c", code))


def opened(
    folder: Path,
    account: Account | None = None,
    marketplace: Callable[[Account, Callable[[], str]], Marketplace] | None = None,
) -> Workspace:
    account = account or a_command(f"print('{TOKEN}')")
    settings = Settings(Places.under(folder), accounts=(account,))
    return open_workspace(settings, random=Random(1), open_marketplace=marketplace)


def test_the_first_screen_needs_only_the_cache(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from freelancer_tui.settings import load, places_of\n"
        "from freelancer_tui.workspace import open_workspace\n"
        "workspace = open_workspace(load(places_of(sys.argv[1]), {'FREELANCER_TUI_URL': "
        "'http://127.0.0.1:1', 'FREELANCER_TUI_TOKEN': 'x1'}))\n"
        "assert workspace.projects.search('batik') == []\n"
        "workspace.close()\n"
        "heavy = ('sqlmodel', 'sqlalchemy', 'httpx', 'msgspec', 'filelock', 'keyring', 'textual')\n"
        "assert not [one for one in heavy if one in sys.modules]\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_but_the_cache_is_opened_at_first(tmp_path: Path) -> None:
    workspace = opened(tmp_path)
    assert workspace.parts == {}
    assert [one.name for one in workspace.folder.glob("work.db")] == []
    workspace.close()


def test_a_part_is_built_once_by_many(tmp_path: Path) -> None:
    workspace = opened(tmp_path)
    start = Barrier(8)

    def look(number: int) -> tuple[int, ...]:
        start.wait(10)
        parts = (workspace.work, workspace.proposals, workspace.messages, workspace.outbox)
        return tuple(id(part) for part in (parts if number % 2 else reversed(parts)))

    with ThreadPoolExecutor(8) as pool:
        found = {tuple(sorted(one)) for one in pool.map(look, range(8))}
    assert len(found) == 1
    workspace.close()


def test_a_slow_keyring_holds_nobody_but_the_engine(tmp_path: Path) -> None:
    reading, go_on = threading.Event(), threading.Event()
    workspace = opened(tmp_path)
    lay_world(workspace)

    class Slow:
        def get_password(self, service: str, username: str) -> str | None:
            reading.set()
            go_on.wait(20)
            return TOKEN

        def set_password(self, service: str, username: str, password: str) -> None: ...

        def delete_password(self, service: str, username: str) -> None: ...

    keyring = Keyring(load=lambda wanted: (wanted, Slow()))
    workspace.parts["token"] = Token(
        Source("main", URL), workspace.redactor, environ={}, keyring=keyring
    )
    with ThreadPoolExecutor(2) as pool:
        engine = pool.submit(lambda: workspace.engine)
        assert reading.wait(10)
        try:
            draft = pool.submit(lambda: workspace.proposals.draft(100)).result(timeout=5)
            assert draft.state == "draft"
            assert not engine.done()
        finally:
            go_on.set()
        assert engine.result(timeout=10) is workspace.engine
    workspace.close()


def test_ids_are_unique_and_grow_with_time(tmp_path: Path) -> None:
    workspace = opened(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(lambda _: workspace.mint(), range(400)))
    assert len(set(ids)) == 400
    assert workspace.mint()[:8] >= min(ids)[:8]
    workspace.close()


def test_a_missing_token_is_told_by_the_call_that_needs_it(tmp_path: Path) -> None:
    asked: list[Callable[[], str]] = []

    def make(account: Account, token: Callable[[], str]) -> Marketplace:
        asked.append(token)
        return Answering(())

    workspace = opened(tmp_path, a_command("raise SystemExit(1)"), make)
    assert workspace.engine
    with pytest.raises(Unauthorized, match="exit code 1"):
        asked[0]()
    assert workspace.outbox.entries() == [], "what needs no token works"
    workspace.close()


def test_the_adapter_gets_the_token_of_the_account(tmp_path: Path) -> None:
    asked: list[tuple[str, str]] = []

    def make(account: Account, token: Callable[[], str]) -> Marketplace:
        asked.append((account.url, token()))
        return Answering(())

    workspace = opened(tmp_path, marketplace=make)
    workspace.open_marketplace()
    assert asked == [(URL, TOKEN)]
    assert TOKEN not in workspace.redactor.clean(f"with {TOKEN}")
    workspace.close()


async def test_checking_tells_who_and_when(tmp_path: Path) -> None:
    market = Answering((a_profile(),))
    workspace = opened(tmp_path, marketplace=lambda account, token: market)
    assert await workspace.check() == (a_profile(), NOW)
    assert market.closed == 1
    workspace.close()


@pytest.mark.parametrize(
    ("answer", "error"), [((), WireMismatch), (Offline("the cable is out"), Offline)]
)
async def test_a_check_that_fails_closes_the_line_too(
    tmp_path: Path, answer: tuple[Fact, ...] | Exception, error: type[Exception]
) -> None:
    market = Answering(answer)
    workspace = opened(tmp_path, marketplace=lambda account, token: market)
    with pytest.raises(error):
        await workspace.check()
    assert market.closed == 1
    workspace.close()


def test_the_account_of_the_environment_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = {"FREELANCER_TUI_URL": f"{URL}/api/", "FREELANCER_TUI_TOKEN": TOKEN}
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    places = Places.under(tmp_path)
    write_accounts(places.accounts_file, "main", (a_command("raise SystemExit(1)"),))
    workspace = open_workspace(load(places))
    assert (workspace.account_settings.name, workspace.account_settings.url) == ("env", URL)
    assert workspace.token() == TOKEN
    assert workspace.folder.name.startswith("env-")
    workspace.close()
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or TOKEN.encode() not in file.read_bytes()


def test_the_account_that_is_named_is_opened(tmp_path: Path) -> None:
    accounts = (a_command("print('a1')"), Account("work", URL, "keyring", user="made"))
    settings = Settings(Places.under(tmp_path), accounts=accounts)
    with_user = open_workspace(settings, "work")
    default = open_workspace(settings)
    assert (with_user.account_name, default.account_name) == ("work (made)", "main")
    assert with_user.folder != default.folder
    with_user.close()
    default.close()
    with pytest.raises(NotFound, match="nobody"):
        open_workspace(settings, "nobody")
    with pytest.raises(Unauthorized, match="No account"):
        open_workspace(Settings(Places.under(tmp_path)))


def test_a_backup_is_taken_when_the_work_is_opened(tmp_path: Path) -> None:
    workspace = opened(tmp_path)
    lay_world(workspace)
    workspace.proposals.draft(100)
    workspace.close()
    again = opened(tmp_path)
    assert again.proposals.board()
    again.close()
    assert list((again.folder / "backups").iterdir())


def test_damaged_work_is_set_aside_and_told(tmp_path: Path) -> None:
    workspace = opened(tmp_path)
    lay_world(workspace)
    workspace.close()
    file = workspace.folder / "work.db"
    before = b"this is no database, but it may be all the user has" * 99
    file.write_bytes(before)
    workspace = opened(tmp_path)
    assert workspace.projects.search("shop")[0].remote_id == 100, "the cache does not need it"
    assert not workspace.mended
    assert workspace.proposals.board() == []
    assert workspace.mended
    workspace.close()
    assert (workspace.folder / "work.db.damaged-1" / "work.db").read_bytes() == before


def test_a_rebuilt_cache_says_so_and_the_work_is_whole(tmp_path: Path) -> None:
    workspace = opened(tmp_path)
    lay_world(workspace)
    draft = workspace.proposals.draft(100)
    assert workspace.rebuilt is None
    workspace.close()
    for file in workspace.folder.glob("cache.db*"):
        file.write_bytes(b"rubbish" * 1000)
    workspace = opened(tmp_path)
    assert workspace.projects.total() == 0
    assert workspace.rebuilt
    assert workspace.proposals.show(draft.id).proposal == draft
    workspace.close()


def test_closing_twice_is_fine(tmp_path: Path) -> None:
    workspace = opened(tmp_path)
    workspace.outbox.counts()
    workspace.close()
    workspace.close()


def test_the_sync_follows_the_saved_searches_of_the_settings(tmp_path: Path) -> None:
    for searches in ({"mine": "peta desa", "other": "django"}, {}):
        settings = Settings(
            Places.under(tmp_path), accounts=(a_command("print('t' * 20)"),), searches=searches
        )
        workspace = open_workspace(
            settings, random=Random(1), open_marketplace=lambda _account, _token: Answering(())
        )
        assert workspace.engine
        with workspace.work.read() as session:
            kept = saved_searches(meta.get(session, "saved_searches"))
        assert kept == tuple(searches.values())
        workspace.close()
