"""What a plain number counts: the noun behind it, measures, and the one that ends a list of counts."""

from __future__ import annotations

from rerating.language.reading.numerals import number_words
from rerating.language.reading.source import Source
from rerating.language.reading.word_lists import listed

FUNCTION_WORDS = frozenset(
    listed(
        "der des den dem die das und oder im in an am auf bei nach von vom zu zum zur mit für als gegen "
        "seit über unter um aus wie je pro bis beim durch ohne statt war ist sind waren hat haben wird vor gegen "
        "weiter weiterhin gegenüber trotz wegen während zwischen hinter neben innerhalb binnen ab zuvor dank "
        "werden the of and or in at on for from to by is was were are has have had as with than after "
        "before per"
    )
)


def counted_noun(source: Source, k: int) -> str | None:
    """The noun that a plain number counts: in German the first capital within three words, in English the next word."""
    if source.low(k) == "of" and source.low(k + 1) in _THOSE:
        k += 2  # 80,000 of our handhelds
    elif source.low(k) == "-" and source.low(k + 1) in MEASURES:
        k += 1
    while source.is_english and source.low(k) in _SORTS and source.is_word(k + 1):
        k += 1
    reach = 1 if source.is_english else 3
    for at in range(k, k + reach):
        if not source.is_word(at) or source.begins_line(at) or source.low(at) in FUNCTION_WORDS:
            return None
        if source.is_english or source.is_capital(at):
            return source.tokens.text[at]
    return None


_THOSE = frozenset(listed("our its their his her these those"))
_SORTS = frozenset(listed("new more additional further net other extra fewer large small big major full whole"))
"""Between a number and the noun that it counts: 30 new hubs."""
MEASURES = frozenset(
    listed(
        "gigawatt gigawatts megawatt megawatts kilowatt kilowatts mw gw tonne tonnes ton tons tonnen barrel barrels "
        "ounce ounces unzen acre acres hektar jet jets plane planes aircraft truck trucks unit units store stores room "
        "rooms bed beds bus buses ship ships satellite satellites vessel vessels liter litres"
    )
)
"""What is measured and counted with a hyphen too: a 900-megawatt order."""
_VOTES = (
    *("kaufempfehlung", "verkaufsempfehlung", "halteempfehlung", "kaufvotum", "verkaufsvotum", "haltevotum"),
    *("verkauf-", "selling", "sell", "hold", "holding", "buy", "buying", "underperform"),
)


def is_one_measure(source: Source, k: int) -> bool:
    """`one gigawatt of capacity`: counted, where `a` but names a thing."""
    return source.low(k - 1) == "one" and source.low(k) in MEASURES


def is_last_vote(source: Source, k: int) -> bool:
    """`14 Kaufempfehlungen, sechs neutrale Stimmen und eine Verkaufsempfehlung`: the last of counts."""
    if source.low(k - 2) not in ("und", "and", "sowie") or not source.low(k).startswith(_VOTES):
        return False
    before = range(max(k - 12, 0), k - 2)
    return any(source.is_figure(j) or number_words((source.low(j),), source.tongue) is not None for j in before)
