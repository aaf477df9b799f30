"""Replay: lives one seed's world again, prints all that happened and what was broken."""

import argparse
import asyncio
import sys

from tests.sync.programs import tidy
from tests.sync.runs import traced


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.sync.replay", description=__doc__)
    parser.add_argument("seed", type=int)
    trace, broken = asyncio.run(traced(parser.parse_args().seed))
    tidy()
    print("\n".join(trace))
    print(broken or "nothing is broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
