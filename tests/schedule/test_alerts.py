"""When the user is alarmed, and how the alarm arrives."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from crawler.report import Tally
from crawler.schedule import Schedule
from crawler.schedule.alerts import Alert, SilenceTold, deliver, red_alert, silence_alert, usual_silence
from crawler.site import Expect
from pipelines.archive import Archive
from pipelines.items import Visit
from tests.archive.examples import address, article, page

from .conftest import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HEALTHY = ("finished", {"healthy": True, "pages": 2})
DRIFT = ("drift", {"pages": 2, "drift": "0 article links, 10 expected"})
DOWN = ("finished", {"failures": {"timeout": 2}})
LOOKS = ("finished", {"pages": 3, "articles": 3})  # second looks only: says nothing of the ways in
UNCHANGED = ("finished", {"unchanged": 2})  # every way in answered 304
KILLED = None


def alarms(archive: Archive, schedule: Schedule, runs: list[Any]) -> list[str]:
    """What is told after each of these visits: "!" for an alarm."""
    archive.declare_site("s", "S", "https://s.example/")
    told = []
    for number, run in enumerate(runs):
        row = archive.start_run("s", NOON + number * HOUR)
        if run is not KILLED:
            archive.end_run(row, NOON + number * HOUR, *run)
            told.append("!" if red_alert(archive.conn, "s", schedule, NOON) else "-")
    return told


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        ([DRIFT], "-"),
        ([DRIFT, DRIFT], "-!"),
        ([DOWN, DRIFT], "-!"),
        ([DRIFT, HEALTHY, DRIFT], "---"),
        ([DRIFT, DRIFT, DRIFT, DRIFT], "-!--"),
        ([DRIFT, DRIFT, HEALTHY, DRIFT, DRIFT], "-!--!"),
        ([DRIFT, LOOKS, DRIFT, LOOKS, LOOKS], "--!--"),
        ([DRIFT, KILLED, DRIFT], "-!"),
        ([DRIFT, UNCHANGED, DRIFT], "--!"),
        ([HEALTHY, HEALTHY], "--"),
    ],
)
def test_two_red_visits_running_are_told_once(archive: Archive, schedule: Schedule, runs: list[Any], told: str) -> None:
    assert "".join(alarms(archive, schedule, runs)) == told


def test_the_alarm_says_what_is_wrong(archive: Archive, schedule: Schedule) -> None:
    alarms(archive, schedule, [DOWN, DRIFT])
    alert = red_alert(archive.conn, "s", schedule, NOON)
    assert alert == Alert(
        "red", "s", "2026-11-18T11:00:00Z", "s is red for 2 visits running: 0 article links, 10 expected"
    )


def test_usual_is_the_median_of_the_longest_pause_of_each_day() -> None:
    days = [datetime(2026, 11, day, hour, tzinfo=NOON.tzinfo) for day in range(1, 8) for hour in (6, 8, 12, 22)]
    assert usual_silence(days) == 10 * HOUR
    outage = [day for day in days if day.day != 4]
    assert usual_silence(outage) == 10 * HOUR
    assert usual_silence(days[:8]) is None, "two days are too few"
    assert usual_silence([]) is None


def test_silence_is_told_when_it_lasts_twice_the_usual(archive: Archive, schedule: Schedule) -> None:
    for number in range(40):  # every six hours for ten days
        when = NOON - number * 6 * HOUR
        archive.write(
            Visit(address(number), "s", "article", when, (page(number, body=bytes([number]) * 99),)),
            article(number, text=f"Testo {number} tutto suo: " + " ".join(f"parola{number}{n}" for n in range(40))),
        )
    assert silence_alert(archive.conn, schedule, NOON + 11 * HOUR) is None
    alert = silence_alert(archive.conn, schedule, NOON + 13 * HOUR)
    assert alert is not None
    assert (alert.kind, alert.site) == ("silence", "")
    assert "since 2026-11-18 11:00 UTC; usually the longest pause of a day is 6.0 hours" in alert.message


def test_an_empty_archive_is_not_silent(archive: Archive, schedule: Schedule) -> None:
    assert silence_alert(archive.conn, schedule, NOON) is None


def test_each_silence_is_told_once_whoever_looks(archive: Archive, tmp_path: Path) -> None:
    archive.write(Visit(address(1), "s", "article", NOON, (page(1),)), article(1))
    assert SilenceTold(tmp_path / "a.db").is_new(archive.conn)
    assert not SilenceTold(tmp_path / "a.db").is_new(archive.conn)
    other = article(2, text="Tutt'altro testo per un altro articolo, che parla di cose diverse.")
    archive.write(Visit(address(2), "s", "article", NOON, (page(2),)), other)
    assert SilenceTold(tmp_path / "a.db").is_new(archive.conn)


ALERT = Alert("red", "s", "2026-11-18T11:00:00Z", "s è rosso; rm -rf «$HOME»")


def test_the_command_gets_the_json_on_its_standard_input(schedule: Schedule, tmp_path: Path) -> None:
    out = tmp_path / "out file"
    program = "import sys; open(sys.argv[1], 'w').write(sys.stdin.read())"
    command = f'{sys.executable} -c "{program}" "{out}"'
    deliver(ALERT, replace(schedule, alert_command=command))
    assert json.loads(out.read_text()) == {
        "kind": "red", "site": "s", "at": "2026-11-18T11:00:00Z", "message": ALERT.message
    }  # fmt: skip


def test_the_url_gets_the_json_by_post(schedule: Schedule) -> None:
    got: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.headers["Content-Type"], json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: Any) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.handle_request)
        thread.start()
        deliver(ALERT, replace(schedule, alert_url=f"http://127.0.0.1:{server.server_port}/x"))
        thread.join()
    assert got == [("application/json", json.loads(ALERT.as_json()))]


@pytest.mark.parametrize("options", [{"alert_command": "/does/not/exist"}, {"alert_command": "false"},
                                     {"alert_command": '"'}, {"alert_url": "http://127.0.0.1:1/"}])  # fmt: skip
def test_an_alarm_that_cannot_be_delivered_is_logged_and_harms_nothing(
    schedule: Schedule, caplog: pytest.LogCaptureFixture, options: dict[str, str]
) -> None:
    deliver(ALERT, replace(schedule, **options))  # type: ignore[arg-type]
    assert "failed" in caplog.text


@pytest.mark.parametrize(
    ("ways", "entrances", "found", "healthy", "drift"),
    [
        (2, 2, 10, True, False),
        (2, 2, 9, False, True),
        (1, 2, 9, False, False),
        (1, 2, 10, True, False),
        (0, 2, 0, False, False),
    ],
)
def test_a_way_in_that_did_not_change_leaves_open_whether_a_site_is_healthy(
    ways: int, entrances: int, found: int, healthy: bool, drift: bool
) -> None:
    answers = {f"/feed{n}": n < ways for n in range(entrances)}
    tally = Tally("s", pages=ways, ways=answers, found=found, expect=Expect(articles=10))
    assert (tally.healthy, bool(tally.drift)) == (healthy, drift)
