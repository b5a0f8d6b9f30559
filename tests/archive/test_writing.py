"""One transaction a page; the same page again changes nothing."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.archive import Archive, Result
from pipelines.items import Article, Event, Frame, Page, Reading, Skipped, Timestamp

from .examples import HOME, NOW, address, article, dump, failed, feed, page, reading, result, scalar, visit


def test_an_article_is_kept_with_all_that_it_says(archive: Archive) -> None:
    written = archive.write(visit(), article(), reading())
    assert written.new and written.state == "fetched" and written.article_id
    row = next(archive.db["articles"].rows)
    assert (row["url"], row["site"], row["kind"], row["published"]) == (
        address(1), "lanotizia", "report", "2024-01-10T20:00:00Z",
    )  # fmt: skip
    assert [r["name"] for r in archive.db["authors"].rows] == ["Redazione", "Anna Neri"]
    frame = next(archive.db["article_matches"].rows)
    assert (frame["home"], frame["score_away"], frame["half_home"], frame["date"]) == ("Milan", 2, 1, "2024-01-10")
    goal, card = archive.db["claims"].rows
    assert (goal["player"], goal["minute"], goal["method"], goal["reader"]) == ("Koopmeiners", 59, "penalty", "1")
    assert goal["article_match_id"] == card["article_match_id"] == frame["id"]
    (evidence,) = json.loads(goal["evidence"])
    assert evidence["sentence"].startswith("Poi Koopmeiners") and evidence["rule"] == "goal_verb"
    players = {
        r["name"]: (r["place"], r["shirt"], r["rating"], r["unrated"]) for r in archive.db["lineup_players"].rows
    }
    assert players == {
        "Maignan": ("starter", None, None, 0),
        "Leão": ("starter", 10, 6.5, 0),
        "Jović": ("bench", None, None, 0),
        "Adli": (None, None, None, 1),
    }


def test_the_same_page_again_changes_nothing(archive: Archive) -> None:
    results = [Result(feed(30)), *map(result, (1, 2, 3, 8))]
    archive.write_many(results)
    before = dump(archive)
    again = archive.write_many(results)
    assert dump(archive) == before
    assert not any(written.new or written.changed or written.discovered for written in again)


def test_the_same_page_later_changes_only_when_it_was_seen(archive: Archive) -> None:
    timing = ("urls.seen", "urls.fetched", "urls.next_check")
    archive.write(visit(), article(), reading())
    before = dump(archive, without=timing)
    later = NOW + timedelta(hours=2)
    other_advert = page(body=b"<html>the same words beside another advertisement</html>", fetched=later)
    archive.write(visit(at=later, pages=(other_advert,)), article(), reading())
    assert dump(archive, without=timing) == before
    assert scalar(archive, "SELECT seen FROM urls") == "2024-01-11T00:30:00Z"


def test_an_edited_article_keeps_the_words_before(archive: Archive) -> None:
    archive.write(visit(), article(), reading())
    later = NOW + timedelta(hours=1)
    edited = article(text="Tutto da rifare: il giudice annulla la gara.")
    new_page = page(body=b"<html>new</html>", fetched=later)
    assert archive.write(visit(at=later, pages=(new_page,)), edited, reading(minute=60)).changed
    (version,) = archive.db["article_versions"].rows
    assert version["number"] == 1 and "Koopmeiners" in version["text"] and version["seen"] == "2024-01-10T22:30:00Z"
    assert scalar(archive, "SELECT changed FROM articles") == "2024-01-10T23:30:00Z"
    assert scalar(archive, "SELECT minute FROM claims WHERE type = 'goal'") == 60
    assert [p.body for p in archive.pages_of(1)] == [b"<html>new</html>"]
    assert scalar(archive, "SELECT count(*) FROM snapshots") == 2, "the page before is kept too"


def test_words_without_a_reading_leave_no_stale_claims(archive: Archive) -> None:
    archive.write(visit(), article(), reading())
    archive.write(visit(at=NOW + timedelta(hours=1)), article(text="Altro testo"), None)
    assert scalar(archive, "SELECT count(*) FROM claims") == 0
    assert scalar(archive, "SELECT kind FROM articles") is None


def test_a_newer_reader_replaces_the_claims_of_the_same_words(archive: Archive) -> None:
    archive.write(visit(), article(), reading("1", minute=58))
    archive.write(visit(), article(), reading("2", minute=59))
    assert list(archive.conn.execute("SELECT reader, minute FROM claims WHERE type = 'goal'")) == [("2", 59)]
    assert scalar(archive, "SELECT count(*) FROM article_versions") == 0


class TestTwoAddresses:
    def test_of_one_canonical_url_show_one_article(self, archive: Archive) -> None:
        archive.write(visit(1), article(1))
        amp = replace(visit(2), url=address(1) + "/amp")
        written = archive.write(amp, article(1))
        assert not written.new and written.article_id == 1
        assert scalar(archive, "SELECT next_check FROM urls WHERE url LIKE '%/amp'") is None, "read through the first"

    def test_the_canonical_one_takes_over(self, archive: Archive) -> None:
        archive.write(replace(visit(1), url=address(1) + "/amp"), article(1, "Mezzo testo di Leão"))
        assert archive.write(visit(1), article(1)).changed
        archive.write(replace(visit(1), url=address(1) + "/amp"), article(1, "Mezzo testo di Leão"))
        assert "Koopmeiners" in scalar(archive, "SELECT text FROM bodies")

    def test_a_site_that_names_its_home_as_every_canonical_loses_nothing(self, archive: Archive) -> None:
        one = article(1, "La prima storia di oggi parla di calcio", url=HOME, title="Una")
        two = article(2, "Un'altra notizia riguarda invece il mercato", url=HOME, title="Due")
        archive.write(visit(1), one)
        assert archive.write(visit(2), two).new
        assert [r["title"] for r in archive.db["articles"].rows] == ["Una", "Due"]
        archive.write(visit(2), two)
        assert scalar(archive, "SELECT count(*) FROM articles") == 2

    def test_a_page_that_gave_itself_out_for_another_gives_way(self, archive: Archive) -> None:
        impostor = article(1, "Tutt'altra storia", title="Impostore")
        archive.write(visit(9), impostor)
        archive.write(visit(1), article(1), reading())
        assert scalar(archive, "SELECT title FROM articles WHERE url = ?", address(1)) == article(1).title
        assert scalar(archive, "SELECT state FROM urls WHERE url = ?", address(9)) == "discovered"
        archive.write(visit(9), impostor)
        assert scalar(archive, "SELECT title FROM articles WHERE url = ?", address(9)) == "Impostore"

    def test_where_a_redirect_ends_is_not_fetched_again(self, archive: Archive) -> None:
        archive.write(feed(2))
        archive.write(visit(1, pages=(page(1, final_url=address(2)),)), article(2))
        assert [lease.url for lease in archive.frontier.lease("lanotizia", NOW, 10)] == []
        assert scalar(archive, "SELECT count(DISTINCT article_id) FROM urls WHERE role = 'article'") == 1


def test_the_same_words_elsewhere_are_a_copy_of_the_first(archive: Archive) -> None:
    for number in (1, 2, 3):
        archive.write(replace(visit(number), site=f"giornale{number}"), article(number, title="Uguale"))
    assert list(archive.conn.execute("SELECT id, copy_of FROM articles")) == [(1, None), (2, 1), (3, 1)]


def test_a_page_without_article_is_kept_with_its_reason(archive: Archive) -> None:
    assert archive.write(visit(), Skipped("no-article")).state == "skipped"
    assert scalar(archive, "SELECT reason FROM urls") == "no-article"
    assert scalar(archive, "SELECT count(*) FROM snapshots") == 1


@pytest.mark.parametrize("reason", ["noarchive", "noindex", "tdm-reservation", "consent"])
def test_a_page_that_asks_not_to_be_kept_is_not(archive: Archive, reason: str) -> None:
    archive.write(visit(), Skipped(reason))
    assert scalar(archive, "SELECT count(*) FROM snapshots") == 0


def test_an_article_survives_a_visit_that_shows_none(archive: Archive) -> None:
    archive.write(visit(), article(), reading())
    for later in (
        visit(at=NOW + timedelta(hours=1), not_modified=True, pages=()),
        failed(1, "timeout", at=NOW + timedelta(hours=2)),
        failed(1, "http-404", at=NOW + timedelta(hours=3)),
    ):
        archive.write(later)
    archive.write(visit(at=NOW + timedelta(hours=4)), Skipped("consent"))
    assert scalar(archive, "SELECT count(*) FROM articles JOIN bodies ON article_id = id") == 1
    assert archive.pages_of(1)[0].body == page().body


def test_a_date_that_only_the_feed_tells_is_used_and_its_source_named(archive: Archive) -> None:
    archive.write(feed(1))
    archive.write(visit(), article(published=None))
    assert list(archive.conn.execute("SELECT published, published_source FROM articles")) == [
        ("2024-01-10T22:29:00Z", "feed")
    ]


class TestHostileValues:
    def test_half_of_a_surrogate_pair_is_replaced(self, archive: Archive) -> None:
        archive.write(visit(), article(text="gol\ud800!", title="\udfff"), reading())
        assert (
            scalar(archive, "SELECT title || text FROM articles JOIN bodies ON article_id = id") == "\ufffdgol\ufffd!"
        )

    def test_numbers_beyond_64_bits_are_cut(self, archive: Archive) -> None:
        frame = Frame("Milan", "Atalanta", attendance=10**30)
        archive.write(visit(), article(), Reading("report", (frame,), (), "1"))
        assert scalar(archive, "SELECT attendance FROM article_matches") == 2**63 - 1

    def test_nul_bytes_stay_searchable(self, archive: Archive) -> None:
        archive.write(visit(), article(text="prima\0 Koopmeiners"))
        archive.write(visit(at=NOW + timedelta(hours=1)), article(text="dopo\0 Scamacca"))
        archive.conn.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")

    def test_times_that_no_calendar_holds_are_left_out(self, archive: Archive) -> None:
        early = datetime(1, 1, 1, tzinfo=UTC).astimezone(UTC).replace(tzinfo=EAST)
        archive.write(visit(), article(published=Timestamp(early, "meta")))
        assert scalar(archive, "SELECT published FROM articles") is None

    def test_a_page_that_cannot_be_stored_harms_no_other(self, archive: Archive) -> None:
        broken = replace(article(2), title=None)  # type: ignore[arg-type]
        one, two, three = archive.write_many([result(1), Result(visit(2), broken, reading()), result(3)])
        assert (one.state, two.state, three.state) == ("fetched", "failed", "fetched")
        assert scalar(archive, "SELECT kind FROM failures") == "unstorable"
        archive.conn.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")

    def test_ten_thousand_claims_of_one_article_keep_to_their_ids(self, archive: Archive) -> None:
        many = tuple(Event(f"e{n}", "shot", "Milan-Atalanta") for n in range(20_000))
        archive.write(visit(1), article(1), Reading("live", (), many, "1"))
        archive.write(visit(2), article(2), reading())
        assert scalar(archive, "SELECT count(*) FROM claims WHERE article_id = 1") == 9_999
        assert scalar(archive, "SELECT min(id) FROM claims WHERE article_id = 2") == 20_001


EAST = datetime.strptime("+1400", "%z").tzinfo


class TestWhoFusesClaims:
    def test_is_told_within_the_transaction(self, archive: Archive) -> None:
        calls: list[tuple[int, tuple[str, ...]]] = []

        def tie(conn: sqlite3.Connection, article_id: int, ties: tuple[str, ...]) -> None:
            assert conn.in_transaction
            calls.append((article_id, ties))
            conn.execute("INSERT OR IGNORE INTO teams VALUES ('milan', 'Milan'), ('atalanta', 'Atalanta')")
            conn.execute("INSERT OR IGNORE INTO matches (id, home_id, away_id) VALUES ('m', 'milan', 'atalanta')")
            conn.execute("UPDATE article_matches SET match_id = 'm' WHERE article_id = ?", (article_id,))

        archive.on_claims = tie
        archive.write(visit(), article(), reading())
        archive.write(visit(), article(), reading())
        assert calls == [(1, ())], "nothing changed the second time"
        archive.write(visit(), article(), reading(minute=60))
        archive.forget(address(1), NOW)
        assert calls == [(1, ()), (1, ("m",)), (1, ("m",))]

    def test_and_nothing_is_written_where_it_breaks(self, archive: Archive) -> None:
        def broken(conn: sqlite3.Connection, article_id: int, ties: tuple[str, ...]) -> None:
            raise RuntimeError("no fusion today")

        archive.on_claims = broken
        with pytest.raises(RuntimeError, match="no fusion today"):
            archive.write_many([Result(feed()), Result(visit(), article(), reading())])
        assert scalar(archive, "SELECT count(*) FROM urls") == 0


def test_pages_come_back_as_they_were_fetched(archive: Archive) -> None:
    pages: tuple[Page, ...] = tuple(page(n, body=bytes(range(256)) * n) for n in (1, 2, 3))
    archive.write(visit(pages=pages), article(pages=3))
    restored = archive.pages_of(1)
    assert [(p.url, p.body, p.fetched, p.status) for p in restored] == [
        (p.url, p.body, p.fetched, p.status) for p in pages
    ]
    assert restored[0].headers == {"content-type": "text/html; charset=utf-8"}, "no cookies"


def test_an_article_of_any_item_type_field_is_stored(archive: Archive) -> None:
    """A field added to Article must be given a column, or a reason not to have one."""
    elsewhere = {"text", "headings", "links", "authors", "tags"}
    columns = {column.name for column in archive.db["articles"].columns}
    assert {f for f in Article.__dataclass_fields__ if f not in elsewhere} <= columns
    claims = {column.name for column in archive.db["claims"].columns} | {"match", "score"}
    assert set(Event.__dataclass_fields__) - {"id"} <= claims


def test_threads_share_an_archive(archive: Archive) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: archive.write_many([result(number)]), range(40)))
    assert scalar(archive, "SELECT count(*) FROM articles") == 32
    archive.conn.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")


def test_a_reader_sees_whole_pages_while_another_writes(archive: Archive) -> None:
    with Archive.open(archive.path, read_only=True) as reader, archive.transaction() as pen:
        pen.conn.execute("INSERT INTO sites (name) VALUES ('half')")
        assert scalar(reader, "SELECT count(*) FROM sites") == 0


def test_an_article_keeps_its_url_whatever_its_page_says_later(archive: Archive) -> None:
    archive.write(visit(1), article(1))
    archive.write(visit(1, at=NOW + timedelta(hours=1)), article(1, "Altro testo", url=HOME))
    assert scalar(archive, "SELECT url FROM articles") == address(1)
