"""Whose a policy or a macro figure is: whoever acts, and the region that is measured."""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.economy.asking import is_asked
from rerating.factcheck.extraction.whom.economy.bodies_clauses import acts_in_relative
from rerating.factcheck.extraction.whom.focus.going_on import who_act
from rerating.factcheck.extraction.whom.focus.state_actors import Actor, is_state_alone
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.names.assets import near
from rerating.factcheck.extraction.whom.phrases.central_banks import RATES, is_of_bank, rate_setter, sets
from rerating.factcheck.extraction.whom.phrases.states import as_whole, home_of, levier, state_of

MACRO = frozenset(
    (
        "inflation_rate",
        "gdp_growth",
        "probability",
        "unemployment_rate",
        "payrolls",
        "exports",
        "retail_sales",
        "purchasing_managers_index",
    )
)
_ON_COMPANIES = frozenset(("regulation", "approval"))
_BY_STATES = frozenset(("tariff", "subsidy", "policy_plan"))
"""What only states do: said of nobody, it is the work of the text's own one."""


def companies(known: Subjects, sentence: Sentence, at: int) -> list[Place]:
    """The companies named around a token, and the nouns that stand for one."""
    return [p for p in near(known.places.get(sentence.number, []), at) if p.name.kind is NameKind.COMPANY]


def acting(known: Subjects, sentence: Sentence, at: int, metric: str) -> Name | None:
    """Who makes a policy; None where it hits a company that stands nearer: its fine, its approval."""
    here = [actor for actor in who_act(known, sentence) if not actor.is_place]
    if here and all(is_asked(sentence, actor) for actor in here):
        return None
    if (heading := next((a for a in here if a.name and acts_in_relative(sentence, a, at)), None)) is not None:
        return heading.name
    if not here and _is_statutory(sentence, at):
        return _told_before(known, sentence) or _home(known, sentence, metric)
    name = _institution(known, sentence, at)
    named = companies(known, sentence, at)
    if metric in RATES or is_of_bank(sentence, metric):
        home = home_of(known.main.ticker if known.main is not None else None)
        is_named = any(actor.name is not None for actor in here)
        setter = None if is_named else rate_setter(sentence, _told_before(known, sentence), home)
        return setter or sets(name, sentence)
    if name is None:
        is_hit = any(not place.is_noun and place.first < at for place in named)
        is_free = all(place.is_noun for place in named) and metric != "policy_plan"
        is_told = any(topic.family == "policy" for topic in sentence.topics_near(at)) and not is_hit
        is_own = bool(here) or (metric in _BY_STATES and (is_told or is_free))
        told = _told_before(known, sentence) if is_own else None
        return told or (_home(known, sentence, metric) if is_own else None)
    if metric not in _ON_COMPANIES or not named:
        return name
    is_granted = metric == "approval" and any(_is_granted(sentence, actor) for actor in here)
    doer = next((a for a in reversed(here) if does(sentence, a) and _reaches(sentence, a, at)), None)
    if doer is not None and not is_granted:
        return doer.name or name
    if not is_granted and any(a.last <= at and not any(a.last <= p.first < at for p in named) for a in here):
        return name
    nearest = min(abs(place.first - at) for place in named)
    return name if here and min(abs(actor.first - at) for actor in here) < nearest else None


def _is_statutory(sentence: Sentence, at: int) -> bool:
    """Whether a rate that only a state sets is told by its name: `the national minimum wage will rise by 4.1%`."""
    words = sentence.words(at - _SET_REACH, at)
    is_wage = any(one in ("minimum", "living") and other == "wage" for one, other in pairwise(words))
    return is_wage or any(word in _STATUTORY and word != "wage" for word in words)


_STATUTORY = word_set("states", "statutory")
_SET_REACH = 14


def on_day(known: Subjects, sentence: Sentence, at: int, metric: str) -> Name | None:
    """Whose day a state's is: the one that decides then, whose rules take effect, or whose economy is measured; None
    where a company's is told."""
    if metric in ("event_date", "earnings_date") and _is_of_statistic(known, sentence, at):
        region = region_of(known, sentence, at, "gdp_growth")
        return Name(NameKind.INSTITUTION, region) if region is not None else None
    if metric not in ("event_date", "effective_date"):
        return None
    named = [p for p in companies(known, sentence, at) if not p.is_noun]
    here = [
        a
        for a in who_act(known, sentence)
        if not a.is_place and a.first < at and sentence.cost(a.last, at) <= _SAME_CLAUSE
    ]
    here = [a for a in here if not any(a.last <= p.first < at for p in named)]
    if here:
        return here[-1].name or _told_before(known, sentence) or _home(known, sentence)
    is_rule = not named and not _IN_FORCE.isdisjoint(sentence.words(sentence.first, sentence.last))
    return known.institution.get(sentence.number) if is_rule and known.acts_in(sentence) else None


def _is_of_statistic(known: Subjects, sentence: Sentence, at: int) -> bool:
    """Whether figures of an economy come on a day: `consumer prices are due on Friday`, `Konjunkturdaten`."""
    told = [(t.first, t.last) for t in sentence.topics_near(at) if t.family == "indicator" and t.key in MACRO - _ODDS]
    tokens = sentence.tokens
    told += [(k, k + 1) for k in range(max(sentence.first, at - _SET_REACH), at) if _is_report(tokens.lower, k)]
    told += [(k, k + 1) for k in range(at, min(at + _SET_REACH, sentence.last)) if _is_report(tokens.lower, k)]
    costs = [_cost(sentence, first, last, at) for first, last in told]
    if not costs or min(costs) > _SAME_DAY:
        return False
    named = [p for p in companies(known, sentence, at) if not p.is_noun]
    return all(_cost(sentence, p.first, p.last, at) > min(costs) for p in named)


