"""Spending, deals, jobs and stakes: planned, expected by others, or over."""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.claims.attributing import spoken
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.voices.speakers import has_analysts


def _plans(draft: Draft) -> bool:
    return draft.around is not None and draft.around.guidance is not None


def planned(draft: Draft) -> str:
    """Spending, deals and jobs: a plan where its words or its nature say so, unless they say that it is over."""
    if draft.values and (found := _known(draft)):
        return found
    words = set(draft.sentence.words(draft.first - 8, draft.last + 8))
    clause = draft.sentence.words(draft.first - 12, draft.last + 14)
    is_meant = bool(words & _MEANT) or _is_led_by_plan(draft)
    if _is_meant_in_words(draft, words):
        return "company_guidance"
    if draft.around is not None and draft.around.guidance is not None and draft.around.guidance.key == "former":
        return "company_guidance"
    is_over = not words.isdisjoint(_OVER) or ("event" in draft.kind and not _CARRIED_OUT.isdisjoint(clause))
    if _is_carried_out(draft):
        return spoken(draft)
    if not is_meant and is_over:
        return spoken(draft)
    if draft.metric in ("layoffs", "closures") and not words & {"gestrichen", "last", "vergangenen", "bereits"}:
        return spoken(draft) if _is_left(draft) else "company_guidance"
    if _is_spending_ahead(draft, words, clause):
        return "company_guidance"
    if _plans(draft):
        return "forecast" if _is_foreseen_by_house(draft) else "company_guidance"
    if (
        not _TO_SELL.isdisjoint(clause)
        and "zu" in clause
        and not _RESOLVED.isdisjoint(draft.sentence.words(draft.first - 14, draft.first))
    ):
        return "company_guidance"
    is_decided = not _DECIDED.isdisjoint(draft.sentence.words(draft.first - 5, draft.first))
    if is_decided and not _is_ahead(draft.sentence.words(draft.last, draft.last + 14)):
        return spoken(draft)
    if draft.metric in _AHEAD and _is_ahead(clause):
        return "company_guidance"
    return spoken(draft)


def _is_spending_ahead(draft: Draft, words: set[str], clause: tuple[str, ...]) -> bool:
    """Spending that flows, is budgeted or ranges, and works that are being built."""
    if draft.metric == "investment_plan":
        return not _UNDER_WAY.isdisjoint(clause) and _DONE.isdisjoint(clause)
    if draft.kind != "capex":
        return False
    if not _FLOWS.isdisjoint(words) and _PAST.isdisjoint(clause):
        return True
    year = draft.sentence.text.year
    if year is not None and _PAST.isdisjoint(clause):
        years = [int(word) for word in draft.sentence.words(draft.first, draft.last + 4) if _is_year(word)]
        is_head = draft.sentence.last - draft.sentence.first <= _SHORT
        if any(each > year or (each == year and is_head) for each in years):
            return True
    is_budget = bool(draft.values) and any(word.endswith(_BUDGETS) for word in words)
    return is_budget or any(value.role == "low" for value in draft.values)


_SHORT = 9


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word[:2] == "20"


def _is_meant_in_words(draft: Draft, words: set[str]) -> bool:
    """Whether an event without a figure is meant: by a verb of expecting or meaning, or by its day."""
    if draft.values:
        return False
    return bool(words & _EXPECTS) or (not words & _OVER and (bool(words & _INTENDED) or _is_told_ahead(draft)))


def _is_told_ahead(draft: Draft) -> bool:
    """An event without a figure on a day to come, that no outsider tells: `räumt Ende September ihren Posten`."""
    if not draft.is_to_come or draft.sentence.houses or draft.metric == "index_change":
        return False
    return spoken(draft) != "attributed" or (draft.voice is not None and draft.voice.is_company)


