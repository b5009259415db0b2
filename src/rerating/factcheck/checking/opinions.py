"""Queries about houses: their newest words and targets, what is printed as a consensus, and who stands highest."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from rerating.core.types import Gap, Why
from rerating.factcheck.checking.ground import Ground
from rerating.factcheck.checking.queries import Answer, at, query
from rerating.findings.consensus import ObservedLabel
from rerating.findings.consensus import upside as upside_of
from rerating.findings.series import Series
from rerating.language.rating_words import rating, rating_words

_NEW_YORK = ZoneInfo("America/New_York")


def house_key(name: str) -> str:
    """The spelling under which houses are compared: letters and digits only, lower case."""
    return re.sub(r"[^0-9a-zäöüß&]", "", name.casefold())


@lru_cache(maxsize=512)
def _spelled(name: str) -> re.Pattern[str]:
    parts = re.findall(r"[^\W_]+", name)
    return re.compile(r"(?<!\w)" + r"\W{0,2}".join(map(re.escape, parts)) + r"(?:s|'s|’s)?(?!\w)", re.IGNORECASE)


def names_house(text: str, house: str) -> bool:
    """Whether a text names a house, in whole words: `JPMorgan` names JP Morgan, `Klubs` no UBS."""
    return bool(_spelled(house).search(text))


def _line(ground: Ground, line: str) -> Series | Gap:
    return ground.line(line)


def _rows(ground: Ground, line: Series) -> list[dict[str, Any]]:
    return ground.view.ratings(line.listing.symbol).rows(named=True)


def _told(ground: Ground, line: Series) -> list[dict[str, Any]]:
    """Dated events that tell what a house said."""
    rows = ground.view.events(ground.view.names(line.listing)).rows(named=True)
    return [row for row in rows if row["category"] == "rating"]


_SAYS = (
    r"(?:cut|cuts|lower|lowers|lowered|raise|raises|raised|down|up|keep|keeps|kept|start|starts|initiates?|reports?)"
)
_TITLE_HOUSE = re.compile(rf"(?:^|press reports )((?:[A-Z][\w.&']*\s?){{1,4}}?)(?=:|\s{_SAYS}\b)")


def houses(ground: Ground, line: Series) -> list[str]:
    """All houses that the ledger knows to have spoken of a line, sorted."""
    known = {str(row["house"]) for row in _rows(ground, line)}
    for row in _told(ground, line):
        match = _TITLE_HOUSE.search(row["title"])
        if match:
            known.add(match[1].strip())
    return sorted(known)


def _nobody(line: str, house: str) -> Gap:
    symbol = line.rpartition(":")[2]
    detail = f"the ledger holds nothing that {house or 'a house'} said of {symbol}; run 'rerating import ratings FILE'"
    return Gap(question=f"rating of {symbol} by {house}", why=Why.NOT_COVERED, detail=detail)


_WORDS_IN_TITLE = re.compile(r"([A-Z][\w-]*(?: [A-Z][\w-]*)?)\s*(?:->|→|to)\s*([A-Z][\w-]*(?: [A-Z][\w-]*)?)")


def _said(ground: Ground, line: Series, house: str) -> list[tuple[date, str | None, str | None, str, dict[str, Any]]]:
    """What a house did, oldest first: day, word from, word to, action, the row."""
    found: list[tuple[date, str | None, str | None, str, dict[str, Any]]] = []
    last: str | None = None
    for row in _rows(ground, line):
        if house_key(row["house"]) != house_key(house):
            continue
        before = row["word_from"] or (last if row["action"] not in ("init", "down", "up") or last else None)
        found.append((row["graded_on"], before, row["word_to"], row["action"] or "", row))
        last = row["word_to"] or last
    for row in _told(ground, line):
        if not names_house(str(row["title"]), house):
            continue
        day = row["at_earliest"].astimezone(ZoneInfo(row["place"]) if row["place"] else _NEW_YORK).date()
        pair = _WORDS_IN_TITLE.search(row["title"])
        to = pair[2] if pair else _word_in(row["title"])
        action = "down" if re.search(r"\b(?:cut|down|lower)", row["title"]) else ""
        found.append((day, pair[1] if pair else None, to, action, row))
    return sorted(found, key=lambda each: (each[0], each[4]["id"]))


def _word_in(title: str) -> str | None:
    known = rating_words()
    for word in re.findall(r"\b[A-Z][\w-]+(?: [A-Z][\w-]+)?", title.partition(":")[2] or title):
        if word.casefold() in known:
            return str(word)
    return None


@query
def rating_change(ground: Ground, *, line: str, house: str) -> Answer | Gap:
    """A house's newest word with the one before, its direction, and every day that a source prints for it."""
    held = _line(ground, line)
    if isinstance(held, Gap):
        return held
    said = [each for each in _said(ground, held, house) if each[2]] if house else []
    if not said:
        return _nobody(line, house)
    _, _, to, _, _ = said[-1]
    same = [each for each in said if each[2] and _same(each[2], to)]
    run = []
    for each in reversed(said):
        if not _same(str(each[2]), to):
            break
        run.append(each)
    run.reverse()
    changed = [each for each in run if each[1] and not _same(each[1], to)] or run[:1]
    before = next((each[1] for each in reversed(run) if each[1] and not _same(each[1], to)), None)
    actions = {each[3] for each in run}
    way = "down" if "down" in actions else "up" if "up" in actions else "none"
    if before is not None:
        first, second = rating(before), rating(str(to))
        if not isinstance(first, Gap) and not isinstance(second, Gap):
            step = second.code.notches_from_hold - first.code.notches_from_hold
            way = "up" if step > 0 else "down" if step < 0 else way
    days = sorted({each[0] for each in run if each in changed or each[3] in ("down", "up", "init")} or {same[-1][0]})
    return Answer(
        value=way,
        unit="rating",
        words=(*((before,) if before else ()), str(to)),
        days=tuple(days),
        src=tuple(ground.trail.row(each[4]) for each in run),
    )


