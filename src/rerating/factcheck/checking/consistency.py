"""Inner consistency: what an article's own figures say of each other. It needs no data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from rerating.factcheck.checking.judgement import stated_interval, touches
from rerating.factcheck.claim import Claim, ClaimValue
from rerating.language.hedges import Interval


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What does not fit: its kind, the claim that it is held against, the claims that it contradicts, the sums."""

    kind: str
    claim: str
    against: tuple[str, ...]
    expected: float | None = None
    """What the other figures give, in our units (a share of one, money)."""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def plain(self) -> dict[str, Any]:
        """The fault in JSON types."""
        found: dict[str, Any] = {"kind": self.kind, "against": list(self.against), **self.more}
        return found if self.expected is None else found | {"expected": self.expected}


def faults(text: str, claims: Sequence[Claim]) -> list[Fault]:
    """All faults of an article, in the order of its claims; one a kind and claim."""
    asserted = [claim for claim in claims if claim.status not in ("question", "advertising", "opinion")]
    found: dict[tuple[str, str], Fault] = {}
    for search in _SEARCHES:
        for fault in search(text, asserted):
            found.setdefault((fault.claim, fault.kind), fault)
    order = {claim.id: place for place, claim in enumerate(claims)}
    return sorted(found.values(), key=lambda fault: (order[fault.claim], fault.kind))


def _value(claim: Claim, unit: str, role: str = "value") -> ClaimValue | None:
    for value in claim.values:
        if value.unit == unit and value.role == role and not isinstance(value.value, str):
            return value
    return None


def _number(value: ClaimValue) -> float:
    assert not isinstance(value.value, str)
    return float(value.value)


def _sentences(claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.sentence_start, []).append(claim)
    return found


def _words(text: str, claims: Sequence[Claim]) -> str:
    return text[min(claim.sentence_start for claim in claims) : max(claim.sentence_end for claim in claims)]


# ---- the same figure twice -------------------------------------------------------------------------------------------

_TWICE = frozenset(("financial_figure", "price_level", "capex"))
_BEFORE = re.compile(
    r"vorjahr|jahresfrist|zuvor|vorher|bisher|damals|year[- ]ago|year earlier|last year|prior|previous|formerly|"
    r"\bnach\b|\bstatt\b|\binstead\b|\bfrom\b",
    re.IGNORECASE,
)
"""Words beside a figure that is of another time."""
_LOST = (1e3, 1e6, 1e9)
_LEAST = 1e5


def _key(claim: Claim) -> tuple[Any, ...]:
    unit = claim.values[0].unit if claim.values else None
    currency = claim.values[0].currency if claim.values else None
    return claim.type, claim.metric, claim.subject.name, claim.source, unit, currency, claim.direction


def _twice(text: str, claims: Sequence[Claim]) -> Iterator[Fault]:
    """Different values for one figure of one period; and a figure that has lost its thousands or millions."""
    single = [claim for claim in claims if len(claim.values) == 1 and claim.is_numeric and claim.type in _TWICE]
    groups: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in single:
        groups.setdefault(_key(claim), []).append(claim)
    for group in groups.values():
        for one, other in combinations(group[:12], 2):
            first, second = stated_interval(one), stated_interval(other)
            a, b = abs(_number(one.values[0])), abs(_number(other.values[0]))
            if first is None or second is None or not a or not b:
                continue
            size = max(a, b) / min(a, b)
            lost = next((factor for factor in _LOST if abs(size / factor - 1) < 0.02), None)
            if lost is not None and max(a, b) >= _LEAST and one.values[0].unit == "money":
                smaller, larger = (one, other) if a < b else (other, one)
                more = {"factor": lost}
                yield Fault(
                    kind="millions_lost",
                    claim=smaller.id,
                    against=(larger.id,),
                    expected=max(a, b),
                    more=more,
                )
            elif _is_one_time(text, one, other) and not _meet(first, second):
                yield Fault(kind="two_values", claim=other.id, against=(one.id,))


def _is_one_time(text: str, one: Claim, other: Claim) -> bool:
    """Whether two figures are of one time, as far as their sentences say."""
    if any(_BEFORE.search(text[each.sentence_start : each.sentence_end]) for each in (one, other)):
        return False
    if one.sentence_start == other.sentence_start:
        return False
    same = (one.period, one.as_of) == (other.period, other.as_of)
    return same and (one.period or one.as_of) is not None


