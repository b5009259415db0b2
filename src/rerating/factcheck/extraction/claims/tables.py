"""Tables: a cell is a claim; its row and its column say of whom, of what, when and in which unit."""

from __future__ import annotations

from dataclasses import dataclass

from rerating.factcheck.claim import ClaimValue, Subject
from rerating.factcheck.extraction.claims.house_tables import house_column, house_of, rated_in
from rerating.factcheck.extraction.figures.around import Context
from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.draft import Draft, span_of
from rerating.factcheck.extraction.figures.fitting import fits, is_claimable, size
from rerating.factcheck.extraction.figures.kinds import kind_of
from rerating.factcheck.extraction.figures.values import comparator_of, values_of
from rerating.factcheck.extraction.text.article import Article, Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name
from rerating.factcheck.extraction.text.lexicon import Found
from rerating.factcheck.extraction.voices.company_spans import named_span
from rerating.factcheck.extraction.voices.company_years import YearEnd
from rerating.factcheck.extraction.voices.dating import Dated
from rerating.factcheck.extraction.voices.points import day_of
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.language.reading import MentionKind as K
from rerating.language.reading.tokens import WORD

_YEAR_AGO = (
    *("year ago", "yoy", "y/y", "vj", "vorjahr", "gg. vj", "veränderung", "change", "growth", "increase", "anstieg"),
)
_FORECAST = ("e", "f")


@dataclass(slots=True)
class _Row:
    cells: dict[int, Sentence]

    @property
    def label(self) -> Sentence | None:
        """The first cell."""
        return self.cells.get(min(self.cells)) if self.cells else None


def table_drafts(article: Article, known: Subjects) -> list[Draft]:
    """The claims of all table rows."""
    out: list[Draft] = []
    tables: dict[int, dict[int, _Row]] = {}
    notes: dict[int, Sentence | None] = {}
    last: Sentence | None = None
    for sentence in article.sentences:
        if sentence.row is None or sentence.cell is None:
            last = sentence
            continue
        table = sentence.text.block.table or 0
        notes.setdefault(table, last)
        tables.setdefault(table, {}).setdefault(sentence.row, _Row({})).cells.setdefault(sentence.cell, sentence)
    for table, rows in tables.items():
        out += _table(article, known, list(rows.values()), notes[table])
    return out


def _table(article: Article, known: Subjects, rows: list[_Row], note: Sentence | None) -> list[Draft]:
    """The claims of a table; `note` is the sentence before it, which may say how its figures are meant."""
    header = rows[0] if len(rows) > 1 and not any(_data(cell) for cell in list(rows[0].cells.values())[1:]) else None
    widest = max(len(row.cells) for row in rows)
    shift = 1 if header is not None and len(header.cells) == widest - 1 and min(header.cells) == 0 else 0
    corner = header.label if header and not shift else None
    if note is not None and any(figure.mention.kind is K.SCALE for figure in note.figures):
        corner = corner if corner is not None and any(f.mention.kind is K.SCALE for f in corner.figures) else note
    out: list[Draft] = []
    above: Found | None = None
    body = rows[1:] if header else rows
    heads = {column + shift: cell for column, cell in header.cells.items()} if header else {}
    housed = house_column(known, [row.cells for row in body], heads)
    if housed is not None:
        return [draft for row in body for draft in _of_house(article, known, row.cells, heads, housed)]
    is_listing = 2 * sum(_asset(known, [row.label]) is not None for row in body if row.label) >= len(body)
    for row in body:
        label = row.label
        left: Found | None = above if _is_change_column(label) or _is_part_row(label) else None
        for column, cell in sorted(row.cells.items()):
            if cell is label:
                continue
            head = header.cells.get(column - shift) if header else None
            drafts, left = _cell(article, known, cell, (label, head, corner), left, is_listing=is_listing)
            out += drafts
        above = left
    return out


def _of_house(
    article: Article, known: Subjects, cells: dict[int, Sentence], heads: dict[int, Sentence], housed: int
) -> list[Draft]:
    """What a house says: of the share that another column names, else of the one that the text is about."""
    if housed not in cells:
        return []
    source = house_of(cells[housed])
    others = [cell for column, cell in sorted(cells.items()) if column != housed]
    asset = _asset(known, others)
    out: list[Draft] = []
    for column, cell in sorted(cells.items()):
        if column == housed:
            continue
        named = asset or known.main
        drafts, _ = _cell(article, known, cell, (None, heads.get(column), None), None, is_listing=False, asset=named)
        drafts += rated_in(cell, as_subject(named), source)
        for draft in drafts:
            draft.source = source if draft.kind in _SAID else draft.source
        out += drafts
    return out


