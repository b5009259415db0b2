"""Companies that no list holds, named where a text tells that they are bought, sold, held, floated or founded together.

`übernimmt die texanische Laborgruppe X`, `the purchase of X`, `Mit X holt sich Y`, `a 20% stake in X`, `the joint
venture X`. A word of the deal leads the name in, behind what stands between both: a partner, a price, adverbs, an
article, adjectives and the noun for its trade. English capitals name; of German ones two side by side do, one behind
the noun for its trade, and one that the text never gives an article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.name_words import (
    is_common_word,
    is_date_word,
    is_kind_word,
    is_legal,
    without_form,
)
from rerating.factcheck.extraction.text.ordinary import is_ordinary
from rerating.factcheck.extraction.text.people import ROLES, joined
from rerating.factcheck.extraction.whom.names.purchases import behind_compound, is_kin
from rerating.factcheck.extraction.whom.phrases.states import state_by_adjective
from rerating.language.reading.tokens import WORD, Tokens

BOUGHT, SOLD, HELD, JOINT, FLOATED, PART = "bought", "sold", "held", "joint", "floated", "part"
_VERBS = {
    BOUGHT: word_set("deal_names", "buys"),
    SOLD: word_set("deal_names", "sells"),
    HELD: word_set("deal_names", "holds"),
    FLOATED: word_set("deal_names", "floats"),
    PART: word_set("deal_names", "owned"),
}
_ROLES = {word: role for role, words in _VERBS.items() for word in words}
_NOUNS = {
    **{word: BOUGHT for word in word_set("deal_names", "purchases")},
    **{word: SOLD for word in word_set("deal_names", "sales")},
    **{word: HELD for word in word_set("deal_names", "stakes")},
    **{word: FLOATED for word in word_set("deal_names", "listings")},
}
_ENDS = {"übernahme": BOUGHT, "zukauf": BOUGHT, "akquisition": BOUGHT, "finanzierungsrunde": HELD}
_FINAL = {
    **{word: BOUGHT for word in word_set("deal_names", "bought")},
    **{word: SOLD for word in word_set("deal_names", "sold")},
}
_JOINTLY = word_set("deal_names", "jointly")
_OF = frozenset(("of", "von", "vom", "der", "des", "an", "am", "bei", "in", "für", "with", "mit"))
_STOPS = word_set("deal_names", "stops")
_WHOLES = word_set("deal_names", "wholes")
_ARTICLES = word_set("deal_names", "articles")
_ARTICLES_ENGLISH = word_set("deal_names", "articles_english")
_ABSTRACT = ("ung", "heit", "keit", "schaft", "ion", "tät")
_ENDING = ("ung", "heit", "keit", "schaft", "ion", "tät", "en", "e", "teil", "geschäft")
"""Ends of German nouns: a lone capital with one of them is no name."""
_REACH = 16
_MOST_WORDS = 5
_OTHERS = (
    NameKind.REGION,
    NameKind.INSTITUTION,
    NameKind.INDEX,
    NameKind.CURRENCY,
    NameKind.CRYPTO,
    NameKind.BOND,
    NameKind.HOUSE,
    NameKind.DATA,
    NameKind.VENUE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A company of no list at tokens [first, last) of a sentence, and what the words there tell of it."""

    first: int
    last: int
    role: str
    name: str


