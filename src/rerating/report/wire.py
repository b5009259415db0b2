"""The report as a plain-text wire for editors: 72 columns, a dateline, sources by number at the end.

A paragraph is a run of lines; a blank line ends it. Figures keep their unit on one line. A number in brackets behind a
sentence leads to the sources; rows of a table are lines of their own. Charts are left out, as
their figures stand in the sentences.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from rerating.language.languages import NBSP
from rerating.report import words
from rerating.statements.blocks import AnyBlock, Entry, Items, Length, Paragraph, Picture, Table
from rerating.statements.facts import Name, Voice, Word, written
from rerating.statements.frame import SourceLine, source_line
from rerating.statements.gate import Due
from rerating.statements.plan import Plan
from rerating.statements.statement import Statement, spans

COLUMNS = 72
BULLET = "- "


def wire(plan: Plan, voice: Voice) -> tuple[str, list[Due]]:
    """The whole report, and what the gate has to find in it."""
    writer = _Writer(plan, voice)
    return writer.text(), writer.due


class _Writer:
    def __init__(self, plan: Plan, voice: Voice) -> None:
        self.plan, self.voice = plan, voice
        self.due: list[Due] = []

    def text(self) -> str:
        plan = self.plan
        parts = [
            _filled(self.say(plan.headline, marks=False)),
            _filled(f"{self.say(plan.line)} · {self.say(plan.masthead)}"),
            _filled(self.say(plan.dateline, marks=False) + self.sentences(plan.lead)),
            _filled(" · ".join(f"{self.say(item.label)} {self.say(item.statement)}" for item in plan.glance)),
            _filled(
                f"{self.word(plan.card.label)}: {self.word(plan.card.call)}. " + self.sentences(plan.card.statements)
            ),
        ]
        for section in plan.sections:
            parts.append(_filled(self.word(section.title).upper()))
            parts += [part for block in section.blocks for part in self.block(block)]
        parts.append(_filled(self.word(words.SOURCES).upper()))
        parts += [self.source(source_line(document)) for document in plan.sources.documents]
        parts += [_filled(self.say(statement)) for statement in plan.colophon]
        return _laid(part for part in parts if part)

    def word(self, word: Word | Name) -> str:
        return written(word, self.voice)

    def sentences(self, statements: Iterable[Statement]) -> str:
        return " ".join(self.say(statement) for statement in statements)

    def say(self, statement: Statement, *, marks: bool = True) -> str:
        parts: list[str] = []
        numbers: set[int] = set()
        for span in spans(statement, self.voice):
            self.due += [span.due] if span.due is not None else []
            parts.append(span.text)
            if span.fact is not None and marks:
                numbers.update(self.plan.sources.marks(span.fact.src))
        return "".join(parts) + (f"{NBSP}[{','.join(map(str, sorted(numbers)))}]" if numbers else "")

    def block(self, block: AnyBlock) -> Iterator[str]:
        match block:
            case Paragraph():
                yield _filled(self.sentences(block.statements))
            case Picture():
                return
            case Items():
                for item in block.items:
                    mark = f" ({self.word(item.mark)})" if item.mark else ""
                    yield _filled(f"{self.say(item.label)}{mark}: {self.say(item.statement)}", BULLET)
            case Table():
                yield from self.table(block)
            case Entry():
                yield from self.entry(block)

    def entry(self, entry: Entry) -> Iterator[str]:
        yield _filled(f"{self.say(entry.title)} ({self.word(entry.mark)})")
        for item in entry.items:
            yield _filled(self.say(item), BULLET)
        if entry.statements:
            yield _filled(self.sentences(entry.statements))
        for table in (entry.figures, entry.details):
            if table is not None:
                yield from self.table(table)

    def table(self, table: Table) -> Iterator[str]:
        """What the rows are, then a line a row; each figure behind the name of its column."""
        yield _filled(f"{self.say(table.head[0])}:")
        for row in table.rows:
            label = self.say(row.label)
            cells = [
                f"{self.say(head)}: {self.say(cell)}"
                for head, cell in zip(table.head[1:], row.cells, strict=True)
                if cell is not None
            ]
            yield _filled(f"{label} – {'; '.join(cells)}" if cells else label, BULLET)

    def source(self, line: SourceLine) -> str:
        parts = [self.say(line.locator), *(self.say(statement) for statement in line.known)]
        if line.places and self.plan.length is not Length.BRIEF:
            parts.append("; ".join(self.say(place) for place in line.places))
        return _filled(" – ".join(parts), f"[{line.number}] ")


def _laid(parts: Iterable[str]) -> str:
    """Items of one list stand close, everything else behind a blank line."""
    lines: list[str] = []
    before = False
    for part in parts:
        is_item = part.startswith((BULLET, "["))
        if lines and not (before and is_item):
            lines.append("")
        lines.append(part)
        before = is_item
    return "\n".join(lines) + "\n"


def _filled(text: str, lead: str = "") -> str:
    """Broken at plain spaces only, so that a no-break space holds and no word is cut."""
    return textwrap.fill(
        text,
        COLUMNS,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
