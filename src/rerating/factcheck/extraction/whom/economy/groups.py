"""Branches, markets, goods and groups of people: what a figure is of that no company and no list's name is.

`Der deutsche Bierabsatz lag um 4,7 Prozent unter dem Vorjahr`, `The market for AI switches should grow by 40%`,
`Drugmakers should spend 6% more`: a noun for many is the subject of the figure's clause (`group_nouns`), nobody's by a
possessive or a genitive. What could be a company's own too (sales, output, prices) has to be told of a region with
its product, or by somebody who counts it: an office, an association, a market researcher. The name is the text's noun:
in German without article and adjectives, in English without article; `the market for X` is the X market.
"""

from __future__ import annotations

from collections.abc import Iterator

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.asides import behind_aside
from rerating.factcheck.extraction.text.gazetteer import NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.economy.comparing import COMPARED
from rerating.factcheck.extraction.whom.economy.counted_by import is_counted_by, is_source
from rerating.factcheck.extraction.whom.economy.deal_statistics import deals_of_many
from rerating.factcheck.extraction.whom.economy.fund_flows import flow_of
from rerating.factcheck.extraction.whom.focus.branches import standing_for
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.names.assets import near
from rerating.factcheck.extraction.whom.phrases.group_nouns import OWNERS, Group, is_of_people
from rerating.factcheck.extraction.whom.phrases.groups_english import english
from rerating.factcheck.extraction.whom.phrases.groups_german import german
from rerating.factcheck.extraction.whom.phrases.measured import measured, part_of
from rerating.factcheck.extraction.whom.phrases.measured_english import sold_worldwide
from rerating.factcheck.extraction.whom.phrases.measuring import OF_SUMS, is_regional
from rerating.factcheck.extraction.whom.phrases.states import state_at
from rerating.language.reading.tokens import WORD

_REGIONAL = tuple(word_set("groups", "regional"))
_MARKETS = ("markt", "market")
COST = 1.9
_REACH = 28
KEPT = frozenset(
    (
        "policy_event",
        "price_target",
        "rating",
        "rating_change",
        "rating_count",
        "consensus_rating",
        "implied_upside",
        "insider_trade",
        "options_volume",
        "options_ratio",
        "moving_average",
        "distance_to_high",
        "distance_to_low",
        "corporate_event",
        "question",
    )
)
"""Kinds of claim that no group has, or that say otherwise whose they are."""

_SUPPLIED = frozenset(("aircraft", "order_intake", "order_backlog", "contract"))
_SUPPLIERS = (
    "makers",
    "builders",
    "manufacturers",
    "suppliers",
    "bauer",
    "hersteller",
    "zulieferer",
    "ausrüster",
    "bau",
)
"""What groups of people order is their supplier's, and what they bring in is a part of its sales."""


def group_of(
    known: Subjects, sentence: Sentence, groups: list[Group], figure: Figure, what: tuple[str, str]
) -> Group | None:
    """The group that a figure is of: the nearest one before it in its clause that is the subject there."""
    is_other = what[0] == "indicator" and not (what[1] == "gdp_growth" or _is_of_good(sentence, groups, what))
    told_of = _of_part(known, sentence, figure) if what[0] not in KEPT else None
    told_of = told_of or (flow_of(sentence, figure) if what[0] in _FLOWING else None)
    told_of = told_of or (sold_worldwide(sentence, figure) if what[0] in _COUNTED else None)
    if told_of is not None:
        return told_of
    if groups and groups[0].deal is not None:
        return groups[0]
    if (_is_kept(groups, what) or _is_of_sales(sentence, groups, figure, what) or is_other) and not _is_trade(
        groups, what
    ):
        return None
    found: Group | None = None
    if sentence.words(figure.last, figure.last + 2) in (("of", "gdp"), ("of", "its"), ("of", "our")):
        return None
    for group in groups:
        if known.branch == group.name and _is_of_branch(known, sentence, what[0]):
            return group
        told = _goes_on_at(sentence, group)
        if _is_worth(sentence, group, figure):
            return group
        if what[0] == "market_cap" and not group.is_market:
            continue
        if _is_part_of(sentence, group, figure):
            return group
        if told > figure.first or figure.first - told > _REACH:
            continue
        is_buyer = is_of_people(group.name) and is_counted_by(known, sentence)
        is_supplied = what[1] in _SUPPLIED and not (group.is_market or is_buyer)
        if is_supplied and not group.name.lower().endswith(_SUPPLIERS):
            continue
        if sentence.cost(told, figure.first) <= COST and not _is_parted(known, sentence, group, figure):
            found = group
    return found