class Finder:
    """What deals a text tells of companies that no list holds."""

    def __init__(self, article: Article, main: Name) -> None:
        self._is_english = article.is_english
        self._main = main
        self._articles = _ARTICLES_ENGLISH if article.is_english else _ARTICLES
        self._seen: Counter[str] = Counter()
        self._led: Counter[str] = Counter()
        for sentence in article.sentences:
            tokens = sentence.tokens
            for k in range(sentence.first, sentence.last):
                if tokens.kind[k] != WORD or not tokens.text[k][:1].isupper():
                    continue
                self._seen[tokens.text[k]] += 1
                before = tokens.lower[k - 1] if k > sentence.first else ""
                self._led[tokens.text[k]] += before in self._articles

    def told(self, sentence: Sentence) -> Iterator[Told]:
        """The companies that the sentence's words of a deal lead in."""
        tokens = sentence.tokens
        held = _taken(sentence, self._main)
        for k in range(sentence.first, sentence.last):
            word = tokens.lower[k]
            found = None
            if (role := _role_of(word)) is not None:
                found = self._behind_noun(sentence, k, role, held)
            is_grasped = sentence.words(k, k + 2) in _GRASPS or (word in _TAKES and _is_percent(sentence, k + 1))
            role = BOUGHT if is_grasped else _ROLES.get(word)
            if found is None and role is not None and (role != FLOATED or _floats(sentence)):
                found = self._behind_verb(sentence, k, role, held)
            elif found is None and word in _FINAL:
                found = self._before_verb(sentence, k, _FINAL[word], held)
            elif _is_paid_for(sentence, k):
                found = self._name(sentence, k + 1, BOUGHT, held)
            if found is not None:
                yield found

    def is_name(self, name: str) -> bool:
        """Whether a word never bears an article in the text, as names do not."""
        return " " in name or not self._led[name]

    # ---- where a name stands ------------------------------------------------------------------------------------

    def _behind_noun(self, sentence: Sentence, k: int, role: str, held: set[int]) -> Told | None:
        """`Übernahme von X`, `purchase of X`, `Kaufpreis für X`, `stake in X`, `das Gemeinschaftsunternehmen X`."""
        behind = sentence.words(k + 1, k + 2)
        if role == JOINT or sentence.tokens.lower[k] in _APPOSED:
            return self._name(sentence, k + 1, role, held, is_led=True)
        if behind and behind[0] in _OF and (role != HELD or behind[0] in _IN or _is_round(sentence, k)):
            found = self._name(sentence, k + 2, role, held)
            is_genitive = behind[0] in ("der", "des") and found is not None and found.last - found.first == 1
            return None if is_genitive else found
        return None

    def _behind_verb(self, sentence: Sentence, k: int, role: str, held: set[int]) -> Told | None:
        """The object behind a verb: `übernimmt Y für 640 Millionen die Laborgruppe X`, `buys a 75% stake in X`."""
        tokens, at, is_led, is_part = sentence.tokens, k + 1, False, False
        is_holder = role == HELD and self._is_english
        at += (tokens.lower[k], tokens.lower[at]) in _GRASPS
        end = min(k + _REACH, sentence.last)
        figures = {f.first: f.last for f in sentence.figures_near(k)}
        for n in sentence.names_near(k):
            figures.setdefault(n.first, n.last if n.of(NameKind.COMPANY) and n.first in held else n.first)
        while at < end:
            word = tokens.lower[at]
            if figures.get(at, at) > at:
                at, is_part = figures[at], True
                continue
            if tokens.kind[at] != WORD and tokens.text[at] not in "%$£€-":
                return None
            if word == "in" and not self._is_english and _is_capital(sentence, at + 1, held):  # `schluckt in Polen`
                at += 2
                continue
            is_open = is_part or word in _WHOLES or tokens.lower[k + 1] in ("sich", "stake") or role == HELD
            if word in _STOPS and not (is_open and word in _OF) and not (word in ("für", "for") and at + 1 in figures):
                return None
            is_part = is_part or word in _WHOLES
            if (behind := behind_compound(sentence, at)) > at:
                at, is_led = behind, True
                continue
            if _is_capital(sentence, at, held):
                if self._is_lead(sentence, at):
                    is_led = is_led or is_kin(sentence, at)
                    at += 1
                    continue
                if word in _FINAL or (is_holder and not is_part):
                    return None
                return self._name(sentence, at, role, held, is_led=is_led)
            if tokens.kind[at] == WORD and tokens.text[at][:1].isupper():
                return None
            at += 1
        return None

    def _before_verb(self, sentence: Sentence, k: int, role: str, held: set[int]) -> Told | None:
        """The object of a German verb that ends its clause: `hat die Firma X erworben`, `will X übernehmen`."""
        if self._is_english:
            return None
        tokens = sentence.tokens
        for at in range(k - 1, max(sentence.first, k - 2 * _REACH), -1):
            if tokens.text[at] in ",;:" or (
                at in held and tokens.text[at][:1].isupper() and not _is_counted(sentence, at)
            ):
                return None
            if not _is_capital(sentence, at, held) or is_kin(sentence, at):
                continue
            first = at
            while first > sentence.first and at - first < _MOST_WORDS and _is_capital(sentence, first - 1, held):
                first -= 1
            while first < at and self._is_lead(sentence, first):
                first += 1
            lead = first - 1
            while lead > sentence.first and (self._is_lead(sentence, lead) or tokens.lower[lead] in _ARTICLES):
                lead -= 1
            is_led = any(is_kin(sentence, j) for j in range(lead, first))
            if tokens.lower[lead] in _STOPS and tokens.lower[lead] not in ("an",):
                continue
            if (found := self._told(sentence, first, at + 1, role, is_led=is_led)) is not None:
                return found
        return None

    # ---- what is a name -----------------------------------------------------------------------------------------

    def _is_lead(self, sentence: Sentence, k: int) -> bool:
        """Whether a capital but leads on to a name: the noun for its trade, where it comes from."""
        tokens = sentence.tokens
        if k + 1 >= sentence.last:
            return False
        if state_by_adjective(tokens.text[k], is_english=self._is_english) is not None:
            return True
        if self._is_english:
            return False
        is_followed = tokens.kind[k + 1] == WORD and tokens.text[k + 1][:1].isupper()
        return is_followed and (is_kin(sentence, k) or (tokens.lower[k].endswith("er") and is_kin(sentence, k + 1)))

    def _name(self, sentence: Sentence, k: int, role: str, held: set[int], *, is_led: bool = False) -> Told | None:
        """The company named from a token on, behind its article, its adjectives and the noun for its trade."""
        tokens = sentence.tokens
        held = self._without_stems(sentence, k, held)
        for at in range(k, min(k + 8, sentence.last)):
            if _is_capital(sentence, at, held) and self._is_lead(sentence, at):
                is_led = is_led or is_kin(sentence, at)
                continue
            if _is_capital(sentence, at, held):
                end = at
                while end < sentence.last and end - at < _MOST_WORDS and _is_name_part(sentence, end, held):
                    end += 1
                return self._told(sentence, at, end, role, is_led=is_led)
            is_small = tokens.kind[at] == WORD and not tokens.text[at][:1].isupper()
            if not is_small and tokens.text[at] != "-":
                return None
            if tokens.lower[at] in _STOPS and tokens.lower[at] not in ("der", "des", "dem", "den", "die", "das"):
                return None
            is_led = is_led or (self._is_english and is_kin(sentence, at))
        return None

    def _without_stems(self, sentence: Sentence, k: int, held: set[int]) -> set[int]:
        """Without a listed name with which a longer one begins: the `Borouge` of `Borouge International`."""
        longer = {
            j
            for n in sentence.names_near(k)
            if k <= n.first
            and self._main not in n.names
            and n.last < sentence.last
            and _is_capital(sentence, n.last, held)
            and _goes_on(sentence.tokens.text[n.last])
            for j in range(n.first, n.last)
        }
        return held - longer

    def _told(self, sentence: Sentence, first: int, last: int, role: str, *, is_led: bool) -> Told | None:
        """The capitals as a company, unless they are words, places, people or somebody's (`X's pump unit`)."""
        tokens = sentence.tokens
        last = without_form(tokens, first, last)
        while first < last and tokens.lower[first] in self._articles | _STOPS:
            first += 1
        if first >= last:
            return None
        is_owner = tokens.text[last - 1].endswith("'s") or tokens.text[last : last + 1] == ["'"]
        if is_owner and not tokens.text[last - 1].endswith("s"):
            return None
        words = [tokens.text[k] for k in range(first, last) if tokens.kind[k] == WORD]
        near = sentence.names_near(first)
        is_other = any(n.first <= first and last <= n.last and n.of(*_OTHERS) for n in near)
        if not words or is_other:
            return None
        if len(words) == 1 and not self._is_lone_name(sentence, first, last, is_led=is_led):
            return None
        if words[-1].lower() in _NO_NAMES or not ROLES.isdisjoint(word.lower() for word in words):
            return None
        return Told(first, last, role, joined(sentence, first, last))

    def _is_lone_name(self, sentence: Sentence, first: int, last: int, *, is_led: bool) -> bool:
        """Whether one capital is a name: no word of the trade, and never with an article."""
        tokens = sentence.tokens
        word = tokens.text[first]
        if len(word) < 3 or is_common_word(tokens.lower[first]) or is_date_word(tokens.lower[first]):
            return False
        if is_led:
            return True
        if self._led[word]:
            return False
        if self._is_english:
            follows = sentence.words(last, last + 1)
            is_ended = not follows or follows[0] in _ENDED or tokens.kind[last] != WORD
            return is_ended and (self._seen[word] > 1 or not is_ordinary(tokens.lower[first]))
        is_again = self._seen[word] > 2
        return (is_again or not word.endswith(_ENDING)) and not word.endswith(_ABSTRACT) and not is_kin(sentence, first)


