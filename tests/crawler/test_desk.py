"""Reading in another process: every answer reaches its question, and a page that breaks a reader breaks only that."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import UTC, datetime

import pytest

from crawler.desk import Reader, ReaderDiedError, UnreadableError
from pipelines.items import Article, Page

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def page(number: int) -> Page:
    text = f"Questa è la notizia numero {number}, e non racconta nessuna partita. " * 20
    url = f"https://x.example/{number}"
    return Page(url, url, 200, {}, f"<html><h1>Notizia {number}</h1><article><p>{text}</p></article>".encode(), NOW)


async def test_answers_to_questions_asked_at_once_are_not_mixed_up() -> None:
    reader = Reader()
    try:
        digests = await asyncio.gather(*(reader.read((page(n),)) for n in range(40)))
    finally:
        reader.stop()
    for number, digest in enumerate(digests):
        assert isinstance(digest.article, Article)
        assert digest.article.url == f"https://x.example/{number}"
        assert f"numero {number}," in digest.article.text


async def test_an_unforeseen_error_is_told_and_the_reader_goes_on() -> None:
    reader = Reader()
    try:
        with pytest.raises(UnreadableError, match="AttributeError"):
            await reader.read(("not a page",))
        assert isinstance((await reader.read((page(1),))).article, Article)
    finally:
        reader.stop()


async def test_a_reader_that_dies_fails_what_waits_for_it_and_is_started_anew() -> None:
    reader = Reader()
    try:
        await reader.read((page(1),))
        waiting = asyncio.ensure_future(reader.read((page(2),)))
        await asyncio.sleep(0)
        assert reader._process
        os.kill(reader._process.pid, signal.SIGSTOP)  # so that it cannot answer first
        os.kill(reader._process.pid, signal.SIGKILL)
        with pytest.raises(ReaderDiedError):
            await asyncio.wait_for(waiting, 20)
        assert isinstance((await reader.read((page(3),))).article, Article)
    finally:
        reader.stop()
