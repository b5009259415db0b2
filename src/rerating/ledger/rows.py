"""Row identity: equal key, content and recording time is the same row, whoever appended it, and however often."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from rerating.core.tables import Table

Words = npt.NDArray[np.int64]


def row_ids(frame: pl.DataFrame, table: Table) -> pl.Series:
    """The id of each row: SHA-256 over the identity columns in their fixed order, as 32 hex digits.

    Numbers and times go in by their 64 bits, a text by the SHA-256 of its UTF-8 (first half), each row with a mark for
    its missing values; so the id does not depend on how a library prints them. Ids follow from the row and are not
    stored.
    """
    raw, width = _packed(frame, table.identity)
    sha = hashlib.sha256
    ids = [sha(raw[at : at + width]).hexdigest() for at in range(0, len(raw), width)]
    return pl.Series("id", ids, dtype=pl.String).str.head(32)


def content_digests(frame: pl.DataFrame, table: Table) -> pl.Series:
    """The first 8 bytes of SHA-256 over key, content and source of each row: what it says, whenever it was said."""
    raw, width = _packed(frame, [*table.key, *table.content, "source"])
    sha = hashlib.sha256
    joined = b"".join([sha(raw[at : at + width]).digest()[:8] for at in range(0, len(raw), width)])
    return pl.Series("said", np.frombuffer(joined, dtype="<i8"), dtype=pl.Int64)


def _packed(frame: pl.DataFrame, names: Sequence[str]) -> tuple[bytes, int]:
    """Each row as 64-bit words, little-endian, and the width of a row in bytes; hashing needs no text of it.

    A number takes one word, a text two, and the last word holds a bit for each missing value.
    """
    columns = [frame[name] for name in names]
    texts = [column.dtype in (pl.String, pl.Binary) for column in columns]
    out: Words = np.zeros((frame.height, len(columns) + sum(texts) + 1), dtype="<i8")
    place = 0
    for number, (column, text) in enumerate(zip(columns, texts, strict=True)):
        if column.null_count():
            out[:, -1] |= column.is_null().to_numpy().astype(np.int64) << number
        if text:
            out[:, place : place + 2] = _texts(column)
        elif column.dtype == pl.Float64:
            out[:, place] = column.fill_null(0.0).to_numpy().view(np.int64)
        else:
            out[:, place] = column.to_physical().cast(pl.Int64).fill_null(0).to_numpy()
        place += 2 if text else 1
    return out.tobytes(), out.shape[1] * 8


def _texts(column: pl.Series) -> Words:
    """The SHA-256 of each text, its first 16 bytes as two words; equal texts are hashed once."""
    texts = column.fill_null(b"" if column.dtype == pl.Binary else "")
    distinct = texts.unique(maintain_order=True)
    hashed = [hashlib.sha256(t if isinstance(t, bytes) else t.encode()).digest()[:16] for t in distinct]
    table = np.frombuffer(b"".join(hashed), dtype="<i8").reshape(-1, 2)
    if len(distinct) == 1:
        return table
    numbered = pl.DataFrame({"text": distinct, "place": np.arange(len(distinct))})
    places = texts.to_frame("text").join(numbered, on="text", how="left", maintain_order="left")["place"]
    chosen: Words = table[places.to_numpy()]
    return chosen


def version_of(ids: Iterable[str]) -> str:
    """The digest of a set of rows: SHA-256 over their sorted distinct ids."""
    digest = hashlib.sha256()
    for row in sorted(set(ids)):
        digest.update(row.encode())
    return digest.hexdigest()
