"""What the price is worth in reported and expected figures: one table, and where each figure comes from."""

from __future__ import annotations

from datetime import date

from rerating.core.types import Gap
from rerating.findings.multiples import HISTORY_MONTHS, Input, Multiple, Rank, Valuation
from rerating.statements.amounts import amount
from rerating.statements.blocks import AnyBlock, Item, Length, Paragraph, Row, Table
from rerating.statements.facts import Count, Day, Days, Moment, Money, Number, NumberRange, Share, Slot, Word
from rerating.statements.statement import Kind, Statement, Template

DEFINITION_LABEL = Template(de="Bewertung", en="Valuation")
DEFINITION = Template(
    de="Gerechnet wird mit dem letzten Schlusskurs in der Währung der Berichte (EZB-Kurs des Tages) und mit "
    "{months:dative}, "
    "die ein Geschäftsjahr sind oder aus den jüngsten Zeiträumen zusammengesetzt werden. Börsenwert: Kurs je "
    "Stammaktie "
    "mal Aktienzahl; Unternehmenswert: Börsenwert abzüglich Nettoliquidität zuzüglich Minderheiten. EBITDA ist das "
    "Betriebsergebnis vor Abschreibungen. Die erwarteten Gewinne sind nach den Enden der Geschäftsjahre gewichtet. Die "
    "eigene Geschichte sind die Monatsenden von bis zu {past:dative}, jedes mit dem damals Bekannten; der Rang ist der "
    "Anteil davon, den der heutige Wert übertrifft.",
    en="Taken are the last close in the currency of the reports (the ECB rate of the day) and {months} that are a "
    "fiscal "
    "year or are put together from the newest periods. Market value: price per ordinary share times the number of "
    "shares; enterprise value: market value minus net cash plus minorities. EBITDA is operating income before "
    "depreciation and amortisation. Expected earnings are weighted by the ends of the fiscal years. The own past is "
    "the "
    "month ends of up to {past}, each with what was known then; the rank is the share of them that today's value "
    "exceeds.",
)

WORTH = Template(
    de="Der Schlusskurs vom {on:no_year} entspricht einem Börsenwert von {cap}.",
    en="The close of {on:no_year} stands for a market value of {cap}.",
)
WORTH_CASH = Template(
    de="Der Schlusskurs vom {on:no_year} entspricht einem Börsenwert von {cap} und, nach Abzug von {cash} an "
    "Nettoliquidität, einem Unternehmenswert von {value}.",
    en="The close of {on:no_year} stands for a market value of {cap} and, after {cash} of net cash, for an enterprise "
    "value of {value}.",
)
WORTH_DEBT = Template(
    de="Der Schlusskurs vom {on:no_year} entspricht einem Börsenwert von {cap} und, zuzüglich {debt} an Nettoschulden, "
    "einem Unternehmenswert von {value}.",
    en="The close of {on:no_year} stands for a market value of {cap} and, with {debt} of net debt, for an enterprise "
    "value of {value}.",
)
EARNINGS = Template(
    de="Bezahlt wird das {pe}-Fache des Gewinns des Jahres bis {to}; an {rank} der Monatsenden seit {since:month} "
    "lag es darunter (Median {median}).",
    en="That is {pe} times the earnings of the year to {to}; from {since:month} on, {rank} of the month ends were "
    "below (median {median}).",
)
OF_YEAR = Template(
    de="Für die nächsten {months:accusative} wird kein Gewinn erwartet, ein Kurs-Gewinn-Verhältnis gibt es darauf "
    "nicht; gemessen am Geschäftsjahr bis {to}, dem ersten mit erwartetem Gewinn, beträgt es {pe}.",
    en="No profit is expected for the next {months}, so no price-to-earnings ratio exists on them; on the fiscal "
    "year to {to}, the first with an expected profit, it is {pe}.",
)
OF_YEARS = Template(
    de="Für die nächsten {months:accusative} wird kein Gewinn erwartet, ein Kurs-Gewinn-Verhältnis gibt es darauf "
    "nicht; gemessen am Geschäftsjahr bis {to}, dem ersten mit erwartetem Gewinn, beträgt es {pe}, über alle Jahre mit "
    "erwartetem Gewinn {range}.",
    en="No profit is expected for the next {months}, so no price-to-earnings ratio exists on them; on the fiscal "
    "year to {to}, the first with an expected profit, it is {pe}, over all years with an expected profit {range}.",
)

