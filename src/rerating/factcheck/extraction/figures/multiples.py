"""Multiples: what values a share, what a company owes, and what is so many times the usual."""

from __future__ import annotations

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K

_USUAL = word_set("binding", "usual")
_TIMES = (
    (("umsatz", "umsätze", "jahresumsatz", "sales", "revenue", "revenues"), "price_sales"),
    (("gewinn", "gewinne", "jahresgewinn", "nettogewinn", "earnings", "profit", "profits"), "price_earnings"),
    (("buchwert", "book", "eigenkapital"), "price_book"),
    (("ebitda",), "ev_ebitda"),
)
_AHEAD = frozenset(
    ("erwarteten", "geschätzten", "prognostizierten", "künftigen", "forward", "expected", "next", "estimated")
)
_MULTIPLED = frozenset(("price", "figure", "weak", "ratio"))


def _by_mean(sentence: Sentence, before: Bound, bound: Bound) -> bool:
    """`beim KGV von 12 kostet die Aktie ein Fünftel weniger als im Schnitt`: of the multiple; else of its price."""
    if before.family != "ratio" or before.metric not in _VALUED or bound.figure.mention.kind not in SHARES_OF_ONE:
        return False
    if bound.family not in ("price", "ratio"):
        return False
    tail = sentence.words(bound.figure.last, bound.figure.last + 9)
    if not _LESS.isdisjoint(tail[:3]) and not _MEANS.isdisjoint(tail):
        bound.family, bound.metric, bound.topic = before.family, before.metric, before.topic
        return True
    has_moved = not _MOVED.isdisjoint((*sentence.words(bound.figure.lead - 7, bound.figure.lead), *tail[:2]))
    if bound.metric == before.metric and has_moved and sentence.cost(before.figure.last, bound.figure.first) >= 1.0:
        bound.family, bound.metric, bound.topic = "price", "share", None
        return True
    return False


_VALUED = frozenset(("price_earnings", "forward_price_earnings", "price_sales", "price_book", "ev_ebitda", "ev_sales"))
_LESS = frozenset(
    ("weniger", "mehr", "günstiger", "billiger", "teurer", "unter", "über", "below", "above", "less", "more", "cheaper")
)
_MEANS = frozenset(("schnitt", "mittel", "durchschnitt", "mittelwert", "average", "mean", "median", "norm", "üblich"))
_MOVED = frozenset(
    ("zugelegt", "gestiegen", "gewonnen", "verloren", "eingebüßt", "gefallen", "verteuert", "risen", "gained")
)


def by_times(sentence: Sentence, bound: Bound) -> None:
    """Multiples that value a share: `das 0,6-Fache des Jahresumsatzes`, `5.8x sales`, `40 times earnings`."""
    figure = bound.figure
    if _is_of_debt(sentence, bound):
        return
    word = figure.mention.text.lower().rstrip("nms")
    _by_trading_at(sentence, bound, word)
    is_multiple = word.endswith(("fache", "x", "time")) and figure.mention.kind in (K.MULTIPLE, K.RATIO)
    if not is_multiple or bound.family not in _MULTIPLED:
        return
    if (metric := _measured_by(sentence, figure.lead)) is not None:
        bound.family, bound.metric = "ratio", metric
        return
    tail = sentence.words(figure.last, figure.last + 6)
    for k, seen in enumerate(tail):
        if seen in (",", ".", ";", "und", "and"):
            return
        metric = next((name for words, name in _TIMES if seen.removesuffix("s") in words or seen in words), None)
        metric = metric or next((name for words, name in _TIMES if words[0] in seen), None)
        if metric is not None:
            is_ahead = metric == "price_earnings" and not _AHEAD.isdisjoint(tail[:k])
            bound.family, bound.metric = "ratio", "forward_price_earnings" if is_ahead else metric
            return


def _measured_by(sentence: Sentence, first: int) -> str | None:
    """`Gemessen am erwarteten Ebitda für 2026 bietet Gates das 6,8-Fache`: what stands before values the company."""
    lead = sentence.words(max(sentence.first, first - 16), first)
    at = next((k for k, word in enumerate(lead) if word in ("gemessen", "bezogen")), None)
    if at is None or lead[at + 1 : at + 2] not in (("am",), ("an",), ("auf",)):
        return None
    words = lead[at:]
    return next(
        (name for names, name in _TIMES if any(w in names or w.removesuffix("s") in names for w in words)), None
    )


