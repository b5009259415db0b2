"""What an analyst or a house thinks is to come: by a verb of thinking, carried on by pronouns and indirect speech.

`Jefferies cut the stock to hold. It sees EPS at 1.95 euros`; `Das Wachstum werde nur noch 8 Prozent betragen` behind a
broker's change of its target: figures that would read as the company's plans, were the sentence alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.voices.plans import BEFORE
from rerating.factcheck.extraction.voices.speech import Voice

_TURNED = frozenset(("guidance", "financial_figure", "growth", "operating_metric", "estimate"))


@dataclass(slots=True)
class Outsider:
    """Whether the last who acted in a text was an analyst or a house, and in which sentence."""

    is_heard: bool = False
    sentence: Sentence | None = None
    is_author: bool = False
    """Whether a house wrote the text itself: what `wir` expect there, others do."""

    @classmethod
    def of(cls, article: Article) -> Outsider:
        """The outsider of an article: its author, where the text speaks of its own targets and models."""
        return cls(is_author=any(_is_research(sentence) for sentence in article.sentences))

    is_note: bool = False
    """Whether it is a house's note that the text goes through."""

    def turn(self, sentence: Sentence, drafts: list[Draft], speaker: Voice) -> None:
        """Makes estimates of what an outsider thinks in this sentence, and remembers who acts in it."""
        is_theirs = self._goes_on(sentence)
        is_next = self._is_next(sentence) and speaker.is_indirect
        is_next_note = self._is_next(sentence) and self.is_note and not _owns(sentence)
        for draft in drafts:
            if draft.kind == "ratio" and draft.metric in _EARNED and _is_by_our_sums(draft):
                draft.kind, draft.is_foreseen = "estimate", True
            if draft.kind not in _TURNED or not draft.values:
                continue
            is_told = is_theirs or (is_next and _is_in_indirect(draft))
            is_ours = (self.is_author and draft.kind == "guidance" and _is_ours(draft)) or _is_by_our_sums(draft)
            is_note = is_next_note and _is_meant(draft)
            if is_ours or (is_told and _is_to_come(draft)) or _is_thought(draft) or is_note:
                draft.kind, draft.is_foreseen = "estimate", True
        for former, draft in pairwise(drafts):
            if former.kind == "guidance" and draft.kind == "growth" and _is_beside(former, draft):
                draft.kind = "guidance"
        for draft in drafts:
            if draft.kind in _PLANNED and draft.values and is_theirs and _is_expected(draft):
                draft.is_foreseen = True
        words = set(sentence.words(sentence.first, sentence.last))
        if sentence.houses or words & _ANALYSTS or is_theirs or is_next:
            self.is_heard, self.sentence = True, sentence
            self.is_note = bool(sentence.houses) or self.is_note
        elif words & _INSIDERS:
            self.is_heard = self.is_note = False
        elif self._is_next(sentence) and not any(named.of(NameKind.COMPANY) for named in sentence.names):
            self.sentence = sentence

    def _is_house(self) -> bool:
        """Whether it was a house that acted last, not analysts told of in passing: `it` is one."""
        last = self.sentence
        return last is not None and bool(last.houses or _HOUSES & set(last.words(last.first, last.last)))

    def _is_next(self, sentence: Sentence) -> bool:
        """Whether it was an outsider who acted right before this sentence, or in the head over it."""
        last = self.sentence
        if not self.is_heard or last is None or last.number + 1 != sentence.number:
            return False
        return last.text is sentence.text or last.role is BlockRole.HEADING

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence carries on what an outsider thinks: `he reckons`, `the bank sees`, `Ihre Prognose`."""
        words = sentence.words(sentence.first, sentence.last)
        if sentence.houses and _has_it(sentence.words(sentence.first, sentence.last)):
            return True
        if not self.is_heard or not _INSIDERS.isdisjoint(words):
            return False
        if not _POSSESSED.isdisjoint(words[:2]) and not _FORECASTS.isdisjoint(words[1:8]):
            return True
        is_next = self._is_next(sentence)
        if not _BANKS.isdisjoint(words[:3]) and not _COORDINATED.isdisjoint(pairwise(words)):
            return True
        if _has_it(words) and (words[:2] in _HAS or sentence.houses):
            return True
        for k, word in enumerate(words):
            is_one = (
                word in _PERSONS
                or (word in _IT and is_next and self._is_house())
                or (word in _BANKS and words[k - 1 : k] in _THE)
            )
            if is_one and not _THINKS.isdisjoint((*words[k + 1 : k + 3], *words[max(0, k - 2) : k])):
                return True
        return False


def _is_beside(plan: Draft, draft: Draft) -> bool:
    """`expects tariffs to cost $1.2 billion this year, double last year's bill`: the plan beside the past."""
    if draft.sentence is not plan.sentence or draft.first <= plan.last or not draft.values:
        return False
    between = draft.sentence.words(plan.last, draft.first)
    at = between.index(",") if "," in between else -1
    return 0 <= at <= 6 and between[at + 1 :] in _LINKED


_LINKED = ((), ("or",), ("which", "is"), ("which", "would", "be"), ("that", "is"), ("a",), ("das", "sind"), ("also",))


def _is_research(sentence: Sentence) -> bool:
    """`unser Kursziel`, `aus unserem DCF-Modell`, `our EPS estimates`: only a house that rates speaks so."""
    words = sentence.words(sentence.first, sentence.last)
    return any(
        word in _OUR and not _MODELLED.isdisjoint(words[k + 1 : k + 4]) and "company" not in words[k + 1 : k + 4]
        for k, word in enumerate(words)
    )


def _is_ours(draft: Draft) -> bool:
    """Whether the authors say in the figure's clause what they reckon with."""
    near = draft.sentence.words(draft.first - 12, draft.first) + draft.sentence.words(draft.last, draft.last + 4)
    return not _WE.isdisjoint(near)


