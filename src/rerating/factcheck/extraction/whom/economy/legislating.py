"""Figures of what a state does: `New Delhi lowered the import duty on gold to 4%`, `China capped its exports at`.

Who acts stands in the clause with a verb of making rules. What only states do (cap, impose, subsidise) is a policy by
itself; what anybody does (cut, raise, plan) is one where the clause names a duty, a tax, an aid or a rule.
"""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE, size
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.asides import behind_aside
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.going_on import who_act
from rerating.factcheck.extraction.whom.focus.state_actors import Actor, is_before_duty
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.language.reading import MentionKind as K

_RULES = word_set("states", "rules")
_DOES = word_set("states", "does")
_NOUNS = {
    "tariff": word_set("states", "duties"),
    "subsidy": word_set("states", "aids"),
    "regulation": word_set("states", "limits"),
    "policy_plan": word_set("states", "plans"),
}
_ENDS = {
    "tariff": ("zoll", "zölle", "zöllen", "zolls", "einfuhrabgabe"),
    "regulation": (
        "steuer",
        "steuern",
        "satz",
        "abgabe",
        "quote",
        "quoten",
        "gebühr",
        "gebühren",
        "grenzwert",
        "preis",
    ),
    "policy_plan": ("etat", "haushalt"),
}
_AIDED = word_set("states", "aided")
_KEY_RATES = word_set("states", "key_rates")
_SPENDS = word_set("states", "spends")
_LARGE = 1e7
_FORETOLD = word_set("states", "foretold")
_BEHIND = 8
"""So far behind its name does a state's verb stand."""
_AHEAD = 3
"""So far before it stands a German verb: `will die neue Regierung`."""
_REACH = 30
_COST = 1.4
KEPT = frozenset(("price_target", "rating", "rating_count", "implied_upside", "policy_event", "date", "insider_trade"))


def legislated(known: Subjects, sentence: Sentence, figure: Figure, kind: str, metric: str) -> str | None:
    """The metric of the policy that a figure is of, where a state or a body of its makes it in the figure's clause."""
    if kind in KEPT or (kind == "indicator" and metric != "gdp_growth") or figure.mention.kind is K.INDEX_POINTS:
        return None
    actor = _maker(known, sentence, figure)
    if actor is None:
        return None
    if figure.mention.kind is K.MONEY and is_before_duty(sentence, actor.last):
        return None
    begin, end = min(actor.first, figure.first), max(actor.last, figure.last)
    clause = sentence.words(begin - 2, end + _BEHIND)
    if not _FORETOLD.isdisjoint(clause):
        return None
    around = sentence.words(actor.first - _AHEAD, actor.first) + sentence.words(actor.last, actor.last + _BEHIND)
    tail = sentence.words(figure.first, figure.last + _BEHIND)
    verbs = (*around, *tail)
    if not _KEY_RATES.isdisjoint(clause) and not _DOES.isdisjoint(verbs):
        is_step = figure.mention.kind in (K.POINTS, K.BASIS_POINTS) or "point" in sentence.words(
            figure.first, figure.last
        )
        return "policy_rate_change" if is_step else "policy_rate"
    found = next((each for each in _NOUNS if _tells(each, clause)), None)
    if not _AIDED.isdisjoint(verbs):
        return "subsidy"
    if _charges(sentence, actor, figure) and found is None:
        return "regulation"
    if found == "subsidy" and not _SPENDS.isdisjoint(verbs):
        return found
    if _is_cartel(actor) and not _DOES.isdisjoint(verbs):
        return found or "policy_plan"
    is_large = figure.mention.kind is K.MONEY and size(figure) >= _LARGE and not _is_order(sentence, figure)
    if found is None and is_large and not _SPENDS.isdisjoint(verbs):
        return "policy_plan"
    if _RULES.isdisjoint(verbs) and (found is None or _DOES.isdisjoint(verbs)):
        return None
    return found or "regulation"


def is_made_by(known: Subjects, sentence: Sentence, figure: Figure, good: Name | None) -> bool:
    """Whether who acts stands before the good whose price it makes: `Die Regierung senkt den Strompreis auf fünf
    Cent`."""
    actor = _maker(known, sentence, figure)
    if actor is None or actor.last > figure.first:
        return False
    places = known.places.get(sentence.number, [])
    is_verb = not (_DOES | _RULES).isdisjoint(sentence.words(actor.last, actor.last + 2))
    return is_verb and any(p.name == good and actor.last < p.first < figure.first for p in places)


def _is_order(sentence: Sentence, figure: Figure) -> bool:
    """`awarded a $60 million contract`: whatever a state buys is its supplier's order."""
    return not _ORDERS.isdisjoint(sentence.words(figure.first - 4, figure.last + 4))


