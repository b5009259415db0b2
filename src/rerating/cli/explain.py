"""`rerating explain`: why did it move on that day, on one screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from rerating.cli.options import AsOfOption, LedgerOption, cutoff, ledger_path

if TYPE_CHECKING:
    from rerating.findings.explanation import Candidate, Explanation


class Format(StrEnum):
    """The formats of an explanation."""

    TEXT = "text"
    JSON = "json"


_LABELS = {
    "could_have_caused": "could have caused it",
    "price_led": "published after the price had begun to move",
    "cannot_tell": "time known too coarsely to tell",
    "earlier_session": "an earlier session could react already",
    "after_the_move": "published afterwards",
}

_CONCLUSIONS = {
    "no_move": "The session was not unusual: no cause is needed.",
    "one_candidate": "One known event could have caused it.",
    "not_separable": "Several events compete for this session; its return cannot tell them apart.",
    "price_led": "The price had moved before the news: what is called the trigger was not the first mover.",
    "no_candidate": "No known dated event explains this session.",
}


def add_to(app: typer.Typer) -> None:
    """Hang the verb into the command line."""
    app.command("explain")(explain)


def explain(
    symbol: Annotated[str, typer.Argument(help="The line: BABA, or XNYS:BABA where several venues have it.")],
    on: Annotated[
        datetime, typer.Option("--on", formats=["%Y-%m-%d"], metavar="DATE", help="The session in question.")
    ],
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
    format_: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
) -> None:
    """What moved on that day, by how much beyond market and sector, what could have caused it, and what is not known.

    The cutoff is 24 hours after that session's close unless --as-of says otherwise.
    """
    from rerating.core.types import AsOf
    from rerating.findings.explanation import explain as explained
    from rerating.ledger import Ledger

    opened = Ledger(ledger_path(ledger))
    at: AsOf | None = None if as_of is None else cutoff(as_of)
    found = explained(opened, symbol, on.date(), as_of=at, latest=cutoff(None), grace=timedelta(hours=24))
    if format_ is Format.JSON:
        from rerating.core.record import canonical_json

        typer.echo(canonical_json(found, indent=1))
    else:
        _print(found)


def _print(found: Explanation) -> None:
    from rich.console import Console
    from rich.markup import escape

    from rerating.core.types import Gap
    from rerating.findings.peers_move import PeersMove
    from rerating.language.numbers import percent

    console = Console(highlight=False, soft_wrap=False)

    def share(value: object) -> str:
        return percent(value, "en", signed=True) if isinstance(value, float) else "not known"

    console.print(
        f"[bold]{found.listing}[/bold], session of {found.session_on}: [bold]{share(found.session_return)}[/bold]"
    )
    for model in found.models:
        if isinstance(model.abnormal_return, Gap):
            console.print(f"  beyond {model.benchmark}: not known ({escape(model.abnormal_return.detail)})")
        else:
            t = f"{model.t_day:.1f}" if isinstance(model.t_day, float) else "not known"
            p = f"{model.p_placebo_day:.3f}" if isinstance(model.p_placebo_day, float) else "not known"
            console.print(
                f"  beyond {model.role} ({model.benchmark}): {share(model.abnormal_return)}  t {t}, placebo p {p}"
            )
    if isinstance(found.sector_share, Gap):
        console.print(f"  sector's part: not known ({escape(found.sector_share.detail)})")
    else:
        low, high = (percent(value, "en", digits=0) for value in (found.sector_share.low, found.sector_share.high))
        console.print(f"  sector's part of what was beyond the market: {low} to {high}")
    if isinstance(found.peers, PeersMove):
        moved = found.peers
        p = f"{moved.p_placebo:.3f}" if isinstance(moved.p_placebo, float) else "not known"
        console.print(
            f"  {len(moved.members)} peers: {share(moved.session_return)}, beyond the market "
            f"{share(moved.abnormal_return)}  t {moved.t:.1f}, placebo p {p}"
        )
    console.print(f"\n[bold]{_CONCLUSIONS[found.conclusion]}[/bold]")
    for timing, label in _LABELS.items():
        rows = [candidate for candidate in found.candidates if candidate.timing == timing]
        if rows:
            console.print(f"\n{label}")
        for candidate in rows:
            console.print(f"  {_told(candidate)} [bold]{escape(candidate.event.title)}[/bold]", soft_wrap=True)
            console.print(f"    {escape(candidate.event.source)}", style="dim", soft_wrap=True)
            if candidate.sessions_since and timing == "earlier_session":
                returns = ", ".join(share(session.return_) for session in candidate.sessions_since)
                console.print(f"    sessions since it could be known: {returns}")
            for telling in candidate.event.repeats:
                console.print(f"    told again: {escape(telling.title)}", style="dim", soft_wrap=True)
            if candidate.event.conflict:
                console.print(f"    conflict: {escape(candidate.event.conflict)}", soft_wrap=True)
    known = found.known
    again = f" and {known.tellings} repetitions of them" if known.tellings else ""
    when = known.last_recorded_at
    collected = f", last collected {when:%Y-%m-%d %H:%M} UTC" if isinstance(when, datetime) else ""
    console.print(
        f"\nknown: {known.events} events{again} from {known.sources} sources between {known.from_on} and {known.to_on}"
        f"{collected}. No such list is complete."
    )
    for gap in found.basis.gaps:
        console.print(f"not known: {escape(gap.question)} ({escape(gap.detail)})", soft_wrap=True)


def _told(candidate: Candidate) -> str:
    event = candidate.event
    if event.precision == "day":
        other = candidate.timing_by_earliest
        count = "" if other == candidate.timing else f" (by its earliest instant: {_LABELS[other]})"
        return f"{event.at_earliest:%Y-%m-%d %H:%M} to {event.at_latest:%Y-%m-%d %H:%M} UTC{count}"
    bound = "by " if event.precision == "at_latest" else ""
    return f"{bound}{event.at_latest:%Y-%m-%d %H:%M} UTC"
