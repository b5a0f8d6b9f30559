"""One spelling of a URL, so that one page is known once."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin, urlsplit

from courlan import normalize_url

MAX_LENGTH = 2000  # longer ones are traps or data


def normal_url(url: str, base: str = "") -> str | None:
    """A URL made absolute and spelt in one way: tracking parameters and fragment dropped, query in order, host in lower
    case. None for what cannot be fetched (mailto:, javascript:, broken, over 2,000 characters).

    >>> normal_url("/a/../b/?utm_source=x&page=2#c", "https://www.X.it/")
    'https://www.x.it/b/?page=2'
    >>> normal_url("javascript:void(0)", "https://x.it/") is None
    True
    """
    url = url.strip()
    if len(url) > MAX_LENGTH:
        return None
    try:
        absolute = urldefrag(urljoin(base, url)).url
        parts = urlsplit(absolute)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
            return None
        _ = parts.port
        normal = str(normalize_url(absolute))
    except ValueError:
        return None
    return normal if urlsplit(normal).path else normal + "/"
