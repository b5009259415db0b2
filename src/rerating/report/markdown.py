"""The report as Markdown: sources are footnotes, charts are the sentence that tells what they show."""

from __future__ import annotations

import re

from rerating.report import words
from rerating.statements.blocks import AnyBlock, Entry, Items, Paragraph, Picture, Table
from rerating.statements.facts import Moment, Name, Voice, Word, written
from rerating.statements.plan import Plan
from rerating.statements.sources import Document, place_in
from rerating.statements.statement import Statement, spans

PLAIN_SOURCES = ("file", "sample")
"""Sources that only say how a document came in; its locator says more."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def markdown(plan: Plan, voice: Voice) -> str:
    """The whole report."""
    return _Writer(plan, voice).text()


class _Writer:
    def __init__(self, plan: Plan, voice: Voice) -> None:
        self.plan, self.voice = plan, voice

    def text(self) -> str:
        plan = self.plan
        as_of = f"{self.word(words.AS_OF)}: {written(Moment(at=plan.as_of), self.voice)}"
        parts = [
            f"# {self.say(plan.headline, marks=False)}",
            f"*{plan.venue}:{plan.symbol} · {as_of}*",
            " ".join(self.say(statement) for statement in plan.lead),
            f"> **{self.word(plan.card.label)}: {self.word(plan.card.call)}.** "
            + " ".join(self.say(statement) for statement in plan.card.statements),
        ]
        for section in plan.sections:
            parts.append(f"## {self.word(section.title)}")
            parts += [self.block(block) for block in section.blocks]
        parts.append(f"## {self.word(words.SOURCES)}")
        parts.append("\n".join(self.document(document) for document in plan.sources.documents))
        parts.append(
            f"---\n\n{self.word(words.PRINCIPLE)}\n\n{self.word(words.LEDGER)}: `{plan.ledger_version}` · "
            f"rerating {plan.software_version}"
        )
        return "\n\n".join(part for part in parts if part) + "\n"

    def word(self, word: Word | Name) -> str:
        return written(word, self.voice)

    def say(self, statement: Statement, *, marks: bool = True) -> str:
        parts = []
        for span in spans(statement, self.voice):
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

    def document(self, document: Document) -> str:
        newest = max(entry.known_at for entry in document.evidence)
        parts = [f"[^{document.number}]: {document.locator}"]
        if document.source not in (*PLAIN_SOURCES, document.locator):
            parts.append(f"({document.source})")
        places = dict.fromkeys(self.word(place_in(entry)) for entry in document.evidence)
        if any(places):
            parts.append(f"– {'; '.join(place for place in places if place)}")
        known = words.KNOWN if len(document.evidence) == 1 else words.KNOWN_UNTIL
        parts.append(f"– {self.word(known)} {written(Moment(at=newest), self.voice)}")
        if document.digest:
            parts.append(f"– SHA-256 `{document.digest[:12]}`")
        return " ".join(parts)
