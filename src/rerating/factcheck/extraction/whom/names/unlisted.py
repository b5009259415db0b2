"""Companies that no list holds and no mark gives away: words of the title that come back as a proper name does.

A proper name stands without an article; a place stands behind `in`, a person behind a role or a first name. What is
left of a title's capitals, comes back and is no word of the trade is what the text is about.
"""

from __future__ import annotations

from collections import Counter

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import Named, NameKind, is_name
from rerating.factcheck.extraction.text.german_nouns import is_german_noun
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.name_words import is_common_word, is_date_word, is_rating, without_form
from rerating.factcheck.extraction.text.people import ROLES, persons
from rerating.factcheck.extraction.whom.phrases.headlines import is_title_cased, small_words
from rerating.language.reading.tokens import WORD

DETERMINERS = word_set("unlisted", "determiners")
_PLACES = word_set("unlisted", "places")
_DOES = word_set("unlisted", "does")
_OF = word_set("unlisted", "of")


def recurring(article: Article) -> str | None:
    """The word of the title that comes back most, as a name does; with the one that mostly follows it, if one does."""
    titles = heads(article)
    words = {word for sentence in titles for k in _candidates(sentence) if (word := _bare(sentence, k))}
    if words and all(is_title_cased(sentence) for sentence in titles):
        small = small_words(article)
        words = {word for word in words if word.lower() not in small}
    if not words:
        return None
    seen: Counter[str] = Counter()
    printed: Counter[tuple[str, str]] = Counter()
    following: Counter[tuple[str, str]] = Counter()
    against: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    acting: Counter[str] = Counter()
    early: set[str] = set()
    behind_title = max(sentence.number for sentence in titles) + 1
    for sentence in article.sentences:
        people = persons(sentence)
        tokens = sentence.tokens
        for k in range(sentence.first, sentence.last):
            if tokens.kind[k] != WORD or (word := _bare(sentence, k)) not in words:
                continue
            if any(first <= k < last for first, last in people):
                against[word] += 2
                continue
            before = tokens.lower[k - 1] if k > sentence.first else ""
            after = tokens.lower[k + 1] if k + 1 < sentence.last else ""
            seen[word] += 1
            if 0 <= sentence.number - behind_title < 3:
                early.add(word)
            printed[word, tokens.text[k]] += 1
            if after and tokens.text[k + 1][:1].isupper() and tokens.kind[k + 1] == WORD:
                following[word, tokens.text[k + 1]] += 1
                after = tokens.lower[k + 2] if k + 2 < sentence.last else ""
            against[word] += before in DETERMINERS or _is_beside_capital(sentence, k)
            placed[word] += before in _PLACES
            owns = tokens.text[k].endswith("'s") or after == "'"
            acting[word] += owns or before in _OF or _acts(after, article.is_english)
    found = [
        word
        for word, count in seen.most_common()
        if count >= (2 if word in early else 3)
        and acting[word] >= 1
        and 4 * against[word] <= count
        and 2 * placed[word] <= count
    ]
    if not found:
        return None
    word = found[0]
    _, name = max((key for key in printed if key[0] == word), key=lambda key: (printed[key], key[1]))
    often = 2 if article.is_english else 1.25
    second = next((other for (first, other), n in following.items() if first == word and often * n > seen[word]), None)
    return f"{name} {second}" if second is not None else name


def _acts(after: str, is_english: bool) -> bool:
    """Whether a finite verb seems to follow a name: one of the trade's, or a small word with its endings."""
    endings = ("s", "ed") if is_english else ("t", "te")
    return after in _DOES or (len(after) > 3 and after.isalpha() and after.endswith(endings))


_ARTICLES = frozenset(("the", "a", "an"))
"""Within a sentence too they bear a capital in a title or behind a dateline only: `-- The Toro Company`."""
_SHARES_OF = word_set("names", "shares_of")
_SAID = frozenset(("i", "we", "you", "should", "could", "would", "will", "can"))
"""Words of a question in capitals: `Should I`."""
_MOST_WORDS = 4
INNER = frozenset((NameKind.REGION, NameKind.COMMODITY, NameKind.CURRENCY))
"""Kinds of names that may be a word of a company's: `Copper Ridge`, `China Gold`."""


