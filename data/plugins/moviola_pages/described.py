"""metadata.json describes the archive under the name "moviola"; here the description goes to whatever name it is
opened under."""

from __future__ import annotations

from typing import Any

WRITTEN_FOR = "moviola"


def describe(datasette: Any, name: str) -> None:
    """Give the database of that name the description of the archive. Datasette has a hook for metadata, but asks it
    anew for every column; what it has read from the file it only looks up."""
    metadata = getattr(datasette, "_metadata_local", None)
    if not isinstance(metadata, dict):  # Datasette 1.0 keeps it elsewhere
        return
    databases = metadata.setdefault("databases", {})
    if WRITTEN_FOR in databases:
        databases.setdefault(name, databases[WRITTEN_FOR])