NAMES: dict[str, Template] = {
    "pe_trailing": Template(de="Kurs zu Gewinn", en="Price to earnings"),
    "pe_forward": Template(de="Kurs zu erwartetem Gewinn", en="Price to expected earnings"),
    "ev_sales": Template(de="Unternehmenswert zu Umsatz", en="Enterprise value to sales"),
    "ev_ebitda": Template(de="Unternehmenswert zu EBITDA", en="Enterprise value to EBITDA"),
    "fcf_yield": Template(de="Freier Mittelzufluss zu Börsenwert", en="Free cash flow to market value"),
}
INPUTS: dict[str, tuple[str, str]] = {
    "close": ("Schlusskurs", "Close"),
    "revenue": ("Umsatz", "Revenue"),
    "net_income": ("Nettogewinn", "Net income"),
    "eps_diluted": ("Gewinn je Aktie, verwässert", "Earnings per share, diluted"),
    "estimate.eps": ("Erwarteter Gewinn je Stück", "Expected earnings per unit"),
    "ebitda": ("EBITDA", "EBITDA"),
    "free_cash_flow": ("Freier Mittelzufluss", "Free cash flow"),
    "shares_outstanding": ("Aktien im Umlauf", "Shares outstanding"),
    "shares_diluted": ("Aktien, verwässert (Mittel)", "Shares, diluted (mean)"),
    "net_cash": ("Nettoliquidität", "Net cash"),
    "minority_interest": ("Minderheiten", "Minorities"),
}

CELL = Template(de="{value}", en="{value}")
KNOWN = Template(de="{at:day}", en="{at:day}")
HEAD = (
    Template(de="Bewertung", en="Valuation"),
    Template(de="Wert", en="Value"),
    Template(de="Rang in der eigenen Geschichte", en="Rank in its own past"),
    Template(de="Median dort", en="Median there"),
    Template(de="Rang unter Vergleichswerten", en="Rank among peers"),
    Template(de="Median dort", en="Median there"),
    Template(de="Zahlen bis", en="Figures to"),
    Template(de="bekannt seit", en="known since"),
)
INPUT_HEAD = (
    Template(de="Womit bewertet wird", en="What the valuation uses"),
    Template(de="Wert", en="Value"),
    Template(de="Zeitraum", en="Period"),
    Template(de="bekannt seit", en="known since"),
)


def blocks(found: Valuation | Gap) -> list[AnyBlock]:
    """Sentences, the table of multiples, and the table of their inputs; nothing where no multiple is known."""
    if isinstance(found, Gap):
        return []
    known = [multiple for multiple in found.multiples if not isinstance(multiple.value, Gap)]
    said = [statement for statement in (_worth(found), _earnings(found), _of_years(found)) if statement is not None]
    made: list[AnyBlock] = [Paragraph(since=Length.BRIEF, statements=tuple(said))] if said else []
    if not known:
        return made
    rows = [Row(label=Statement(kind=Kind.ESTIMATE, template=NAMES[m.name]), cells=_cells(m)) for m in known]
    used = [place for place in range(len(HEAD) - 1) if any(row.cells[place] is not None for row in rows)]
    table = Table(
        since=Length.ARTICLE,
        name="valuation",
        head=tuple(_plain(HEAD[place]) for place in (0, *(place + 1 for place in used))),
        rows=tuple(row.model_copy(update={"cells": tuple(row.cells[place] for place in used)}) for row in rows),
    )
    return [*made, table, _inputs(known)]


def _plain(template: Template) -> Statement:
    return Statement(kind=Kind.FACT, template=template)


def _worth(found: Valuation) -> Statement | None:
    if isinstance(found.market_cap, Gap):
        return None
    slots: dict[str, Slot] = {
        "on": Day(on=found.on),
        "cap": Money(value=found.market_cap, unit=found.unit, src=found.src, formula="close / units x shares"),
    }
    if isinstance(found.net_cash, Gap) or isinstance(found.enterprise_value, Gap):
        return Statement(kind=Kind.ESTIMATE, template=WORTH, slots=slots)
    name, template = ("cash", WORTH_CASH) if found.net_cash >= 0 else ("debt", WORTH_DEBT)
    slots[name] = Money(value=abs(found.net_cash), unit=found.unit, src=found.src)
    slots["value"] = Money(
        value=found.enterprise_value, unit=found.unit, src=found.src, formula="market value - net cash + minorities"
    )
    return Statement(kind=Kind.ESTIMATE, template=template, slots=slots)


def _earnings(found: Valuation) -> Statement | None:
    """The price in earnings against its own past, where both are known."""
    paid = next((multiple for multiple in found.multiples if multiple.name == "pe_trailing"), None)
    if paid is None or isinstance(paid.value, Gap) or isinstance(paid.own_history, Gap):
        return None
    past, to = paid.own_history, _to(paid)
    if past.from_on is None or to is None:
        return None
    slots: dict[str, Slot] = {
        "pe": Number(value=paid.value, digits=1, src=paid.src, formula="close / earnings per share"),
        "to": Day(on=to),
        "rank": Share(value=past.percentile, digits=0, src=past.src, formula="share of month ends below"),
        "since": Day(on=past.from_on),
        "median": Number(value=past.median, digits=1, src=past.src),
    }
    return Statement(kind=Kind.ESTIMATE, template=EARNINGS, slots=slots)


