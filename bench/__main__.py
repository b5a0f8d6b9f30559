"""`make bench [ONLY=crawl]`: the benchmarks, as ratios inside one run."""

from __future__ import annotations

import argparse
import subprocess
import sys

PARTS = ("crawl", "cleaning", "reader", "archive", "matches", "pages")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)} (default: all)")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}: there are {', '.join(PARTS)}")
    for part in options.parts or PARTS:
        subprocess.run(
            [sys.executable, "-m", f"bench.{part}"], check=True
        )  # alone, so that none leaves memory to another
        print(flush=True)


if __name__ == "__main__":
    main()
