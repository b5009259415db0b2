"""What is said or asked without a figure: quotations of mood and outlook, and the questions that a text puts."""

from __future__ import annotations

from rerating.factcheck.claim import Subject
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.questions import asking_part
from rerating.factcheck.extraction.voices.speech import Voice, house_in, quotations
from rerating.factcheck.extraction.whom.economy.groups_in_words import asks_prices, opening_group
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.language.reading.tokens import WORD


def quoted(known: Subjects, sentence: Sentence, speaker: Voice, found: list[Draft], *, rated: bool) -> list[Draft]:
    """A quotation that holds no other claim is what somebody thinks of outlook or mood."""
    drafts = []
    for first, last in quotations(sentence):
        if any(d.first < last and first < d.last for d in found):
            continue
        if sum(1 for k in range(first, last) if sentence.tokens.kind[k] == WORD) < 4 and not _MOOD & set(
            sentence.words(first, last)
        ):
            continue
        if not speaker.is_attributed:
            continue
        words = set(sentence.words(first, last))
        is_mood = not words.isdisjoint(_MOOD)
        kind = metric = "sentiment" if is_mood else "outlook"
        if not words.isdisjoint(_VALUED):
            kind, metric = "rerating", "valuation"
        elif not is_mood and ((rated and house_in(sentence, first) is not None) or _is_of_analyst(sentence)):
            kind, metric = "attributed_reason", "reason"
        elif speaker.is_company and not words.isdisjoint(("will", "expect")) and not words & _MAYBE:
            kind, metric = "guidance", "outlook"
        draft = Draft(
            sentence=sentence,
            first=first,
            last=last,
            span=sentence.text.span(first, last),
            kind=kind,
            metric=metric,
            subject=as_subject(known.of(sentence, None, first=first)),
            voice=speaker,
            source=speaker.source,
        )
        drafts.append(draft)
    return drafts


_MAYBE = frozenset(("if", "not", "could", "may", "might"))


def _is_of_analyst(sentence: Sentence) -> bool:
    """`"Wayfair keeps taking share," analyst Peter Keith writes`."""
    words = sentence.words(sentence.first, sentence.last)
    return not {"analyst", "analystin"}.isdisjoint(words) and "analysts" not in words


_MOOD = word_set("extraction", "mood")
_VALUED = word_set("extraction", "valued")


def asked(known: Subjects, sentence: Sentence, speaker: Voice, found: list[Draft], good: Subject | None) -> list[Draft]:
    """A question that holds no claim of its own is a claim of kind question; `good` is what was priced before."""
    if not sentence.is_question:
        return []
    first = asking_part(sentence)
    if any(d.first >= first and not _is_of_question(sentence, d) for d in found):
        return []
    if len(sentence.words(first, sentence.last)) <= 2:
        return []
    for draft in [d for d in found if d.first >= first]:
        found.remove(draft)
    branch = opening_group(known, sentence, first, "question")
    subject = Subject(name=branch.name) if branch is not None else as_subject(known.asked(sentence, first))
    if branch is None and good is not None and asks_prices(sentence, first):
        subject = good
    return [
        Draft(
            sentence=sentence,
            first=first,
            last=sentence.last,
            span=sentence.text.span(first, sentence.last),
            kind="question",
            metric="verdict",
            subject=subject,
            voice=speaker,
            status="question",
        )
    ]


def _is_of_question(sentence: Sentence, draft: Draft) -> bool:
    """Whether a claim in a question only is what is asked: a mood, an outlook, `still a buy?` that no house says."""
    is_advice = draft.kind == "rating" and not draft.values and not sentence.houses
    return is_advice or draft.kind in ("sentiment", "outlook")
