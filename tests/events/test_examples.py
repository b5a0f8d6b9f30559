"""The examples in the docstrings of the event reader hold."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import pipelines.events

MODULES = sorted(m.name for m in pkgutil.iter_modules(pipelines.events.__path__) if m.name != "__main__")


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"pipelines.events.{name}"))
    assert found.failed == 0