_SAID = frozenset(("price_target", "rating", "rating_change"))


def _is_part_row(label: Sentence | None) -> bool:
    """`davon elektrisch (%)`, `of which services`: a row that is a part of the one above it."""
    words = label.words(label.first, label.last) if label is not None else ()
    return words[:1] in (("davon",), ("darunter",), ("thereof",)) or words[:2] == ("of", "which")


def _data(cell: Sentence) -> list[Figure]:
    return [f for f in cell.figures if is_claimable(f)]


def _cell(
    article: Article,
    known: Subjects,
    cell: Sentence,
    heads: tuple[Sentence | None, Sentence | None, Sentence | None],
    left: Found | None,
    *,
    is_listing: bool,
    asset: Name | None = None,
) -> tuple[list[Draft], Found | None]:
    label, head, corner = heads
    beside = [each for each in (label, head) if each is not None]
    asset = asset or _asset(known, beside) or known.main
    day = _date_cell(article, cell, head, label, asset)
    if day is not None:
        return [day], left
    out: list[Draft] = []
    figures = _data(cell)[:2]
    for figure in figures:
        if out and not _adds_change(cell, figures):
            break
        scaled = _scaled(figure, [*beside, *([corner] if corner else [])])
        goes_on = _is_change_column(head) or _is_change_column(label) or _is_part_row(label)
        topic = _topic(beside, scaled) or (left if goes_on else None)
        topic = topic or _of_listing(head, scaled, label, is_listing=is_listing) or _of_day(label, scaled)
        topic = (
            topic or (_topic([corner], scaled) if corner is not None else None) or _unnamed(label, head, scaled, asset)
        )
        if topic is None or not fits(topic.family, topic.key, scaled):
            continue
        bound = Bound(scaled, topic.family, topic.key, topic, 9.0)
        around = _around(scaled, beside)
        kind, metric = kind_of(cell, bound, around, asset=asset.kind if asset else None)
        if _is_part_row(label) and kind == "growth":
            kind, metric = ("operating_metric", metric) if topic.family == "operation" else ("ratio", "revenue_share")
        if around.expectation is not None and kind == "estimate" and topic.family == "ratio":
            kind, metric = "ratio", "forward_" + metric if metric == "price_earnings" else metric
        values = values_of(cell, bound, kind, metric)
        if kind in ("growth", "return"):
            values = tuple(value.model_copy(update={"value": abs(float(value.value))}) for value in values)
        draft = Draft(
            sentence=cell,
            first=figure.first,
            last=figure.last,
            span=span_of(cell, figure),
            kind=kind,
            metric=metric,
            values=values,
            comparator=comparator_of(cell, bound, values),
            direction=around.movement if kind in ("growth", "return") else None,
            subject=_listed(known, label) if is_listing and topic.family == "price" else as_subject(asset),
            bound=bound,
            around=around,
            dated=_dated(article, beside, kind),
        )
        if around.expectation is not None:
            draft.status = "forecast"
        out.append(draft)
        left = topic
    return out, left


def _listed(known: Subjects, label: Sentence | None) -> Subject:
    """Whom a row of a list is about: a name, known or not."""
    asset = _asset(known, [label]) if label is not None else None
    if asset is not None or label is None:
        return as_subject(asset or known.main)
    return Subject(name=label.text.normal[label.tokens.start[label.first] : label.tokens.end[label.last - 1]])


def _adds_change(cell: Sentence, figures: list[Figure]) -> bool:
    """`188p (-13.1%)`: a level, and in brackets by how much it changed."""
    one, other = figures[0], figures[1]
    is_share = other.mention.unit == "percent" and one.mention.unit != "percent"
    return is_share and "(" in cell.words(one.last, other.first)


def _is_change_column(head: Sentence | None) -> bool:
    if head is None:
        return False
    words = " ".join(head.words(head.first, head.last))
    return any(each in words for each in _YEAR_AGO)


_PRICES = frozenset(
    ("close", "closing", "last", "price", "kurs", "schlusskurs", "schluss", "stand", "notierung", "level")
)
_MOVES = frozenset(
    ("change", "veränderung", "move", "performance", "diff", "differenz", "tag", "day", "gewinn", "plus")
)


def _of_day(label: Sentence | None, figure: Figure) -> Found | None:
    """`Day change | +9.2%`, `Veränderung zum Vortag`: how far the share that the text is about moved."""
    words = set(label.words(label.first, label.last)) if label is not None else set()
    is_move = not _MOVES.isdisjoint(words) and not _DAYS.isdisjoint(words) and figure.mention.unit == "percent"
    return Found(label.first, label.first + 1, "price", "share") if is_move and label is not None else None


