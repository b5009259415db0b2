"""Whether a number of the future is an estimate of others or a plan of the company."""

from __future__ import annotations

from rerating.factcheck.extraction.figures.around import BEATS, Context
from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import Found, word_set
from rerating.factcheck.extraction.voices.announcing import is_proposed, is_put_aside, is_raising
from rerating.factcheck.extraction.voices.plans import CLAUSE, MODALS, PAST
from rerating.factcheck.extraction.voices.reckoning import is_by_their_sums
from rerating.factcheck.extraction.voices.speakers import NEAR, OWN_PEOPLE, has_analysts, is_told_of_itself

_ACTIVE = word_set("kinds", "active_forecasts")


def is_estimate(sentence: Sentence, figure: Figure, around: Context) -> bool:
    """Whether others expect it; `rechnet mit`, `is looking for` without analysts near is the company's own."""
    if _is_own_span(sentence, figure) or _is_what_came(sentence, figure) or _is_counted_back(sentence, figure):
        return False
    if around.guidance is not None and around.guidance.key == "former" and not has_analysts(sentence, figure):
        return False
    is_beaten = bool(BEATS & set(sentence.words(sentence.first, figure.lead)))
    if is_beaten and sentence.words(figure.lead - 1, figure.lead) in INSTEAD:
        return True
    if (around.is_change and _beaten_by(sentence, figure)) or _is_bracketed_forecast(sentence, figure):
        return True
    tail = sentence.words(figure.last, figure.last + 2)
    is_consensus = bool(tail) and tail[0][0].isalpha() and not _CONSENSUS.isdisjoint(tail)
    if is_consensus or _is_against_expected(sentence, figure):
        return True
    if any(holds(sentence, figure) for holds in (_is_supposed, _is_reckoned, _is_put_at, is_by_their_sums)):
        return True
    if around.guidance is not None and _is_foretold(sentence, around.guidance):
        return True
    if around.expectation is None:
        if around.guidance is not None and _is_of_house(sentence, around.guidance):
            return True
        is_own = around.guidance is not None and not _OWN_WORD.isdisjoint(
            sentence.words(around.guidance.first, around.guidance.last)
        )
        is_own = is_own or (around.guidance is not None and _is_companys(sentence, around.guidance))
        return bool(around.guidance) and not is_own and has_analysts(sentence, figure)
    cue = around.expectation
    if "ich" in sentence.words(cue.first - 2, cue.last + 1):
        return True
    if _is_own_expectation(sentence, figure, cue):
        return False
    if sentence.words(cue.first - 1, cue.first) in _ITSELF and not has_analysts(sentence, figure):
        return False
    if (
        sentence.words(cue.last - 1, cue.last) in (("of",), ("von",))
        or sentence.words(cue.first - 1, cue.first) in _VERSUS
    ):
        return True
    is_active = not _ACTIVE.isdisjoint(sentence.words(cue.first, cue.last)) and cue.last <= figure.first
    is_over = not _ONCE.isdisjoint(sentence.words(cue.first - 1, cue.last))
    return not is_active or is_over or has_analysts(sentence, figure)


_ONCE = frozenset(("had", "been", "was", "were"))
"""`Kotak had been looking for 21.1%`: what somebody expected of a result."""


def _is_counted_back(sentence: Sentence, figure: Figure) -> bool:
    """`ist nach Schätzung der Berater seit 2021 um die Hälfte geschrumpft`: what has happened, as somebody reckons."""
    if _HAPPENED.isdisjoint(sentence.words(figure.tail, figure.tail + 1)):
        return False
    lead = sentence.words(figure.lead - 24, figure.lead)
    return not _ESTIMATED.isdisjoint(lead) and not _IS.isdisjoint(lead) and _MAY.isdisjoint(lead)


_HAPPENED = frozenset(("geschrumpft", "gestiegen", "gewachsen", "gesunken", "gefallen", "zugelegt", "zurückgegangen"))
_ESTIMATED = frozenset(("schätzung", "schätzungen", "berechnung", "berechnungen", "rechnung"))
_IS = frozenset(("ist", "sind", "hat", "haben"))


def _is_companys(sentence: Sentence, cue: Found) -> bool:
    """`TrendForce data show, and Arista expects this to shave two points off`: the company stands by its verb."""
    return any(
        named.last == cue.first and named.of(NameKind.COMPANY) and not named.of(NameKind.HOUSE, NameKind.DATA)
        for named in sentence.names_near(cue.first)
    )


