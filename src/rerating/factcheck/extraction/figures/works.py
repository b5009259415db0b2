"""What works and developments cost that are begun: `für 180 Millionen entsteht eine Anlage`, `earmarked $15m`."""

from __future__ import annotations

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE, size
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K

_LOOSE = frozenset(("figure", "event", "price", "operation", "capex", "market_cap"))


def by_works(sentence: Sentence, bound: Bound) -> None:
    """Makes a plan of works of a sum `für` which something is built, and of one put aside for what is to come."""
    figure = bound.figure
    if figure.mention.kind in SHARES_OF_ONE and bound.family in _OF_SALES and _is_of_sales(sentence, bound):
        bound.family, bound.metric = "capex", "capex"
    if figure.mention.kind is not K.MONEY or bound.family not in _LOOSE or size(figure) < 1e5:
        return
    lead, tail = sentence.words(figure.lead - 12, figure.lead), sentence.words(figure.last, figure.last + 12)
    ends = next((k for k, word in enumerate(tail) if word in _STOPS), len(tail))
    starts = max((k for k, word in enumerate(lead) if word in _STOPS), default=-1)
    lead, tail = lead[starts + 1 :], tail[:ends]
    is_built = lead[-1:] == ("für",) and not BUILDS.isdisjoint((*lead, *tail)) and _SELLS.isdisjoint((*lead, *tail))
    is_kept = (lead[-1:] in _EARMARKS or lead[-2:-1] in _EARMARKS) and tail[:1] == ("for",)
    if is_built or is_kept:
        bound.family, bound.metric = "event", "investment_plan"


def _is_of_sales(sentence: Sentence, bound: Bound) -> bool:
    """`Für Investitionen sollen höchstens 5 Prozent der Nettoerlöse aufgewendet werden`: spending, told by its part."""
    figure = bound.figure
    tail = sentence.words(figure.last, figure.last + 3)
    if tail[:1] not in (("of",), ("der",), ("des",), ("vom",)):
        return False
    if not any(t.first >= figure.last and t.family == "figure" for t in sentence.topics_near(figure.last)):
        return False
    spent = [t for t in sentence.topics_near(figure.first) if t.family == "capex" and t.last <= figure.first]
    return bool(spent) and sentence.cost(spent[-1].last, figure.first) < 1.0


_OF_SALES = frozenset(("figure", "ratio"))
_STOPS = frozenset((",", ";", ":", "(", ")", "und", "and", "while"))
BUILDS = word_set("works", "builds")
_SELLS = frozenset(("verkauft", "verkaufen", "verkaufte", "kauft", "kaufte", "übernimmt", "erwirbt", "aktien", "titel"))
_EARMARKS = (("earmarked",), ("earmarks",), ("earmark",), ("earmarking",))
