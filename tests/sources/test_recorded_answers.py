"""Every recorded answer of Yahoo, the SEC and the ECB, played by the stand-in to the source that would have asked.

What a provider said is stored or told as absent; what belongs to another question is refused by its form and stores
nothing. No answer ends in an error without an outcome.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from base64 import b64decode
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from rerating.core.errors import SourceError
from rerating.core.source import Outcome, Request, Source
from rerating.core.types import Gap
from rerating.sources.ecb import EcbSource
from rerating.sources.sec import SecSource
from rerating.sources.web import HttpTransport
from rerating.sources.yahoo import YahooSource
from rerating.testing import Reply, StandIn
from shared_data import shared

#: Which question of Yahoo an address answers, by its beginning; the others are never asked here.
PARTS = {
    "/v8/finance/chart/": "prices",
    "/v10/finance/quoteSummary/": "ratings",
    "/v7/finance/options/": "options",
    "/v1/finance/search": "news",
}
NOW = datetime(2026, 11, 1, tzinfo=UTC)
NOTHING = Reply(status=404, body=b"<Error><Code>NoSuchKey</Code></Error>", headers={"Content-Type": "application/xml"})


@dataclass(frozen=True)
class Recorded:
    """A line of the index and the file that it names."""

    folder: Path
    line: Mapping[str, str]

    @property
    def is_page(self) -> bool:
        """Whether it is a list of older filings."""
        return "-submissions-" in self.path

    @property
    def path(self) -> str:
        return self.line["path"]

    @cached_property
    def reply(self) -> Reply:
        file = self.folder / self.line["file"]
        if file.suffix == ".zip":
            body, status = file.read_bytes(), 200
        else:
            said = json.loads(gzip.decompress(file.read_bytes()))["response"]
            status = int(said["status"])
            body = b64decode(said["body_b64"]) if said.get("body_b64") else said["body"].encode()
        return Reply(status=status, body=body, headers={"Content-Type": self.line["content_type"]})


def recorded() -> list[Recorded]:
    folder = shared("data/http/index.csv").parent
    with (folder / "index.csv").open(encoding="utf-8") as file:
        return [Recorded(folder, line) for line in csv.DictReader(file)]


class Recording:
    """Plays one answer to the first question, and what was recorded beside it to those that follow."""

    def __init__(self, answers: Iterable[Recorded]) -> None:
        self.beside = {answer.path: answer for answer in answers}
        self.first: Recorded | None = None

    def __call__(self, path: str, query: Mapping[str, str]) -> Reply:
        if self.first is not None:
            answer, self.first = self.first, None
            return answer.reply
        if "date" in query or path not in self.beside:
            return NOTHING
        return self.beside[path].reply


def asked_of(answer: Recorded, url: str) -> tuple[Source, Request, str]:
    """The source that would have asked for this, its question, and what of it the answer is about."""
    rules: dict[str, Any] = {"per_second": 1e6, "attempts": 1, "transport": HttpTransport(timeout=10.0)}
    host, last = answer.line["host"], answer.path.rsplit("/", 1)[-1]
    if "yahoo" in host:
        part = next((part for start, part in PARTS.items() if answer.path.startswith(start)), None)
        symbol = dict(parse_qsl(answer.line["query"])).get("q", last) if part == "news" else last
        source: Source = YahooSource(hosts={"query2.finance.yahoo.com": url}, **rules)
        return source, request(symbol, part or "prices"), part or "another question"
    if "sec" in host:
        number = "".join(sign for sign in last.partition("-sub")[0] if sign.isdigit())
        part = "facts" if "companyfacts" in answer.path else "filings"
        source = SecSource("Test test@example.org", hosts={"data.sec.gov": url, "www.sec.gov": url}, **rules)
        return source, request(f"CIK{number}", part), part
    return EcbSource(hosts={"www.ecb.europa.eu": url}, **rules), request("", "current"), "rates"


def request(symbol: str, part: str) -> Request:
    return Request(symbols=(symbol,) if symbol else (), recorded_at=NOW, parts=(part,))


def outcome(source: Source, asked: Request, answer: Recorded) -> str:
    """`stored`, `absent`, or how it was refused; what is stored has the answer among its documents."""
    rows, digests = 0, set[str]()
    try:
        for each in source.fetch(asked):
            if not isinstance(each, Gap):
                rows += sum(frame.height for name, frame in each.tables.items() if name != "documents")
                digests.update(each.tables["documents"]["digest"] if "documents" in each.tables else ())
    except SourceError as error:
        assert not rows
        return str(Outcome(error.outcome))
    if not rows:
        return "absent"
    assert answer.is_page or hashlib.sha256(answer.reply.body).hexdigest() in digests
    return "stored"


#: What comes of the 329 answers: what they are about, the status that was recorded, what becomes of them.
OUTCOMES = {
    ("prices", "200", "stored"): 18,
    ("prices", "200", "absent"): 7,  # no bar in it, or a currency or a coin, which have no session
    ("ratings", "200", "stored"): 52,
    ("ratings", "200", "absent"): 76,  # other modules alone, and funds
    ("ratings", "404", "absent"): 39,
    ("options", "200", "stored"): 15,
    ("options", "200", "absent"): 4,
    ("news", "200", "stored"): 8,
    ("news", "200", "absent"): 1,
    ("news", "200", "schema"): 1,
    ("news", "200", "not_the_format"): 2,  # another site's script
    ("another question", "200", "schema"): 69,
    ("another question", "200", "not_the_format"): 1,
    ("filings", "200", "stored"): 31,
    ("filings", "200", "absent"): 1,  # a filer without a filing
    ("filings", "404", "absent"): 1,
    ("facts", "200", "stored"): 2,
    ("rates", "200", "stored"): 1,
}
#: Where these bytes stand in an answer it tells something.
TELLING = {
    "ratings": b'"upgradeDowngradeHistory":{"history":[{',
    "options": b'"contractSymbol"',
    "news": b'"providerPublishTime"',
}


@pytest.mark.shared
def test_each_recorded_answer_gets_its_outcome() -> None:
    answers = recorded()
    playing, met = Recording(answers), Counter[tuple[str, str, str]]()
    with StandIn(playing) as server:
        for answer in answers:
            source, asked, about = asked_of(answer, server.url)
            playing.first = None if answer.is_page else answer
            server.asked = []
            found = outcome(source, asked, answer)
            met[about, answer.line["status"], found] += 1
            if about in TELLING and TELLING[about] in answer.reply.body:
                assert found == "stored", answer.path
            assert server.asked, answer.path
            if answer.is_page:  # older filings, which are asked for behind the list that names them
                assert answer.path in server.asked
    assert met.total() == 329
    assert dict(met) == OUTCOMES
