"""The report as Markdown: sources are footnotes, charts are the sentence that tells what they show."""

from __future__ import annotations

import re

from rerating.report import words
from rerating.statements.blocks import AnyBlock, Entry, Items, Length, Paragraph, Picture, Table
from rerating.statements.facts import Name, Voice, Word, written
from rerating.statements.frame import SourceLine, source_line
from rerating.statements.gate import Due
from rerating.statements.plan import Plan
from rerating.statements.statement import Statement, spans, whole_words

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def markdown(plan: Plan, voice: Voice) -> tuple[str, list[Due]]:
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
            f"# {self.say(plan.headline, marks=False)}",
            f"*{self.say(plan.line)} · {self.say(plan.masthead)}*",
            " ".join(self.say(statement) for statement in plan.lead),
            f"> **{self.word(plan.card.label)}: {self.word(plan.card.call)}.** "
            + " ".join(self.say(statement) for statement in plan.card.statements),
            "\n".join(f"- {self.say(item.label)}: {self.say(item.statement)}" for item in plan.glance),
        ]
        for section in plan.sections:
            parts.append(f"## {self.word(section.title)}")
            parts += [self.block(block) for block in section.blocks]
        parts.append(f"## {self.word(words.SOURCES)}")
        parts.append("\n".join(self.source(source_line(document)) for document in plan.sources.documents))
        parts.append("---\n\n" + "\n\n".join(self.say(statement) for statement in plan.colophon))
        return "\n\n".join(part for part in parts if part) + "\n"

    def word(self, word: Word | Name) -> str:
        return written(word, self.voice)

    def say(self, statement: Statement, *, marks: bool = True) -> str:
        parts = []
        for span in whole_words(spans(statement, self.voice)):
            self.due += [span.due] if span.due is not None else []
            words_ = _SPECIAL.sub(r"\\\1", span.text) if isinstance(span.fact, Name) else span.text
            numbers = self.plan.sources.marks(span.fact.src) if span.fact is not None and marks else ()
            parts.append(words_ + "".join(f"[^{number}]" for number in numbers))
        return "".join(parts)

    def block(self, block: AnyBlock) -> str:
        match block:
            case Paragraph():
                return " ".join(self.say(statement) for statement in block.statements)
            case Picture():
                return f"*{self.say(block.title)}.* {self.say(block.says)}"
            case Items():
                return "\n".join(
                    f"- **{self.say(item.label)}**"
                    + (f" ({self.word(item.mark)})" if item.mark else "")
                    + f": {self.say(item.statement)}"
                    for item in block.items
                )
            case Table():
                return self.table(block)
            case Entry():
                return self.entry(block)

    def entry(self, entry: Entry) -> str:
        parts = [f"### {self.say(entry.title)} ({self.word(entry.mark)})"]
        if entry.items:
            parts.append("\n".join(f"- {self.say(item)}" for item in entry.items))
        parts.append(" ".join(self.say(statement) for statement in entry.statements))
        parts += [self.table(table) for table in (entry.figures, entry.details) if table is not None]
        return "\n\n".join(part for part in parts if part)

    def table(self, table: Table) -> str:
        head = [self.say(cell) for cell in table.head]
        lines = [head, ["---", *["---:"] * (len(head) - 1)]]
        for row in table.rows:
            lines.append([self.say(row.label), *("–" if cell is None else self.say(cell) for cell in row.cells)])
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def source(self, line: SourceLine) -> str:
        parts = [self.say(line.locator), *(self.say(statement) for statement in line.known)]
        if line.places and self.plan.length is not Length.BRIEF:
            parts.append("; ".join(self.say(place) for place in line.places))
        return f"[^{line.number}]: {' – '.join(parts)}"
