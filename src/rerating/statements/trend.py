"""The trend around the price, in one compact table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rerating.core.types import Gap
from rerating.findings.price_move import PriceMove
from rerating.findings.trend import AVERAGES, RSI_SESSIONS, YEAR, Trend
from rerating.statements.blocks import Item, Length, Row, Section, Table
from rerating.statements.facts import Count, Money, Number, Share, Slot, Word
from rerating.statements.statement import Kind, Statement, Template
from rerating.statements.venues import benchmark_name

TITLE = Word(de="Der Trend", en="The trend")
DEFINITION_LABEL = Template(de="Trend", en="Trend")
DEFINITION = Template(
    de="Durchschnitte sind Mittel der Schlusskurse über {short} und {long}; der RSI folgt Wilder über {rsi}. Die "
    "Volatilität ist die Standardabweichung der Log-Renditen, auf {year} hochgerechnet; Beta ist die Steigung nach "
    "kleinsten Quadraten über {year}. Der Rückgang gilt gegenüber dem höchsten Schlusskurs von {year:dative}, der Rang "
    "des Volumens unter {year:dative}. Die relative Stärke ist die Rendite der Aktie abzüglich der des "
    "Vergleichsmaßstabs, in Prozentpunkten.",
    en="Averages are means of the closes over {short} and {long}; the RSI follows Wilder over {rsi}. Volatility is the "
    "standard deviation of log returns, scaled to {year}; beta is the least-squares slope over {year}. Drawdown is "
    "against the highest close of {year}, the rank of the volume is among {year}. Relative strength is the return of "
    "the stock minus that of the benchmark, in percentage points.",
)

LABELS: dict[str, Template] = {
    "average": Template(de="Durchschnitt über {sessions} (Abstand)", en="Average of {sessions} (distance)"),
    "rsi": Template(de="RSI über {sessions}", en="RSI over {sessions}"),
    "volatility": Template(de="Volatilität aufs Jahr, {sessions}", en="Annualised volatility, {sessions}"),
    "beta": Template(de="Beta zu {benchmark}", en="Beta to {benchmark}"),
    "drawdown": Template(de="Rückgang vom höchsten Schlusskurs", en="Drawdown from the highest close"),
    "deepest": Template(de="Tiefster Rückgang des Jahres", en="Deepest drawdown of the year"),
    "volume": Template(de="Rang des Volumens im Jahr", en="Percentile of the volume in the year"),
}
LEVEL = Template(de="{level} ({distance:signed})", en="{level} ({distance:signed})")
VALUE = Template(de="{value}", en="{value}")
SIGNED = Template(de="{value:signed}", en="{value:signed}")
HEAD = (Template(de="Größe", en="Figure"), Template(de="Wert", en="Value"))
STRENGTH_HEAD = Template(de="Rendite abzüglich der des Maßstabs", en="Return minus that of the benchmark")
STRENGTH_OVER = Template(de="{sessions}", en="{sessions}")
STRENGTH_LABEL = Template(de="{benchmark}", en="{benchmark}")


def section(findings: Sequence[Trend], moves: Sequence[PriceMove]) -> Section | None:
    """The tables of the first finding; None where all of its figures are gaps (they stand among the gaps)."""
    if not findings:
        return None
    head = tuple(Statement(kind=Kind.FACT, template=template) for template in HEAD)
    rows = tuple(_rows(findings[0], _unit(findings[0], moves)))
    tables = (Table(since=Length.ARTICLE, name="trend", head=head, rows=rows), _strength(findings[0]))
    kept = tuple(table for table in tables if table.rows)
    return Section(name="trend", title=TITLE, blocks=kept) if kept else None


def _unit(found: Trend, moves: Sequence[PriceMove]) -> str | None:
    """The currency of the line, which the finding on its price holds."""
    for move in moves:
        if move.listing == found.listing and not isinstance(move.close, Gap):
            return move.close.unit
    return None


def _row(name: str, template: Template, more: dict[str, Slot] | None = None, **slots: Slot) -> Row:
    label = Statement(kind=Kind.FACT, template=LABELS[name], slots=more or {})
    return Row(label=label, cells=(Statement(kind=Kind.FACT, template=template, slots=slots),))


def _over(sessions: int) -> dict[str, Slot]:
    return {"sessions": Count(value=sessions, of="session")}


def _rows(found: Trend, unit: str | None) -> Iterator[Row]:
    for average in found.averages:
        if isinstance(average.level, Gap) or isinstance(average.distance, Gap):
            continue
        level: Slot = Number(value=average.level, src=average.src, formula="mean(close)")
        if unit is not None:
            level = Money(value=average.level, unit=unit, src=average.src, formula="mean(close)")
        distance = Share(value=average.distance, src=average.src, formula="close / average - 1")
        yield _row("average", LEVEL, _over(average.sessions), level=level, distance=distance)
    if not isinstance(found.rsi_14, Gap):
        yield _row("rsi", VALUE, _over(RSI_SESSIONS), value=Number(value=found.rsi_14, digits=1, src=found.src))
    for volatility in found.volatility:
        if not isinstance(volatility.value, Gap):
            value = Share(value=volatility.value, src=volatility.src)
            yield _row("volatility", VALUE, _over(volatility.sessions), value=value)
    if not isinstance(found.beta, Gap) and not isinstance(found.beta_benchmark, Gap):
        benchmark = {"benchmark": benchmark_name(found.beta_benchmark)}
        yield _row("beta", VALUE, dict(benchmark), value=Number(value=found.beta, src=found.src))
    for name, drawdown in (("drawdown", found.drawdown_52w), ("deepest", found.deepest_drawdown_52w)):
        if not isinstance(drawdown, Gap):
            yield _row(name, SIGNED, value=Share(value=drawdown, src=found.src))
    if not isinstance(found.volume_percentile, Gap):
        yield _row("volume", VALUE, value=Share(value=found.volume_percentile, digits=0, src=found.src))


def _strength(found: Trend) -> Table:
    """A row for each benchmark, a column for each number of sessions."""
    known = {
        (strength.benchmark, strength.sessions): Share(value=strength.excess, src=strength.src)
        for strength in found.relative_strength
        if not isinstance(strength.excess, Gap)
    }
    columns = sorted({sessions for _, sessions in known})
    head = [Statement(kind=Kind.FACT, template=STRENGTH_HEAD)]
    head += [Statement(kind=Kind.FACT, template=STRENGTH_OVER, slots=_over(sessions)) for sessions in columns]
    rows = tuple(
        Row(
            label=Statement(kind=Kind.FACT, template=STRENGTH_LABEL, slots={"benchmark": benchmark_name(name)}),
            cells=tuple(_signed(known.get((name, sessions))) for sessions in columns),
        )
        for name in dict.fromkeys(name for name, _ in known)
    )
    return Table(since=Length.ARTICLE, name="relative_strength", head=tuple(head), rows=rows)


def _signed(value: Share | None) -> Statement | None:
    return None if value is None else Statement(kind=Kind.FACT, template=SIGNED, slots={"value": value})


def definition() -> Item:
    """How the figures are defined; the numbers in it are the finding's own constants."""
    slots: dict[str, Slot] = {
        "short": Count(value=AVERAGES[0], of="session"),
        "long": Count(value=AVERAGES[1], of="session"),
        "rsi": Count(value=RSI_SESSIONS, of="session"),
        "year": Count(value=YEAR, of="session"),
    }
    return Item(
        label=Statement(kind=Kind.METHOD, template=DEFINITION_LABEL),
        statement=Statement(kind=Kind.METHOD, template=DEFINITION, slots=slots),
    )
