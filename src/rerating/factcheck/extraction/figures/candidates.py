"""The words of a sentence that could name what its figures are of."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import ASSETS, Named, NameKind
from rerating.factcheck.extraction.text.lexicon import Found


def candidates(sentence: Sentence) -> list[Found]:
    """Topics, words for a share or an index, and names of assets, but no words that belong to a name."""
    is_bond = any(named.of(NameKind.BOND) for named in sentence.names)
    found = [
        topic
        for topic in sentence.topics
        if not (is_bond and topic.key == "dividend_yield")
        and not _is_of_name(sentence, topic)
        and sentence.tokens.text[topic.first] != "Sparte"
        and not _is_unit_of_price(sentence, topic)
    ]
    found = [topic for topic in found if topic.key != "subsidy" or not _is_output(sentence, topic)]
    found = [topic for topic in found if topic.family != "price_target" or not _is_aim(sentence, topic)]
    found = [topic for topic in found if topic.key != "acquisition" or not _is_whence(sentence, topic)]
    found = [topic for topic in found if topic.key != "stake" or not _is_of_itself(sentence, topic)]
    found = [topic for topic in found if topic.family != "capex" or not _is_beside(sentence, topic)]
    found = [topic for topic in found if not _is_other_word(sentence, topic)]
    inside = [topic for topic in found if topic.last - topic.first > 1]
    found += [
        Found(cue.first, cue.last, "price", "share")
        for cue in sentence.cues
        if cue.family == "price"
        and not any(topic.first <= cue.first and cue.last <= topic.last for topic in inside)
        and sentence.tokens.lower[cue.first - 1] not in _PER
        and sentence.words(cue.first, cue.last + 1) != ("share", "of")
        and not _is_attribute(sentence, cue.first)
    ]
    found += [Found(c.first, c.last, "price", "index") for c in sentence.cues if c.family == "index"]
    for named in sentence.names:
        name = named.of(*ASSETS)
        if name is not None and name.kind is not NameKind.BOND and _is_attribute(sentence, named.first):
            continue
        if sentence.words(named.first - 1, named.first) in _TOLD_BY or _is_currency_of(sentence, named):
            continue
        if name is not None and _is_good(sentence, named, name.kind):
            continue
        if name is not None and not (name.kind is NameKind.CURRENCY and _is_unit(sentence, named.first)):
            found.append(Found(named.first, named.last, "price", name.kind.name))
    return found


_TOLD_BY = (("laut",), ("gemäss",), ("gemäß",))


def _is_whence(sentence: Sentence, topic: Found) -> bool:
    """`Bei den Synergien aus der Fusion`, `synergies from the merger`: where what is told of comes from."""
    lead = sentence.words(topic.first - 2, topic.first)
    if {"aus", "from", "durch"}.isdisjoint(lead):
        return False
    near = sentence.topics_near(topic.first)
    return any(other.key == "cost_savings" and 0 < topic.first - other.last <= _WHENCE for other in near)


_WHENCE = 3


def _is_currency_of(sentence: Sentence, named: Named) -> bool:
    """`ging in Franken um 3,5 % zurück`: what a figure is reckoned in."""
    is_in = sentence.words(named.first - 1, named.first) == ("in",)
    return is_in and named.of(NameKind.CURRENCY) is not None and sentence.words(named.last, named.last + 1) == ("um",)


def _is_beside(sentence: Sentence, topic: Found) -> bool:
    """`die Erlöse mit Rechenzentren`: what the word for a metric is told of."""
    if sentence.words(topic.first - 1, topic.first) not in _OF_THINGS:
        return False
    return any(
        o.last == topic.first - 1 and o.family in ("figure", "operation") for o in sentence.topics_near(topic.first)
    )


_OF_THINGS = (("mit",), ("aus",), ("bei",), ("für",), ("from",), ("with",))


def _is_of_itself(sentence: Sentence, topic: Found) -> bool:
    """`hielt sich mit einem Minus von 0,2 Prozent`: nobody owns."""
    return sentence.words(topic.last, topic.last + 1) == ("sich",)


def _is_output(sentence: Sentence, topic: Found) -> bool:
    """`4,1 Millionen Unzen Silber gefördert`: what is brought out of the ground, no aid."""
    return (
        topic.last - topic.first == 1
        and any(other.key == "production" and other.first == topic.first for other in sentence.topics_near(topic.first))
        and any(other.key == "production" and other.first != topic.first for other in sentence.topics)
    )


def _is_other_word(sentence: Sentence, topic: Found) -> bool:
    """`JLL puts the figure at`, `29,500 pumps`, `net debt excluding leases`: what sounds like a metric's word."""
    if topic.key == "investment_plan" and sentence.tokens.lower[topic.last - 1] == "states":
        return _PUTS_IN.isdisjoint(sentence.words(topic.first - 16, topic.last + 8))
    if topic.last - topic.first > 1:
        return False
    word, before = sentence.tokens.lower[topic.first], sentence.words(topic.first - 1, topic.first)
    after = sentence.words(topic.last, topic.last + 1)
    if word == "calls" and topic.family == "options":
        return after != () and after[0] in _DETERMINED
    if word == "puts" and topic.family == "options":
        is_led = before in (("which",), ("that",)) or any(n.last == topic.first for n in sentence.names)
        return is_led or (after != () and after[0] in _DETERMINED)
    if word in ("pumps", "sinks") and topic.family == "capex":
        return not any(topic.last <= f.first <= topic.last + 3 and f.mention.unit == "money" for f in sentence.figures)
    return before in (("excluding",), ("ex",))


