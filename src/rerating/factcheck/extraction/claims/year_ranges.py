"""The two ends of a year's range: `52-week range: $12.08 - $18.95` tells of a low and of a high."""

from __future__ import annotations

from rerating.factcheck.claim import ClaimValue
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Article, Figure, Sentence
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.language.reading.tokens import FIGURE

_RANGES = frozenset(("range", "spanne", "bandbreite", "handelsspanne", "kursspanne"))
_ENDS = (("low", "low_52w"), ("high", "high_52w"))


def year_ranges(article: Article, known: Subjects) -> list[Draft]:
    """Low and high of each range of 52 weeks that a line or a row of a table names."""
    out: list[Draft] = []
    label: Sentence | None = None
    for sentence in article.sentences:
        if sentence.cell is not None and sentence.cell > 0:
            is_named = label is not None and label.row == sentence.row and _names_range(label)
        else:
            label, is_named = sentence, _names_range(sentence)
        if not is_named:
            continue
        figure = next((f for f in sentence.figures if [v.role for v in f.mention.values] == ["low", "high"]), None)
        if figure is not None and figure.mention.unit in ("money", "count"):
            out += _ends(known, sentence, figure)
    return out


def _names_range(sentence: Sentence) -> bool:
    """`52-week range`, `52-Wochen-Spanne`: short lines only, whose one figure it is."""
    words = sentence.words(sentence.first, min(sentence.last, sentence.first + 8))
    at = next((k for k, word in enumerate(words) if word in ("week", "wochen", "wk")), None)
    return at is not None and words[max(at - 2, 0)] in ("52", "fifty") and not _RANGES.isdisjoint(words[at:])


def _ends(known: Subjects, sentence: Sentence, figure: Figure) -> list[Draft]:
    digits = [k for k in range(figure.first, figure.last) if sentence.tokens.kind[k] == FIGURE]
    if len(digits) < 2:
        return []
    asset = known.of(sentence, None, first=figure.first) or known.main
    out = []
    for (role, metric), at in zip(_ENDS, (digits[0], digits[-1]), strict=True):
        value = next(v for v in figure.mention.values if v.role == role)
        first = at - 1 if at > figure.first and sentence.tokens.glued[at] else at
        unit = "money" if figure.mention.unit == "money" else "count"
        currency = figure.mention.currency if unit == "money" else None
        draft = Draft(
            sentence=sentence,
            first=first,
            last=at + 1,
            span=sentence.text.span(first, at + 1),
            kind="high_low_level",
            metric=metric,
            values=(ClaimValue(value=value.value, unit=unit, currency=currency, step=value.step),),
            comparator="exact",
            subject=as_subject(asset),
        )
        out.append(draft)
    return out


def without_ranges(drafts: list[Draft], ranges: list[Draft]) -> list[Draft]:
    """The drafts but for those that tell of a range as one figure."""
    taken = {(id(draft.sentence), k) for draft in ranges for k in range(draft.first, draft.last)}
    return [d for d in drafts if all((id(d.sentence), k) not in taken for k in range(d.first, d.last))]
