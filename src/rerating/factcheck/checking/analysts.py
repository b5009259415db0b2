"""Claims about what houses say: ratings and their changes, counts, the consensus, targets, upside, who is highest."""

from __future__ import annotations

import re
from typing import Any

from rerating.core.types import Gap, Why
from rerating.factcheck.checking.desk import Desk
from rerating.factcheck.checking.judgement import Finding, Readings, missing, signed, stated_interval
from rerating.factcheck.checking.opinions import house_key, houses, names_house
from rerating.factcheck.checking.queries import Answer
from rerating.factcheck.claim import Claim, day_of
from rerating.findings.consensus import CONSENSUS_HOUSES
from rerating.findings.series import Series
from rerating.language.rating_words import rating


def _line(desk: Desk, claim: Claim) -> Series | Gap:
    return desk.ground.home(claim.subject.ticker)


def _house(desk: Desk, claim: Claim, line: Series) -> str | None:
    """The house that a claim speaks of: its source, else one that the ledger knows and the sentence names."""
    known = houses(desk.ground, line)
    keys = {house_key(name): name for name in known}
    if claim.source and house_key(claim.source) in keys:
        return keys[house_key(claim.source)]
    sentence = desk.sentence(claim)
    named = [name for name in known if names_house(sentence, name)]
    if named:
        return max(named, key=lambda name: (len(name), name))
    return claim.source


def _no_house(line: Series, house: str | None) -> Gap:
    symbol = line.listing.symbol
    what = house or "a house"
    if house is None:
        detail = (
            f"the text names no house whose words on {symbol} are held; run 'rerating collect {symbol} --source yahoo' "
            "or 'rerating import ratings FILE'"
        )
        return Gap(question=f"rating of {symbol} by {what}", why=Why.NOT_COVERED, detail=detail)
    detail = (
        f"the ledger holds nothing that {what} said of {symbol} by this cutoff; run 'rerating collect {symbol} "
        "--source yahoo' or 'rerating import ratings FILE'"
    )
    return Gap(question=f"rating of {symbol} by {what}", why=Why.NOT_COVERED, detail=detail)


def same_word(one: str, other: str) -> bool:
    """Whether two rating words say the same: the same word, or the same point of the scale."""
    first, second = rating(one), rating(other)
    if isinstance(first, Gap) or isinstance(second, Gap):
        return one.strip().casefold() == other.strip().casefold()
    return first.code == second.code


def _words(claim: Claim) -> dict[str, str]:
    return {value.role: str(value.value) for value in claim.values if value.unit == "rating"}


def rating_change(desk: Desk, claim: Claim) -> Finding:
    """A house's change: the words from and to, the direction, and the day by every source that prints one."""
    line = _line(desk, claim)
    if isinstance(line, Gap):
        return missing(line)
    house = _house(desk, claim, line)
    found = Readings(desk.ground, None)
    read = found.add("rating_change", line=line.listing.key, house=house or "")
    answer = read.answer
    if isinstance(answer, Gap):
        return missing(_no_house(line, house))
    said = _words(claim)
    held_from, held_to = answer.words[0] if len(answer.words) > 1 else None, answer.words[-1]
    fits = [not said.get("to") or same_word(said["to"], held_to)]
    if "value" in said:
        fits.append(same_word(said["value"], held_to))
    if held_from is not None and said.get("from"):
        fits.append(same_word(said["from"], held_from))
    if claim.direction in ("up", "down") and answer.value in ("up", "down"):
        fits.append(claim.direction == answer.value)
    read.holds = all(fits)
    finding = found.concluded(claim)
    day = day_of(claim.as_of)
    if finding.outcome == "confirmed" and day is not None and day not in answer.days:
        near = min(abs((day - each).days) for each in answer.days)
        finding.notes.append("other_day")
        finding.outcome = "true_on_another_basis" if near <= 1 else "refuted"
    if finding.outcome == "confirmed" and len(answer.days) > 1:
        finding.notes.append("sources_print_several_days")
    return finding


def house_rating(desk: Desk, claim: Claim) -> Finding:
    """The newest word of a house."""
    line = _line(desk, claim)
    if isinstance(line, Gap):
        return missing(line)
    house = _house(desk, claim, line)
    found = Readings(desk.ground, None)
    read = found.add("rating_change", line=line.listing.key, house=house or "")
    if isinstance(read.answer, Gap):
        return missing(_no_house(line, house))
    said = next(iter(_words(claim).values()), "")
    if not said:
        return missing(_no_house(line, house))
    read.holds = same_word(said, read.answer.words[-1])
    finding = found.concluded(claim)
    before = read.answer.words[0] if len(read.answer.words) > 1 else None
    if finding.outcome == "refuted" and before is not None and same_word(said, before):
        finding.outcome = "outdated"
    return finding


