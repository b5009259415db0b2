"""What the company had reported by the cutoff: one table, and where nothing is held the gap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rerating.core.types import Gap
from rerating.findings.fundamentals import Fundamentals, Reported
from rerating.statements import multiples
from rerating.statements.amounts import amount
from rerating.statements.blocks import Item, Length, Row, Section, Table
from rerating.statements.facts import Day, Days, Moment, Name, Share, Slot, Word
from rerating.statements.statement import Kind, Statement, Template

TITLE = Word(de="Die gemeldeten Zahlen", en="Reported figures")
DEFINITION_LABEL = Template(de="Gemeldete Zahlen", en="Reported figures")
DEFINITION = Template(
    de="Je Größe der jüngste Zeitraum, wie er bis zum Stichtag veröffentlicht war. Bekannt ist eine Zahl, sobald "
    "ihre Veröffentlichung spätestens draußen war. Dieselbe Größe in verschiedenen Währungen zählt als "
    "verschiedene Zahl; Jahre und Quartale stehen für sich. Verglichen wird mit demselben Zeitraum des "
    "Vorjahres, beide Zahlen wie zum Stichtag bekannt. Hat eine spätere Meldung die Zahl geändert, steht die "
    "zuerst gemeldete daneben.",
    en="For each item the newest period, as published by the cutoff. A figure is known when its publication was "
    "out at the latest. The same item in different currencies counts as different figures; years and quarters "
    "stand for themselves. The comparison is with the same period of the year before, both as known at the "
    "cutoff. Where a later filing changed a figure, the one first reported stands beside it.",
)

FIELDS: dict[str, tuple[str, str]] = {
    "revenue": ("Umsatz", "Revenue"),
    "net_income": ("Nettogewinn", "Net income"),
    "operating_income": ("Betriebsergebnis", "Operating income"),
    "eps_diluted": ("Gewinn je Aktie, verwässert", "Earnings per share, diluted"),
    "eps_guidance": ("Ausblick: Gewinn je Aktie", "Guidance: earnings per share"),
    "eps_consensus": ("Konsens: Gewinn je Aktie", "Consensus: earnings per share"),
    "operating_cash_flow": ("Mittelzufluss aus dem Geschäft", "Operating cash flow"),
    "buybacks": ("Aktienrückkäufe", "Buybacks"),
    "capex": ("Investitionen", "Capital expenditure"),
    "capital_expenditure": ("Investitionen", "Capital expenditure"),
    "capex_without_campuses": ("Investitionen ohne Firmengelände", "Capital expenditure without campuses"),
    "free_cash_flow": ("Freier Mittelzufluss", "Free cash flow"),
    "adjusted_ebita": ("Bereinigtes EBITA", "Adjusted EBITA"),
    "cloud_revenue": ("Umsatz der Cloud-Sparte", "Cloud revenue"),
    "cloud_adjusted_ebita": ("Bereinigtes EBITA der Cloud-Sparte", "Cloud adjusted EBITA"),
    "china_commerce_adjusted_ebita": ("Bereinigtes EBITA des China-Handels", "China commerce adjusted EBITA"),
    "taobao_tmall_adjusted_ebita": ("Bereinigtes EBITA von Taobao und Tmall", "Taobao and Tmall adjusted EBITA"),
    "international_commerce_adjusted_ebita": (
        "Bereinigtes EBITA des Auslandshandels",
        "International commerce adjusted EBITA",
    ),
    "depreciation_amortization": ("Abschreibungen", "Depreciation and amortisation"),
    "cash": ("Flüssige Mittel", "Cash"),
    "debt": ("Finanzschulden", "Debt"),
    "net_cash": ("Nettoliquidität", "Net cash"),
    "shares_outstanding": ("Aktien im Umlauf", "Shares outstanding"),
    "shares_diluted": ("Aktien, verwässert (Mittel)", "Shares, diluted (mean)"),
}
NOTES: dict[str, tuple[str, str]] = {"preliminary": ("vorläufig", "preliminary")}

LABEL = Template(de="{field}", en="{field}")
LABEL_NOTE = Template(de="{field} ({note})", en="{field} ({note})")
VALUE = Template(de="{value}", en="{value}")
PERIOD = Template(de="{period}", en="{period}")
GROWTH = Template(de="{value:signed}", en="{value:signed}")
FIRST = Template(de="{value} ({at:day})", en="{value} ({at:day})")
KNOWN = Template(de="{at:day}", en="{at:day}")
HEAD = (
    Template(de="Größe", en="Figure"),
    Template(de="Zeitraum", en="Period"),
    Template(de="Wert", en="Value"),
    Template(de="zum Vorjahr", en="on the year before"),
    Template(de="bekannt seit", en="known since"),
    Template(de="zuerst gemeldet", en="first reported"),
)


def section(findings: Sequence[Fundamentals]) -> Section | None:
    """The section of the reported figures; None where none are held (the gap stands among the gaps)."""
    figures = [figure for found in findings if not isinstance(found.figures, Gap) for figure in found.figures]
    worth = [block for found in findings for block in multiples.blocks(found.valuation)]
    if not figures:
        return None
    rows = tuple(_row(figure) for figure in figures)
    used = [place for place in range(len(HEAD) - 1) if any(row.cells[place] is not None for row in rows)]
    rows = tuple(row.model_copy(update={"cells": tuple(row.cells[place] for place in used)}) for row in rows)
    head = tuple(Statement(kind=Kind.FACT, template=HEAD[place]) for place in (0, *(place + 1 for place in used)))
    table = Table(since=Length.ARTICLE, name="fundamentals", head=head, rows=rows)
    return Section(name="fundamentals", title=TITLE, blocks=(*worth, table))


def kind_of(figure: Reported) -> Kind:
    """Guidance and consensus are estimates, everything else is a reported fact."""
    return Kind.ESTIMATE if any(word in figure.field for word in ("guidance", "consensus", "estimate")) else Kind.FACT


def _row(figure: Reported) -> Row:
    kind = kind_of(figure)
    period = _period(figure.period_from, figure.period_to)
    at = Statement(kind=Kind.FACT, template=KNOWN, slots={"at": Moment(at=figure.known_at)})
    found = amount(figure.value, figure.unit, figure.src, low=figure.low, high=figure.high)
    value = None if found is None else Statement(kind=kind, template=VALUE, slots={"value": found})
    return Row(label=_label(figure, kind), cells=(period, value, _growth(figure), at, _first(figure)))


def _growth(figure: Reported) -> Statement | None:
    if figure.growth is None or isinstance(figure.growth, Gap):
        return None
    ratio = Share(value=figure.growth.ratio, src=figure.growth.src, formula="value / value a year earlier - 1")
    return Statement(kind=Kind.FACT, template=GROWTH, slots={"value": ratio})


def _first(figure: Reported) -> Statement | None:
    """What was reported first, where it is another value than the one that stands."""
    first = figure.first_reported
    value = None if first is None else amount(first.value, figure.unit, first.src)
    if first is None or value is None:
        return None
    return Statement(kind=Kind.FACT, template=FIRST, slots={"value": value, "at": Moment(at=first.known_at)})


def _label(figure: Reported, kind: Kind) -> Statement:
    slots: dict[str, Slot] = {"field": field_name(figure.field)}
    if figure.note in NOTES:
        note = NOTES[figure.note]
        return Statement(kind=kind, template=LABEL_NOTE, slots=slots | {"note": Word(de=note[0], en=note[1])})
    return Statement(kind=kind, template=LABEL, slots=slots)


def field_name(key: str) -> Word | Name:
    """What a field of a report is called; its key where no name is known, which may hold digits and stays English."""
    plain = key.replace("_", " ")
    known = FIELDS.get(plain.lower().replace(" ", "_"))
    return Name(de=plain, en=plain, de_is_original=True) if known is None else Word(de=known[0], en=known[1])


def _period(first: date | None, last: date | None) -> Statement | None:
    if last is None:
        return None
    slot = Day(on=last) if first is None else Days(from_on=first, to_on=last)
    return Statement(kind=Kind.FACT, template=PERIOD, slots={"period": slot})


def definition() -> Item:
    """How the figures are defined; the numbers in it are the finding's own constants."""
    return Item(
        label=Statement(kind=Kind.METHOD, template=DEFINITION_LABEL),
        statement=Statement(kind=Kind.METHOD, template=DEFINITION),
    )
