"""How network sources ask: turns, repeats, the fuse, redirects, secrets, sizes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from pydantic import BaseModel

from rerating.core.errors import SourceError
from rerating.core.source import Outcome
from rerating.sources.web import Answer, HttpTransport, TransportFault, Web, archived, without_secrets
from rerating.testing import Reply, StandIn


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Script:
    """A transport that plays replies in their order, the last one for ever."""

    def __init__(self, *replies: Reply | TransportFault) -> None:
        self.replies = list(replies)
        self.asked: list[str] = []

    def get(
        self, url: str, params: Mapping[str, str], headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str], bytes, str]:
        self.asked.append(url)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, TransportFault):
            raise reply
        return reply.status, {name.lower(): value for name, value in reply.headers.items()}, reply.body, url


def web(*replies: Reply | TransportFault, **rules: float) -> tuple[Web, Script, Clock]:
    script, clock = Script(*replies), Clock()
    made = Web("test", script, clock=clock, sleep=clock.sleep, **({"per_second": 1000.0} | rules))  # type: ignore[arg-type]
    return made, script, clock


OK = Reply(body=b'{"a": 1}')
URL = "https://data.example.org/x"


def outcome(error: pytest.ExceptionInfo[SourceError]) -> str:
    return error.value.outcome


def test_questions_keep_their_distance() -> None:
    made, _, clock = web(OK, per_second=4.0)
    for _ in range(5):
        made.get(URL)
    assert clock.now == pytest.approx(1.0)


def test_a_short_wait_is_waited_and_the_answer_taken() -> None:
    made, script, clock = web(Reply(status=429, headers={"Retry-After": "7"}), OK)
    assert made.get(URL).body == OK.body
    assert 7.0 in clock.slept
    assert len(script.asked) == 2


def test_retry_after_as_a_date_counts_from_the_answers_own_clock() -> None:
    headers = {"Retry-After": "Wed, 14 Jan 2026 10:00:05 GMT", "Date": "Wed, 14 Jan 2026 10:00:00 GMT"}
    made, _, clock = web(Reply(status=503, headers=headers), OK)
    made.get(URL)
    assert 5.0 in clock.slept


def test_a_long_wait_is_handed_on_and_not_slept_through() -> None:
    made, script, clock = web(Reply(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(SourceError, match="asked to wait 3600 s") as error:
        made.get(URL)
    assert (outcome(error), error.value.retry_after) == (Outcome.RATE_LIMITED, 3600.0)
    assert len(script.asked) == 1
    assert 3600.0 not in clock.slept


def test_pauses_grow_and_attempts_end() -> None:
    made, script, clock = web(Reply(status=500), attempts=4, pause=1.0)
    with pytest.raises(SourceError):
        made.get(URL)
    assert len(script.asked) == 4
    assert [pause for pause in clock.slept if pause >= 1.0] == [1.0, 2.0, 4.0]


def test_what_will_not_change_is_asked_once() -> None:
    made, script, _ = web(Reply(status=403))
    with pytest.raises(SourceError):
        made.get(URL)
    assert len(script.asked) == 1


def test_the_circuit_opens_after_failures_in_a_row_and_nothing_more_is_asked() -> None:
    made, script, _ = web(Reply(status=403), fuse=3)
    for _ in range(3):
        with pytest.raises(SourceError):
            made.get(URL)
    with pytest.raises(SourceError) as error:
        made.get(URL)
    assert outcome(error) == Outcome.CIRCUIT_OPEN
    assert len(script.asked) == 3
    assert made.counts == {Outcome.FORBIDDEN: 3, Outcome.CIRCUIT_OPEN: 1}


def test_an_answer_closes_the_circuit() -> None:
    made, _, _ = web(Reply(status=403), OK, Reply(status=403), Reply(status=404), fuse=2)
    for good in (False, True, False, True):
        if good:
            made.get(URL)
        else:
            with pytest.raises(SourceError):
                made.get(URL)


def test_redirects_stay_at_home() -> None:
    made, script, _ = web(Reply(status=301, headers={"Location": "/y"}), OK)
    assert made.get(URL).url == "https://data.example.org/y"
    made, script, _ = web(Reply(status=302, headers={"Location": "https://elsewhere.example.com/x"}))
    with pytest.raises(SourceError, match="elsewhere") as error:
        made.get(URL)
    assert outcome(error) == Outcome.REFUSED
    assert script.asked == [URL]


def test_redirects_in_a_circle_end() -> None:
    made, script, _ = web(Reply(status=302, headers={"Location": "/x"}))
    with pytest.raises(SourceError, match="circle"):
        made.get(URL)
    assert len(script.asked) == 4


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://me:secret@example.org/a?crumb=abc&q=BABA", "https://example.org/a?q=BABA"),
        ("https://example.org/a?API_KEY=1&access_token=2&x=3#frag", "https://example.org/a?x=3"),
        ("https://example.org:8080/a?X-Amz-Signature=1", "https://example.org:8080/a"),
    ],
)
def test_secrets_leave_addresses(url: str, kept: str) -> None:
    assert without_secrets(url) == kept


def test_a_secret_that_an_answer_repeats_is_gone_before_it_is_read() -> None:
    """Not so what was asked under a name that only sounds like one, or what is too short to be a secret."""
    body = b'{"you": "Bearer abcdef123456", "key": "0123456789", "word": "cloudcomputing", "a": "ab"}'
    made, _, _ = web(Reply(body=body))
    asked = {"apikey": "0123456789", "keyword": "cloudcomputing", "token": "ab"}
    answer = made.get(URL, asked, {"Authorization": "Bearer abcdef123456"})
    assert answer.body == b'{"you": "Bearer ************", "key": "**********", "word": "cloudcomputing", "a": "ab"}'
    assert archived(answer, datetime(2026, 1, 1, tzinfo=UTC), None)["body"][0] == answer.body


def test_errors_name_no_secret() -> None:
    made, _, _ = web(Reply(status=401))
    with pytest.raises(SourceError) as error:
        made.get(URL, {"token": "hush", "q": "BABA"})
    assert "hush" not in str(error.value)
    assert "token" not in str(error.value)


class Shape(BaseModel):
    a: int


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"a": 1}', None),
        (b'{"a": ', Outcome.NOT_THE_FORMAT),
        (b'{"b": 1}', Outcome.SCHEMA),
        (b'{"a": "x"}', Outcome.SCHEMA),
    ],
)
def test_answers_are_parsed_or_refused(body: bytes, expected: Outcome | None) -> None:
    made, _, _ = web(Reply(body=body))
    answer: Answer = made.get(URL)
    if expected is None:
        assert made.parsed(Shape, answer).a == 1
        return
    with pytest.raises(SourceError) as error:
        made.parsed(Shape, answer)
    assert outcome(error) == expected


def test_too_large_an_answer_is_refused_while_it_comes() -> None:
    with StandIn(lambda path, query: Reply(body=b"[" + b"1," * 5000 + b"1]")) as server:
        made = Web("test", HttpTransport(timeout=5.0, largest=1000), per_second=1000.0)
        with pytest.raises(SourceError) as error:
            made.get(f"{server.url}/big")
    assert outcome(error) == Outcome.TOO_LARGE
