"""A long coverage-guided fuzz of the event reader.

`pip install atheris`, then `python tests/events/fuzz.py -max_total_time=1800`. The texts of tests/corpus/dev are the
seeds, unless folders are named (libFuzzer writes what it finds into the first). It stops at the first text
that makes the reader raise, take longer than five seconds of CPU, or point its evidence beside the text.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import atheris  # no requirement of the project: it has no wheels for every platform

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
SECONDS = 5.0

with atheris.instrument_imports(include=["pipelines"]):
    from pipelines.events import read


def one_text(data: bytes) -> None:
    """Read one text, broken UTF-8 mended as a browser would, and check what is true of any reading."""
    text = data.decode("utf-8", errors="replace")
    started = time.process_time()
    reading = read(text)
    if time.process_time() - started > SECONDS:
        raise RuntimeError("slow")
    for event in reading.events:
        for place in event.evidence:
            if place.part == "text" and not (0 <= place.start < place.end <= len(text)):
                raise RuntimeError(f"{event.id} stands beside the text")


if __name__ == "__main__":
    named = any(not argument.startswith("-") for argument in sys.argv[1:])
    folders = [] if named else [tempfile.mkdtemp(prefix="moviola-fuzz-"), str(ROOT / "tests" / "corpus" / "dev")]
    atheris.Setup([*sys.argv, *folders], one_text)
    atheris.Fuzz()
