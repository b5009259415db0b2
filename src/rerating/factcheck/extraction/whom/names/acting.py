"""Companies and indices of English prose that no list holds, found by what they do there.

English prose capitalises names only. Capitals that a verb of a price follows with its percent (`Universal Store added 5
per cent`), or that report, post, win or price something (`Service Stream won a contract`), name a company; capitals
before `Index` name an index. People, places, houses, roles, days and words of the trade are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.asides import behind_aside
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.name_words import is_common_word, is_company_noun, is_date_word
from rerating.factcheck.extraction.text.ordinary import is_ordinary, opens
from rerating.factcheck.extraction.text.people import ROLES, joined
from rerating.factcheck.extraction.whom.names.products import is_about_listed
from rerating.factcheck.extraction.whom.names.unlisted import DETERMINERS, INNER, taken_in
from rerating.language.reading.tokens import WORD, Tokens

_PROSE = (BlockRole.PARAGRAPH, BlockRole.BULLET)
_DOES = word_set("acting", "does")
_DOES_FIRST = word_set("acting", "does_first")
_JOINS = word_set("acting", "joins")
_PLACED = frozenset(("in", "at", "from", "near", "across"))
_SHARES = frozenset(("shares", "stock"))
_INDICES = frozenset(("Index", "Composite"))
_FUNDS = frozenset(("ETF", "ETFs"))
_LEADING = DETERMINERS | _JOINS | word_set("names", "share_words") | word_set("names", "shares_of")
_KIN = word_set("subjects", "kin")
_NOUNS = word_set("names", "company_nouns")
_LINKS = frozenset(("of", "in"))
_OF_MANY = frozenset(("on", "of", "in", "for", "with"))
"""`Patients on Zentara lost`, `Holders of Class A shares`."""
_OPENING = word_set("acting", "opening")
_MOST_WORDS = 5
_REACH = 4


def acting(article: Article) -> dict[str, Name]:
    """Names by their spelling, in the order of the text; an English text only, another has none."""
    if not article.is_english:
        return {}
    words = Counter(s.tokens.text[k] for s in article.sentences for k in range(s.first, s.last))
    small = {word for word in words if word[:1].islower()}
    inside = Counter(
        s.tokens.text[k]
        for s in article.sentences
        if s.role in _PROSE
        for k in range(s.first + 1, s.last)
        if not opens(s.tokens, k, s.first)
    )
    found: dict[str, Name] = {}
    is_of_one = is_about_listed(article)
    for sentence in article.sentences:
        if sentence.role not in _PROSE:
            continue
        for first, last in _ending_in_kind(sentence):
            whole = sentence.tokens.text[first:last]
            kind = NameKind.COMPANY if whole[-1] in _FUNDS else NameKind.INDEX
            found.setdefault(" ".join(whole), Name(kind, joined(sentence, first, last)))
        for first, last in runs(sentence):
            text = sentence.tokens.text
            if opens(sentence.tokens, first, sentence.first) and _is_opening(sentence, first, last, inside):
                continue
            name = [text[k] for k in range(first, last)]
            is_part = is_of_one and last - first == 1 and _is_moving(sentence, first, last)
            if is_part or _ends_route(sentence, first):
                continue
            if _names_company(sentence, first, last, small, words):
                found.setdefault(" ".join(spelt(name)), Name(NameKind.COMPANY, " ".join(name)))
    return found


def _is_moving(sentence: Sentence, first: int, last: int) -> bool:
    """Whether one word grows or falls, as a part of the listed company of a text does: `Diagnostics rose`."""
    ends = (last, behind_aside(sentence, first, last))
    return any(cue.family == "movement" and cue.first in ends for cue in sentence.cues_near(last))


def _ends_route(sentence: Sentence, first: int) -> bool:
    """`Spot rates from Shanghai to Genoa dropped`: where goods go to moves nothing itself."""
    return sentence.words(first - 1, first) == ("to",) and "from" in sentence.words(first - 5, first - 2)


def _ending_in_kind(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Capitals that end in `Index`, `Composite` or `ETF`, and are no name that a list holds as a whole."""
    tokens = sentence.tokens
    for k in range(sentence.first + 1, sentence.last):
        if tokens.text[k] not in _INDICES | _FUNDS:
            continue
        first = k
        while first > sentence.first and k - first < _MOST_WORDS + 2 and _is_part(tokens, first - 1):
            first -= 1
        while first < k and (tokens.kind[first] != WORD or tokens.lower[first] in _LEADING):
            first += 1
        listed = any(
            n.last >= k and n.of(NameKind.INDEX, NameKind.COMPANY) for n in sentence.names_near(k) if n.first <= k
        )
        if k - first >= 2 and not listed:
            yield first, k + 1


def _is_part(tokens: Tokens, k: int) -> bool:
    """Whether a capital or the sign that joins two may be part of a name."""
    if tokens.kind[k] == WORD:
        return tokens.text[k][:1].isupper()
    if tokens.text[k] == "." and tokens.text[k - 1] in ("U", "S"):
        return tokens.glued[k]
    return tokens.text[k] in ("&", "/") and tokens.glued[k] and tokens.glued[k + 1]


