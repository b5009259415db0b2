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
from rerating.factcheck.extraction.whom.names.capitals import is_trade_word
from rerating.factcheck.extraction.whom.names.company_evidence import goes_on
from rerating.factcheck.extraction.whom.names.purchases import is_kin

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
_FOUNDED = word_set("deal_frame", "founded")
_FAMILY = word_set("deal_frame", "family")
_COMPANIES = word_set("deal_frame", "companies")
_PRICES = word_set("told_on", "prices")
_WORTH = word_set("told_on", "worth")
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
        is_of_price = self._at == sentence.number or self._tells(sentence, _PRICES)
        is_of_worth = self._tells(sentence, _WORTH)
        main = as_subject(self._known.main)
        for draft in found:
            if draft.subject not in (main, None) or draft.kind not in _SIZES or draft.metric in _NEVER_ITS_OWN:
                continue
            if is_its_own or (is_of_price and draft.metric in _PAID_IN) or (is_of_worth and draft.kind == "market_cap"):
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
        """Whether a sentence opens with the name, or with words that tell it from the company of the text."""
        if self._at == sentence.number:
            return False
        name = str(self._subject.name if self._subject is not None else "").split()
        tokens, first = sentence.tokens, sentence.first
        if tokens.text[first : first + 1] == name[:1]:
            return True
        if any(not p.is_noun and p.first < first + _OPENING and not _is_kins(sentence, p) for p in places):
            return False
        opening = sentence.words(first, first + _OPENING)
        if opening[:1] == () or self._at != sentence.number - 1:
            return False
        if opening[0] in _FOUNDED or (self._is_alone and goes_on(sentence, first)):
            return True
        if opening[0] not in ("das", "die", "der", "the"):
            return False
        if not _FAMILY.isdisjoint(opening) or any(word.endswith("based") for word in opening):
            return True
        noun = next((k for k in range(1, len(opening)) if opening[k] in _COMPANIES), None)
        if noun is not None:
            is_placed = opening[noun + 1 : noun + 2] in (("aus",), ("mit",), ("from",), ("in",))
            is_from = any(tokens.text[k][:1].isupper() for k in range(first + 1, first + noun))
            is_placed = is_placed or (opening[noun] == "maker" and opening[noun + 1 : noun + 2] == ("of",))
            return is_placed or is_from or not _FOUNDED.isdisjoint(opening[:noun]) or opening[noun] in _SMALL
        return any(is_kin(sentence, k) for k in range(first + 1, first + 4))

    def _tells(self, sentence: Sentence, words: frozenset[str]) -> bool:
        """Whether the next sentence opens with what was paid: `Der Kaufpreis liegt beim Zehnfachen des Ebitda`."""
        opening = sentence.words(sentence.first, sentence.first + _OPENING)
        return self._at == sentence.number - 1 and not words.isdisjoint(opening)


def _is_kins(sentence: Sentence, place: Place) -> bool:
    """Whether a name only says whose supplier or rival opens the sentence: `Der Zulieferer von A hat Schulden`."""
    lead = sentence.words(place.first - 1, place.first)
    return place.first > sentence.first + 1 and lead in (("von",), ("of",)) and is_trade_word(sentence, place.first - 2)


_SMALL = word_set("told_on", "small")


def _last_met(places: list[Place]) -> Name | None:
    return next((p.name for p in reversed(places) if p.name.is_met and not p.is_noun), None)
