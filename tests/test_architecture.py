"""Imports point one way: crawler → pipelines; a stage meets another only in the item types."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STAGES = ("article", "events", "matches", "archive")


def imported(path: Path) -> Iterator[str]:
    """Absolute names of the modules that a file imports, relative imports resolved."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join((*base, *([node.module] if node.module else [])))


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", modules("pipelines"), ids=lambda p: str(p.relative_to(ROOT)))
def test_pipelines_know_neither_scrapy_nor_the_crawler(path: Path) -> None:
    assert not [name for name in imported(path) if name.split(".")[0] in ("scrapy", "twisted", "crawler", "tests")]


@pytest.mark.parametrize("stage", STAGES)
def test_stages_do_not_import_the_insides_of_others(stage: str) -> None:
    """`from pipelines.events import read` is an interface; `pipelines.events.clock` from outside is not."""
    for path in modules(f"pipelines/{stage}"):
        for name in imported(path):
            parts = name.split(".")
            if parts[0] == "pipelines" and len(parts) > 2 and parts[1] in STAGES:
                assert parts[1] == stage, f"{path.relative_to(ROOT)} imports {name}"


@pytest.mark.parametrize("path", modules("crawler"), ids=lambda p: str(p.relative_to(ROOT)))
def test_crawler_uses_the_stages_by_their_interfaces(path: Path) -> None:
    deep = [n for n in imported(path) if n.startswith("pipelines.") and n.count(".") > 1]
    assert not deep, f"imports the insides of a stage: {deep}"


def test_the_top_level_is_the_agreed_one() -> None:
    for name in ("scrapy.cfg", "crawler", "pipelines", "tests", "data", "README.md", "pyproject.toml", "Makefile"):
        assert (ROOT / name).exists(), name