def _is_kept(groups: list[Group], what: tuple[str, str]) -> bool:
    """Whether a kind is one that no group has: jobs cut by people who employ others are theirs."""
    is_theirs = what[1] in _OF_JOBS and any(group.is_measured or is_of_people(group.name) for group in groups)
    return what[0] in KEPT and not is_theirs


_OF_JOBS = frozenset(("layoffs", "closures", "hiring"))
"""What people who employ others do: `Brewers shed 1,200 jobs, industry figures show`."""
_COUNTED = frozenset(("operating_metric", "growth", "financial_figure", "estimate"))
_FLOWING = frozenset(("volume", "financial_figure", "holding", "corporate_event", "operating_metric", "price_level"))


def _is_of_good(sentence: Sentence, groups: list[Group], what: tuple[str, str]) -> bool:
    """Whether prices or trade are those of one good: `Wholesale prices for used cars`, `steel imports`."""
    if what[1] == "exports":
        return any(_is_of_one_trade(sentence, group) for group in groups)
    return what[1] == "inflation_rate" and any(group.is_measured and group.is_priced for group in groups)


def _is_of_one_trade(sentence: Sentence, group: Group) -> bool:
    """Whether no country is told of with the trade in a good: `steel imports`, no `China's exports`."""
    is_of_good = " " in group.name and group.name.lower().endswith(_TRADE)
    is_owned = sentence.tokens.lower[group.first - 1] == "s" and group.first > sentence.first
    return is_of_good and not is_owned and not is_regional(sentence, group.first, group.last)


_TRADE = ("imports", "exports", "shipments")


def _of_part(known: Subjects, sentence: Sentence, figure: Figure) -> Group | None:
    """The people of whom a figure tells a part."""
    found = part_of(sentence, figure, is_counted=is_counted_by(known, sentence))
    return None if found is None or _is_owned(known, sentence, found) else found


def _is_of_sales(sentence: Sentence, groups: list[Group], figure: Figure, what: tuple[str, str]) -> bool:
    """Whether a share is one of a company's sales; what outsiders count, of nobody's, is one of a market."""
    behind = range(figure.last, figure.last + 6)
    is_owned = any(n.first in behind and n.of(NameKind.COMPANY) for n in sentence.names_near(figure.last))
    is_owned = is_owned or not OWNERS.isdisjoint(sentence.words(behind[0], behind[-1]))
    return what[1].endswith("revenue_share") and (is_owned or not any(group.is_measured for group in groups))


def _is_trade(groups: list[Group], what: tuple[str, str]) -> bool:
    """Whether what looks like a deal is what investors buy (`Retail investors bought $1.2 billion of stocks`), or jobs
    go with many (`European carmakers have announced 90,000 job cuts`)."""
    if what in _JOBS:
        return any(not (g.is_shares or g.is_counted or g.is_measured) for g in groups)
    return what == ("corporate_event", "acquisition") and any(g.name.lower().endswith(_TRADERS) for g in groups)


_JOBS = (("corporate_event", "layoffs"), ("corporate_event", "jobs"))
_TRADERS = ("investors", "funds", "sellers", "traders", "anleger", "investoren", "fonds")


