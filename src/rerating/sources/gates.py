"""Quality gates for daily bars: named checks with counts and samples, each made for a fault that was met in real files.

A gate that refuses stops an import (or, where the user is tolerant, drops the rows that it names); a gate that notes is
shown and stops nothing. All compute on the rows of one file, by line: symbol, venue, currency and price basis.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

from rerating.core.record import Record
from rerating.core.sessions import calendar_code, microseconds, sessions_of

SPLIT_GATE = "split without a record"
MISSING_SESSIONS = "sessions without a bar"
LINE = ("symbol", "venue", "currency", "price_basis")
_SHOWN = 5

#: Relative slack of high and low against open and close: adjusted prices are rounded on their own.
OHLC_SLACK = 0.002

#: New shares per old one that companies choose; their inverses are the reverse splits.
SPLIT_RATIOS = (1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100)

#: How near, in logs, the open and the close after a split come to the ratio, and how far money turned over may move.
#: A step of less than 2:1 is within reach of bad news, so it has to fit the ratio more closely; one of 4:1 is not.
_OPEN_NEAR, _CLOSE_NEAR, _TURNOVER_FAR = 0.06, 0.12, math.log(5.0)
_CLOSELY, _LOOSELY = 0.25, 1.5

#: A price that moves further than this overnight, with another pattern of volume, is another instrument's.
_FOREIGN_STEP = math.log(1.6)

Floats = npt.NDArray[np.float64]


class GateCheck(Record):
    """What one gate looked at and found. `refuses` says whether it stops an import."""

    name: str
    looked_at: int
    failed: int
    samples: tuple[str, ...] = ()
    refuses: bool = True

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.failed

    def __str__(self) -> str:
        more = f" and {self.failed - len(self.samples)} more" if self.failed > len(self.samples) else ""
        return f"{self.name}: {self.failed} of {self.looked_at} ({'; '.join(self.samples)}{more})"


@dataclass(frozen=True, kw_only=True)
class Found:
    """A check and the rows that it names (by place in the frame)."""

    check: GateCheck
    rows: npt.NDArray[np.int64]


Splits = Mapping[str, Sequence[tuple[date, float]]]
"""Known splits by line key (`XNYS:BABA`): ex-day and new shares per old one."""


def bar_gates(bars: pl.DataFrame, *, recorded_at: datetime, splits: Splits | None = None) -> list[Found]:
    """All gates over the bars of one file, in a fixed order.

    `bars` has the columns of the table `bars` without provenance, one row a key (duplicates are looked for as well).
    `splits` are those that are known: a step on their ex-day is no fault.
    """
    frame = bars.with_row_index("place").with_columns(pl.col("volume").cast(pl.Float64))
    frame = frame.sort(*LINE, "on", "place")
    steps = _Steps(frame)
    return [
        _rowwise(frame, "duplicates", _duplicates(frame), "the same day twice"),
        _rowwise(frame, "price missing beside volume", _priceless(frame), "volume without a price"),
        _rowwise(frame, "open, high, low and close disagree", _disagreeing(frame), "high or low inside open and close"),
        _rowwise(frame, "session not over", _interim(frame, recorded_at), "recorded before the session closed"),
        _rowwise(frame, "another instrument's row", steps.foreign(), "price and volume of something else"),
        _rowwise(frame, SPLIT_GATE, steps.split(splits or {}), "a step of a split's size"),
        _missing_sessions(frame),
        _closed_days(frame),
    ]


def _rowwise(frame: pl.DataFrame, name: str, wrong: npt.NDArray[np.bool_], what: str) -> Found:
    hit = frame.filter(pl.Series(wrong))
    samples = tuple(
        f"{venue}:{symbol} {on}, {what}"
        for symbol, venue, on in hit.select("symbol", "venue", "on").head(_SHOWN).rows()
    )
    check = GateCheck(name=name, looked_at=frame.height, failed=hit.height, samples=samples)
    return Found(check=check, rows=hit["place"].to_numpy().astype(np.int64))


def _duplicates(frame: pl.DataFrame) -> npt.NDArray[np.bool_]:
    key = [*LINE, "on"]
    again = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift(1)) for name in key)
    return frame.select(again.fill_null(False)).to_series().to_numpy()


def _priceless(frame: pl.DataFrame) -> npt.NDArray[np.bool_]:
    return frame.select(pl.col("close").is_null() & (pl.col("volume") > 0).fill_null(False)).to_series().to_numpy()


def _disagreeing(frame: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """Session prices that cannot be: low above, or high below what was paid. An empty session (no range) passes."""
    top = pl.max_horizontal("open", "close") * (1 - OHLC_SLACK)
    bottom = pl.min_horizontal("open", "close") * (1 + OHLC_SLACK)
    wrong = (pl.col("high") < top) | (pl.col("low") > bottom) | (pl.col("high") < pl.col("low") * (1 - OHLC_SLACK))
    return frame.select(wrong.fill_null(False)).to_series().to_numpy()


def _interim(frame: pl.DataFrame, recorded_at: datetime) -> npt.NDArray[np.bool_]:
    now, out = microseconds(recorded_at), np.zeros(frame.height, dtype=bool)
    for rows, venue, symbol in _lines(frame):
        if calendar_code(venue, symbol) is None:
            continue
        table = sessions_of(venue, symbol)
        days = frame["on"][int(rows[0]) : int(rows[-1]) + 1].to_numpy().astype("datetime64[D]")
        place = np.searchsorted(table.days, days).clip(max=len(table.days) - 1)
        out[rows] = (table.days[place] == days) & (table.opens[place] <= now) & (table.closes[place] > now)
    return out


def _lines(frame: pl.DataFrame) -> list[tuple[npt.NDArray[np.int64], str, str]]:
    """The rows of each line (they lie together), with its venue and symbol."""
    starts = frame.select(
        pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in LINE).alias("new")
    )["new"].to_numpy()
    if not len(starts):
        return []
    starts[0] = True
    edges = [*np.flatnonzero(starts).tolist(), frame.height]
    names = frame.select("venue", "symbol")
    return [(np.arange(first, last), *names.row(first)) for first, last in pairwise(edges)]


class _Steps:
    """Overnight steps of each line, and what its volume does at them; all arrays have one entry a row of the frame."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame
        held = {name: frame[name].fill_null(np.nan).to_numpy() for name in ("open", "close", "volume")}
        self.opened, self.close, self.volume = held["open"], held["close"], held["volume"]
        self.first = np.ones(frame.height, dtype=bool)
        for rows, _, _ in _lines(frame):
            self.first[rows[1:]] = False
        with np.errstate(divide="ignore", invalid="ignore"):
            self.to_close = self._step(self.close)
            self.to_open = self._step(self.opened)

    def _step(self, price: Floats) -> Floats:
        out = np.full(len(price), np.nan)
        out[1:] = np.log(price[1:] / self.close[:-1])
        out[self.first] = np.nan
        return out

    def foreign(self) -> npt.NDArray[np.bool_]:
        """A far step beside a change between having volume and having none: no share and no index does both at once.

        Looked for at the row itself, and only where the line keeps to one pattern otherwise (nine days of ten).
        """
        out = np.zeros(len(self.close), dtype=bool)
        for rows, _, _ in _lines(self._frame):
            if len(rows) < 5:
                continue
            some = np.nan_to_num(self.volume[rows]) > 0
            usual = bool(np.median(some) >= 0.5)
            odd = some != usual
            if odd.mean() > 0.34:
                continue
            middle = np.nanmedian(self.close[rows][~odd]) if (~odd).any() else np.nan
            near = np.nanmedian(self.close[rows][~odd][-10:]) if (~odd).any() else middle
            with np.errstate(divide="ignore", invalid="ignore"):
                far = np.abs(np.log(self.close[rows] / near)) > _FOREIGN_STEP
                far &= np.abs(self.to_close[rows]) > _FOREIGN_STEP
            out[rows] = odd & far
        return out

    def split(self, splits: Splits) -> npt.NDArray[np.bool_]:
        """A step to open and close by nearly a split's ratio while the money turned over stays what it was.

        A crash of that size comes with many times the usual turnover; a split leaves it. Only prices that may still
        hold splits are looked at: as traded and split-adjusted ones.
        """
        basis = self._frame["price_basis"].is_in(["as_traded", "split_adjusted"]).to_numpy()
        turnover = np.log(np.where(self.volume > 0, self.close * self.volume, np.nan))
        usual = _trailing_median(turnover, self.first, 20)
        out = np.zeros(len(self.close), dtype=bool)
        with np.errstate(invalid="ignore"):
            calm = np.abs(turnover - usual) < _TURNOVER_FAR
            for ratio in SPLIT_RATIOS:
                slack = _CLOSELY if ratio < 2 else _LOOSELY if ratio >= 4 else 1.0
                for step in (-math.log(ratio), math.log(ratio)):
                    near = np.abs(self.to_open - step) < _OPEN_NEAR * slack
                    near &= np.abs(self.to_close - step) < _CLOSE_NEAR * slack
                    out |= near & calm & basis
        if splits and out.any():
            for place in np.flatnonzero(out):
                symbol, venue, on = self._frame.select("symbol", "venue", "on").row(int(place))
                if any(day == on for day, _ in splits.get(f"{venue}:{symbol}", ())):
                    out[place] = False
        return out


