"""What a study is made from: events out of a file, prices out of a file or the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from rerating.core.errors import UsageError
from rerating.core.sessions import Sessions, sessions_of
from rerating.measures.event_study import Panel, panel

if TYPE_CHECKING:
    from rerating.core.types import AsOf
    from rerating.ledger import View


@dataclass(frozen=True)
class Loaded:
    """Returns ready for the study, the sessions by symbol where they are known, and where it all comes from."""

    panel: Panel
    sessions: Mapping[str, Sessions]
    source: str


def frame_of(path: Path, what: str, *, text: tuple[str, ...] = ()) -> pl.DataFrame:
    """A CSV or Parquet file; the columns in `text` stay text, dates are read as such."""
    if not path.is_file():
        raise UsageError(f"There is no file {path}; name the {what} as CSV or Parquet.")
    try:
        if path.suffix.lower() in {".parquet", ".pq"}:
            return pl.read_parquet(path)
        names = pl.read_csv(path, n_rows=0).columns
        kept = {name: pl.String() for name in names if name.strip().lower() in text}
        return pl.read_csv(path, schema_overrides=kept, try_parse_dates=True, infer_schema_length=None)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UsageError(f"{path} cannot be read ({str(error).splitlines()[0]}); give the {what} as CSV.") from error


def events_of(path: Path, group: str | None = None) -> pl.DataFrame:
    """The events (of one group) with the columns symbol, at, and where given name and group."""
    frame = frame_of(path, "events", text=("symbol", "at", "name", "group"))
    frame = frame.rename({name: name.strip().lower() for name in frame.columns})
    missing = [name for name in ("symbol", "at") if name not in frame.columns]
    if missing:
        raise UsageError(f"{path} has no column {' and no column '.join(missing)}; it needs symbol and at.")
    frame = frame.with_columns(pl.col("symbol").cast(pl.String).str.strip_chars())
    if frame.schema["at"] == pl.String:
        frame = frame.with_columns(pl.col("at").str.strip_chars())
    empty = frame.with_row_index().filter(pl.col("symbol").is_null() | pl.col("at").is_null())
    if empty.height:
        raise UsageError(f"{path} lacks the symbol or the date in line {empty['index'][0] + 2}; fill it in.")
    if not frame.height:
        raise UsageError(f"{path} holds no event; give one line an event.")
    if group is not None:
        frame = _only(frame, group, path)
    return frame.select(name for name in ("symbol", "at", "name", "group") if name in frame.columns)


def _factors(path: Path) -> pl.DataFrame:
    """Factor returns: a table of ours, or a daily file of Kenneth French's library as it was downloaded."""
    from rerating.sources.factor_files import factors_from, is_factor_file

    return factors_from(path) if is_factor_file(path) else frame_of(path, "factors")


def _only(frame: pl.DataFrame, group: str, path: Path) -> pl.DataFrame:
    if "group" not in frame.columns:
        raise UsageError(f"{path} has no column group; add one, or leave --group out.")
    found = frame.filter(pl.col("group").str.strip_chars() == group)
    if not found.height:
        known = ", ".join(sorted(frame["group"].drop_nulls().unique())[:8])
        raise UsageError(f"{path} has no event of the group '{group}'; it has {known}.")
    return found


def from_prices(
    path: Path, benchmark: str | None, factors: Path | None, *, logarithmic: bool, venue: str | None
) -> Loaded:
    """Prices out of one file, wide or long."""
    frame = frame_of(path, "prices", text=("symbol", "ticker"))
    frame = frame.rename({name: name.strip() for name in frame.columns})
    lower = {name.lower(): name for name in frame.columns}
    if "symbol" not in lower and "ticker" not in lower:
        odd = [name for name, kind in frame.schema.items() if not kind.is_numeric() and name.lower() != "date"]
        if odd:
            raise UsageError(f"The column {odd[0]} of {path} is not numeric; correct the prices or leave it out.")
    made = panel(
        frame,
        benchmark=benchmark,
        factors=None if factors is None else _factors(factors),
        prices=True,
        kind="log" if logarithmic else "simple",
    )
    sessions = {} if venue is None else dict.fromkeys(made.symbols, sessions_of(venue))
    return Loaded(made, sessions, path.name)


def from_ledger(
    folder: Path,
    as_of: AsOf,
    events: pl.DataFrame,
    benchmark: str | None,
    factors: Path | None,
    *,
    logarithmic: bool,
) -> Loaded:
    """The lines of the events and the benchmark as the ledger knew them at the cutoff, each on its venue's sessions.

    A symbol that the ledger does not hold is left out: its events say so. One that several venues hold is an error.
    """
    from rerating.core.types import Gap
    from rerating.findings.series import Series, series
    from rerating.findings.subject import resolved
    from rerating.ledger import Ledger

    view = Ledger(folder).view(as_of)
    lines: dict[str, Series] = {}
    for symbol in sorted(set(events["symbol"])):
        if view.listings(symbol.rpartition(":")[2]):
            found = series(view, resolved(view, symbol))
            if not isinstance(found, Gap):
                lines[symbol] = found
    if not lines:
        raise view.unknown(str(events["symbol"][0]))
    market = None if benchmark is None else _market(view, benchmark)
    every = [line.days for line in lines.values()] + ([] if market is None else [market.days])
    dates = np.unique(np.concatenate(every))
    columns: dict[str, Any] = {"date": dates}
    for symbol, line in lines.items():
        columns[symbol] = _spread(dates, line, logarithmic)
    made = panel(
        pl.DataFrame(columns),
        benchmark=None if market is None else _spread(dates, market, logarithmic),
        factors=None if factors is None else _factors(factors),
        calendars={symbol: _calendar(line, dates) for symbol, line in lines.items()},
        kind="log" if logarithmic else "simple",
    )
    sessions = {symbol: line.sessions for symbol, line in lines.items()}
    return Loaded(made, sessions, f"ledger {view.version[:12]} as of {as_of}")


def _market(view: View, benchmark: str) -> Any:
    from rerating.core.types import Gap
    from rerating.findings.series import series
    from rerating.findings.subject import resolved

    found = series(view, resolved(view, benchmark))
    if isinstance(found, Gap):
        raise UsageError(f"{found.detail}.")
    return found


def _spread(dates: Any, line: Any, logarithmic: bool) -> Any:
    out = np.full(len(dates), np.nan)
    out[np.searchsorted(dates, line.days)] = np.log1p(line.returns) if logarithmic else line.returns
    return out


def _calendar(line: Any, dates: Any) -> Any:
    """The sessions of a line among the dates: the days before its first bar count too, as missing."""
    days = line.sessions.days
    return days[np.isin(days, dates)]
