"""The few figures that the terminal shows of an analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rerating.analysis import Analysis


def print_headline(analysis: Analysis) -> None:
    """Print the headline figures as a table: what moved, how far from the high, which event could have caused it."""
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name, figure in headline(analysis):
        table.add_row(name, figure)
    subject = analysis.subject
    console = Console(highlight=False)
    name = subject.issuer or subject.symbol
    when = f"{analysis.as_of:%Y-%m-%d %H:%M} UTC"
    console.print(f"[bold]{name}[/bold] ({subject.venue}:{subject.symbol}) as of {when}")
    console.print(table)


def headline(analysis: Analysis) -> list[tuple[str, str]]:
    """The figures and their names, in plain English; what is not known is said."""
    from rerating.core.types import Gap
    from rerating.findings.catalyst import Catalyst
    from rerating.findings.price_move import PriceMove
    from rerating.language.numbers import percent
    from rerating.language.quantities import money

    move: PriceMove = analysis.of_kind(PriceMove)[0]
    rows: list[tuple[str, str]] = []
    if isinstance(move.close, Gap):
        rows.append(("close", f"not known: {move.close.detail}"))
    else:
        known = [(c.value, c) for c in move.converted if not isinstance(c.value, Gap)]
        other = "".join(f" = {money(value, c.unit, 'en')} (ECB rate of {c.rate_on})" for value, c in known)
        rows.append(("close", f"{money(move.close.value, move.close.unit, 'en')}{other}, {move.close.on}"))
    for name, span in (("session", move.session), ("five sessions", move.week.five_sessions)):
        rows.append((name, _gap(span) if isinstance(span, Gap) else percent(span.return_, "en", signed=True)))
    if not isinstance(move.best_session, Gap):
        best = move.best_session
        rows.append(("best session of the week", f"{percent(best.return_, 'en', signed=True)} on {best.on}"))
    if isinstance(move.high_52w, Gap):
        rows.append(("52-week high", _gap(move.high_52w)))
    else:
        for end in (end for end in move.high_52w if end.unit == analysis.subject.currency):
            where = f"{percent(end.distance, 'en', signed=True)} from {money(end.level, end.unit, 'en')} on {end.on}"
            rows.append((f"52-week high ({end.basis})", where))
    for catalyst in analysis.of_kind(Catalyst):
        if catalyst.timing in {"could_have_caused", "price_led", "unexplained"}:
            rows.append(_told(catalyst))
    rows.append(("verdict", _verdict(analysis)))
    return rows


def _verdict(analysis: Analysis) -> str:
    from rerating.core.types import Gap
    from rerating.language.numbers import percent

    verdict = analysis.verdict
    if isinstance(verdict, Gap):
        return _gap(verdict)
    name = verdict.call.value if verdict.edge == "proven" else "no proven edge to buy or to sell"
    low, high = (percent(end, "en", signed=True) for end in (verdict.range.low, verdict.range.high))
    chance = percent(verdict.probability, "en", digits=0)
    return f"{name}; {chance} to beat {verdict.benchmark} over {verdict.horizon} sessions, range {low} to {high}"


def _told(catalyst: object) -> tuple[str, str]:
    from rerating.core.types import Gap
    from rerating.findings.catalyst import Catalyst
    from rerating.language.numbers import percent

    assert isinstance(catalyst, Catalyst)
    name = catalyst.timing.value.replace("_", " ")
    title = catalyst.event.title if catalyst.event else f"no dated event for the session of {catalyst.session_on}"
    known = [model.abnormal_return for model in catalyst.models if not isinstance(model.abnormal_return, Gap)]
    if not known:
        return name, f"{title}; abnormal return not known"
    low, high = (percent(value, "en", signed=True) for value in (min(known), max(known)))
    return name, f"{title}; abnormal return {low} to {high} over {len(known)} benchmark{'s' * (len(known) > 1)}"


def _gap(gap: object) -> str:
    from rerating.core.types import Gap

    assert isinstance(gap, Gap)
    return f"not known: {gap.detail}"