def _same(one: str, other: str | None) -> bool:
    first, second = rating(one), rating(other or "")
    if isinstance(first, Gap) or isinstance(second, Gap):
        return one.casefold() == (other or "").casefold()
    return first.code == second.code


def _targets(ground: Ground, line: Series, house: str, currency: str) -> list[tuple[date, float, dict[str, Any]]]:
    """A house's targets in a currency, the newest first."""
    found = []
    own = line.listing.currency
    for day, _, _, _, row in _said(ground, line, house):
        if "target_to" in row:
            value, unit = row["target_to"], row["currency"] or own
        else:
            value, unit = row["value"], str(row["unit"] or "").partition(" ")[0]
        if value and value > 0 and unit == currency:
            found.append((day, float(value), row))
    found.reverse()
    return found


@query
def house_target(ground: Ground, *, line: str, house: str, currency: str, nth: int = 0) -> Answer | Gap:
    """A house's newest target, or the one `nth` before it."""
    held = _line(ground, line)
    if isinstance(held, Gap):
        return held
    found = _targets(ground, held, house, currency)
    distinct = [each for k, each in enumerate(found) if k == 0 or each[1] != found[k - 1][1]]
    if nth >= len(distinct):
        return _nobody(line, house)
    day, value, row = distinct[nth]
    return Answer(value=value, unit=currency, to_on=day, words=(house,), src=(ground.trail.row(row),))


@query
def rank_of_targets(ground: Ground, *, line: str, currency: str, side: str = "highest") -> Answer | Gap:
    """All houses with a target of the last year, the highest (or lowest) first."""
    held = _line(ground, line)
    if isinstance(held, Gap):
        return held
    on = ground.as_of.at.date()
    newest = []
    for house in houses(ground, held):
        found = _targets(ground, held, house, currency)
        if found and (on - found[0][0]).days < 365:
            newest.append((house, *found[0]))
    if not newest:
        return _nobody(line, "any house")
    newest.sort(key=lambda each: (-each[2] if side == "highest" else each[2], each[0]))
    return Answer(
        value=newest[0][2],
        unit=currency,
        to_on=newest[0][1],
        words=tuple(each[0] for each in newest),
        values=tuple(each[2] for each in newest),
        src=tuple(ground.trail.row(each[3]) for each in newest),
    )


def _label(ground: Ground, line: str, house: str) -> ObservedLabel | Gap:
    held = _line(ground, line)
    if isinstance(held, Gap):
        return held
    consensus = ground.consensus(held)
    ground.trail.cite(consensus.basis.evidence)
    if isinstance(consensus.observed, Gap):
        return consensus.observed
    return next((label for label in consensus.observed if label.house == house), _nobody(line, house))


@query
def printed_label(ground: Ground, *, line: str, house: str) -> Answer | Gap:
    """A house's consensus label as it printed it."""
    label = _label(ground, line, house)
    if isinstance(label, Gap):
        return label
    return Answer(value=label.label, unit="rating", to_on=label.known_at.date(), words=(house,), src=label.src[:1])


@query
def printed_target(ground: Ground, *, line: str, house: str, currency: str) -> Answer | Gap:
    """A house's mean target as it printed it."""
    label = _label(ground, line, house)
    if isinstance(label, Gap):
        return label
    if isinstance(label.target, Gap) or label.unit != currency:
        return _nobody(line, house)
    return Answer(value=label.target, unit=currency, to_on=label.known_at.date(), words=(house,), src=label.src[:1])