def _is_of_debt(sentence: Sentence, bound: Bound) -> bool:
    """Whether a sentence tells how many times its earnings a company owes; the figure then is that multiple."""
    figure = bound.figure
    words = sentence.words(sentence.first, figure.first)
    is_worth = any("unternehmenswert" in word or word in _PAYS for word in words)
    owed = [topic for topic in sentence.topics if topic.key in _DEBTS]
    if not owed or is_worth:
        return False
    is_times = figure.mention.kind in (K.MULTIPLE, K.RATIO) and bound.family in (*_MULTIPLED, "operation")
    tail = sentence.words(figure.last, figure.last + 5)
    is_of_earnings = not _EARNED.isdisjoint(tail) or bound.metric == "ev_ebitda"
    if is_times and any(topic.last <= figure.first for topic in owed) and is_of_earnings:
        bound.family, bound.metric = "ratio", "leverage"
    return True


def _by_trading_at(sentence: Sentence, bound: Bound, word: str) -> None:
    """`changes hands for 33x`, `notiert beim 34-Fachen`: what a share costs, where the text does not say of what."""
    figure = bound.figure
    is_x = bound.family in ("price", "figure") and word.endswith(("x", "time")) and figure.mention.kind is K.MULTIPLE
    is_x = is_x and _USUAL.isdisjoint(sentence.words(figure.last, figure.last + 4))
    if is_x and sentence.words(figure.lead - 2, figure.lead) == (",", "on"):
        bound.family, bound.metric = "ratio", "price_earnings"
    if is_x and not _TRADES_AT.isdisjoint(sentence.words(figure.lead - 5, figure.lead)):
        bound.family, bound.metric = "ratio", "price_earnings"
    is_fold = bound.family == "price" and figure.mention.text.lower().endswith(("fache", "fachen"))
    if is_fold and not _COSTS.isdisjoint(sentence.words(figure.lead - 12, figure.lead)):
        bound.family, bound.metric = "ratio", "price_earnings"
    if is_fold and not _AT.isdisjoint(sentence.words(figure.lead - 2, figure.lead)):
        bound.family, bound.metric = "ratio", "price_earnings"


_PAYS = frozenset(("enterprise", "values", "paying", "pay", "pays", "paid"))
_COSTS = frozenset(("kostet", "kosten", "kostete", "bewertet", "gehandelt", "bezahlt"))
"""`Die LSE kostet das 21-Fache, die amerikanische CME sogar das 24-Fache`: of the profit, which is not said."""
_AT = frozenset(("beim", "zum", "mit"))
_TRADES_AT = frozenset(
    ("trades", "trade", "trading", "goes", "fetches", "hands", "sells", "paying", "pay", "changes", "gets", "get")
)
_DEBTS = frozenset(("leverage", "net_debt", "debt"))
_EARNED = frozenset(("ebitda", "ebit", "ebitdar", "earnings", "gewinns", "ebitdas"))


def of_multiples(sentence: Sentence, bounds: list[Bound], last: Bound | None = None) -> list[Bound]:
    """`..., about 1.7 times the 50-day average` goes on about the figure before it, `last` where it is the first."""
    for place, bound in enumerate(bounds):
        before = bounds[place - 1] if place else last
        if bound.figure.mention.kind not in (K.MULTIPLE, K.FRACTION, K.PERCENT):
            continue
        is_of_options = any(f.mention.kind is K.CONTRACTS and f.first < bound.figure.first for f in sentence.figures)
        if bound.family == "volume" and is_of_options and (before is None or before.family != "options"):
            bound.family, bound.metric, bound.topic = "options", "options_volume", None
            continue
        if before is None:
            continue
        if _by_mean(sentence, before, bound):
            continue
        near = set(sentence.words(bound.figure.last, bound.figure.last + 6))
        is_usual = bool(near & _USUAL) or ("so" in near and bound.figure.mention.kind is not K.PERCENT)
        if before.family in ("volume", "options") and is_usual:
            bound.family, bound.metric, bound.topic = before.family, before.metric, before.topic
    return bounds