def _is_by_our_sums(draft: Draft) -> bool:
    """`fällt nach unserer Rechnung unter 12 %`, `setzen wir 930 Millionen an`: what the authors reckon."""
    sentence = draft.sentence
    near = sentence.words(draft.first - 9, draft.first) + sentence.words(draft.last, draft.last + 6)
    if any(pair in _BY_OUR for pair in pairwise(near)) and not _SUMS.isdisjoint(near):
        return True
    return not _WE.isdisjoint(near) and not _SET.isdisjoint(near) and not _AT_END.isdisjoint(near)


_BY_OUR = frozenset((("nach", "unserer"), ("nach", "unseren"), ("nach", "meiner"), ("on", "our"), ("by", "our")))
_SUMS = frozenset(("rechnung", "schätzung", "schätzungen", "prognose", "kalkulation", "modell", "numbers", "estimates"))
_EARNED = frozenset(
    ("return_on_equity", "return_on_capital", "cet1_ratio", "solvency_ratio", "equity_ratio", "leverage")
)
_SET = frozenset(("setzen", "unterstellen", "veranschlagen", "kalkulieren"))
_AT_END = frozenset(("an", "für", "ende", "mit"))
_OUR = frozenset(("unser", "unsere", "unserem", "unseren", "unserer", "our"))
_MODELLED = word_set("outsiders", "modelled")
_WE = frozenset(("wir", "we", "unsere", "our"))


def _has_it(words: tuple[str, ...]) -> bool:
    """`He has Arista earning $4.10 a share in 2027`, `Roe of Stifel has the margin reaching 26%`."""
    at = next((k for k, word in enumerate(words[:24]) if word in ("has", "have")), None)
    return at is not None and not _REACHES.isdisjoint(words[at + 2 : at + 5])


_REACHES = frozenset(("earning", "making", "growing", "reaching", "rising", "falling"))


def _owns(sentence: Sentence) -> bool:
    """Whether a company or its people act in a sentence."""
    words = sentence.words(sentence.first, sentence.last)
    return not _INSIDERS.isdisjoint(words) or not _COMPANY.isdisjoint(words) or bool(sentence.is_question)


def _is_meant(draft: Draft) -> bool:
    """`The margin should get to 18.5% in 2028`, right behind what a house says: its figure of what is to come."""
    sentence = draft.sentence
    before = sentence.words(draft.first - 9, draft.first)
    if before[-1:] in (("from",), ("after",)):
        return False
    return not {"should", "could", "might"}.isdisjoint(before) and _PAST.isdisjoint(before)