_NAMED = re.compile("|".join(re.escape(name) for name in CONSENSUS_HOUSES), re.IGNORECASE)


def consensus_rating(desk: Desk, claim: Claim) -> Finding:
    """The consensus as houses print it, the named one first; the same computed under documented scales beside it."""
    line = _line(desk, claim)
    if isinstance(line, Gap):
        return missing(line)
    said = next((str(value.value) for value in claim.values if value.unit == "rating"), None)
    if said is None:
        detail = "a mean of ratings depends on the house's scale; the ledger holds labels, run 'rerating analyze'"
        return missing(Gap(question="the consensus as a number", why=Why.NOT_APPLICABLE, detail=detail))
    match = _NAMED.search(f"{claim.source or ''} {desk.sentence(claim)}")
    found = Readings(desk.ground, None)
    consensus = desk.ground.consensus(line)
    printed = () if isinstance(consensus.observed, Gap) else consensus.observed
    for label in printed:
        is_named = match is None or match[0].casefold() == label.house.casefold()
        arguments: dict[str, Any] = {"line": line.listing.key, "house": label.house}
        read = found.add("printed_label", "plain" if is_named else "another", **arguments)
        read.holds = isinstance(read.answer, Answer) and _same_label(said, str(read.answer.value))
    scales = () if isinstance(consensus.scales, Gap) else consensus.scales
    for scale in scales:
        read = found.add("computed_label", "another", line=line.listing.key, house=scale.house)
        read.holds = isinstance(read.answer, Answer) and _same_label(said, str(read.answer.value))
    finding = found.concluded(claim)
    if not found.found or (finding.outcome == "insufficient_data" and not finding.gaps):
        symbol = line.listing.symbol
        detail = f"no consensus label of {symbol} is held; run 'rerating import events FILE' with one as printed"
        return missing(Gap(question=f"consensus of {symbol}", why=Why.NOT_COVERED, detail=detail))
    return finding


def _same_label(said: str, held: str) -> bool:
    if said.strip().casefold() == held.casefold():
        return True
    if {said.strip().casefold(), held.casefold()} & {"moderate buy", "moderate sell", "reduce"}:
        return False
    return same_word(said, held)


def rating_count(desk: Desk, claim: Claim) -> Finding:
    """How many houses say so: as printed by one; no two vendors count the same houses."""
    line = _line(desk, claim)
    if isinstance(line, Gap):
        return missing(line)
    within = stated_interval(claim)
    found = Readings(desk.ground, within)
    found.add("printed_count", line=line.listing.key, metric=claim.metric)
    found.add("counted", "another", line=line.listing.key, metric=claim.metric)
    finding = found.concluded(claim)
    if finding.outcome in {"refuted", "insufficient_data"}:
        symbol = line.listing.symbol
        detail = (
            f"the count of another list of houses is no refutation; run 'rerating import events FILE' with the count "
            f"of {symbol} as printed"
        )
        gap = Gap(question=f"whose count of {symbol} is meant", why=Why.NOT_COVERED, detail=detail)
        return Finding("insufficient_data", finding.reads, None, [], [gap])
    return finding


def price_target(desk: Desk, claim: Claim) -> Finding:
    """A house's newest target, or the mean of houses as printed and as computed."""
    line = _line(desk, claim)
    if isinstance(line, Gap):
        return missing(line)
    value = next((one for one in claim.values if one.role in ("value", "to")), None)
    within = stated_interval(claim, value)
    found = Readings(desk.ground, within)
    key = line.listing.key
    unit = next((one.currency for one in claim.values if one.currency), line.listing.currency)
    house = _house(desk, claim, line)
    is_consensus = claim.metric == "consensus_target" or (house is None and _AVERAGE.search(desk.sentence(claim)))
    if is_consensus:
        _mean_targets(desk, line, found, unit)
    elif house is None:
        return missing(_no_house(line, None))
    else:
        read = found.add("house_target", line=key, house=house, currency=unit, nth=0)
        if isinstance(read.answer, Gap):
            return missing(_no_house(line, house))
        nth = 1
        while isinstance(
            found.add("house_target", "earlier", line=key, house=house, currency=unit, nth=nth).answer, Answer
        ):
            nth += 1
        found.found = [one for one in found.found if not isinstance(one.answer, Gap)]
    if within is None or not found.found:
        return missing(_no_house(line, house))
    finding = found.concluded(claim)
    if is_consensus and finding.outcome == "refuted" and not _NAMED.search(desk.sentence(claim)):
        detail = "each vendor's mean is of other houses; name the one that is meant"
        gap = Gap(question=f"whose mean target of {line.listing.symbol}", why=Why.NOT_APPLICABLE, detail=detail)
        return Finding("insufficient_data", finding.reads, None, [], [gap])
    return finding


