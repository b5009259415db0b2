"""`rerating explain`: why did it move on that day, on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from rerating.cli.options import AsOfOption, LedgerOption, cutoff, ledger_path

if TYPE_CHECKING:
    from rerating.findings.explanation import Candidate, Explanation, KnownEvents


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
    for line in told(found):
        typer.echo(line)


def told(found: Explanation) -> Iterator[str]:
    """The one screen, line by line; made without the library for tables, whose import costs more than the answer."""
    yield f"{_bold(found.listing)}, session of {found.session_on}: {_bold(_share(found.session_return))}"
    yield from _beyond(found)
    yield ""
    yield _bold(_CONCLUSIONS[found.conclusion])
    for timing, label in _LABELS.items():
        rows = [candidate for candidate in found.candidates if candidate.timing == timing]
        if rows:
            yield ""
            yield label
        for candidate in rows:
            yield from _candidate(candidate)
    yield ""
    yield _known(found.known)
    for gap in found.basis.gaps:
        yield f"not known: {gap.question} ({gap.detail})"


def _beyond(found: Explanation) -> Iterator[str]:
    """What was beyond market, sector and peers, and the sector's part."""
    from rerating.core.types import Gap
    from rerating.findings.peers_move import PeersMove
    from rerating.language.numbers import percent

    for model in found.models:
        if isinstance(model.abnormal_return, Gap):
            yield f"  beyond {model.benchmark}: not known ({model.abnormal_return.detail})"
        else:
            figures = f"{_share(model.abnormal_return)}  t {_number(model.t_day, 1)}"
            name = model.role if model.role == model.benchmark else f"{model.role} ({model.benchmark})"
            yield f"  beyond {name}: {figures}, placebo p {_number(model.p_placebo_day, 3)}"
    if isinstance(found.sector_share, Gap):
        yield f"  sector's part: not known ({found.sector_share.detail})"
    else:
        low, high = (percent(value, "en", digits=0) for value in (found.sector_share.low, found.sector_share.high))
        yield f"  sector's part of what was beyond the market: {low} to {high}"
    if isinstance(found.peers, PeersMove):
        moved = found.peers
        yield (
            f"  {len(moved.members)} peers: {_share(moved.session_return)}, beyond the market "
            f"{_share(moved.abnormal_return)}  t {moved.t:.1f}, placebo p {_number(moved.p_placebo, 3)}"
        )


def _candidate(candidate: Candidate) -> Iterator[str]:
    event = candidate.event
    yield f"  {_when(candidate)} {_bold(event.title)}"
    yield _dim(f"    {event.source}")
    if candidate.sessions_since and candidate.timing == "earlier_session":
        returns = ", ".join(_share(session.return_) for session in candidate.sessions_since)
        yield f"    sessions since it could be known: {returns}"
    for telling in event.repeats:
        yield _dim(f"    told again: {telling.title}")
    if event.conflict:
        yield f"    conflict: {event.conflict}"


def _known(known: KnownEvents) -> str:
    again = f" and {known.tellings} repetitions of them" if known.tellings else ""
    when = known.last_recorded_at
    collected = f", last collected {when:%Y-%m-%d %H:%M} UTC" if isinstance(when, datetime) else ""
    return (
        f"known: {known.events} events{again} from {known.sources} sources between {known.from_on} and "
        f"{known.to_on}{collected}. No such list is complete."
    )


def _when(candidate: Candidate) -> str:
    event = candidate.event
    if event.precision == "day":
        other = candidate.timing_by_earliest
        count = "" if other == candidate.timing else f" (by its earliest instant: {_LABELS[other]})"
        return f"{event.at_earliest:%Y-%m-%d %H:%M} to {event.at_latest:%Y-%m-%d %H:%M} UTC{count}"
    bound = "by " if event.precision == "at_latest" else ""
    return f"{bound}{event.at_latest:%Y-%m-%d %H:%M} UTC"


def _share(value: object) -> str:
    from rerating.language.numbers import percent

    return percent(value, "en", signed=True) if isinstance(value, float) else "not known"


def _number(value: object, digits: int) -> str:
    return f"{value:.{digits}f}" if isinstance(value, float) else "not known"


def _bold(text: str) -> str:
    return typer.style(text, bold=True)


def _dim(text: str) -> str:
    return typer.style(text, dim=True)
