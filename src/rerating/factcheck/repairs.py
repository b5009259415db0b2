"""Repairs: the shortest corrected sentence that holds, with its reading, source and time.

A repair changes the faulty words and nothing else: the figure with its hedge, the word of direction, the rating, the
day, the house. The corrected article is read and checked again, and only what then comes out confirmed is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any, Literal

from rerating.core.record import Record
from rerating.factcheck.antonyms import antonyms
from rerating.factcheck.checking import CONFIRMED, Checked, Session
from rerating.factcheck.checking.opinions import house_key
from rerating.factcheck.claim import Claim, ClaimValue
from rerating.factcheck.words import told
from rerating.language.hedges import Comparator, Stated, hedge, hedge_word, holds
from rerating.language.languages import NBSP, Language
from rerating.language.numbers import decimal, exact
from rerating.language.periods import instant, month_name
from rerating.ledger.view import ViewSource

REPAIRED = frozenset(("refuted", "misleading", "outdated", "true_on_another_basis"))


class Piece(Record):
    """A stretch of a corrected sentence: kept, taken out, or put in."""

    change: Literal["kept", "out", "in"]
    text: str


class Repair(Record):
    """A corrected sentence with its changes, or why there is none."""

    id: str
    before: str
    sentence: str | None
    pieces: tuple[Piece, ...] = ()
    outcome: str | None = None
    note: str = ""
    only_faulty_words: bool = True
    reason: str | None = None


class Change(Record):
    """A stretch of the article that is replaced. Code points of the article as it stands."""

    start: int
    end: int
    text: str


def repaired(source: ViewSource, result: Checked, text: str) -> Checked:
    """The result with a repair for each faulty claim, each checked again in the corrected article."""
    session = Session.of(source.view(result.as_of, result.view.reading), result.moment)
    language: Language = "de" if result.language.startswith("de") else "en"
    found = []
    for claim in result.claims:
        if claim.outcome in REPAIRED:
            found.append(_repair(session, result, claim, text, language))
    return replace(result, repairs=tuple(found))


def corrected(result: Checked, text: str) -> str:
    """The article with all its repairs, later ones in a sentence left out where they overlap an earlier one."""
    done: list[Change] = []
    for repair in result.repairs:
        claim = next(each for each in result.claims if each.id == repair.id)
        if repair.sentence is None:
            continue
        at = claim.sentence_start
        for piece in repair.pieces:
            if piece.change == "in":
                done.append(Change(start=at, end=at, text=piece.text))
            elif piece.change == "out":
                done.append(Change(start=at, end=at + len(piece.text), text=""))
                at += len(piece.text)
            else:
                at += len(piece.text)
    return _applied(text, _disjoint(done))


def _disjoint(changes: list[Change]) -> list[Change]:
    kept: list[Change] = []
    for change in changes:
        if change not in kept and not any(each.start < change.end and change.start < each.end for each in kept):
            kept.append(change)
    return sorted(kept, key=lambda change: (change.start, change.end))


def _applied(text: str, changes: list[Change]) -> str:
    out, at = [], 0
    for change in sorted(changes, key=lambda each: (each.start, each.end)):
        out += [text[at : change.start], change.text]
        at = max(at, change.end)
    return "".join([*out, text[at:]])


def _repair(session: Session, result: Checked, claim: Claim, text: str, language: Language) -> Repair:
    before = text[claim.sentence_start : claim.sentence_end]
    unknown = {
        "de": "ein Satz, der hält, lässt sich aus den vorliegenden Daten nicht bilden",
        "en": "no sentence that holds can be made from the data held",
    }[language]
    if claim.type in ("catalyst", "attributed_reason", "rerating"):
        unknown = {
            "de": "eine Ursache lässt sich weder bestätigen noch widerlegen",
            "en": "a cause can be neither confirmed nor refuted",
        }[language]
    same = [each for each in result.claims if each.sentence_start <= claim.start < each.sentence_end]
    faulty = sum(each.outcome in REPAIRED for each in same)
    for changes, reading in _proposals(claim, text, language):
        new = _applied(text, changes)
        outcome, left = session.outcome_of(claim, new, _moved(claim.start, changes), result)
        if outcome not in CONFIRMED or left >= faulty:
            continue  # it does not hold, or makes another claim of the sentence false
        pieces = _pieces(text, claim, [_trimmed(text, change) for change in changes])
        inside = all(claim.start <= change.start and change.end <= claim.end for change in changes)
        inside = inside or claim.type in (*_TURNS, "rating_change")  # the word of direction, the day
        return Repair(
            id=claim.id,
            before=before,
            sentence="".join(piece.text for piece in pieces if piece.change != "out"),
            pieces=pieces,
            outcome=outcome,
            note=_note(result, reading, language),
            only_faulty_words=inside,
        )
    return Repair(id=claim.id, before=before, sentence=None, reason=unknown)


def _trimmed(text: str, change: Change) -> Change:
    """The change without the words that both sides share at its ends."""
    old, new = _TOKEN.findall(text[change.start : change.end]), _TOKEN.findall(change.text)
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    start = change.start + len("".join(old[:first]))
    end = change.end - len("".join(old[len(old) - last :]))
    return Change(start=start, end=end, text="".join(new[first : len(new) - last]))


_TOKEN = re.compile(r"\s+|\S+")


def _moved(at: int, changes: list[Change]) -> int:
    """Where a place of the old text lies in the changed one."""
    return at + sum(len(each.text) - (each.end - each.start) for each in changes if each.end <= at)


def _pieces(text: str, claim: Claim, changes: list[Change]) -> tuple[Piece, ...]:
    found, at = [], claim.sentence_start
    for change in sorted(changes, key=lambda each: each.start):
        found.append(Piece(change="kept", text=text[at : change.start]))
        found.append(Piece(change="out", text=text[change.start : change.end]))
        found.append(Piece(change="in", text=change.text))
        at = change.end
    found.append(Piece(change="kept", text=text[at : claim.sentence_end]))
    return tuple(piece for piece in found if piece.text)


def _note(result: Checked, reading: Mapping[str, Any] | None, language: Language) -> str:
    """The reading that the corrected sentence holds by, where it comes from, and as of when."""
    if reading is None:
        own = {"de": "nach den eigenen Zahlen des Artikels", "en": "by the article's own figures"}
        return own[language]
    sources = [
        result.evidence[mark].locator for step in reading.get("steps", []) for mark in step if mark in result.evidence
    ]
    named = ", ".join(list(dict.fromkeys(sources))[:2])
    stand = {"de": "Stand", "en": "as of"}[language]
    source = {"de": "Quelle", "en": "source"}[language]
    parts = [
        told(reading, language),
        *([f"{source}: {named}"] if named else []),
        f"{stand} {instant(result.as_of.at, language)}",
    ]
    return "; ".join(parts)


# ---- proposals -------------------------------------------------------------------------------------------------------

Proposal = tuple[list[Change], Mapping[str, Any] | None]


def _proposals(claim: Claim, text: str, language: Language) -> Iterator[Proposal]:
    maker = _MAKERS.get(claim.type, _figure)
    yield from maker(claim, text, language)


def _plain_readings(claim: Claim) -> list[dict[str, Any]]:
    """Readings that would make a corrected sentence true: the plain ones first."""
    reading = claim.reading or {}
    held = [each for each in reading.get("readings", []) if "gap" not in each and each.get("standing") == "plain"]
    marks = {str(step["arguments"]): step["evidence"] for step in claim.trace}
    for each in held:
        for arguments, evidence in marks.items():
            if all(f"'{key}': {value!r}" in arguments for key, value in each.items() if key in ("line", "on")):
                each["steps"] = [evidence]
                break
    return held


_NUMBER = re.compile(r"\d(?:[\d.,'’\u00a0\u202f]*\d)?")


def _figure(claim: Claim, text: str, language: Language) -> Iterator[Proposal]:
    """The figure with the true value in the form in which it was written, and the word of direction where it turns."""
    stated = next((one for one in claim.values if one.role in ("value", "to")), None)
    if stated is None or isinstance(stated.value, str):
        return
    for fault in (claim.reading or {}).get("faults", []):
        if "expected" in fault:
            scale = 100 if stated.unit == "percent" else 1
            change = _written(claim, stated, fault["expected"] * scale, text, language)
            if change is not None:
                yield [change], None
    for reading in _plain_readings(claim):
        value = reading.get("level") if _is_level(claim, reading) else reading.get("value")
        if not isinstance(value, float | int):
            continue
        true = float(value) * (100 if stated.unit == "percent" else 1)
        change = _written(claim, stated, true, text, language)
        if change is None:
            continue
        turned = claim.direction is not None and (true < 0) != (claim.direction == "down") and claim.type in _TURNS
        if not turned:
            yield [change], reading
            continue
        for word in _turned(claim, text, language):
            yield [change, word], reading


_TURNS = frozenset(("return", "growth"))


def _is_level(claim: Claim, reading: Mapping[str, Any]) -> bool:
    is_price = all(value.unit != "percent" for value in claim.values)
    return reading["query"] in ("extreme", "average") and is_price


def _written(claim: Claim, stated: ClaimValue, true: float, text: str, language: Language) -> Change | None:
    """The claim's words with the true number, in its own scale, digits and hedge as far as they hold."""
    match = _NUMBER.search(claim.text)
    if match is None or isinstance(stated.value, str) or not stated.value:
        return None
    digits = _decimals(match[0], language)
    number = _parsed(match[0], language)
    if not number:
        return None
    scale = exact(float(stated.value)) / number
    x = abs(exact(true)) / scale
    unit = Decimal(1).scaleb(-digits)
    comparator = Comparator(claim.comparator)
    kept, rounded_to = _kept(x, unit, comparator, claim.type)
    lead, tail = claim.text[: match.start()], claim.text[match.end() :]
    if kept:
        return Change(start=claim.start, end=claim.end, text=lead + decimal(rounded_to, digits, language) + tail)
    said = hedge(float(x), float(unit), unit=float(unit), kind=claim.type)
    word = hedge_word(said.comparator, language)
    figure = decimal(said.stated.value, digits, language)
    lead = _without_hedge(lead, tail, comparator)
    words = f"{word} {lead}{figure}{tail}" if word else f"{lead}{figure}{tail}"
    return Change(start=claim.start, end=claim.end, text=words)