_DAYS = frozenset(("day", "today", "daily", "week", "month", "year", "1", "tag", "vortag", "woche", "monat", "jahr"))


def _unnamed(label: Sentence | None, head: Sentence | None, figure: Figure, asset: Name | None) -> Found | None:
    """A row of a company's accounts whose words no list holds: its sum, or its change, is a figure all the same."""
    if label is None or asset is None or not any(label.tokens.kind[k] == WORD for k in range(label.first, label.last)):
        return None
    is_sum = figure.mention.kind is K.MONEY and size(figure) >= _LEAST_SUM
    is_change = figure.mention.is_signed and figure.mention.unit == "percent" and _is_change_column(head)
    return Found(label.first, label.first + 1, "figure", "amount") if is_sum or is_change else None


_LEAST_SUM = 1e6


def _of_listing(head: Sentence | None, figure: Figure, label: Sentence | None, *, is_listing: bool) -> Found | None:
    """A list of shares with their prices and moves: the row names the asset, the column the price or its change."""
    if head is None or label is None or not is_listing:
        return None
    words = head.words(head.first, head.last)
    is_named = figure.mention.is_signed or not _MOVES.isdisjoint(words) or "%" in words or "+" in words
    is_move = figure.mention.unit == "percent" and is_named
    is_price = figure.mention.unit in ("money", "count") and not _PRICES.isdisjoint(words)
    topic = Found(head.first, head.first + 1, "price", "share")
    return topic if (is_move or is_price) and fits("price", "share", figure) else None


def _asset(known: Subjects, beside: list[Sentence]) -> Name | None:
    for sentence in beside:
        places = [p for p in known.places.get(sentence.number, []) if not p.is_noun]
        if places:
            return places[0].name
    return None


def _topic(beside: list[Sentence], figure: Figure) -> Found | None:
    """The topic of the row's label, else of the column's head, that fits the cell."""
    for sentence in beside:
        found = [topic for topic in sentence.topics if fits(topic.family, topic.key, figure)]
        found += [
            Found(cue.first, cue.last, "price", "share")
            for cue in sentence.cues
            if cue.family in ("price", "index") and fits("price", "share", figure)
        ]
        if found:
            return max(found, key=lambda topic: (topic.last - topic.first, topic.family != "price", -topic.first))
    for sentence in beside:
        if any(f.mention.periods and f.mention.periods[0].window == "to_date" for f in sentence.figures):
            topic = Found(sentence.first, sentence.first + 1, "price", "share")
            return topic if fits("price", "share", figure) else None
    return None


def _scaled(figure: Figure, beside: list[Sentence]) -> Figure:
    """A bare number with the scale and unit that the label, the head or the table's corner notes."""
    mention = figure.mention
    if mention.kind is not K.NUMBER and mention.unit != "count":
        return figure
    note = next((f.mention for s in beside for f in s.figures if f.mention.kind is K.SCALE), None)
    if note is None or not note.values:
        worded = next((found for s in beside if (found := _noted(s))), None)
        if worded is not None:
            scale, currency = worded
            values = tuple(
                v.model_copy(update={"value": v.value * scale, "step": v.step * scale}) for v in mention.values
            )
            noted: dict[str, object] = {"values": values, "unit": "money", "currency": currency, "kind": K.MONEY}
            return Figure(mention.model_copy(update=noted), figure.first, figure.last)
        code = next((_money(s) for s in beside if _money(s)), None)
        if code is None:
            return figure
        return Figure(
            mention.model_copy(update={"kind": K.MONEY, "unit": "money", "currency": code}), figure.first, figure.last
        )
    is_share = any(
        "share" in s.words(s.first, s.last) or "eps" in s.words(s.first, s.last) or "aktie" in s.words(s.first, s.last)
        for s in beside[:1]
    )
    is_count = any(
        {"units", "stück", "einheiten", "mitarbeiter", "employees"} & set(s.words(s.first, s.last)) for s in beside[:1]
    )
    if is_count:
        return figure
    scale = 1.0 if is_share else note.values[0].value
    values = tuple(v.model_copy(update={"value": v.value * scale, "step": v.step * scale}) for v in mention.values)
    kind = K.MONEY if note.unit == "money" else K.PERCENT if note.unit == "percent" else mention.kind
    update = {"values": values, "unit": note.unit or mention.unit, "currency": note.currency, "kind": kind}
    return Figure(mention.model_copy(update=update), figure.first, figure.last)


_SCALES = {"million": 1e6, "millions": 1e6, "mio": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "mrd": 1e9}


