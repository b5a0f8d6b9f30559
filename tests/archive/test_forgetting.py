"""An article taken down stays away, by every way back."""

from __future__ import annotations

from dataclasses import replace

from pipelines.archive import Archive, reread
from pipelines.items import Found

from .examples import HOME, NOW, address, article, dump, feed, page, reading, scalar, visit

LEFT = ("urls", "forgotten", "sites", "failures", "crawl_runs")


def test_nothing_of_it_is_left_but_its_address(archive: Archive) -> None:
    archive.write(feed(1))
    archive.write(visit(), article(text="Una parola segretissima"), reading())
    archive.write(visit(at=NOW.replace(hour=23)), article(text="Un'altra stesura"), reading())
    archive.forget(address(1), NOW)
    rows = [row for row in dump(archive) if row[0] not in LEFT and not row[0].startswith(("articles_fts", "sqlite_"))]
    assert rows == []
    assert scalar(archive, "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'segretissima'") == 0
    archive.conn.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    assert scalar(archive, "SELECT state || ' ' || reason FROM urls WHERE url = ?", address(1)) == "gone forgotten"


def test_the_other_articles_stay(archive: Archive) -> None:
    archive.write(visit(1), article(1), reading())
    before = [row for row in dump(archive) if not row[0].startswith(("articles_fts", "sqlite_"))]
    archive.write(visit(2, pages=(page(1), page(2))), article(2), reading())
    archive.forget(address(2), NOW)
    after = [row for row in dump(archive) if not row[0].startswith(("articles_fts", "sqlite_"))]
    assert [row for row in after if row[0] not in LEFT] == [row for row in before if row[0] not in LEFT]


def test_a_recrawl_does_not_bring_it_back(archive: Archive) -> None:
    archive.write(visit(), article(), reading())
    archive.forget(address(1), NOW)
    assert archive.frontier.add([Found(address(1), "lanotizia", "article")], NOW) == 0
    assert archive.frontier.next_due("lanotizia") is None
    assert archive.write(visit(), article(), reading()).state == "gone"
    assert scalar(archive, "SELECT (SELECT count(*) FROM articles) + (SELECT count(*) FROM snapshots)") == 0


def test_nor_does_another_address_of_it(archive: Archive) -> None:
    archive.write(visit(1), article(1))
    archive.write(replace(visit(1), url=address(1) + "/amp"), article(1))
    gone = archive.forget(address(1) + "/amp", NOW)
    assert set(gone.urls) == {address(1), address(1) + "/amp"}
    same_canonical = replace(visit(1), url=address(1) + "?pagina=2")
    redirected = visit(3, pages=(page(3, final_url=address(1)),))
    same_words = visit(4)
    for each, its_article in (
        (same_canonical, article(1)),
        (redirected, article(3)),
        (same_words, article(1, url=address(4))),
    ):
        assert archive.write(each, its_article).state == "gone"
    assert scalar(archive, "SELECT count(*) FROM articles") == 0


def test_an_address_never_met_can_be_barred(archive: Archive) -> None:
    assert archive.forget(address(5), NOW).article_id is None
    assert archive.frontier.add([Found(address(5), "lanotizia", "article")], NOW) == 0


def test_a_skipped_page_can_be_forgotten_too(archive: Archive) -> None:
    archive.write(visit())
    assert scalar(archive, "SELECT count(*) FROM snapshots") == 1
    archive.forget(address(1), NOW)
    assert scalar(archive, "SELECT count(*) FROM snapshots") == 0


def test_copies_follow_the_first_that_is_left(archive: Archive) -> None:
    for number in (1, 2, 3):
        archive.write(replace(visit(number), site=f"giornale{number}"), article(number, title="Uguale"))
    archive.forget(address(1), NOW)
    assert list(archive.conn.execute("SELECT id, copy_of FROM articles")) == [(2, None), (3, 2)]


def test_a_rereading_does_not_bring_it_back(archive: Archive) -> None:
    archive.write(visit(), article())
    archive.forget(address(1), NOW)
    assert list(reread(archive, lambda stored: (article(), reading()), workers=0)) == []


def test_forgetting_twice_says_so_and_changes_nothing(archive: Archive) -> None:
    archive.write(visit(), article())
    archive.forget(address(1), NOW)
    before = dump(archive)
    assert archive.forget(address(1), NOW).article_id is None
    assert dump(archive) == before
    assert HOME in scalar(archive, "SELECT url FROM forgotten")