def _trailing_median(values: Floats, first: npt.NDArray[np.bool_], window: int) -> Floats:
    """The median of the `window` values before each, within its line; NaN where there are fewer than five."""
    line = np.cumsum(first)
    frame = pl.DataFrame({"line": line, "value": values}).with_columns(pl.col("value").fill_nan(None))
    rolled = frame.select(
        pl.col("value").shift(1).rolling_median(window_size=window, min_samples=5).over("line").fill_null(np.nan)
    )
    return rolled.to_series().to_numpy()


def _missing_sessions(frame: pl.DataFrame) -> Found:
    """Sessions between a line's first and last bar that it lacks; one that all lines lack may be no session."""
    return _against_calendar(
        frame,
        MISSING_SESSIONS,
        lambda held, sessions: sessions[~np.isin(sessions, held)],
    )


def _closed_days(frame: pl.DataFrame) -> Found:
    """Bars on days that the calendar calls closed."""
    return _against_calendar(frame, "bars without a session", lambda held, sessions: held[~np.isin(held, sessions)])


Days = npt.NDArray[np.datetime64]


def _against_calendar(frame: pl.DataFrame, name: str, odd: Callable[[Days, Days], Days]) -> Found:
    looked_at, failed, samples = 0, 0, list[str]()
    lacking: dict[tuple[str, np.datetime64], int] = {}
    lines: dict[str, int] = {}
    for rows, venue, symbol in _lines(frame):
        code = calendar_code(venue, symbol)
        if code is None:
            continue
        held = frame["on"][int(rows[0]) : int(rows[-1]) + 1].to_numpy().astype("datetime64[D]")
        table = sessions_of(venue, symbol).days
        span = table[np.searchsorted(table, held[0]) : np.searchsorted(table, held[-1], side="right")]
        found = odd(np.unique(held), span)
        looked_at, failed, lines[code] = looked_at + len(span), failed + len(found), lines.get(code, 0) + 1
        for day in found:
            lacking[code, day] = lacking.get((code, day), 0) + 1
        if len(found) and len(samples) < _SHOWN:
            samples.append(f"{venue}:{symbol} {', '.join(str(day) for day in found[:3])}")
    doubtful = sorted(str(day) for (code, day), count in lacking.items() if count == lines[code] > 2)
    if doubtful:
        samples.insert(0, f"all lines of a calendar agree, which may be wrong on {', '.join(doubtful[:3])}")
    check = GateCheck(name=name, looked_at=looked_at, failed=failed, samples=tuple(samples), refuses=False)
    return Found(check=check, rows=np.zeros(0, dtype=np.int64))


