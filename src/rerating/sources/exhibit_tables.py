"""Tables of numbers in exhibits that are plain HTML: what a 6-K says of segments, and no company fact repeats.

A table is laid out on a grid (cells that span columns cover all of them), so that each number knows the headings above
it. A number becomes a fact only where its period, its currency and its scale can be told from the words around it;
everything else is left to the document, which is kept. Fields are the exhibit's words: `exhibit:section|column|label`;
what `exhibit_figures` knows of the issuer stands under its own name as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

from rerating.sources.exhibit_figures import OfIssuer, own_row

_LONGEST_TEXT = 600
_WIDEST = 200
_MOST_CELLS = 200_000

#: Spelled out, since the library's names follow the locale.
_FIRST_HALF = ("january", "february", "march", "april", "may", "june")
_SECOND_HALF = ("july", "august", "september", "october", "november", "december")
_MONTHS = {name: number for number, name in enumerate((*_FIRST_HALF, *_SECOND_HALF), start=1)}
_ENDED = re.compile(
    r"(?:(?P<count>three|six|nine|twelve|3|6|9|12)[ -]months?|(?P<quarter>quarter)|(?:fiscal )?(?P<year>year))s? "
    r"ended(?: on)? (?P<month>[a-z]+) (?P<day>\d{1,2})"
)
_AS_OF = re.compile(r"(?:as of|as at) (?P<month>[a-z]+) (?P<day>\d{1,2})")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LENGTHS = {"three": 3, "3": 3, "six": 6, "6": 6, "nine": 9, "9": 9, "twelve": 12, "12": 12}
_SCALES = {"thousand": 1e3, "thousands": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9}
_SCALE = re.compile(r"\bin (?:rmb |us\$|us dollars? )?(?P<scale>thousands?|millions?|billions?)\b")
#: `(in millions, except percentages)`, which stands over all columns and makes none of them a percentage.
_IN_SCALE = re.compile(r"\(?\bin [^()]*(?:thousands?|millions?|billions?)\b[^()]*\)?", re.IGNORECASE)
_CURRENCIES = (
    (re.compile(r"\bRMB\b|人民币|CN¥", re.IGNORECASE), "CNY"),
    (re.compile(r"US\$|\bUSD\b|U\.S\. dollars?", re.IGNORECASE), "USD"),
    (re.compile(r"HK\$|\bHKD\b", re.IGNORECASE), "HKD"),
    (re.compile(r"€|\bEUR\b", re.IGNORECASE), "EUR"),
    (re.compile(r"£|\bGBP\b", re.IGNORECASE), "GBP"),
)
_NUMBER = re.compile(
    r"(?P<minus>[(\-–−])?\s*(?:RMB|US\$|HK\$|\$|€|£)?\s*(?P<inner>\()?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<rest>\.\d+)?\s*\)?"
)
_NOT_MONEY = re.compile(
    r"%|percent|margin|(?:beginning|end) of (?:the )?(?:period|year|quarter)|\bmix\b|growth|per (?:share|ads)|"
    r"number of|headcount|employees|shares\b|\brates?\b",
    re.IGNORECASE,
)


@dataclass
class Cell:
    """A cell on the grid: the columns that it covers and its text."""

    first: int
    width: int
    text: str = ""

    @property
    def last(self) -> int:
        """The last column that it covers."""
        return self.first + self.width - 1


@dataclass
class Table:
    """A table's rows, the words before it, and those of them that stand behind the table before it."""

    before: str
    caption: str
    rows: list[list[Cell]] = field(default_factory=list)


