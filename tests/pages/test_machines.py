"""/llms.txt and /-/mcp: there only when wanted, reading only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.pages.serving import opened


@pytest.fixture
def machines(corpus_file: Path) -> Any:
    datasette = opened(corpus_file)
    datasette._metadata_local["plugins"]["moviola"]["machines"] = True
    return datasette


async def call(datasette: Any, method: str, **params: Any) -> Any:
    body = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}
    response = await datasette.client.post("/-/mcp", json=body)
    assert response.status_code == 200
    assert response.json()["id"] == 7
    return response.json()


@pytest.mark.parametrize("path", ["/llms.txt", "/-/mcp"])
async def test_they_are_off_by_default(pages: Any, path: str) -> None:
    assert (await pages.client.get(path)).status_code == 404
    assert (await pages.client.post(path, json={"method": "ping", "id": 1})).status_code in (404, 405)


async def test_a_model_searches_and_reads_a_match(machines: Any) -> None:
    assert "/partite" in (await machines.client.get("/llms.txt")).text
    assert (await call(machines, "initialize"))["result"]["serverInfo"]["name"] == "moviola"
    tools = (await call(machines, "tools/list"))["result"]["tools"]
    assert [tool["name"] for tool in tools] == ["search", "match", "question"]
    found = await call(machines, "tools/call", name="search", arguments={"query": "cagliari frosinone"})
    matches = json.loads(found["result"]["content"][0]["text"])["matches"]
    told = await call(machines, "tools/call", name="match", arguments={"id": matches[0]["id"]})
    events = json.loads(told["result"]["content"][0]["text"])["events"]
    assert any(paper["sentences"] for event in events for paper in event["told_by"])


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("nothing", {}),
        ("tools/call", {}),
        ("tools/call", {"name": "sql", "arguments": {"query": "DELETE FROM articles"}}),
        ("tools/call", {"name": ["x"]}),
    ],
)
async def test_what_it_does_not_know_is_an_error_of_the_protocol(machines: Any, method: str, params: Any) -> None:
    assert (await call(machines, method, **params))["error"]["code"] < 0


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"id": 1}', b"\xff", b"null", b"9" * 200_000])
async def test_what_is_no_request_is_refused(machines: Any, body: bytes) -> None:
    assert (await machines.client.post("/-/mcp", content=body)).status_code == 400


async def test_another_origin_is_refused(machines: Any) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    response = await machines.client.post("/-/mcp", json=body, headers={"Origin": "https://evil.example"})
    assert response.status_code == 403
