"""What a market lacks or has left over, as a house or a trade body counts it: of the commodity, not of who counts."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.names.commodities import goods


def short_of(known: Subjects, sentence: Sentence, at: int) -> Name | None:
    """The commodity whose deficit or surplus is counted: `a copper deficit of 320,000 tons`, `demand to outstrip
    supply by 142 million ounces`, `am Kobaltmarkt eine Lücke von 8.000 Tonnen`."""
    figure = next((f for f in sentence.figures if f.first == at), None)
    words = sentence.words(sentence.first, sentence.last)
    if figure is None or (_BALANCES.isdisjoint(words) and not _is_outstripped(words)):
        return None
    if _WEIGHTS.isdisjoint(sentence.words(figure.first, figure.last + 2)):
        return None
    is_english = sentence.text.is_english
    table = goods("english" if is_english else "german")
    for k, word in enumerate(words):
        stems = (
            [word] if is_english else [word, *(word.removesuffix(end) for end in _MARKET_ENDS if word.endswith(end))]
        )
        for stem in stems:
            for row, listed in table.get(stem, ()):
                if len(row) == 1 or words[k : k + len(row)] == row:
                    return listed
    named = (name for n in sentence.names if (name := n.of(NameKind.COMMODITY)) is not None)
    return next(named, None) or known.commodity.get(sentence.number)


def _is_outstripped(words: tuple[str, ...]) -> bool:
    return {"demand", "supply"} <= set(words) or {"nachfrage", "angebot"} <= set(words)


_BALANCES = word_set("commodities", "balances")
_WEIGHTS = word_set("goods", "units") | word_set("commodities", "tonnages")
_MARKET_ENDS = ("markt", "studiengruppe", "defizit", "überschuss", "lücke")