def _goes_on_at(sentence: Sentence, group: Group) -> int:
    """Where a group's clause goes on: behind an aside, within a relative clause of its own."""
    if (
        sentence.words(group.last, group.last + 1) == (",",)
        and sentence.words(group.last + 1, group.last + 2) in _RELATIVE
    ):
        return group.last + 2
    return behind_aside(sentence, group.first, group.last)


_RELATIVE = tuple((word,) for word in ("der", "die", "das", "deren", "dessen", "which", "whose"))


def _is_of_branch(known: Subjects, sentence: Sentence, kind: str) -> bool:
    """Whether a sentence that names no company says what the article's branch costs: `At 12 times earnings, the stocks
    are cheap`."""
    return kind in _VALUED and not names_company(known, sentence)


def names_company(known: Subjects, sentence: Sentence) -> bool:
    """Whether a sentence names a company that it tells something of, not as who counts."""
    return any(
        p.name.kind is NameKind.COMPANY and not p.is_noun and not is_source(sentence, p.first)
        for p in known.places.get(sentence.number, [])
    )


_VALUED = frozenset(("ratio", "rerating", "return", "distance_to_high", "distance_to_low"))


def _is_part_of(sentence: Sentence, group: Group, figure: Figure) -> bool:
    """Whether a figure tells which part of the group does something: `60% of U.S. farmers use`."""
    between = sentence.words(figure.last, group.first)
    is_of_sort = " " in group.name and not (group.is_shares or group.is_counted)
    return is_of_sort and 0 < len(between) <= 3 and between[0] in _PART


_PART = frozenset(("of", "der", "aller"))


def _is_worth(sentence: Sentence, group: Group, figure: Figure) -> bool:
    """Whether a figure tells in an aside what the group is worth: `the market for X, worth some $11 billion, is`."""
    between = sentence.words(group.last, figure.lead)
    return 1 < len(between) <= 3 and between[0] == "," and between[1] in ("worth", "rund", "etwa", "valued")


def as_group(group: Group, what: tuple[str, str]) -> tuple[str, str]:
    """What is claimed of a group: no guidance, and a price's return of shares only."""
    kind, metric = what
    if group.is_flow:
        return "volume", "fund_flows"
    if group.is_measured and (kind, metric) in _AS_MEASURED:
        return _AS_MEASURED[kind, metric]
    if group.deal is not None:
        return "corporate_event", group.deal
    if group.is_economy and kind in ("growth", "return", "estimate", "guidance", "financial_figure"):
        return "indicator", "gdp_growth"
    if group.has_share and kind in ("growth", "return", "holding", "operating_metric", "financial_figure"):
        return "market_share", "market_share"
    if group.is_shares and kind in ("growth", "financial_figure"):
        return "return", "share_price"
    if group.is_priced and kind in ("growth", "return", "operating_metric", "financial_figure"):
        return ("growth", "prices") if group.is_counted or kind == "growth" else ("return", "commodity_price")
    if kind == "guidance":
        return "estimate", metric
    if kind == "corporate_event" and group.name.lower().endswith(_TRADERS):
        return "volume", "fund_flows"
    if kind == "market_cap":
        return "financial_figure", "market_size"
    is_sum = group.is_counted or group.is_market
    if kind == "indicator" or (kind == "return" and is_sum and not group.is_shares):
        return "growth", next((metric for ends, metric in _METRICS if group.name.lower().endswith(ends)), "market_size")
    return what


_AS_MEASURED = {
    ("return", "share_price"): ("growth", "volumes"),
    ("price_level", "share_price"): ("financial_figure", "prices"),
    ("ratio", "revenue_share"): ("market_share", "market_share"),
}
"""What no topic names is of a share else."""
_METRICS = (
    (("preise", "tarife", "mieten", "prices", "fares", "rents"), "prices"),
    (("produktion", "förderung", "production", "output"), "production"),
    (("verkäufe", "zulassungen", "sales", "registrations"), "units_sold"),
    (("bestände", "inventories", "stockpiles"), "inventory"),
    (("ausgaben", "spending"), "spending"),
    (("absatz", "verkehr", "volumes", "traffic", "carloads", "fläche"), "volumes"),
)


