"""An event study on the terminal: the mean with its band, the tests, and what became of each event."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from rerating.language.numbers import decimal, percent

if TYPE_CHECKING:
    from rerating.measures.event_study import EventStudy, MeanDay, WindowTest

_PLOT = 25
_MOST_EVENTS = 40
_MOST_REASONS = 12


def print_study(study: EventStudy, source: str) -> None:
    """Print a study."""
    console = Console(highlight=False)
    settings = study.settings
    first, last = settings.windows[0]
    console.print(f"[bold]{study.used} of {len(study.given)} events[/bold], model {settings.model.kind}, {source}")
    console.print(
        f"{study.panel.kind} returns, {settings.estimation} sessions of estimation (at least {settings.minimum}), "
        f"gap {settings.gap}, window {first}..{last}"
    )
    _mean(console, study.mean_days())
    _tests(console, study)
    _events(console, study)


def _mean(console: Console, days: tuple[MeanDay, ...]) -> None:
    """Day by day, with the running mean and its band of 95 % drawn beside it."""
    if not days:
        return
    ends = [value for day in days for value in (day.low, day.caar, day.high, 0.0) if value is not None]
    low, high = min(ends), max(ends)

    def place(value: float) -> int:
        return round((value - low) / (high - low or 1.0) * (_PLOT - 1))

    table = _table("day", "mean AR", "mean CAR", "95 %", "")
    for day in days:
        cells = [" "] * _PLOT
        if day.low is not None and day.high is not None:
            for cell in range(place(day.low), place(day.high) + 1):
                cells[cell] = "─"
        cells[place(0.0)] = "┼" if cells[place(0.0)] == "─" else "│"
        if day.caar is not None:
            cells[place(day.caar)] = "●"
        band = "" if day.low is None else f"{_share(day.low)} to {_share(day.high)}"
        table.add_row(f"{day.day:+d}" if day.day else "0", _share(day.aar), _share(day.caar), band, "".join(cells))
    console.print()
    console.print(table)


def _tests(console: Console, study: EventStudy) -> None:
    settings = study.settings
    windows = [w for w in dict.fromkeys(((0, 0), *settings.windows)) if w in settings.columns]
    table = _table("test", *(f"{a}..{b}" if a < b else f"day {a}" for a, b in windows))
    by_name: dict[str, list[WindowTest]] = {}
    for window in windows:
        for name in settings.tests:
            by_name.setdefault(name, []).append(study.test(name, window))
    notes: dict[str, dict[str, None]] = {}
    for name, found in by_name.items():
        cells = []
        for one in found:
            if one.statistic is None or one.p is None:
                cells.append("–")
                if one.gap is not None:
                    notes.setdefault(one.gap.detail, {})[name] = None
            else:
                cells.append(f"{decimal(one.statistic, 2, 'en')}  p {_p(one.p)}")
        table.add_row(name, *cells)
    console.print()
    console.print(table)
    for why, names in notes.items():
        which = "no test" if len(names) == len(settings.tests) else ", ".join(names)
        console.print(f"– {which}: {why}", style="dim")


def _events(console: Console, study: EventStudy) -> None:
    frame = study.events()
    table = _table("event", "session", "CAR", "t", "p", "outcome")
    for row in frame.head(_MOST_EVENTS).iter_rows(named=True):
        name = row.get("name") or ""
        when = "" if row["session_on"] is None else str(row["session_on"])
        t = "" if row["t"] is None else decimal(row["t"], 2, "en")
        p = "" if row["p"] is None else _p(row["p"])
        named = dict.fromkeys((row["outcome"], *filter(None, row["flags"].split(","))))
        table.add_row(f"{row['symbol']} {name}".strip(), when, _share(row["car"]), t, p, ", ".join(named))
    table.columns[-1].no_wrap = False
    for column in table.columns[1:-1]:  # on a narrow terminal names give way, never figures
        column.min_width = max(len(str(cell)) for cell in (column.header, *column.cells))
    console.print()
    console.print(table)
    if frame.height > _MOST_EVENTS:
        console.print(f"and {frame.height - _MOST_EVENTS} more; --format csv lists all", style="dim")
    left_out = Counter(str(outcome) for outcome in study.outcomes() if outcome != "used")
    if left_out:
        counted = ", ".join(f"{number} {outcome}" for outcome, number in left_out.most_common())
        console.print(f"left out: {counted}")
    reasons = study.reasons()
    for i, why in list(reasons.items())[:_MOST_REASONS]:
        console.print(f"– {frame['symbol'][i]} at {frame['at'][i]}: {why}", style="dim")
    if len(reasons) > _MOST_REASONS:
        console.print(f"and {len(reasons) - _MOST_REASONS} more; --format json has all", style="dim")


def _share(value: float | None) -> str:
    return "" if value is None else percent(value, "en", digits=2, signed=True)


def _p(value: float) -> str:
    return "<0.001" if value < 0.0005 else decimal(value, 3, "en")


def _table(first: str, *names: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(first, no_wrap=True)
    for name in names:
        table.add_column(name, justify="left" if name in {"", "outcome", "session"} else "right", no_wrap=True)
    return table
