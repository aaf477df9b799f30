"""Demo: the workspace signed in to a sandbox of its own, with no account and no network."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from freelancer_tui.cli.leaving import leave
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.showing import need_terminal, show
from freelancer_tui.cli.workspace import begin_log, pass_choices, read_settings
from freelancer_tui.errors import Offline, StoreError
from freelancer_tui.i18n import _
from freelancer_tui.settings import Account, Places, Settings
from freelancer_tui.workspace import Workspace, freelancer_marketplace, open_workspace

if TYPE_CHECKING:
    from freelancer_tui.sync.marketplace import Marketplace

START_SECONDS = 60
END_SECONDS = 5


@click.command(
    help=_("Open the workspace in a marketplace on this machine: no account, no network.")
)
@click.option("--fresh", is_flag=True, help=_("Throw the demo's old world and drafts away."))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help=_("0 picks a free one."))
@shared
@pass_choices
def demo(choices: Choices, fresh: bool, port: int) -> None:
    """Run the demo."""
    settings = read_settings(choices)
    context = click.get_current_context()
    context.exit(run_demo(settings, fresh=fresh, port=port, debug=choices.debug))


def run_demo(settings: Settings, *, fresh: bool = False, port: int = 0, debug: bool = False) -> int:
    """Run the demo's sandbox and the workspace on it; give the exit code."""
    from freelancer_tui.tui.app import FreelancerApp

    need_terminal()
    places = settings.places.demo()
    if fresh:
        _forget(places)
    begin_log(places, debug=debug)
    sandbox = DemoSandbox(places.data / "sandbox.db", port)
    workspace = _workspace(settings, places, sandbox)
    app = FreelancerApp(workspace, demo=sandbox)
    try:
        show(app)
    finally:
        sandbox.stop()
        workspace.close()
    return leave(app)


class DemoSandbox:
    """The sandbox as a child process: the line to it can be cut and mended.

    It ends by itself when our end of its standard input closes, so nothing that happens to
    this program leaves it behind.
    """

    def __init__(self, data: Path, port: int) -> None:
        self._data = data
        self._port = port
        self._token = ""
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        data.parent.mkdir(parents=True, exist_ok=True)
        self._launch()

    @property
    def running(self) -> bool:
        """Whether there is a line."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Mend the line; wait until the sandbox answers."""
        with self._lock:
            if not self.running:
                self._launch()
        self.sign_in()

    def stop(self) -> None:
        """Cut the line."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()

    def sign_in(self) -> tuple[str, str]:
        """Wait until it is ready; give its address and the freelancer's token."""
        with self._lock:
            if not self._token:
                self._read_ready_line()
        return f"http://127.0.0.1:{self._port}", self._token

    def _launch(self) -> None:
        command = [sys.executable, "-m", "freelancer_tui", "sandbox", "--until-closed"]
        command += ["--port", str(self._port), "--data", str(self._data)]
        self._token = ""
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,  # Ctrl-C is for the workspace, not for it
        )

    def _read_ready_line(self) -> None:
        process = self._process
        if process is None or process.stdout is None:
            raise Offline(_("The demo's line is cut."), hint=_("Mend it with F9."))
        timer = threading.Timer(START_SECONDS, process.kill)
        timer.start()
        line = process.stdout.readline()
        timer.cancel()
        if not line:
            raise Offline(
                _("The demo's marketplace did not start."),
                hint=_("Is its port taken? Try another with --port."),
            )
        ready = json.loads(line)
        self._port = int(ready["url"].rsplit(":", 1)[1])
        self._token = ready["users"][0]["token"]


def _workspace(settings: Settings, places: Places, sandbox: DemoSandbox) -> Workspace:
    """Open the demo's desk; its marketplace waits for the sandbox, on the engine's thread."""
    account = Account("demo", "http://127.0.0.1", "environment")
    settings = replace(settings, places=places, accounts=(account,), account="demo")

    def signed_in(found: Account, _token: Callable[[], str]) -> "Marketplace":
        url, token = sandbox.sign_in()
        return freelancer_marketplace(replace(found, url=url), lambda: token)

    return open_workspace(settings, "demo", open_marketplace=signed_in)


def _forget(places: Places) -> None:
    home = places.data.parent
    try:
        if home.exists():
            shutil.rmtree(home)
    except OSError as error:
        raise StoreError(
            _("The old demo in {folder} cannot be removed: {reason}").format(
                folder=home, reason=error.strerror
            ),
            hint=_("Is it open in another window?"),
        ) from None
