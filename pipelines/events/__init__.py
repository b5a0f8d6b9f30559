"""Reads match events out of Italian football articles: `read(text)` gives a Reading."""

from .reader import read

__all__ = ["read"]
