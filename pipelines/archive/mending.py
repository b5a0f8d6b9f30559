"""Values that no database takes: half of a surrogate pair (from broken JSON), numbers beyond 64 bits."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

LARGEST = 2**63 - 1
Item = TypeVar("Item")


def mended(item: Item) -> Item:
    """The item with such values replaced, each character by one, so that offsets still hold.

    >>> mended(("gol\\ud800!", 10**30))
    ('gol\ufffd!', 9223372036854775807)
    """
    mended: Any = _mended(item)
    return mended  # type: ignore[no-any-return]


def _mended(item: Any) -> Any:
    if isinstance(item, str):
        return item if item.isascii() else "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in item)
    if isinstance(item, int) and not isinstance(item, bool):
        return max(-LARGEST, min(LARGEST, item))
    if isinstance(item, tuple | list):
        return tuple(_mended(each) for each in item)
    if isinstance(item, Mapping):
        return {_mended(key): _mended(value) for key, value in item.items()}
    if is_dataclass(item) and not isinstance(item, type):
        return replace(item, **{each.name: _mended(getattr(item, each.name)) for each in fields(item)})
    return item
