"""For those who add a source: a stand-in server, and the contract that every source passes.

    from rerating.testing import check_source
    check_source(MySource(), Request(symbols=("X",), recorded_at=...), unknown="NO-SUCH-SYMBOL")

A source that asks a network is checked against a `StandIn`, too: `check_faults` lets it play every fault and counts the
outcomes. Both raise AssertionError with all that does not hold, and answer with what they looked at.
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import polars as pl

from rerating.collection import collect
from rerating.core.batch import Batch, framed
from rerating.core.errors import RerateError, SourceError, UsageError
from rerating.core.source import Outcome, Request, Source
from rerating.core.tables import TABLES, Table
from rerating.core.types import Gap
from rerating.ledger import Ledger

__all__ = ["EMPTY_RESULT", "FAULTS", "Reply", "StandIn", "check_faults", "check_source"]

_SECRETS = ("crumb=", "token=", "apikey=", "api_key=", "password=", "authorization")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the stand-in says to one request. `cut` closes the connection after half of the body."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: bool = False


Answering = Callable[[str, Mapping[str, str]], Reply]


class StandIn:
    """A server on this machine that answers in place of a source. `answering` gets each path and its query.

    While there is a `fault` it answers with that instead, after the first `sound` questions.
    """

    def __init__(self, answering: Answering) -> None:
        self.answering = answering
        self.fault: Reply | Answering | None = None
        self.sound = 0
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_GET(self) -> None:
                outer.asked.append(self.path)
                outer._reply(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> StandIn:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _reply(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        answer = self.answering if self.fault is None or len(self.asked) <= self.sound else self.fault
        reply = answer if isinstance(answer, Reply) else answer(parts.path, dict(parse_qsl(parts.query)))
        if reply.delay:
            time.sleep(reply.delay)
        try:
            handler.send_response(reply.status)
            for name, value in reply.headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(reply.body)))
            handler.end_headers()
            handler.wfile.write(reply.body[: len(reply.body) // 2] if reply.cut else reply.body)
        except (BrokenPipeError, ConnectionResetError):
            return  # the one who asked did not wait: that is one of the faults


_PAGE = b"<!DOCTYPE html><html><head><title>Just a moment</title></head><body>Please wait.</body></html>"
_CONSENT = b"<!DOCTYPE html><html><body><form action='/consent'>We value your privacy</form></body></html>"

#: What is absent is a Gap; of a file that cannot be absent (a list of all companies, say) it is a changed place.
_ABSENT = frozenset({Outcome.EMPTY, Outcome.NOT_FOUND, Outcome.SCHEMA})

#: The name of the one fault that looks different for each source: an answer in its format that holds nothing.
EMPTY_RESULT = "empty result"

#: The faults that every network source meets, by name: the reply and the outcomes that do justice to it.
FAULTS: dict[str, tuple[Reply, frozenset[Outcome]]] = {
    "401": (Reply(status=401, body=b"{}"), frozenset({Outcome.UNAUTHORIZED})),
    "403": (Reply(status=403, body=b"{}"), frozenset({Outcome.FORBIDDEN})),
    "404": (Reply(status=404, body=b"nothing here"), _ABSENT),
    "429": (Reply(status=429, body=b"Too Many Requests"), frozenset({Outcome.RATE_LIMITED})),
    "429 with Retry-After": (
        Reply(status=429, headers={"Retry-After": "3600"}, body=b"later"),
        frozenset({Outcome.RATE_LIMITED}),
    ),
    "500": (Reply(status=500, body=b"Internal Server Error"), frozenset({Outcome.SERVER_ERROR})),
    "503": (Reply(status=503, body=b"Service Unavailable"), frozenset({Outcome.SERVER_ERROR})),
    "timeout": (Reply(delay=1.0, body=b"{}"), frozenset({Outcome.TIMEOUT})),
    "cut connection": (Reply(body=b'{"half": "of it is missing here"}' * 50, cut=True), frozenset({Outcome.CUT})),
    "page with status 200": (
        Reply(body=_PAGE, headers={"Content-Type": "text/html"}),
        frozenset({Outcome.NOT_THE_FORMAT}),
    ),
    "consent page": (Reply(body=_CONSENT, headers={"Content-Type": "text/html"}), frozenset({Outcome.CONSENT})),
    "redirect to consent": (
        Reply(status=302, headers={"Location": "/consent/collect?next=here"}),
        frozenset({Outcome.CONSENT}),
    ),
    "half a document": (
        Reply(body=b'{"chart": {"result": [{"meta": {"curr', headers={"Content-Type": "application/json"}),
        frozenset({Outcome.NOT_THE_FORMAT}),
    ),
    "changed schema": (
        Reply(body=b'{"renamed": {"everything": []}}', headers={"Content-Type": "application/json"}),
        frozenset({Outcome.SCHEMA, Outcome.NOT_THE_FORMAT}),
    ),
}


def check_source(source: Source, request: Request, *, unknown: str | None = "NO-SUCH-SYMBOL") -> dict[str, int]:
    """Check a source against the contract on a request that it can answer; `unknown` is a symbol that it cannot know.

    Answers the number of batches, rows by table and gaps. None for `unknown` leaves that check out, for sources that
    are not asked by symbol.
    """
    wrong: list[str] = []
    if not isinstance(getattr(source, "name", None), str) or not source.name:
        raise AssertionError("a source needs a name")
    answers = list(source.fetch(request))
    batches = [answer for answer in answers if isinstance(answer, Batch)]
    wrong += [
        f"it answered with {type(a).__name__}, not Batch or Gap" for a in answers if not isinstance(a, Batch | Gap)
    ]
    if not batches:
        wrong.append(f"it has no batch for {request.symbols}; choose a request that it can answer")
    for batch in batches:
        wrong += _batch_faults(source, request, batch)
    if unknown is not None:
        wrong += _unknown_faults(source, request, unknown)
    wrong += _repeat_faults(source, request)
    if wrong:
        raise AssertionError(f"{source.name} does not keep the contract:\n- " + "\n- ".join(dict.fromkeys(wrong)))
    counted = Counter[str](batches=len(batches), gaps=len(answers) - len(batches))
    for batch in batches:
        for name, frame in batch.tables.items():
            counted[name] += frame.height
    return dict(counted)


def _batch_faults(source: Source, request: Request, batch: Batch) -> Iterator[str]:
    if batch.source != source.name:
        yield f"a batch says that it is of '{batch.source}'"
    if batch.recorded_at < request.recorded_at:
        yield "a batch was recorded before it was asked for"
    documents = set(batch.tables["documents"]["digest"]) if "documents" in batch.tables else set()
    for name, rows in batch.tables.items():
        if name not in TABLES:
            yield f"'{name}' is no table"
            continue
        try:
            frame = framed(TABLES[name], rows, recorded_at=batch.recorded_at, source=batch.source)
        except pl.exceptions.PolarsError as error:
            yield f"{name}: {str(error).splitlines()[0]}"
            continue
        yield from (f"{name}: {fault}" for fault in _row_faults(TABLES[name], frame, batch))
        loose = set(frame["digest"].drop_nulls()) - documents
        if documents and loose:
            yield f"{name}: {len(loose)} digests are of no document in the batch"


def _row_faults(table: Table, frame: pl.DataFrame, batch: Batch) -> Iterator[str]:
    for column in (table.subject, "known_at", "locator"):
        if frame[column].null_count():
            yield f"{column} is missing in {frame[column].null_count()} rows"
    twice = frame.filter(frame.select([*table.key, "known_at"]).is_duplicated())
    if twice.height:
        yield f"{twice.height} rows share their key and time of knowledge"
    if any(secret in locator.lower() for locator in frame["locator"].drop_nulls() for secret in _SECRETS):
        yield "a locator carries a secret"
    if table.name == "documents":
        bodies = frame.select("digest", "body").rows()
        if any(hashlib.sha256(body or b"").hexdigest() != digest for digest, body in bodies):
            yield "a digest is not that of its body"
    elif table.name in {"bars", "rates"} and (frame["known_at"] > batch.recorded_at).any():
        yield "rows were recorded before they could be known"


def _unknown_faults(source: Source, request: Request, unknown: str) -> Iterator[str]:
    asked = request.model_copy(update={"symbols": (unknown,)})
    try:
        answers = list(source.fetch(asked))
    except RerateError as error:
        yield f"an unknown symbol is a Gap and not an error ({error})"
        return
    if not any(isinstance(answer, Gap) for answer in answers):
        yield "an unknown symbol gave no Gap"
    about = [answer for answer in answers if isinstance(answer, Batch)]
    if any(
        unknown in set(frame[TABLES[n].subject].cast(pl.String))
        for b in about
        for n, frame in b.tables.items()
        if n in TABLES
    ):
        yield "an unknown symbol gave rows about it"


def _repeat_faults(source: Source, request: Request) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.create(Path(folder) / "ledger")
        first = collect(ledger, source, request)
        again = collect(ledger, source, request)
        yield from (f"{failure.question} fails: {failure.detail}" for failure in first.failures)
        if not sum(first.rows.values()) and first.receipts:
            yield "collecting into an empty ledger stored nothing"
        new = {name: count for name, count in again.rows.items() if count and name != "option_quotes"}
        if new:
            yield f"collecting the same again stored rows anew: {new}"


def check_faults(
    make: Callable[[], Source], server: StandIn, request: Request, *, empty: Answering, sound: int = 0
) -> dict[str, Outcome]:
    """Let `server` play every fault to a fresh source of `make`; each must get its outcome and store nothing.

    `empty` answers as the source does when it holds nothing. The first `sound` questions are answered as they should
    be, to reach the ones behind them (what these brought may be stored). A source must not ask for ever either. Answers
    the outcome by fault, `EMPTY_RESULT` included.
    """
    wrong, met = [], dict[str, Outcome]()
    played: dict[str, tuple[Reply | Answering, frozenset[Outcome]]] = {**FAULTS, EMPTY_RESULT: (empty, _ABSENT)}
    for name, (reply, fitting) in played.items():
        with _playing(server, reply, sound):
            outcome, stored = _outcome(make(), request)
        asked, server.asked = len(server.asked), []
        met[name] = outcome
        if outcome not in fitting:
            wrong.append(f"{name}: {outcome}, not {' or '.join(sorted(fitting))}")
        if stored and not sound:
            wrong.append(f"{name}: {stored} rows were stored")
        if asked > 40 + sound:
            wrong.append(f"{name}: asked {asked} times")
        if asked <= sound:
            wrong.append(f"{name}: never met, the source asked only {asked} times")
    if wrong:
        raise AssertionError("faults without their outcome:\n- " + "\n- ".join(wrong))
    return met


@contextmanager
def _playing(server: StandIn, fault: Reply | Answering, sound: int) -> Iterator[None]:
    server.fault, server.sound, server.asked = fault, sound, []
    try:
        yield
    finally:
        server.fault, server.sound = None, 0


def _outcome(source: Source, request: Request) -> tuple[Outcome, int]:
    """How a request ended, and how many rows about it would have been stored."""
    rows, absent = 0, False
    try:
        for answer in source.fetch(request):
            if isinstance(answer, Gap):
                absent = True
            else:
                rows += sum(frame.height for frame in answer.tables.values())
    except SourceError as error:
        return Outcome(error.outcome), rows
    except UsageError as error:
        raise AssertionError(f"the request itself is wrong: {error}") from error
    return Outcome.EMPTY if absent else Outcome.OK, rows
