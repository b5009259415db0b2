"""A language model may put the sentences of a paragraph in another order and join them; it may say nothing new.

Its text is taken apart again: every figure, name and word of direction has to stand in it as the template writes it,
and becomes a slot with its fact once more, so that sources, marks and the gate work as before. Every other word has to
be one of the paragraph's own or a plain connective, with as many negations as before. At the first mismatch the
paragraph stays as the templates say it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence

from rerating.core.errors import IntegrityError
from rerating.core.record import Record
from rerating.statements.blocks import AnyBlock, Paragraph
from rerating.statements.facts import Slot, Voice
from rerating.statements.gate import verify
from rerating.statements.plan import Plan
from rerating.statements.statement import Span, Statement, Template, pieces, said, spans

Ask = Callable[[str], str]
"""Sends a prompt to a language model and answers with its text."""

CONNECTIVES: dict[str, frozenset[str]] = {
    "de": frozenset(
        (
            *("und", "sowie", "dabei", "zugleich", "auch", "dann", "danach", "davor", "zuvor", "zudem", "dazu", "so"),
            *("damit", "dort", "hier", "es", "er", "sie", "das", "der", "die", "den", "dem", "des", "ein", "eine"),
            *("einen", "einem", "einer", "zu", "zum", "zur", "im", "in", "am", "an", "auf", "bei", "beim", "von"),
            *("vom", "mit", "nach", "aus", "als", "wie", "ist", "sind", "war", "waren", "wird", "wurde"),
        )
    ),
    "en": frozenset(
        (
            *(
                "and",
                "also",
                "then",
                "after",
                "before",
                "there",
                "here",
                "so",
                "it",
                "they",
                "this",
                "that",
                "the",
                "a",
            ),
            *("an", "to", "in", "on", "at", "of", "by", "from", "with", "as", "is", "are", "was", "were", "which"),
            *("while", "once", "too"),
        )
    ),
}
NEGATIONS = re.compile(r"\b(?:nicht|nie|niemals|ohne|kein\w*|not|no|never|none|without|nor)\b|n['’]t\b", re.IGNORECASE)

PROMPT = (
    "You polish a paragraph of a financial report in {language}. You may change the order of the sentences and join "
    "neighbours with a plain connective. Keep every figure, date, name, quotation and word of direction exactly as it "
    "is written, keep every negation, and add no word that claims, judges or explains. Answer with JSON only: a list "
    'of objects {{"from": [numbers of the sentences that it says, in their order], "text": "..."}}; every sentence is '
    "used exactly once.\n\n{sentences}"
)


class Smoothed(Record):
    """The plan, and how many paragraphs the model's words were taken for and how many stayed as they were."""

    plan: Plan
    taken: int
    kept: int