class Tables(HTMLParser):
    """Collects the innermost tables of one document."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self._open: list[Table] = []
        self._cell: Cell | None = None
        self._before = ""
        self._caption = ""
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The parser's hook for an opening tag."""
        if tag == "table":
            self._open.append(Table(before=self._before[-_LONGEST_TEXT:], caption=self._caption))
            self._cell = None
        elif tag == "tr" and self._open:
            self._open[-1].rows.append([])
            self._cell = None
        elif tag in {"td", "th"} and self._open and self._open[-1].rows:
            row = self._open[-1].rows[-1]
            width = _count(dict(attrs).get("colspan"))
            self._cells += 1
            self._cell = Cell(first=row[-1].last + 1 if row else 0, width=width)
            if self._cells <= _MOST_CELLS:
                row.append(self._cell)
        elif tag in {"br", "p", "div"} and self._cell is not None:
            self._cell.text += " "

    def handle_endtag(self, tag: str) -> None:
        """The parser's hook for a closing tag."""
        if tag in {"td", "th"}:
            self._cell = None
        elif tag == "table" and self._open:
            self.tables.append(self._open.pop())
            self._cell, self._caption = None, ""

    def handle_data(self, data: str) -> None:
        """The parser's hook for text."""
        if self._cell is not None:
            self._cell.text += data
        elif not self._open and data.strip():
            words = " ".join(data.split())
            self._before = f"{self._before} {words}"[-_LONGEST_TEXT:]
            self._caption = f"{self._caption} {words}"[-_LONGEST_TEXT:]


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number of a table with all that the words around it say."""

    section: str
    column: str
    label: str
    value: float
    unit: str
    start: date | None
    end: date


def table_rows(
    body: bytes, subject: str, known_at: datetime, *, note: str, figures: OfIssuer | None = None
) -> list[dict[str, Any]]:
    """Rows of `facts` for the numbers in a document's tables; one that is stated twice and differently is left out.

    A number that `figures` knows has a second row under its name there.
    """
    parser = Tables()
    parser.feed(body.decode("utf-8", errors="replace"))
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    torn: set[tuple[Any, ...]] = set()
    for table in parser.tables:
        for found in numbers(table):
            if found.end > known_at.date():  # an obligation or an outlook, nothing that has been
                continue
            for row in _rows(found, table.caption, figures, note=note):
                key = (row["field"], found.start, found.end, found.unit)
                held = rows.get(key)
                if held is not None and held["value"] != row["value"]:
                    torn.add(key)
                rows.setdefault(key, row | {"subject": subject, "precision": "minute", "known_at": known_at})
    return [row for key, row in rows.items() if key not in torn]


def _rows(found: Number, caption: str, figures: OfIssuer | None, *, note: str) -> Iterator[dict[str, Any]]:
    """A number under the exhibit's words, and under the name that findings read."""
    said = {
        "field": f"exhibit:{found.section}|{found.column}|{found.label}",
        "period_from": found.start,
        "period_to": found.end,
        "unit": found.unit,
        "value": found.value,
        "note": note,
    }
    yield said
    if figures is None:
        return
    figure = figures.named(
        caption=caption, section=found.section, column=found.column, label=found.label, unit=found.unit
    )
    if figure is not None:
        yield own_row(said, figure)


def numbers(table: Table) -> Iterator[Number]:
    """The amounts of money of one table whose period, currency and scale can be told."""
    rows = [[cell for cell in row if cell.text.strip(" \xa0\u200b\n\t")] for row in table.rows]
    rows = [row for row in rows if row]
    first = next((place for place, row in enumerate(rows) if _is_data(row)), None)
    if first is None:
        return
    # A row of words alone right above the numbers names the section below it, not the columns.
    while first > 0 and _names_a_section(rows[first - 1]):
        first -= 1
    heads = rows[:first]
    around = f"{table.before} {' '.join(_text(cell) for row in heads for cell in row)}"
    scale = _scale(around)
    if scale is None:
        return
    if _currency(around) is None and any("$" in cell.text for row in rows[first:] for cell in row):
        around += " $"
    section = ""
    for row in rows[first:]:
        label = _text(row[0]) if row[0].first == 0 and _amount(row, 0) is None else ""
        if not label:
            continue
        if not any(_amount(row, place) is not None for place in range(1, len(row))):
            section = label.rstrip(":") if len(row) == 1 else section
            continue
        if _NOT_MONEY.search(f"{section} {label}"):
            continue
        for value, unit, span, column in _of_row(row, heads, around):
            yield Number(
                section=section,
                column=column,
                label=label.rstrip(":"),
                value=value * scale,
                unit=unit,
                start=span[0],
                end=span[1],
            )


