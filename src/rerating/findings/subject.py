"""Which line a question is about."""

from __future__ import annotations

from rerating.core.errors import UsageError
from rerating.core.types import Gap, Listing
from rerating.findings.series import Series, series
from rerating.ledger import View


def line_of(view: View, symbol: str) -> Series:
    """The series of the line that a symbol names. Raises UsageError where the view does not hold it."""
    line = series(view, resolved(view, symbol))
    if isinstance(line, Gap):
        raise UsageError(f"{line.detail}.")
    return line


def resolved(view: View, symbol: str) -> Listing:
    """The line that a symbol names: `AAPL`, or `XNAS:AAPL` where several venues have it.

    Raises UsageError where the ledger does not hold it, or where several lines answer to it.
    """
    venue, _, bare = symbol.rpartition(":")
    lines = [line for line in view.listings(bare) if not venue or line.venue == venue]
    if not lines:
        raise view.unknown(symbol)
    if len({line.key for line in lines}) > 1:
        raise UsageError(f"'{symbol}' is ambiguous: {', '.join(line.key for line in lines)}; name one of them in full.")
    return lines[0]