def _meet(one: Interval, other: Interval) -> bool:
    low = max(end for end in (one.low, other.low, float("-inf")) if end is not None)
    high = min(end for end in (one.high, other.high, float("inf")) if end is not None)
    return low <= high


MOST_PRICES = 40
"""Prices of an article that a target is held against."""


# ---- upside, from-to and percent -------------------------------------------------------------------------------------


def _upside(text: str, claims: Sequence[Claim]) -> Iterator[Fault]:
    """An upside that price and target do not give."""
    prices = [
        (claim, value)
        for claim in claims
        if claim.type == "price_level" and claim.metric == "share_price"
        for value in claim.values
        if value.unit == "money" and value.role in ("value", "to")
    ]
    for group in _sentences(claims).values():
        for claim in group:
            within = stated_interval(claim) if claim.type == "implied_upside" else None
            if within is None or not any(value.unit == "percent" for value in claim.values):
                continue
            targets = [(other, value) for other in group if other.type == "price_target" for value in other.values]
            if len(targets) != 1 or targets[0][1].role != "value":
                continue
            target, aim = targets[0]
            same = [(each, price) for each, price in prices[:MOST_PRICES] if price.currency == aim.currency]
            gains = [_number(aim) / _number(price) - 1 for _, price in same if _number(price)]
            if gains and not any(touches(within, abs(gain) - 0.0051, abs(gain) + 0.0051) for gain in gains):
                against = (target.id, *(each.id for each, _ in same))
                yield Fault(kind="upside", claim=claim.id, against=against, expected=gains[-1])


def _from_to(text: str, claims: Sequence[Claim]) -> Iterator[Fault]:
    """`von 90 auf 95 Euro, ein Plus von 15 Prozent`: the percentage is another."""
    for group in _sentences(claims).values():
        moved = [claim for claim in group if claim.type in ("price_level", "financial_figure", "price_target")]
        moved = [claim for claim in moved if claim.of_role("from") and claim.of_role("to")]
        told = [claim for claim in group if claim.type in ("return", "growth") and _value(claim, "percent")]
        if len(moved) != 1 or len(told) != 1:
            continue
        start, end = moved[0].of_role("from"), moved[0].of_role("to")
        assert start is not None
        assert end is not None
        within = stated_interval(told[0])
        if within is None or not _number(start) or start.currency != end.currency:
            continue
        change = _number(end) / _number(start) - 1
        half = 0.5 * (start.step / abs(_number(start)) + end.step / max(abs(_number(end)), 1e-12))
        size = abs(change)
        if not touches(within, max(0.0, size - half), size + half):
            yield Fault(kind="from_to", claim=told[0].id, against=(moved[0].id,), expected=change)


# ---- actual and estimate, sums, growth a year ------------------------------------------------------------------------

_BEAT = re.compile(
    r"übertraf|übertroffen|übertrifft|über den erwartungen|\bbeat|\btopped|exceed|above expect", re.IGNORECASE
)
_INSTEAD = re.compile(r"\bstatt\b|\binstead\b|\bvs\b|\bversus\b", re.IGNORECASE)
_MISSED = re.compile(r"verfehl|unter den erwartungen|\bmissed|fell short|below expect", re.IGNORECASE)


def _against_estimate(text: str, claims: Sequence[Claim]) -> Iterator[Fault]:
    """A figure that is said to beat an estimate and lies below it, or the other way round."""
    for group in _sentences(claims).values():
        for actual in group:
            if actual.type != "financial_figure" or len(actual.values) != 1:
                continue
            expected = [other for other in group if other.type == "estimate" and other.metric == actual.metric]
            if len(expected) != 1 or len(expected[0].values) != 1:
                continue
            a, e = actual.values[0], expected[0].values[0]
            if (a.unit, a.currency) != (e.unit, e.currency) or isinstance(a.value, str) or isinstance(e.value, str):
                continue
            words = _words(text, group)
            if _INSTEAD.search(words):
                continue
            beat, missed = bool(_BEAT.search(words)), bool(_MISSED.search(words))
            if beat == missed or a.value == e.value:
                continue
            if (a.value > e.value) != beat:
                yield Fault(kind="against_estimate", claim=actual.id, against=(expected[0].id,))