_AVERAGE = re.compile(r"durchschnitt|mittlere|median|konsens|average|mean\b|consensus", re.IGNORECASE)


def _mean_targets(desk: Desk, line: Series, found: Readings, unit: str) -> None:
    consensus = desk.ground.consensus(line)
    for label in () if isinstance(consensus.observed, Gap) else consensus.observed:
        if not isinstance(label.target, Gap):
            found.add("printed_target", line=line.listing.key, house=label.house, currency=unit)
    for targets in () if isinstance(consensus.targets, Gap) else consensus.targets:
        if targets.unit == unit:
            for figure in ("mean", "median"):
                arguments: dict[str, Any] = {
                    "line": line.listing.key,
                    "days": targets.days,
                    "figure": figure,
                    "currency": unit,
                }
                found.add("computed_target", "another", **arguments)


def implied_upside(desk: Desk, claim: Claim) -> Finding:
    """From the close to a target: to each house's that is named or printed; without a figure, whether there is any."""
    line = _line(desk, claim)
    if isinstance(line, Gap):
        return missing(line)
    within = stated_interval(claim)
    limits = None if within is None else signed(claim, within)
    found = Readings(desk.ground, limits)
    house = _house(desk, claim, line)
    consensus = desk.ground.consensus(line)
    days = desk.moment.days(claim, line)
    key = line.listing.key
    if house is not None:
        for on in days:
            found.add("upside", line=key, on=on.isoformat(), house=house, printed=False)
    for label in () if isinstance(consensus.observed, Gap) else consensus.observed:
        if not isinstance(label.target, Gap):
            for on in days:
                found.add("upside", line=key, on=on.isoformat(), house=label.house, printed=True)
    if limits is None:
        for read in found.found:
            if isinstance(read.answer, Answer) and isinstance(read.answer.value, float):
                read.holds = (read.answer.value > 0) == (claim.direction != "down")
        if found.found and not all(read.holds for read in found.found if read.holds is not None):
            found.found = [*sorted(found.found, key=lambda read: bool(read.holds))]
    finding = found.concluded(claim)
    if finding.outcome in ("refuted", "insufficient_data") and house is None:
        if finding.outcome == "refuted" and claim.sentence_start in desk.targeted and limits is not None:
            return finding
        gap = _no_house(line, None)
        return Finding("insufficient_data", finding.reads, None, [], [gap])
    return finding


def ranking(desk: Desk, claim: Claim) -> Finding:
    """The highest (or lowest) target of all houses: who has it, and who stands above."""
    line = _line(desk, claim)
    if isinstance(line, Gap):
        return missing(line)
    if claim.metric not in ("highest_target", "lowest_target"):
        detail = "a rank needs all values that compete; scan them with 'rerating collect' for each"
        return missing(Gap(question=f"the rank '{claim.text}'", why=Why.NOT_COVERED, detail=detail))
    house = _house(desk, claim, line)
    if house is None:
        return missing(_no_house(line, None))
    found = Readings(desk.ground, None)
    key, unit = line.listing.key, line.listing.currency
    own = found.add("house_target", line=key, house=house, currency=unit, nth=0)
    if isinstance(own.answer, Gap):
        return missing(_no_house(line, house))
    best = found.add("rank_of_targets", "another", line=key, currency=unit, side=claim.metric.partition("_")[0])
    if isinstance(best.answer, Gap):
        return missing(best.answer)
    first = best.answer.words[0]
    if house_key(first) == house_key(house):
        own.holds = True
        return Finding("confirmed", found.found, own)
    own.holds = False
    higher = _above(best.answer, own.answer)
    return Finding("misleading", found.found, best, ["other_houses_are_higher"], more={"higher": higher})


def _above(best: Answer, own: Answer | Gap) -> list[dict[str, Any]]:
    if isinstance(own, Gap):
        return []
    pairs = zip(best.words, best.values, strict=True)
    return [
        {"house": house, "target": target}
        for house, target in pairs
        if isinstance(own.value, float) and target > own.value
    ]
