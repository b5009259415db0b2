"""A plan as the data that the paper's layout prints.

Every word that a reader will see is a string of this data and nothing else: the layout (report.typ) is fixed and
reads it as JSON, so that no text, wherever it comes from, is ever parsed as markup.
"""

from __future__ import annotations

from typing import Any

from rerating.analysis import Analysis
from rerating.report import theme, words
from rerating.report.charts.drawing import drawn
from rerating.report.charts.standalone import standalone
from rerating.report.tones import falls
from rerating.statements.blocks import AnyBlock, Entry, Items, Length, Paragraph, Picture, Table
from rerating.statements.facts import Name, Voice, Word, written
from rerating.statements.frame import SourceLine, source_line
from rerating.statements.gate import Due
from rerating.statements.plan import Plan, plan
from rerating.statements.statement import Statement, said, spans, whole_words

Piece = dict[str, Any]

FRONT = "price"
"""The chart of a brief."""


def document(made: Plan, voice: Voice, analysis: Analysis, *, chart: bool = False) -> tuple[dict[str, Any], list[Due]]:
    """The data of the whole report, and what the gate has to find in it.

    A brief is ten lines without sections; where its page has room it shows the chart that an article begins with.
    """
    scribe = _Scribe(made, voice, analysis, chart)
    return scribe.document(), scribe.due


class _Scribe:
    """Says the plan in the order in which the layout prints it, and notes what is due on the way."""

    def __init__(self, made: Plan, voice: Voice, analysis: Analysis, chart: bool) -> None:
        self.chart = chart
        self.plan, self.voice, self.analysis = made, voice, analysis
        self.due: list[Due] = []

    def document(self) -> dict[str, Any]:
        made, voice = self.plan, self.voice
        at = self.analysis.as_of
        return {
            "lang": voice.language,
            "length": made.length.value,
            "date": {name: getattr(at, name) for name in ("year", "month", "day", "hour", "minute", "second")},
            "palette": theme.LIGHT,
            "name": said(made.headline, voice),
            "running": said(made.masthead, voice),
            "masthead": self.say(made.masthead),
            "line": self.say(made.line),
            "headline": self.say(made.headline, marks=False),
            "lead": [self.say(statement) for statement in made.lead],
            "card": {
                "label": self.word(made.card.label),
                "call": self.word(made.card.call),
                "says": [self.say(statement) for statement in made.card.statements],
            },
            "glance": [{"value": self.say(item.statement), "label": self.say(item.label)} for item in made.glance],
            "front": [self.picture(picture) for picture in self.front()],
            "sections": [
                {"title": self.word(section.title), "blocks": [self.block(block) for block in section.blocks]}
                for section in made.sections
            ],
            "sources_title": self.word(words.SOURCES),
            "sources": [self.source(source_line(document)) for document in made.sources.documents],
            "colophon": [self.say(statement) for statement in made.colophon],
        }

    def front(self) -> list[Picture]:
        """The chart of a brief, out of those that an article has."""
        if not self.chart:
            return []
        told = plan(self.analysis, length=Length.ARTICLE).sections
        found = [block for section in told for block in section.blocks if isinstance(block, Picture)]
        return [picture for picture in found if picture.name == FRONT]

    def word(self, word: Word | Name) -> str:
        return written(word, self.voice)

    def say(self, statement: Statement, *, marks: bool = True) -> list[Piece]:
        """Each piece: its text `t`, its source numbers `n`, whether it is a fall `f`, foreign `e`, kept whole `w`."""
        pieces = []
        for span in whole_words(spans(statement, self.voice)):
            self.due += [span.due] if span.due is not None else []
            if not span.text:
                continue
            piece: Piece = {"t": span.text}
            numbers = self.plan.sources.marks(span.fact.src) if span.fact is not None and marks else ()
            if numbers:
                piece["n"] = list(numbers)
            if falls(span):
                piece["f"] = True
            if (span.fact is not None and not isinstance(span.fact, Name)) or span.is_mark:
                piece["w"] = True
            if span.foreign:
                piece["e"] = True
            pieces.append(piece)
        return pieces

    def block(self, block: AnyBlock) -> dict[str, Any]:
        match block:
            case Paragraph():
                return {"kind": "paragraph", "says": [self.say(statement) for statement in block.statements]}
            case Picture():
                return self.picture(block)
            case Items():
                items = [
                    {
                        "label": self.say(item.label),
                        "mark": self.word(item.mark) if item.mark else None,
                        "says": self.say(item.statement),
                    }
                    for item in block.items
                ]
                return {"kind": "items", "name": block.name, "items": items}
            case Table():
                return self.table(block)
            case Entry():
                return self.entry(block)

    def picture(self, picture: Picture) -> dict[str, Any]:
        title, alt = self.say(picture.title), self.say(picture.says, marks=False)
        chart = drawn(picture, self.analysis, self.voice)[0][1]
        return {
            "kind": "picture",
            "title": title,
            "alt": "".join(piece["t"] for piece in alt),
            "svg": standalone(chart) if chart else None,
        }

    def entry(self, entry: Entry) -> dict[str, Any]:
        made = {
            "kind": "entry",
            "tone": entry.tone,
            "mark": self.word(entry.mark),
            "title": self.say(entry.title),
            "items": [self.say(item) for item in entry.items],
            "says": [self.say(statement) for statement in entry.statements],
        }
        tables = [entry.figures] if self.plan.length is not Length.FULL else [entry.figures, entry.details]
        return made | {"tables": [self.table(table) for table in tables if table is not None]}

    def table(self, table: Table) -> dict[str, Any]:
        return {
            "kind": "table",
            "name": table.name,
            "head": [self.say(cell) for cell in table.head],
            "rows": [
                [self.say(row.label), *(None if cell is None else self.say(cell) for cell in row.cells)]
                for row in table.rows
            ],
        }

    def source(self, line: SourceLine) -> dict[str, Any]:
        """A document; the single places in it are listed in the longest report only."""
        made = {
            "number": line.number,
            "link": line.link,
            "locator": self.say(line.locator),
            "known": [self.say(statement) for statement in line.known],
        }
        places = line.places if self.plan.length is Length.FULL else ()
        return made | {"places": [self.say(place) for place in places]}