def _is_foretold(sentence: Sentence, cue: Found) -> bool:
    """`The market for switches should grow`, `Chile's copper commission raised its forecast`: nobody's own plan."""
    before = sentence.words(cue.first - 9, cue.first)
    at = next((k for k in range(len(before) - 1, -1, -1) if before[k] in (",", ";", ":", "and", "while")), -1)
    before = before[at + 1 :]
    if not _FORECASTERS.isdisjoint(before):
        return True
    is_modal = sentence.words(cue.first, cue.first + 1) in (("should",), ("will",), ("would",), ("could",))
    is_own = (
        not _OWN_MARKET.isdisjoint(before)
        or "'" in before
        or not OWN_PEOPLE.isdisjoint(sentence.tokens.text[cue.last : min(cue.last + NEAR, sentence.last)])
    )
    return is_modal and not is_own and not _MARKETS.isdisjoint(before)


_FORECASTERS = word_set("expecting", "forecasters")
_MARKETS = frozenset(("market", "markets", "industry", "demand", "spending", "economy", "sector"))
_OWN_MARKET = frozenset(("our", "its", "their", "company", "we"))


def _is_what_came(sentence: Sentence, figure: Figure) -> bool:
    is_beaten = bool(BEATS & set(sentence.words(sentence.first, figure.lead)))
    return is_beaten and sentence.words(figure.last, figure.last + 1) in INSTEAD


INSTEAD = frozenset((("statt",), ("anstatt",), ("instead", "of")))
"""`verfehlt die Erwartungen: 0,48 statt 0,55 Dollar`: before it what came, behind it what was expected."""


def _is_own_expectation(sentence: Sentence, figure: Figure, cue: Found) -> bool:
    """`dürfte ... herauskommen, teilte der Konzern mit`, `unverändert bleibt die Erwartung eines Umsatzes von`."""
    word = next(iter(sentence.words(cue.last - 1, cue.last)), "")
    if word == "expected" and cue.last == sentence.first + 1 and not has_analysts(sentence, figure):
        return ":" in sentence.words(cue.last, figure.lead)
    if word in _MAY:
        words = sentence.words(figure.first - NEAR, figure.last + NEAR)
        is_changed = not _FORMERLY.isdisjoint(words) and not sentence.houses and not has_analysts(sentence, figure)
        return is_changed or is_told_of_itself(sentence, figure)
    if _is_owned(sentence, cue) and not has_analysts(sentence, figure):
        return True
    if _is_seen(sentence, figure, cue):
        return True
    held = sentence.words(figure.first - NEAR, figure.last + NEAR)
    return word == "erwartung" and not _KEPT.isdisjoint(held) and not has_analysts(sentence, figure)


def _is_seen(sentence: Sentence, figure: Figure, cue: Found) -> bool:
    """`The margin is seen at 43% to 44%`, `is now seen at $18 billion, she said`: the passive of a company's plan."""
    words = sentence.words(cue.first - 3, cue.last)
    is_passive = bool(words) and words[-1] in _SEEN and not _BE.isdisjoint(words)
    if not is_passive or has_analysts(sentence, figure):
        return False
    is_range = any(value.role == "low" for value in figure.mention.values)
    return is_range or "our" in sentence.words(figure.lead - 24, figure.lead) or is_told_of_itself(sentence, figure)


_SEEN = frozenset(("seen", "expected", "pegged", "forecast", "projected", "anticipated"))
_BE = frozenset(("is", "are", "now"))


def _is_owned(sentence: Sentence, cue: Found) -> bool:
    """`its second-quarter revenue forecast of`, `the company had forecast`: the expectation is the company's own."""
    before = sentence.words(cue.first - 6, cue.first)
    if before[-1:] and before[-1] in _OF_ITSELF:
        return True
    if any(named.last == cue.first and named.of(NameKind.COMPANY) for named in sentence.names):
        is_said = sentence.words(cue.first, cue.first + 1) in (("had",), ("forecast",), ("forecasts",))
        return is_said and "looking" not in sentence.words(cue.first, cue.last)
    if sentence.words(cue.first, cue.last) not in _NOUNS:
        return False
    at = next((k for k in range(len(before) - 1, -1, -1) if before[k] in _ITS), None)
    return at is not None and not _STOPS & set(before[at + 1 :])


