"""Many papers' tellings of one match, joined: who played, what happened, who says so (docs/matches.md)."""

from .joining import join_article

__all__ = ["join_article"]