def standing_in(known: Subjects, sentence: Sentence) -> Group | None:
    """What stands in a sentence for the branch of the article."""
    return standing_for(sentence, known.branch, is_unnamed=sentence.number in known.unnamed)


def groups_in(known: Subjects, sentence: Sentence) -> list[Group]:
    """The groups that a sentence tells something of, in its order."""
    if not names_company(known, sentence) and (deals := deals_of_many(sentence)) is not None:
        return [deals]
    found = list(_nouns(sentence))
    if (standing := standing_in(known, sentence)) is not None:
        found = [each for each in found if each.last <= standing.first or each.first >= standing.last] + [standing]
        found.sort(key=lambda group: group.first)
    found = [group for group in found if not _is_told_of_place(sentence, group)]
    found = [group for group in found if not _is_in_figure(sentence, group) and not _is_owned(known, sentence, group)]
    is_counted = is_counted_by(known, sentence)
    found = [group for group in found if not group.is_counted or is_counted or _is_regional(sentence, group)]
    unlisted = [
        group
        for group in measured(sentence, _goods(known, sentence), is_counted=is_counted)
        if not _is_owned(known, sentence, group)
    ]
    begins = {group.first for group in unlisted}
    found = [group for group in found if not (group.name.lower() in OF_SUMS and group.first in begins)]
    taken = {k for group in found for k in range(group.first, group.last)}
    found += [group for group in unlisted if taken.isdisjoint(range(group.first, group.last))]
    found = [group for group in found if not group.name.lower().endswith(_MACRO)]
    return sorted(found, key=lambda group: group.first)


_MACRO = tuple(word.replace("_", " ") for word in sorted(word_set("nations", "macro")))
"""What is a country's whoever counts it."""


def _goods(known: Subjects, sentence: Sentence) -> set[int]:
    """The tokens of the goods and coins that a sentence tells the price of."""
    places = known.places.get(sentence.number, [])
    return {k for p in places if p.name.kind in (NameKind.COMMODITY, NameKind.CRYPTO) for k in range(p.first, p.last)}


def _nouns(sentence: Sentence) -> Iterator[Group]:
    tokens = sentence.tokens
    find = english if sentence.text.is_english else german
    for k in range(sentence.first, sentence.last):
        if tokens.kind[k] != WORD:
            continue
        group = find(sentence, k)
        if group is not None:
            yield group


def _is_told_of_place(sentence: Sentence, group: Group) -> bool:
    """Whether a market says but what a place is: `In Germany, the biggest European market, sales fell`."""
    if not (group.is_market and sentence.text.is_english and sentence.tokens.text[group.last] == ","):
        return False
    lead = sentence.words(sentence.first, group.first)
    return lead[:1] == ("in",) and lead.count(",") == 1 and lead.index(",") >= len(lead) - 2


def _is_in_figure(sentence: Sentence, group: Group) -> bool:
    """Whether the noun is what a figure counts: `38 million shares`."""
    return any(
        f.first < group.last and group.first <= f.last and not (group.first <= f.first and f.last < group.last)
        for f in sentence.figures_near(group.first)
    )


# ---- whose it is -----------------------------------------------------------------------------------------------------


def _is_owned(known: Subjects, sentence: Sentence, group: Group) -> bool:
    """Whether a company stands within the noun or behind it as its owner: `Nucor sales`, `der Absatz von BMW`."""
    behind = sentence.words(group.last, group.last + 2)
    if behind[:1] == ("im",) and behind[-1].endswith("gebiet"):  # `Haushalte im Versorgungsgebiet`: of its utility
        return True
    for place in near(known.places.get(sentence.number, []), group.first):
        is_whole = place.is_noun and place.first <= group.first and group.last <= place.last
        if is_whole and not any(cue.first <= group.first < cue.last for cue in sentence.cues_near(group.first)):
            return place.name.kind is NameKind.COMPANY  # `Die Hamburger schlucken`: who is called by their seat
        if place.is_noun or _is_but_first(group, place):
            continue
        if place.first < group.last and group.first - 1 <= place.last:
            return True
        if group.last <= place.first <= group.last + 2 and not _OF.isdisjoint(
            sentence.words(group.last, place.first + 1)
        ):
            return True
    return False


