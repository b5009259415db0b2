"""Scenarios on the terminal: the figures with their bands, what matters most, and what stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from rerating.core.types import Gap
from rerating.findings.scenario_price import PriceScenario
from rerating.findings.scenario_programme import CapexScenario
from rerating.findings.scenario_share import ShareOfMarket, ShareScenario
from rerating.language.numbers import big, decimal, percent
from rerating.language.quantities import money
from rerating.measures.market_share import ClaimVerdict, Feasibility

if TYPE_CHECKING:
    from rerating.core.record import Record
    from rerating.findings.scenario_inputs import ScenarioFile
    from rerating.measures.scenario_draws import Band, Driver


def print_tables(file: ScenarioFile, found: Record | Gap) -> None:
    """Print a scenario; a Gap is printed with what would fill it."""
    console = Console(highlight=False)
    console.print(f"[bold]{file.case.title}[/bold]\n{file.case.subject}, known at {file.as_of} ({file.case.name})")
    if isinstance(found, Gap):
        console.print(f"not known: {found.question} ({found.detail})")
    elif isinstance(found, ShareScenario):
        _share(console, found)
    elif isinstance(found, CapexScenario):
        _capex(console, found)
    elif isinstance(found, PriceScenario):
        _price(console, found)
    values = [value for _, value in file.values()]
    assumed = sum(value.assumption for value in values)
    console.print(f"{len(values)} inputs, {assumed} of them assumptions; --format json lists each with its source.")


def _share(console: Console, found: ShareScenario) -> None:
    console.print(f"claim: {found.claim}; window: {found.window}")
    table = _table("market", "size", "share before", "part", "growth", "share after", "middle 80 %")
    for one in found.definitions:
        table.add_row(
            one.market_name,
            _amount(one.market, one.unit),
            percent(one.share_before, "en"),
            percent(one.incremental_share, "en"),
            percent(one.growth, "en"),
            percent(one.share_after, "en"),
            _percents(one.share_after_band),
        )
    console.print(table)
    for one in found.definitions:
        verdict = one.claim_verdict
        console.print(f"[bold]{one.market_name}[/bold]: {verdict.verdict.value} ({_bound(verdict)})")
        if one.target_share is not None:
            console.print(f"  a share of {percent(one.target_share, 'en')} {_target(one)}")
        if not isinstance(one.margin_needed, Gap):
            needed = percent(one.margin_needed, "en")
            console.print(f"  for the capex to earn its cost on the claimed revenue alone: margin {needed}")
    for question in found.open_questions:
        console.print(f"open: {question}")


def _target(one: ShareOfMarket) -> str:
    if isinstance(one.growth_needed, Gap) or one.growth_needed is None:
        return "cannot be reached at any growth of the market"
    if isinstance(one.target_verdict, Gap) or one.target_verdict is None:
        return f"needs {percent(one.growth_needed, 'en')} market growth"
    verdict = one.target_verdict
    needed = percent(one.growth_needed, "en")
    return f"needs {needed} market growth: {verdict.verdict.value} ({_bound(verdict)})"


def _bound(verdict: ClaimVerdict) -> str:
    if verdict.binding is None:
        return "nothing binds"
    kind = "nearest bound" if verdict.verdict is Feasibility.POSSIBLE else "bound by"
    return f"{kind}: {verdict.binding.replace('_', ' ')}"


def _capex(console: Console, found: CapexScenario) -> None:
    console.print(f"programme: {found.name}, {money(found.budget, found.currency, 'en')} from {found.starts_on}")
    table = _table("output", "base case", "middle 80 %", "of scenarios", "what matters most")
    rows = [
        ("discounted payback, years", _or_gap(found.discounted_payback, _years), "discounted_payback", _years),
        ("payback, years", _or_gap(found.payback, _years), "payback", _years),
        ("internal rate of return", _or_gap(found.irr, _percent), "irr", _percent),
        ("present value", _bn(found.npv, found.currency), "npv", lambda v: _bn(v, found.currency)),
        ("return on capital, programme", _percent(found.roic_total), "roic_total", _percent),
        ("break-even utilisation", _or_gap(found.break_even_utilisation, _percent), "break_even_utilisation", _percent),
        ("deepest cash balance", _bn(found.trough, found.currency), "trough", lambda v: _bn(v, found.currency)),
    ]
    for label, base, name, write in rows:
        band = found.bands.get(name)
        middle = "none" if band is None else f"{write(band.low)} to {write(band.high)}"
        share = "" if band is None else percent(band.share, "en")
        table.add_row(label, base, middle, share, _names(found.drivers.get(name, ())))
    console.print(table)
    console.print(f"{percent(found.pays, 'en')} of {found.draws:,} scenarios are worth more than they cost.")
    roic = f"{_percent(found.roic[0])} to {_percent(found.roic[-1])}"
    console.print(f"return on capital by vintage, first to last: {roic}")
    rise = max(found.depreciation_wave, key=lambda year: year.drag if not isinstance(year.drag, Gap) else -1.0)
    if not isinstance(rise.drag, Gap):
        console.print(
            f"depreciation rises most in year {rise.year}: to {_bn(rise.depreciation, found.currency)}, by "
            f"{percent(rise.drag, 'en')} of the segment's present EBITA"
        )
    trough = found.group_trough
    if not isinstance(trough, Gap):
        console.print(
            f"free cash flow of the company is lowest in year {trough.year}: "
            f"{_bn(trough.with_programme, found.currency)}, without the programme {_bn(trough.without, found.currency)}"
        )


def _price(console: Console, found: PriceScenario) -> None:
    console.print(
        f"price {money(found.price, found.price_currency, 'en')}; operating business "
        f"{money(found.enterprise, found.currency, 'en')} of {money(found.market_value, found.currency, 'en')}"
    )
    table = _table("what the price presupposes", "base case", "middle 80 %", "of scenarios", "what matters most")
    table.add_row(
        "growth a year" + ("" if isinstance(found.advantage_years, Gap) else f" for {found.advantage_years:g} years"),
        _or_gap(found.growth, _percent),
        _percents(found.growth_band),
        "" if found.growth_band is None else percent(found.growth_band.share, "en"),
        _names(found.growth_drivers),
    )
    expected = "" if isinstance(found.expected_growth, Gap) else f" at {percent(found.expected_growth, 'en')} growth"
    band = found.advantage_band
    table.add_row(
        f"years of advantage{expected}",
        _or_gap(found.advantage, _years),
        "none" if band is None else f"{_years(band.low)} to {_years(band.high)}",
        "" if band is None else percent(band.share, "en"),
        _names(found.advantage_drivers),
    )
    parts = found.sum_of_parts
    if not isinstance(parts, Gap):
        per = parts.per_unit_band
        middle = (
            "" if per is None else f"{money(per.low, parts.currency, 'en')} to {money(per.high, parts.currency, 'en')}"
        )
        table.add_row(
            "sum of the parts", money(parts.per_unit, parts.currency, "en"), middle, "", _names(parts.drivers)
        )
        if not isinstance(parts.implied_multiple, Gap) and parts.implied_multiple_band is not None:
            multiple = parts.implied_multiple_band
            table.add_row(
                f"multiple left for {parts.part}",
                decimal(parts.implied_multiple, 1, "en"),
                f"{decimal(multiple.low, 1, 'en')} to {decimal(multiple.high, 1, 'en')}",
                "",
                "",
            )
    console.print(table)
    _isoquant(console, found)


def _isoquant(console: Console, found: PriceScenario) -> None:
    if not found.isoquant:
        return
    rates = [percent(row.discount_rate, "en") for row in found.by_rate]
    names = rates if len(rates) == 3 else ["low", "base", "high"]
    table = _table("margin", *(f"growth at a cost of capital of {name}" for name in names))
    for point in found.isoquant[::4]:
        cells = (point.at_low_rate, point.at_base_rate, point.at_high_rate)
        table.add_row(_percent(point.margin), *("none" if value is None else _percent(value) for value in cells))
    console.print(table)


def _table(*head: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for place, name in enumerate(head):
        left = place == 0 or place >= len(head) - 1
        table.add_column(name, justify="left" if left else "right", overflow="fold")
    return table


def _amount(value: float, unit: str) -> str:
    return money(value, unit, "en") if len(unit) == 3 and unit.isupper() else f"{big(value, 'en', digits=1)} {unit}"


def _bn(value: float, unit: str) -> str:
    return money(value, unit, "en")


def _percent(value: float) -> str:
    return percent(value, "en")


def _years(value: float) -> str:
    return decimal(value, 1, "en")


def _or_gap(value: float | Gap, write: object) -> str:
    assert callable(write)
    return "none" if isinstance(value, Gap) else str(write(value))


def _percents(band: Band | None) -> str:
    return "none" if band is None else f"{_percent(band.low)} to {_percent(band.high)}"


def _names(drivers: tuple[Driver, ...]) -> str:
    return ", ".join(f"{driver.name.replace('_', ' ')} {driver.total_order:.2f}" for driver in drivers)
