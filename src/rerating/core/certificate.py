"""The leak certificate as a value; `rerating.certificate` makes it, and reports tell of it."""

from __future__ import annotations

from rerating.core.record import Record

FEWEST_ROWS = 100
"""Rows after the cutoff that a certificate needs: with fewer the comparison would prove nothing."""


class Certificate(Record):
    """SHA-256 of the analysis without `pins`, as it is and over each noise; how many rows of each table were replaced.

    `holds` is True only where all digests agree and the noise was worth the name (see `reason`).
    """

    as_of: str
    digest: str
    noisy: dict[int, str]
    replaced: dict[str, int]
    holds: bool
    reason: str
