"""A batch's id follows from its content: pinned, since ledgers hold it, and the same however it is computed."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rerating.core.batch import Batch, row_digests, runs_of_few, runs_of_many
from rerating.core.tables import TABLES

AT = datetime(2026, 1, 14, 22, tzinfo=UTC)


@given(st.lists(st.sampled_from(["", None, "a", "ä", "aa", "𝄞"]), max_size=12))
def test_texts_have_the_same_runs_either_way(texts: list[str | None]) -> None:
    column = pl.Series("text", texts, dtype=pl.String)
    assert runs_of_few(column) == runs_of_many(column)


def test_the_ids_of_batches_stay() -> None:
    """Small and large, with missing values; these ids stand in ledgers."""
    row = {"subject": "X", "field": "eps", "unit": "EUR", "value": 1.5, "known_at": AT, "locator": "l"}
    small = pl.DataFrame([row, row | {"value": None, "text": "nö"}])
    large = pl.DataFrame([row | {"field": f"eps {number // 3}", "value": number / 7} for number in range(100)])
    ids = [
        Batch(source="s", recorded_at=AT, tables={"facts": frame}, scope={"asked": "x"}).id for frame in (small, large)
    ]
    assert ids == ["f82c0ea5b76c8c3d6d287a068e3827d7", "0020457b14a5e46e3a943aec5117aa5c"]


def test_a_frame_without_rows_has_a_digest() -> None:
    empty = {name: row_digests(pl.DataFrame(schema=table.schema)) for name, table in TABLES.items()}
    assert len(set(empty.values())) == len(TABLES)