@query
def computed_label(ground: Ground, *, line: str, house: str) -> Answer | Gap:
    """The label that a house's documented scale gives for the newest ratings held."""
    held = _line(ground, line)
    if isinstance(held, Gap):
        return held
    consensus = ground.consensus(held)
    ground.trail.cite(consensus.basis.evidence)
    if isinstance(consensus.scales, Gap):
        return consensus.scales
    scale = next((one for one in consensus.scales if one.house == house), None)
    if scale is None:
        return _nobody(line, house)
    return Answer(value=scale.label, unit="rating", derived=True, level=scale.mean, words=(house,), src=scale.src)


@query
def computed_target(ground: Ground, *, line: str, days: int, figure: str, currency: str) -> Answer | Gap:
    """The mean or median of the houses' newest targets within a number of days."""
    held = _line(ground, line)
    if isinstance(held, Gap):
        return held
    consensus = ground.consensus(held)
    ground.trail.cite(consensus.basis.evidence)
    if isinstance(consensus.targets, Gap):
        return consensus.targets
    found = next((one for one in consensus.targets if one.days == days and one.unit == currency), None)
    if found is None:
        return _nobody(line, "any house")
    return Answer(value=float(getattr(found, figure)), unit=currency, derived=True, src=found.src)


@query
def upside(ground: Ground, *, line: str, on: str, house: str, printed: bool) -> Answer | Gap:
    """A house's target over the close of a session, less one."""
    found = at(ground, line, on)
    if isinstance(found, Gap):
        return found
    held, place = found
    own = held.listing.currency
    named: Answer | Gap = (printed_target if printed else house_target)(ground, line=line, house=house, currency=own)
    if isinstance(named, Gap):
        return named
    assert isinstance(named.value, float)
    if place == held.last:
        value = upside_of(held, named.value, own)
        if isinstance(value, Gap):
            return value
    else:
        value = named.value / float(held.close[place]) - 1.0
    mark = ground.trail.row(held.bar(place))
    return Answer(
        value=value, unit="ratio", to_on=held.day(place), level=named.value, words=(house,), src=(*named.src, mark)
    )


_COUNTED = {
    "buy_ratings": re.compile(r"(\d+) Buys?\b", re.IGNORECASE),
    "hold_ratings": re.compile(r"(\d+) Holds?\b", re.IGNORECASE),
    "sell_ratings": re.compile(r"(\d+) Sells?\b", re.IGNORECASE),
    "analysts": re.compile(r"(\d+) (?:analysts|houses|brokers)", re.IGNORECASE),
}


@query
def printed_count(ground: Ground, *, line: str, metric: str) -> Answer | Gap:
    """How many houses rate a line so, as the newest printed consensus says."""
    held = _line(ground, line)
    if isinstance(held, Gap):
        return held
    rows = ground.view.events(ground.view.names(held.listing)).rows(named=True)
    for row in reversed(rows):
        match = _COUNTED[metric].search(row["title"]) if metric in _COUNTED else None
        if row["category"] == "consensus" and match:
            day = row["at_earliest"].date()
            return Answer(value=float(match[1]), unit="count", to_on=day, src=(ground.trail.row(row),))
    return _recommendations(ground, held, metric) or _nobody(line, "a consensus")


_FIELDS = {
    "buy_ratings": ("strong_buy", "buy"),
    "hold_ratings": ("hold",),
    "sell_ratings": ("sell", "strong_sell"),
    "analysts": ("strong_buy", "buy", "hold", "sell", "strong_sell"),
}


def _recommendations(ground: Ground, held: Series, metric: str) -> Answer | None:
    """The same out of a vendor's counts of its newest month (fields `recommendations.buy` and so on)."""
    total, src, month = 0.0, [], None
    for name in _FIELDS.get(metric, ()):
        rows = ground.view.facts(ground.view.names(held.listing), f"recommendations.{name}")
        rows = rows.filter(rows["period_to"] == rows["period_to"].max()) if rows.height else rows
        if not rows.height:
            return None
        row = rows.row(-1, named=True)
        total, month = total + row["value"], row["period_to"]
        src.append(ground.trail.row(row))
    return Answer(value=total, unit="count", to_on=month, src=tuple(src)) if src else None


@query
def counted(ground: Ground, *, line: str, metric: str) -> Answer | Gap:
    """How many houses of the ratings held have rated a line so within a year."""
    held = _line(ground, line)
    if isinstance(held, Gap):
        return held
    consensus = ground.consensus(held)
    ground.trail.cite(consensus.basis.evidence)
    if isinstance(consensus.counts, Gap):
        return consensus.counts
    counts = consensus.counts
    total = sum(counts.get(code, 0) for code in _FIELDS.get(metric, ()))
    src = () if isinstance(consensus.scales, Gap) else consensus.scales[0].src
    return Answer(value=float(total), unit="count", derived=True, src=src)
