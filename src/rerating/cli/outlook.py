"""`rerating train|backtest|track`: a model of a panel, its walk-forward, and the record of what was forecast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rerating.cli.options import AsOfOption, LedgerOption, OutOption, cutoff, ledger_path, now, write_text
from rerating.core.errors import UsageError

if TYPE_CHECKING:
    from rerating.core.types import AsOf
    from rerating.ledger import Ledger, View
    from rerating.outlook.lines import Lines
    from rerating.outlook.model import Model
    from rerating.outlook.track_scores import Group

BenchmarkOption = Annotated[
    str | None,
    typer.Option("--benchmark", metavar="KEY", help="Lines measured against this index (default: the most lines)."),
]
VariantsOption = Annotated[
    Path | None,
    typer.Option("--variants", metavar="FILE", help="The list of all variants ever scored (default: in the ledger)."),
]
RecordOption = Annotated[
    Path | None, typer.Option("--record", metavar="FILE", help="The track record (default: in the ledger).")
]
ModelOption = Annotated[
    Path | None, typer.Option("--model", metavar="FILE", help="A model made with 'rerating train'.")
]


class PageLanguage(StrEnum):
    """The languages of the record's page."""

    DE = "de"
    EN = "en"


def add_to(app: typer.Typer) -> None:
    """Hang the verbs into the command line."""
    app.command("train")(train)
    app.command("backtest")(backtest)
    app.command("track")(track)


def train(
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Nothing known after this day or instant.")],
    ledger: LedgerOption = None,
    benchmark: BenchmarkOption = None,
    variants: VariantsOption = None,
    out: OutOption = None,
) -> None:
    """Train a model on all lines of a market, and score it and every other variant ever tried walk-forward.

    The model is a JSON file (default: models/ in the ledger's folder); analyze takes it with --model.
    """
    from rerating.core.types import Gap
    from rerating.outlook.model import Performance, Trained
    from rerating.outlook.training import LABELLED, SHOWN, VERDICT_HORIZON
    from rerating.outlook.training import train as trained
    from rerating.outlook.variants import VARIANTS, enlist

    opened, at = _ledger(ledger), _instant(until)
    view = opened.view(at)
    lines = _market(opened, view, benchmark)
    listed = enlist(variants or opened.path / "outlook-variants.jsonl", VARIANTS)
    with _progress("fitting and scoring", len(LABELLED) + len(SHOWN)) as step:
        model = trained(lines, until=at.at, listed=listed, ledger_version=view.version, on_step=step)
    path = out or opened.path / "models" / f"outlook-{at.at:%Y-%m-%d}.json"
    write_text(path, model.to_json())
    typer.echo(f"{len(model.lines)} lines against {model.benchmark}, known until {model.trained_as_of:%Y-%m-%d %H:%M}Z")
    for horizon, found in sorted(model.horizons.items()):
        if isinstance(found, Gap):
            typer.echo(f"  {horizon:3} sessions  {found.detail}")
        elif isinstance(found, Trained):
            typer.echo(f"  {horizon:3} sessions  {_performance(found)}")
    own = model.horizons.get(VERDICT_HORIZON)
    record = own.performance if isinstance(own, Trained) else None
    gate = isinstance(record, Performance) and record.proven
    typer.echo(f"edge: {'proven' if gate else 'not proven, every call is NO_CALL'}")
    typer.echo(f"{path}, sha256 {model.digest}")


def _performance(found: object) -> str:
    from rerating.core.types import Gap
    from rerating.outlook.model import Trained

    assert isinstance(found, Trained)
    done = found.performance
    if isinstance(done, Gap):
        return done.detail
    parts = [f"{done.forecasts} forecasts"]
    for name, skill in (("climatology", done.skill_over_climatology), ("scale alone", done.skill_over_scale_only)):
        if not isinstance(skill, Gap):
            parts.append(f"skill over {name} {skill.value:+.2%} [{skill.low:+.2%}, {skill.high:+.2%}]")
    if not isinstance(done.edges, Gap):
        parts.append("SPA " + ", ".join(f"{edge.baseline} p = {edge.p_spa:.3f}" for edge in done.edges))
    if not isinstance(done.coverage, Gap):
        parts.append(f"90 % range covers {done.coverage.value:.1%}")
    return "; ".join(parts)


