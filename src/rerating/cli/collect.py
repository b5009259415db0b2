"""`rerating collect`: ask sources, keep what they answer."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rerating.cli.options import LedgerOption, ledger_path, now

if TYPE_CHECKING:
    from rerating.collection import Asked, Collected, Progress
    from rerating.core.source import Failure, Request, Source
    from rerating.ledger import Ledger
    from rerating.sources.asking import Named

#: Who is asked about symbols where no source is named; those that are not set up are told.
_USUAL = ("identity", "yahoo", "sec", "ecb", "news")
_SHOWN = 12
_STOPPED = 130
_NOT_YET = "the run was stopped before its turn"


def add_to(app: typer.Typer) -> None:
    """Hang the verb into the command line."""
    app.command("collect")(collect)


def collect(
    symbols: Annotated[
        list[str] | None,
        typer.Argument(help="Lines: BABA, 9988.HK, XNYS:BABA, an ISIN, a company's name. None: the offline sample."),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", help="Which source to ask; may be given often (default: all that are set up)."),
    ] = None,
    since: Annotated[datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="From this day on.")] = None,
    options: Annotated[
        bool, typer.Option("--options", help="Only option chains of all expiries: a snapshot, once a day is enough.")
    ] = False,
    tolerant: Annotated[
        bool, typer.Option("--tolerant", help="Leave out rows that a quality gate names instead of refusing them all.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Ask everything, also what a run that was stopped had answered.")
    ] = False,
    ledger: LedgerOption = None,
) -> None:
    """Collect what sources know into the ledger. Safe to stop and to repeat: nothing is stored twice.

    Without --source everything that an analysis needs is asked for: identity, prices with market, sector and peers,
    ratings, estimates, options, filings, currency rates, headlines.
    """
    from rerating.ledger import Ledger

    run = _Run(tolerant=tolerant, again=again)
    runs = list(run.plan(tuple(symbols or ()), source, since, options=options))
    if any(each.name == "yahoo" for each, _ in runs):
        typer.echo("Yahoo's data are for personal use: they stay on this machine and are not passed on.", err=True)
    path = ledger_path(ledger)
    try:
        run.ask(Ledger.create(path), path, runs)
    except KeyboardInterrupt:
        run.tell(path)
        typer.echo("rerating: stopped. What came is stored; the same command takes up where it was.", err=True)
        raise typer.Exit(_STOPPED) from None
    run.close(path)


@dataclass(kw_only=True)
class _Run:
    """One call of the verb: whom it asks, and what came of it so far."""

    tolerant: bool
    again: bool
    done: list[Collected] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    unasked: list[tuple[str, str]] = field(default_factory=list)

    def plan(
        self, texts: tuple[str, ...], names: Sequence[str] | None, since: datetime | None, *, options: bool
    ) -> Iterator[tuple[Source, Request]]:
        """Each source with what it is asked. Raises UsageError before anything is asked."""
        from rerating.core.errors import UsageError
        from rerating.core.source import Request
        from rerating.sources.asking import Named, about_lines, asked_of

        usual = not names
        wanted = list(names or (["yahoo"] if options else _USUAL if texts else ["sample"]))
        if options and not texts:
            raise UsageError("--options needs symbols: rerating collect BABA --options.")
        found = [made for name in wanted if (made := self._named(name, optional=usual and not options)) is not None]
        typed = [Named(text=text, line=None) for text in texts]
        named = self._resolved(texts, found) if texts and any(about_lines(source) for source in found) else typed
        for source in found:
            if options and "options" not in getattr(source, "parts", ()):
                raise UsageError(
                    f"The source '{source.name}' has no option chains; leave it out or collect without --options."
                )
            try:
                asked = asked_of(source, named if about_lines(source) else typed)
            except UsageError as error:
                if not usual:
                    raise
                self.unasked.append((source.name, str(error)))
                continue
            request = Request(
                symbols=asked,
                since=since.date() if since else None,
                recorded_at=now(),
                parts=("options",) if options else (),
            )
            yield source, request
            around = _around(named, asked) if usual and not options and source.name == "yahoo" else ()
            if around:
                yield source, request.model_copy(update={"symbols": around, "parts": ("prices",)})

    @staticmethod
    def _resolved(texts: Sequence[str], sources: Sequence[Source]) -> list[Named]:
        from rerating.sources.asking import resolved, with_listed
        from rerating.sources.identity import IdentitySource

        return resolved(texts, with_listed(texts, IdentitySource.from_environment(os.environ).directory, sources))

    def _named(self, name: str, *, optional: bool) -> Source | None:
        from rerating.core.errors import UsageError
        from rerating.sources import named
        from rerating.sources.credentials import system_keyring

        try:
            return named(name, os.environ, system_keyring())
        except UsageError as error:
            if not optional:
                raise
            self.unasked.append((name, str(error)))
            return None

    def ask(self, ledger: Ledger, path: Path, runs: Sequence[tuple[Source, Request]]) -> None:
        """Ask each source; one that fails as a whole leaves the others.

        Raises KeyboardInterrupt where the user stops it; what had come until then is among what came.
        """
        from rerating.collection import Stopped
        from rerating.collection import collect as collected
        from rerating.core.errors import SourceError
        from rerating.core.source import Failure, Outcome
        from rerating.ledger.unfinished import Unfinished

        kept = []
        for number, (source, request) in enumerate(runs):
            notes = Unfinished(path, source.name, request)
            kept.append(notes)
            if self.again:
                notes.forget()
            try:
                with _progress(source.name) as progress:
                    self.done.append(
                        collected(
                            ledger,
                            source,
                            request,
                            progress,
                            tolerant=self.tolerant,
                            unfinished=notes,
                            again=self.again,
                        )
                    )
            except Stopped as stopped:
                self.done.append(stopped.collected)
                self.unasked += [(each.name, _NOT_YET) for each, _ in runs[number + 1 :] if each.name != source.name]
                raise
            except SourceError as error:
                self.failed.append(
                    Failure(
                        source=source.name,
                        question=source.name,
                        outcome=Outcome(error.outcome),
                        detail=str(error),
                        retry_after=error.retry_after,
                    )
                )
        if not self._failures():
            for notes in kept:
                notes.end()

    def _failures(self) -> list[Failure]:
        return [*(failure for each in self.done for failure in each.failures), *self.failed]

    def close(self, path: Path) -> None:
        """The closing table. Raises SourceError where something was not answered."""
        from rerating.core.errors import SourceError

        self.tell(path)
        failures = self._failures()
        if failures:
            count = "1 question was" if len(failures) == 1 else f"{len(failures)} questions were"
            raise SourceError(
                f"{count} not answered; what came is stored, so ask the same again later.",
                retry_after=max((failure.retry_after or 0.0 for failure in failures), default=None),
                outcome=failures[0].outcome,
            )

    def tell(self, path: Path) -> None:
        """The closing table: what came, what is not held and why, what failed and how, what was not asked."""
        _table(self.done, self.failed)
        gaps = [gap for each in self.done for gap in each.gaps]
        _listed("not held", [f"{gap.question} ({gap.detail})" for gap in gaps])
        notes = [
            str(check)
            for each in self.done
            for asked in each.asked
            for check in asked.checks
            if self.tolerant or not check.refuses
        ]
        _listed("note", notes)
        _listed("failed", _grouped(self._failures()))
        _listed("not asked", [f"{name}: {why}" for name, why in self.unasked])
        typer.echo(f"ledger {path}")


def _around(named: Sequence[Named], asked: Sequence[str]) -> tuple[str, ...]:
    """What an analysis measures these lines against: sister lines, markets, funds and peers, by symbol."""
    from rerating.findings.benchmarks import MARKETS, PEERS, SECTORS, STYLES

    out: dict[str, None] = {}
    for each in named:
        if each.line is None:
            keys = list(MARKETS["US"])
        else:
            sector = SECTORS.get(each.line.symbol)
            keys = [line.key for line in each.sisters]
            keys += [*MARKETS.get(each.line.venue, ()), *([sector[0]] if sector else []), *PEERS.get(each.line.key, ())]
            keys += [key for _, key, _ in STYLES.get(each.line.venue, ())]
        out.update(dict.fromkeys(key.partition(":")[2] for key in keys))
    return tuple(symbol for symbol in out if symbol not in asked)


def _table(done: Sequence[Collected], failed: Sequence[Failure]) -> None:
    """What came, question by question."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in ("source", "asked", "what came"):
        table.add_column(name, overflow="fold")
    for each in done:
        for asked in each.asked:
            table.add_row(each.source, asked.question, _came(asked))
    for failure in failed:
        table.add_row(failure.source, failure.question, f"failed: {failure.outcome}")
    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 120)
    console.print(table)


