"""Tables of what houses say of a share: one column names the houses, others their ratings and targets.

`Jefferies | Hold | 390 €` under `Haus | Votum | Kursziel`: the target is that of the share that the text is about, or
that another column names, and Jefferies is who says so. The columns may stand in any order.
"""

from __future__ import annotations

from collections.abc import Mapping

from rerating.factcheck.claim import ClaimValue, Subject
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.language.rating_words import RatingWord, rating

_HOUSES = word_set("tables", "houses")
_LEAST = 2
"""So many rows have to name a house where no head says that the column does."""


def house_column(known: Subjects, rows: list[Mapping[int, Sentence]], header: Mapping[int, Sentence]) -> int | None:
    """The column that names the houses whose ratings or targets the others hold, if there is one."""
    if not _values(rows, header):
        return None
    for column in sorted({column for row in rows for column in row}):
        cells = [row[column] for row in rows if column in row]
        head = header.get(column)
        is_titled = head is not None and not _HOUSES.isdisjoint(head.words(head.first, head.last))
        named = sum(house_of(cell) is not None for cell in cells)
        is_named = known.main is not None and named >= _LEAST and 2 * named > len(cells)
        if (is_named or (is_titled and named)) and not _is_own_row(known, cells):
            return column
    return None


def _values(rows: list[Mapping[int, Sentence]], header: Mapping[int, Sentence]) -> bool:
    """Whether a table holds ratings, or a column of targets; where its heads tell of profits or multiples, the rows are
    companies."""
    if any(topic.family in ("ratio", "figure") for cell in header.values() for topic in cell.topics):
        return False
    is_rated = any(_rating(cell) is not None for row in rows for cell in row.values())
    return is_rated or any(topic.key == "price_target" for cell in header.values() for topic in cell.topics)


def _rating(cell: Sentence) -> str | None:
    """The word for a rating that is all of a cell."""
    text = cell.text.normal[cell.tokens.start[cell.first] : cell.tokens.end[cell.last - 1]]
    return text if isinstance(rating(text), RatingWord) else None


def _is_own_row(known: Subjects, cells: list[Sentence]) -> bool:
    """Whether the share that a text is about stands among the names: a list of banks, and no list of houses."""
    named = (n.of(NameKind.COMPANY) for cell in cells for n in cell.names)
    return any(name == known.main for name in named if name is not None)


def house_of(cell: Sentence) -> str | None:
    """The house that opens a cell."""
    name = cell.first_name
    house = name.of(NameKind.HOUSE) if name is not None and name.first == cell.first else None
    return house.name if house is not None else None


def rated_in(cell: Sentence, subject: Subject, source: str | None) -> list[Draft]:
    """The rating that a cell holds."""
    word = _rating(cell)
    if word is None:
        return []
    return [
        Draft(
            sentence=cell,
            first=cell.first,
            last=cell.last,
            span=cell.span,
            kind="rating",
            metric="rating",
            values=(ClaimValue(value=word, unit="rating", role="value"),),
            subject=subject,
            source=source,
            told="reported_fact",
        )
    ]
