"""A claim in the making: what the steps of the extraction hand on."""

from __future__ import annotations

from dataclasses import dataclass, field

from rerating.factcheck.claim import ClaimValue, Subject
from rerating.factcheck.extraction.figures.around import Context
from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.voices.dating import Dated
from rerating.factcheck.extraction.voices.speech import Voice, data_in, house_in


@dataclass(slots=True)
class Draft:
    """Tokens [first, last) of a sentence that claim something; `span` are their code points in the article."""

    sentence: Sentence
    first: int
    last: int
    span: tuple[int, int]
    kind: str
    metric: str
    values: tuple[ClaimValue, ...] = ()
    comparator: str = "none"
    direction: str | None = None
    subject: Subject = field(default_factory=Subject)
    dated: Dated = field(default_factory=Dated)
    status: str | None = None
    source: str | None = None
    bound: Bound | None = None
    around: Context | None = None
    voice: Voice | None = None
    is_foreseen: bool = False
    """Whether an analyst or a house thinks that it is to come."""
    is_to_come: bool = False
    """Whether its clause names a day or a season that lies ahead."""
    told: str | None = None
    """As what its construction tells it, where no question asks it and no advertisement says it."""


def span_of(sentence: Sentence, figure: Figure) -> tuple[int, int]:
    """Code points of a figure with its hedge."""
    mention, base = figure.mention, sentence.text.base
    start = mention.start if mention.hedge_start is None else min(mention.start, mention.hedge_start)
    end = mention.end if mention.hedge_end is None else max(mention.end, mention.hedge_end)
    return base + start, base + end


def source_of(sentence: Sentence, draft: Draft, speaker: Voice) -> str | None:
    """Who says or does what the draft claims: the house, the service that counts, else whoever speaks."""
    if draft.kind in ("price_target", "rating", "rating_change"):
        return house_in(sentence, draft.first) or speaker.source
    if draft.kind in ("estimate", "rating_count", "consensus_rating"):
        return data_in(sentence) or speaker.source
    if draft.kind in ("holding", "insider_trade"):
        return speaker.source
    return speaker.source if speaker.is_attributed and not speaker.is_reporting else None