def _is_but_first(group: Group, place: Place) -> bool:
    """Whether a good or a coin only says which: `crude carriers`, `spot ether funds`."""
    is_good = place.name.kind in (NameKind.COMMODITY, NameKind.CRYPTO)
    if group.is_measured:
        return is_good and place.name.name.lower() == group.name.lower()
    is_sum = group.is_counted and not group.name.lower().endswith(_TRADE)
    return is_good and not is_sum and group.first <= place.first and place.last < group.last


_OF = frozenset(("von", "of", "bei", "at", "des", "der"))


def _is_parted(known: Subjects, sentence: Sentence, group: Group, figure: Figure) -> bool:
    """Whether another subject stands between the group and the figure: a name that is no source."""
    for place in near(known.places.get(sentence.number, []), figure.first):
        if group.last <= place.first < figure.first and not is_source(sentence, place.first):
            return True
    return False


def _is_regional(sentence: Sentence, group: Group) -> bool:
    tokens = sentence.tokens
    if sentence.text.is_english:
        after, at = sentence.words(group.last, group.last + 1), group.last + 1
        is_placed = after == ("in",) and (tokens.text[at][:1].isupper() or tokens.lower[at] == "the")
        is_led = tokens.text[group.first] in ("U", "US", "UK")
        return tokens.lower[group.last - 1] in _NOT_OWN and (is_placed or is_led)
    word = tokens.lower[group.last - 1]
    is_led = any(each.startswith(_REGIONAL) for each in sentence.words(group.first - 3, group.first))
    if word.endswith(_REGISTERED):  # `Die Neuzulassungen in Deutschland`
        at = group.last + 1 + (tokens.lower[group.last + 1] in ("der", "den"))
        return is_led or (tokens.lower[group.last] == "in" and state_at(sentence, at) is not None)
    is_branch = word.endswith(_BRANCHES)
    is_ahead = is_branch and group.first - 1 == sentence.first and tokens.lower[sentence.first] == "im"
    return is_ahead or (is_led and (len(word) > _COMPOUND or is_branch))


_REGISTERED = ("zulassungen", "preise", "mieten", "tarife", "verbrauch", "verkehr")
_BRANCHES = ("handel", "handwerk", "gewerbe", "bau")
"""What nobody has of its own, told of a country."""
_NOT_OWN = word_set("groups", "not_own")
_COMPOUND = 11
"""A German noun that long says what is sold or made: `Bierabsatz` is told by somebody, `Chemieproduktion` by itself."""


# ---- what goes on about them -----------------------------------------------------------------------------------------


def gone_there(known: Subjects, sentence: Sentence, drafts: list[Draft], before: list[Draft]) -> None:
    """`Prices there are falling`: of the market that the sentence before told of."""
    told = before[-1].subject if before else None
    if told is None or told.ticker is not None or not (told.name or "").lower().endswith(_MARKETS):
        return
    words = sentence.words(sentence.first, sentence.last)
    is_there = any(words[k] in _THERE and words[k - 1] not in _OPENERS for k in range(1, len(words)))
    if not (is_there or words[:1] == ("dort",) or words[:2] in _AGAIN) or names_company(known, sentence):
        return
    for draft in drafts:
        if draft.kind in COMPARED and draft.subject.ticker is not None:
            draft.subject = told
            draft.kind = "growth" if draft.kind == "return" else draft.kind


_THERE = frozenset(("there", "dort"))
_AGAIN = (("the", "market"), ("der", "markt"))
_OPENERS = frozenset((",", ";", ":", "and", "but", "that", "because", "as", "if", "while", "“", '"'))
"""`and there are signs`: of no place."""