def spelled_out(article: Article) -> str | None:
    """The capitals, two to four together, that an English text is about: in its head, and again as one who acts.

    English prose capitalises names only, so that words as common as those of `Five Lanterns` make one where they stand
    side by side. People, known names, days and roles are none.
    """
    if not article.is_english:
        return None
    titles = heads(article)
    prose = [s for s in article.sentences if s.role is BlockRole.PARAGRAPH]
    early = {run for sentence in (*titles, *prose[:2]) for run, _ in _runs(sentence)}
    head = " ".join(word for sentence in titles for word in sentence.tokens.lower[sentence.first : sentence.last])
    seen: Counter[tuple[str, ...]] = Counter()
    acting: Counter[tuple[str, ...]] = Counter()
    for sentence in prose:
        for run, is_acting in _runs(sentence):
            seen[run] += 1
            acting[run] += is_acting
    found = [
        run
        for run, count in seen.items()
        if f" {' '.join(run).lower()} " in f" {head} " or (acting[run] and count >= 2 and (run in early or count >= 3))
    ]
    if not found:
        return None
    _, _, best = max((seen[run], run in early, run) for run in found)
    return " ".join(best)


def taken_in(sentence: Sentence) -> set[int]:
    """Tokens of the names that a list holds and of people: not those that may be but a word of a longer name."""
    held = (n for n in sentence.names if n.names[0].kind not in INNER and not is_a_word_too(n))
    taken = {k for n in held for k in range(n.first, n.last)}
    return taken | {k for first, last in persons(sentence) for k in range(first, last)}


def is_a_word_too(named: Named) -> bool:
    """Whether a list holds it as one word that means something else as well: the `Northern` of `Northern Anvil`."""
    return named.last == named.first + 1 and bool(named.names[0].ambiguous_in)


def _runs(sentence: Sentence) -> list[tuple[tuple[str, ...], bool]]:
    """Capitals side by side in a sentence that may name a company, and whether they seem to act or to own."""
    tokens, found = sentence.tokens, []
    taken = taken_in(sentence)
    k = sentence.first
    while k < sentence.last:
        end = k
        while end < sentence.last and end not in taken and _is_capital(sentence, end):
            if end > k and is_rating(tokens, end):
                break
            end += 1
        is_led = tokens.lower[k] in (DETERMINERS | _PLACES | _OF if k == sentence.first else _ARTICLES)
        first = k + 1 if is_led else k
        shown, end = end, without_form(tokens, first, end)
        is_cut = tokens.text[first - 1] == "-" and tokens.glued[first]
        if (
            2 <= end - first <= _MOST_WORDS
            and not is_cut
            and not any(is_date_word(tokens.lower[j]) for j in range(first, end))
        ):
            words = tuple(tokens.text[first:end])
            after = tokens.lower[end] if end < sentence.last else ""
            owns = words[-1].endswith("'s") or after == "'"
            before = tokens.lower[first - 1] if first > sentence.first else ""
            run = (*words[:-1], words[-1].removesuffix("'s"))
            is_said = not _SAID.isdisjoint(tokens.lower[first:end])
            if is_said or (before in _PLACES and tokens.lower[first - 2] not in _SHARES_OF):
                k = max(shown, k + 1)
                continue
            found.append((run, owns or before in _OF or _acts(after, is_english=True)))
        k = max(shown, k + 1)
    return found


def _is_capital(sentence: Sentence, k: int) -> bool:
    """A capitalised word of letters that is no role."""
    tokens = sentence.tokens
    return tokens.kind[k] == WORD and tokens.text[k][:1].isupper() and tokens.lower[k] not in ROLES


def heads(article: Article) -> list[Sentence]:
    """The title's sentences; of a text without one the heading that it begins with."""
    titles = [s for s in article.sentences[:6] if s.role is BlockRole.TITLE][:3]
    return titles or [s for s in article.sentences[:2] if s.role is BlockRole.HEADING]


def _candidates(sentence: Sentence) -> list[int]:
    tokens = sentence.tokens
    named = {k for n in sentence.names for k in range(n.first, n.last)}
    return [
        k
        for k in range(sentence.first, sentence.last)
        if k not in named
        and tokens.kind[k] == WORD
        and tokens.text[k][:1].isupper()
        and len(tokens.text[k]) >= 4
        and not is_name(_bare(sentence, k))
        and not is_common_word(_bare(sentence, k).lower())
        and not is_common_word(tokens.lower[k])
        and (sentence.text.is_english or not is_german_noun(tokens.lower[k]))
        and not (k + 1 < sentence.last and tokens.text[k + 1] in _SORTS)
    ]


_SORTS = word_set("groups", "many") - {"shares"}
"""`Cruise stocks fell`: what sort of many is told of, no name."""


def _bare(sentence: Sentence, k: int) -> str:
    """A word without a genitive s, in the spelling of its first letters."""
    return sentence.tokens.text[k].removesuffix("s")


def _is_beside_capital(sentence: Sentence, k: int) -> bool:
    """Whether a first name may stand before it: a capital within the sentence (in English texts)."""
    tokens = sentence.tokens
    if not sentence.text.is_english or k - 1 <= sentence.first or sentence.role is BlockRole.TITLE:
        return False
    before = tokens.text[k - 1]
    return tokens.kind[k - 1] == WORD and before[0].isupper() and tokens.text[k - 2] not in ".!?:"
