"""Logs as JSON, one object a line, for those who collect them (`--log-json`)."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from scrapy.settings import BaseSettings


class JsonFormatter(logging.Formatter):
    """A record as {"at", "level", "logger", "message"}, with "site" and "error" where it has them."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if site := getattr(getattr(record, "spider", None), "name", None) or getattr(record, "site", None):
            line["site"] = site
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def add_option(parser: argparse.ArgumentParser) -> None:
    """Give a command the option --log-json."""
    parser.add_argument("--log-json", action="store_true", help="log as JSON, one object a line")


def log_as_json(settings: BaseSettings) -> None:
    """Log as JSON from now on, at the level and to the file that the settings name, in place of Scrapy's handler."""
    name = settings["LOG_FILE"]
    handler = logging.FileHandler(name, encoding="utf-8") if name else logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    handler.setLevel(settings["LOG_LEVEL"])
    logging.root.addHandler(handler)
    settings.set("LOG_ENABLED", False, "cmdline")
