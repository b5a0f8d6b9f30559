"""A site is one TOML file; a wrong one is refused with file, key and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.site import SiteError, read_site, read_sites, site_of

WHOLE = """
title = "Il Gol"
home = "https://www.ilgol.example/"
follows = "Genoa"
feeds = ["https://www.ilgol.example/feed/"]
hosts = ["live.ilgol.example"]
every = 20

[articles]
allow = ['/calcio/.+-\\d+\\.html$']
deny = ['/calcio/foto/']

[select]
body = "div.testo > p"
remove = [".promo"]

[expect]
articles = 5
"""


@pytest.fixture
def declare(tmp_path: Path):
    def write(text: str, name: str = "ilgol") -> Path:
        path = tmp_path / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_whole_declaration_is_read(declare) -> None:
    site = read_site(declare(WHOLE))
    assert (site.name, site.title, site.follows, site.every) == ("ilgol", "Il Gol", "Genoa", 20)
    assert site.own_hosts == {"ilgol.example", "live.ilgol.example"}
    assert site.selectors.body == "div.testo > p"
    assert site.selectors.remove == (".promo",)
    assert site.expect.articles == 5


def test_patterns_tell_articles_from_the_rest(declare) -> None:
    site = read_site(declare(WHOLE))
    assert site.is_article("https://www.ilgol.example/calcio/una-partita-12.html")
    assert site.is_article("https://live.ilgol.example/calcio/una-partita-12.html")
    assert not site.is_article("https://www.ilgol.example/calcio/foto/una-partita-12.html")
    assert not site.is_article("https://altrove.example/calcio/una-partita-12.html")
    assert not site.is_article("http://[broken/calcio/una-12.html")


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        (('title = "Il Gol"', ""), "title", "missing"),
        (("every = 20", "every = true"), "every", "number"),
        (("every = 20", "evry = 20"), "evry", "unknown key"),
        (("feeds = [", "feeds = [1, "), "feeds", "list of strings"),
        (('home = "https', 'home = "ftp'), "home", "http"),
        (("allow = ['/calcio", "allow = ['(/calcio"), "articles.allow", "regular expression"),
        (("div.testo > p", "div..testo >"), "select.body", "CSS"),
        (("articles = 5", 'articles = "5"'), "expect.articles", "int"),
        (("[expect]", "[expect"), "file", "TOML"),
        (('feeds = ["https://www.ilgol.example/feed/"]', ""), "feeds", "at least one"),
    ],
)
def test_a_wrong_declaration_is_refused_with_file_key_and_reason(declare, change, key: str, reason: str) -> None:
    path = declare(WHOLE.replace(*change))
    with pytest.raises(SiteError) as refused:
        read_site(path)
    assert str(path) in str(refused.value)
    assert f": {key}: " in str(refused.value)
    assert reason in str(refused.value)


def test_a_new_site_is_one_new_file(declare, tmp_path: Path) -> None:
    declare(WHOLE)
    declare(WHOLE.replace("ilgol", "larete"), "larete")
    sites = read_sites(tmp_path)
    assert list(sites) == ["ilgol", "larete"]
    assert site_of("https://larete.example/x", sites) is sites["larete"]
    assert site_of("https://nessuno.example/x", sites) is None
