"""How network sources ask: politely, a bounded number of times, and with an outcome for every fault.

A `Transport` makes one request and knows nothing else; `Web` stands in front of it with the rules of its source: at
most so many requests a second, Retry-After honoured, repeats with growing pauses, a circuit that opens after several
failures in a row (then nothing is asked any more), a size limit, and redirects to the source's own hosts only. What
comes back is an `Answer` with status 200 or 404; everything else is a `SourceError` with its `Outcome`.
"""

from __future__ import annotations

import hashlib
import json
import re
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import polars as pl
from pydantic import BaseModel, ValidationError

from rerating.core.errors import SourceError
from rerating.core.source import Outcome

#: Answers of more bytes than this are refused; the largest company facts have about 10 MB.
LARGEST = 64 * 2**20

#: A wait that a source asks for and that is longer than this is handed to the user instead of being slept through.
LONGEST_WAIT = 30.0

_SECRETS = re.compile(r"crumb|token|key|secret|passw|auth|signature|session|cookie", re.IGNORECASE)
_SHORTEST_SECRET = 8

#: Narrower than `_SECRETS`: what stands under these names is taken out of answers, which must not touch a `keyword`.
_KEYS = re.compile(
    r"(^|[_-])(crumb|(access|api)?[_-]?(token|key)|secret|passw(or)?d|auth(orization)?|signature|session|cookie)($|[_-])",
    re.IGNORECASE,
)
_STATUS = {401: Outcome.UNAUTHORIZED, 403: Outcome.FORBIDDEN, 429: Outcome.RATE_LIMITED}
_AGAIN = frozenset({Outcome.RATE_LIMITED, Outcome.SERVER_ERROR, Outcome.TIMEOUT, Outcome.CUT})
_NEXT = {
    Outcome.UNAUTHORIZED: "check the credentials of this source",
    Outcome.FORBIDDEN: "the source does not allow it; check its terms and the identity that you gave",
    Outcome.RATE_LIMITED: "wait and ask again; fewer symbols at a time help",
    Outcome.SERVER_ERROR: "ask again later",
    Outcome.TIMEOUT: "check the connection and ask again",
    Outcome.CUT: "check the connection and ask again",
    Outcome.CONSENT: "open its page in a browser and accept its terms, then ask again",
    Outcome.NOT_THE_FORMAT: "ask again later; if it stays, report it",
    Outcome.SCHEMA: "the source changed its format; update rerating or report it",
    Outcome.TOO_LARGE: "ask for less at a time",
    Outcome.CIRCUIT_OPEN: "ask again later",
    Outcome.REFUSED: "ask again later",
}

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back: its address without secrets, its bytes, and how long after the first question it was complete.

    Where a source repeats a key or token in its answer, the bytes have stars in its place before anybody reads them.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    after: timedelta

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, by which they are filed among the documents."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def media_type(self) -> str:
        """The media type that the source stated."""
        return self.headers.get("content-type", "application/octet-stream").partition(";")[0].strip().lower()


class TransportFault(Exception):
    """A request that came to no answer: `outcome` is TIMEOUT, CUT, TOO_LARGE or RATE_LIMITED."""

    def __init__(self, outcome: Outcome, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.retry_after = retry_after


class Transport(Protocol):
    """Makes one request. Redirects are not followed. Raises TransportFault where there is no answer."""

    def get(
        self, url: str, params: Mapping[str, str], headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str], bytes, str]:
        """Status, headers (names in lower case), body and the address that answered."""
        ...


class HttpTransport:
    """Plain HTTP through httpx2. Proxies and certificates of the environment count, except for the own machine."""

    def __init__(self, *, timeout: float = 30.0, largest: int = LARGEST) -> None:
        self._timeout = timeout
        self._largest = largest

    def get(
        self, url: str, params: Mapping[str, str], headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str], bytes, str]:
        """One GET; the body is read up to `largest` bytes."""
        import httpx2

        address = urlsplit(url)
        on_this_machine = address.hostname in {"127.0.0.1", "::1", "localhost"}
        # Certificates are read once a process, which takes longer than a request; without TLS there are none to check.
        trusted = _certificates() if address.scheme == "https" else False
        try:
            with (
                httpx2.Client(timeout=self._timeout, trust_env=not on_this_machine, verify=trusted) as client,
                client.stream("GET", url, params=dict(params), headers=dict(headers)) as response,
            ):
                parts, size = [], 0
                for part in response.iter_bytes():
                    size += len(part)
                    if size > self._largest:
                        raise TransportFault(Outcome.TOO_LARGE, f"more than {self._largest} bytes")
                    parts.append(part)
                named = {name.lower(): value for name, value in response.headers.items()}
                return response.status_code, named, b"".join(parts), str(response.url)
        except httpx2.TimeoutException as error:
            raise TransportFault(Outcome.TIMEOUT, f"no answer within {self._timeout:g} s") from error
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            raise TransportFault(Outcome.CUT, str(error) or type(error).__name__) from error