def _without_hedge(lead: str, tail: str, comparator: Comparator) -> str:
    """What stands before the number besides its hedge: a currency's sign."""
    if comparator in (Comparator.EXACT, Comparator.NONE):
        return lead
    return lead[-1:] if lead[-1:] in "$€£¥" else ""


_FLOOR = frozenset((Comparator.MORE_THAN, Comparator.AT_LEAST, Comparator.SLIGHTLY_ABOVE))
_CEILING = frozenset((Comparator.LESS_THAN, Comparator.UP_TO, Comparator.SLIGHTLY_BELOW))


def _kept(x: Decimal, unit: Decimal, comparator: Comparator, kind: str) -> tuple[bool, Decimal]:
    """The number under the claim's own hedge, and whether it holds."""
    if comparator in (Comparator.RANGE, Comparator.NONE):
        return False, x
    rule = ROUND_FLOOR if comparator in _FLOOR else ROUND_CEILING if comparator in _CEILING else ROUND_HALF_UP
    number = (x / unit).to_integral_value(rounding=rule) * unit
    if number == x and comparator in (Comparator.MORE_THAN, Comparator.SLIGHTLY_ABOVE):
        number -= unit
    if number == x and comparator in (Comparator.LESS_THAN, Comparator.SLIGHTLY_BELOW):
        number += unit
    if number <= 0:
        return False, number
    stated = Stated(value=float(number), step=float(unit))
    return holds(stated, comparator, x, kind=kind), number


