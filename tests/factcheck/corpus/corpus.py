"""The annotated articles: reads the authoring files, compiles them to the claim contract and checks them.

One file an article, three parts: a header, the text, the claims. README.md holds the conventions. The module needs
nothing but the standard library and knows nothing of the fact-checker, so that no label can follow from its answers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import re
import shlex
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
VOCABULARY: dict[str, Any] = json.loads((HERE / "vocabulary.json").read_text(encoding="utf-8"))
DIGEST_FILE = HERE / "held_back.sha256"
NUMERIC_UNITS = frozenset({"money", "percent", "ratio", "count", "shares", "contracts"})
CLAIM_FIELDS = (
    "id",
    "text",
    "start",
    "end",
    "sentence_start",
    "sentence_end",
    "type",
    "subject",
    "metric",
    "values",
    "comparator",
    "direction",
    "period",
    "as_of",
    "status",
    "source",
)
PLACEHOLDERS = {"{nbsp}": "\u00a0", "{nnbsp}": "\u202f", "{shy}": "\u00ad", "{zwsp}": "\u200b", "{rlm}": "\u200f"}
SENTENCE_MARK = "¦"
UNIT_SUFFIXES = {"%": "percent", "x": "ratio", "#": "count", "sh": "shares", "ct": "contracts"}

_QUOTING = re.compile(r"['\"\\]")
_NUMBER = re.compile(r"^(?:(from|to|low|high):)?(-?\d+(?:\.\d+)?(?:e\d+)?)(%|x|#|sh|ct|[A-Z]{3})$")
_RATING = re.compile(r"^(?:(from|to):)?r:(.+)$")
_DATE = re.compile(r"^(?:(from|to|low|high):)?d:(\d{4}-\d{2}(?:-\d{2})?)$")
_PERIOD = re.compile(
    r"^(?:FY)?\d{4}$|^(?:Q[1-4]|H[12]|9M) (?:FY)?\d{4}$|^(?:FY)?\d{4}/(?:FY)?\d{4}$"
    r"|^\d{4}-\d{2}$|^\d{4}-\d{2}-\d{2}(?:/\d{4}-\d{2}-\d{2})?$"
)
_AS_OF = re.compile(r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")
_BLOCK_TAG = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|"
    r"</?(?:!doctype|html|head|body|title|meta|link|p|div|section|article|aside|nav|header|footer|main|ul|ol|li|h[1-6]|table|thead|tbody|tr|br|hr|blockquote|figure|figcaption|img|form|button|dl|dt|dd)\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_ANY_TAG = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]+>", re.IGNORECASE | re.DOTALL)
_GLUED_BEFORE = re.compile(r"[0-9A-Za-zÄÖÜäöüß]\Z|\d[.,'’]\Z")
_GLUED_AFTER = re.compile(r"[0-9A-Za-zÄÖÜäöüß]|[.,'’]\d")
_LEADING = re.compile(r"(?:\s|<[^>]+>|\|)+|(?:#{1,6}|[-*•>–·+]|\d{1,2}[.)])\s+")
_TRAILING = re.compile(r"(?:\s|<[^>]+>|\|)+$")

MONTHS = (
    "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|January|February|March|"
    "May|June|July|October|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Okt|Nov|Dec|Dez"
)
# Digits that no reader takes for a claim: they need no line of their own in the annotation.
PLAIN_DIGITS = re.compile(
    rf"<[^>]*>|&#?\w+;|https?://\S+"
    rf"|\b[A-Z]{{2}}[A-Z0-9]{{9}}\d\b|\bWKN:?\s*\w{{6}}\b|\b\d{{4,6}}\.(?:HK|T|KS|SZ|TW|SS)\b"
    rf"|\b\d{{1,2}}\.(?:\s|\u00a0)?(?:{MONTHS})\b\.?(?:\s(?:19|20)\d\d)?|\b(?:{MONTHS})\.?\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,\s(?:19|20)\d\d)?"
    rf"|\b\d{{1,2}}\s(?:{MONTHS})\b(?:\s(?:19|20)\d\d)?"
    rf"|\b\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}}|\d\d)?|\b\d{{4}}-\d\d-\d\d\b"
    rf"|\b\d{{1,2}}[:.]\d\d\s(?:Uhr|ET|a\.m\.|p\.m\.|GMT|CET|EST)|\b\d{{1,2}}\s(?:Uhr|a\.m\.|p\.m\.)"
    rf"|\b(?:19|20)\d\d(?:/\d\d(?:\d\d)?)?(?=\D|$)|\b(?:FY|GJ)\s?\d\d\b|\b[QH][1-4]\b|\b9M\b"
    rf"|\b[1-4](?:st|nd|rd|th) quarter\b|\b[1-4]Q\d{{0,2}}\b"
    rf"|\b\d+-(?:Wochen|Tage|Monats|week|day|month|Tages)|\b\d+(?:er|ers)\b"
    r"|\b(?:S&amp;P|S&P|SMI|(?:Euro)?Stoxx|Nikkei|(?:EURO )?STOXX|FTSE|Nasdaq|CSI|Russell|Topix)\s?(?:Europe\s)?\d+\b"
)


class CorpusError(ValueError):
    """An article file that breaks the conventions; the text names the file and what to write instead."""


@dataclass(frozen=True)
class Article:
    """One annotated article. Offsets count code points of `text`."""

    id: str
    path: Path
    header: dict[str, str]
    text: str
    claims: tuple[dict[str, Any], ...]
    regions: tuple[dict[str, Any], ...] = ()
    tolerated: tuple[dict[str, Any], ...] = ()
    not_claims: tuple[dict[str, Any], ...] = ()
    sentences: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    @property
    def language(self) -> str:
        return self.header["language"]

    @property
    def words(self) -> int:
        return len(_ANY_TAG.sub(" ", self.text).split())

    def as_json(self) -> dict[str, Any]:
        """What `build.py` writes: the header, the text and the labels, in plain JSON types."""
        return {
            "id": self.id,
            "header": self.header,
            "text": self.text,
            "claims": list(self.claims),
            "regions": list(self.regions),
            "tolerated": list(self.tolerated),
            "not_claims": list(self.not_claims),
        }


@cache
def load(part: str) -> tuple[Article, ...]:
    """All articles of `part` ("open" or "held_back"), in the order of their ids, compiled and checked."""
    folder = HERE / part
    if part not in {"open", "held_back"}:
        raise CorpusError(f"there is no part {part!r}: say 'open' or 'held_back'")
    return tuple(article_at(path) for path in sorted(folder.glob("*.article")))


@cache
def article_at(path: Path) -> Article:
    """The article of a file that stays as it is, read once."""
    return read_article(path)


def held_back_digest() -> str:
    """sha256 over the names and bytes of the held-back files, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted((HERE / "held_back").glob("*.article")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_article(path: Path) -> Article:
    """Compile one authoring file. Raises CorpusError with file and line where it breaks the conventions."""
    raw = path.read_text(encoding="utf-8")
    try:
        head, rest = raw.split("--- text\n", 1)
        body, notes = rest.split("--- claims\n", 1)
    except ValueError:
        raise CorpusError(f"{path.name}: needs the lines '--- text' and '--- claims'") from None
    header, subjects = _header(path, head)
    text, marks = _text(body.strip("\n"), header)
    sentences = _sentences(text, marks, header)
    article = _Compiler(path, text, sentences, subjects).run(notes)
    result = Article(
        id=header["id"],
        path=path,
        header=header,
        text=text,
        claims=tuple(article.claims),
        regions=tuple(article.regions),
        tolerated=tuple(article.tolerated),
        not_claims=tuple(article.not_claims),
        sentences=tuple(sentences),
    )
    check_article(result)
    return result


def _header(path: Path, head: str) -> tuple[dict[str, str], dict[str, dict[str, str | None]]]:
    header: dict[str, str] = {}
    subjects: dict[str, dict[str, str | None]] = {}
    for line in filter(None, map(str.strip, head.splitlines())):
        key, _, value = line.partition(":")
        value = value.strip()
        if key.startswith("@"):
            subjects[key[1:]] = _subject(value)
        else:
            header[key] = value
    needed = {"id", "language", "locale", "form", "style", "published_at", "facts"}
    if missing := needed - header.keys():
        raise CorpusError(f"{path.name}: the header lacks {', '.join(sorted(missing))}")
    if "main" not in subjects:
        raise CorpusError(f"{path.name}: the header lacks '@main: name; ticker; venue'")
    if header["id"] != path.stem:
        raise CorpusError(f"{path.name}: id {header['id']!r} is not the file's name")
    if header["facts"] != "invented":
        raise CorpusError(f"{path.name}: say 'facts: invented'; no article here is a source of facts")
    dt.datetime.fromisoformat(header["published_at"])
    return header, subjects


def _subject(value: str) -> dict[str, str | None]:
    name, ticker, venue = (*[part.strip() or None for part in value.split(";")], None, None)[:3]
    return {"name": name, "ticker": ticker, "venue": venue}


def _signs(written: str) -> str:
    """The text with its invisible signs; `\\n` in a claim line is the line end inside a wrapped claim."""
    for name, sign in PLACEHOLDERS.items():
        written = written.replace(name, sign)
    return written


def _text(body: str, header: dict[str, str]) -> tuple[str, list[int]]:
    body = _signs(body)
    if header.get("newlines") == "crlf":
        body = body.replace("\n", "\r\n")
    marks: list[int] = []
    pieces = body.split(SENTENCE_MARK)
    length = 0
    for piece in pieces[:-1]:
        length += len(piece)
        marks.append(length)
    return "".join(pieces), marks


def _sentences(text: str, marks: list[int], header: dict[str, str]) -> list[tuple[int, int]]:
    """Sentence spans: a mark, the end of a block, and (unless the text is wrapped) the end of a line end a sentence."""
    cuts = set(marks)
    spans_out: list[tuple[int, int]] = []
    if header["form"] == "html":
        for match in _BLOCK_TAG.finditer(text):
            cuts |= {match.start(), match.end()}
    else:
        breaks = r"(?:\r?\n){2,}" if header.get("wrap") == "hard" else r"(?:\r?\n)+"
        cuts |= {match.end() for match in re.finditer(breaks, text)}
    ordered = [0, *sorted(cuts), len(text)]
    for begin, end in itertools.pairwise(ordered):
        start = begin
        while lead := _LEADING.match(text[start:end]):
            start += lead.end()
        piece = _TRAILING.sub("", text[start:end])
        if piece.strip():
            spans_out.append((start, start + len(piece)))
    return spans_out


class _Compiler:
    """Turns the lines under '--- claims' into labels; remembers where the last claim began."""

    def __init__(
        self,
        path: Path,
        text: str,
        sentences: list[tuple[int, int]],
        subjects: dict[str, dict[str, str | None]],
    ) -> None:
        self.path, self.text, self.sentences, self.subjects = path, text, sentences, subjects
        self.claims: list[dict[str, Any]] = []
        self.regions: list[dict[str, Any]] = []
        self.tolerated: list[dict[str, Any]] = []
        self.not_claims: list[dict[str, Any]] = []

    def run(self, notes: str) -> _Compiler:
        for line in notes.splitlines():
            note = _signs(line.strip()).replace("\\n", "\n")
            if not note or note.startswith("//"):
                continue
            try:
                self._line(note)
            except (CorpusError, ValueError, KeyError) as error:
                raise CorpusError(f"{self.path.name}: {note!r}: {error}") from error
        self.claims.sort(key=lambda claim: (claim["start"], claim["end"]))
        for number, claim in enumerate(self.claims, 1):
            claim["id"] = f"c{number}"
        return self

    def _line(self, line: str) -> None:
        if line.startswith("[advertising] "):
            first, last = line.removeprefix("[advertising] ").split(" ... ")
            start, _ = self._find(first)
            _, end = self._find(last)
            self.regions.append({"role": "advertising", "start": start, "end": end})
            return
        left, _, right = line.partition(" :: ")
        if not right:
            raise CorpusError("has no ' :: '")
        if left.startswith(("~ ", "- ")):
            for start, end in self._find_some(left[2:]):
                entry = {"text": self.text[start:end], "start": start, "end": end, "why": right}
                (self.tolerated if left[0] == "~" else self.not_claims).append(entry)
            return
        start, end = self._find(left)
        is_plain = right.isascii() and not _QUOTING.search(right)
        self.claims.append(self._claim(start, end, right.split() if is_plain else shlex.split(right)))

    def _occurrences(self, needle: str) -> list[tuple[int, int]]:
        """Where `needle` stands by itself: "5 %" is not found in "15 %" nor in "1,5 %"."""
        spans = []
        start = self.text.find(needle)
        while start >= 0:
            end = start + len(needle)
            before, after = self.text[max(0, start - 2) : start], self.text[end : end + 2]
            glued_before = needle[0].isalnum() and bool(_GLUED_BEFORE.search(before))
            glued_after = needle[-1].isalnum() and bool(_GLUED_AFTER.match(after))
            if not (glued_before or glued_after):
                spans.append((start, end))
            start = self.text.find(needle, start + 1)
        return spans

    def _find(self, needle: str) -> tuple[int, int]:
        match = re.search(r" #(\d+)$", needle)
        wanted = int(match.group(1)) if match else 0
        needle = needle[: match.start()] if match else needle
        spans = self._occurrences(needle)
        if not spans:
            raise CorpusError(f"{needle!r} is not in the text")
        if wanted:
            if len(spans) < 2:
                raise CorpusError("occurs once: leave the index out")
            return spans[wanted - 1]
        if len(spans) > 1:
            around = [self.text[max(0, a - 25) : b + 25] for a, b in spans]
            raise CorpusError(f"occurs {len(spans)} times, add ' #1' and so on: {around}")
        return spans[0]

    def _find_some(self, needle: str) -> list[tuple[int, int]]:
        if needle.endswith(" #all"):
            return self._occurrences(needle.removesuffix(" #all"))
        return [self._find(needle)]

    def _claim(self, start: int, end: int, tokens: list[str]) -> dict[str, Any]:
        kind, metric, *rest = tokens
        labels: dict[str, Any] = {
            "comparator": None,
            "direction": None,
            "status": "reported_fact",
            "period": None,
            "as_of": None,
            "source": None,
        }
        subject, venue, values = dict(self.subjects["main"]), None, []
        for token in rest:
            if value := _value(token):
                values.append(value)
            elif token in VOCABULARY["comparators"]:
                labels["comparator"] = token
            elif token in VOCABULARY["directions"]:
                labels["direction"] = token
            elif token in VOCABULARY["statuses"]:
                labels["status"] = token
            elif token.startswith("@"):
                subject = dict(self.subjects[token[1:]])
            elif token.startswith("venue="):
                venue = token.removeprefix("venue=")
            elif (key := token.partition("=")[0]) in {"period", "as_of", "source"}:
                labels[key] = token.partition("=")[2]
            else:
                raise CorpusError(f"{token!r} is no value, comparator, direction, status, subject or field")
        if venue:
            subject["venue"] = venue
        numeric = any(value["unit"] in NUMERIC_UNITS for value in values)
        labels["comparator"] = labels["comparator"] or ("exact" if numeric else "none")
        sentence = next(((a, b) for a, b in self.sentences if a <= start and end <= b), None)
        if sentence is None:
            raise CorpusError("does not lie within one sentence")
        spans = {"start": start, "end": end, "sentence_start": sentence[0], "sentence_end": sentence[1]}
        claim = {"id": "", "text": self.text[start:end], **spans, "type": kind, "subject": subject, "metric": metric}
        claim |= {"values": values, **labels}
        return {name: claim[name] for name in CLAIM_FIELDS}


def _value(token: str) -> dict[str, Any] | None:
    if match := _NUMBER.match(token):
        role, number, suffix = match.groups()
        amount = float(number)
        unit = UNIT_SUFFIXES.get(suffix, "money")
        amount = int(amount) if amount == int(amount) else amount
        currency = suffix if unit == "money" else None
        return {"value": amount, "unit": unit, "currency": currency, "role": role or "value"}
    for pattern, unit in ((_RATING, "rating"), (_DATE, "date")):
        if match := pattern.match(token):
            return {"value": match.group(2), "unit": unit, "currency": None, "role": match.group(1) or "value"}
    return None


def check_article(article: Article) -> None:
    """Raise CorpusError at the first label that breaks the conventions of README.md."""
    for claim in article.claims:
        try:
            _check_claim(claim, article)
        except CorpusError as error:
            raise CorpusError(f"{article.path.name}: {claim['id']} {claim['text']!r}: {error}") from None
    keys = [(c["start"], c["end"], c["type"], c["metric"]) for c in article.claims]
    if len(set(keys)) != len(keys):
        raise CorpusError(f"{article.path.name}: the same claim twice")
    if loose := unlabelled_numbers(article):
        raise CorpusError(f"{article.path.name}: digits without a label (claim, '~' or '-'): {loose}")


def unlabelled_numbers(article: Article) -> list[str]:
    """Digits of the text that neither a claim nor a note nor a plain pattern (date, year, time, ISIN ...) covers."""
    covered = [(e["start"], e["end"]) for e in (*article.claims, *article.tolerated, *article.not_claims)]
    covered += [match.span() for match in PLAIN_DIGITS.finditer(article.text)]
    loose = []
    for match in re.finditer(r"\d(?:[\d.,'’]*\d)?", article.text):
        if not any(a <= match.start() and match.end() <= b for a, b in covered):
            loose.append(article.text[max(0, match.start() - 20) : match.end() + 15])
    return loose


def metrics_of(kind: str) -> frozenset[str]:
    """The metric names of a kind. Figures and operations may carry a segment before them: `cloud_revenue`."""
    names: set[str] = set()
    for name in VOCABULARY["kinds"][kind]:
        names |= set(VOCABULARY[name[1:]]) if name.startswith("@") else {name}
    return frozenset(names)


def _metric_fits(kind: str, metric: str) -> bool:
    names = metrics_of(kind)
    base = re.sub(r"_(?:qoq|mom|points)$", "", metric)
    if metric in names or base in names:
        return True
    segmented = any(name.startswith("@") for name in VOCABULARY["kinds"][kind])
    return segmented and any(base.endswith("_" + name) for name in names)


def _check_claim(claim: dict[str, Any], article: Article) -> None:
    def rule(holds: object, text: str) -> None:
        if not holds:
            raise CorpusError(text)

    start, end = claim["start"], claim["end"]
    rule(article.text[start:end] == claim["text"] != "", "the text is not at its offsets")
    rule(claim["text"] == claim["text"].strip(), "the text has blanks at its ends")
    rule(claim["sentence_start"] <= start < end <= claim["sentence_end"], "the claim is not inside its sentence")
    rule(claim["type"] in VOCABULARY["kinds"], f"unknown kind {claim['type']!r}")
    rule(_metric_fits(claim["type"], claim["metric"]), f"{claim['metric']!r} is no metric of {claim['type']}")
    for name in ("comparator", "status"):
        rule(claim[name] in VOCABULARY[name + ("es" if name == "status" else "s")], f"unknown {name}")
    rule(claim["direction"] in (None, *VOCABULARY["directions"]), "unknown direction")
    period, as_of = claim["period"], claim["as_of"]
    rule(period is None or period in VOCABULARY["periods"] or _PERIOD.match(period), f"unknown period {period!r}")
    rule(as_of is None or _AS_OF.match(as_of), f"as_of {as_of!r} is no ISO date")
    for part in [*(period or "").split("/"), as_of or ""]:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", part):
            dt.date.fromisoformat(part)
    _check_values(claim, rule)
    rule(set(claim["subject"]) == {"name", "ticker", "venue"}, "a subject is name, ticker, venue")
    venue = claim["subject"]["venue"]
    rule(venue is None or re.fullmatch(r"[A-Z0-9]{4}", venue), f"venue {venue!r} is no MIC")
    sentence = article.text[claim["sentence_start"] : claim["sentence_end"]]
    inside = any(r["start"] <= start and end <= r["end"] for r in article.regions if r["role"] == "advertising")
    rule(inside == (claim["status"] == "advertising"), "status and advertising region disagree")
    rule(claim["status"] != "question" or "?" in sentence, "status question outside a question")
    rule(not _asked(claim, sentence) or claim["status"] in {"question", "advertising"}, "a question is not a fact")
    rule((claim["type"] == "advertising") <= inside, "kind advertising outside an advertising region")
    rule(
        claim["type"] != "question" or claim["status"] in {"question", "advertising"}, "kind question needs its status"
    )


def _asked(claim: dict[str, Any], sentence: str) -> bool:
    """Whether the claim stands in the clause that asks: all of a question, or what follows its last dash or colon."""
    if not sentence.rstrip("\"'“”«»*_ )").endswith("?"):
        return False
    opens = max((match.end() for match in re.finditer(r"\s[–—-]\s|[:;]\s", sentence)), default=0)
    return bool(claim["start"] - claim["sentence_start"] >= opens)


def _check_values(claim: dict[str, Any], rule: Any) -> None:
    roles = sorted(value["role"] for value in claim["values"])
    numeric = [value for value in claim["values"] if value["unit"] in NUMERIC_UNITS]
    rule(set(roles) <= set(VOCABULARY["roles"]), "unknown role")
    rule("low" not in roles or roles.count("low") == roles.count("high"), "low and high come together")
    rule(bool(numeric) == (claim["comparator"] != "none"), "comparator none is for claims without a number, and only")
    ranged = "low" in roles and bool(numeric)
    rule(ranged == (claim["comparator"] == "range"), "comparator range goes with low and high")
    for value in claim["values"]:
        unit, amount = value["unit"], value["value"]
        rule(unit in VOCABULARY["units"], f"unknown unit {unit!r}")
        rule((unit == "money") == (value["currency"] is not None), "currency goes with money")
        rule(isinstance(amount, str) == (unit in {"rating", "date"}), "a rating or date is a string, all else a number")
        if unit == "date" and len(str(amount)) == 10:
            dt.date.fromisoformat(str(amount))