_OF_ITSELF = frozenset(("company", "group", "konzern", "unternehmen", "vorstand", "management", "firm"))
_NOUNS = frozenset((("forecast", "of"), ("forecasts", "of"), ("estimate", "of"), ("projection",), ("estimate",)))
_ITS = frozenset(("its", "our", "ihre", "ihrer", "seine", "seiner"))
_STOPS = frozenset((",", "and", "und", "but", "than", "beat", "topped", "missed", "analysts", "street"))
_FORMERLY = frozenset(("bislang", "bisher", "zuvor", "statt", "bisherigen", "bisherige", "ursprünglich", "previously"))
_MAY = frozenset(("dürfte", "dürften", "könnte", "könnten"))
_KEPT = frozenset(("unverändert", "bleibt", "bestätigt", "bestätigte", "bekräftigt", "bekräftigte", "vorstand"))


def _is_supposed(sentence: Sentence, figure: Figure) -> bool:
    """`seien vermutlich um drei Prozent gesunken, heißt es in der Studie`: what an analyst supposes."""
    near = sentence.words(figure.lead - 9, figure.lead)
    if _SUPPOSED.isdisjoint(near):
        return False
    held = sentence.words(figure.first - NEAR, figure.last + NEAR)
    return bool(sentence.houses) or has_analysts(sentence, figure) or not _STUDIES.isdisjoint(held)


_SUPPOSED = frozenset(("vermutlich", "wohl", "voraussichtlich", "wahrscheinlich", "probably", "likely"))
_STUDIES = frozenset(("studie", "analyse", "kommentar", "note", "ersteinschätzung"))


def _is_reckoned(sentence: Sentence, figure: Figure) -> bool:
    """`nach Berechnungen der Citigroup`, `Barclays calculates that it would save`: what a house reckons."""
    lower = sentence.tokens.lower
    for first in (named.first for named in sentence.names if named.of(NameKind.HOUSE)):
        if not _RECKONINGS.isdisjoint(lower[max(sentence.first, first - 3) : first]):
            return sentence.cost(first, figure.first) <= CLAUSE
    near = set(sentence.words(figure.lead - 12, figure.lead))
    held = set(sentence.words(figure.first - NEAR, figure.last + NEAR))
    if not near & MODALS:
        return False
    if held & {"analyst", "analysts"} and held & _TELLS and not held & OWN_PEOPLE:
        return True
    return bool((sentence.houses or near & _HOUSE_WORDS) and held & _RECKONS)


_TELLS = word_set("speech", "say") | {"estimate", "estimates", "reckon", "reckons"}
_HOUSE_WORDS = frozenset(("house", "broker", "brokerage"))
_RECKONINGS = word_set("expecting", "reckonings")
_RECKONS = word_set("expecting", "reckons")


def _is_put_at(sentence: Sentence, figure: Figure) -> bool:
    """`Das Marktforschungsinstitut Dell'Oro taxiert den Bedarf auf 2,5 Milliarden`: analysts' sum, by the verb."""
    lead = sentence.words(figure.lead - 10, figure.lead)
    return lead[-1:] == ("auf",) and not _PUTS_AT.isdisjoint(lead) and has_analysts(sentence, figure)


_PUTS_AT = frozenset(("taxiert", "taxieren", "schätzt", "schätzen", "veranschlagt", "veranschlagen"))


def _is_of_house(sentence: Sentence, cue: Found) -> bool:
    """`at Deutsche Bank, which sees EPS of $8.15`: the verb is of the house named right before it."""
    if sentence.tokens.lower[cue.first - 1] not in _WHICH:
        return False
    return any(named.first in sentence.houses and 0 <= cue.first - 1 - named.last <= 2 for named in sentence.names)


_WHICH = frozenset(("which", "who", "die", "der", "das", "and", "und"))


def _is_own_span(sentence: Sentence, figure: Figure) -> bool:
    """`am oberen Rand seiner eigenen Spanne von 3,4 bis 3,75 Milliarden`, `the company's own 31% target`.

    A band that bears the word for an aim is the company's by itself: `innerhalb des Zielbands von 30 bis 37 %`.
    """
    before = set(sentence.words(figure.lead - 5, figure.lead))
    if sentence.words(figure.lead - 1, figure.lead) == ("von",) and not _BANDS.isdisjoint(
        sentence.words(figure.lead - 2, figure.lead - 1)
    ):
        return True
    near = before | set(sentence.words(figure.last, figure.last + 1))
    return not _OWN_SPANS.isdisjoint(near) and not _OWNED_BY.isdisjoint(before)


_OWN_SPANS = word_set("kinds", "own_spans")
_BANDS = word_set("kinds", "bands")
_OWNED_BY = word_set("kinds", "owned_by")


