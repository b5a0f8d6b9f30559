"""The schedule's file: what it may say, and how a mistake in it is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.schedule import ScheduleError, read_schedule
from crawler.schedule.rules import duration


def test_a_file_changes_what_it_names_and_leaves_the_rest(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[pace]\nat_once = 9\nlongest = "2h"\n[keep]\nversions = "never"\n')
    ours, usual = read_schedule(own), read_schedule()
    assert (ours.at_once, ours.longest, ours.keep_versions) == (9, timedelta(hours=2), None)
    assert (ours.shortest, ours.rhythm, ours.quiet) == (usual.shortest, usual.rhythm, usual.quiet)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[pace]\nat_once = 0", "pace.at_once: must be a number, 1 or more"),
        ('[pace]\nshortest = "soon"', "pace.shortest: must be a duration"),
        ('[pace]\nshortest = "7h"', "pace.shortest: must be more than nothing and at most pace.longest"),
        ('[quiet]\nhours = "25:00-06:00"', "quiet.hours: must be hours"),
        ("[quiet]\nslower = true", "quiet.slower: must be a number"),
        ('[articles]\nagain = "1h"', "articles.again: must be a list"),
        ('[alerts]\nurl = "ftp://x"', "alerts.url: must be an http(s) URL"),
        ("[alert]\nred = 1", "alert: unknown table"),
        ("[alerts]\nreds = 1", "alerts.reds: unknown key"),
        ("pace = 1", "pace: unknown table"),
        ("[pace", "not TOML"),
    ],
)
def test_a_mistake_is_told_with_file_and_key(tmp_path: Path, text: str, told: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text)
    with pytest.raises(ScheduleError) as error:
        read_schedule(own)
    assert str(own) in str(error.value)
    assert told in str(error.value)


@pytest.mark.parametrize("text", ["", "5", "m", "-5m", "5 minutes", "1e3s", None, 5, "9999999d"])
def test_what_is_no_duration(text: object) -> None:
    assert duration(text) is None


def test_quiet_hours_are_italian_in_winter_and_summer() -> None:
    quiet = read_schedule().quiet  # from one o'clock to half past six
    assert quiet.hold(datetime(2026, 1, 10, 0, 30, tzinfo=UTC))
    assert not quiet.hold(datetime(2026, 1, 9, 23, 30, tzinfo=UTC))
    assert quiet.hold(datetime(2026, 7, 9, 23, 30, tzinfo=UTC))
    assert quiet.next(quiet.end, datetime(2026, 7, 9, 23, 30, tzinfo=UTC)) == datetime(2026, 7, 10, 4, 30, tzinfo=UTC)