def _is_counted(sentence: Sentence, k: int) -> bool:
    """Whether a token is of a figure."""
    return any(f.first <= k < f.last for f in sentence.figures_near(k))


def _is_percent(sentence: Sentence, k: int) -> bool:
    """Whether a percentage begins at a token, with its hedge."""
    return any(f.lead <= k <= f.first and f.mention.unit == "percent" for f in sentence.figures_near(k))


def _is_round(sentence: Sentence, k: int) -> bool:
    """Whether a token tells a round of finance: `Finanzierungsrunde`."""
    return sentence.tokens.lower[k].endswith(("runde", "round"))


def _is_free(sentence: Sentence, k: int) -> bool:
    """Whether a preposition is none of the noun before it: `zahlt für X`, not `Spezialist für Pumpen`."""
    tokens = sentence.tokens
    is_figure = any(f.first < k <= f.last for f in sentence.figures_near(k))
    return k == sentence.first or is_figure or not tokens.text[k - 1][:1].isupper()


def _goes_on(word: str) -> bool:
    """Whether a capital behind a listed name makes a longer one: `Borouge International`, not `Siemens Aktien`."""
    return is_kind_word(word.lower()) or is_kind_word(word) or not is_common_word(word.lower())


def _taken(sentence: Sentence, main: Name) -> set[int]:
    """Tokens of figures, and of names that a list holds and that are not but a word of a longer one."""
    out: set[int] = set()
    tokens = sentence.tokens
    for n in sentence.names:
        if n.of(NameKind.COMPANY, NameKind.INDEX) is None:
            continue
        is_loose = n.last == n.first + 1 and (n.names[0].ambiguous_in or is_common_word(tokens.lower[n.first]))
        if not is_loose or main in n.names:
            out.update(range(n.first, _behind_form(tokens, n.last)))
    out.update(k for f in sentence.figures for k in range(f.first, f.last))
    return out


