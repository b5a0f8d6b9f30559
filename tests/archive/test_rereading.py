"""Today's cleaning and reading over the pages kept, without fetching."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipelines.archive import Archive, Result, Stored, reread
from pipelines.items import Article, Reading, Skipped

from .examples import NOW, address, article, dump, page, reading, scalar, visit


def number_of(stored: Stored) -> int:
    return int(stored.url.rsplit("/", 1)[1])


def as_before(stored: Stored) -> tuple[Article | Skipped, Reading | None]:
    return article(number_of(stored)), reading()


def newer_reader(stored: Stored) -> tuple[Article | Skipped, Reading | None]:
    return article(number_of(stored)), reading("2", minute=61)


def cleaner(stored: Stored) -> tuple[Article | Skipped, Reading | None]:
    """Finds an article where there was none, none where there was one, and breaks on the third."""
    number = number_of(stored)
    if number == 3:
        raise ValueError("no such page")
    if number == 2:
        return Skipped("gallery"), None
    return article(number, "Il testo pulito meglio."), reading()


@pytest.fixture
def crawled(archive: Archive) -> Archive:
    archive.write_many(Result(visit(n), article(n), reading()) for n in (1, 2, 3))
    archive.write(visit(4), Skipped("no-article"))
    return archive


def test_the_same_reading_changes_nothing(crawled: Archive) -> None:
    crawled.forget(address(4), NOW)
    before = dump(crawled)
    assert [each.what for each in reread(crawled, as_before, workers=0)] == ["same"] * 3
    assert dump(crawled) == before


def test_a_newer_reader_changes_the_claims_alone(crawled: Archive) -> None:
    steps: list[tuple[int, int]] = []
    outcomes = list(reread(crawled, newer_reader, workers=2, progress=lambda done, of: steps.append((done, of))))
    assert [(each.url, each.what) for each in outcomes] == [
        (address(1), "events"), (address(2), "events"), (address(3), "events"), (address(4), "new"),
    ]  # fmt: skip
    assert steps == [(4, 4)]
    assert scalar(crawled, "SELECT count(*) FROM claims WHERE minute = 61 AND reader = '2'") == 4
    assert scalar(crawled, "SELECT count(*) FROM article_versions") == 0
    assert scalar(crawled, "SELECT state FROM urls WHERE url = ?", address(4)) == "fetched"


def test_a_better_cleaning_is_no_edit_of_the_paper(crawled: Archive) -> None:
    outcomes = {each.url: each for each in reread(crawled, cleaner, workers=0)}
    assert [outcomes[address(n)].what for n in (1, 2, 3, 4)] == ["text", "lost", "failed", "new"]
    assert outcomes[address(3)].detail == "ValueError: no such page"
    assert scalar(crawled, "SELECT count(*) FROM article_versions") == 0
    assert scalar(crawled, "SELECT changed = added FROM articles WHERE url = ?", address(1)) == 1
    assert scalar(crawled, "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'pulito'") == 2
    assert scalar(crawled, "SELECT state || ' ' || reason FROM urls WHERE url = ?", address(2)) == "skipped gallery"
    crawled.conn.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")


def test_what_was_lost_is_found_again(crawled: Archive) -> None:
    list(reread(crawled, cleaner, workers=0))
    outcomes = {each.url: each.what for each in reread(crawled, as_before, workers=0)}
    assert outcomes[address(2)] == "new"
    assert scalar(crawled, "SELECT count(*) FROM articles") == 4


def test_a_rereading_equals_a_fresh_crawl(crawled: Archive, tmp_path_factory: pytest.TempPathFactory) -> None:
    list(reread(crawled, newer_reader, workers=0))
    with Archive.open(tmp_path_factory.mktemp("fresh") / "moviola.db") as fresh:
        fresh.write_many(Result(visit(n), article(n), reading("2", minute=61)) for n in (1, 2, 3, 4))
        for table in ("articles", "bodies", "claims", "article_matches", "lineup_players", "snapshots", "pages"):
            assert list(crawled.db[table].rows) == list(fresh.db[table].rows)


def test_a_site_or_a_time_can_be_chosen(crawled: Archive) -> None:
    later = NOW + timedelta(days=1)
    crawled.write(visit(5, at=later), article(5), reading())
    assert [each.url for each in reread(crawled, as_before, since=later, workers=0)] == [address(5)]
    assert list(reread(crawled, as_before, site="nessuno", workers=0)) == []
    assert len(list(reread(crawled, as_before, site="lanotizia", workers=0))) == 5


def test_the_date_that_the_feed_told_comes_along(archive: Archive) -> None:
    seen: list[Stored] = []
    archive.write(visit(1, found=()), article(1))
    archive.conn.execute("UPDATE urls SET published = '2024-01-10T20:00:00Z'")
    list(reread(archive, lambda stored: (seen.append(stored), as_before(stored))[1], workers=0))  # type: ignore[func-returns-value]
    assert (
        seen[0].published
        and seen[0].published.source == "feed"
        and seen[0].pages == (page(1, headers=seen[0].pages[0].headers),)
    )


def test_a_second_address_is_not_read_again(archive: Archive) -> None:
    archive.write(visit(1), article(1))
    archive.write(visit(2), article(1))
    assert [each.url for each in reread(archive, as_before, workers=0)] == [address(1)]
