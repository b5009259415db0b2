"""Tokens: the environment first, then a keyring, and never in a ledger, a message or a raw document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
import pytest

from contract.answers import RECORDED, reply
from rerating.collection import collect
from rerating.core.batch import Batch
from rerating.core.errors import SourceError, UsageError
from rerating.core.source import Request
from rerating.core.tables import DOCUMENTS, FACTS
from rerating.ledger import Ledger
from rerating.sources import named
from rerating.sources.credentials import SERVICE, Credentials, SystemKeyring
from rerating.sources.web import HttpTransport, Web, archived
from rerating.testing import Reply, StandIn

SECRET = "s3cr3t-0123456789"


class Held:
    """A keyring with one token that notes what it is asked."""

    def __init__(self, **held: str) -> None:
        self.held = held
        self.asked: list[tuple[str, str]] = []

    def get_password(self, service: str, username: str) -> str | None:
        self.asked.append((service, username))
        return self.held.get(username)


def test_the_environment_comes_first_and_only_keys_are_looked_up() -> None:
    keyring = Held(VENDOR_TOKEN=SECRET, RERATING_FEEDS="nothing to look up")
    environ = {"VENDOR_PASSWORD": "of the environment", "OTHER_TOKEN": ""}
    found = Credentials(environ, keyring)
    assert found["VENDOR_PASSWORD"] == "of the environment"
    assert (found.get("OTHER_TOKEN"), found.get("RERATING_FEEDS"), found.get("RERATING_SEC_IDENTITY")) == (
        "",
        None,
        None,
    )
    assert not keyring.asked
    assert found["VENDOR_TOKEN"] == SECRET
    assert "VENDOR_KEY" not in found
    assert keyring.asked == [(SERVICE, "VENDOR_TOKEN"), (SERVICE, "VENDOR_KEY")]
    assert sorted(found) == ["OTHER_TOKEN", "VENDOR_PASSWORD"]
    assert SECRET not in f"{found!r} {found}"
    with pytest.raises(KeyError, match="VENDOR_TOKEN"):
        Credentials({}, None)["VENDOR_TOKEN"]


def test_sources_are_made_from_both() -> None:
    keyring = Held()
    with pytest.raises(UsageError, match="RERATING_SEC_IDENTITY"):
        named("sec", {}, keyring)
    assert named("sec", {"RERATING_SEC_IDENTITY": "Test test@example.org"}, keyring).name == "sec"
    assert not keyring.asked


def test_a_keyring_that_is_not_there_has_nothing_and_a_locked_one_is_told() -> None:
    keyring = pytest.importorskip("keyring", reason="the extra [keyring] is not installed")
    from keyring.backends.fail import Keyring as NotThere

    class Locked(Held):
        def get_password(self, service: str, username: str) -> str | None:
            raise keyring.errors.KeyringLocked(f"{service} is locked")

    assert SystemKeyring(NotThere()).get_password(SERVICE, "VENDOR_TOKEN") is None
    assert SystemKeyring(Held(VENDOR_TOKEN=SECRET)).get_password(SERVICE, "VENDOR_TOKEN") == SECRET
    with pytest.raises(UsageError, match="did not hand out VENDOR_TOKEN"):
        SystemKeyring(Locked()).get_password(SERVICE, "VENDOR_TOKEN")


class Vendor:
    """A third party's source that needs a token."""

    name = "vendor"

    def __init__(self, token: str, url: str) -> None:
        self.web = Web(self.name, HttpTransport(timeout=5.0), hosts={"vendor.example": url}, attempts=1)
        self._token = token

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Vendor:
        return cls(environ["VENDOR_TOKEN"], environ["VENDOR_URL"])

    def fetch(self, request: Request) -> Iterator[Batch]:
        headers = {"authorization": f"Bearer {self._token}"}
        answer = self.web.get("https://vendor.example/facts", {"api_key": self._token, "q": "X"}, headers)
        row = {"subject": "X", "field": "said", "text": answer.body.decode(), "known_at": RECORDED}
        row |= {"locator": answer.url, "digest": answer.digest}
        tables = {"facts": pl.DataFrame([row]), "documents": archived(answer, RECORDED, None)}
        yield Batch(source=self.name, recorded_at=RECORDED, tables=tables)


def test_a_token_of_the_keyring_is_sent_and_nowhere_kept(tmp_path: Path) -> None:
    """The vendor repeats in its answer what it was asked, the token twice."""

    def echoing(path: str, query: Mapping[str, str]) -> Reply:
        return reply(json.dumps({"path": path, **query}).encode())

    ledger = Ledger.create(tmp_path / "ledger")
    with StandIn(echoing) as server:
        source = Vendor.from_environment(Credentials({"VENDOR_URL": server.url}, Held(VENDOR_TOKEN=SECRET)))
        made = collect(ledger, source, Request(recorded_at=RECORDED))
        (asked,) = server.asked
        assert SECRET in asked
        server.fault = Reply(status=401, body=SECRET.encode())
        with pytest.raises(SourceError, match="401") as refused:
            collect(ledger, source, Request(recorded_at=RECORDED))
    (document,) = ledger.snapshot.rows(DOCUMENTS).rows(named=True)
    assert json.loads(document["body"]) == {"path": "/facts", "api_key": "*" * len(SECRET), "q": "X"}
    (fact,) = ledger.snapshot.rows(FACTS).rows(named=True)
    assert fact["locator"] == "https://vendor.example/facts?q=X"
    told = f"{made} {refused.value} {fact} {document} {ledger.snapshot.batches.rows()}"
    assert SECRET not in told
