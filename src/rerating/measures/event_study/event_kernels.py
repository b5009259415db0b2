"""Compiled search for the events of the same line nearby. Imported only inside functions."""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

from rerating.core.compile import compiled_bare
from rerating.measures.event_study.layout import CONTAMINATED, OVERLAPS_OWN, Integers


@compiled_bare
def flag_own_events(
    line: Integers,
    position: Integers,
    first: int,
    last: int,
    edge: int,
    estimation: int,
    newest: Integers,
    earlier: Integers,
    flags: Integers,
) -> None:
    """Flags events whose windows meet that of another event of their line, or reach into its estimation window.

    Events come by day. `newest` [lines] starts as -1 and holds the last event of each line so far, `earlier` [n] the
    one before on another day.
    """
    for i in range(line.size):
        before = newest[line[i]]
        newest[line[i]] = i
        earlier[i] = before
        if before < 0:
            continue
        if position[i] - position[before] <= last - first:
            flags[i] |= OVERLAPS_OWN
            flags[before] |= OVERLAPS_OWN
        if position[before] == position[i]:
            earlier[i] = earlier[before]
        # The latest own event whose window begins before the estimation window ends: does it end after it begins?
        stop = position[i] + edge
        found = earlier[i]
        while found >= 0 and position[found] >= stop - first:
            found = earlier[found]
        if found >= 0 and position[found] >= max(stop - estimation, 0) - last:
            flags[i] |= CONTAMINATED
