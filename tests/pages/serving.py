"""Datasette with our pages, in this process or as the command that people run."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError

from datasette.app import Datasette

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"


def opened(*files: Path, **settings: Any) -> Datasette:
    """Datasette on these files with what stands in data/."""
    return Datasette(
        [str(file) for file in files],
        metadata=json.loads((DATA / "metadata.json").read_text("utf-8")),
        template_dir=str(DATA / "templates"),
        plugins_dir=str(DATA / "plugins"),
        static_mounts=[("static", str(DATA / "static"))],
        settings={**json.loads((DATA / "settings.json").read_text("utf-8")), **settings},
    )


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """The address at which `make browse` serves an archive, for as long as the block lasts."""
    port = free_port()
    command = [sys.executable, "-m", "pipelines.archive.browse", str(archive), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        answers(f"{address}/-/versions.json", server)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def answers(url: str, server: subprocess.Popen[bytes], patience: float = 60) -> None:
    """Wait until the URL answers."""
    until = time.monotonic() + patience
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"{url} does not answer")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
