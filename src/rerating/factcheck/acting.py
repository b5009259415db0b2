"""Companies and indices of English prose that no list holds, found by what they do there.

English prose capitalises names only. Capitals that a verb of a price follows with its percent (`Universal Store added 5
per cent`), or that report, post, win or price something (`Service Stream won a contract`), name a company; capitals
before `Index` name an index. People, places, houses, roles, days and words of the trade are none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rerating.factcheck.article import Article, Sentence
from rerating.factcheck.layout import BlockRole
from rerating.factcheck.lexicon import word_set
from rerating.factcheck.names import Name, NameKind, is_common_word, is_date_word
from rerating.factcheck.people import ROLES, persons
from rerating.factcheck.unlisted import DETERMINERS, INNER
from rerating.language.reading.tokens import WORD

_PROSE = (BlockRole.PARAGRAPH, BlockRole.BULLET)
_DOES = word_set("acting", "does")
_JOINS = word_set("acting", "joins")
_INDEX = frozenset(("index", "composite"))
_LEADING = DETERMINERS | _JOINS | word_set("names", "share_words") | word_set("names", "shares_of")
_MOST_WORDS = 5
_REACH = 4


def acting(article: Article) -> dict[str, Name]:
    """Names by their spelling, in the order of the text; an English text only, another has none."""
    if not article.is_english:
        return {}
    small = {
        s.tokens.lower[k] for s in article.sentences for k in range(s.first, s.last) if s.tokens.text[k][:1].islower()
    }
    found: dict[str, Name] = {}
    for sentence in article.sentences:
        if sentence.role not in _PROSE:
            continue
        for first, last in runs(sentence):
            text = sentence.tokens.text
            words = [text[k] for k in range(first, last)]
            if words[-1].lower() in _INDEX and len(words) > 1:
                found.setdefault(" ".join(words), Name(NameKind.INDEX, " ".join(words)))
            elif _names_company(sentence, first, last, small):
                key = " ".join([*words[:-1], words[-1].removesuffix("s") if len(words[-1]) > 3 else words[-1]])
                found.setdefault(key, Name(NameKind.COMPANY, " ".join(words)))
    return found


def _names_company(sentence: Sentence, first: int, last: int, small: set[str]) -> bool:
    tokens = sentence.tokens
    words = tokens.lower[first:last]
    if all(is_common_word(word) or word in small or word in _JOINS for word in words):
        return False
    moves = any(cue.family == "movement" and cue.first == last for cue in sentence.cues)
    if moves:
        return any(f.mention.unit == "percent" and last < f.first <= last + _REACH for f in sentence.figures_near(last))
    return last - first > 1 and last < sentence.last and tokens.lower[last] in _DOES


def runs(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Stretches [first, last) of capitals side by side that no list holds, small words between them allowed."""
    tokens = sentence.tokens
    taken = {k for n in sentence.names if n.names[0].kind not in INNER for k in range(n.first, n.last)}
    taken |= {k for first, last in persons(sentence) for k in range(first, last)}

    def is_free(k: int) -> bool:
        return k < sentence.last and k not in taken and tokens.kind[k] == WORD and tokens.text[k][0].isupper()

    k = sentence.first
    while k < sentence.last:
        end = k
        while is_free(end) or (end > k and tokens.lower[end] in _JOINS and _joins(tokens.lower, end, is_free)):
            end += 1
        is_met = k - 1 in taken or end in taken
        while k < end and tokens.lower[k] in _LEADING:
            k += 1
        is_name = 0 < end - k <= _MOST_WORDS and not is_met
        if is_name and not any(tokens.lower[j] in ROLES or is_date_word(tokens.lower[j]) for j in range(k, end)):
            yield k, end
        k = max(end, k + 1)


def _joins(lower: list[str], k: int, is_free: Callable[[int], bool]) -> bool:
    """Whether one or two small words lead on to a capital: `Once Upon a Farm`, `Bank of the Ozarks`."""
    return is_free(k + 1) or (lower[k + 1] in _JOINS and is_free(k + 2))
