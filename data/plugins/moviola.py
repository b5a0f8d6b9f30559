"""Datasette's side of the pages: routes, headers, the Italian search. The pages themselves stand in moviola_pages/."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from moviola_pages.plugged import (
    asgi_wrapper,
    canned_queries,
    menu_links,
    prepare_connection,
    register_output_renderer,
    register_routes,
    skip_csrf,
    startup,
)

__all__ = [
    "asgi_wrapper",
    "canned_queries",
    "menu_links",
    "prepare_connection",
    "register_output_renderer",
    "register_routes",
    "skip_csrf",
    "startup",
]