def _is_against_expected(sentence: Sentence, figure: Figure) -> bool:
    """`ein Viertel höher als erwartet`, `a billion more than Wall Street had penciled in`, `a miss of 50 cents`."""
    if sentence.words(figure.lead - 2, figure.lead) in _MISSES:
        return True
    tail = sentence.words(figure.last, figure.last + 4)
    if tail[:1] in _BESIDE and not _OTHERS.isdisjoint(tail[1:]):
        return True
    if sentence.words(figure.last, figure.last + 2) in _SHORT_OF:
        return not _EXPECTED_BY.isdisjoint(sentence.words(figure.last + 2, figure.last + 7))
    tail = sentence.words(figure.last, figure.last + 11)
    for k, word in enumerate(tail):
        if word in (",", ";", ".", "(") or (word in ("und", "and") and k):
            return False
        if word in ("als", "than"):
            return not _EXPECTED_BY.isdisjoint(tail[k + 1 : k + 4]) and _COMPARATIVES.issuperset(tail[:k])
    return False


_CONSENSUS = frozenset(("consensus", "konsens"))
_BESIDE = (("above",), ("below",), ("over",), ("under",), ("über",), ("unter",))
_OTHERS = frozenset(("consensus", "konsens", "estimates", "expectations", "forecasts", "schätzungen", "erwartungen"))
_SHORT_OF = (("short", "of"), ("shy", "of"), ("ahead", "of"))
_MISSES = frozenset((("miss", "of"), ("beat", "of")))
_EXPECTED_BY = word_set("kinds", "expected_by")
_COMPARATIVES = word_set("kinds", "comparatives")
_ITSELF = frozenset((word,) for word in ("it", "we", "management", "wir"))
"""Before `had pencilled in`, `had predicted`: the company's own plan."""


def _is_bracketed_forecast(sentence: Sentence, figure: Figure) -> bool:
    """`435 Mio EUR (Prognose: 342)`: what was expected of a figure that is reported."""
    before = sentence.words(figure.lead - 3, figure.lead)
    return "(" in before and not _EXPECTED_WORDS.isdisjoint(before)


def _beaten_by(sentence: Sentence, figure: Figure) -> bool:
    """`die Erwartung der Analysten wird um 1,2 Millionen Euro übertroffen`."""
    before = sentence.words(figure.first - 14, figure.first)
    beats = BEATS & {*sentence.words(figure.last, figure.last + 3), *before}
    return bool(beats) and not _EXPECTED_WORDS.isdisjoint(before)


_OWN_WORD = frozenset(("guided", "guides", "guiding", "guidance", "aussicht", "peilt", "peilen", "strebt", "outlook"))
_EXPECTED_WORDS = word_set("binding", "estimates")
_VERSUS = frozenset((w,) for w in ("versus", "vs", "against", "beating", "topping", "missing", "gegenüber"))
_FORECASTS = word_set("binding", "forecasts")


def is_of_state(sentence: Sentence, cue: Found) -> bool:
    """`Die Bundesregierung will 12.500 Megawatt ausschreiben`: a state's plan, where no company stands by the verb."""
    first = max(sentence.first, cue.first - 6)
    if _STATE.isdisjoint(sentence.words(first, cue.first)):
        return False
    return not any(first <= named.first < cue.first for named in sentence.names if named.of(NameKind.COMPANY))


_STATE = word_set("expecting", "states")


def is_plan(sentence: Sentence, bound: Bound, around: Context) -> bool:
    """Guidance by its words, by a range that nobody reports of the past, or by a topic that is a forecast."""
    figure, topic = bound.figure, bound.topic
    if _is_what_came(sentence, figure):
        return False
    if bound.metric == "dividend_per_share":
        is_planned = around.guidance is not None or figure.mention.comparator.value == "at_least"
        return is_proposed(sentence, figure.first, figure.last, is_planned=is_planned)
    if _is_own_span(sentence, figure) or (bound.metric == "tariff_costs" and _is_borne(sentence, figure)):
        return True
    if around.guidance is not None or around.expectation is not None:
        return True
    if _is_saved_yearly(sentence, bound) or _is_own_aim(sentence, figure):
        return True
    if bound.metric == "prices" and is_raising(sentence, figure):
        return True
    if is_put_aside(sentence, figure):
        return True
    past = PAST & set(sentence.words(figure.first - 10, figure.first))
    is_range = any(value.role == "low" for value in figure.mention.values)
    is_listed = sentence.role is BlockRole.BULLET and ":" in sentence.words(figure.lead - 4, figure.lead)
    if is_range and not past and (figure.mention.unit in ("money", "percent") or is_listed):
        return True
    if _is_kept(sentence, figure, is_range=is_range or is_listed):
        return True
    return topic is not None and topic.last <= figure.first and _is_of_aim(sentence, figure, topic)