def backtest(
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help="First day of the test.")],
    to: Annotated[str, typer.Option("--to", metavar="DATE", help="Last day or instant of the panel.")],
    ledger: LedgerOption = None,
    benchmark: BenchmarkOption = None,
    variants: VariantsOption = None,
    out: OutOption = None,
) -> None:
    """Score every variant ever tried, walk-forward: each forecast by a model that could have been fitted before it.

    Prints tables as Markdown; --out FILE.json writes all figures.
    """
    import numpy as np

    from rerating.core.record import canonical_json
    from rerating.outlook.backtest import as_markdown
    from rerating.outlook.backtest import backtest as tested
    from rerating.outlook.training import LABELLED
    from rerating.outlook.variants import VARIANTS, enlist
    from rerating.outlook.walk_forward import BLOCK

    opened, at, begin = _ledger(ledger), _instant(to), _day(from_)
    lines = _market(opened, opened.view(at), benchmark)
    burn_in = int(np.searchsorted(lines.panel.days, np.datetime64(begin, "D")))
    if not 0 < burn_in < len(lines.panel.days):
        first, last = lines.panel.days[0], lines.panel.days[-1]
        raise UsageError(f"The panel reaches from {first} to {last}; choose a --from inside it, not {begin}.")
    listed = enlist(variants or opened.path / "outlook-variants.jsonl", VARIANTS)
    blocks = -(-(len(lines.panel.days) - burn_in) // BLOCK)
    with _progress("scoring", blocks * len(LABELLED)) as step:
        run = tested(lines.panel, listed, burn_in=burn_in, until=at.at, on_fold=step)
    if out is not None and out.suffix == ".json":
        write_text(out, canonical_json(run, indent=1) + "\n")
    elif out is not None:
        write_text(out, as_markdown(run))
    else:
        typer.echo(as_markdown(run))
        return
    typer.echo(f"{len(listed)} variants over {run.lines} lines: {out}", err=True)


def track(
    ledger: LedgerOption = None,
    record: RecordOption = None,
    issue: Annotated[
        list[str] | None, typer.Option("--issue", metavar="SYMBOL", help="Put the forecasts of this line on record.")
    ] = None,
    as_of: AsOfOption = None,
    model: ModelOption = None,
    out: OutOption = None,
    lang: Annotated[PageLanguage, typer.Option("--lang", help="Language of the page.")] = PageLanguage.EN,
) -> None:
    """Score the forecasts on record that have matured, or put new ones on record with --issue.

    A forecast counts as live where it is recorded before its entry; any other is marked as back-filled and scored
    apart. --out FILE.html writes a page, FILE.json all figures.
    """
    opened, at = _ledger(ledger), cutoff(as_of)
    path = record or opened.path / "outlook-record.jsonl"
    if issue:
        _issue(opened, at, path, issue, None if model is None else _model(model))
        return
    from rerating.core.record import canonical_json
    from rerating.outlook.track_record import read_record
    from rerating.outlook.track_scores import score_record

    scores = score_record(read_record(path), opened.view(at))
    if out is not None and out.suffix == ".json":
        write_text(out, canonical_json(scores, indent=1) + "\n")
    elif out is not None:
        from rerating.report.record import record_page

        write_text(out, record_page(scores, language=lang.value))
    for part in (scores.live, scores.backfilled):
        typer.echo(f"{part.mode}: {part.issued} issued, {part.matured} matured, {part.pending} pending")
        for group in part.groups:
            if group.by == "horizon":
                typer.echo(f"  {group.name:>3} sessions: {_scored(group)}")
    if not path.exists():
        typer.echo(f"no forecast is on record in {path} yet; put some there with --issue SYMBOL")
    typer.echo(f"head {scores.head}" + ("" if out is None else f"; {out}"))


def _scored(group: Group) -> str:
    from rerating.core.types import Gap

    parts = [f"{group.n} scored, CRPS {group.crps:.4f}, Brier {group.brier:.4f}"]
    skills = {
        "CRPS skill over climatology": group.skill_over_climatology,
        "over scale alone": group.skill_over_scale_only,
        "Brier skill": group.brier_skill,
    }
    for name, skill in skills.items():
        if not isinstance(skill, Gap):
            parts.append(f"{name} {skill.value:+.1%} [{skill.low:+.1%}, {skill.high:+.1%}]")
    if isinstance(group.coverage, Gap):
        parts.append(f"no intervals: {group.coverage.detail}")
    else:
        parts.append(f"90 % range covers {group.coverage.value:.1%}")
    return "; ".join(parts)


def _issue(opened: Ledger, at: AsOf, path: Path, symbols: list[str], model: Model | None) -> None:
    from rerating.analysis import analyze
    from rerating.core.types import Gap
    from rerating.outlook.answer import Outlook
    from rerating.outlook.track_record import issue as issued

    made, currency, sector = [], {}, {}
    for symbol in symbols:
        analysis = analyze(opened, symbol, at, model=model)
        found = Outlook(forecasts=analysis.forecasts, verdict=analysis.verdict)
        if isinstance(found.verdict, Gap):
            typer.echo(f"{symbol}: no forecast, {found.verdict.detail}", err=True)
            continue
        key = f"{analysis.subject.venue}:{analysis.subject.symbol}"
        currency[key] = analysis.subject.currency
        named = opened.view(at).facts([key, symbol], "sector")
        if named.height and named["text"][-1]:
            sector[key] = str(named["text"][-1])
        made.append((found, analysis.ledger_version, at.at))
    fresh = issued(path, made, recorded_at=now(), currency=currency, sector=sector)
    live = sum(entry.mode == "live" for entry in fresh)
    typer.echo(f"{len(fresh)} forecasts put on record ({live} live, {len(fresh) - live} back-filled): {path}")
    if fresh:
        typer.echo(f"head {fresh[-1].digest}")


def _ledger(given: Path | None) -> Ledger:
    from rerating.ledger import Ledger

    return Ledger(ledger_path(given))


def _model(path: Path) -> Model:
    from rerating.outlook.model import read_model

    return read_model(path)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"'{text}' is no day; write it like 2007-01-12.") from None