def smoothed(plan: Plan, voice: Voice, ask: Ask) -> Smoothed:
    """The plan with the paragraphs that a language model put more smoothly and that still say what they said."""
    counts: Counter[bool] = Counter()

    def paragraph(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
        if len(statements) < 2:
            return statements
        found = _smooth(statements, voice, ask)
        counts[found is not None] += 1
        return statements if found is None else found

    def block(found: AnyBlock) -> AnyBlock:
        if not isinstance(found, Paragraph):
            return found
        return found.model_copy(update={"statements": paragraph(found.statements)})

    changed = {
        "lead": paragraph(plan.lead),
        "sections": tuple(
            section.model_copy(update={"blocks": tuple(block(each) for each in section.blocks)})
            for section in plan.sections
        ),
    }
    return Smoothed(plan=plan.model_copy(update=changed), taken=counts[True], kept=counts[False])


def prompt(statements: Sequence[Statement], voice: Voice) -> str:
    """What the model is asked."""
    numbered = "\n".join(f"{n}. {said(statement, voice)}" for n, statement in enumerate(statements, start=1))
    return PROMPT.format(language={"de": "German", "en": "English"}[voice.language], sentences=numbered)


def _smooth(statements: tuple[Statement, ...], voice: Voice, ask: Ask) -> tuple[Statement, ...] | None:
    answered = _parsed(ask(prompt(statements, voice)))
    if answered is None or sorted(n for used, _ in answered for n in used) != list(range(1, len(statements) + 1)):
        return None
    found = []
    for used, text in answered:
        one = _rebuilt([statements[n - 1] for n in used], text, voice)
        if one is None:
            return None
        found.append(one)
    return tuple(found)


def _parsed(text: str) -> list[tuple[list[int], str]] | None:
    """The pieces of the answer; None where it is not what was asked for."""
    match = re.search(r"\[.*\]", text, re.DOTALL)
    try:
        plain = json.loads(match.group() if match else "")
    except ValueError:
        return None
    found = []
    for piece in plain:
        if not isinstance(piece, dict) or set(piece) != {"from", "text"} or not isinstance(piece["text"], str):
            return None
        if not isinstance(piece["from"], list) or not all(type(n) is int for n in piece["from"]) or not piece["from"]:
            return None
        found.append((piece["from"], piece["text"].strip()))
    return found or None


def _rebuilt(parts: Sequence[Statement], text: str, voice: Voice) -> Statement | None:
    """The text as a statement whose slots are the facts of the parts; None where it does not say just these."""
    if len({(part.kind, part.is_marked) for part in parts}) > 1 or re.search(r"[{}]", text):
        return None
    template, slots, rest, at = "", dict[str, Slot](), "", 0
    for n, part in enumerate(parts):
        for name, form, span in _slotted(part, voice):
            place = _find(text, span.text, at)
            if place < 0:
                return None
            key = f"s{n}_{name}" + (f"_{len(slots)}" if f"s{n}_{name}" in slots else "")
            template += text[at:place] + f"{{{key}{':' if form else ''}{form}}}"
            rest += text[at:place] + " \u241f "
            slots[key] = part.slots[name]
            at = place + len(span.text)
    template, rest = template + text[at:], rest + text[at:]
    if not _own_words(rest, parts, voice):
        return None
    made = Statement(kind=parts[0].kind, template=Template(de=template, en=template), slots=slots)
    made = made.model_copy(update={"is_marked": parts[0].is_marked})
    try:
        verify([said(made, voice)], [span.due for span in spans(made, voice) if span.due is not None], voice)
    except IntegrityError:
        return None
    return made


def _slotted(part: Statement, voice: Voice) -> list[tuple[str, str, Span]]:
    """The slots in their order, each with its form and the span that says it."""
    template = part.template.de if voice.language == "de" else part.template.en
    written = iter(spans(part.model_copy(update={"is_marked": False}), voice))
    found = []
    for literal, name, form in pieces(template):
        if literal:
            next(written)
        if name:
            found.append((name, form, next(written)))
    return found


def _find(text: str, words: str, at: int) -> int:
    """Where the words stand next, a no-break space and the first letter's case aside; -1 where they do not."""
    plain = text.replace("\u00a0", " ")
    for spelling in (words, words[:1].lower() + words[1:], words[:1].upper() + words[1:]):
        place = plain.find(spelling.replace("\u00a0", " "), at)
        if place >= 0:
            return place
    return -1


def _own_words(rest: str, parts: Sequence[Statement], voice: Voice) -> bool:
    """Whether the words around the facts are the templates' own or connectives, with as many negations."""
    own = " ".join(
        literal
        for part in parts
        for literal, _, _ in pieces(part.template.de if voice.language == "de" else part.template.en)
    )
    if len(NEGATIONS.findall(rest)) != len(NEGATIONS.findall(own)) or re.search(r"\d", rest):
        return False
    had, has = (Counter(word.casefold() for word in re.findall(r"[^\W\d_]+", text)) for text in (own, rest))
    return all(word in CONNECTIVES[voice.language] or count <= had[word] for word, count in has.items())
