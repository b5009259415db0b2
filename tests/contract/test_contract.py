"""Every built-in source keeps the contract, and every network source meets every fault with its own outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contract import answers
from contract.answers import RECORDED
from rerating.core.source import Outcome, Request, Source
from rerating.core.types import Gap, Why
from rerating.sources import available, named
from rerating.sources.ecb import EcbSource
from rerating.sources.news import Feed, NewsSource
from rerating.sources.sample import SampleSource
from rerating.sources.sec import SecSource
from rerating.sources.web import HttpTransport, TransportFault
from rerating.sources.yahoo import YahooSource
from rerating.testing import EMPTY_RESULT, FAULTS, Answering, StandIn, check_faults, check_source

#: No pauses and a short patience: the stand-in is on this machine.
QUICK = {"per_second": 10_000.0, "pause": 0.01, "attempts": 2, "transport": HttpTransport(timeout=0.4)}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A network source: who answers for it, how it is made, what it can and cannot answer."""

    answering: Answering
    make: Callable[[str], Source]
    request: Request
    empty: Answering
    unknown: str | None = "NO-SUCH"


def request(*symbols: str, parts: tuple[str, ...] = ()) -> Request:
    return Request(symbols=symbols, recorded_at=RECORDED, parts=parts)


def yahoo(url: str) -> Source:
    return YahooSource(hosts={"query2.finance.yahoo.com": url}, **QUICK)


def sec(url: str) -> Source:
    return SecSource("Test test@example.org", hosts={"data.sec.gov": url, "www.sec.gov": url}, **QUICK)


def ecb(url: str) -> Source:
    return EcbSource(hosts={"www.ecb.europa.eu": url}, **QUICK)


def news(url: str) -> Source:
    made = [Feed(url=f"{url}/{name}", subject="ACME", licence="test") for name in ("rss", "atom")]
    return NewsSource(made, **QUICK)


CASES = {
    "yahoo": Case(answering=answers.yahoo, make=yahoo, request=request("ACME"), empty=answers.yahoo_empty),
    "sec": Case(answering=answers.sec, make=sec, request=request("ACME"), empty=answers.sec_empty),
    "ecb": Case(answering=answers.ecb, make=ecb, request=request("USD"), empty=answers.ecb_empty, unknown="ZZZ"),
    "news": Case(answering=answers.feeds, make=news, request=request("ACME"), empty=answers.feeds_empty),
}

#: One question a part, so that each part of each source meets each fault.
QUESTIONS = [
    (name, part)
    for name, case in CASES.items()
    for part in (getattr(case.make("http://127.0.0.1:9"), "parts", ()) or ("",))
    if part != "packaged"
]


@pytest.fixture(params=sorted(CASES))
def case(request: pytest.FixtureRequest) -> Iterator[tuple[Case, StandIn]]:
    found = CASES[request.param]
    with StandIn(found.answering) as server:
        yield found, server


def test_network_sources_keep_the_contract(case: tuple[Case, StandIn]) -> None:
    found, server = case
    counted = check_source(found.make(server.url), found.request, unknown=found.unknown)
    assert counted["batches"] > 0


def test_the_sample_keeps_the_contract() -> None:
    pytest.importorskip("bokeh_sampledata")
    asked = Request(symbols=("AAPL",), recorded_at=datetime(2026, 11, 1, tzinfo=UTC), since=date(2012, 1, 1))
    assert check_source(SampleSource(), asked)["bars"] > 0


#: The faults that the sources have to survive, as the users know them; `FAULTS` must have each, under these names.
NAMED = {
    "401",
    "403",
    "404",
    "429",
    "429 with Retry-After",
    "500",
    "503",
    "timeout",
    "cut connection",
    "page with status 200",
    EMPTY_RESULT,
    "half a document",
    "consent page",
    "redirect to consent",
    "changed schema",
}

#: Questions that come after others: so many are answered well before the fault.
DEEPER = [("yahoo", "options", 1), ("sec", "filings", 1), ("sec", "facts", 1)]


def test_every_network_source_is_asked(tmp_path: Path) -> None:
    """A source that asks a network and has no case here makes the suite fail, built-in or installed."""
    feeds = tmp_path / "feeds.toml"
    feeds.write_text("")
    environ = {"RERATING_SEC_IDENTITY": "Test test@example.org", "RERATING_FEEDS": str(feeds)}
    asking = {name for name in available() if hasattr(named(name, environ), "web")}
    assert asking == set(CASES)
    assert {*FAULTS, EMPTY_RESULT} == NAMED


def met_by(name: str, part: str, sound: int = 0) -> dict[str, Outcome]:
    found = CASES[name]
    asked = found.request.model_copy(update={"parts": (part,) if part else ()})
    with StandIn(found.answering) as server:
        return check_faults(lambda: found.make(server.url), server, asked, empty=found.empty, sound=sound)


@pytest.mark.parametrize(("name", "part"), QUESTIONS)
def test_every_fault_gets_its_outcome(name: str, part: str) -> None:
    """Each fault, for each part of each source, counted; nothing is stored and nothing is taken for absence."""
    met = met_by(name, part)
    assert set(met) == NAMED
    absent = {Outcome.EMPTY, Outcome.NOT_FOUND}
    assert Outcome.OK not in met.values()
    assert not absent & {outcome for fault, outcome in met.items() if fault not in {"404", EMPTY_RESULT}}


@pytest.mark.parametrize(("name", "part", "sound"), DEEPER)
def test_every_fault_gets_its_outcome_behind_a_sound_answer(name: str, part: str, sound: int) -> None:
    met = met_by(name, part, sound)
    assert set(met) == NAMED
    assert Outcome.OK not in met.values()


def test_a_source_that_takes_a_fault_for_absence_fails_the_suite() -> None:
    """Whatever comes, it says that there is nothing: that is what the suite is there to find."""

    class Blind:
        name = "blind"

        def __init__(self, url: str) -> None:
            self.url = url

        def fetch(self, request: Request) -> Iterator[Gap]:
            with suppress(TransportFault):
                HttpTransport(timeout=0.2).get(self.url, {}, {})
            yield Gap(question="all", why=Why.NOT_COVERED, detail="nothing")

    with StandIn(answers.ecb) as server, pytest.raises(AssertionError) as error:
        check_faults(lambda: Blind(server.url), server, request("X"), empty=answers.ecb_empty)
    told = str(error.value)
    assert all(f"- {fault}: empty" in told for fault in NAMED - {"404", EMPTY_RESULT})