def _is_report(lower: list[str], k: int) -> bool:
    return lower[k] in _REPORTS or (lower[k] == "report" and lower[k - 1] in _REPORTED)


def _cost(sentence: Sentence, first: int, last: int, at: int) -> float:
    return sentence.cost(last, at) if last <= at else sentence.cost(at, first)


_ODDS = frozenset(("probability",))
_REPORTS = word_set("economies", "reports")
_REPORTED = word_set("economies", "reported")
_SAME_DAY = 1.4


def does(sentence: Sentence, actor: Actor) -> bool:
    """Whether a verb beside a body says that it acts: `the commission fined`, `hat der Bundestag`."""
    lead = actor.first
    while lead > sentence.first and sentence.tokens.lower[lead - 1].endswith(_BEFORE):
        lead -= 1
    if lead > sentence.first and sentence.tokens.lower[lead - 1] in _OBLIQUE:
        return False
    if not _DOES.isdisjoint(sentence.words(actor.last, actor.last + 3)):
        return True
    return not sentence.text.is_english and not _DOES.isdisjoint(sentence.words(lead - 2, lead))


_DOES = word_set("states", "does") | word_set("states", "rules") | word_set("states", "auxiliaries")
_BEFORE = ("the", "die", "der", "das", "den", "dem", "aufsicht", "behörde", "regulator", "watchdog", "agency")
_OBLIQUE = word_set("states", "oblique")


def _reaches(sentence: Sentence, actor: Actor, at: int) -> bool:
    """Whether a figure stands in the clause that a body opens."""
    return actor.last <= at and sentence.cost(actor.last, at) <= _SAME_CLAUSE


def _is_granted(sentence: Sentence, actor: Actor) -> bool:
    """Whether a company, told of by its pronoun behind who acts, is what the approval is of."""
    return not _GRANTED.isdisjoint(sentence.words(actor.last, actor.last + 3))


_GRANTED = frozenset(("ihm", "ihr", "ihnen", "it", "them"))
_SAME_CLAUSE = 2.0
_IN_FORCE = frozenset(("kraft", "wirksam", "effect", "effective", "force"))


def _institution(known: Subjects, sentence: Sentence, at: int) -> Name | None:
    """Who acts: named in the sentence, before the figure first, else last named in the block."""
    here = who_act(known, sentence)
    actor = min(here, key=lambda each: (each.is_place, each.first > at, abs(each.first - at)), default=None)
    if actor is not None and actor.name is not None:
        return actor.name
    placed = next((a.name for a in reversed(here) if actor and a.is_place and a.last <= actor.first), None)
    if actor is not None and placed is not None:
        return placed
    told = known.institution.get(sentence.number) if known.acts_in(sentence) else None
    is_state = actor is not None and is_state_alone(sentence, actor)
    if actor is not None and not is_state:
        told = known.body.get(sentence.number) or told
    if is_state and told is not None and state_of(told.name) is None:
        return None
    is_whole = is_state or not _IN_LAW.isdisjoint(sentence.words(sentence.first, at))
    return as_whole(told, is_english=sentence.text.is_english) if is_whole else told


_IN_LAW = frozenset(("old", "existing", "current", "bisherige", "bisherigen", "geltende", "geltenden"))
"""What holds already is the whole state's, whoever of it decides on what is next."""


def _told_before(known: Subjects, sentence: Sentence) -> Name | None:
    """The state, or the union of them, that the text last told of, wherever that was."""
    name = known.institution.get(sentence.number)
    if name is None or (state_of(name.name) is None and name.name not in _UNION):
        return None
    return as_whole(name, is_english=sentence.text.is_english)


_UNION = frozenset(("EU-Kommission", "European Commission"))


def _home(known: Subjects, sentence: Sentence, metric: str = "") -> Name | None:
    """The state on whose exchange the text's main asset is at home; of duties the union that levies them."""
    state = home_of(known.main.ticker if known.main is not None else None)
    state = levier(state) if state is not None and metric == "tariff" else state
    return state.name(is_english=sentence.text.is_english) if state is not None else None


def region_of(known: Subjects, sentence: Sentence, at: int, metric: str) -> str | None:
    """The region of macro data: named beside them, else that of the central bank or of the article's index."""
    named = next(
        (
            name.name
            for n in sorted(sentence.names_near(at), key=lambda n: abs(n.first - at))
            if (name := n.of(NameKind.REGION)) is not None
        ),
        None,
    )
    told = _institution(known, sentence, at) or known.institution.get(sentence.number)
    if metric == "probability":
        company = known.company_at(sentence, at) if _is_of_deal(sentence) else None
        told = company or (None if _is_state(told) and not known.acts_in(sentence) else told)
        return told.name if told is not None else None
    is_home = known.main is not None and known.main.kind is NameKind.INDEX
    home = _home(known, sentence)
    governed = told.name if told is not None else None
    region = named or (None if is_home else governed) or (home.name if home else None) or governed
    return _in_its_language(region, sentence)


def _is_state(name: Name | None) -> bool:
    """Whether a name is a state's own, not its central bank's."""
    state = state_of(name.name) if name is not None else None
    return state is not None and name is not None and name.name in (state.en, state.de)


def _is_of_deal(sentence: Sentence) -> bool:
    """Whether odds are those of a company: of its drug, its deal; not of a rate, a law or a recession."""
    return not _OF_COMPANY.isdisjoint(sentence.words(sentence.first, sentence.last))


_OF_COMPANY = word_set("states", "company_odds")


def _in_its_language(name: str | None, sentence: Sentence) -> str | None:
    """The name of a state, or of the one whose central bank is named, as texts of that language print it."""
    state = state_of(name)
    return state.name(is_english=sentence.text.is_english).name if state is not None else name
