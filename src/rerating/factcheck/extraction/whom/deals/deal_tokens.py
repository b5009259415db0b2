"""Which tokens around the words of a deal may name a company of no list."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.text.name_words import is_common_word, is_date_word, is_kind_word, is_legal
from rerating.language.reading.tokens import WORD, Tokens


def is_counted(sentence: Sentence, k: int) -> bool:
    """Whether a token is of a figure."""
    return any(f.first <= k < f.last for f in sentence.figures_near(k))


def is_percent(sentence: Sentence, k: int) -> bool:
    """Whether a percentage begins at a token, with its hedge."""
    return any(f.lead <= k <= f.first and f.mention.unit == "percent" for f in sentence.figures_near(k))


def is_round(sentence: Sentence, k: int) -> bool:
    """Whether a token tells a round of finance: `Finanzierungsrunde`."""
    return sentence.tokens.lower[k].endswith(("runde", "round"))


def is_free(sentence: Sentence, k: int) -> bool:
    """Whether a preposition is none of the noun before it: `zahlt für X`, not `Spezialist für Pumpen`."""
    tokens = sentence.tokens
    is_figure = any(f.first < k <= f.last for f in sentence.figures_near(k))
    return k == sentence.first or is_figure or not tokens.text[k - 1][:1].isupper()


def goes_on(word: str) -> bool:
    """Whether a capital behind a listed name makes a longer one: `Borouge International`, not `Siemens Aktien`."""
    return is_kind_word(word.lower()) or is_kind_word(word) or not is_common_word(word.lower())


def taken(sentence: Sentence, main: Name) -> set[int]:
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


def is_capital(sentence: Sentence, k: int, held: set[int]) -> bool:
    """Whether a token may be of a name: a capital that is no date, and none of those held already."""
    tokens = sentence.tokens
    is_word = tokens.kind[k] == WORD and tokens.text[k][:1].isupper()
    is_title = tokens.text[k] == "." and tokens.lower[k - 1] in ("dr", "st")
    is_joining = tokens.text[k] in ("&", "+") and k > sentence.first and k + 1 < sentence.last
    return (is_word or is_title or is_joining) and k not in held and not is_date_word(tokens.lower[k])


def is_name_part(sentence: Sentence, k: int, held: set[int]) -> bool:
    """Whether a token goes on with a name: a capital or a legal form."""
    tokens = sentence.tokens
    return is_capital(sentence, k, held) or (is_legal(tokens, k) and tokens.text[k][:1].isupper())
