"""Returns of many lines on their calendars, checked once and ready for the compiled loops.

Lines of one venue share a calendar, that of their benchmark. Each line lies in one piece, so that an event's estimation
and event window are read from one stretch of memory; the benchmark and the factors lie beside it by row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from rerating.core.errors import UsageError
from rerating.measures.event_study.frames import Wide, as_days, wide_frame
from rerating.measures.event_study.layout import Floats, Integers

Days = npt.NDArray[np.datetime64]
Kind = Literal["simple", "log"]

MARKET = "market"


@dataclass(frozen=True, eq=False)
class Panel:
    """Checked returns. Make it with `panel`, use it for as many studies as you like.

    `values` holds the returns of all lines one after another: line f from `offsets[f]` on, `lengths[f]` of them, the
    first on row `bases[f]` of `factors` [names, rows]. `days` numbers the calendar days of the rows (the same number on
    the same day, whichever calendar), `dates` are those days where they are known. `bad` lists the places in `values`
    that are missing because a price was not positive or a return not possible.
    """

    symbols: tuple[str, ...]
    values: Floats
    offsets: Integers
    lengths: Integers
    bases: Integers
    factors: Floats
    factor_names: tuple[str, ...]
    days: Integers
    dates: Days | None
    bad: Integers
    kind: Kind
    ranks: Integers
    """Place of each line in the order of the symbols: ties between events are broken by it, not by the columns."""

    def __post_init__(self) -> None:
        """Refuses arrays that do not fit together: the compiled loops read them without looking back."""
        rows, ends = self.factors.shape[1], self.offsets + self.lengths
        inside = (self.offsets >= 0) & (self.lengths >= 0) & (ends <= self.values.size)
        inside &= (self.bases >= 0) & (self.bases + self.lengths <= rows)
        sizes = {len(self.symbols), *(array.size for array in (self.offsets, self.lengths, self.bases, self.ranks))}
        if len(sizes) > 1 or not inside.all() or self.days.size != rows or (self.days < 0).any():
            raise UsageError("The arrays of the panel do not fit together; make it with `panel`.")

    @property
    def lines(self) -> dict[str, int]:
        """Place of each symbol."""
        return {symbol: place for place, symbol in enumerate(self.symbols)}

    def line(self, symbol: str) -> Floats:
        """The returns of one line."""
        place = self.lines[symbol]
        return self.values[self.offsets[place] : self.offsets[place] + self.lengths[place]]

    def calendar(self, place: int) -> Days | Integers:
        """The days of a line's calendar; their numbers where the panel has no dates."""
        rows = slice(int(self.bases[place]), int(self.bases[place] + self.lengths[place]))
        return self.days[rows] if self.dates is None else self.dates[rows]

    def factor(self, name: str) -> int:
        """Row of a factor. Raises UsageError where there is none of that name."""
        if name in self.factor_names:
            return self.factor_names.index(name)
        known = ", ".join(self.factor_names) or "none"
        raise UsageError(f"The panel has no factor '{name}' (it has: {known}); give it as a column of `factors`.")


def panel(
    returns: Any,
    *,
    benchmark: str | Mapping[str, str] | Any | None = None,
    factors: Any | None = None,
    dates: Any | None = None,
    symbols: Sequence[str] | None = None,
    calendars: Mapping[str, Any] | None = None,
    prices: bool = False,
    kind: Kind = "simple",
) -> Panel:
    """Checks returns (or prices) and lays them out for `event_study`.

    Args:
        returns: a Polars or pandas frame, wide (a column `date` or a date index, one column a line) or long (columns
            `symbol`, `date` and one of `close`, `price`, `adj_close`, `return`), or an array [T] or [T, F]. Shares of
            one, missing as null or NaN.
        benchmark: the market: a column of the frame; a mapping from symbol to such a column, where lines of several
            venues have their own; or an array [T]. With several each line follows the days on which its own benchmark
            has a value, so that relative days count that venue's sessions.
        factors: further regressors by name: a frame with the same dates, or a mapping of arrays [T]. Always returns.
        dates: [T] for arrays; without it positions stand for days.
        symbols: [F] for arrays; without it "0", "1" ...
        calendars: the session days of a symbol's venue, all of them rows of the frame. Its relative days then count
            these; a session without a return is a missing day, a row that is none of its sessions does not exist.
        prices: `returns` are prices. A return is P_t / P_t-1 - 1, or its logarithm: over one session, so that a missing
            price costs two returns.
        kind: whether returns are simple or log returns. BHAR depends on it.

    Prices that are not positive (CRSP writes bid-ask midpoints as negatives) and simple returns of -100 % or less are
    set to missing and remembered; events that they touch carry the flag `bad_price`.

    Raises UsageError on duplicate dates, dates that do not fit together, and a benchmark with impossible values.
    """
    wide = wide_frame(returns, dates=dates, symbols=symbols)
    if kind not in ("simple", "log"):
        raise UsageError(f"kind is '{kind}'; returns are either 'simple' or 'log'.")
    checked = _checked(wide, prices, kind)
    named = _factors(factors, wide)
    apart = calendars is not None or isinstance(benchmark, Mapping)
    markets = _markets(benchmark, checked, apart)
    lines = [symbol for symbol in wide.symbols if symbol not in named]
    if not lines:
        raise UsageError("The frame has no column of returns besides the factors; add one column a line.")
    return _lay_out(checked, named, _blocks(lines, benchmark, markets, _rows(calendars, wide)))


