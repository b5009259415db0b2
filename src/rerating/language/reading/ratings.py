"""Rating words in running text. Most are everyday words: those count only in quotes, in capitals or beside a cue."""

from __future__ import annotations

from functools import lru_cache

from rerating.language.rating_words import rating_words
from rerating.language.reading.mentions import MentionKind as K
from rerating.language.reading.phrases import Phrases
from rerating.language.reading.source import Draft, Source
from rerating.language.reading.word_lists import listed

_PLAIN_WORDS = frozenset(
    listed(
        "buy hold sell add reduce positive negative neutral average perform performer attractive "
        "increase trim lighten kaufen kauf halten verkaufen verkauf reduzieren abbauen positiv negativ "
        "beobachten durchschnittlich verringern überdurchschnittlich unterdurchschnittlich zukaufen "
        "hinzufügen aufstocken accumulate akkumulieren haltenswert inline"
    )
) | {"in line", "fair value", "below average", "fairly valued"}
"""Words (folded) that are ratings only in their place."""

_CUES = frozenset(
    listed(
        "sektorurteil branchenurteil sektorvotum "
        "rating ratings rated rates einstufung votum empfehlung urteil verdict call einstufen eingestuft "
        "stuft stufte hochgestuft abgestuft herabgestuft heraufgestuft bekräftigt bekräftigte belässt "
        "beließ bestätigt bestätigte reiterated reiterates maintained maintains upgraded upgrades "
        "upgrade downgraded downgrades downgrade initiated initiates recommendation recommends empfiehlt "
        "konsens consensus konsensrating votiert lautet kaufempfehlung analystenurteil note gesamturteil "
        "leaning tendenz repeats repeated keeps kept resumed assigned cut cuts raised raises moved moves sticks "
        "lowered lowers lifted lifts bumped stays stayed target targets ziel kursziel zielkurs objective rat "
        "senkte senkt hebt hob nimmt nahm setzt setzte trimmed coverage stick fazit stance verdikt schlussfolgerung "
        "resumes starts started begins began reinstated reinstates conclusion opinion anlageurteil retains retained "
        "dropped drops goes went remains left leaves rate took shifted shifts switched switches pushed knocked "
        "slashed boosted advises advised bleibt rückt rückte geht ging wechselt wechselte stuck gives gave rank ranks"
    )
)
_LEADS = frozenset(
    (
        "auf",
        "von",
        "to",
        "from",
        "mit",
        "bei",
        "a",
        "an",
        "at",
        "as",
        "its",
        "their",
        "his",
        "her",
        "our",
        "of",
        "with",
        "zu",
        "nach",
        ":",
        "=",
        "zuvor",
        "bisher",
        "bislang",
        "vorher",
        "statt",
        "previously",
        "is",
        "remains",
        "(",
    )
)
_REACH = 6
_QUOTES = frozenset("\"'„“”»«‚")


@lru_cache(maxsize=1)
def _table() -> Phrases[tuple[str, str]]:
    def spelt(key: str) -> list[str]:
        return list(dict.fromkeys((key, key.replace(" ", "-"))))

    return Phrases(
        (spelling, (key, word.code.value)) for key, word in rating_words().items() for spelling in spelt(key)
    )


def rating_word(source: Source, k: int) -> Draft | None:
    """The rating word at token k, where its place says that it is one."""
    found = _table().at(source.tokens, k)
    if found is None:
        return None
    length, (key, code) = found
    last = k + length
    if source.low(last) in ("etf", "etfs", "index", "fund", "portfolio"):
        return None
    if source.low(last) == "-" and source.is_glued(last) and source.low(last + 1) not in _CUES and length == 1:
        return None  # Kauf-Signal, buy-side
    if key in _PLAIN_WORDS and not _is_marked(source, k, last):
        return None
    return Draft(first=k, last=last, kind=K.RATING, rating=code)


def _is_marked(source: Source, first: int, last: int) -> bool:
    tokens = source.tokens
    closing = last + 1 if source.low(last) in (",", ".") else last
    if source.low(first - 1) in _QUOTES and source.low(closing) in _QUOTES:
        return True
    if all(tokens.text[k].isupper() for k in range(first, last) if source.is_word(k)) and len(tokens.text[first]) > 2:
        return True
    if not source.is_capital(first):
        return False
    near = tokens.words(first - _REACH, last + _REACH)
    before = source.low(first - 1)
    is_led = before in _LEADS or before in _CUES or source.low(last) in ("rating", "-") or source.low(last) in _CUES
    return is_led and not _CUES.isdisjoint(near)


@lru_cache(maxsize=1)
def first_words() -> frozenset[str]:
    """The words at which a rating can begin."""
    return _table().anchors()
