"""Others told of in the text of a company, and how long the text goes on about them.

Whose news moves the share has the figures told next: `Grund sind die Zahlen von X. Der Umsatz war um 7 Prozent
gesunken`, up to the next name or the next word for the share. `Im Vergleich mit X fällt das bescheiden aus. Dort wuchs
der Gewinn`: what is told of there is X's too. A sentence that names but the company of the text comes back to it, and
in a text about whom somebody bids for, `die Aktie` is never the bidder's.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place, is_company
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.beside import is_behind_noun, is_behind_subject, is_led
from rerating.factcheck.extraction.whom.focus.takeovers import offers
from rerating.factcheck.extraction.whom.phrases.roles import is_related

_NEWS = word_set("causes", "news")
_CAUSES = word_set("complements", "causes") | word_set("causes", "blamed")
_OF = frozenset(("von", "des", "der", "from", "of", "by", "at", "bei"))
_ACCOUNTS = frozenset(("figure", "operation"))
_REACH = 6


class Others:
    """What a block tells of others than the company of the text, sentence by sentence."""

    def __init__(self, main: Name | None) -> None:
        self._main = main
        self._opened: Name | None = None
        self._cause: Name | None = None
        self._bidders: set[Name | None] = set()
        self._kept: list[Place] = []
        self._last: Sentence | None = None

    def begin(self) -> None:
        """A block begins."""
        self._opened = self._cause = None

    def turn(self, sentence: Sentence, kept: list[Place], focus: Name | None) -> Name | None:
        """Whom the next sentences go on about, where it is not who else is in focus; `kept` are a sentence's names."""
        found = None
        if kept:
            self._cause = self._blamed(sentence, kept)
            if focus != self._main and self._opened == self._main and self._comes_back(sentence, kept):
                found = self._main
            self._opened = self._opened or next((p.name for p in kept if not p.is_noun and is_company(p.name)), None)
        elif self._cause is not None and _tells_figures(sentence):
            found = self._cause
        else:
            found = self._there(sentence)
        self._kept, self._last = kept, sentence
        return found

    def share_of(
        self, sentence: Sentence, bid: tuple[Name | None, Name] | None, focus: Name | None, company: Name | None
    ) -> Name | None:
        """Whose share a sentence means that names none: of a text about whom somebody bids for it is that one's."""
        if bid is not None and bid[1] == self._main and self._opened in (bid[0], self._main):
            self._bidders |= {bid[0], focus} if offers(sentence) else {bid[0]}
        return self._main if company in self._bidders else company

    def _blamed(self, sentence: Sentence, kept: list[Place]) -> Name | None:
        """Whose news a sentence gives as the cause of what the text tells, or goes on about."""
        named = [p for p in kept if not p.is_noun and p.name.kind is NameKind.COMPANY]
        if not named:
            return self._cause if _tells_figures(sentence) else None
        is_of_company = self._main is not None and self._main.kind is NameKind.COMPANY
        if not is_of_company or len({p.name for p in named}) != 1 or named[0].name == self._main:
            return None
        words = sentence.words(sentence.first, sentence.last)
        is_cause = not _CAUSES.isdisjoint(words) and any(_is_news_of(sentence, p) for p in named)
        return named[-1].name if is_cause else None

    def _comes_back(self, sentence: Sentence, kept: list[Place]) -> bool:
        """Whether a sentence tells of the company of the text and names no other: `Der Marktanteil von X fiel`, `Für X
        gilt`; not of what somebody told of before does to it (`Sie liefert an X`)."""
        named = [p for p in kept if not p.is_noun]
        if not is_company(self._main) or not named or any(p.name != self._main for p in kept):
            return False
        is_of_before = is_behind_subject(sentence, named[0]) or is_behind_noun(sentence, named[0])
        return not (is_of_before or is_related(sentence, named[0]) or refers(sentence) or _tells_of_stake(sentence))

    def _there(self, sentence: Sentence) -> Name | None:
        """The company of the sentence before that `Dort` opens a sentence about: it names no place behind it."""
        last = self._last
        if last is None or last.text is not sentence.text or sentence.tokens.lower[sentence.first] != "dort":
            return None
        named = [p for p in self._kept if not p.is_noun and p.name.kind is NameKind.COMPANY]
        is_told = bool(named) and is_led(last, named[-1]) and _IN.isdisjoint(last.words(named[-1].last, last.last))
        return named[-1].name if is_told else None


_IN = frozenset(("in", "im", "nach", "an", "am"))


def _tells_figures(sentence: Sentence) -> bool:
    is_of_share = any(cue.family == "papers" for cue in sentence.cues)
    return not is_of_share and any(topic.family in _ACCOUNTS for topic in sentence.topics) and not sentence.houses


def _is_news_of(sentence: Sentence, place: Place) -> bool:
    """`die Zahlen von X`, `X-Zahlen`, `results from X`, `X's outlook`."""
    before, after = sentence.words(place.first - _REACH, place.first), sentence.words(place.last, place.last + 4)
    is_joined = after[:1] in (("-",), ("'",), ("’",)) and not _NEWS.isdisjoint(after)
    at = next((k for k in range(len(before) - 1, -1, -1) if before[k] in _NEWS), None)
    return is_joined or (at is not None and not _OF.isdisjoint(before[at + 1 : at + 2]))


def _tells_of_stake(sentence: Sentence) -> bool:
    return bool(sentence.figures) and any(topic.family == "holding" for topic in sentence.topics)


def refers(sentence: Sentence) -> bool:
    """Whether a sentence goes on about whom the one before named, though but in passing."""
    opening = sentence.words(sentence.first, sentence.first + 2)
    is_of_house = len(opening) == 2 and opening[0] in ("the", "die", "das", "der") and opening[1] in _SPEAKING
    return is_of_house or sentence.tokens.lower[sentence.first] in _REFERRING


_SPEAKING = word_set("subjects", "speaking")
"""A house that goes on speaks of the company that it has just spoken of."""
_REFERRING = frozenset(
    ("er", "sie", "es", "ihr", "ihre", "sein", "seine", "dessen", "deren", "he", "she", "it", "its", "they", "their")
)
