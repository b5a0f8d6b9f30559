"""The sample newspaper does what it promises, over real HTTP: what the crawl's own tests rest on."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree, html

from crawler.site import read_sites
from tests.corpus.check_corpus import check_article
from tests.newspaper import Running, running
from tests.newspaper.demo import not_a_demo
from tests.newspaper.export import export
from tests.newspaper.layout import blocks, gold, shown
from tests.newspaper.papers import PAPERS
from tests.newspaper.process import ROOT, Answer
from tests.newspaper.stories import FOLDERS, load_stories, read_story

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
LIVE = "2026-11-15-virtussalera-proarzano--novantesimo-live"
LONG = "2026-11-15-virtussalera-proarzano--curva-report"


@pytest.fixture(scope="module")
def paper() -> Iterator[Running]:
    with running("--delay", "0.2") as newspaper:
        yield newspaper


@pytest.fixture(autouse=True)
def healed(paper: Running) -> Iterator[None]:
    yield
    paper.control("heal")


def article(paper: Running, name: str) -> dict[str, Any]:
    return next(a for a in paper.articles() if a["id"] == name)


def path_of(told: dict[str, Any]) -> str:
    return urlsplit(str(told["url"])).path


def texts(tree: Any, path: str, **namespaces: str) -> list[str]:
    """The strings that an XPath finds."""
    return [str(found) for found in tree.xpath(path, namespaces=namespaces or None)]


def parsed(answer: Answer) -> Any:
    return html.document_fromstring(answer.body)


def located(xml: bytes) -> list[str]:
    return texts(etree.fromstring(xml), "//s:loc/text()", s=SITEMAP)


def test_prints_at_least_eighty_articles_in_four_papers(paper: Running) -> None:
    articles = paper.articles()
    assert len(articles) >= 80
    assert {a["paper"] for a in articles} == set(PAPERS)
    assert len({a["url"] for a in articles}) == len(articles)


def test_every_article_page_weighs_what_real_ones_do_and_holds_its_words_in_order(paper: Running) -> None:
    for told in paper.articles():
        if told["traits"].get("consent"):
            continue
        answer = paper.get(told["paper"], path_of(told))
        assert answer.status == 200, told["url"]
        assert 80_000 <= len(answer.body) <= 150_000, told["url"]
        page = answer.body.decode(told["traits"].get("charset", "utf-8"))
        text, further, place = "".join(words(page).split()), 'rel="next"' in page, 0
        for line in told["gold"].split("\n"):
            found = text.find("".join(line.split()), place)
            assert found >= 0 or further, (told["url"], line)
            place = max(place, found)


def words(page: str) -> str:
    """All text of a page, its spaces made single."""
    tree: Any = html.document_fromstring(page)
    for element in list(tree.iter("script", "style")):
        element.drop_tree()
    return " ".join(str(tree.text_content()).split())


def test_the_declared_ways_in_lead_to_every_article(paper: Running) -> None:
    sites = read_sites(sample_port=paper.port)
    for name in PAPERS:
        site = sites[name]
        expected = {a["url"] for a in paper.articles(name)}
        found: set[str] = set()
        for sitemap in site.sitemaps:
            found |= everything(paper, name, sitemap)
        assert expected <= found
        assert {url for url in found if site.is_article(url)} >= expected
        assert len(expected) >= site.expect.articles


@pytest.mark.parametrize("name", PAPERS)
def test_the_declared_selectors_find_what_they_name(paper: Running, name: str) -> None:
    selectors = read_sites(sample_port=paper.port)[name].selectors
    told = next(a for a in paper.articles(name) if a["subtitle"] and not a["traits"])
    page = parsed(paper.get(name, path_of(told)))

    def found(css: str) -> str:
        (element,) = page.cssselect(css)
        return " ".join(element.text_content().split())

    assert (found(selectors.title), found(selectors.subtitle)) == (told["title"], told["subtitle"])
    assert found(selectors.author) == "Redazione"
    assert told["published"][8:10].lstrip("0") in found(selectors.date)
    assert told["gold"].split("\n")[0] in found(selectors.body)
    assert any(page.cssselect(css) for css in selectors.remove)


def everything(paper: Running, name: str, sitemap: str) -> set[str]:
    body = paper.get(name, urlsplit(sitemap).path).body
    body = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    urls = located(body)
    if b"<sitemapindex" not in body:
        return set(urls)
    return set().union(*(everything(paper, name, url) for url in urls))


@pytest.mark.parametrize("name", PAPERS)
def test_what_is_no_article_is_not_taken_for_one(paper: Running, name: str) -> None:
    site = read_sites(sample_port=paper.port)[name]
    page = parsed(paper.get(name, "/"))
    links = {f"http://{name}.localhost:{paper.port}{href}" for href in texts(page, "//a/@href") if href.startswith("/")}
    expected = {a["url"] for a in paper.articles(name)}
    taken = {url for url in links if site.is_article(url)}
    assert taken and taken <= expected
    assert len(links) > len(taken)


def test_feeds_are_read_by_feedparser(paper: Running) -> None:
    for name, path in (("lanotizia", "/feed/"), ("ponente", "/feed/"), ("curva", "/atom.xml")):
        feed = feedparser.parse(paper.get(name, path).body)
        assert not feed.bozo
        newest = paper.articles(name)[:20]
        assert [entry.link.partition("?")[0] for entry in feed.entries] == [a["url"] for a in newest]


def test_the_news_sitemap_tells_title_and_time(paper: Running) -> None:
    tree = etree.fromstring(paper.get("novantesimo", "/news-sitemap.xml").body)
    newest = paper.articles("novantesimo")[:20]
    assert texts(tree, "//n:title/text()", n=NEWS) == [a["title"] for a in newest]
    assert texts(tree, "//n:publication_date/text()", n=NEWS) == [a["published"] for a in newest]


def test_robots_forbids_a_folder_and_an_article_and_asks_for_a_delay(paper: Running) -> None:
    lines = paper.get("curva", "/robots.txt").text.splitlines()
    forbidden = path_of(article(paper, "riservato-ai-motori"))
    assert {"User-agent: *", "Disallow: /api/", f"Disallow: {forbidden}", "Crawl-delay: 0.2"} <= set(lines)
    assert f"Sitemap: {paper.url('curva', '/sitemap.xml')}" in lines


def test_an_unchanged_page_is_answered_304_by_etag_and_by_date(paper: Running) -> None:
    path = path_of(article(paper, LONG))
    first = paper.get("curva", path)
    etag, changed = first.headers["etag"], first.headers["last-modified"]
    assert paper.get("curva", path, If_None_Match=etag).status == 304
    assert paper.get("curva", path, If_None_Match='"other"').status == 200
    assert paper.get("curva", path, If_Modified_Since=changed).status == 304
    assert paper.get("curva", path, If_Modified_Since="Mon, 01 Jan 1990 00:00:00 GMT").status == 200
    assert paper.get("curva", path, If_Modified_Since="yesterday").status == 200


def test_pages_are_gzipped_for_those_who_ask(paper: Running) -> None:
    plain = paper.get("ponente", "/")
    packed = paper.get("ponente", "/", Accept_Encoding="gzip, deflate")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 3


def test_one_connection_serves_many_requests(paper: Running) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", paper.port, timeout=10)
    for path in ("/robots.txt", "/feed/", "/"):
        connection.request("GET", path, headers={"Host": "lanotizia.localhost"})
        response = connection.getresponse()
        assert response.status == 200 and response.read()
        assert connection.sock is not None
    connection.request("HEAD", "/", headers={"Host": "lanotizia.localhost"})
    response = connection.getresponse()
    assert int(response.headers["content-length"]) > 1000 and response.read() == b""
    connection.close()


def test_listings_lead_from_page_to_page_to_the_oldest_article(paper: Running) -> None:
    for name, select in (("lanotizia", "a.next"), ("curva", ".c-pager a")):
        path, seen = "/", set()
        for _ in range(60):
            page = parsed(paper.get(name, path))
            seen |= set(texts(page, "//a/@href"))
            older = texts(page, "//link[@rel='next']/@href")
            if not older:
                break
            path = older[0]
            assert page.cssselect(select)
        assert {path_of(a) for a in paper.articles(name)} <= seen


def test_gone_missing_moved_and_forgotten_slashes(paper: Running) -> None:
    assert paper.get("lanotizia", "/2023/05/01/notizia-ritirata/").status == 410
    assert paper.get("lanotizia", "/2023/05/02/notizia-mai-scritta/").status == 404
    told = paper.articles("lanotizia")[0]
    without = paper.get("lanotizia", path_of(told).rstrip("/"))
    assert (without.status, without.headers["location"]) == (301, path_of(told))
    page = parsed(paper.get("lanotizia", path_of(told)))
    short = urlsplit(texts(page, "//link[@rel='shortlink']/@href")[0])
    assert paper.get("lanotizia", f"/?{short.query}").headers["location"] == told["url"]
    told = paper.articles("novantesimo")[0]
    renamed = re.sub(r"/[a-z0-9-]+-(\d{6})\.html", r"/altro-titolo-\1.html", path_of(told))
    assert paper.get("novantesimo", renamed).headers["location"] == told["url"]
    assert paper.get("nessuno", "/").status == 404


def test_a_long_report_stands_on_several_pages(paper: Running) -> None:
    told = article(paper, LONG)
    sheets, path = [], path_of(told)
    for _ in range(5):
        answer = paper.get("curva", path)
        page = parsed(answer)
        sheets.append(words(answer.text))
        further = texts(page, "//a[@class='c-pager__next']/@href")
        if not further:
            break
        assert texts(page, "//link[@rel='next']/@href") == further
        path = urlsplit(further[0]).path
    assert len(sheets) >= 2
    for line in told["gold"].split("\n"):
        assert sum(" ".join(line.split()) in text for text in sheets) == 1
    assert paper.get("curva", f"{path_of(told)}9/").status == 404


def test_amp_pages_name_their_canonical(paper: Running) -> None:
    told = next(a for a in paper.articles("novantesimo") if not a["traits"])
    page = parsed(paper.get("novantesimo", path_of(told)))
    amp = urlsplit(texts(page, "//link[@rel='amphtml']/@href")[0]).path
    light = parsed(paper.get("novantesimo", amp))
    assert texts(light, "//link[@rel='canonical']/@href") == [told["url"]]
    assert "amp" in light.attrib


def test_a_page_in_cp1252_says_so_and_another_lies(paper: Running) -> None:
    honest = article(paper, "2026-11-15-virtussalera-proarzano--ponente-box")
    answer = paper.get("ponente", path_of(honest))
    assert answer.headers["content-type"] == "text/html; charset=cp1252"
    assert "31’ pt Orsolin" in answer.body.decode("cp1252")
    lying = article(paper, "mareggiata-campo-inagibile")
    answer = paper.get("ponente", path_of(lying))
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode("utf-8")
    assert "“accanimento del mare”" in answer.body.decode("cp1252")


def test_what_asks_not_to_be_kept_says_so(paper: Running) -> None:
    page = parsed(paper.get("lanotizia", path_of(article(paper, "rubrica-fuori-archivio"))))
    assert "noarchive" in texts(page, "//meta[@name='robots']/@content")[0]
    answer = paper.get("novantesimo", path_of(article(paper, "numeri-riservati")))
    assert answer.headers["tdm-reservation"] == "1"


def test_a_consent_wall_shows_nothing_of_the_article(paper: Running) -> None:
    told = article(paper, "dietro-il-consenso")
    text = words(paper.get("curva", path_of(told)).text)
    assert "Accetta e continua" in text
    assert told["gold"].split("\n")[0] not in text


def test_a_paid_article_shows_its_beginning_and_is_marked(paper: Running) -> None:
    told = article(paper, "intervista-a-pagamento")
    answer = paper.get("lanotizia", path_of(told))
    assert '"isAccessibleForFree": false' in answer.text
    assert len(told["gold"].split("\n")) == 3
    assert "Si allena per restare" not in answer.text


def test_a_running_commentary_grows(paper: Running) -> None:
    before = article(paper, LIVE)
    first = paper.get("novantesimo", path_of(before))
    after = paper.control("grow", paper="novantesimo", id=LIVE, by=2)
    second = paper.get("novantesimo", path_of(before), If_None_Match=first.headers["etag"])
    assert second.status == 200
    assert updates(second.text) == updates(first.text) + 2
    assert after["gold"].endswith(before["gold"]) and len(after["gold"]) > len(before["gold"])
    whole = paper.control("grow", paper="novantesimo", id=LIVE, by=50)
    assert whole["gold"].startswith("Finisce qui")
    assert after["modified"] > before["modified"]


def updates(page: str) -> int:
    data = json.loads(texts(html.document_fromstring(page), "//script[@type='application/ld+json']/text()")[0])
    assert data["@type"] == "LiveBlogPosting"
    return len(data["liveBlogUpdate"])


def test_an_article_can_be_edited(paper: Running) -> None:
    told = article(paper, "mercato-notizia-corretta")
    before = paper.get("lanotizia", path_of(told))
    parts = [urlsplit(url).path for url in located(paper.get("lanotizia", "/wp-sitemap.xml").body)]
    part = next(path for path in parts if told["url"] in located(paper.get("lanotizia", path).body))
    listed = paper.get("lanotizia", part).headers["etag"]
    paper.control("edit", paper="lanotizia", id=told["id"], find="ventisei anni", replace_with="ventisette anni")
    after = paper.get("lanotizia", path_of(told), If_None_Match=before.headers["etag"])
    assert after.status == 200
    assert "ventisette anni" in after.text and "ventisei anni" not in after.text
    assert paper.get("lanotizia", part, If_None_Match=listed).status == 200
    with pytest.raises(ValueError, match="nothing would change"):
        paper.control("edit", paper="lanotizia", id=told["id"], find="parole mai scritte", replace_with="x")
    with pytest.raises(ValueError, match="no article"):
        paper.control("edit", paper="lanotizia", id="nessuno", append="x")


def test_one_article_is_syndicated_word_for_word(paper: Running) -> None:
    name = "2026-11-15-virtussalera-proarzano--lanotizia-agency"
    original, copy = article(paper, name), article(paper, f"{name}--novantesimo")
    assert original["gold"] == copy["gold"]
    assert (original["paper"], copy["paper"]) == ("lanotizia", "novantesimo")


def test_the_calendar_never_ends(paper: Running) -> None:
    path, seen = "/calendario/2026/11/", set()
    for _ in range(30):
        seen.add(path)
        page = parsed(paper.get("lanotizia", path))
        path = texts(page, "//a[text()='Mese successivo']/@href")[0]
    assert len(seen) == 30 and path == "/calendario/2029/05/"


def test_requests_are_counted(paper: Running) -> None:
    paper.control("reset")
    paper.get("curva", "/atom.xml")
    paper.get("curva", "/atom.xml")
    assert paper.control("counts")["counts"] == {"curva.localhost/atom.xml": 2}


def test_a_status_can_be_ordered_for_some_requests(paper: Running) -> None:
    paper.control(
        "fault", host="curva.localhost", path="/atom.xml", kind="status", status=429, retry_after="7", times=2
    )
    answers = [paper.get("curva", "/atom.xml") for _ in range(3)]
    assert [answer.status for answer in answers] == [429, 429, 200]
    assert answers[0].headers["retry-after"] == "7"
    with pytest.raises(ValueError, match="kind: one of"):
        paper.control("fault", host="curva.localhost", path="/", kind="earthquake")
    with pytest.raises(ValueError, match="no such action"):
        paper.control("explode")


def test_connections_break_on_order(paper: Running) -> None:
    def order(kind: str, **more: Any) -> None:
        paper.control("fault", host="curva.localhost", path="/", kind=kind, **more)

    order("truncate")
    with pytest.raises(http.client.IncompleteRead):
        paper.get("curva")
    order("reset")
    with pytest.raises(ConnectionError):
        paper.get("curva")
    order("loop")
    answer, steps = paper.get("curva"), 0
    while answer.status == 302 and steps < 8:
        answer, steps = paper.get("curva", answer.headers["location"]), steps + 1
    assert steps == 8
    order("redirect", location="http://169.254.169.254/")
    assert paper.get("curva").headers["location"] == "http://169.254.169.254/"
    order("body", body="<p>\x00</p>")
    assert paper.get("curva").body == b"<p>\x00</p>"
    order("huge", size=9_000_000)
    assert len(paper.get("curva").body) > 8_500_000
    paper.control("heal")
    assert paper.get("curva").status == 200


def test_a_hanging_page_says_nothing_and_a_slow_one_hardly_more(paper: Running) -> None:
    for kind, most in (("hang", 0), ("slow", 20)):
        paper.control("fault", host="curva.localhost", path="/", kind=kind)
        connection = http.client.HTTPConnection("127.0.0.1", paper.port, timeout=0.5)
        connection.request("GET", "/", headers={"Host": "curva.localhost"})
        assert connection.sock is not None
        received = b""
        with pytest.raises(TimeoutError):
            while len(received) <= most:
                connection.sock.settimeout(0.05 if kind == "slow" else 0.5)
                received += connection.sock.recv(100)
        assert len(received) <= most
        connection.close()


def test_a_gzip_bomb_is_small_on_the_wire(paper: Running) -> None:
    paper.control("fault", host="curva.localhost", path="/bomba/", kind="bomb")
    answer = paper.get("curva", "/bomba/", Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.body) < 400_000
    with gzip.GzipFile(fileobj=BytesIO(answer.body)) as unpacked:
        assert unpacked.read(1000) == bytes(1000)


def test_it_ends_with_whoever_started_it(tmp_path: Path) -> None:
    log = tmp_path / "requests.jsonl"
    with running("--log", str(log)) as newspaper:
        newspaper.get("ponente", "/robots.txt")
        port = newspaper.port
    time.sleep(0.1)
    with pytest.raises(ConnectionError):
        Running(port).get("ponente")
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(line["host"].partition(":")[0], line["path"], line["status"]) for line in lines] == [
        ("ponente.localhost", "/robots.txt", 200)
    ]


def test_pages_in_bulk_are_distinct_of_one_weight_and_a_quarter_tell_matches() -> None:
    with running("--pages", "80") as newspaper:
        articles = newspaper.articles()
        assert len(articles) == len({a["url"] for a in articles}) == len({a["gold"] for a in articles}) == 80
        assert sum(a["kind"] != "news" for a in articles) == 20
        assert {len(newspaper.get(a["paper"], path_of(a)).body) for a in articles[:10]} == {116_000}
        assert "Crawl-delay" not in newspaper.get("curva", "/robots.txt").text


def test_its_own_articles_keep_the_corpus_form() -> None:
    paths = sorted(FOLDERS[-1].glob("*.json"))
    assert len(paths) >= 12
    assert [(path.stem, fault) for path in paths for fault in check_article(path)] == []


def test_the_demo_crawls_shows_a_match_and_says_how_to_browse(tmp_path: Path) -> None:
    archive = tmp_path / "demo.db"
    command = [sys.executable, "-m", "tests.newspaper.demo", str(archive)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    assert all(name in done.stderr for name in PAPERS)  # the table of the run
    assert re.search(r"\w+-\w+ \d-\d", done.stdout)
    assert done.stdout.endswith(f"make browse ARCHIVE={archive}\n")


def test_the_demo_replaces_only_its_own_archive(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    assert not_a_demo(archive) == ""
    with closing(sqlite3.connect(archive)) as conn, conn:
        conn.execute("CREATE TABLE urls (site TEXT)")
        conn.execute("INSERT INTO urls VALUES ('curva')")
    assert not_a_demo(archive) == ""
    with closing(sqlite3.connect(archive)) as conn, conn:
        conn.execute("INSERT INTO urls VALUES ('gazzetta')")
    assert "other sites" in not_a_demo(archive)
    archive.write_text("no database")
    assert "no archive" in not_a_demo(archive)


def test_two_runs_print_the_same_bytes(tmp_path: Path) -> None:
    stories = load_stories()[:12]
    list(export(stories, tmp_path / "a"))
    list(export(stories, tmp_path / "b"))
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert len(names) > 24
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_gold_is_what_the_article_says_and_nothing_of_the_noise() -> None:
    for story in load_stories():
        text = gold(story)
        assert "RIPRODUZIONE RISERVATA" not in text and "LEGGI ANCHE" not in text
        assert len(text.split("\n")) <= len(shown(story)) <= len(blocks(story)) == len(story.lines)
        if not story.traits:
            own = [line for line in story.lines if not line.startswith("LEGGI ANCHE")]
            assert "".join(text.split()) == "".join("".join(own).split())


def test_a_story_that_cannot_be_printed_is_refused_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Una riga.\n")
    (tmp_path / "x.json").write_text('{"site": "altrove", "title": "X"}')
    with pytest.raises(ValueError, match=r"x\.json.*unknown site"):
        list(read_story(tmp_path / "x.json"))
