"""The archive's tables and columns, described to Datasette in the words of the archive's own schema.

SQLite keeps a CREATE TABLE statement with its comments: what stands after `--` beside a table or a column is its
description. metadata.json adds what the schema does not say (facets, labels, what is hidden), under the name "moviola"
whatever the archive's file is called.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Any

WRITTEN_FOR = "moviola"
HEAD = re.compile(r"^CREATE TABLE \"?(\w+)\"?\s*\(\s*(?:--\s*(.*))?$")
COLUMN = re.compile(r"^\s{2,4}([a-z_]\w*)\s+[A-Z].*?--\s*(.*)$")
CONSTRAINTS = ("PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "CONSTRAINT")


def descriptions(conn: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """Per table its description and those of its columns, as metadata.json would have them."""
    found: dict[str, dict[str, Any]] = {}
    for (sql,) in conn.execute("SELECT sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"):
        lines = str(sql).splitlines()
        head = HEAD.match(lines[0])
        if head:
            told = [COLUMN.match(line) for line in lines[1:]]
            columns = {line[1]: line[2] for line in told if line and line[1].upper() not in CONSTRAINTS}
            found[head[1]] = {"description": head[2] or "", "columns": columns}
    return found


async def describe(datasette: Any, name: str, tables: dict[str, dict[str, Any]]) -> None:
    """Give the database of that name its description. Datasette 0.65 has a hook for metadata, but asks it anew for
    every column; what it has read from the file it only looks up. Datasette 1.0 has a database of its own for it."""
    metadata = getattr(datasette, "_metadata_local", None)
    if not isinstance(metadata, dict):
        for table, told in tables.items():
            await datasette.set_resource_metadata(name, table, "description", told["description"])
            for column, words in told["columns"].items():
                await datasette.set_column_metadata(name, table, column, "description", words)
        return
    databases = metadata.setdefault("databases", {})
    written = databases.get(WRITTEN_FOR, {})
    ours = written.get("tables", {})
    merged = {
        table: {**tables.get(table, {}), **ours.get(table, {}), "columns": columns_of(tables, ours, table)}
        for table in {**tables, **ours}
    }
    databases[name] = {**written, "tables": merged}


def columns_of(tables: dict[str, dict[str, Any]], ours: dict[str, Any], table: str) -> dict[str, str]:
    return {**tables.get(table, {}).get("columns", {}), **ours.get(table, {}).get("columns", {})}