def _is_opening(sentence: Sentence, first: int, last: int, inside: Counter[str]) -> bool:
    """Whether what opens a sentence only has its capital from there: `Organic growth`, `Sales of Auvelity`, `In Elgin`.

    A word that bears a capital within a sentence too is a name all the same: `Target gained 3%`.
    """
    tokens, word = sentence.tokens, sentence.tokens.lower[first]
    is_of_many = word.endswith("s") and last - first > 1 and tokens.lower[first + 1] in _OF_MANY
    if is_of_many and not is_company_noun(word):
        return True
    if not is_ordinary(word):
        return False
    if last - first > 1 and tokens.lower[first + 1] in _LINKS:
        return not is_company_noun(word)
    return last - first == 1 and not inside[tokens.text[first]]


def spelt(words: list[str]) -> list[str]:
    """The words as names are looked up: the last without an s that may be a genitive's."""
    return [*words[:-1], words[-1].removesuffix("s") if len(words[-1]) > 3 else words[-1]]


def _names_company(sentence: Sentence, first: int, last: int, small: set[str], printed: Counter[str]) -> bool:
    tokens = sentence.tokens
    words = tokens.lower[first:last]
    if words[0] == "class" or words[:2] == ["board", "of"]:  # `the Class A shares`, `The Board of Directors declared`
        return False
    if all(is_common_word(word) or word in small or word in _JOINS for word in words):
        return False
    inner = {k for n in sentence.names_near(first) for k in range(n.first, n.last) if n.names[0].kind in INNER}
    if inner.issuperset(range(first, last)):
        return False
    is_one = last - first == 1
    is_placed = first > sentence.first and tokens.lower[first - 1] in _PLACED
    if is_placed or _is_made(tokens, first) or (is_one and (tokens.text[first].isupper() or len(words[0]) < 4)):
        return False
    if any(cue.family == "movement" and cue.first == last for cue in sentence.cues):
        return any(f.mention.unit == "percent" and last < f.first <= last + _REACH for f in sentence.figures_near(last))
    told = behind_aside(sentence, first, last) if first == sentence.first else last
    if (
        told > last
        and tokens.text[last + 1][:1].islower()
        and any(cue.family == "movement" and cue.first == told for cue in sentence.cues_near(told))
    ):
        return any(f.mention.unit == "percent" and told < f.first <= told + _REACH for f in sentence.figures_near(told))
    if last >= sentence.last:
        return False
    if tokens.lower[last] in _SHARES:
        return True
    if first == sentence.first and tokens.lower[last] in _DOES_FIRST:
        return True
    if (
        first == sentence.first
        and tokens.lower[last] in ("has", "have")
        and not _DOES.isdisjoint(sentence.words(last + 1, last + 3))
    ):
        return True
    return tokens.lower[last] in _DOES and (not is_one or printed[tokens.text[first]] > 1)


def _is_made(tokens: Tokens, first: int) -> bool:
    """Whether a name only tells what a company makes or owns: `The maker of the Omnipod jumped 4.9%`."""
    k = first - 1 - (tokens.lower[first - 1] in DETERMINERS)
    return k > 0 and tokens.lower[k] == "of" and is_company_noun(tokens.lower[k - 1])


def runs(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Stretches [first, last) of capitals side by side that no list holds, small words between them allowed."""
    tokens = sentence.tokens
    taken = taken_in(sentence)

    def is_free(k: int) -> bool:
        return k < sentence.last and k not in taken and tokens.kind[k] == WORD and tokens.text[k][:1].isupper()

    k = sentence.first
    while k < sentence.last:
        end = k
        while is_free(end) or (end > k and tokens.lower[end] in _JOINS and _joins(tokens.lower, end, is_free)):
            end += 1
        is_met = k - 1 in taken or end in taken
        leading = _LEADING | _OPENING if opens(tokens, k, sentence.first) else _LEADING
        while k < end and (tokens.lower[k] in leading or (leading is not _LEADING and _is_role(tokens, k, end))):
            k += 1
        is_name = 0 < end - k <= _MOST_WORDS and not is_met
        if is_name and not any(tokens.lower[j] in ROLES or is_date_word(tokens.lower[j]) for j in range(k, end)):
            yield k, end
        k = max(end, k + 1)


def _is_role(tokens: Tokens, k: int, end: int) -> bool:
    """Whether what opens a sentence says what the company behind it is: `Rival Coherent`, `Partner Merck`."""
    return k + 1 < end and (tokens.lower[k] in _KIN or tokens.lower[k] in _NOUNS)


def _joins(lower: list[str], k: int, is_free: Callable[[int], bool]) -> bool:
    """Whether one or two small words lead on to a capital: `Once Upon a Farm`, `Bank of the Ozarks`."""
    return is_free(k + 1) or (lower[k + 1] in _JOINS and is_free(k + 2))