def _came(asked: Asked) -> str:
    if asked.before is not None:
        return f"answered at {asked.before:%H:%M}Z by the run that this one takes up"
    told = [_counted(count, table.replace("_", " ")) for table, count in asked.rows.items() if count]
    if asked.unchanged:
        told.append(f"{_counted(asked.unchanged, 'rows')} held already")
    if asked.gaps:
        told.append(f"{len(asked.gaps)} not held")
    if asked.failure is not None:
        told.append(f"failed: {asked.failure.outcome}")
    if asked.stopped:
        told.append("stopped here")
    return ", ".join(told) or "nothing new"


def _counted(count: int, names: str) -> str:
    return f"{count:,} {names.removesuffix('s') if count == 1 else names}"


def _grouped(failures: Sequence[Failure]) -> list[str]:
    """A line for each way in which a source failed: what it said first, and how many questions ended so."""
    groups: dict[tuple[str, str], list[Failure]] = {}
    for failure in failures:
        groups.setdefault((failure.source, failure.outcome), []).append(failure)
    return [
        f"{same[0].question}{f' and {len(same) - 1} more' if len(same) > 1 else ''} ({outcome}: {same[0].detail})"
        for (_, outcome), same in groups.items()
    ]


def _listed(word: str, lines: Sequence[str]) -> None:
    lines = list(dict.fromkeys(lines))
    for line in lines[:_SHOWN]:
        typer.echo(f"{word}: {line}")
    if len(lines) > _SHOWN:
        typer.echo(f"{word}: {len(lines) - _SHOWN} more")


@contextmanager
def _progress(source: str) -> Iterator[Progress | None]:
    """A bar on the terminal with what is asked now; nothing where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.fields[source]}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, source=source)

        def show(question: str, number: int, count: int) -> None:
            bar.update(task, description=question, completed=number, total=count)

        yield show
