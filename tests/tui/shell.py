"""Shell: the whole program on a screen of the test's size, driven in the user's words."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from freelancer_tui.tui.app import FreelancerApp
from freelancer_tui.tui.demo import DemoControl
from freelancer_tui.tui.widgets.key_bar import KeyBar
from freelancer_tui.tui.widgets.project_detail import ProjectDetail
from freelancer_tui.tui.widgets.project_table import ProjectTable
from freelancer_tui.workspace import Workspace

WIDE = (120, 40)
NARROW = (80, 24)


class Shell:
    """What somebody at the terminal does and sees."""

    def __init__(self, app: FreelancerApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys and let everything settle."""
        await self.pilot.press(*keys)
        await self.settle()

    async def search(self, words: str) -> None:
        """Type words into the search."""
        names = {" ": "space"}
        await self.press("slash", *(names.get(letter, letter) for letter in words))
        await self.pilot.pause(0.06)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is loading or acting, nor begins to once that is painted."""
        idle = 0
        while idle < 3:
            await self.pilot.pause()
            groups = ("acts", "reload", "detail", "count")
            busy = [worker for worker in self.app.workers if worker.group in groups]
            idle = 0 if busy else idle + 1
            if busy:
                await self.app.workers.wait_for_complete(busy)
        await self.pilot.pause()

    def lines(self) -> list[str]:
        """Give the lines on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in line).rstrip() for line in strips]

    def sees(self, words: str) -> bool:
        """Tell whether words stand on the screen, on one line."""
        return any(words in line for line in self.lines())

    async def comes_to_see(self, words: str) -> bool:
        """Tell whether words come to stand on the screen, however slow the machine is."""
        for _round in range(200):
            if self.sees(words):
                return True
            await self.pilot.pause(0.02)
        return False

    @property
    def table(self) -> ProjectTable:
        """The list of jobs."""
        return self.app.section.query_one(ProjectTable)

    @property
    def detail(self) -> ProjectDetail:
        """The job that is read."""
        return self.app.section.query_one(ProjectDetail)

    @property
    def job(self) -> int | None:
        """The job under the cursor."""
        return self.table.current.remote_id if self.table.current else None

    @property
    def bottom(self) -> str:
        """The bottom line; a long sentence in it takes more than one."""
        first, *more = self.lines()[-self._tall :]
        return " ".join((first, *map(str.strip, more)))

    @property
    def standing(self) -> str:
        """The line that says where the sync stands."""
        return self.lines()[-1 - self._tall]

    @property
    def _tall(self) -> int:
        return max([1, *(bar.size.height for bar in self.app.screen.query(KeyBar))])


@asynccontextmanager
async def opened(
    workspace: Workspace,
    size: tuple[int, int] = WIDE,
    *,
    demo: DemoControl | None = None,
    start_sync: bool = False,
) -> AsyncIterator[Shell]:
    """Run the program on a workspace; nothing of it runs any more afterwards."""
    app = FreelancerApp(workspace, demo=demo, start_sync=start_sync)
    async with app.run_test(size=size) as pilot:
        shell = Shell(app, pilot)
        await shell.settle()
        yield shell
        await shell.settle()
        await app.turns.stop()
