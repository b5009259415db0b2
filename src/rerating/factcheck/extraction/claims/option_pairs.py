"""Calls to puts told by so many for so many: `Auf zwei Puts kommen neun Calls`, `14 calls for every 10 puts`."""

from __future__ import annotations

import re

from rerating.factcheck.claim import ClaimValue
from rerating.factcheck.extraction.claims.phrasings import on_one_line, tokens_of
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.voices.speech import Voice
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.language.reading.numerals import Tongue, figure, number_words

_SIDE = r"(?:call|put|kauf(?:-?option)|verkaufs(?:-?option))"
_NUMBER = r"[\d.,']+|[^\W\d_]+"
_WAYS = (
    re.compile(
        rf"\bauf (?:je |jeweils )?(?P<n>{_NUMBER}) (?P<a>{_SIDE})\w*\b[^.;!?]{{0,60}}?\b(?:k[oa]m\w*|entf\w+)\b"
        rf"[^.;!?]{{0,50}}?\b(?P<m>{_NUMBER}) (?P<b>{_SIDE})",
    ),
    re.compile(
        rf"\bfor (?:every|each) (?:(?P<n>{_NUMBER}) )?(?P<a>{_SIDE})[^.;!?]{{0,40}}?\b(?P<m>{_NUMBER}) (?P<b>{_SIDE})",
    ),
    re.compile(
        rf"\b(?P<m>{_NUMBER}) (?P<b>{_SIDE})s? (?:[^\W\d_]+ ){{0,3}}?(?:for|per) (?:every |each )?"
        rf"(?:(?P<n>{_NUMBER}) )?(?P<a>{_SIDE})",
    ),
)


def option_pairs(known: Subjects, sentence: Sentence, speaker: Voice, found: list[Draft]) -> list[Draft]:
    """Ratios of calls to puts that a sentence tells by two counts; `found` loses what it took the counts for."""
    text = on_one_line(sentence).lower()
    if "call" not in text and "put" not in text and "option" not in text:
        return []
    for way in _WAYS:
        match = way.search(text)
        if match is None or _side(match["a"]) == _side(match["b"]):
            continue
        at, _ = tokens_of(sentence, match, "m")
        counted = next((f for f in sentence.figures_near(at) if f.first <= at < f.last and f.mention.values), None)
        base = _count(match["n"], sentence)
        if counted is None or not base:
            continue
        first, last = tokens_of(sentence, match)
        if any(d.kind == "options_ratio" and first <= d.first < last for d in found):
            return []
        found[:] = [d for d in found if not (d.bound is not None and first <= d.first < last)]
        draft = _draft(known, sentence, counted, (first, last), (match["b"], base))
        draft.voice = speaker
        return [draft]
    return []


def _draft(known: Subjects, sentence: Sentence, counted: Figure, at: tuple[int, int], told: tuple[str, float]) -> Draft:
    side, base = told
    value = counted.mention.values[0]
    return Draft(
        sentence=sentence,
        first=at[0],
        last=at[1],
        span=sentence.text.span(*at),
        kind="options_ratio",
        metric="call_put_ratio" if _side(side) == "call" else "put_call_ratio",
        values=(ClaimValue(value=float(f"{abs(value.value) / base:.12g}"), unit="ratio", step=value.step / base),),
        comparator=counted.mention.comparator.value if counted.mention.comparator.value != "none" else "exact",
        subject=as_subject(known.of(sentence, counted)),
    )


def _side(word: str) -> str:
    return "call" if word.startswith(("call", "kauf")) else "put"


def _count(word: str | None, sentence: Sentence) -> float | None:
    """How many stand against the others: one where an article or `each` says it."""
    if word is None or word.startswith(("jede", "ein", "each", "one")):
        return 1.0
    tongue: Tongue = "en" if sentence.text.is_english else "de"
    spelt = number_words((word,), tongue)
    read = figure(word, tongue) if word[0].isdigit() else spelt[1] if spelt else None
    return float(read.value) if read is not None else None
