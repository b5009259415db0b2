"""Venues and benchmarks as a reader knows them, and the zone in which a venue's days are told."""

from __future__ import annotations

from rerating.statements.facts import Name, Word

_VENUES: dict[str, tuple[str, str, str]] = {
    "XNAS": ("an der Nasdaq", "on Nasdaq", "America/New_York"),
    "XNYS": ("an der New York Stock Exchange", "on the New York Stock Exchange", "America/New_York"),
    "ARCX": ("an der NYSE Arca", "on NYSE Arca", "America/New_York"),
    "US": ("im US-Handel", "in US trading", "America/New_York"),
    "OTCM": ("im außerbörslichen US-Handel", "over the counter in the US", "America/New_York"),
    "XHKG": ("an der Börse Hongkong", "in Hong Kong", "Asia/Hong_Kong"),
    "XETR": ("auf Xetra", "on Xetra", "Europe/Berlin"),
    "XFRA": ("an der Börse Frankfurt", "in Frankfurt", "Europe/Berlin"),
    "XLON": ("an der Londoner Börse", "in London", "Europe/London"),
    "XTKS": ("an der Börse Tokio", "in Tokyo", "Asia/Tokyo"),
}

_BENCHMARKS: dict[str, tuple[str, str]] = {
    "INDEX:^GSPC": ("S&P 500", "S&P 500"),
    "INDEX:^IXIC": ("Nasdaq Composite", "Nasdaq Composite"),
    "INDEX:^HSI": ("Hang-Seng-Index", "Hang Seng Index"),
    "INDEX:^GDAXI": ("DAX", "DAX"),
    "ARCX:KWEB": ("KWEB (chinesische Internetwerte)", "KWEB (Chinese internet stocks)"),
    "ARCX:IWM": ("IWM (US-Nebenwerte)", "IWM (US small caps)"),
    "ARCX:VUG": ("VUG (US-Wachstumswerte)", "VUG (US growth stocks)"),
    "BATS:MTUM": ("MTUM (US-Momentum)", "MTUM (US momentum)"),
    "BATS:QUAL": ("QUAL (US-Qualitätswerte)", "QUAL (US quality stocks)"),
    "peers": ("Vergleichsgruppe ohne die Aktie", "peers without the stock"),
}


def at_venue(mic: str) -> Word:
    """`an der Nasdaq` / `on Nasdaq`; an unknown venue by its code."""
    de, en, _ = _VENUES.get(mic, (f"an der Börse {mic}", f"on {mic}", "UTC"))
    return Word(de=de, en=en)


_PLACES: dict[str, tuple[str, str]] = {
    "XHKG": ("Hongkong", "Hong Kong"),
    "XETR": ("Frankfurt", "Frankfurt"),
    "XFRA": ("Frankfurt", "Frankfurt"),
    "XLON": ("London", "London"),
    "XTKS": ("Tokio", "Tokyo"),
}


def place_of(mic: str) -> Word | None:
    """The town of a venue, for a dateline; None where the venue is unknown."""
    if mic not in _VENUES:
        return None
    de, en = _PLACES.get(mic, ("New York", "New York"))
    return Word(de=de, en=en)


def zone_of(mic: str) -> str:
    """The time zone of a venue's days; UTC where the venue is unknown."""
    return _VENUES.get(mic, ("", "", "UTC"))[2]


def benchmark_name(key: str) -> Name:
    """A benchmark by the name that a reader knows, else by its key."""
    de, en = _BENCHMARKS.get(key, (key.rpartition(":")[2], key.rpartition(":")[2]))
    return Name(de=de, en=en)
