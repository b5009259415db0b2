"""Hedge words before a figure (rund, knapp, more than) and behind it (oder mehr)."""

from __future__ import annotations

from rerating.language.hedges import WRITTEN, Comparator
from rerating.language.reading.phrases import Phrases

_C = Comparator

_BEFORE: dict[Comparator, str] = {
    _C.EXACT: "genau|exakt|exactly|precisely",
    _C.APPROX: "rund|rd.|etwa|in etwa|ca.|ca|circa|zirka|ungefähr|um die|gegen|schätzungsweise|so um die|grob|~|≈|"
    "about|around|round about|roughly|approximately|approx.|approx|some|circa|c.|near|in the region of|"
    "in the vicinity of|in the order of|on the order of|"
    "in the neighborhood of|in the neighbourhood of|maybe|perhaps|"
    "vielleicht|etwas um|Zone um|Bereich um|Region um|zone around|in der Größenordnung von|an die|an die rund",
    _C.SLIGHTLY_BELOW: "knapp|fast|beinahe|nahezu|annähernd|knapp unter|etwas unter|leicht unter|kurz unter|"
    "etwas weniger als|geringfügig unter|haarscharf unter|nicht ganz|nearly|almost|just under|"
    "just below|slightly below|slightly under|slightly less than|slightly fewer than|a little under|"
    "a little less than|just shy of|close to|a hair under|a hair below|a bit under|a bit below|"
    "a bit less than|not quite|shy of|little short of|a touch under|a shade under|virtually",
    _C.SLIGHTLY_ABOVE: "gut|knapp über|etwas über|leicht über|kurz über|etwas mehr als|geringfügig über|"
    "ein wenig mehr als|knapp mehr als|gute|guten|just over|just above|slightly above|slightly over|"
    "slightly more than|a little over|a little more than|a bit more than|a touch over|a shade over|"
    "kaum mehr als|kaum über|little more than|barely more than|hardly more than|not much more than|scarcely more than|"
    "barely above|barely over|a good|a bit over|a bit above|a hair over|a hair above",
    _C.MORE_THAN: "mehr als|über|über die Marke von|über der Marke von|über die|über der|übersteigt|überstieg|"
    "deutlich über|deutlich mehr als|weit über|weit mehr als|klar über|oberhalb von|von über|"
    "von mehr als|größer als|höher als|stärker als|mehr denn|weitaus mehr als|jenseits von|>|"
    "jenseits der|oberhalb der|more than|over|above|greater than|higher than|in excess of|exceeding|"
    "exceed|exceeds|exceeded|top|tops|topped|topping|surpass|surpasses|surpassed|past the|above the|"
    "over the|beyond|north of|upwards of|well over|well above|far more than|far above|better than|"
    "much more than|pass|passes|passed|passing|überschritt|überschreitet|überschreiten|"
    "überschritt die Marke von|überschreitet die Marke von|überschreiten die Marke von",
    _C.LESS_THAN: "weniger als|unter|unter die Marke von|unter der Marke von|unter die|unter der|deutlich unter|"
    "deutlich weniger als|weit unter|weit weniger als|klar unter|unterhalb von|unterhalb der|"
    "kleiner als|geringer als|niedriger als|<|less than|under|below|below the|under the|fewer than|"
    "well under|well below|lower than|smaller than|south of|far less than|far below|much less than|nicht einmal|"
    "noch nicht einmal|not even",
    _C.AT_LEAST: "mindestens|wenigstens|zumindest|nicht weniger als|nicht unter|≥|ab|at least|auf mindestens|"
    "no less than|not less than|no fewer than|a minimum of|minimum|min.",
    _C.UP_TO: "bis zu|höchstens|maximal|nicht mehr als|nicht über|allenfalls|≤|max.|up to|at most|no more than|"
    "not more than|a maximum of|as much as|as many as|not above|maximum|within",
}
_BEHIND: dict[Comparator, str] = {
    _C.AT_LEAST: "oder mehr|und mehr|or more|and more|oder darüber|oder höher|or higher|or above",
    _C.UP_TO: "oder weniger|oder darunter|oder niedriger|or less|or fewer|or lower|or below",
    _C.MORE_THAN: "übersteigen|überschreiten|überstiegen|überschritten",
    _C.APPROX: "or so|oder so",
}

BEFORE: Phrases[Comparator] = Phrases(
    [
        *((phrase, comparator) for comparator, phrases in _BEFORE.items() for phrase in phrases.split("|")),
        *((word, comparator) for written in WRITTEN.values() for comparator, word in written.items() if word),
    ],
    backward=True,
)
"""Asked with the token at which the figure begins."""

BEHIND: Phrases[Comparator] = Phrases(
    (phrase, comparator) for comparator, phrases in _BEHIND.items() for phrase in phrases.split("|")
)