def _instant(text: str) -> AsOf:
    """An instant, or the end of a day in UTC; the future is refused."""
    if len(text.strip()) == len("2007-01-12"):
        end = datetime.combine(_day(text), time(23, 59, 59), UTC)
        return cutoff(end.isoformat() if end <= now() else now().isoformat())
    return cutoff(text)


def _market(opened: Ledger, view: View, benchmark: str | None) -> Lines:
    """All lines of the ledger that are measured against one index: the one named, else the one with most lines."""
    from rerating.core.types import Gap
    from rerating.outlook.lines import benchmark_of, market_lines

    keys: dict[str, list[str]] = {}
    symbols = opened.snapshot.symbols()
    with _progress("looking through the ledger", len(symbols)) as step:
        for symbol in symbols:
            for listing in view.listings(symbol):
                index = benchmark_of(listing)
                if not isinstance(index, Gap):
                    keys.setdefault(index, []).append(listing.key)
            step()
    chosen = benchmark or max(sorted(keys), key=lambda key: len(keys[key]), default=None)
    if chosen is None or chosen not in keys:
        known = ", ".join(f"{key} ({len(lines)} lines)" for key, lines in sorted(keys.items())) or "none"
        raise UsageError(
            f"The ledger holds no lines at that cutoff that are measured against {chosen or 'an index'}; it has "
            f"{known}. Collect or import prices of stocks first."
        )
    with _progress("reading prices", len(keys[chosen])) as step:
        lines = market_lines(view, chosen, keys[chosen], on_line=step)
    if isinstance(lines, Gap):
        raise UsageError(f"{lines.detail[0].upper()}{lines.detail[1:]}.")
    return lines


@contextmanager
def _progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on the terminal's error stream; nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
