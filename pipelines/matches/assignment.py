"""The best pairing of two lists: as much likeness in all as can be, exactly."""

from __future__ import annotations

from collections.abc import Sequence

INFINITY = float("inf")


def best_pairs(likeness: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs (row, column) of greatest total likeness; a pair below or at 0 is not made. Ties go to the earlier.

    The Hungarian method with potentials, O(rows² x columns) (https://cp-algorithms.com/graph/hungarian-algorithm.html);
    rows and columns that like only each other are paired without it, which is what most matches need.

    >>> best_pairs([[5, 4], [4, 1]])
    [(0, 1), (1, 0)]
    >>> best_pairs([[5, -1], [3, -2]])
    [(0, 0)]
    """
    if len(likeness) == 1:  # as most articles tell a type: once
        best = max(range(len(likeness[0])), key=lambda c: (likeness[0][c], -c), default=-1)
        return [(0, best)] if best >= 0 and likeness[0][best] > 0 else []
    pairs: list[tuple[int, int]] = []
    for rows, columns in components(likeness):
        if len(rows) == 1:
            row = rows[0]
            pairs.append((row, max(columns, key=lambda c: (likeness[row][c], -c))))
        elif len(columns) == 1:
            column = columns[0]
            pairs.append((max(rows, key=lambda r: (likeness[r][column], -r)), column))
        else:
            solved = hungarian([[max(0.0, likeness[r][c]) for c in columns] for r in rows])
            pairs += [(rows[r], columns[c]) for r, c in solved if likeness[rows[r]][columns[c]] > 0]
    return sorted(pairs)


def components(likeness: Sequence[Sequence[float]]) -> list[tuple[list[int], list[int]]]:
    """The rows and columns that can be paired with one another, part by part."""
    columns_of = {r: {c for c, value in enumerate(row) if value > 0} for r, row in enumerate(likeness)}
    parts: list[tuple[list[int], list[int]]] = []
    left = {r for r, columns in columns_of.items() if columns}
    while left:
        rows = {min(left)}
        columns: set[int] = set()
        while True:
            columns |= set().union(*(columns_of[r] for r in rows))
            grown = {r for r in left if columns_of[r] & columns}
            if grown == rows:
                break
            rows = grown
        left -= rows
        parts.append((sorted(rows), sorted(columns)))
    return parts


def hungarian(gain: list[list[float]]) -> list[tuple[int, int]]:
    """The full assignment of the shorter side that gains most."""
    if len(gain) > len(gain[0]):
        return [(r, c) for c, r in hungarian([list(column) for column in zip(*gain, strict=True)])]
    rows, columns = len(gain), len(gain[0])
    u, v = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0] = row
        at = 0
        lowest, used = [INFINITY] * (columns + 1), [False] * (columns + 1)
        while owner[at]:
            used[at] = True
            delta, following = INFINITY, 0
            for column in range(1, columns + 1):
                if used[column]:
                    continue
                cost = -gain[owner[at] - 1][column - 1] - u[owner[at]] - v[column]
                if cost < lowest[column] - 1e-12:
                    lowest[column], way[column] = cost, at
                if lowest[column] < delta - 1e-12:
                    delta, following = lowest[column], column
            for column in range(columns + 1):
                if used[column]:
                    u[owner[column]] += delta
                    v[column] -= delta
                else:
                    lowest[column] -= delta
            at = following
        while at:
            owner[at] = owner[way[at]]
            at = way[at]
    return [(owner[column] - 1, column - 1) for column in range(1, columns + 1) if owner[column]]
