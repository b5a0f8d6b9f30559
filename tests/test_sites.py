"""All declared sites: their patterns against the real addresses in tests/sites, and what every declaration must say.

`take` and `aside` are articles, `leave` are not; `aside` were found after the patterns had been written, or set apart
while they were. `missed` are articles that the patterns are known to leave out: they count against the recall, and must
still be missed. `missed_at_first` are those of `aside` that the patterns left out when they were first tried on them;
most are taken since, and the recall at first sight counts them all."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler.linting import lint
from crawler.site import SITES, read_sites
from crawler.urls import normal_url

FACTS = Path(__file__).parent / "sites"
REAL = {name: site for name, site in read_sites().items() if not site.sample}


def facts(name: str) -> dict[str, Any]:
    return tomllib.loads((FACTS / f"{name}.toml").read_text(encoding="utf-8"))


def taken(name: str, urls: list[str]) -> list[bool]:
    """Whether the crawl would take each address, as it spells them."""
    return [REAL[name].is_article(normal_url(url) or url) for url in urls]


@pytest.mark.parametrize("name", REAL)
def test_a_site_takes_its_articles_and_leaves_the_rest(name: str) -> None:
    known = facts(name)
    missed = known.get("missed", [])
    articles = [*known["take"], *known["aside"]]
    wrong = [url for url, took in zip(articles, taken(name, articles), strict=True) if took == (url in missed)]
    wrong += [url for url, took in zip(known["leave"], taken(name, known["leave"]), strict=True) if took]
    assert wrong == []


@pytest.mark.parametrize("name", REAL)
def test_a_site_that_is_on_rests_on_enough_addresses(name: str) -> None:
    known, site = facts(name), REAL[name]
    assert known["sources"]
    urls = [*known["take"], *known["aside"], *known["leave"]]
    assert len(urls) == len(set(urls))
    if site.draft:
        assert known["note"], "says why it is a draft"
    else:
        assert len(known["take"]) + len(known["aside"]) >= 8
        assert len(known["aside"]) >= 3
        assert len(known["leave"]) >= 4


def test_precision_and_recall_over_all_sites(capsys: pytest.CaptureFixture[str]) -> None:
    """How many of the addresses taken are articles, and how many of the articles are taken; those set apart apart."""
    kept = {
        kind: [took for name in REAL for took in taken(name, facts(name)[kind])] for kind in ("take", "aside", "leave")
    }
    wrongly = sum(kept["leave"])
    figures = {}
    for label, articles in {"all": kept["take"] + kept["aside"], "set apart": kept["aside"]}.items():
        found = sum(articles)
        figures[label] = (len(articles), found / (found + wrongly), found / len(articles))
    urls = sum(map(len, kept.values()))
    with capsys.disabled():
        print(f"\n{len(REAL)} sites, {sum(not site.draft for site in REAL.values())} on, {urls} addresses", end="")
        for label, (count, precision, recall) in figures.items():
            print(f"; {label}: {count} articles, precision {precision:.4f}, recall {recall:.4f}", end="")
    late = {name: facts(name) for name in REAL}
    found_late = sum(len(known["aside"]) for known in late.values())
    missed = sum(len(known.get("missed_at_first", ())) for known in late.values())
    first = (found_late - missed) / found_late
    with capsys.disabled():
        print(f", at first sight {first:.4f}", end="")
    assert first >= 0.95, "what the patterns are worth on addresses that they were not written from"
    assert len(REAL) >= 60
    assert sum(not site.draft for site in REAL.values()) >= 45
    assert urls >= 480
    assert min(min(precision, recall) for _, precision, recall in figures.values()) >= 0.98


def test_every_file_of_addresses_belongs_to_a_declared_site() -> None:
    assert {path.stem for path in FACTS.glob("*.toml")} == set(REAL)


def test_every_declaration_is_sound() -> None:
    assert {name: wrong for name, wrong in lint(sorted(SITES.glob("*.toml"))).items() if wrong} == {}


def test_no_real_site_claims_to_have_been_checked_without_a_date() -> None:
    for site in REAL.values():
        assert site.checked == "never" or site.checked <= "2100"
        assert site.peculiarities