def _behind_form(tokens: Tokens, k: int) -> int:
    """Behind the legal form of a name that ends before a token: `Inc` of `Twilio Inc`, `Twilio, Inc`."""
    at = k + (tokens.text[k] == ",")
    return at + 1 if is_legal(tokens, at) else k


def _is_capital(sentence: Sentence, k: int, held: set[int]) -> bool:
    """Whether a token may be of a name: a capital that is no date, and none of those held already."""
    tokens = sentence.tokens
    is_word = tokens.kind[k] == WORD and tokens.text[k][:1].isupper()
    is_joining = tokens.text[k] in ("&", "+") and k > sentence.first and k + 1 < sentence.last
    return (is_word or is_joining) and k not in held and not is_date_word(tokens.lower[k])


def _is_name_part(sentence: Sentence, k: int, held: set[int]) -> bool:
    """Whether a token goes on with a name: a capital or a legal form."""
    tokens = sentence.tokens
    return _is_capital(sentence, k, held) or (is_legal(tokens, k) and tokens.text[k][:1].isupper())


def _floats(sentence: Sentence) -> bool:
    """Whether a part is brought to the exchange or let go: `bringt X an die Börse`, `spins off X`."""
    return not _FLOATED.isdisjoint(sentence.words(sentence.first, sentence.last))


def _is_paid_for(sentence: Sentence, k: int) -> bool:
    """Whether a preposition leads in for whom a sum is paid: `zahlt 210 Millionen für X`."""
    is_for = sentence.tokens.lower[k] in ("für", "for", "on") and _is_free(sentence, k)
    return is_for and not _PAID.isdisjoint(sentence.words(k - _REACH, k + _REACH))


def _role_of(word: str) -> str | None:
    if word in _JOINTLY:
        return JOINT
    return _NOUNS.get(word) or next((role for end, role in _ENDS.items() if word.endswith(end)), None)


_FLOATED = word_set("deal_names", "floated")
_TAKES = ("take", "takes", "taking", "took", "taken")
_GRASPS = frozenset(
    (
        *(("greift", "nach"), ("griff", "nach")),
        *((word, "over") for word in _TAKES),
        *((word, "up") for word in ("picked", "picks", "picking", "snapped", "snaps", "scooped", "scoops")),
    )
)
_IN = frozenset(("an", "in", "bei"))
_APPOSED = word_set("deal_names", "apposed")
_NO_NAMES = word_set("deal_names", "no_names")
_PAID = word_set("deal_names", "paid")
_ENDED = word_set("deal_names", "ended")
TITLES = (BlockRole.TITLE, BlockRole.HEADING)
