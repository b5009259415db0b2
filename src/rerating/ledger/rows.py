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
    if not frame.height:
        return pl.Series("id", [], dtype=pl.String)
    raw, width = _packed(frame, table.identity)
    sha = hashlib.sha256
    ids = [sha(raw[at : at + width]).hexdigest() for at in range(0, len(raw), width)]
    return pl.Series("id", ids, dtype=pl.String).str.head(32)


def content_digests(frame: pl.DataFrame, table: Table) -> pl.Series:
    """The first 8 bytes of SHA-256 over key, content and source of each row: what it says, whenever it was said."""
    if not frame.height:
        return pl.Series("said", [], dtype=pl.Int64)
    raw, width = _packed(frame, [*table.key, *table.content, "source"])
    sha = hashlib.sha256
    joined = b"".join([sha(raw[at : at + width]).digest()[:8] for at in range(0, len(raw), width)])
    return pl.Series("said", np.frombuffer(joined, dtype="<i8"), dtype=pl.Int64)


def _packed(frame: pl.DataFrame, names: Sequence[str]) -> tuple[bytes, int]:
    """Each row as 64-bit words, little-endian, and the width of a row in bytes; hashing needs no text of it.

    A number takes one word, a text two, and the last word holds a bit for each missing value. Columns are converted
    together by kind: a view asks for few rows often, and each call into Polars costs more than they do.
    """
    kinds = {name: frame.schema[name] for name in names}
    texts = [name for name in names if kinds[name] in (pl.String, pl.Binary)]
    floats = [name for name in names if kinds[name] == pl.Float64]
    others = [name for name in names if name not in texts and name not in floats]
    width = len(names) + len(texts) + 1
    out: Words = np.zeros((frame.height, width), dtype="<i8")
    first = dict(zip(names, np.cumsum([0, *(2 if name in texts else 1 for name in names)]).tolist(), strict=False))
    if others:
        whole = frame.select(pl.col(name).to_physical().cast(pl.Int64).fill_null(0) for name in others)
        out[:, [first[name] for name in others]] = whole.to_numpy()
    if floats:
        whole = frame.select(pl.col(name).fill_null(0.0) for name in floats)
        out[:, [first[name] for name in floats]] = np.ascontiguousarray(whole.to_numpy()).view(np.int64)
    one_value = frame.select(pl.col(name).n_unique() == 1 for name in texts).row(0) if texts else ()
    for name, constant in zip(texts, one_value, strict=True):
        words = _word(frame[name][0]) if constant else _words(frame[name])
        out[:, first[name] : first[name] + 2] = words
    missing = frame.select(pl.col(name).null_count() for name in names).row(0)
    for place, count in enumerate(missing):
        if count:
            out[:, -1] |= frame[names[place]].is_null().to_numpy().astype(np.int64) << place
    return out.tobytes(), width * 8


def _word(text: str | bytes | None) -> Words:
    """The SHA-256 of a text, its first 16 bytes as two words."""
    raw = b"" if text is None else text if isinstance(text, bytes) else text.encode()
    return np.frombuffer(hashlib.sha256(raw).digest()[:16], dtype="<i8")


def _words(column: pl.Series) -> Words:
    """The same for each text of a column; equal texts are hashed once."""
    texts = column.fill_null(b"" if column.dtype == pl.Binary else "")
    distinct = texts.unique(maintain_order=True)
    table = np.stack([_word(text) for text in distinct])
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