def _decimals(number: str, language: Language) -> int:
    sign = "," if language == "de" else "."
    head, found, tail = number.rpartition(sign)
    if not found and language == "de" and re.fullmatch(r"\d+\.\d{1,2}", number):
        return len(number.rpartition(".")[2])
    return len(tail) if found and head else 0


def _parsed(number: str, language: Language) -> Decimal:
    plain = re.sub(r"['’\u00a0\u202f]", "", number)
    if language == "de" and not re.fullmatch(r"\d+\.\d{1,2}", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif language == "en":
        plain = plain.replace(",", "")
    try:
        return Decimal(plain)
    except ArithmeticError:
        return Decimal(0)


def _turned(claim: Claim, text: str, language: Language) -> Iterator[Change]:
    """The words of direction of the sentence, the nearest first, each with its opposite."""
    sentence = text[claim.sentence_start : claim.sentence_end]
    found = []
    for word, opposite in antonyms(language).items():
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", sentence, re.IGNORECASE):
            at = claim.sentence_start + match.start()
            told_ = opposite[0].upper() + opposite[1:] if match[0][0].isupper() else opposite
            gap = min(abs(at - claim.end), abs(claim.start - at - len(word)))
            found.append((gap, -len(word), Change(start=at, end=at + len(match[0]), text=told_)))
    for _, _, change in sorted(found, key=lambda each: each[:2]):
        if change.end <= claim.start or claim.end <= change.start:
            yield change


# ---- words -----------------------------------------------------------------------------------------------------------


def _rating(claim: Claim, text: str, language: Language) -> Iterator[Proposal]:
    """The rating's words as the house said them, or the day."""
    for reading in _plain_readings(claim):
        words = list(reading.get("words", []))
        if reading["query"] in ("printed_label", "computed_label"):
            words = [str(reading["value"])]
        changes = []
        said = [str(value.value) for value in claim.values if value.unit == "rating"]
        for old, new in zip(said, words[-len(said) :], strict=False):
            at = text.find(old, claim.start, claim.end)
            if at >= 0 and old.casefold() != new.casefold():
                changes.append(Change(start=at, end=at + len(old), text=new))
        if changes:
            yield changes, reading
        for day in reversed(reading.get("days", [])):
            change = _redated(claim, text, date.fromisoformat(day), language)
            if change is not None:
                yield [*changes, change], reading


def _redated(claim: Claim, text: str, on: date, language: Language) -> Change | None:
    """The sentence's date with another day."""
    if claim.as_of is None or on.isoformat() == claim.as_of:
        return None
    months = "|".join(month_name(month, language) for month in range(1, 13))
    gap = f"[ {NBSP}]"
    before, behind = rf"(?:{months}){gap}\d{{1,2}}", rf"\d{{1,2}}\.?{gap}(?:{months})"
    pattern = behind if language == "de" else f"{before}|{behind}"
    sentence = text[claim.sentence_start : claim.sentence_end]
    match = re.search(pattern, sentence)
    if match is None:
        return None
    name = month_name(on.month, language)
    if language == "de":
        new = f"{on.day}. {name}"
    else:
        new = f"{on.day} {name}" if match[0][0].isdigit() else f"{name} {on.day}"
    start = claim.sentence_start + match.start()
    return Change(start=start, end=start + len(match[0]), text=new)


def _house(claim: Claim, text: str, language: Language) -> Iterator[Proposal]:
    """The house that does stand highest."""
    reading = claim.reading or {}
    ranked = next((each for each in reading.get("readings", []) if each["query"] == "rank_of_targets"), None)
    own = next((each for each in reading.get("readings", []) if each["query"] == "house_target"), None)
    if ranked is None or own is None or not ranked.get("words"):
        return
    name = str(own["house"])
    for match in re.finditer(r"[A-ZÄÖÜ][\w&.]*(?: [A-ZÄÖÜ][\w&.]*)*", claim.text):
        for part in _parts(match):
            if house_key(part[1]) == house_key(name):
                start = claim.start + part[0]
                named = Change(start=start, end=start + len(part[1]), text=ranked["words"][0])
                yield [named], ranked
                yield [named, *_targets(claim, text, language, own["value"], ranked["values"][0])], ranked


def _targets(claim: Claim, text: str, language: Language, old: float, new: float) -> list[Change]:
    """The sentence's target of one house with that of another."""
    found = []
    for match in _NUMBER.finditer(text, claim.sentence_start, claim.sentence_end):
        if _parsed(match[0], language) == exact(old):
            written = decimal(new, _decimals(match[0], language), language)
            found.append(Change(start=match.start(), end=match.end(), text=written))
    return found


def _parts(match: re.Match[str]) -> Iterator[tuple[int, str]]:
    """A run of capitalised words, and its tails."""
    at = match.start()
    for found in [match.start(), *(match.start() + gap.end() for gap in re.finditer(" ", match[0]))]:
        at = found
        yield at, match.string[at : match.end()]


_MAKERS: dict[str, Callable[[Claim, str, Language], Iterator[Proposal]]] = {
    "rating": _rating,
    "rating_change": _rating,
    "consensus_rating": _rating,
    "ranking": _house,
    "catalyst": lambda claim, text, language: iter(()),
    "attributed_reason": lambda claim, text, language: iter(()),
    "rerating": lambda claim, text, language: iter(()),
}
