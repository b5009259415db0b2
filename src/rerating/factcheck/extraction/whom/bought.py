"""What a text tells on of a company that has just been bought: its people, its sales, what was paid in multiples.

`X übernimmt Labortech. Das 1987 gegründete Unternehmen beschäftigt 210 Mitarbeiter`, `X bought Brightpath. Brightpath
had revenue of $60 million`. A company of no list is nobody's subject elsewhere, so that only its own name, or words
that tell another company from the one that the text is about (where it sits, when it was founded), keep it in sight.
"""

from __future__ import annotations

from rerating.factcheck.claim import Subject
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.acquired import told_bought
from rerating.factcheck.extraction.whom.purchases import is_kin
from rerating.factcheck.extraction.whom.subjects import Subjects, as_subject

_SIZES = frozenset(("operating_metric", "financial_figure", "growth", "ratio", "market_share", "estimate", "guidance"))
"""Kinds of what a company does; a price or a target is of a listed one."""
_PAID_IN = frozenset(("ev_ebitda", "ev_sales", "price_sales", "ebitda_multiple"))
_FOUNDED = word_set("bought", "founded")
_FAMILY = word_set("bought", "family")
_COMPANIES = word_set("bought", "companies")
_PRICES = word_set("bought", "prices")
_PAYS = word_set("bought", "pays")
_OWNERS = word_set("bought", "owners")
_AS_PAID = frozenset(("financial_figure", "corporate_event", "price_level", "estimate", "guidance", "capex"))
_PRONOUNS = frozenset(("sie", "ihr", "ihre", "sein", "seine", "er", "es", "deren", "it", "its", "they"))
_ARTICLES = frozenset(("das", "die", "der", "the"))
_SOON = 3
_NEAR = 12
_OPENING = 7


class Bought:
    """The company of no list that a block has last told to be bought."""

    def __init__(self, known: Subjects) -> None:
        self._known = known
        self._subject: Subject | None = None
        self._block: object = None
        self._at = self._own = -1

    def turn(self, sentence: Sentence, found: list[Draft]) -> None:
        """Gives the figures of a sentence to whom it goes on about, and notes whom it tells to be bought."""
        if sentence.text.block is not self._block:
            self._block, self._subject = sentence.text.block, None
        places = self._known.places.get(sentence.number, [])
        target = told_bought(sentence, places)
        if target is not None:
            is_unlisted = target.kind is NameKind.COMPANY and target.ticker is None and target != self._known.main
            self._subject, self._at = (as_subject(target) if is_unlisted else None), sentence.number
        if self._subject is None or self._subject.name is None:
            return
        is_its_own = self._goes_on(sentence)
        self._own = sentence.number if is_its_own else self._own
        is_of_price = self._at == sentence.number or self._tells_price(sentence)
        main = as_subject(self._known.main)
        for draft in found:
            if draft.subject not in (main, None):
                continue
            if is_of_price and self._is_paid(sentence, draft):
                draft.subject, draft.kind, draft.metric = self._subject, "corporate_event", "acquisition"
                continue
            is_its_size = draft.kind in _SIZES and (is_its_own or (is_of_price and draft.metric in _PAID_IN))
            is_its_part = draft.kind == "holding" and not _OWNERS.isdisjoint(
                sentence.words(sentence.first, draft.first)
            )
            if is_its_size or is_its_part:
                draft.subject = self._subject

    def _is_paid(self, sentence: Sentence, draft: Draft) -> bool:
        """Whether a sum behind the sentence that told of the deal is what is paid: `Bezahlt werden 330 Millionen`."""
        if not draft.values or draft.values[0].unit != "money" or draft.kind not in _AS_PAID:
            return False
        words = sentence.words(max(sentence.first, draft.first - _NEAR), draft.last + 3)
        return not _PAYS.isdisjoint(words) and sentence.number - self._at <= _SOON

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence opens with the name, or with words that tell it from the company of the text."""
        if self._at == sentence.number:
            return False
        name = str(self._subject.name if self._subject is not None else "").split()
        tokens, first = sentence.tokens, sentence.first
        if tokens.text[first : first + 1] == name[:1]:
            return True
        if any(not p.is_noun and p.first < first + _OPENING for p in self._known.places.get(sentence.number, [])):
            return False
        opening = sentence.words(first, first + _OPENING)
        if opening[:1] == ():
            return False
        if self._own == sentence.number - 1 and opening[0] in _PRONOUNS:
            return True
        if self._at < sentence.number - 2 or (self._at != sentence.number - 1 and opening[0] not in _ARTICLES):
            return False
        if opening[0] in _FOUNDED:
            return True
        if opening[0] not in ("das", "die", "der", "the"):
            return False
        if not _FAMILY.isdisjoint(opening) or any(word.endswith("based") for word in opening):
            return True
        noun = next((k for k in range(1, len(opening)) if opening[k] in _COMPANIES), None)
        if noun is not None:
            lead = tokens.text[first + noun - 1]
            if noun > 1 and lead[:1].isupper() and lead.endswith("er"):  # `Die Mailänder Firma`
                return True
            is_placed = opening[noun + 1 : noun + 2] in (("aus",), ("mit",), ("from",), ("in",))
            return is_placed or not _FOUNDED.isdisjoint(opening[:noun])
        return any(is_kin(sentence, k) for k in range(first + 1, first + 4))

    def _tells_price(self, sentence: Sentence) -> bool:
        """Whether the next sentence opens with what was paid: `Der Kaufpreis liegt beim Zehnfachen des Ebitda`."""
        opening = sentence.words(sentence.first, sentence.first + _OPENING)
        words = sentence.words(sentence.first, sentence.last)
        is_told = not _PRICES.isdisjoint(opening) or not (_PRICES | _PAYS).isdisjoint(words)
        return 0 < sentence.number - self._at <= _SOON and is_told