@dataclass(frozen=True, eq=False)
class Checked:
    """Prices or returns as they came, what is impossible set to NaN and marked in `wrong`."""

    wide: Wide
    matrix: Floats
    wrong: npt.NDArray[np.bool_]
    prices: bool
    kind: Kind

    def returns(self, rows: Rows, columns: Rows) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """Returns [rows, columns], and which of them are missing because the input was impossible.

        Of prices they are formed here, over the rows asked for: from one session of that calendar to the next.
        """
        whole = rows.size == len(self.matrix)
        values = self.matrix[:, columns] if whole else self.matrix[np.ix_(rows, columns)]
        wrong = self.wrong[:, columns] if whole else self.wrong[np.ix_(rows, columns)]
        if not self.prices:
            return values, wrong
        ratio = np.full_like(values, np.nan)
        ratio[1:] = values[1:] / values[:-1]
        bad = wrong.copy()
        bad[1:] |= wrong[:-1]
        return (np.log(ratio) if self.kind == "log" else ratio - 1.0), bad


def _checked(wide: Wide, prices: bool, kind: Kind) -> Checked:
    matrix = wide.matrix
    with np.errstate(invalid="ignore"):
        if prices:
            wrong = ~np.isnan(matrix) & ~((matrix > 0.0) & np.isfinite(matrix))
        else:
            wrong = np.isinf(matrix) | ((matrix <= -1.0) & (kind == "simple"))
    known = np.count_nonzero(~np.isnan(matrix))
    if not prices and np.count_nonzero(wrong) > 0.02 * known:
        raise UsageError(
            f"{np.count_nonzero(wrong)} of {known} returns are -100 % or less, or infinite; returns are shares of one "
            "(0.05 is 5 %): divide per cent by 100, or say prices=True if these are prices."
        )
    return Checked(wide, np.where(wrong, np.nan, matrix) if wrong.any() else matrix, wrong, prices, kind)


def _factors(factors: Any | None, wide: Wide) -> dict[str, Floats]:
    if factors is None:
        return {}
    if isinstance(factors, Mapping):
        named = {str(name): np.asarray(values, dtype=np.float64) for name, values in factors.items()}
        for name, values in named.items():
            if values.shape != (len(wide.matrix),):
                shape = f"{values.shape}, the returns have {len(wide.matrix)} rows"
                raise UsageError(f"The factor '{name}' has the shape {shape}; give one value a row.")
    else:
        other = wide_frame(factors)
        if wide.dates is None or other.dates is None:
            raise UsageError("Factors given as a frame are matched by date; give the returns dates as well.")
        place = np.searchsorted(other.dates, wide.dates)
        place = np.minimum(place, len(other.dates) - 1)
        found = other.dates[place] == wide.dates
        named = {
            name: np.where(found, other.matrix[place, column], np.nan) for column, name in enumerate(other.symbols)
        }
    for name, values in named.items():
        if np.isinf(values).any():
            raise UsageError(f"The factor '{name}' is infinite {wide.row_name(int(np.argmax(np.isinf(values))))}.")
        if name == MARKET:
            raise UsageError(f"'{MARKET}' is the benchmark's name; give the factor another one.")
    return named


def _markets(benchmark: Any | None, checked: Checked, apart: bool) -> dict[str, Floats]:
    """Returns of each benchmark by name. `apart`: its sessions are the days on which it has a value, and no others."""
    wide = checked.wide
    if benchmark is None:
        return {}
    if not isinstance(benchmark, str | Mapping):
        values = np.asarray(benchmark, dtype=np.float64)
        if values.shape != (len(wide.matrix),):
            raise UsageError(f"The benchmark has the shape {values.shape}; give {len(wide.matrix)} values, one a row.")
        alone = _checked(Wide((MARKET,), values[:, None], wide.dates), checked.prices, checked.kind)
        return _markets(MARKET, alone, apart)
    names = {benchmark} if isinstance(benchmark, str) else set(benchmark.values())
    markets = {}
    for name in sorted(names):
        if name not in wide.symbols:
            known = ", ".join(wide.symbols[:8]) + (" ..." if len(wide.symbols) > 8 else "")
            raise UsageError(f"The benchmark '{name}' is no line of the data, which have {known}; name one of them.")
        column = wide.symbols.index(name)
        _refuse_bad(name, checked.wrong[:, column], wide)
        rows = np.flatnonzero(~np.isnan(checked.matrix[:, column])) if apart else np.arange(len(wide.matrix))
        series = np.full(len(wide.matrix), np.nan)
        series[rows] = checked.returns(rows, np.array([column]))[0][:, 0]
        markets[name] = series
    return markets