def _known(draft: Draft) -> str | None:
    """The status of what no words of a plan touch: deals, orders, deeds, and what a house expects of them."""
    if draft.metric == "acquisition" and draft.sentence.words(draft.last, draft.last + 1) in _DEALS:
        return "reported_fact"
    if draft.metric == "acquisition" and not _OWN.isdisjoint(draft.sentence.words(draft.first - 5, draft.last + 4)):
        return None
    if draft.is_foreseen or (draft.metric == "acquisition" and _plans(draft) and _is_foreseen_by_house(draft)):
        return "forecast"
    if draft.metric == "buyback" and _is_running(draft):
        return spoken(draft)
    is_won = draft.metric == "contract" and _HOPED.isdisjoint(draft.sentence.words(draft.first - 12, draft.first))
    return spoken(draft) if is_won or draft.metric == "acquisition" or _is_deed(draft) else None


def _is_running(draft: Draft) -> bool:
    """`Das laufende Aktienrückkaufprogramm wird um 50 Millionen aufgestockt`: what runs has been decided.

    `approved a 15 billion crown buyback, to start on`, `a €3.5 billion buyback runs until 2030` have been too.
    """
    words = draft.sentence.words(draft.first - 12, draft.first + 1)
    tail = draft.sentence.words(draft.last, draft.last + 8)
    is_set = draft.comparator != "up_to" and not _RUNNING.isdisjoint((*words, *tail))
    if is_set or not _APPROVED.isdisjoint(words[-6:]):
        return True
    return any(
        one in _RUNS and other.startswith(("aktienrückkauf", "rückkauf", "programm")) for one, other in pairwise(words)
    )


def _is_left(draft: Draft) -> bool:
    """`rund 400 Beschäftigte mussten gehen`, `dismissed 900 staff in September`, `haben SAP schon verlassen`."""
    lead, tail = draft.sentence.words(draft.first - 4, draft.first), draft.sentence.words(draft.last, draft.last + 10)
    tail = tail[: next((k for k, word in enumerate(tail) if word in (",", ";")), len(tail))]
    is_gone = not _HAD_TO.isdisjoint(tail) and not _GONE.isdisjoint(tail)
    return is_gone or (not _LET_GO.isdisjoint(lead) and _UNREAL.isdisjoint(lead))


_HAD_TO = frozenset(("mussten", "musste", "haben", "hatten", "have", "lost", "had", "verloren"))
_GONE = frozenset(("gehen", "verlassen", "left", "gone", "jobs", "job", "arbeit", "go", "leave", "arbeitsplatz"))
_LET_GO = frozenset(("dismissed", "fired", "eliminated", "axed", "scrapped", "slashed"))
_UNDER_WAY = word_set("works", "present")
_DONE = frozenset(("hat", "haben", "hatte", "wurde", "wurden", "worden", "completed", "opened", "eröffnet"))
_RUNNING = frozenset(("runs", "running", "läuft", "laufen", "lief"))
_APPROVED = frozenset(("approved", "authorized", "authorised", "genehmigte", "bewilligte", "cleared"))
_RUNS = frozenset(("laufende", "laufenden", "laufendes", "gestartete", "gestarteten", "bestehende", "bestehenden"))
_OWN = frozenset(("eigene", "eigenen", "own"))
"""Its own shares are bought by plan, and no deal."""
_HOPED = frozenset(
    ("hopes", "expects", "expected", "plans", "wants", "aims", "seeks", "hofft", "hoffen", "soll", "sollen")
)
"""Beside an order: that it is not yet won."""


_DEALS = (("purchase",), ("takeover",), ("acquisition",), ("merger",), ("deal",), ("buyout",), ("bid",))
"""`will rule on Union Pacific's $85 billion purchase of Norfolk Southern`: the deal is known, whoever speaks."""


def _is_deed(draft: Draft) -> bool:
    """`has sold $4.2bn of property and aims`, `the brand closed 38 stores`: a verb of the past right before it."""
    words = draft.sentence.words(draft.first - 4, draft.first)
    at = next((k for k in range(len(words) - 1, -1, -1) if words[k] in _DEEDS), None)
    if at is None or _UNREAL.intersection(words[:at]):
        return False
    return words[at - 1 : at] not in (("be",), ("to",)) and {",", "which", "that"}.isdisjoint(words[at + 1 :])


_DEEDS = word_set("status", "deeds")
_UNREAL = frozenset(("will", "would", "could", "may", "might", "should", "if"))


