"""Addresses of pages: what of one says which page it is."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

#: Parameters of addresses that say from where a reader came.
_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|ref|source|src|cmpid|guccounter|guce_\w+|mod|feed|rss)$")
_FRONTS = re.compile(r"^(www|m|amp|mobile|mcdn)\.")
_ENDINGS = re.compile(r"(/amp|/index\.html?|/latest|/)+$")


def page_of(address: str) -> str | None:
    """The page that an address leads to, without what says from where one came; None for a front page or no address."""
    parts = urlsplit(address.strip())
    if parts.scheme not in {"http", "https"}:
        return None
    asked = [(key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.match(key.casefold())]
    path = _ENDINGS.sub("", parts.path)
    if not path and not asked:
        return None
    return f"{_FRONTS.sub('', parts.netloc.casefold())}{path}" + (f"?{urlencode(sorted(asked))}" if asked else "")
