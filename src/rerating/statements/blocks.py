"""What a section is made of: paragraphs, tables, entries and pictures, all of them statements in the end."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from rerating.core.record import Record
from rerating.statements.facts import Word
from rerating.statements.statement import Statement


class Length(StrEnum):
    """How much is told; each length holds the shorter ones."""

    BRIEF = "brief"
    ARTICLE = "article"
    FULL = "full"

    @property
    def rank(self) -> int:
        """0 for brief, 2 for full."""
        return list(Length).index(self)


class Block(Record):
    """`since` is the shortest length in which the block appears."""

    since: Length = Length.ARTICLE


class Paragraph(Block):
    """Sentences that follow each other."""

    kind: Literal["paragraph"] = "paragraph"
    statements: tuple[Statement, ...]


class Row(Record):
    """A table's line: what it is about, and one cell a column; None where the column does not apply."""

    label: Statement
    cells: tuple[Statement | None, ...]


class Table(Block):
    """Figures side by side. `head` names the columns, the first of which holds the labels."""

    kind: Literal["table"] = "table"
    name: str
    head: tuple[Statement, ...]
    rows: tuple[Row, ...]


class Entry(Block):
    """One item of a list: a mark in words and shape, a title, sentences, and details that may be folded away."""

    kind: Literal["entry"] = "entry"
    tone: str
    """Names the mark's shape and colour; its meaning is always in `mark` as well."""
    mark: Word
    title: Statement
    statements: tuple[Statement, ...] = ()
    items: tuple[Statement, ...] = ()
    figures: Table | None = None
    details: Table | None = None


class Item(Record):
    """A label, the kind of reason in a word, and a sentence."""

    label: Statement
    mark: Word | None = None
    statement: Statement


class Items(Block):
    """Labelled sentences, such as gaps and definitions."""

    kind: Literal["items"] = "items"
    name: str
    items: tuple[Item, ...]


class Picture(Block):
    """A chart by name, drawn by the report from the analysis; `title` and `says` tell in words what it shows."""

    kind: Literal["picture"] = "picture"
    name: str
    title: Statement
    says: Statement
    values: Table | None = None
    """What its places tell, a row each; `chart_values` makes it."""


AnyBlock = Annotated[Paragraph | Table | Entry | Items | Picture, Field(discriminator="kind")]


class Section(Record):
    """A heading and its blocks; `name` is stable and serves as the anchor."""

    name: str
    title: Word
    blocks: tuple[AnyBlock, ...]

    def at(self, length: Length) -> Section | None:
        """The section with what belongs to that length; None where nothing is left."""
        blocks = tuple(block for block in self.blocks if block.since.rank <= length.rank)
        return self.model_copy(update={"blocks": blocks}) if blocks else None