def _is_expected(draft: Draft) -> bool:
    """Whether a verb of thinking stands before a figure in its clause: `The firm expects buybacks of`."""
    sentence = draft.sentence
    words = sentence.words(draft.first - 16, draft.first)
    first = draft.first - len(words)
    return any(word in _EXPECTS and sentence.cost(first + k, draft.first) < 1.8 for k, word in enumerate(words))


_PLANNED = frozenset(("corporate_event", "capex", "market_share"))
_EXPECTS = frozenset(("expects", "expect", "sees", "see", "forecasts", "predicts", "projects", "reckons", "believes"))
_COMPANY = frozenset(("company", "group", "management", "we", "our", "board"))


def _is_in_indirect(draft: Draft) -> bool:
    """Whether a verb of indirect speech stands before a figure in its clause: `Das Wachstum werde 8 % betragen`."""
    sentence = draft.sentence
    words = sentence.words(draft.first - 20, draft.first)
    first = draft.first - len(words)
    return any(word in _INDIRECT and sentence.cost(first + k, draft.first) < 0.8 for k, word in enumerate(words))


def _is_to_come(draft: Draft) -> bool:
    """Whether a figure is of what is to come: a plan already, or behind a verb of the future or of thinking."""
    sentence = draft.sentence
    if _has_it(sentence.words(sentence.first, sentence.last)):
        return True
    if draft.kind in ("guidance", "estimate"):
        before = sentence.words(draft.first - 6, draft.first)
        return _CONCERNS.isdisjoint(before) and _DONE.isdisjoint(sentence.words(draft.last, draft.last + 4))
    before = sentence.words(draft.first - 16, draft.first)
    if draft.values[0].unit == "ratio":
        return False
    if before[-1:] in (("nach",), ("from",), ("after",)) or not BEFORE.isdisjoint(
        sentence.words(draft.last, draft.last + 4)
    ):
        return False
    tail = sentence.words(draft.last, draft.last + 8)
    if not _PAST.isdisjoint(before) or not _DONE.isdisjoint(tail):
        return False
    return not (_FUTURE.isdisjoint(before) and _THINKS.isdisjoint((*before, *tail)))


def _is_thought(draft: Draft) -> bool:
    """`Wolfe Research warned that every $50 costs the company some $600 million`: a house right before the verb."""
    sentence = draft.sentence
    words = sentence.words(draft.first - 24, draft.first)
    first = draft.first - len(words)
    for k in range(len(words) - 1, -1, -1):
        if words[k] in _PAST or words[k] in (";", ":"):
            return False
        if words[k] not in _FORESEES:
            continue
        at = first + k
        return any(named.first in sentence.houses and 0 <= at - named.last <= 3 for named in sentence.names)
    return False


_THINKS = word_set("outsiders", "thinks")
_COORDINATED = frozenset((one, other) for one in ("and", "und") for other in _THINKS)
_HOUSES = frozenset(("bank", "broker", "brokerage", "house", "firm", "haus", "institut", "analysehaus"))
_HAS = frozenset((("he", "has"), ("she", "has"), ("they", "have")))
"""`He has Arista earning $4.10 a share in 2027`."""
_PERSONS = frozenset(("he", "she", "they", "er", "sie"))
_IT = frozenset(("it", "es"))
_THE = frozenset((("the",), ("die",), ("das",), ("der",), ("american",), ("german",), ("swiss",), ("french",)))
_BANKS = word_set("outsiders", "banks")
_FORESEES = word_set("outsiders", "foresees")
_POSSESSED = frozenset(("ihre", "ihrer", "ihren", "seine", "seiner", "seinen", "her", "his", "bank's", "broker's"))
_FORECASTS = word_set("outsiders", "forecasts")
_CONCERNS = word_set("outsiders", "concerns")
_INDIRECT = word_set("speech", "indirect")
_ANALYSTS = word_set("outsiders", "analysts")
_INSIDERS = word_set("speech", "executives") - {"founder", "gründer"}
_FUTURE = word_set("outsiders", "future")
_PAST = word_set("kinds", "past")
_DONE = frozenset(("habe", "hätte", "hatte", "hatten", "gestiegen", "gefallen", "gesunken", "verfehlt", "übertroffen"))
