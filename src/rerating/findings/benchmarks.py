"""What a line is measured against: its market, its sector where one is named, and its peers.

Markets follow from the venue and sectors from the company; both tables are declarations with a date from which they
hold. Peers are facts in the ledger (field `peers`: line keys, separated by blanks), so that users name their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from rerating.core.types import Gap, Listing, Why
from rerating.findings.series import Floats, Series, aligned, series
from rerating.ledger import View

_US = ("INDEX:^GSPC", "INDEX:^IXIC")
_US_VENUES = ("XNYS", "XNAS", "ARCX", "XASE", "BATS", "US", "OTCM")

#: Market indices by venue; the first is the one that stands for the market.
MARKETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_US_VENUES, _US),
    "XHKG": ("XHKG:^HSI",),
    "XSHG": ("XSHG:000300.SS",),
    "XETR": ("INDEX:^GDAXI",),
    "XFRA": ("INDEX:^GDAXI",),
    "XLON": ("INDEX:^FTSE",),
    "XPAR": ("INDEX:^FCHI",),
    "XSWX": ("INDEX:^SSMI",),
    "XTKS": ("INDEX:^N225",),
}

_KWEB_SINCE = date(2013, 8, 1)

#: Sector funds by symbol: fund and the day from which it traded. KWEB holds Chinese internet companies.
SECTORS: dict[str, tuple[str, date]] = dict.fromkeys(
    ("BABA", "JD", "PDD", "BIDU", "BILI", "NTES", "TME", "VIPS", "IQ", "TCEHY"), ("ARCX:KWEB", _KWEB_SINCE)
)

#: Style funds of US stocks: what they hold, fund, and the day from which it traded. Growth stands for growth against
#: value; each counts by what it does beyond the market.
_US_STYLES = (
    ("size", "ARCX:IWM", date(2000, 6, 1)),
    ("growth", "ARCX:VUG", date(2004, 2, 2)),
    ("momentum", "BATS:MTUM", date(2013, 5, 1)),
    ("quality", "BATS:QUAL", date(2013, 8, 1)),
)
STYLES: dict[str, tuple[tuple[str, str, date], ...]] = dict.fromkeys(_US_VENUES, _US_STYLES)

#: Peers that count where the ledger names none: the large US-listed Chinese platforms.
_CHINESE_PLATFORMS = ("XNYS:BABA", "XNAS:JD", "XNAS:PDD", "XNAS:BIDU", "XNAS:BILI")
PEERS: dict[str, tuple[str, ...]] = dict.fromkeys(_CHINESE_PLATFORMS, _CHINESE_PLATFORMS)

_FEWEST_PEERS = 2


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """Returns to measure against, on the days of the line that asked; `members` are the lines behind them."""

    name: str
    role: str
    returns: Floats
    members: tuple[Series, ...]

    def rows(self, first: np.datetime64, last: np.datetime64) -> pl.DataFrame:
        """The members' bars between two days, both included."""
        return pl.concat([member.between(first, last) for member in self.members])


def benchmarks(view: View, line: Series) -> tuple[list[Benchmark], list[Gap]]:
    """The benchmarks that the ledger holds for this line, in the order market, sector, peers; a gap for each other."""
    found, gaps = [], []
    named = [(key, "market") for key in MARKETS.get(line.listing.venue, ())]
    sector = SECTORS.get(line.listing.symbol)
    if sector is not None and view.as_of.at.date() >= sector[1]:
        named.append((sector[0], "sector"))
    for key, role in named:
        member = held(view, key)
        if member is None:
            detail = f"the ledger holds no prices of {key} at this cutoff; collect or import them"
            gaps.append(Gap(question=f"{role} return ({key})", why=Why.NOT_COVERED, detail=detail))
        elif member.listing.key != line.listing.key:
            returns = aligned(member, line.days)
            found.append(Benchmark(name=key, role=role, returns=returns, members=(member,)))
    peers = [member for member in (held(view, key) for key in peer_keys(view, line.listing)) if member is not None]
    peers = [peer for peer in peers if not same_issuer(peer.listing, line.listing)]
    if len(peers) >= _FEWEST_PEERS:
        found.append(
            Benchmark(name="peers", role="peers", returns=_equal_weighted(peers, line.days), members=tuple(peers))
        )
    else:
        detail = "fewer than two peers are named (facts with the field 'peers') and held; import them"
        gaps.append(Gap(question="peers' return", why=Why.NOT_COVERED, detail=detail))
    return found, gaps


def styles(view: View, line: Series) -> list[tuple[str, Benchmark | None]]:
    """The style funds of the line's market that traded by then, by their keys; None for one that is not held."""
    found: list[tuple[str, Benchmark | None]] = []
    for role, key, since in STYLES.get(line.listing.venue, ()):
        if view.as_of.at.date() < since or key.partition(":")[2] == line.listing.symbol:
            continue
        member = held(view, key)
        if member is None:
            found.append((key, None))
        else:
            returns = aligned(member, line.days)
            found.append((key, Benchmark(name=key, role=role, returns=returns, members=(member,))))
    return found


def peer_keys(view: View, listing: Listing) -> list[str]:
    """The keys of the lines that count as peers: as named in the ledger by then, else as declared here."""
    facts = view.facts(view.names(listing), "peers")
    return str(facts["text"][-1]).split() if facts.height else list(PEERS.get(listing.key, ()))


def held(view: View, key: str) -> Series | None:
    """The series of the line with that key; None where the ledger holds none.

    Vendors file an index under its exchange or under none (INDEX), and a line in the US under its exchange or under
    US; both mean it, and the key as it was asked for comes first.
    """
    venue, _, symbol = key.partition(":")
    also = {f"INDEX:{symbol}"} | ({f"US:{symbol}"} if venue in _US_VENUES else set())
    lines = view.listings(symbol)
    for listing in (*(one for one in lines if one.key == key), *(one for one in lines if one.key in also)):
        found = series(view, listing)
        return None if isinstance(found, Gap) else found
    return None


def same_issuer(one: Listing, other: Listing) -> bool:
    """Whether two lines are of one issuer."""
    return one.key == other.key or (one.issuer is not None and one.issuer == other.issuer)


def _equal_weighted(peers: list[Series], days: npt.NDArray[np.datetime64]) -> Floats:
    """The mean return of the peers that have one on a day; NaN where fewer than two have."""
    table = np.stack([aligned(peer, days) for peer in peers])
    known = np.isfinite(table)
    count = known.sum(axis=0)
    total = np.where(known, table, 0.0).sum(axis=0)
    return np.where(count >= _FEWEST_PEERS, total / np.maximum(count, 1), np.nan)