def is_forecast_of(sentence: Sentence, bound: Bound) -> bool:
    """`The analysts cut their 2027 EPS forecast by 3% to EUR 2.26`: the word of the metric with that for a forecast."""
    topic = bound.topic
    if topic is None or topic.last > bound.figure.first or not has_analysts(sentence, bound.figure):
        return False
    near = {*sentence.words(topic.last, min(topic.last + 2, bound.figure.first)), sentence.tokens.lower[topic.last - 1]}
    if sentence.tokens.lower[topic.last - 1].endswith(_GUESSES):
        return True
    is_theirs = not _THEIR.isdisjoint(sentence.words(topic.first - 4, topic.first))
    return is_theirs and not _FORECASTS.isdisjoint(near)


_GUESSES = ("schätzung", "schätzungen", "erwartung", "erwartungen")


_THEIR = frozenset(("their", "his", "her", "its", "ihre", "ihrer", "ihren", "seine", "seiner", "seinen"))


def _is_kept(sentence: Sentence, figure: Figure, *, is_range: bool) -> bool:
    """`335 to 345 million tons (unchanged)`, `rund 820 Flugzeuge (bisher: 800)`: only plans are kept and revised."""
    tail = sentence.words(figure.tail, figure.tail + 5)
    if "(" in tail[:3]:
        at = tail.index("(")
        word = tail[at + 1] if at + 1 < len(tail) else ""
        return word in _CONFIRMED or (is_range and word in _KEPT_SO)
    lead = sentence.words(figure.lead - 3, figure.lead)
    return "(" in lead and not _CONFIRMED.isdisjoint(lead)


def _is_saved_yearly(sentence: Sentence, bound: Bound) -> bool:
    """`stellt er Einsparungen von 55 Millionen Euro jährlich gegenüber`: what savings are to come to each year."""
    figure = bound.figure
    tail = sentence.words(figure.last, figure.last + 3)
    is_yearly = tail[:1] == ("jährlich",) or tail[:2] in (("pro", "jahr"), ("im", "jahr"), ("a", "year"))
    near = (*sentence.words(figure.lead - 12, figure.lead), *tail)
    return bound.metric == "cost_savings" and is_yearly and PAST.isdisjoint(near)


def _is_own_aim(sentence: Sentence, figure: Figure) -> bool:
    """`das Ziel von mindestens 1 Mrd. Franken für 2027`: an aim that is no price."""
    lead = sentence.words(figure.lead - 2, figure.lead)
    is_large = figure.mention.unit == "percent" or max(abs(v.value) for v in figure.mention.values) >= _LARGE
    return lead in (("ziel", "von"), ("zielwert", "von"), ("vorgabe", "von")) and is_large


_LARGE = 1e6


def _is_borne(sentence: Sentence, figure: Figure) -> bool:
    """`die Zölle kosten den Konzern 400 Millionen`: in the present tense what it reckons with."""
    near = sentence.words(figure.lead - 12, figure.lead) + sentence.words(figure.last, figure.last + 4)
    return not _BEARS.isdisjoint(near) and PAST.isdisjoint(near)


_BEARS = frozenset(
    ("kosten", "kostet", "koste", "beziffert", "beziffern", "veranschlagt", "belasten", "belastet", "taxiert")
)
_CONFIRMED = word_set("expecting", "confirmed")
_KEPT_SO = word_set("expecting", "kept")


def _is_of_aim(sentence: Sentence, figure: Figure, topic: Found) -> bool:
    """`Umsatzziel`, `product revenue target to $5.86 billion`, `das Ziel für den Jahresgewinn auf`."""
    word = sentence.tokens.lower[topic.last - 1]
    near = set(sentence.words(topic.last, min(topic.last + 2, figure.first))) | {word}
    if near & _FORECASTS or near & _AIMS or word.endswith(("prognose", "ziel")):
        return True
    lead = sentence.words(topic.first - 4, topic.first)
    at = next((k for k in range(len(lead) - 1, -1, -1) if lead[k] in _AIMS or lead[k] in _FORECASTS), None)
    return at is not None and lead[at + 1 : at + 2] in _FOR


_AIMS = word_set("expecting", "aims")
_FOR = frozenset((("für",), ("for",), ("beim",), ("of",)))
