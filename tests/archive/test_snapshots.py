"""Pages are kept once, small, and come back byte for byte."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator

import pytest

from pipelines.archive import Archive
from pipelines.archive.codec import compressor, decompressor, pick_dictionary
from pipelines.archive.snapshots import DICTIONARY_FOR, DICTIONARY_FROM
from pipelines.items import Skipped

from .examples import NOW, article, page, result, scalar, visit


def pages_of_a_site(count: int, seed: int = 1) -> Iterator[bytes]:
    """Pages that share their menus and scripts, as those of a site do."""
    rng = random.Random(seed)
    words = ["".join(rng.choices("aeioulnrst", k=rng.randint(2, 9))) for _ in range(4000)]
    shared = " ".join(rng.choices(words, k=3000))
    for number in range(count):
        yield f"<html>{shared}<p>{number} {' '.join(rng.choices(words, k=300))}</p></html>".encode()


def write_pages(archive: Archive, bodies: Iterator[bytes], first: int = 0) -> None:
    for number, body in enumerate(bodies, first):
        archive.write(visit(number, pages=(page(number, body=body),)), article(number, title=f"Titolo {number}"))


def test_equal_bytes_are_kept_once(archive: Archive) -> None:
    archive.write(visit(1, pages=(page(1, body=b"the same"),)), article(1))
    archive.write(visit(2, pages=(page(2, body=b"the same"),)), Skipped("no-article"))
    assert scalar(archive, "SELECT count(*) FROM snapshots") == 1
    assert scalar(archive, "SELECT count(*) FROM pages") == 2


def test_every_page_comes_back_whatever_dictionary_it_was_written_with(archive: Archive) -> None:
    bodies = list(pages_of_a_site(DICTIONARY_FROM + 20))
    write_pages(archive, iter(bodies))
    ids = [row[0] for row in archive.conn.execute("SELECT id FROM articles ORDER BY id")]
    assert [archive.pages_of(number)[0].body for number in ids] == bodies
    with Archive.open(archive.path) as opened_later:
        assert [opened_later.pages_of(number)[0].body for number in ids] == bodies


def test_the_dictionary_of_a_site_makes_its_pages_small(archive: Archive) -> None:
    write_pages(archive, pages_of_a_site(DICTIONARY_FROM + 10))
    with Archive.open(archive.path) as opened_later:
        write_pages(opened_later, pages_of_a_site(10, seed=1), first=DICTIONARY_FROM + 10)
    sizes = archive.conn.execute("SELECT size, length(content) FROM snapshots WHERE dictionary_id = 1").fetchall()
    assert scalar(archive, "SELECT count(*) FROM dictionaries") == 1
    zlib_size = len(zlib.compress(next(pages_of_a_site(1)), 6))
    assert len(sizes) >= 10 and sum(packed for _, packed in sizes) / len(sizes) < 0.6 * zlib_size


def test_a_site_gets_a_new_dictionary_in_time(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.archive.snapshots.DICTIONARY_FOR", 20)
    assert DICTIONARY_FOR > 20
    write_pages(archive, pages_of_a_site(DICTIONARY_FROM))
    write_pages(archive, pages_of_a_site(25, seed=2), first=100)
    rows = archive.conn.execute("SELECT dictionary_id, count(*) FROM snapshots GROUP BY 1 ORDER BY 1").fetchall()
    assert rows == [(None, DICTIONARY_FROM), (1, 20), (2, 5)]


def test_a_dictionary_rolled_back_with_its_page_is_not_used(archive: Archive) -> None:
    bodies = list(pages_of_a_site(DICTIONARY_FROM + 2))
    write_pages(archive, iter(bodies[:DICTIONARY_FROM]))
    broken = article(500, title=None)
    archive.write(visit(500, pages=(page(500, body=bodies[-2]),)), broken)
    with pytest.raises(KeyboardInterrupt), archive.transaction() as pen:
        archive.snapshots.store(pen.conn, "lanotizia", bodies[-2])
        raise KeyboardInterrupt
    assert scalar(archive, "SELECT count(*) FROM dictionaries") == 0
    write_pages(archive, iter(bodies[-1:]), first=600)
    newest = scalar(archive, "SELECT max(id) FROM articles")
    assert archive.pages_of(newest)[0].body == bodies[-1]


def test_more_sites_than_dictionaries_in_memory(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.archive.snapshots.LOADED", 2)
    bodies = {f"site{n}": list(pages_of_a_site(DICTIONARY_FROM + 2, seed=n)) for n in range(4)}
    for turn in range(DICTIONARY_FROM + 2):
        for n, site in enumerate(bodies):
            number = turn * 4 + n
            one = visit(number, site=site, pages=(page(number, body=bodies[site][turn]),))
            archive.write(one, article(number, title=f"Titolo {number}"))
    assert scalar(archive, "SELECT count(*) FROM dictionaries") == 4
    ids = [row[0] for row in archive.conn.execute("SELECT id FROM articles ORDER BY id")]
    expected = [bodies[site][turn] for turn in range(DICTIONARY_FROM + 2) for site in bodies]
    assert [archive.pages_of(number)[0].body for number in ids] == expected


@pytest.mark.parametrize("body", [b"", b"\0" * 10_000_000, bytes(range(256)) * 400])
def test_any_bytes_come_back(archive: Archive, body: bytes) -> None:
    archive.write(visit(1, pages=(page(1, body=body),)), article(1))
    assert archive.pages_of(1)[0].body == body


def test_a_dictionary_is_picked_from_any_pages() -> None:
    assert pick_dictionary([]) == b""
    assert pick_dictionary([b"x" * 10_000_000]) == b"", "pages too large to be typical"
    few = [b"", b"short"]
    content = pick_dictionary(few)
    assert decompressor(content).decompress(compressor(content).compress(b"short"), max_output_size=5) == b"short"


def test_only_the_last_pages_of_a_url_are_read_again(archive: Archive) -> None:
    later = NOW.replace(hour=23)
    archive.write(visit(1, pages=(page(1), page(2))), article(1))
    archive.write(visit(1, at=later, pages=(page(3, fetched=later),)), article(1, "Altro testo"))
    assert [p.url for p in archive.pages_of(1)] == [page(3).url]
    archive.write_many([result(1)])