_PUTS_IN = frozenset(
    ("invest", "invests", "invested", "investing", "investment", "investments", "spend", "build", "plans")
)
"""What is put into a country; else `in the United States` only says where."""
_DETERMINED = frozenset(("the", "its", "it", "their", "this", "that", "a", "an", "his", "her", "annual", "net", "them"))


def _is_of_name(sentence: Sentence, topic: Found) -> bool:
    """`General Mills`, `Containerized Freight Index`, `the maker of metal detectors`: words of a name."""
    if topic.family not in TOLD_OF:
        return False
    tokens, k = sentence.tokens, topic.first
    if any(n.first <= k and topic.last <= n.last and n.last - n.first > 1 for n in sentence.names_near(k)):
        return True
    if topic.last < sentence.last and tokens.text[topic.last] == "Index" and tokens.text[k][:1].isupper():
        return True
    if tokens.text[k][:1].isupper() and topic.last < sentence.last and tokens.lower[topic.last] in _LEGAL:
        return tokens.text[topic.last][:1].isupper()
    before = sentence.words(k - 6, k)
    at = next((j for j, word in enumerate(before) if word == "of" and j and before[j - 1] in _MAKERS), None)
    return at is not None and not {",", "said", "that", "to", "will", "has", "had", "is", "was"} & set(before[at:])


def _is_unit_of_price(sentence: Sentence, topic: Found) -> bool:
    """`690 Euro je Tonne`, `$560 a ton`: a weight that a price is one of, no output."""
    if topic.family != "operation" or sentence.tokens.lower[topic.first - 1] not in _PER:
        return False
    figures = (f for f in sentence.figures_near(topic.first) if f.mention.unit == "money")
    return any(f.last in (topic.first - 1, topic.first, topic.last) for f in figures)


def _is_aim(sentence: Sentence, topic: Found) -> bool:
    """`das Ziel für die Marge`, `its revenue target`: the aim of a company, no target of a price."""
    if sentence.words(topic.first, topic.last) not in _BARE_AIMS:
        return False
    if any(other.last == topic.first and other.family in TOLD_OF for other in sentence.topics_near(topic.first)):
        return True
    if sentence.words(topic.last, topic.last + 1) not in (("für",), ("for",), ("beim",)):
        return False
    nexts = (other.first - topic.last for other in sentence.topics_near(topic.last) if other.family in TOLD_OF)
    return any(1 <= gap <= 4 for gap in nexts)


_BARE_AIMS = frozenset((word,) for word in ("ziel", "ziele", "target", "targets", "objective"))
TOLD_OF = frozenset(("figure", "operation", "weak", "capex", "event", "volume"))
_LEGAL = frozenset(("bancorp", "bancshares", "bank", "holdings", "inc", "corp", "limited", "plc"))
_MAKERS = frozenset(
    ("maker", "developer", "producer", "seller", "operator", "builder", "manufacturer", "provider", "supplier", "owner")
)
_GENITIVES = frozenset(("des", "der", "von", "of", "vom"))


def _is_attribute(sentence: Sentence, first: int) -> bool:
    """Whether a name but says whose metric it is: `das Tagestief des SMI`, `the revenue of SAP`."""
    k = first - 1
    while k > sentence.first and first - k < 6 and (sentence.tokens.lower[k] in _DETERMINERS or _in_name(sentence, k)):
        k -= 1
    word = sentence.tokens.lower[k]
    if k <= sentence.first or (word not in _GENITIVES and word not in _FOR):
        return False
    families = _TARGETED if word in _FOR else None
    return any(
        topic.last == k and topic.family != "weak" and (families is None or topic.family in families)
        for topic in sentence.topics
    )


def _is_good(sentence: Sentence, named: Named, kind: NameKind) -> bool:
    """`Copper production rose`: a good before the word for its output or sale, which the figure is then of."""
    if kind is not NameKind.COMMODITY:
        return False
    return any(t.first == named.last and t.family == "operation" and t.key != "prices" for t in sentence.topics)


_FOR = frozenset(("für", "for", "on"))
_TARGETED = frozenset(("price_target", "ratio", "market_cap", "level"))
_DETERMINERS = frozenset(("die", "das", "den", "der", "the", "shares", "of", "-", "titel", "papiere", "aktie"))


def _in_name(sentence: Sentence, k: int) -> bool:
    return any(named.first <= k < named.last for named in sentence.names)


_PER = frozenset(("je", "pro", "per", "a"))


def _is_unit(sentence: Sentence, k: int) -> bool:
    """Whether a currency's name stands inside a figure, or behind one."""
    return any(figure.first <= k < figure.last for figure in sentence.figures)