def _is_led_by_plan(draft: Draft) -> bool:
    """`now sees capital expenditures of $500 million, down from`: the plan's word stands before it in its clause."""
    cue = draft.around.guidance if draft.around is not None else None
    return cue is not None and cue.last <= draft.first and draft.sentence.cost(cue.last, draft.first) < 1.0


_DECIDED = word_set("expecting", "decided")
_OVER = word_set("status", "over")


def _is_carried_out(draft: Draft) -> bool:
    """`hat dafür 7.000 Stellen gestrichen`, `verkaufte den Standort für 14 Millionen und baute 90 Stellen ab`."""
    lead, tail = draft.sentence.words(draft.first - 8, draft.first), draft.sentence.words(draft.last, draft.last + 3)
    is_perfect = not _PERFECT.isdisjoint(lead) and any(_is_participle(word) for word in tail[:2])
    return (is_perfect and "werden" not in tail) or not _DID.isdisjoint(lead)


_PERFECT = frozenset(("hat", "haben", "hatte", "hatten", "habe"))
_DID = frozenset(("verkaufte", "verkauften", "baute", "bauten", "strich", "strichen", "entließ", "entließen", "kaufte"))


def _is_participle(word: str) -> bool:
    return word in _PARTICIPLES


_PARTICIPLES = frozenset(("gestrichen", "abgebaut", "geschlossen", "verkauft", "entlassen", "gekauft", "zurückgekauft"))
_FLOWS = frozenset(("fließen", "fließt", "fliessen", "fliesst", "sinken", "steigen"))
"""`80 Millionen fließen dieses Jahr in ein Verteilzentrum`: spending in the present tense is still to come."""
_PAST = word_set("kinds", "past")
_BUDGETS = ("budget", "budgets", "etat", "investitionsplan")


def _is_foreseen_by_house(draft: Draft) -> bool:
    """`Volker Bosse von der Baader Bank rechnet mit einem Angebotspreis von`: what an analyst expects of a deal."""
    lead = draft.sentence.words(draft.first - 14, draft.first)
    return bool(draft.sentence.houses) and not _FORESEES.isdisjoint(lead)


_FORESEES = frozenset(("rechnet", "rechnen", "erwartet", "erwarten", "expects", "expect", "sees", "dürfte", "dürften"))
_TO_SELL = frozenset(
    ("veräußern", "verkaufen", "abzugeben", "abzustoßen", "reduzieren", "kaufen", "erwerben", "begeben")
)
_RESOLVED = frozenset(("beschlossen", "beschließt", "beschloss", "entschieden"))
"""`hat heute beschlossen, ein Drittel der Beteiligung zu veräußern`: what is still to be done."""
_CARRIED_OUT = frozenset(("umgesetzt", "vollzogen", "abgeschlossen", "completed", "implemented"))
_MEANT = frozenset(
    ("soll", "sollen", "will", "wollen", "plans", "plan", "planned", "geplant", "wird", "werden", "would", "ll")
)
_INTENDED = word_set("status", "intended")
"""Words of a plan that has no figure: `intends to open its second plant`."""
_AHEAD = frozenset(("buyback", "capex", "investment_plan", "capital_increase", "disposal", "dividend_per_share"))
_COMING = word_set("status", "coming")


def _is_ahead(words: tuple[str, ...]) -> bool:
    """Whether words around a claim speak of what is to come: `starts on 12 November`, `über die nächsten`."""
    return not _COMING.isdisjoint(words)


def planned_share(draft: Draft) -> str:
    """What a company wants to win of a market."""
    voice = draft.voice
    is_theirs = _plans(draft) and draft.bound is not None and has_analysts(draft.sentence, draft.bound.figure)
    if draft.is_foreseen or is_theirs:
        return "forecast"
    return "company_guidance" if _plans(draft) and not (voice and voice.is_attributed) else spoken(draft)


def planned_stake(draft: Draft) -> str:
    """What a stake is to become, from what to what."""
    cue = draft.around.guidance if draft.around is not None else None
    is_meant = any(value.role == "to" for value in draft.values) or (cue is not None and cue.key == "bracket")
    if is_meant and cue is not None and draft.voice is not None and draft.voice.is_reporting:
        return "company_guidance"
    return planned_share(draft) if is_meant else spoken(draft)


_EXPECTS = word_set("speech", "expects")
