"""A panel: the daily prices of several lines on one calendar, beside one benchmark.

What a model is trained on and what features are computed from. A panel of one line is a panel too. Arrays are [T, N],
T sessions in order and N lines, NaN where there is no bar; the benchmark is [T, 1].
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from rerating.core.errors import UsageError
from rerating.measures.rolling import Floats, lagged

Days = npt.NDArray[np.datetime64]
Places = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

#: Entry of a forecast: at the next session's open, or where open prices are missing at its close. Never mixed.
ENTRIES = ("open", "close")


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Prices that compare over all days of a line (adjusted for splits), and what is measured against.

    `position` [T] is each session's place in the calendar, so that origins do not shift when sessions are added.
    `volume` and `open` may be absent (None): nobody said them. `dated` holds further inputs by name [T, N], each value
    standing at the session at whose close it could be known.
    """

    names: tuple[str, ...]
    days: Days
    position: Places
    close: Floats
    benchmark: str
    benchmark_close: Floats
    open: Floats | None = None
    benchmark_open: Floats | None = None
    volume: Floats | None = None
    dated: dict[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (len(self.days), len(self.names))
        wide = {"close": self.close, "open": self.open, "volume": self.volume, **self.dated}
        tall = {"benchmark_close": self.benchmark_close, "benchmark_open": self.benchmark_open}
        for name, values in wide.items():
            if values is not None and values.shape != shape:
                raise UsageError(f"The panel's {name} has the shape {values.shape}; it must be {shape}.")
        for name, values in tall.items():
            if values is not None and values.shape != (shape[0], 1):
                raise UsageError(f"The panel's {name} has the shape {values.shape}; it must be {(shape[0], 1)}.")

    @property
    def entry(self) -> str:
        """`open` where both the lines and the benchmark have open prices, else `close`."""
        return "close" if self.open is None or self.benchmark_open is None else "open"

    @property
    def returns(self) -> Floats:
        """Log returns from close to close [T, N]; NaN where either session has no bar."""
        return np.log(self.close) - lagged(np.log(self.close), 1)

    @property
    def market(self) -> Floats:
        """The benchmark's log returns from close to close [T, 1]."""
        return np.log(self.benchmark_close) - lagged(np.log(self.benchmark_close), 1)

    @property
    def excess(self) -> Floats:
        """Log excess returns from close to close [T, N]."""
        return self.returns - self.market

    def until(self, session: int) -> Panel:
        """The panel as it was at the close of that session: later rows are cut off."""
        stop = session + 1

        def cut(values: Floats | None) -> Floats | None:
            return None if values is None else values[:stop]

        return replace(
            self,
            days=self.days[:stop],
            position=self.position[:stop],
            close=self.close[:stop],
            benchmark_close=self.benchmark_close[:stop],
            open=cut(self.open),
            benchmark_open=cut(self.benchmark_open),
            volume=cut(self.volume),
            dated={name: values[:stop] for name, values in self.dated.items()},
        )


def label_end(session: Places, horizon: int, entry: str) -> Places:
    """The session at whose close a forecast of `session` is settled: `horizon` sessions after the entry begins.

    Entry at the open of session + 1 holds the sessions session + 1 .. session + horizon; entry at the close of
    session + 1 holds the `horizon` sessions after that one.
    """
    return session + horizon + (1 if entry == "close" else 0)


def labels(panel: Panel, horizon: int) -> Floats:
    """Log excess return from the next tradable price to the settlement [T, N]; NaN where a price is missing or late."""
    entry = panel.entry
    first = (panel.close, panel.benchmark_close) if entry == "close" else (panel.open, panel.benchmark_open)
    out = np.full(panel.close.shape, np.nan)
    length = len(panel.days)
    span = horizon + (1 if entry == "close" else 0)
    if length <= span:
        return out
    line, bench = first
    assert line is not None
    assert bench is not None
    gained = np.log(panel.close[span:]) - np.log(line[1 : length - span + 1])
    market = np.log(panel.benchmark_close[span:]) - np.log(bench[1 : length - span + 1])
    out[: length - span] = gained - market
    return out