def _of_row(
    row: Sequence[Cell], heads: Sequence[Sequence[Cell]], around: str
) -> Iterator[tuple[float, str, tuple[date | None, date], str]]:
    """The row's amounts with their currencies and periods, and what the headings say besides."""
    for place in range(1, len(row)):
        value = _amount(row, place)
        if value is None or _is_share(row, place):
            continue
        above = [
            _text(cell) for head in heads for cell in head if cell.first <= row[place].first <= cell.last and cell.first
        ]
        words = " ".join(above)
        if _NOT_MONEY.search(_IN_SCALE.sub("", words)):
            continue
        span = _span(words) or _span(f"{_only_ended(heads)} {words}")
        unit = _currency(words) or _currency(_text(row[place - 1]) if place > 1 else "") or _currency(around)
        if span is None or unit is None:
            continue
        rest = [text for text in above if _span_words(text) is None and not _YEAR.fullmatch(text)]
        column = " ".join(text for text in rest if _currency(text) is None and not _SCALE.search(text.lower()))
        yield value, unit, span, column


def _is_share(row: Sequence[Cell], place: int) -> bool:
    """Whether a percent sign stands in the number's cell, or behind it before the next number."""
    for behind in range(place, len(row)):
        if behind > place and _amount(row, behind) is not None:
            return False
        if "%" in row[behind].text:
            return behind == place or _text(row[behind]).strip(" )") == "%"
    return False


def _is_data(row: Sequence[Cell]) -> bool:
    """A label and an amount behind it that is no year."""
    if row[0].first != 0 or _amount(row, 0) is not None:
        return False
    return any(
        _amount(row, place) is not None and not _YEAR.fullmatch(_text(row[place])) for place in range(1, len(row))
    )


def _amount(row: Sequence[Cell], place: int) -> float | None:
    """The number in a cell; a bracket may stand in the cell before it."""
    text = _text(row[place])
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    before = _text(row[place - 1]) if place else ""
    negative = bool(found["minus"] or found["inner"]) or before.endswith("(") or before in {"-", "–", "−"}
    value = float(found["digits"].replace(",", "") + (found["rest"] or ""))
    return -value if negative else value


def _text(cell: Cell) -> str:
    return " ".join(cell.text.replace("\u200b", "").split())


def _names_a_section(row: Sequence[Cell]) -> bool:
    words = _text(row[0])
    told = _span_words(words) is not None or _YEAR.search(words) or _SCALE.search(words.lower())
    return len(row) == 1 and row[0].first == 0 and not told


def _span_words(text: str) -> re.Match[str] | None:
    return _ENDED.search(text.lower()) or _AS_OF.search(text.lower())


def _only_ended(heads: Sequence[Sequence[Cell]]) -> str:
    """`Year ended December 31,` that stands over all columns, or beside them."""
    told = {_text(cell) for head in heads for cell in head if _span_words(_text(cell)) is not None}
    return told.pop() if len(told) == 1 else ""


def _span(words: str) -> tuple[date | None, date] | None:
    """The period that headings name together: one that ended on a day, or a day; None where that is not clear."""
    found, years = _span_words(words), {int(year) for year in _YEAR.findall(words)}
    if found is None or len(years) != 1 or found["month"] not in _MONTHS:
        return None
    try:
        end = date(years.pop(), _MONTHS[found["month"]], int(found["day"]))
    except ValueError:
        return None
    named = found.groupdict()
    if "year" not in named:
        return None, end
    months = 12 if named["year"] else 3 if named["quarter"] else _LENGTHS[named["count"]]
    behind = end + timedelta(days=1)
    if behind.day != 1:  # a fiscal year of whole weeks: its first day cannot be told from its last
        return None
    place = behind.year * 12 + behind.month - 1 - months
    return date(place // 12, place % 12 + 1, 1), end


def _scale(words: str) -> float | None:
    """The scale that is stated last before the numbers."""
    found = _SCALE.findall(words.lower())
    return _SCALES[found[-1]] if found else None


def _currency(words: str) -> str | None:
    """The one currency that words name; a bare dollar sign is the US dollar where nothing else is named."""
    named = {code for sign, code in _CURRENCIES if sign.search(words)}
    if not named and "$" in words:
        return "USD"
    return named.pop() if len(named) == 1 else None


def _count(text: str | None) -> int:
    return max(1, min(int(text), _WIDEST)) if text and text.isdigit() else 1