_ORDERS = frozenset(("contract", "contracts", "order", "orders", "auftrag", "aufträge", "vertrag"))


def _is_cartel(actor: Actor) -> bool:
    """Whether oil producers act together: whatever they pump is their policy."""
    return actor.name is not None and actor.name.name.startswith("OPEC")


def _charges(sentence: Sentence, actor: Actor, figure: Figure) -> bool:
    """`Washington charges $100,000 for every new visa`, `Wien kassiert für jeden Flug 35 Euro`."""
    is_share = figure.mention.kind in SHARES_OF_ONE
    is_laid_on = is_share and not _ON.isdisjoint(sentence.words(figure.last, figure.last + 3))
    return (figure.mention.kind is K.MONEY or is_laid_on) and not _CHARGES.isdisjoint(
        sentence.words(actor.last, actor.last + _NEAR)
    )


_CHARGES = word_set("states", "charges")
_ON = frozenset(("on", "for", "of", "auf", "für"))
_NEAR = 3


def _tells(metric: str, words: tuple[str, ...]) -> bool:
    ends = _ENDS.get(metric)
    return not _NOUNS[metric].isdisjoint(words) or (ends is not None and any(word.endswith(ends) for word in words))


def _behind_office(sentence: Sentence, actor: Actor) -> int:
    """Where the clause goes on behind who acts and an aside: `Texas's lawmakers, meanwhile, are debating`."""
    decided = _behind_decision(sentence, actor)
    if decided is not None:
        return decided
    words = sentence.words(actor.last, actor.last + 7)
    at = words.index(",") if "," in words[:5] else 0
    return (
        actor.last + at + 3
        if words[at + 2 : at + 3] == (",",)
        else behind_aside(sentence, actor.first, actor.last + at)
    )


_CAUSES = frozenset(("after", "as", "because", "nachdem", "weil", "da", "while", "während"))
"""`fell to 178p after Ofcom proposed`: what stands before tells of somebody else."""


def _behind_decision(sentence: Sentence, actor: Actor) -> int | None:
    """Where a German clause goes on behind its verb: `der Bundestag hat beschlossen, die Quote anzuheben`."""
    words = sentence.words(actor.last, actor.last + _REACH)
    at = next((k for k, pair in enumerate(pairwise(words)) if pair[0] in _DECIDED and pair[1] == ","), None)
    return actor.last + at + 2 if at is not None else None


_DECIDED = word_set("states", "decided")


def _is_asked_for(sentence: Sentence, actor: Actor) -> bool:
    """Whether a body is but who says what is told of others: `der Aufsicht KNF zufolge`, `laut Bafin`."""
    lead = sentence.words(actor.first - 3, actor.first)
    return sentence.words(actor.last, actor.last + 1) == ("zufolge",) or not _SOURCES.isdisjoint(lead[-2:])


_SOURCES = frozenset(("laut", "gemäß", "gemäss"))


def _is_closed(sentence: Sentence, actor: Actor, figure: Figure) -> bool:
    """Whether a body acts in a relative clause that ends before a figure: `In China, where Beijing capped the return at
    1.75 per cent, growth slowed to 6 per cent`."""
    if sentence.words(actor.first - 2, actor.first) not in _RELATIVE or figure.first < actor.last:
        return False
    words = sentence.words(actor.last, figure.lead)
    at = next((k for k in range(len(words) - 1, -1, -1) if words[k] == ","), None)
    return at is not None and any(f.first >= actor.last and f.last <= actor.last + at for f in sentence.figures)


_RELATIVE = ((",", "where"), (",", "wo"))


def _maker(known: Subjects, sentence: Sentence, figure: Figure) -> Actor | None:
    """Who acts in the figure's clause, nearest before it, else right behind it; no company stands between."""
    best: tuple[int, Actor] | None = None
    for actor in who_act(known, sentence):
        if actor.is_place or _is_asked_for(sentence, actor) or _is_closed(sentence, actor, figure):
            continue
        is_ahead = actor.last <= figure.first
        low, high = (actor.last, figure.first) if is_ahead else (figure.last, actor.first)
        gap = high - low
        low = min(_behind_office(sentence, actor), high) if is_ahead else low
        is_cause = not is_ahead and not _CAUSES.isdisjoint(sentence.words(low, high))
        if is_cause or gap < 0 or gap > (_REACH if is_ahead else 1) or sentence.cost(low, high) > _COST:
            continue
        if any(n.of(NameKind.COMPANY) and low <= n.first < high for n in sentence.names_near(low)):
            continue
        if best is None or gap < best[0]:
            best = (gap, actor)
    return best[1] if best is not None else None
