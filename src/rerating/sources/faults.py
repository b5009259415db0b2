"""What is wrong with the rows of a file: each faulty line with its first reason, told together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from rerating.core.errors import UsageError
from rerating.sources.gates import GateCheck

#: So many lines or samples are shown; the others are counted.
SHOWN = 5


class Faults:
    """Collects what is wrong, the first reason of each line, so that the user sees all of it at once."""

    def __init__(self, path: Path, *, first: int, lines: npt.NDArray[np.integer] | None = None) -> None:
        """`first` is the number of the first row's line, `lines` the rows' places where they are not all of a file."""
        self._path = path
        self._first = first
        self._lines = lines
        self._found: dict[int, str] = {}
        self._rows: dict[str, list[int]] = {}

    def note(
        self, wrong: pl.Series, reason: str, values: pl.Series | None = None, *, lines: pl.Series | None = None
    ) -> None:
        """Put down the rows of which something is wrong; `lines` are their places in the file where some are out."""
        for row in wrong.arg_true():
            shown = "" if values is None else f": {values[row]}"
            place = row if lines is None else lines[row]
            self._found.setdefault(self._line(place), reason + shown)
            self._rows.setdefault(reason, []).append(place)

    def _line(self, place: int) -> int:
        return self._first + (place if self._lines is None else int(self._lines[place]))

    def settle(self, *, tolerant: bool) -> list[GateCheck]:
        """Raise what was found; or, tolerantly, say what will be left out, by reason."""
        if not tolerant:
            self.raise_any()
        return [
            GateCheck(
                name=reason,
                looked_at=len(rows),
                failed=len(rows),
                samples=tuple(f"line {self._line(row)}" for row in rows[:SHOWN]),
            )
            for reason, rows in self._rows.items()
        ]

    def sound(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows of a frame with a column `line` that nothing was found against."""
        wrong = {row for rows in self._rows.values() for row in rows}
        return frame.filter(~pl.col("line").is_in(wrong)) if wrong else frame

    def numbers(self, table: pl.DataFrame, name: str) -> pl.Expr:
        """The column as numbers; text that is none, and NaN or infinity, is a fault."""
        raw = table[name]
        cast = raw.cast(pl.Float64, strict=False)
        self.note((cast.is_null() & raw.is_not_null()) | ~cast.is_finite().fill_null(True), f"{name} is no number", raw)
        return pl.lit(cast).alias(name)

    def days(self, table: pl.DataFrame, name: str, written: str | None = None) -> pl.Expr:
        """The column as days (ISO dates, or as `written`, a strptime format); text that is none is a fault."""
        raw = table[name]
        if raw.dtype != pl.String:
            cast = raw.cast(pl.Date, strict=False)
        elif written is None:
            cast = raw.str.to_date("%Y-%m-%d", strict=False)
        else:
            cast = raw.str.to_datetime(written, strict=False, time_unit="us").dt.date()
        self.note(cast.is_null(), f"{name} is no ISO date" if written is None else f"{name} is not {written}", raw)
        return pl.lit(cast).alias(name)

    def raise_any(self) -> None:
        """Raise UsageError with the first faults, where there is one."""
        if not self._found:
            return
        lines = "; ".join(f"line {line}: {reason}" for line, reason in sorted(self._found.items())[:SHOWN])
        more = f"; and {len(self._found) - SHOWN} more" if len(self._found) > SHOWN else ""
        raise UsageError(f"{self._path} was not imported, nothing of it: {lines}{more}. Mend the file and try again.")
