"""Many papers' tellings of one match, joined: who played, what happened, who says so (docs/matches.md)."""

from .joining import join_article
from .rebuilding import rebuild

__all__ = ["join_article", "rebuild"]
