"""What is told of one share: what it earns, pays and yields, and not what it costs."""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import EARNINGS, SHARES_OF_ONE, is_price, size
from rerating.factcheck.extraction.text.article import Sentence
from rerating.language.reading import MentionKind as K


def by_yield(sentence: Sentence, bound: Bound) -> None:
    """`intends to pay 7.3p, which at Friday's closing price equates to 7.7 per cent`: what a dividend yields."""
    figure = bound.figure
    if figure.mention.kind not in SHARES_OF_ONE or bound.family not in ("price", "figure", "weak", "ratio"):
        return
    lead = sentence.words(figure.lead - 3, figure.lead)
    if not any(lead[-len(words) :] == words for words in _EQUALS):
        return
    words = sentence.words(figure.lead - 24, figure.last + 6)
    if not _PRICES.isdisjoint(words) and not _PAYS.isdisjoint(words):
        bound.family, bound.metric, bound.topic = "ratio", "dividend_yield", None


_EQUALS = (("equates", "to"), ("works", "out", "at"), ("equal", "to"), ("amounts", "to"), ("entspricht",), ("macht",))
_PRICES = frozenset(("price", "schlusskurs", "kurs", "kurses", "aktienkurs", "close"))
_PAYS = frozenset(("pay", "pays", "paid", "dividend", "dividende", "payout", "ausschüttung", "ausschütten", "zahlen"))


def by_share(sentence: Sentence, bound: Bound) -> None:
    """Earnings and dividends of one share, not the price of one."""
    mention = bound.figure.mention
    if mention.kind is not K.MONEY or not is_price(bound.figure):
        return
    if bound.family == "figure" and bound.metric in EARNINGS and mention.per == "share":
        bound.metric = "eps"
    if not _CLOSED.isdisjoint(sentence.words(bound.figure.lead - 3, bound.figure.lead)):
        return
    words = set(sentence.words(sentence.first, sentence.last))
    if bound.family == "price" and size(bound.figure) < 1000 and mention.per == "share" and words & _PAID_OUT:
        bound.family, bound.metric = "figure", "dividend_per_share"
    if bound.family == "price" and size(bound.figure) < 1000 and _is_per_share(sentence, bound):
        held = {topic.key for topic in sentence.topics}
        is_expected = not words.isdisjoint(_CONSENSUS) and words.isdisjoint(_TARGETS) and mention.per == "share"
        if is_expected or held & EARNINGS or "eps" in held or EARN & set(sentence.words(sentence.first, sentence.last)):
            bound.family, bound.metric = "figure", "eps"
        elif held & {"dividend_per_share", "dividend_yield", "payout_ratio"}:
            bound.family, bound.metric = "figure", "dividend_per_share"


_CONSENSUS = frozenset(("consensus", "konsens", "estimate", "estimates"))
_TARGETS = frozenset(("target", "targets", "kursziel", "kurs", "price", "dividend", "dividende", "aktie", "stock"))
_CLOSED = frozenset(("close", "closing", "schlusskurs"))
_PAID_OUT = frozenset(
    (
        "abgespeist",
        "anteilseigner",
        "dividende",
        "ausgezahlt",
        "ausbezahlt",
        "ausschütten",
        "ausschüttet",
        "ausgeschüttet",
        "schüttet",
        "überweist",
        "gutgeschrieben",
        "payable",
        "überwies",
        "überwiesen",
        "generalversammlung",
        "hauptversammlung",
        "ausgeschüttete",
    )
)
EARN = frozenset(["verdient", "verdiente", "verdienten", "earned", "lost", "earn", "made"])


def _is_per_share(sentence: Sentence, bound: Bound) -> bool:
    """Whether the amount is one a share: by its own words, or by `je Aktie ... verdient` around it."""
    if bound.figure.mention.per == "share":
        return True
    words = sentence.words(sentence.first, sentence.last)
    if any(words[k : k + 3] in _SHARE_BASIS for k in range(min(len(words), 6))):
        return True
    paired = any(pair in _A_SHARE for pair in pairwise(words))
    return paired and bool(EARN & set(words))


_SHARE_BASIS = frozenset((("per", "-", "share"), ("per-share", "basis", ","), ("per", "share", "basis")))
"""`On a per-share basis, profit of $6.21`: said once, of all amounts of the sentence."""
_A_SHARE = frozenset((("je", "aktie"), ("pro", "aktie"), ("per", "share"), ("a", "share"), ("je", "titel")))
