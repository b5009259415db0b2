"""`rerating study`: abnormal returns around a list of dated events, and whether they are more than chance."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rerating.cli.analyze import Language
from rerating.cli.options import AsOfOption, LedgerOption, OutOption, cutoff, ledger_path, write_text
from rerating.core.errors import UsageError

if TYPE_CHECKING:
    from rerating.measures.event_study import EventStudy


class Format(StrEnum):
    """The formats of a study."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    HTML = "html"


class Rows(StrEnum):
    """What a row of the CSV is."""

    EVENTS = "events"
    DAYS = "days"
    WINDOWS = "windows"
    TESTS = "tests"


class ModelName(StrEnum):
    """The models of the normal return."""

    MARKET = "market"
    MEAN_ADJUSTED = "mean_adjusted"
    MARKET_ADJUSTED = "market_adjusted"
    SCHOLES_WILLIAMS = "scholes_williams"
    DIMSON = "dimson"
    GARCH = "garch"
    FAMA_FRENCH_3 = "fama_french_3"
    CARHART_4 = "carhart_4"
    FAMA_FRENCH_5 = "fama_french_5"


class NonSession(StrEnum):
    """Where an event goes whose date is no session."""

    NEXT = "next"
    PREVIOUS = "previous"
    DROP = "drop"


class Cluster(StrEnum):
    """What events may depend within."""

    DATE = "date"
    FIRM = "firm"


class Correlation(StrEnum):
    """Pairs of events for the mean correlation of Kolari and Pynnonen."""

    EVENT_WINDOWS = "event_windows"
    ESTIMATION_WINDOWS = "estimation_windows"


def add_to(app: typer.Typer) -> None:
    """Hang the verb into the command line."""
    app.command("study")(study)


