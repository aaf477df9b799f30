"""README and CI say the same, and what README shows is there."""

import re

from tests.house.measure import ROOT

README = (ROOT / "README.md").read_text()


def commands() -> list[str]:
    """Give the lines of README's command blocks."""
    blocks = re.findall(r"^```\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines()]


def test_ci_runs_the_test_command_of_readme() -> None:
    [tests] = [line for line in commands() if "/pytest" in line]
    script = (ROOT / ".ci" / "run").read_text()
    for part in tests.split(" && "):
        assert part in script


def test_pictures_and_pages_are_there() -> None:
    for path in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / path).exists(), path


def test_every_command_shown_exists() -> None:
    from freelancer_tui.cli.main import COMMANDS

    shown = {line.split()[1] for line in commands() if line.startswith("freelancer-tui ")}
    assert shown <= set(COMMANDS)


def test_top_level_stays_small() -> None:
    allowed = {"freelancer_tui", "tests", "pyproject.toml", "README.md", "LICENSE"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - {"build", "dist", "freelancer_tui.egg-info", "snapshot_report.html"} <= allowed
