"""Headlines from RSS and Atom feeds (extra `[news]`), each with the time that the feed prints and the time it was seen.

Which feeds, and about whom, stands in a file that you keep (RERATING_FEEDS names it, else `feeds.toml` in the user's
folder of settings):

    [[feeds]]
    url = "https://example.org/alibaba.rss"
    subject = "BABA"          # symbol or issuer that its entries are about
    place = "Europe/Berlin"   # for entries that print only a day

A feed shows its last entries only: what it no longer shows was not withdrawn.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import polars as pl
from pydantic import ValidationError

from rerating.core.batch import Batch
from rerating.core.errors import SourceError, UsageError
from rerating.core.record import Record
from rerating.core.source import Outcome, Request
from rerating.core.tables import EVENTS, FACTS
from rerating.core.types import Gap, Why
from rerating.sources.web import HttpTransport, Transport, Web, archived, without_secrets

_LONGEST = 2_000


class Feed(Record):
    """One feed and whom it is about."""

    url: str
    subject: str
    place: str = "America/New_York"
    licence: str | None = None


class NewsSource:
    """Asks the user's feeds. Symbols choose among their subjects; none means all of them."""

    name = "news"
    parts: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        feeds: Sequence[Feed],
        *,
        transport: Transport | None = None,
        hosts: Mapping[str, str] | None = None,
        **rules: Any,
    ) -> None:
        self.feeds = tuple(feeds)
        self.web = Web(self.name, transport or HttpTransport(), hosts=hosts, **rules)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> NewsSource:
        """The feeds in the file that RERATING_FEEDS names, else in the user's folder of settings."""
        from platformdirs import user_config_path

        named = environ.get("RERATING_FEEDS")
        return cls(feeds_from(Path(named) if named else user_config_path("rerating") / "feeds.toml"))

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        """One batch a feed; a gap for symbols that no feed is about. A feed that fails leaves the others."""
        subjects = {feed.subject for feed in self.feeds}
        for symbol in request.symbols:
            if symbol not in subjects:
                detail = "no feed in your feeds.toml is about it; add one"
                yield Gap(question=f"headlines about {symbol}", why=Why.NOT_COVERED, detail=detail)
        failed: list[SourceError] = []
        for feed in self.feeds:
            if request.symbols and feed.subject not in request.symbols:
                continue
            try:
                answer = self._feed(feed, request)
            except SourceError as error:
                failed.append(error)
            else:
                yield answer
        if failed:
            raise failed[0]

    def _feed(self, feed: Feed, request: Request) -> Batch | Gap:
        question = f"headlines about {feed.subject} from {without_secrets(feed.url)}"
        answer = self.web.get(
            feed.url, headers={"accept": "application/rss+xml, application/atom+xml, application/xml"}
        )
        if answer.status == 404:
            return Gap(question=question, why=Why.NOT_COVERED, detail="the feed is gone; take it out of feeds.toml")
        if not re.search(rb"<(rss|feed|(\w+:)?RDF)[\s>]", answer.body[:5_000]):
            raise self.web.refuse(Outcome.NOT_THE_FORMAT, answer, "it is no RSS or Atom feed")
        if b"<!ENTITY" in answer.body:
            raise self.web.refuse(Outcome.NOT_THE_FORMAT, answer, "it declares entities, which is refused")
        recorded_at = request.recorded_at + answer.after
        parsed = _parsed(answer.body)
        if parsed.bozo and not _whole(answer.body):
            raise self.web.refuse(Outcome.NOT_THE_FORMAT, answer, "its XML breaks off")
        events, facts = entry_rows(feed, parsed.entries, recorded_at)
        if not parsed.entries:
            return Gap(question=question, why=Why.NOT_COVERED, detail="the feed has no entries now")
        if not events and not facts:
            raise self.web.refuse(Outcome.SCHEMA, answer, "its entries have neither title nor address")
        if request.since is not None:
            events = [row for row in events if row["known_at"].date() >= request.since]
        tables = {"documents": archived(answer, recorded_at, feed.licence)}
        for table, rows in ((EVENTS, events), (FACTS, facts)):
            if rows:
                schema = {name: kind for name, kind in table.schema.items() if any(name in row for row in rows)}
                tables[table.name] = pl.DataFrame(rows, schema=schema).with_columns(
                    pl.lit(answer.digest).alias("digest"), pl.lit(feed.licence).alias("licence")
                )
        return Batch(source=self.name, recorded_at=recorded_at, tables=tables, scope={"asked": question})


def feeds_from(path: Path) -> list[Feed]:
    """The feeds in a file. Raises UsageError, naming what is wrong."""
    if not path.is_file():
        raise UsageError(
            f"There is no file of feeds {path}; write one with [[feeds]], url and subject (docs/sources.md)."
        )
    try:
        return [Feed(**entry) for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("feeds", [])]
    except (ValueError, TypeError, ValidationError) as error:
        raise UsageError(f"{path} cannot be read as a list of feeds ({str(error).splitlines()[0]}).") from error


def entry_rows(
    feed: Feed, entries: Sequence[Mapping[str, Any]], recorded_at: datetime
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Entries as events, public at the time that the feed prints; and as facts those whose time cannot be believed.

    An entry without a time, or with one still to come, has no place in time: it becomes a fact `headline` with its
    address, known since it was first seen.
    """
    events: dict[tuple[str, datetime], dict[str, Any]] = {}
    facts: dict[str, dict[str, Any]] = {}
    for entry in entries:
        title, link = _plain(entry.get("title", "")), without_secrets(str(entry.get("link", "")))
        if not title or not link.startswith(("http://", "https://")):
            continue
        stamp = entry.get("published_parsed") or entry.get("updated_parsed")
        at = datetime.fromtimestamp(calendar.timegm(stamp), tz=UTC) if stamp else None
        if at is None or at > recorded_at:
            note = (
                "the feed prints no time"
                if at is None
                else f"the feed dates it {at:%Y-%m-%d %H:%M}Z, after it was seen"
            )
            facts.setdefault(
                link,
                {
                    "subject": feed.subject,
                    "field": f"headline {link}",
                    "text": title,
                    "note": note,
                    "known_at": recorded_at,
                    "locator": link,
                },
            )
            continue
        events.setdefault(
            (title, at),
            {
                "subject": feed.subject,
                "category": "news",
                "title": title,
                "at_earliest": at,
                "at_latest": at,
                "precision": "minute",
                "place": feed.place,
                "text": _plain(entry.get("summary", "")) or None,
                "confidence": "as printed by the feed",
                "known_at": at,
                "locator": link,
            },
        )
    return list(events.values()), list(facts.values())


def _parsed(body: bytes) -> Any:
    try:
        import feedparser
    except ImportError:
        raise UsageError("The source 'news' is not installed; run: pip install 'rerating[news]'.") from None
    # Bytes, never an address: feedparser must not fetch anything by itself.
    return feedparser.parse(body, resolve_relative_uris=False, sanitize_html=True)


def _whole(body: bytes) -> bool:
    return bool(re.search(rb"</(rss|feed|(\w+:)?RDF)>\s*(<!--.*?-->\s*)?$", body[-2_000:], re.DOTALL))


def _plain(text: object) -> str:
    """Text without markup and without more than one blank, cut at a length that no headline needs."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", str(text)))[:_LONGEST].strip()
