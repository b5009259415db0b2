"""Quality gates for the rows of one batch, whatever its source: bars by `gates`, and what other tables get wrong.

Sources read a target or a quote of 0 as none; one that passes it on meets the check here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from rerating.core.batch import Batch, framed
from rerating.core.tables import BARS, FACTS, OPTION_QUOTES, RATINGS, TABLES
from rerating.sources.gates import SPLIT_GATE, GateCheck, Splits, bar_gates

_SHOWN = 5


def gated(batch: Batch, *, splits: Splits | None = None, tolerant: bool = False) -> tuple[Batch, list[GateCheck]]:
    """The batch as it may be stored, and what each check found.

    Tolerantly the rows that a refusing check names are left out (a step of a split's size stays: the rows are right,
    only the record of the split is missing). Strictly the batch stays as it is, and it is for the caller to refuse it
    where a check that `refuses` does not hold. `splits` are those that are known already; the batch's own count too.
    """
    checks, tables = [], dict(batch.tables)
    for name in sorted(tables):
        if name not in TABLES or not tables[name].height:
            continue
        frame = framed(TABLES[name], tables[name], recorded_at=batch.recorded_at, source=batch.source)
        gone: set[int] = set()
        for check, rows in _found(name, frame, batch, splits or {}):
            checks.append(check)
            if check.refuses and check.name != SPLIT_GATE:
                gone.update(rows)
        if tolerant and gone:
            kept = [place for place in range(frame.height) if place not in gone]
            tables[name] = tables[name][kept]
    return (replace(batch, tables=tables) if tolerant else batch), checks


def _found(name: str, frame: pl.DataFrame, batch: Batch, splits: Splits) -> list[tuple[GateCheck, list[int]]]:
    if name == BARS.name:
        known = _with_own_splits(splits, batch)
        found = bar_gates(frame, recorded_at=batch.recorded_at, splits=known)
        return [(each.check, each.rows.tolist()) for each in found]
    checks = []
    if name == RATINGS.name:
        zero = (pl.col("target_from") == 0) | (pl.col("target_to") == 0)
        checks.append(_check(frame, "targets of 0", zero, pl.format("{} of {}, {}", "house", "symbol", "graded_on")))
    if name == OPTION_QUOTES.name:
        zero = pl.any_horizontal(pl.col("bid", "ask", "last") == 0)
        checks.append(_check(frame, "quotes of 0", zero, pl.col("contract")))
        crossed = (pl.col("bid") > pl.col("ask")) & (pl.col("ask") > 0)
        checks.append(_check(frame, "bid above ask", crossed, pl.col("contract"), refuses=False))
    if name == FACTS.name:
        checks.append(_mixed_units(frame))
    return checks


def _check(
    frame: pl.DataFrame, name: str, wrong: pl.Expr, told: pl.Expr, *, refuses: bool = True
) -> tuple[GateCheck, list[int]]:
    hit = frame.select(wrong.fill_null(False).alias("wrong"), told.alias("told")).with_row_index("place")
    hit = hit.filter("wrong")
    samples = tuple(str(text) for text in hit["told"].head(_SHOWN))
    check = GateCheck(name=name, looked_at=frame.height, failed=hit.height, samples=samples, refuses=refuses)
    return check, hit["place"].to_list()


def _mixed_units(frame: pl.DataFrame) -> tuple[GateCheck, list[int]]:
    """One fact in several currencies. Both stand, since the unit is part of the key; who adds them up must not."""
    key = ["subject", "field", "period_from", "period_to"]
    money = frame.filter(pl.col("unit").str.contains(r"^[A-Z]{3}(/shares)?$").fill_null(False))
    units = money.group_by(key).agg(pl.col("unit").unique().sort()).filter(pl.col("unit").list.len() > 1).sort(key)
    samples = tuple(
        f"{subject} {field} to {on} in {' and '.join(names)}"
        for subject, field, on, names in units.select("subject", "field", "period_to", "unit").head(_SHOWN).rows()
    )
    check = GateCheck(
        name="one fact in several currencies",
        looked_at=frame.height,
        failed=units.height,
        samples=samples,
        refuses=False,
    )
    return check, []


def _with_own_splits(splits: Splits, batch: Batch) -> Mapping[str, list[tuple[date, float]]]:
    known = {line: list(found) for line, found in splits.items()}
    events = batch.tables.get("events")
    if events is None or not {"category", "effective_on", "value"} <= set(events.columns):
        return known
    rows = events.filter(pl.col("category") == "split").select("subject", "effective_on", "value").drop_nulls()
    for subject, on, ratio in rows.rows():
        known[subject] = sorted({*known.get(subject, ()), (on, ratio)})
    return known
