"""What a text tells on of a company that no list holds: its people, its sales, what is paid in multiples of its profit.

`X übernimmt Labortech. Das 1987 gegründete Unternehmen beschäftigt 210 Mitarbeiter`, `X sued Quillon. The San Diego
firm raised $150 million`. Such a company stays in sight by its own name, by words that tell it from the one that the
text is about (where it sits, when it was founded, whose family's it is), or by any noun and pronoun where the sentence
before named it alone. It has no shares: prices, targets and ratings are of the company that the text is about.
"""

from __future__ import annotations

from rerating.factcheck.claim import Subject
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.factcheck.extraction.whom.names.acquired import told_bought
from rerating.factcheck.extraction.whom.names.company_evidence import goes_on
from rerating.factcheck.extraction.whom.names.purchases import capitals_at, is_kin, unlisted
from rerating.factcheck.extraction.whom.names.unlisted import taken_in
from rerating.language.reading.tokens import WORD

_SIZES = frozenset(
    (
        "operating_metric",
        "financial_figure",
        "growth",
        "ratio",
        "market_share",
        "estimate",
        "market_cap",
        "capex",
        "holding",
    )
)
"""Kinds of what a company does; a price or a target is of a listed one."""
_PRICED = frozenset(("price_level", "price_target", "rating", "rating_change", "consensus_rating", "implied_upside"))
_OF_SHARES = frozenset(("share_price", "price_earnings", "forward_price_earnings", "dividend_yield", "dividend"))
_NEVER_ITS_OWN = _OF_SHARES | {"leverage"}
"""It has no shares, and what is owed after a deal is the buyer's."""
_PAID_IN = frozenset(("ev_ebitda", "ev_sales", "price_sales", "ebitda_multiple"))
_OPENING = 7


class ToldOn:
    """The company of no list that a block has told of last."""

    def __init__(self, known: Subjects) -> None:
        self._known = known
        self._subject: Subject | None = None
        self._block: object = None
        self._at = -1
        self._is_alone = False
        """Whether the sentence that told of it last named no other company."""
        self._met = {p.name.name for places in known.places.values() for p in places if p.name.is_met}

    def turn(self, sentence: Sentence, found: list[Draft]) -> None:
        """Gives the figures of a sentence to whom it goes on about, and notes whom it tells of."""
        if sentence.text.block is not self._block:
            self._block, self._subject = sentence.text.block, None
        places = [p for p in self._known.places.get(sentence.number, []) if p.name.kind is NameKind.COMPANY]
        target = told_bought(sentence, places) or _last_met(places)
        self._without_shares(found)
        if target is not None:
            is_unlisted = target.kind is NameKind.COMPANY and target.ticker is None and target != self._known.main
            self._subject, self._at = (as_subject(target) if is_unlisted else None), sentence.number
            self._is_alone = all(p.name == target for p in places)
        if self._subject is None or self._subject.name is None:
            return
        is_its_own = self._goes_on(sentence, places)
        is_of_price = self._at == sentence.number
        main = as_subject(self._known.main)
        for draft in found:
            if draft.subject not in (main, None) or draft.kind not in _SIZES or draft.metric in _NEVER_ITS_OWN:
                continue
            if is_its_own or (is_of_price and draft.metric in _PAID_IN):
                draft.subject = self._subject
        if is_its_own and self._at == sentence.number - 1:
            self._at, self._is_alone = sentence.number, True

    def _without_shares(self, found: list[Draft]) -> None:
        """What only a listed company has is the text's."""
        main = self._known.main
        for draft in found:
            name = draft.subject.name if draft.subject is not None else None
            is_share = draft.kind in _PRICED or draft.metric in _OF_SHARES
            if name in self._met and is_share and main is not None:
                draft.subject = as_subject(main)

    def _goes_on(self, sentence: Sentence, places: list[Place]) -> bool:
        """Whether a sentence opens with words that tell it from the company of the text."""
        if self._at == sentence.number:
            return False
        first = sentence.first
        if any(not p.is_noun and p.first < first + _OPENING for p in places) or self._at != sentence.number - 1:
            return False
        told = goes_on(sentence, first)
        if told > 1 or (told and self._is_alone):
            return True
        return sentence.words(first, first + 1) in _THE and any(
            is_kin(sentence, k) for k in range(first + 1, first + 4)
        )


_THE = (("das",), ("die",), ("der",), ("the",))


def _last_met(places: list[Place]) -> Name | None:
    return next((p.name for p in reversed(places) if p.name.is_met and not p.is_noun), None)


# ---- companies of which another one holds a part ---------------------------------------------------------------------

_HOLDS = word_set("held", "holds")
_DATIVES = frozenset(("der", "dem", "denen"))
_LEADING = _DATIVES | frozenset(("die", "das", "am", "an", "im", "in", "beim", "bei", "vom", "zum", "zur", "aus"))
_CLAUSE = 12
_KINDS = frozenset(("holding", "financial_figure", "growth", "operating_metric", "ratio", "return", "corporate_event"))
_PARTS = frozenset(("aktien", "kapital", "stimmrechte"))


def held(known: Subjects, sentence: Sentence, drafts: list[Draft]) -> None:
    """Gives to a company that is held its stake and what its sentence says on about it."""
    if sentence.text.is_english or not drafts or _HOLDS.isdisjoint(sentence.words(sentence.first, sentence.last)):
        return
    found = _told_first(sentence) or _told_behind(sentence)
    if found is None:
        return
    at, end, name = found
    listed = {p.first for p in known.places.get(sentence.number, []) if p.name.ticker is not None and not p.is_noun}
    for draft in drafts:
        is_parted = any(end <= k < draft.first for k in listed)
        if draft.kind in _KINDS and draft.first >= at and not is_parted:
            draft.subject = as_subject(name)


def _told_first(sentence: Sentence) -> tuple[int, int, Name] | None:
    """`X, an der Y 77 Prozent hält, steigerte den Gewinn`: from the comma on."""
    tokens = sentence.tokens
    for k in range(sentence.first + 1, sentence.last - 3):
        if tokens.text[k] != "," or tokens.lower[k + 1] != "an" or tokens.lower[k + 2] not in _DATIVES:
            continue
        if _HOLDS.isdisjoint(sentence.words(k + 3, k + 3 + _CLAUSE)):
            continue
        first = k
        while first > sentence.first and tokens.kind[first - 1] == WORD and tokens.text[first - 1][:1].isupper():
            first -= 1
        while first < k - 1 and (is_kin(sentence, first) or tokens.lower[first] in _LEADING):
            first += 1
        is_name = (
            first < k and taken_in(sentence).isdisjoint(range(first, k)) and tokens.lower[first - 1] not in _DATIVES
        )
        if is_name:
            end = next((j for j in range(k + 3, sentence.last) if tokens.text[j] == ","), sentence.last)
            return k, end, unlisted(sentence, first, k)
    return None


def _told_behind(sentence: Sentence) -> tuple[int, int, Name] | None:
    """`besitzt noch 30 Prozent an der Kette X, die 80 Millionen verlor`: from the stake on."""
    tokens = sentence.tokens
    for figure in sentence.figures:
        k = figure.last + (tokens.lower[figure.last : figure.last + 1] == ["der"])
        k += tokens.lower[k] in _PARTS
        if tokens.lower[k] != "an" or tokens.lower[k + 1] not in _DATIVES or figure.mention.unit != "percent":
            continue
        pair = capitals_at(sentence, k + 2)
        if pair is not None and any(is_kin(sentence, j) for j in range(k + 2, pair[0])):
            return figure.first, pair[1], unlisted(sentence, *pair)
    return None