def _noted(sentence: Sentence) -> tuple[float, str] | None:
    """Scale and currency of a cell that says nothing else: `$ million`, `Mio. Euro`."""
    words = [word for word in sentence.words(sentence.first, sentence.last) if word not in ".()"]
    codes = [_MONEY_SIGNS[word] for word in words if word in _MONEY_SIGNS]
    scales = [_SCALES[word] for word in words if word in _SCALES]
    return (scales[0], codes[0]) if len(words) <= 3 and len(codes) == 1 and len(scales) == 1 else None


_MONEY_SIGNS = {
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "euro": "EUR",
    "euros": "EUR",
    "eur": "EUR",
    "usd": "USD",
    "chf": "CHF",
    "franken": "CHF",
    "gbp": "GBP",
    "dollar": "USD",
    "dollars": "USD",
}


def _money(sentence: Sentence) -> str | None:
    """A currency in brackets: `Kurs (€)`, `EPS (basic; in euros)`; or behind `in`: `Gewinn je Aktie in Euro`."""
    tokens = sentence.tokens
    if sentence.words(sentence.last - 2, sentence.last - 1) == ("in",):
        return _MONEY_SIGNS.get(tokens.lower[sentence.last - 1])
    if "(" not in tokens.text[sentence.first : sentence.last]:
        return None
    at = tokens.text.index("(", sentence.first)
    for k in range(at + 1, min(sentence.last, at + 7)):
        if tokens.lower[k] in _MONEY_SIGNS:
            return _MONEY_SIGNS[tokens.lower[k]]
    return None


def _around(figure: Figure, beside: list[Sentence]) -> Context:
    values = figure.mention.values
    way = None
    if figure.mention.is_signed and values:
        way = "up" if values[0].value > 0 else "down"
    forecast = next((cue for s in beside for cue in s.cues if cue.family in ("expectation", "guidance")), None)
    if forecast is None and any(_is_estimate_year(s) for s in beside):
        forecast = Found(0, 1, "expectation", "expectation")
    return Context(way, None, figure.mention.is_signed, False, forecast, None)


def _is_estimate_year(sentence: Sentence) -> bool:
    """`2026e`, `FY27E`."""
    tokens = sentence.tokens
    return any(
        tokens.kind[k] == "n"
        and tokens.glued[k + 1]
        and tokens.lower[k + 1] in _FORECAST
        and len(tokens.text[k]) in (2, 4)
        for k in range(sentence.first, sentence.last - 1)
    )


def _dated(article: Article, beside: list[Sentence], kind: str) -> Dated:
    """The period of a company's metric, the day of a price or a dated label."""
    day = None
    for sentence in reversed(beside):
        for figure in sentence.figures:
            for reading in figure.mention.periods[:1]:
                if kind == "return" and reading.window == "to_date" and reading.shift == 0:
                    return Dated(f"{reading.unit}_to_date")
                period = named_span(sentence, figure, article.published_on, YearEnd(article.year_end or 12))
                if period is not None and kind not in ("price_level", "return"):
                    return Dated(period)
                if article.published_on is not None:
                    day = day or day_of(reading, article.published_on)
    return Dated(None, day.isoformat() if day else None)


def _date_cell(
    article: Article, cell: Sentence, head: Sentence | None, label: Sentence | None, asset: Name | None
) -> Draft | None:
    """A day in a column such as Ex-Tag or Zahltag."""
    if article.published_on is None or _data(cell):
        return None
    found = next(
        (f for f in cell.figures if f.mention.periods and day_of(f.mention.periods[0], article.published_on)), None
    )
    if found is None:
        return None
    words = " ".join(w for s in (head, label) if s for w in s.words(s.first, s.last))
    metric = next((name for name, keys in _DATE_COLUMNS.items() if any(key in words for key in keys)), None)
    if metric is None:
        return None
    day = day_of(found.mention.periods[0], article.published_on)
    assert day is not None
    return Draft(
        sentence=cell,
        first=found.first,
        last=found.last,
        span=span_of(cell, found),
        kind="date",
        metric=metric,
        values=(ClaimValue(value=day.isoformat(), unit="date"),),
        subject=as_subject(asset),
    )


_DATE_COLUMNS = {
    "ex_dividend_date": ("ex - tag", "ex - datum", "ex - date", "ex - dividend", "ex date"),
    "payment_date": ("zahltag", "zahlung", "payment", "payable"),
    "annual_meeting_date": ("hauptversammlung", "annual meeting", "hv"),
    "record_date": ("record date", "stichtag"),
    "earnings_date": ("zahlen", "earnings", "results", "report date", "quartalszahlen"),
}