def study(
    events: Annotated[
        Path, typer.Argument(help="CSV or Parquet with symbol, at (ISO date or instant), optional name and group.")
    ],
    benchmark: Annotated[
        str | None, typer.Option("--benchmark", metavar="SYMBOL", help="The market: a symbol of the prices.")
    ] = None,
    prices: Annotated[
        Path | None,
        typer.Option("--prices", metavar="FILE", help="CSV or Parquet of prices, instead of a ledger."),
    ] = None,
    ledger: LedgerOption = None,
    as_of: AsOfOption = None,
    model: Annotated[ModelName, typer.Option("--model", help="Model of the normal return.")] = ModelName.MARKET,
    window: Annotated[
        list[str] | None,
        typer.Option("--window", metavar="A:B", help="Relative days, like -10:10; may be given again."),
    ] = None,
    estimation: Annotated[int, typer.Option("--estimation", help="Sessions of the estimation window.")] = 250,
    gap: Annotated[int, typer.Option("--gap", help="Sessions between estimation window and windows.")] = 0,
    minimum: Annotated[int, typer.Option("--minimum", help="Usable days that the estimation window needs.")] = 100,
    logarithmic: Annotated[bool, typer.Option("--log", help="Log returns instead of simple ones.")] = False,
    factors: Annotated[
        Path | None,
        typer.Option("--factors", metavar="FILE", help="date, mkt_rf, smb, hml, rf ... or French's own daily file."),
    ] = None,
    non_session: Annotated[
        NonSession, typer.Option("--non-session", help="For a date that is no session.")
    ] = NonSession.NEXT,
    venue: Annotated[
        str | None, typer.Option("--venue", metavar="MIC", help="Venue of the --prices, to place instants: XNYS ...")
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="OUTCOME", help="Leave out events that are flagged so; may be given again."),
    ] = None,
    group: Annotated[str | None, typer.Option("--group", help="Only the events of this group.")] = None,
    cluster: Annotated[
        list[Cluster] | None,
        typer.Option("--cluster", help="Cross-sectional t and bootstrap by date or by firm; may be given twice."),
    ] = None,
    correlation: Annotated[
        Correlation, typer.Option("--correlation", help="Pairs of events for the Kolari-Pynnonen correlation.")
    ] = Correlation.EVENT_WINDOWS,
    format_: Annotated[Format, typer.Option("--format", help="table, csv, json or html.")] = Format.TABLE,
    rows: Annotated[Rows, typer.Option("--rows", help="What a row of the CSV is.")] = Rows.EVENTS,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the page.")] = Language.EN,
    out: OutOption = None,
) -> None:
    """Measure what dated events did to prices: abnormal returns, fifteen tests, and what became of each event.

    Prices come from the ledger, or from one file: a column date and one column a symbol, or the columns symbol, date
    and close. Prices that were not known at --as-of are not used.
    """
    from rerating.cli.study_data import events_of, from_ledger, from_prices
    from rerating.measures.event_study import carhart_4, event_study, fama_french_3, fama_french_5

    windows = [_window(text) for text in window or ["-10:10"]]
    asked = events_of(events, group)
    chosen = {"fama_french_3": fama_french_3, "carhart_4": carhart_4, "fama_french_5": fama_french_5}
    if model.value in chosen and factors is None:
        raise UsageError(f"The model {model.value} needs --factors FILE with its columns; name one.")
    if benchmark is None and model.value not in {"mean_adjusted", *chosen}:
        raise UsageError(f"The model {model.value} needs --benchmark SYMBOL; name one, or take --model mean_adjusted.")
    if prices is not None:
        loaded = from_prices(prices, benchmark, factors, logarithmic=logarithmic, venue=venue)
    else:
        folder = ledger_path(ledger)
        if not folder.exists():
            raise UsageError(f"There is no ledger at {folder}; name a file with --prices, or collect prices first.")
        loaded = from_ledger(folder, cutoff(as_of), asked, benchmark, factors, logarithmic=logarithmic)
    found = event_study(
        loaded.panel,
        asked,
        model=chosen[model.value]() if model.value in chosen else model.value,
        windows=windows,
        estimation=estimation,
        gap=gap,
        minimum=minimum,
        drop=("missing_in_window", *(drop or ())),
        non_session=non_session.value,
        cluster=tuple(one.value for one in cluster or ()),
        correlation=correlation.value,
        sessions=loaded.sessions,
    )
    _print(found, format_, rows, lang, out, loaded.source)


def _window(text: str) -> tuple[int, int]:
    first, colon, last = text.partition(":")
    try:
        return int(first), int(last if colon else first)
    except ValueError:
        raise UsageError(f"'{text}' is no window; write it like -10:10, or 0 for the event's own day.") from None


def _print(found: EventStudy, format_: Format, rows: Rows, lang: Language, out: Path | None, source: str) -> None:
    if format_ is Format.TABLE:
        if out is None:
            from rerating.cli.study_tables import print_study

            print_study(found, source)
            return
        names = {".json": Format.JSON, ".csv": Format.CSV, ".html": Format.HTML, ".htm": Format.HTML}
        format_ = names.get(out.suffix.lower(), Format.JSON)
    text = _text(found, format_, rows, lang, source)
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_text(out, text)
        typer.echo(f"{found.used} of {len(found.given)} events: {out}", err=True)


def _text(found: EventStudy, format_: Format, rows: Rows, lang: Language, source: str) -> str:
    if format_ is Format.JSON:
        from rerating.core.record import canonical_json

        return canonical_json(found.to_json(), indent=1) + "\n"
    if format_ is Format.HTML:
        from rerating.report.study_page import study_page

        return study_page(found, language=lang.value, source=source)
    frames: dict[Rows, Any] = {
        Rows.EVENTS: found.events,
        Rows.DAYS: found.abnormal_returns,
        Rows.WINDOWS: found.cumulative,
        Rows.TESTS: found.tests,
    }
    text: str = frames[rows]().write_csv()
    return text
