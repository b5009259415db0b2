"""Frames in, frames out: Polars, pandas and NumPy, without importing the ones that are not used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rerating.core.errors import UsageError
from rerating.measures.event_study.layout import Floats

Days = npt.NDArray[np.datetime64]

VALUES = ("close", "price", "adj_close", "return")


@dataclass(frozen=True, eq=False)
class Wide:
    """One row a day, one column a line; rows in the order of their days."""

    symbols: tuple[str, ...]
    matrix: Floats
    dates: Days | None

    def row_name(self, row: int) -> str:
        """`on 2020-03-16`, or `in row 17` where there are no dates."""
        return f"in row {row}" if self.dates is None else f"on {self.dates[row]}"


def library(frame: Any) -> str:
    """`polars`, `pandas` or `numpy`: where a frame comes from. Lists and mappings count as numpy."""
    root = type(frame).__module__.partition(".")[0]
    return root if root in ("polars", "pandas") else "numpy"


def columns_of(frame: Any) -> dict[str, npt.NDArray[Any]]:
    """The columns of a Polars or pandas frame, or of a mapping, as arrays; a pandas date index becomes `date`."""
    kind = library(frame)
    if kind == "polars":
        return {name: frame.get_column(name).to_numpy() for name in frame.columns}
    if kind == "pandas":
        columns = {str(name): frame[name].to_numpy() for name in frame.columns}
        if frame.index.dtype.kind == "M" and "date" not in columns:
            columns = {"date": frame.index.to_numpy(), **columns}
        return columns
    if isinstance(frame, Mapping):
        return {str(name): np.asarray(values) for name, values in frame.items()}
    raise UsageError(f"A {type(frame).__name__} is no frame; give a Polars or pandas frame or an array.")


def as_days(values: Any) -> Days:
    """Dates, datetimes or ISO strings as datetime64[D]. Raises UsageError where one is missing or unreadable."""
    array = np.asarray(values)
    try:
        days = array.astype("datetime64[D]")
    except (ValueError, TypeError) as error:
        raise UsageError(f"The dates cannot be read ({error}); write them like 2026-01-14.") from error
    if np.isnat(days).any():
        raise UsageError(f"The date in row {int(np.argmax(np.isnat(days)))} is missing; every row needs one.")
    return days


def wide_frame(frame: Any, *, dates: Any | None = None, symbols: Sequence[str] | None = None) -> Wide:
    """A frame (wide or long) or an array as one row a day, sorted. Raises UsageError on duplicate dates."""
    if isinstance(frame, np.ndarray) or (library(frame) == "numpy" and not isinstance(frame, Mapping)):
        matrix = np.asarray(frame, dtype=np.float64)
        matrix = matrix[:, None] if matrix.ndim == 1 else matrix
        if matrix.ndim != 2:
            raise UsageError(f"Returns have the shape {matrix.shape}; give [days] or [days, lines].")
        names = tuple(str(i) for i in range(matrix.shape[1])) if symbols is None else tuple(symbols)
        if len(names) != matrix.shape[1]:
            raise UsageError(f"{len(names)} symbols for {matrix.shape[1]} columns; give one each.")
        return _in_order(Wide(names, matrix, None if dates is None else as_days(dates)))
    columns = columns_of(frame)
    date_name = next((name for name in columns if name.lower() == "date"), None)
    if date_name is None:
        raise UsageError("The frame has no column `date`; name the column with the session days so.")
    days = as_days(columns.pop(date_name))
    symbol_name = next((name for name in columns if name.lower() in ("symbol", "ticker")), None)
    if symbol_name is not None:
        return _in_order(_from_long(days, columns.pop(symbol_name), columns))
    try:
        matrix = np.column_stack([np.asarray(values, dtype=np.float64) for values in columns.values()])
    except (ValueError, TypeError) as error:
        raise UsageError(f"A column of the frame is not numeric ({error}); leave it out.") from error
    return _in_order(Wide(tuple(columns), matrix, days))


def _from_long(days: Days, symbols: npt.NDArray[Any], columns: dict[str, npt.NDArray[Any]]) -> Wide:
    lower = {name.lower(): name for name in columns}
    value_name = next((lower[name] for name in VALUES if name in lower), None)
    if value_name is None:
        raise UsageError(f"A long frame needs one of the columns {', '.join(VALUES)}; it has {', '.join(columns)}.")
    names, column = np.unique(symbols.astype(str), return_inverse=True)
    calendar, row = np.unique(days, return_inverse=True)
    keys = row.astype(np.int64) * len(names) + column
    unique, first = np.unique(keys, return_index=True)
    if unique.size < keys.size:
        twice = np.setdiff1d(np.arange(keys.size), first)[0]
        raise UsageError(f"{symbols[twice]} has two rows on {days[twice]}; keep one.")
    matrix = np.full((len(calendar), len(names)), np.nan)
    matrix[row, column] = np.asarray(columns[value_name], dtype=np.float64)
    return Wide(tuple(str(name) for name in names), matrix, calendar)


def _in_order(wide: Wide) -> Wide:
    if len(set(wide.symbols)) < len(wide.symbols):
        twice = next(name for name in wide.symbols if wide.symbols.count(name) > 1)
        raise UsageError(f"Two columns are named '{twice}'; rename one.")
    if wide.dates is None:
        return wide
    if len(wide.dates) != len(wide.matrix):
        raise UsageError(f"{len(wide.dates)} dates for {len(wide.matrix)} rows; give one each.")
    steps = np.diff(wide.dates.astype(np.int64))
    if (steps > 0).all():
        return wide
    order = np.argsort(wide.dates, kind="stable")
    dates = wide.dates[order]
    same = np.flatnonzero(dates[1:] == dates[:-1])
    if same.size:
        raise UsageError(f"The date {dates[same[0]]} stands there twice; keep one row a day.")
    return Wide(wide.symbols, wide.matrix[order], dates)


def frame_like(kind: str, columns: Mapping[str, Any]) -> Any:
    """A frame of that library with these columns; NaN becomes null in Polars."""
    if kind == "pandas":
        import pandas

        return pandas.DataFrame(dict(columns))
    import polars

    frame = polars.DataFrame(dict(columns), nan_to_null=True)
    floats = [name for name, dtype in frame.schema.items() if dtype == polars.Float64]
    return frame.with_columns(polars.col(floats).fill_nan(None)) if floats else frame