def parity_gap(
    one: pl.DataFrame, other: pl.DataFrame, *, units: tuple[float, float], rates: Mapping[str, pl.DataFrame]
) -> tuple[float, int] | None:
    """The median log gap of two lines of one issuer over their last 21 common days, and how many days there were.

    `one` and `other` have `on`, `close` and `currency` (one each); `units` are the ordinary shares that a unit of each
    stands for; `rates` has a frame `on, per_eur` by currency (EUR needs none). None below five common days with rates.
    """
    sides = []
    for frame, shares in zip((one, other), units, strict=True):
        currency = frame["currency"][0]
        part = frame.select("on", (pl.col("close") / shares).alias("price")).sort("on")
        if currency != "EUR":
            if currency not in rates or not rates[currency].height:
                return None
            fx = rates[currency].select("on", "per_eur").sort("on")
            part = part.join_asof(fx, on="on", strategy="backward", tolerance="7d")
            part = part.with_columns(pl.col("price") / pl.col("per_eur"))
        sides.append(part.select("on", "price").drop_nulls())
    both = sides[0].join(sides[1], on="on", suffix="_other").sort("on").tail(21)
    if both.height < 5:
        return None
    gaps = np.log(both["price"].to_numpy() / both["price_other"].to_numpy())
    return float(np.median(gaps)), both.height
