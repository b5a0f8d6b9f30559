"""The examples in the docstrings say what is so."""

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

import pipelines.article

MODULES = [module.name for module in iter_modules(pipelines.article.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(import_module(f"pipelines.article.{name}")).failed == 0
