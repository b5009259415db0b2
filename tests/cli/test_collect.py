"""What a user sees of a collection: the closing table, what is missing and why, what failed and how."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from contract import answers
from contract.answers import RECORDED
from rerating.cli.collect import _around, _Run
from rerating.core.batch import Batch
from rerating.core.errors import SourceError
from rerating.core.source import Request, Source
from rerating.ledger import Ledger
from rerating.sources.asking import resolved
from rerating.sources.identity import directory
from rerating.sources.web import HttpTransport
from rerating.sources.yahoo import YahooSource
from rerating.testing import Reply, StandIn
from worlds import bar, batch


def run(path: Path, server: StandIn, **asked: tuple[str, ...]) -> _Run:
    """One call of the verb that asks Yahoo's stand-in."""
    hosts = {"query2.finance.yahoo.com": server.url}
    source = YahooSource(hosts=hosts, per_second=1e4, pause=0.01, attempts=1, transport=HttpTransport(timeout=5.0))
    made = _Run(tolerant=False, again=False)
    made.ask(Ledger.create(path), path, [(source, Request(recorded_at=RECORDED, **asked))])
    return made


def test_the_table_says_what_came_and_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with StandIn(answers.yahoo) as server:
        run(tmp_path, server, symbols=("ACME", "NOPE"), parts=("prices",)).close(tmp_path)
    told = capsys.readouterr().out
    assert "prices of ACME  4 bars, 1 document, 2 events" in told
    assert "prices of NOPE  1 not held" in told
    assert "not held: prices of NOPE (Quote not found for ticker symbol)" in told
    assert "note: sessions without a bar: 1 of 5 (XNYS:ACME 2024-06-13)" in told


def test_failures_of_one_kind_are_one_line_and_the_rest_is_taken_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with StandIn(answers.yahoo) as server:
        server.fault, server.sound = Reply(status=503), 1
        with pytest.raises(SourceError, match="3 questions were not answered"):
            run(tmp_path, server, symbols=("ACME",)).close(tmp_path)
        told = capsys.readouterr().out
        assert told.count("failed: ratings of ACME and 2 more (server_error: ") == 1
        assert told.count("\nfailed:") == 1
        server.fault, server.asked = None, []
        run(tmp_path, server, symbols=("ACME",)).close(tmp_path)
        assert not [path for path in server.asked if "chart" in path]
    assert "prices of ACME   answered at 22:00Z by the run that this one takes up" in capsys.readouterr().out


class Interrupted:
    """Its user stops it at the second of its parts, once."""

    name = "interrupted"
    parts = ("prices", "news")

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fetch(self, request: Request) -> Iterator[Batch]:
        self.asked += request.parts
        on = date(2024, 6, 10 + len(self.asked))
        yield batch(source=self.name, bars=[bar("ACME", on, 10.0)])
        if self.asked == ["prices", "news"]:
            raise KeyboardInterrupt


class Whole:
    """Answers everything in one piece."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fetch(self, request: Request) -> Iterator[Batch]:
        yield batch(source=self.name, bars=[bar("OTHR", date(2024, 6, 11), 20.0)])


def test_a_run_that_was_stopped_tells_what_came_and_is_taken_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rows of the source that was stopped are told; the next run asks no source again that had answered."""
    asked = Request(symbols=("ACME",), recorded_at=RECORDED)
    ledger, source = Ledger.create(tmp_path), Interrupted()
    runs: list[tuple[Source, Request]] = [(each, asked) for each in (Whole("first"), source, Whole("last"))]
    first = _Run(tolerant=False, again=False)
    with pytest.raises(KeyboardInterrupt):
        first.ask(ledger, tmp_path, runs)
    first.tell(tmp_path)
    told = capsys.readouterr().out
    assert "prices of ACME  1 bar" in told
    assert "news of ACME    1 bar, stopped here" in told
    assert "not asked: last: the run was stopped before its turn" in told
    again = _Run(tolerant=False, again=False)
    again.ask(ledger, tmp_path, runs)
    again.close(tmp_path)
    assert source.asked == ["prices", "news", "news"]
    told = capsys.readouterr().out
    assert told.count("answered at 22:00Z by the run that this one takes up") == 2
    assert not list(tmp_path.glob(".collecting-*"))


def test_what_an_analysis_measures_a_line_against_is_collected_with_it() -> None:
    named = resolved(["9988"], directory())
    assert _around(named, ["9988.HK"]) == ("BABA", "AHLA.F", "^HSI")
    around = _around(resolved(["BABA", "NOBODY"], directory()), ["BABA", "NOBODY"])
    peers, styles = ("JD", "PDD", "BIDU", "BILI"), ("IWM", "VUG", "MTUM", "QUAL")
    assert around == ("9988.HK", "AHLA.F", "^GSPC", "^IXIC", "KWEB", *peers, *styles)
