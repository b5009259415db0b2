"""Every built-in source keeps the contract, and every network source meets every fault with its own outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from contract import answers
from contract.answers import RECORDED
from rerating.core.source import Outcome, Request, Source
from rerating.sources.ecb import EcbSource
from rerating.sources.news import Feed, NewsSource
from rerating.sources.sample import SampleSource
from rerating.sources.sec import SecSource
from rerating.sources.web import HttpTransport
from rerating.sources.yahoo import YahooSource
from rerating.testing import FAULTS, Answering, StandIn, check_faults, check_source

#: No pauses and a short patience: the stand-in is on this machine.
QUICK = {"per_second": 10_000.0, "pause": 0.01, "attempts": 2, "transport": HttpTransport(timeout=0.4)}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A network source: who answers for it, how it is made, what it can and cannot answer."""

    answering: Answering
    make: Callable[[str], Source]
    request: Request
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
    "yahoo": Case(answering=answers.yahoo, make=yahoo, request=request("ACME")),
    "sec": Case(answering=answers.sec, make=sec, request=request("ACME")),
    "ecb": Case(answering=answers.ecb, make=ecb, request=request("USD"), unknown="ZZZ"),
    "news": Case(answering=answers.feeds, make=news, request=request("ACME")),
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


@pytest.mark.parametrize(("name", "part"), QUESTIONS)
def test_every_fault_gets_its_outcome(name: str, part: str) -> None:
    """Each of the thirteen faults, for each part of each source; nothing is stored and nothing is taken for absence."""
    found = CASES[name]
    asked = found.request.model_copy(update={"parts": (part,) if part else ()})
    with StandIn(found.answering) as server:
        met = check_faults(lambda: found.make(server.url), server, asked)
    assert set(met) == set(FAULTS)
    assert not {Outcome.OK, Outcome.EMPTY, Outcome.NOT_FOUND} & set(met.values())