@cache
def _certificates() -> ssl.SSLContext:
    import httpx2

    return httpx2.create_ssl_context()


class Web:
    """One source's way of asking. Not shared between sources; keeps count of outcomes in `counts`."""

    def __init__(
        self,
        source: str,
        transport: Transport,
        *,
        hosts: Mapping[str, str] | None = None,
        per_second: float = 2.0,
        attempts: int = 3,
        fuse: int = 4,
        pause: float = 0.5,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`hosts` maps real hosts to stand-ins (scheme and host); `fuse` failures in a row open the circuit."""
        self.source = source
        self.counts: dict[Outcome, int] = {}
        self._transport = transport
        self._hosts = dict(hosts or {})
        self._gap = 1.0 / per_second
        self._attempts = attempts
        self._fuse = fuse
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._started = clock()
        self._last = float("-inf")
        self._failed = 0
        self._asked = ""

    def get(
        self, url: str, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer with status 200 or 404. Raises SourceError with its outcome for everything else."""
        self._asked = urlsplit(url).hostname or ""
        if self._failed >= self._fuse:
            raise self._error(Outcome.CIRCUIT_OPEN, url, f"{self._failed} failures in a row, nothing more is asked")
        for attempt in range(1, self._attempts + 1):
            try:
                answer = self._once(self._directed(url), dict(params or {}), dict(headers or {}))
            except SourceError as error:
                wait = self._wait(error, attempt)
                if wait is None:
                    self._failed += 1
                    raise
                self._sleep(wait)
            else:
                self._failed = 0
                self._count(Outcome.OK if answer.status == 200 else Outcome.NOT_FOUND)
                return answer
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _wait(self, error: SourceError, attempt: int) -> float | None:
        """Seconds until the next attempt; None where there should be none."""
        if attempt == self._attempts or error.outcome not in _AGAIN:
            return None
        if error.retry_after is not None:
            return error.retry_after if error.retry_after <= LONGEST_WAIT else None
        return self._pause * 2.0 ** (attempt - 1)

    def _once(self, url: str, params: dict[str, str], headers: dict[str, str]) -> Answer:
        for _ in range(4):
            self._take_turn()
            try:
                status, found, body, at = self._transport.get(url, params, headers)
            except TransportFault as fault:
                raise self._error(fault.outcome, url, str(fault), fault.retry_after) from fault
            if not 300 <= status < 400:
                break
            url, params = self._redirected(url, found.get("location", "")), {}
        else:
            raise self._error(Outcome.REFUSED, url, "redirected in a circle")
        if urlsplit(at).hostname not in self._own_hosts(url):
            raise self._error(Outcome.CONSENT, url, f"answered by {urlsplit(at).hostname} instead")
        if status not in (200, 404):
            outcome = _STATUS.get(status, Outcome.SERVER_ERROR if status >= 500 else Outcome.REFUSED)
            raise self._error(outcome, url, f"status {status}", _retry_after(found))
        if status == 200 and _is_page(found, body) and "html" not in headers.get("accept", ""):
            outcome = Outcome.CONSENT if b"consent" in body[:20_000].lower() else Outcome.NOT_THE_FORMAT
            raise self._error(outcome, url, "a page for people came instead of data, with status 200")
        body = _redacted(body, _secrets_in(url, params, headers))
        address = f"{url}?{urlencode(params)}" if params else url
        after = timedelta(seconds=self._clock() - self._started)
        return Answer(url=without_secrets(self._real(address)), status=status, headers=found, body=body, after=after)

    def _redirected(self, url: str, location: str) -> str:
        from urllib.parse import urljoin

        there = urljoin(url, location)
        if not location or urlsplit(there).hostname not in self._own_hosts(url):
            outcome = Outcome.CONSENT if "consent" in location else Outcome.REFUSED
            raise self._error(outcome, url, f"redirected to {urlsplit(there).hostname or 'nowhere'}")
        if "consent" in urlsplit(there).path:
            raise self._error(Outcome.CONSENT, url, "redirected to a consent page")
        return there

    def _own_hosts(self, url: str) -> set[str | None]:
        return {urlsplit(url).hostname, *(urlsplit(to).hostname for to in self._hosts.values())}

    def _take_turn(self) -> None:
        wait = self._last + self._gap - self._clock()
        if wait > 0:
            self._sleep(wait)
        self._last = self._clock()

    def _directed(self, url: str) -> str:
        parts = urlsplit(url)
        to = self._hosts.get(parts.hostname or "")
        if to is None:
            return url
        there = urlsplit(to)
        return urlunsplit((there.scheme, there.netloc, parts.path, parts.query, ""))

    def _real(self, url: str) -> str:
        # Several hosts may have one stand-in: the one that was asked comes first.
        for host, to in sorted(self._hosts.items(), key=lambda item: item[0] != self._asked):
            if url.startswith(f"{to}/"):
                return f"https://{host}{url[len(to) :]}"
        return url

    def _count(self, outcome: Outcome) -> None:
        self.counts[outcome] = self.counts.get(outcome, 0) + 1

    def _error(self, outcome: Outcome, url: str, reason: str, retry_after: float | None = None) -> SourceError:
        self._count(outcome)
        after = f" (it asked to wait {retry_after:g} s)" if retry_after is not None else ""
        where = without_secrets(self._real(url))
        text = f"{self.source} did not answer {where}: {reason}{after}; {_NEXT[outcome]}."
        return SourceError(text, retry_after=retry_after, outcome=outcome)

    # ---- what is in an answer ------------------------------------------------------------------------------------

    def refuse(self, outcome: Outcome, answer: Answer, reason: str) -> SourceError:
        """The error for an answer that came and cannot be used; counts as a failure of the source."""
        self._failed += 1
        return self._error(outcome, answer.url, reason)

    def json(self, answer: Answer) -> Any:
        """The JSON in an answer. Raises SourceError (NOT_THE_FORMAT) where it is half or none."""
        try:
            return json.loads(answer.body)
        except ValueError as error:
            reason = f"its JSON breaks off or is none ({str(error).splitlines()[0]})"
            raise self.refuse(Outcome.NOT_THE_FORMAT, answer, reason) from error

    def parsed(self, model: type[Model], answer: Answer) -> Model:
        """The answer's JSON as `model`. Raises SourceError (NOT_THE_FORMAT or SCHEMA) where it is not that."""
        plain = self.json(answer)
        try:
            return model.model_validate(plain)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"][:6])
            raise self.refuse(Outcome.SCHEMA, answer, f"its format changed at {place}: {first['msg']}") from error


def archived(answer: Answer, recorded_at: datetime, licence: str | None) -> pl.DataFrame:
    """The answer's bytes as a row of `documents`."""
    return pl.DataFrame(
        {
            "digest": [answer.digest],
            "media_type": [answer.media_type],
            "body": [answer.body],
            "known_at": [recorded_at],
            "locator": [answer.url],
            "licence": [licence],
        },
        schema_overrides={"known_at": pl.Datetime("us", "UTC"), "licence": pl.String},
    )


def names_a_key(name: str) -> bool:
    """Whether what stands under this name is a key, a token or a password."""
    return _KEYS.search(name) is not None


def _secrets_in(url: str, params: Mapping[str, str], headers: Mapping[str, str]) -> list[bytes]:
    """What was sent under names that are those of keys: values of eight signs and more, a header's words one by one."""
    parts = urlsplit(url)
    asked = [*parse_qsl(parts.query), *params.items(), ("password", parts.password or "")]
    named = [value for name, value in asked if names_a_key(name)]
    named += [word for name, value in headers.items() if names_a_key(name) for word in value.split()]
    return sorted({value.encode() for value in named if len(value) >= _SHORTEST_SECRET}, key=len, reverse=True)


def _redacted(body: bytes, secrets: Sequence[bytes]) -> bytes:
    """The bytes with stars, as many as it has signs, in place of each secret."""
    for secret in secrets:
        body = body.replace(secret, b"*" * len(secret))
    return body


def without_secrets(url: str) -> str:
    """An address without user, password, fragment and the parameters that look like keys; nothing else is stored."""
    parts = urlsplit(url)
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _SECRETS.search(name)
    ]
    host = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    return urlunsplit((parts.scheme, host, parts.path, urlencode(kept), ""))


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait as the source asked: a number, or a time counted from the answer's own date."""
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    if text.isdigit():
        return float(text)
    try:
        until, sent = parsedate_to_datetime(text), parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError):
        return None
    return max(0.0, (until.astimezone(UTC) - sent.astimezone(UTC)).total_seconds())


def _is_page(headers: Mapping[str, str], body: bytes) -> bool:
    start = body[:200].lstrip().lower()
    named = "text/html" in headers.get("content-type", "").lower()
    return start.startswith((b"<!doctype html", b"<html")) or (named and not start.startswith((b"{", b"[", b"<?xml")))
