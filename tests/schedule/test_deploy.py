"""The files of deploy/ are what the programs that read them accept; a test skips where its program is missing."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.newspaper.process import ROOT

DEPLOY = ROOT / "deploy"


def run(*command: object) -> subprocess.CompletedProcess[str]:
    program = shutil.which(str(command[0]))
    if not program:
        pytest.skip(f"{command[0]} is not installed")
    line = [program, *map(str, command[1:])]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    for unit in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")):
        here = unit.read_text().replace("/opt/moviola/.venv/bin/scrapy", shutil.which("true") or "/bin/true")
        (tmp_path / unit.name).write_text(here)
    names = sorted(tmp_path.iterdir())
    assert len(names) == 6
    done = run("systemd-analyze", "verify", "--man=no", *(n for n in names if "@" not in n.name))
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_understands_when_the_timers_ring() -> None:
    for timer in DEPLOY.glob("*.timer"):
        (when,) = (line.split("=")[1] for line in timer.read_text().splitlines() if line.startswith("OnCalendar"))
        assert run("systemd-analyze", "calendar", when).returncode == 0


def test_cron_accepts_the_crontab() -> None:
    assert run("crontab", "-n", DEPLOY / "crontab").returncode == 0


def test_compose_accepts_the_services() -> None:
    name = "docker-compose"
    if shutil.which("docker") and run("docker", "compose", "version").returncode == 0:
        done = run("docker", "compose", "-f", DEPLOY / "compose.yaml", "config", "-q")
    else:
        done = run(name, "-f", DEPLOY / "compose.yaml", "config", "-q")
    assert done.returncode == 0, done.stderr


def test_what_the_image_copies_is_there_and_not_ignored() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().split()
    for line in (DEPLOY / "Dockerfile").read_text().splitlines():
        if line.startswith("COPY"):
            source = line.split()[1]
            assert (ROOT / source).exists(), source
            assert f"!{source}" in ignored, source


def test_every_command_that_they_run_exists() -> None:
    scrapy = Path(sys.executable).parent / "scrapy"
    known = run(scrapy, "-h").stdout
    text = "".join(path.read_text() for path in DEPLOY.iterdir())
    for name in ("schedule", "visit", "backup", "prune", "status"):
        assert f"scrapy {name}" in text or f'"scrapy", "{name}"' in text
        assert f"\n  {name} " in known
    python = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=")
    assert f"FROM python:{python}" in (DEPLOY / "Dockerfile").read_text()
