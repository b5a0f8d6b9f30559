"""`python -m tests.score_matches`: the joining of articles against the worked corpus, with floors (issue 5).

Exits 1 where a figure has fallen below its floor. `--faults` lists what is missed and false; `--part dev` measures that
part alone; `--reader` uses what today's reader reads in place of the reference readings.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import get_args

from tests.matches.corpus import Part
from tests.matches.measures import Measures, measure

FLOORS = Path(__file__).parent / "matches" / "floors.toml"


def floors() -> dict[str, dict[str, float]]:
    """The least that each figure may be, by run; `wrong joins` and `untied` may be at most that."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8"))


def run(part: Part, by_reference: bool) -> Measures:
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder) / "corpus.db", part, by_reference)


def below(measures: Measures, least: dict[str, float]) -> list[str]:
    """The figures that do not reach their floor."""
    most = {"wrong joins", "untied"}
    return [
        f"{name} is {measures.figures[name]:.3f}, its floor {value}"
        for name, value in least.items()
        if (measures.figures[name] > value if name in most else measures.figures[name] < value)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.score_matches", description=__doc__)
    parser.add_argument("--part", choices=get_args(Part))
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--reader", action="store_true")
    args = parser.parse_args()
    failed = False
    for part in [args.part] if args.part else get_args(Part):
        name = f"{part}-reader" if args.reader else part
        measures = run(part, not args.reader)
        least = floors().get(name, {})
        print(f"{name:38} figure  floor")
        for figure, value in measures.figures.items():
            floor = f"{least[figure]:6.3f}" if figure in least else ""
            print(f"  {figure:34} {value:8.3f} {floor}")
        if args.faults:
            print("\n".join(f"    {fault}" for fault in measures.faults))
        for fault in below(measures, least):
            print(f"  FAILED: {fault}")
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