def _refuse_bad(name: str, bad: npt.NDArray[np.bool_], wide: Wide) -> None:
    if bad.any():
        raise UsageError(
            f"The benchmark '{name}' has an impossible value {wide.row_name(int(np.argmax(bad)))}; correct it, "
            "since every event hangs on it."
        )


Rows = npt.NDArray[np.intp]
Block = tuple[list[str], "Floats | None", Rows]


def _rows(calendars: Mapping[str, Any] | None, wide: Wide) -> Callable[[str], Rows]:
    """The rows of the frame that are sessions of a line, within the days that the frame spans."""
    everything = np.arange(len(wide.matrix))
    if calendars is None:
        return lambda symbol: everything
    if wide.dates is None:
        raise UsageError("Calendars are matched by date; give the returns dates as well.")
    dates, made = wide.dates, dict[int, Rows]()

    def rows(symbol: str) -> Rows:
        days = calendars.get(symbol)
        if days is None:
            return everything
        if id(days) not in made:
            sessions = as_days(days)
            sessions = sessions[(sessions >= dates[0]) & (sessions <= dates[-1])]
            place = np.searchsorted(dates, sessions)
            absent = dates[np.minimum(place, len(dates) - 1)] != sessions
            if absent.any():
                raise UsageError(f"The session {sessions[absent][0]} of {symbol} has no row; add one, without values.")
            made[id(days)] = place
        return made[id(days)]

    return rows


def _blocks(
    lines: list[str], benchmark: Any | None, markets: dict[str, Floats], rows_of: Callable[[str], Rows]
) -> list[Block]:
    """Lines that share a calendar: their symbols, their benchmark, and the rows of the frame that are its days."""
    named: Mapping[str, str] = benchmark if isinstance(benchmark, Mapping) else {}
    several = isinstance(benchmark, Mapping)
    missing = [symbol for symbol in lines if several and symbol not in named and symbol not in markets]
    if missing:
        raise UsageError(f"No benchmark is named for {', '.join(missing[:5])}; add it to the mapping.")
    found: dict[tuple[str | None, int], tuple[list[str], Rows]] = {}
    for symbol in lines:
        name = named.get(symbol, symbol) if several else next(iter(markets), None)
        rows = rows_of(symbol)
        found.setdefault((name, id(rows)), ([], rows))[0].append(symbol)
    blocks: list[Block] = []
    for (name, _), (members, rows) in found.items():
        series = None if name is None else markets[name]
        own = rows if series is None or len(markets) == 1 else rows[~np.isnan(series[rows])]
        blocks.append((members, series, own))
    return blocks


def _lay_out(checked: Checked, named: dict[str, Floats], blocks: list[Block]) -> Panel:
    wide = checked.wide
    symbols: list[str] = []
    pieces, bases, lengths, wrong, factor_rows, row_numbers = [], [], [], [], [], []
    base = 0
    column_of = {symbol: column for column, symbol in enumerate(wide.symbols)}
    for members, market, rows in blocks:
        values, bad = checked.returns(rows, np.array([column_of[symbol] for symbol in members], dtype=np.intp))
        pieces.append(np.ascontiguousarray(values.T).reshape(-1))
        wrong.append(bad.T.reshape(-1))
        symbols += members
        bases += [base] * len(members)
        lengths += [rows.size] * len(members)
        series = ([] if market is None else [market]) + list(named.values())
        factor_rows.append(np.array([one[rows] for one in series]).reshape(len(series), rows.size))
        row_numbers.append(rows)
        base += rows.size
    length = np.array(lengths, dtype=np.int64)
    rows = np.concatenate(row_numbers)
    return Panel(
        symbols=tuple(symbols),
        values=np.concatenate(pieces),
        offsets=np.concatenate(([0], np.cumsum(length)[:-1])).astype(np.int64),
        lengths=length,
        bases=np.array(bases, dtype=np.int64),
        factors=np.ascontiguousarray(np.concatenate(factor_rows, axis=1)),
        factor_names=(() if blocks[0][1] is None else (MARKET,)) + tuple(named),
        days=rows.astype(np.int64),
        dates=None if wide.dates is None else wide.dates[rows],
        bad=np.flatnonzero(np.concatenate(wrong)).astype(np.int64),
        kind=checked.kind,
        ranks=np.argsort(np.argsort(np.array(symbols), kind="stable"), kind="stable"),
    )