def _of_years(found: Valuation) -> Statement | None:
    """P/E of the first year with an expected profit, where the next twelve months have none."""
    years = found.pe_of_years
    if years is None or isinstance(years, Gap):
        return None
    first = years[0]
    formula = "close / expected earnings of the fiscal year"
    slots: dict[str, Slot] = {
        "months": Count(value=12, of="month"),
        "to": Day(on=first.period_to),
        "pe": Number(value=first.value, digits=1, src=first.src, formula=formula),
    }
    if len(years) == 1:
        return Statement(kind=Kind.ESTIMATE, template=OF_YEAR, slots=slots)
    values, marks = [year.value for year in years], tuple(dict.fromkeys(mark for year in years for mark in year.src))
    slots["range"] = NumberRange(low=min(values), high=max(values), digits=1, src=marks, formula=formula)
    return Statement(kind=Kind.ESTIMATE, template=OF_YEARS, slots=slots)


def _to(multiple: Multiple) -> date | None:
    """The end of the newest reported or expected figure in it, the price apart."""
    return max((given.period_to for given in multiple.inputs[1:2] if given.period_to is not None), default=None)


def _cells(multiple: Multiple) -> tuple[Statement | None, ...]:
    assert not isinstance(multiple.value, Gap)
    own, peers = multiple.own_history, multiple.peers
    main = multiple.inputs[1]
    day = None if main.period_to is None else _cell(Day(on=main.period_to, src=main.src))
    return (
        _cell(_figure(multiple, multiple.value, multiple.src)),
        _rank(own),
        None if isinstance(own, Gap) else _cell(_figure(multiple, own.median, own.src)),
        _rank(peers),
        None if isinstance(peers, Gap) else _cell(_figure(multiple, peers.median, peers.src)),
        day,
        Statement(kind=Kind.FACT, template=KNOWN, slots={"at": Moment(at=main.known_at)}),
    )


def _cell(slot: Slot) -> Statement:
    return Statement(kind=Kind.ESTIMATE, template=CELL, slots={"value": slot})


def _figure(multiple: Multiple, value: float, src: tuple[str, ...]) -> Slot:
    if multiple.name == "fcf_yield":
        return Share(value=value, src=src, formula="free cash flow / market value")
    return Number(value=value, digits=1, src=src)


def _rank(found: Rank | Gap) -> Statement | None:
    if isinstance(found, Gap):
        return None
    return _cell(Share(value=found.percentile, digits=0, src=found.src, formula="share of the others below"))


def _inputs(known: list[Multiple]) -> Table:
    """Each input once, with its period and the time from which it was known."""
    given: dict[tuple[str, object], Input] = {}
    for multiple in known:
        for one in multiple.inputs:
            given.setdefault((one.name, one.period_to), one)
    return Table(
        since=Length.FULL,
        name="valuation_inputs",
        head=tuple(_plain(template) for template in INPUT_HEAD),
        rows=tuple(_input(one) for one in given.values()),
    )


def _span(first: date | None, last: date) -> Slot:
    return Day(on=last) if first is None else Days(from_on=first, to_on=last)


def _input(one: Input) -> Row:
    de, en = INPUTS.get(one.name, (one.name, one.name))
    value = amount(one.value, one.unit, one.src)
    period = None if one.period_to is None else _span(one.period_from, one.period_to)
    return Row(
        label=Statement(kind=Kind.FACT, template=CELL, slots={"value": Word(de=de, en=en)}),
        cells=(
            None if value is None else Statement(kind=Kind.FACT, template=CELL, slots={"value": value}),
            None if period is None else Statement(kind=Kind.FACT, template=CELL, slots={"value": period}),
            Statement(kind=Kind.FACT, template=KNOWN, slots={"at": Moment(at=one.known_at)}),
        ),
    )


def definition() -> Item:
    """How the multiples are computed; the numbers in it are the finding's own constants."""
    slots: dict[str, Slot] = {
        "months": Count(value=12, of="month"),
        "past": Count(value=HISTORY_MONTHS // 12, of="year"),
    }
    return Item(
        label=Statement(kind=Kind.METHOD, template=DEFINITION_LABEL),
        statement=Statement(kind=Kind.METHOD, template=DEFINITION, slots=slots),
    )
