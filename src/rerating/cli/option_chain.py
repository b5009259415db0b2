"""`rerating options`: what the newest recorded chain says, on one screen."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from rerating.cli.options import AsOfOption, LedgerOption, cutoff, ledger_path

if TYPE_CHECKING:
    from rerating.findings.options_activity import OptionsActivity


class Format(StrEnum):
    """The formats of the answer."""

    TABLE = "table"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Hang the verb into the command line."""
    app.command("options")(options)


def options(
    symbol: Annotated[str, typer.Argument(help="The line: BABA, or XNYS:BABA where several venues have it.")],
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
    format_: Annotated[Format, typer.Option("--format", help="table or json.")] = Format.TABLE,
) -> None:
    """Is the option volume exceptional, what does the chain imply, and what can it not tell?"""
    from rerating.analysis import option_activity
    from rerating.ledger import Ledger

    found = option_activity(Ledger(ledger_path(ledger)), symbol, cutoff(as_of))
    if format_ is Format.JSON:
        from rerating.core.record import canonical_json

        typer.echo(canonical_json(found, indent=1))
    else:
        _print(found)


def _print(found: OptionsActivity) -> None:
    from rich.console import Console
    from rich.markup import escape

    from rerating.core.types import Gap

    console = Console(highlight=False, soft_wrap=False)
    if not isinstance(found.chain, Gap):
        _print_chain(console, found)
    for test in found.volume_tests:
        if isinstance(test, Gap) or isinstance(test.p_value, Gap):
            continue
        given = f"{test.p_value_given_move:.4f}" if isinstance(test.p_value_given_move, float) else "not known"
        market = "" if test.market_removed else "; too few names to take out the market's day"
        console.print(
            f"[bold]{test.right} volume {test.volume:,.0f}[/bold] on {test.on}, expected {test.expected:,.0f} "
            f"(98 of 100 such days: {test.low:,.0f} to {test.high:,.0f}): p {test.p_value:.4f}, "
            f"beyond the move {given}; {test.n_days} days, {test.n_names} names, "
            f"ranked among {test.n_pool:,} days{market}"
        )
    for flow in found.reported:
        console.print(f"reported, not checked: {escape(flow.title)} ({escape(flow.source)})", soft_wrap=True)
    console.print("A chain does not hold the side of a trade, who opened, or what was rolled or spread.")
    for gap in found.basis.gaps:
        console.print(f"not known: {escape(gap.question)} ({escape(gap.detail)})", soft_wrap=True)


def _print_chain(console: object, found: OptionsActivity) -> None:
    from rich.console import Console
    from rich.table import Table

    from rerating.core.types import Gap

    assert isinstance(console, Console)
    chain = found.chain
    assert not isinstance(chain, Gap)
    total = chain.totals
    console.print(
        f"[bold]{found.listing}[/bold], chain quoted {chain.quoted_at:%Y-%m-%d %H:%M} UTC"
        f"{'' if chain.complete else ', before the close'}, known {chain.known_at:%Y-%m-%d %H:%M} UTC"
    )
    console.print(
        f"volume {total.volume:,.0f} (calls {total.call_volume:,.0f}, puts {total.put_volume:,.0f}), put-call ratio "
        f"{_ratio(total.put_call_ratio)}, open interest {total.open_interest:,.0f} (put-call "
        f"{_ratio(total.put_call_ratio_open_interest)}), shares under options over shares traded "
        f"{_ratio(total.option_to_stock)}"
    )
    if isinstance(chain.expiries, Gap):
        return
    table = Table(box=None, pad_edge=False)
    for name in ("expiry", "sessions", "volatility", "bid–ask", "skew", "forward", "borrow", "quotes"):
        table.add_column(name, justify="left" if name == "expiry" else "right")
    for expiry in chain.expiries:
        low, high = expiry.implied_volatility_bid, expiry.implied_volatility_ask
        table.add_row(
            str(expiry.expires_on),
            str(expiry.sessions),
            _share(expiry.implied_volatility),
            "" if low is None or high is None else f"{_share(low)[:-1]}–{_share(high)}",
            _points(expiry.skew_25_delta),
            "" if isinstance(expiry.forward, Gap) else f"{expiry.forward:.2f}",
            _share(expiry.borrow),
            str(expiry.quotes),
        )
    console.print(table)
    event = chain.event
    if not isinstance(event, Gap):
        band = "" if event.move.low is None else f" ({_share(event.move.low)} to {_share(event.move.high)})"
        console.print(f"priced for {event.title}: standard deviation {_share(event.move.deviation)}{band}")
    refused = chain.refused
    console.print(
        f"refused of {refused.quotes} quotes: {refused.expired} expired, {refused.without_quote} without bid and ask, "
        f"{refused.one_sided} one-sided, {refused.crossed} crossed, {refused.duplicated} duplicated, "
        f"{refused.adjusted} adjusted"
    )


def _share(value: object) -> str:
    from rerating.language.numbers import percent

    return percent(value, "en") if isinstance(value, float) else "not known"


def _points(value: object) -> str:
    from rerating.language.numbers import decimal

    return f"{decimal(value * 100, 1, 'en', signed=True)} pt" if isinstance(value, float) else "not known"


def _ratio(value: float | None) -> str:
    return "not known" if value is None else f"{value:.2f}"
