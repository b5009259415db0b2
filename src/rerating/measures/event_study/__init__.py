"""Event studies: abnormal returns around dated events, for one event and for a hundred thousand."""

from rerating.measures.event_study.events import Outcome
from rerating.measures.event_study.inference import TESTS, clustered_t
from rerating.measures.event_study.models import (
    MODELS,
    Dimson,
    FactorModel,
    GarchMarketModel,
    MarketAdjusted,
    MarketModel,
    MeanAdjusted,
    ScholesWilliams,
    carhart_4,
    fama_french_3,
    fama_french_5,
)
from rerating.measures.event_study.panel import Panel, panel
from rerating.measures.event_study.single import (
    EventOutcome,
    Exceedance,
    Placebo,
    event_free,
    event_outcome,
    placebo,
)
from rerating.measures.event_study.study import EventStudy, MeanDay, WindowTest, event_study

__all__ = [
    "MODELS",
    "TESTS",
    "Dimson",
    "EventOutcome",
    "EventStudy",
    "Exceedance",
    "FactorModel",
    "GarchMarketModel",
    "MarketAdjusted",
    "MarketModel",
    "MeanAdjusted",
    "MeanDay",
    "Outcome",
    "Panel",
    "Placebo",
    "ScholesWilliams",
    "WindowTest",
    "carhart_4",
    "clustered_t",
    "event_free",
    "event_outcome",
    "event_study",
    "fama_french_3",
    "fama_french_5",
    "panel",
    "placebo",
]
