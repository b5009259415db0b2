"""Event studies: abnormal returns around dated events, for one event and for a hundred thousand."""

from rerating.measures.event_study.single import (
    EventOutcome,
    Exceedance,
    Placebo,
    event_free,
    event_outcome,
    placebo,
)

__all__ = ["EventOutcome", "Exceedance", "Placebo", "event_free", "event_outcome", "placebo"]
