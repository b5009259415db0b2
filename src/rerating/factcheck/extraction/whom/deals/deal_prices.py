"""What the words around a figure of a deal make of it: its price, or what a company brings the one that holds it."""

from __future__ import annotations

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.deals.deal_refs import Ref

_GOALS = frozenset(("targets", "ziele", "milestones", "meilensteine"))

_REACHED = frozenset(("met", "hit", "achieved", "reached", "erreicht"))

_DEAR = frozenset(("cheap", "bargain", "expensive", "steep"))

_AMOUNTS = frozenset(("bei", "beträgt", "auf", "lag", "is", "was", "to", "at"))

_FOR = (("for",), ("für",), ("on",))

_PAID = word_set("deal_names", "paid")

_LEAD, _PAYING = 8, 12

_LETS = frozenset(("lässt", "ließ", "lassen", "ließen"))

_BRINGS = word_set("deal_frame", "brings")

_ACQUISITIONS = word_set("deal_frame", "acquisitions")

_PRICE_NOUNS = word_set("deal_frame", "price_nouns")

_DEAL_NOUNS = word_set("deal_frame", "deal_nouns")


def brings(sentence: Sentence, draft: Draft, refs: list[Ref]) -> bool:
    """Whether a claim is what a company brings the one that holds it: `X contributed $41 million`, `steuerte bei`."""
    if not any(ref.deal is not None for ref in refs) and _ACQUISITIONS.isdisjoint(
        sentence.words(sentence.first, draft.first)
    ):
        return False
    words = sentence.words(max(sentence.first, draft.first - 16), draft.last + 10)
    return not _BRINGS.isdisjoint(words) and ("steuert" not in words or "bei" in words)


def is_paid_for(sentence: Sentence, draft: Draft, refs: list[Ref]) -> bool:
    """Whether a sum stands behind `for` right after the name of who is bought, or is paid for the name behind it:
    `a 20% stake in X for $150 million`, `hat 340 Millionen für den Hersteller X bezahlt`, `spent $1.3 billion on X`."""
    start = draft.bound.figure.lead if draft.bound is not None else draft.first
    is_behind = sentence.words(draft.last, draft.last + 1) in _FOR
    if is_behind and not _PAID.isdisjoint(sentence.words(start - _PAYING, draft.last + _PAYING)):
        return any(ref.deal is not None and draft.last < ref.first <= draft.last + _LEAD for ref in refs)
    is_led = sentence.words(start - 1, start) in (("for",), ("für",))
    return is_led and any(ref.deal is not None and start - 8 <= ref.last <= start for ref in refs)


def unit(draft: Draft) -> str | None:
    """The unit of a claim's first value."""
    return draft.values[0].unit if draft.values else None


def is_sum(draft: Draft) -> bool:
    """Whether a claim holds a sum of money."""
    return any(value.unit == "money" for value in draft.values)


def is_price(sentence: Sentence, draft: Draft) -> bool:
    """Whether the words right around a sum say that it is what a company is bought for."""
    bound = draft.bound
    start = bound.figure.lead if bound is not None else draft.first
    lead = sentence.words(max(sentence.first, start - 9), start)
    stop = max((k for k, word in enumerate(lead) if word in (";", ":", ".")), default=-1)
    is_named = not _PRICE_NOUNS.isdisjoint(lead[stop + 1 :]) or (
        stop >= 0 and not _PRICE_NOUNS.isdisjoint(lead[stop - 1 : stop])
    )
    tail = sentence.words(draft.last, draft.last + 3)
    is_let = "kosten" in sentence.words(draft.last, draft.last + 10) and not _LETS.isdisjoint(
        sentence.words(sentence.first, sentence.last)
    )
    is_headed = not _PRICE_NOUNS.isdisjoint(sentence.words(sentence.first, sentence.first + 4))
    is_led = is_headed and lead[-1:] != () and lead[-1] in _AMOUNTS
    words = sentence.words(sentence.first, sentence.last)
    is_let = is_let or (not _GOALS.isdisjoint(words) and not _REACHED.isdisjoint(words))
    is_let = is_let or (words[:1] == ("at",) and start - sentence.first <= 2 and not _DEAR.isdisjoint(words))
    return is_named or is_led or is_let or not _DEAL_NOUNS.isdisjoint(tail)
