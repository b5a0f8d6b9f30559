"""`python -m tests.score`: the event reader against the corpus, with floors (`make score`).

Prints the figures of the dev and the check part, per type, group and genre; with `--rules` how often each rule was
right. Exits 1 where a figure has fallen below its floor in tests/events/floors.toml. `--errors` lists the errors of
the dev part; the check part is looked at only as a figure.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.events import read
from pipelines.items import as_json
from tests.score_events import pair, score, table

CORPUS = Path(__file__).parent / "corpus"
FLOORS = Path(__file__).parent / "events" / "floors.toml"
PARTS = ("dev", "check")


def read_part(part: Path, out: Path) -> None:
    """Read every article of a part and write what was read beside one another, as the scorer wants it."""
    for text in sorted(part.glob("*.txt")):
        reference = json.loads(text.with_suffix(".json").read_text(encoding="utf-8"))
        published = datetime.fromisoformat(reference["published"]).date() if reference.get("published") else None
        reading = as_json(read(text.read_text(encoding="utf-8"), published=published))
        (out / f"{text.stem}.json").write_text(json.dumps(reading, ensure_ascii=False), encoding="utf-8")


def rule_counts(part: Path, out: Path) -> Counter[tuple[str, bool]]:
    """How many events each rule gave that the reference has, and how many it has not."""
    counts: Counter[tuple[str, bool]] = Counter()
    for file in sorted(part.glob("*.json")):
        refs = json.loads(file.read_text(encoding="utf-8"))["events"]
        gots = json.loads((out / file.name).read_text(encoding="utf-8")).get("events", [])
        for kind in {e["type"] for e in gots}:
            ref, got = ([e for e in events if e["type"] == kind] for events in (refs, gots))
            right = {j for j, _ in pair(ref, got, False).values()}
            for j, event in enumerate(got):
                for rule in {name for e in event["evidence"] for name in e["rule"].split("+")}:
                    counts[rule, j in right] += 1
    return counts


def fallen(part: str, figures: dict[str, Any], floors: dict[str, float]) -> Iterator[str]:
    """The figures below their floor, as sentences."""
    told = {"all": figures["strict"]["f1"], "core": figures["core_strict"]["f1"]}
    told |= {name: row["strict"]["f1"] for name, row in {**figures["per_group"], **figures["per_genre"]}.items()}
    told |= {f"frame {name}": value for name, value in figures["frames"].items()}
    for name, least in floors.items():
        if told.get(name, 0.0) < least:
            yield f"{part}: {name} is {told.get(name, 0.0):.3f}, its floor is {least:.3f}"


def show(part: str, figures: dict[str, Any]) -> None:
    """The tables of one part."""
    print(f"== {part}: {figures['articles']} articles")
    for rows, head in ((figures["per_type"], "type"), (figures["per_group"], "group"), (figures["per_genre"], "genre")):
        table(rows, head)
        print()
    for name, row in (("all", figures["strict"]), ("all, loose", figures["loose"]), ("core", figures["core_strict"])):
        print(f"{name:12} P {row['p']:.3f} R {row['r']:.3f} F1 {row['f1']:.3f}")
    for name in ("attributes", "frames"):
        print(f"{name}: " + ", ".join(f"{key} {value:.3f}" for key, value in figures[name].items()))
    empty, false = figures["articles_without_events"], figures["false_events_in_them"]
    print(f"{false} false events in {empty} articles that have none\n")


def show_rules(counts: Counter[tuple[str, bool]]) -> None:
    """The rules by how often they were right."""
    rules = sorted({rule for rule, _ in counts}, key=lambda r: counts[r, True] / (counts[r, True] + counts[r, False]))
    print(f"{'rule':24}{'right':>7}{'wrong':>7}")
    for rule in rules:
        print(f"{rule:24}{counts[rule, True]:7}{counts[rule, False]:7}")
    print()


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code is 1 where a figure has fallen below its floor."""
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--part", choices=PARTS, help="one part alone")
    made.add_argument("--errors", action="store_true", help="list what the dev part misses and reads falsely")
    made.add_argument("--rules", action="store_true", help="how often each rule was right in the dev part")
    options = made.parse_args(arguments)
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    complaints: list[str] = []
    for part in (options.part,) if options.part else PARTS:
        with tempfile.TemporaryDirectory() as folder:
            read_part(CORPUS / part, Path(folder))
            figures = score(CORPUS / part, Path(folder))
            show(part, figures)
            complaints += fallen(part, figures, floors.get(part, {}))
            if part == "dev" and options.rules:
                show_rules(rule_counts(CORPUS / part, Path(folder)))
        if part == "dev" and options.errors:
            for stem, what, ref, got in figures["errors"]:
                told = "\n   ".join(json.dumps(event, ensure_ascii=False) for event in (ref, got))
                print(f"{what} [{stem}]\n   {told}")
    print("\n".join(complaints), file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    raise SystemExit(main())
