"""The pages in a real browser: nothing on the console, nothing from another host, usable by keyboard, accessible."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.pages.serving import served

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
SIZES = {"phone": {"width": 390, "height": 800}, "desktop": {"width": 1280, "height": 900}}
SERIOUS = ("serious", "critical")
PAGES = {
    "home": "/", "matches": "/partite", "match": "MATCH", "article": "/articoli/1", "player": "PLAYER",
    "team": "/squadre/cagliari", "teams": "/squadre", "competition": "/competizioni/serie-a",
    "competitions": "/competizioni", "search": "/cerca?q=rigore", "questions": "/domande",
    "question": "/domande/gol-tardivi?minute=60", "status": "/stato", "missing": "/partite/nessuna",
}  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("MOVIOLA_BROWSER_REQUIRED") == "1":
            pytest.fail("chromium is missing: apt-get install chromium")
        pytest.skip("chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(corpus_file: Path) -> Iterator[str]:
    with served(corpus_file) as address:
        yield address


@pytest.fixture(scope="module")
def paths(corpus_file: Path) -> dict[str, str]:
    """The addresses of the pages, those of the most told match and its scorer among them."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(corpus_file)) as conn:
        match = conn.execute("SELECT id FROM matches ORDER BY articles DESC, id LIMIT 1").fetchone()[0]
        player = conn.execute("SELECT player_id FROM events WHERE type = 'goal' AND match_id = ?", (match,)).fetchone()[
            0
        ]
    known = {"MATCH": f"/partite/{match}", "PLAYER": f"/giocatori/{player}"}
    return {name: known.get(path, path) for name, path in PAGES.items()}


class Watch:
    """A page whose console and requests are looked at."""

    def __init__(self, browser: Browser, address: str, size: str = "desktop", **options: Any) -> None:
        self.context = browser.new_context(viewport=SIZES[size], **options)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("request", lambda request: self.elsewhere(request.url))
        self.address = address

    def elsewhere(self, url: str) -> None:
        if not url.startswith((self.address, "data:")):
            self.said.append(f"request: {url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def quiet(self) -> list[str]:
        """What was said, save that a page which is not there was answered 404."""
        return [said for said in self.said if "404" not in said]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_quiet_fits_and_is_accessible(
    browser: Browser, address: str, paths: dict[str, str], name: str, size: str
) -> None:
    with Watch(browser, address, size) as watch:
        page = watch.open(paths[name])
        assert watch.quiet() == []
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"scrolls sideways by {wide} px"
        found = Axe().run(page).response["violations"]
        assert [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found if fault["impact"] in SERIOUS] == []


@pytest.mark.parametrize("name", ["home", "match", "article", "search"])
def test_in_the_dark_contrasts_suffice_too(browser: Browser, address: str, paths: dict[str, str], name: str) -> None:
    with Watch(browser, address, color_scheme="dark") as watch:
        found = Axe().run(watch.open(paths[name])).response["violations"]
        assert [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found if fault["impact"] in SERIOUS] == []


def test_datasettes_own_pages_are_quiet(browser: Browser, address: str) -> None:
    with Watch(browser, address) as watch:
        for path in ("/corpus", "/corpus/events", "/corpus/articles?_search=rigori", "/corpus/gol-tardivi"):
            watch.open(path)
        assert watch.said == []


def test_a_search_is_typed_and_clicked_through_to_a_match(browser: Browser, address: str) -> None:
    with Watch(browser, address) as watch:
        page = watch.open("/")
        page.keyboard.press("/")
        page.keyboard.type("cagliari frosinone")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/cerca\?q=cagliari"))
        page.click(".mv-card")
        page.wait_for_url(re.compile(r"/partite/.*cagliari-frosinone"))
        assert "Cagliari" in page.inner_text(".mv-board")
        assert watch.said == []


@pytest.mark.parametrize("size", SIZES)
def test_the_timeline_is_walked_by_keyboard(browser: Browser, address: str, paths: dict[str, str], size: str) -> None:
    with Watch(browser, address, size) as watch:
        page = watch.open(paths["match"])
        shown = ".mv-line-upright" if size == "phone" else ".mv-line-across"
        hidden = ".mv-line-across" if size == "phone" else ".mv-line-upright"
        assert page.is_visible(shown)
        assert not page.is_visible(hidden)
        page.locator(f"{shown} a").first.focus()
        first = page.evaluate("document.activeElement.getAttribute('href')")
        page.keyboard.press("ArrowRight")
        second = page.evaluate("document.activeElement.getAttribute('href')")
        assert first != second
        page.keyboard.press("Enter")
        page.wait_for_function(f"document.querySelector('{second} details').open")
        assert page.is_visible(f"{second} .mv-evidence")
        page.locator(f"{shown} a").last.focus()
        page.keyboard.press("Home")
        assert page.evaluate("document.activeElement.getAttribute('href')") == first


def test_language_and_look_are_switched_and_stay(browser: Browser, address: str, paths: dict[str, str]) -> None:
    with Watch(browser, address, color_scheme="light") as watch:
        page = watch.open(paths["match"])
        page.click(".mv-language")
        page.wait_for_selector("html[lang=en]")
        before = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.click(".mv-theme")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
        page = watch.open("/")
        assert page.get_attribute("html", "lang") == "en"
        assert page.get_attribute("html", "data-theme") == "dark"
        assert watch.said == []


def test_without_scripts_events_open_and_the_search_answers(
    browser: Browser, address: str, paths: dict[str, str]
) -> None:
    with Watch(browser, address, java_script_enabled=False) as watch:
        page = watch.open(paths["match"])
        page.click(".mv-event summary >> nth=1")
        assert page.is_visible(".mv-event:nth-child(2) .mv-evidence")
        page.fill("#mv-q", "rigore")
        page.press("#mv-q", "Enter")
        page.wait_for_url(re.compile("/cerca"))
        assert page.locator("mark").count() > 0


def test_the_first_view_of_a_match_is_light(browser: Browser, address: str, paths: dict[str, str]) -> None:
    """Under 100 KB as the server sends them, with everything that the page loads."""
    with Watch(browser, address, "phone") as watch:
        requests: list[Any] = []
        watch.page.on("requestfinished", lambda request: requests.append(request))
        watch.open(paths["match"])
        watch.page.wait_for_load_state("networkidle")
        sizes = [request.sizes()["responseBodySize"] for request in requests]
        assert 10_000 < sum(sizes) < 100_000, sizes


def test_a_match_is_readable_on_a_slow_phone(browser: Browser, address: str, paths: dict[str, str]) -> None:
    """First contents within 2 s at a quarter of the processor's speed and on "fast 3G" (1.6 Mbit/s, 150 ms)."""
    with Watch(browser, address, "phone") as watch:
        session = watch.context.new_cdp_session(watch.page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        session.send("Network.enable")
        slow = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
        session.send("Network.emulateNetworkConditions", slow)
        page = watch.open(paths["match"])
        page.wait_for_load_state("load")
        painted = page.evaluate(
            "performance.getEntriesByName('first-contentful-paint')[0].startTime"
            " - performance.getEntriesByType('navigation')[0].responseStart"
        )
        assert painted < 2_000
