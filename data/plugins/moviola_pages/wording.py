"""The words of the pages, Italian or English, and how they write dates, numbers and minutes."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

STRINGS = Path(__file__).resolve().parents[2] / "strings.toml"
LANGUAGES = ("it", "en")
ROME = ZoneInfo("Europe/Rome")


class Wording:
    """The strings of one language. `t.key` is a string, `t("key", n=3)` one with its blanks filled in; tests/pages
    looks that templates ask for none that is missing."""

    def __init__(self, language: str, strings: dict[str, Any]) -> None:
        self.language = language
        self._strings = strings

    def __getattr__(self, key: str) -> str:
        try:
            return self(key)
        except KeyError:
            raise AttributeError(key) from None

    def __call__(self, key: str, **blanks: object) -> str:
        text = str(self._strings[key])
        return text.format(**blanks) if blanks else text

    def of(self, group: str, key: object) -> str:
        """The word for a value of the event model, the value itself where no word is written down."""
        return str(self._strings["of"].get(group, {}).get(str(key), key or ""))

    def count(self, key: str, number: int) -> str:
        """'1 articolo', '12 articoli'."""
        one, many = self._strings["counts"][key]
        return f"{self.number(number)} {one if number == 1 else many}"

    def number(self, number: float | None) -> str:
        """A number with the language's thousands and decimals."""
        if number is None:
            return "–"
        text = f"{number:,.2f}".rstrip("0").rstrip(".") if isinstance(number, float) else f"{number:,}"
        return text if self.language == "en" else text.translate({ord(","): ".", ord("."): ","})

    def day(self, text: str | None, long: bool = True) -> str:
        """'2024-01-10' as 'mercoledì 10 gennaio 2024', or as '10 gen 2024'; what is no date stays as it is."""
        try:
            day = date.fromisoformat((text or "")[:10])
        except ValueError:
            return text or ""
        month = self._strings["months"][day.month - 1]
        if not long:
            return f"{day.day} {month[:3]} {day.year}"
        return f"{self._strings['weekdays'][day.weekday()]} {day.day} {month} {day.year}"

    def moment(self, text: str | None) -> str:
        """A stored UTC time as a reader in Italy would say it."""
        try:
            moment = datetime.fromisoformat(text or "")
        except ValueError:
            return text or ""
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        try:
            local = moment.astimezone(ROME)
        except OverflowError:
            return text or ""
        return f"{self.day(local.date().isoformat(), long=False)}, {local:%H:%M}"


@cache
def wording(language: str) -> Wording:
    """The words of a language, Italian where it is none of ours."""
    with STRINGS.open("rb") as file:
        strings = tomllib.load(file)
    return Wording(language, strings[language if language in LANGUAGES else LANGUAGES[0]])


def loaded(text: object, kind: type[Any]) -> Any:
    """A JSON column's value, an empty one of that kind where it holds something else."""
    try:
        found = json.loads(str(text))
    except ValueError:
        return kind()
    return found if isinstance(found, kind) else kind()
