"""From a claim to its outcome: typed queries over a view, their readings, and the tribunal of causes."""

from rerating.factcheck.checking.check import (
    CHECKERS,
    CONFIRMED,
    Checked,
    Session,
    check,
    checked,
    noon,
    published_in,
    rerun,
)

__all__ = ["CHECKERS", "CONFIRMED", "Checked", "Session", "check", "checked", "noon", "published_in", "rerun"]