_TOTAL = re.compile(r"\b(?:zusammen|insgesamt|in summe|in total|altogether|combined|sum of)\b", re.IGNORECASE)


def _sums(text: str, claims: Sequence[Claim]) -> Iterator[Fault]:
    """`A 10, B 20, zusammen 35`: parts that do not add up to the total named behind them."""
    for group in _sentences(claims).values():
        amounts = [
            (claim, claim.values[0])
            for claim in sorted(group, key=lambda each: each.start)
            if len(claim.values) == 1 and claim.values[0].unit in ("money", "percent", "count", "shares")
        ]
        match = _TOTAL.search(_words(text, group)) if len(amounts) >= 3 else None
        if match is None:
            continue
        at = min(claim.sentence_start for claim in group) + match.start()
        total = next(((claim, value) for claim, value in amounts if claim.start >= at), None)
        if total is None or total[0] is not amounts[-1][0]:
            continue
        parts = [(claim, value) for claim, value in amounts if claim.end <= at]
        same = [each for each in parts if (each[1].unit, each[1].currency) == (total[1].unit, total[1].currency)]
        if len(same) < 2 or len(same) != len(parts):
            continue
        added = sum(_number(value) for _, value in same)
        slack = 0.5 * (total[1].step + sum(value.step for _, value in same))
        if abs(added - _number(total[1])) > slack:
            yield Fault(kind="sum", claim=total[0].id, against=tuple(claim.id for claim, _ in same), expected=added)


_A_YEAR = re.compile(r"jährlich|pro jahr|im jahr(?:esschnitt)? wachs|\bcagr\b|a year|per year|annual", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _compound(text: str, claims: Sequence[Claim]) -> Iterator[Fault]:
    """A growth a year that the amounts at both ends of the years do not give."""
    for group in _sentences(claims).values():
        words = _words(text, group)
        rates = [
            claim for claim in group if _value(claim, "percent") and claim.type in ("growth", "guidance", "estimate")
        ]
        years = sorted({int(year) for year in _YEAR.findall(words)})
        if len(rates) != 1 or len(years) != 2 or not _A_YEAR.search(words):
            continue
        amounts = [
            value
            for claim in sorted(group, key=lambda each: each.start)
            for value in claim.values
            if value.unit == "money"
        ]
        if len(amounts) != 2 or amounts[0].currency != amounts[1].currency or not _number(amounts[0]):
            continue
        within = stated_interval(rates[0])
        rate = (_number(amounts[1]) / _number(amounts[0])) ** (1 / (years[1] - years[0])) - 1
        if within is not None and not touches(within, abs(rate) - 0.01, abs(rate) + 0.01):
            against = tuple(claim.id for claim in group if any(value in amounts for value in claim.values))
            yield Fault(kind="growth_a_year", claim=rates[0].id, against=against, expected=rate)


# ---- one move out of another -----------------------------------------------------------------------------------------

_RESULTS = re.compile(
    r"führte?n? (?:\w+ )?zu|führt damit|ergibt|ergab|ergeben|resultier|woraus|"
    r"result(?:s|ed|ing)? in|led to|leads to|leading to|adds? up to|added up to",
    re.IGNORECASE,
)


def _out_of(text: str, claims: Sequence[Claim]) -> Iterator[Fault]:
    """`der Sprung um 9 % führte zu einem Wochenplus von 15 %`: one move is said to come out of a smaller one."""
    for group in _sentences(claims).values():
        moves = sorted(
            (claim for claim in group if claim.type == "return" and _value(claim, "percent")),
            key=lambda claim: claim.start,
        )
        for one, other in combinations(moves, 2):
            between = text[one.end : other.start]
            if one.subject != other.subject or not _RESULTS.search(between):
                continue
            first, second = stated_interval(one), stated_interval(other)
            if first is not None and second is not None and not _meet(first, second):
                yield Fault(kind="out_of_another", claim=other.id, against=(one.id,))


_SEARCHES: tuple[Callable[[str, Sequence[Claim]], Iterator[Fault]], ...] = (
    _twice,
    _upside,
    _from_to,
    _against_estimate,
    _sums,
    _compound,
    _out_of,
)
