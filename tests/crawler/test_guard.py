"""Addresses that no page or redirect may lead to."""

from __future__ import annotations

import pytest

from crawler.guard import is_private, names_private


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "100.64.0.1",
    ],
)
def test_private_addresses_are_known(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f::1"])
def test_public_addresses_pass(address: str) -> None:
    assert not is_private(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/",
        "http://x.localhost:80/",
        "http://LOCALHOST./",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://10.1.1.1:8080/a",
        "http://stampante.local/",
    ],
)
def test_urls_that_name_this_machine_or_its_neighbours(url: str) -> None:
    assert names_private(url)


def test_a_newspaper_is_not_private() -> None:
    assert not names_private("https://www.gazzetta.it/Calcio/")
