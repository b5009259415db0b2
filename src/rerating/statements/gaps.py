"""What is not known, in both languages.

A finding's gap is one English sentence with figures in it. `gap_sentences` knows these sentences by their pattern
and says each in both languages; `{line}`, `{day}`, `{n}` and so on stand for what changes. A gap that no pattern knows
is printed in its own English words and marked as such (tests/statements/test_gaps_known.py reads the findings' sources
and names the sentences that lack a pattern).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from rerating.core.types import Gap, Why
from rerating.statements import check_gaps, option_gaps, outlook_gaps, scenario_gaps
from rerating.statements.blocks import Item, Items, Length, Section
from rerating.statements.facts import Day, Name, Number, Slot, Term, Word
from rerating.statements.features import named
from rerating.statements.fundamentals import field_name
from rerating.statements.gap_sentences import DETAILS, QUESTIONS
from rerating.statements.statement import Kind, Statement, Template, pieces
from rerating.statements.venues import benchmark_name

TITLE = Word(de="Was nicht bekannt ist", en="What is not known")

WHY: dict[Why, Word] = {
    Why.NOT_COVERED: Word(de="nicht erfasst", en="not covered"),
    Why.NOT_YET_KNOWN: Word(de="noch nicht bekannt", en="not yet known"),
    Why.TOO_SHORT: Word(de="Historie zu kurz", en="history too short"),
    Why.CONFLICT: Word(de="Widerspruch", en="conflict"),
    Why.NOT_APPLICABLE: Word(de="nicht anwendbar", en="not applicable"),
}

#: What a placeholder stands for. Everything else is text.
_PLACEHOLDERS = {
    "line": r"\S+",
    "benchmark": r"\S+",
    "currency": r"[A-Z]{3}",
    "day": r"\d{4}-\d\d-\d\d",
    "n": r"\d+",
    "m": r"\d+",
    "field": r"[\w.]+",
    "features": r"[a-z_0-9]+(?:, [a-z_0-9]+)*",
    "text": r".+",
    "basis": r"\w+",
    "command": r"[^']+",
    "house": r".+?",
    "symbol": r"\S+",
}

UNKNOWN = Template(de="{text}", en="{text}")


def tables() -> tuple[tuple[tuple[str, Template], ...], ...]:
    """The sentences of questions and of details of all findings."""
    others = (scenario_gaps, option_gaps, outlook_gaps, check_gaps)
    questions = (*QUESTIONS, *(entry for other in others for entry in other.QUESTIONS))
    return questions, (*DETAILS, *(entry for other in others for entry in other.DETAILS))


@lru_cache(maxsize=1)
def _compiled() -> tuple[dict[re.Pattern[str], Template], ...]:
    return tuple({pattern_of(text): template for text, template in table} for table in tables())


def pattern_of(text: str) -> re.Pattern[str]:
    """The pattern of a sentence with placeholders; it has to fit as a whole."""
    found = re.escape(text)
    for name, expression in _PLACEHOLDERS.items():
        found = found.replace(rf"\{{{name}\}}", f"(?P<{name}>{expression})")
    return re.compile(found)


def knows(gap: Gap) -> tuple[bool, bool]:
    """Whether the question and the detail of a gap have a pattern."""
    return tuple(  # type: ignore[return-value]
        any(pattern.fullmatch(text) for pattern in table)
        for text, table in zip((gap.question, gap.detail), _compiled(), strict=True)
    )


def question(gap: Gap) -> Statement:
    """What is not known."""
    return _said(gap.question, _compiled()[0])


def detail(gap: Gap) -> Statement:
    """Why, and what would fill it."""
    return _said(gap.detail, _compiled()[1])


def section(gaps: Iterable[Gap], line: str = "", issuer: Name | None = None) -> Section | None:
    """A line for every reason, with all that is not known for it; the report's own line goes by its issuer's name."""
    reasons: dict[tuple[Why, str], dict[str, Gap]] = {}
    for gap in gaps:
        reasons.setdefault((gap.why, gap.detail), {}).setdefault(gap.question, gap)
    items = tuple(
        Item(
            label=_listed([question(gap) for gap in found.values()]),
            mark=WHY[why],
            statement=_said(reason, _compiled()[1]),
        )
        for (why, reason), found in reasons.items()
    )
    if issuer is not None:
        items = tuple(
            item.model_copy(
                update={name: _called(getattr(item, name), line, issuer) for name in ("label", "statement")}
            )
            for item in items
        )
    if not items:
        return None
    return Section(name="gaps", title=TITLE, blocks=(Items(since=Length.ARTICLE, name="gaps", items=items),))


def _called(statement: Statement, line: str, issuer: Name) -> Statement:
    """The statement with the issuer's name in the place of the key of its line."""
    named = {
        name: issuer if isinstance(slot, Name) and slot.en == line else slot for name, slot in statement.slots.items()
    }
    return statement.model_copy(update={"slots": named})


def _listed(questions: Sequence[Statement]) -> Statement:
    """Several questions as one label, each wording once."""
    questions = [one for place, one in enumerate(questions) if one not in questions[:place]]
    if len(questions) == 1:
        return questions[0]
    slots = {f"q{n}_{name}": slot for n, one in enumerate(questions) for name, slot in one.slots.items()}
    texts = {
        language: "; ".join(_renamed(getattr(one.template, language), f"q{n}_") for n, one in enumerate(questions))
        for language in ("de", "en")
    }
    return Statement(kind=Kind.GAP, template=Template(**texts), slots=slots)


def _renamed(text: str, prefix: str) -> str:
    """A template's text with its slots under another name."""
    return "".join(
        literal + (f"{{{prefix}{name}{':' if form else ''}{form}}}" if name else "")
        for literal, name, form in pieces(text)
    )


def _said(text: str, table: dict[re.Pattern[str], Template]) -> Statement:
    for pattern, template in table.items():
        match = pattern.fullmatch(text)
        if match:
            asked = {name for _, name, _ in pieces(template.de) if name}
            slots = {name: _slot(name, value) for name, value in match.groupdict().items() if name in asked}
            slots |= {key: Term(key=key) for key in asked - set(slots)}
            return Statement(kind=Kind.GAP, template=template, slots=slots)
    name = Name(de=text, en=text, de_is_original=True)
    return Statement(kind=Kind.GAP, template=UNKNOWN, slots={"text": name})


def _slot(name: str, value: str) -> Slot:
    match name:
        case "day":
            return Day(on=date.fromisoformat(value))
        case "n" | "m":
            return Number(value=float(value), digits=0)
        case "features":
            words = named(value)
            return Name(de=words.de, en=words.en)
        case "field":
            return field_name(value)
        case "benchmark":
            return benchmark_name(value)
        case "line":
            return benchmark_name(value) if value.startswith("INDEX:") else Name(de=value, en=value)
        case _:
            return Name(de=value, en=value)
