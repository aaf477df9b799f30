"""Kill the real program on purpose and tell what it cost; see `python -m tests.kills --help`.

python -m tests.kills typing --kills 200
python -m tests.kills sync --kills 200
python -m tests.kills two --minutes 5
"""

import argparse
import sys
import time

from tests.kills import pair, synced, typed


def main(words: list[str]) -> int:
    """Run what is asked for; 1 when something was lost, doubled, locked or late."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    for name in ("typing", "sync", "two"):
        kind = kinds.add_parser(name)
        kind.add_argument("--seed", type=int, default=1)
        if name == "two":
            kind.add_argument("--minutes", type=float, default=5.0)
        else:
            kind.add_argument("--kills", type=int, default=200)
    asked = parser.parse_args(words)
    began = time.monotonic()
    lines, good = _run(asked)
    print(*lines, f"({time.monotonic() - began:.0f} s, seed {asked.seed})", sep="\n")
    return 0 if good else 1


def _run(asked: argparse.Namespace) -> tuple[list[str], bool]:
    match asked.kind:
        case "typing":
            typing = typed.run(asked.kills, seed=asked.seed)
            return typing.lines(), typing.good
        case "sync":
            syncing = synced.run(asked.kills, seed=asked.seed)
            return syncing.lines(), not syncing.wrong
        case _:
            two = pair.run(asked.minutes * 60, seed=asked.seed)
            return two.lines(), not two.wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
