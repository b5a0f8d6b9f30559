"""The sample newspaper's pages, read with no selector: text, metadata and refusals as its writer meant them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from bench.cleaning import centile, token_f1
from pipelines.article import read_article
from pipelines.items import Article, Page, Skipped
from tests.newspaper.export import export
from tests.newspaper.stories import load_stories

NOW = datetime(2026, 11, 22, tzinfo=UTC)
Read = list[tuple[dict[str, Any], Article | Skipped]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Every article of the newspaper: its facts and what was read."""
    folder = tmp_path_factory.mktemp("newspaper")
    return [(facts, read_article(list(pages_of(facts, folder)))) for facts in export(load_stories(), folder)]


def pages_of(facts: dict[str, Any], folder: Path) -> Iterator[Page]:
    headers = {"content-type": facts["type"], **facts["headers"]}
    for name in facts["files"]:
        yield Page(facts["url"], facts["url"], 200, headers, (folder / name).read_bytes(), NOW)


def kept(read: Read) -> list[tuple[dict[str, Any], Article]]:
    return [(facts, found) for facts, found in read if isinstance(found, Article)]


def test_just_the_pages_that_are_to_be_skipped_are(read: Read) -> None:
    assert {f["id"]: f["skip"] for f, found in read if isinstance(found, Skipped)} == {
        facts["id"]: facts["skip"] for facts, _ in read if facts["skip"]
    }


def test_the_texts_come_out_clean_and_whole(read: Read) -> None:
    scores = [token_f1(found.text, facts["gold"]) for facts, found in kept(read)]
    assert len(scores) > 80
    assert mean(scores) >= 0.985
    assert centile(scores, 5) >= 0.95


@pytest.mark.parametrize("what", ["title", "subtitle", "section", "url"])
def test_what_the_page_says_of_its_article_is_read(read: Read, what: str) -> None:
    wrong = {f["id"]: getattr(a, what) for f, a in kept(read) if (getattr(a, what) or "") != (f[what] or "")}
    assert wrong == {}


def test_authors_tags_and_times_are_read(read: Read) -> None:
    for facts, found in kept(read):
        assert ", ".join(found.authors) == facts["author"]
        assert sorted(found.tags) == sorted(facts["tags"])
        assert found.published is not None
        assert found.published.value == datetime.fromisoformat(facts["published"]).astimezone(UTC)


def test_only_what_is_paid_for_is_not_whole(read: Read) -> None:
    told = {facts["id"]: found.completeness for facts, found in kept(read) if found.completeness != "full"}
    assert told == {facts["id"]: "paywalled" for facts, _ in kept(read) if facts["traits"].get("paywalled")}
