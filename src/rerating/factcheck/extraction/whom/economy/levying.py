"""Figures of duties, levies and credits where nobody is said to make them: `Chinese locks pay 45%`.

Goods pay at a border, a duty is zero, `auf alles darüber hinaus werden 50 Prozent fällig`; what the sentence before
told of a policy goes on (`Zugleich steigt die Förderabgabe auf 12 Prozent`, `das sind zehn Prozent weniger`).
"""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.economy.legislating import KEPT
from rerating.factcheck.extraction.whom.focus.going_on import who_act
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.names.assets import near
from rerating.factcheck.extraction.whom.phrases.states import state_by_adjective, state_of
from rerating.language.reading import MentionKind as K

_DUTIES = word_set("states", "duties")
_DUTY_ENDS = ("zoll", "zölle", "zöllen")
_TAX_ENDS = (
    "abgabe",
    "abgaben",
    "steuer",
    "steuersatz",
    "exportquote",
    "förderquote",
    "zollsatz",
    "einfuhrmengen",
    "kontingente",
)
_TAXES = word_set("states", "taxes")
_PAY = frozenset(("pay", "pays", "paid", "face", "faces", "faced"))
_GOODS = frozenset(("goods", "imports", "border", "shipments", "exports"))
_NO_DUTY = frozenset(
    ("more", "less", "of", "higher", "lower", "interest", "dividend", "yield", "coupon", "premium", "fewer")
)
_STANDS = word_set("states", "stands")
_REACH = 12


def levied(known: Subjects, sentence: Sentence, figure: Figure, kind: str, metric: str) -> str | None:
    """The metric of the duty or levy that a figure is the rate of."""
    is_rate = figure.mention.kind in SHARES_OF_ONE or figure.mention.text.lower() in ("zero", "null")
    if kind == "policy_event" and is_rate and metric != "tariff" and _pays(sentence, figure):
        return "tariff"
    if kind in KEPT or not is_rate or (kind == "indicator" and metric != "gdp_growth"):
        return None
    if any(n.of(NameKind.COMPANY) and n.first < figure.first for n in sentence.names_near(figure.first)):
        return None
    lead = sentence.words(figure.lead - _REACH, figure.lead)
    if _pays(sentence, figure):
        return "tariff"
    if sentence.text.is_english:
        at = max((k for k, word in enumerate(lead) if word in _DUTIES or word in _TAXES), default=None)
        if (
            at is None
            or _STANDS.isdisjoint(lead[at:])
            or sentence.cost(figure.lead - len(lead) + at, figure.lead) > 1.4
        ):
            return None
        return "tariff" if lead[at] in _DUTIES else "regulation" if known.acts_in(sentence) else None
    whole = sentence.words(sentence.first, sentence.last)
    is_due = "fällig" in sentence.words(figure.last, figure.last + 5)
    if is_due:
        is_duty = any(word in _DUTIES or word.endswith(_DUTY_ENDS) for word in whole)
        return "tariff" if is_duty or _is_from_abroad(sentence, figure) else "regulation"
    is_tax = any(word.endswith(_TAX_ENDS) for word in lead)
    is_told = known.acts_in(sentence) or any(word.startswith("zollfrei") for word in lead)
    return "regulation" if is_tax and is_told and not _STANDS.isdisjoint(lead) else None


def _pays(sentence: Sentence, figure: Figure) -> bool:
    """`goods from there pay 10% at the U.S. border`, `Chinese locks pay 45%`."""
    if not sentence.text.is_english or _PAY.isdisjoint(sentence.words(figure.lead - 2, figure.lead)):
        return False
    if not _NO_DUTY.isdisjoint(sentence.words(figure.last, figure.last + 2)):
        return False
    tokens = sentence.tokens
    ahead = range(max(sentence.first, figure.lead - _REACH), figure.lead)
    is_foreign = any(
        state_by_adjective(tokens.text[k], is_english=True) and tokens.text[k + 1].islower() for k in ahead
    )
    words = sentence.words(sentence.first, sentence.last)
    is_foreign = is_foreign or _is_from_abroad(sentence, figure)
    return is_foreign or not _GOODS.isdisjoint(words)


def _is_from_abroad(sentence: Sentence, figure: Figure) -> bool:
    """Whether goods are told by where they come from: `steel from Brazil`, `Draht aus der Türkei`."""
    tokens = sentence.tokens
    return any(
        tokens.lower[k] in ("from", "aus") and any(state_of(tokens.text[j]) is not None for j in (k + 1, k + 2))
        for k in range(max(sentence.first, figure.lead - _REACH), figure.lead - 1)
    )


def borne(known: Subjects, sentence: Sentence, figure: Figure, what: tuple[str, str]) -> tuple[str, str]:
    """What duties cost a company, where a sum without a unit of goods stands behind its name, no state's: `Das kostet
    Bayer nach eigener Schätzung 25 Millionen Euro`, `The company paid $25 million in tariffs`."""
    if what != ("policy_event", "tariff") or figure.mention.kind is not K.MONEY:
        return what
    if not _BY_UNIT.isdisjoint(sentence.words(figure.last, figure.last + 2)):
        return what
    places = near(known.places.get(sentence.number, []), figure.first)
    bearing = max((p.first for p in places if p.name.kind is NameKind.COMPANY and p.first < figure.first), default=-1)
    bearing = max(bearing, *(k for k in range(sentence.first, figure.first) if sentence.tokens.lower[k] in _BOARD), -1)
    acting = max((a.first for a in who_act(known, sentence) if not a.is_place and a.first < figure.first), default=-1)
    return ("financial_figure", "tariff_costs") if bearing > acting else what


_BY_UNIT = frozenset(("a", "per", "je", "pro", "each", "apiece", "für", "on", "auf"))
_BOARD = word_set("levying", "board")


def gone_on(sentence: Sentence, drafts: list[Draft]) -> None:
    """`87.000 Tonnen, das sind zehn Prozent weniger`, `a quota of 40,000 tons, down 12%`: of the same policy."""
    for one, other in pairwise(drafts):
        if one.kind == "policy_event" and other.kind in _LOOSE and other.values and one.values:
            between = sentence.words(one.last, other.first)
            if len(between) <= _SHORT and _SAYS_AGAIN.issuperset(between[-4:]) and "," in between:
                other.kind, other.metric, other.subject = one.kind, one.metric, one.subject


_LOOSE = frozenset(("growth", "return", "financial_figure", "operating_metric"))
_SHORT = 8
_SAYS_AGAIN = frozenset((",",)) | word_set("states", "says_again")
