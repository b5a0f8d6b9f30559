"""The examples in the docstrings of pipelines.matches hold."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import pipelines.matches

MODULES = sorted(m.name for m in pkgutil.walk_packages(pipelines.matches.__path__, "pipelines.matches."))


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0
